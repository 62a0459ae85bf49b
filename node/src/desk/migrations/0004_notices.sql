-- What a person should be told about an introduction, in the order in which it happened. A row waits until the
-- operator's command took it (next_at says when it is tried again); afterwards next_at is empty and the row is kept
-- for a while. Names, texts and addresses are not copied here.
CREATE TABLE notices (
    place BIGINT NOT NULL PRIMARY KEY,
    introduction BLOB NOT NULL,
    direction TEXT NOT NULL,
    what TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT,
    given_up BOOLEAN NOT NULL
);
CREATE INDEX notices_by_due ON notices (next_at);
CREATE INDEX notices_by_introduction ON notices (introduction, direction, place);
