-- When what must not be kept any longer was last forgotten, how many rows lost their content then, and how many were
-- found afterwards that should have: 0, or something is wrong.
CREATE TABLE purges (
    only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    ran_at BIGINT NOT NULL,
    purged BIGINT NOT NULL,
    older BIGINT NOT NULL
);

CREATE INDEX introductions_by_end ON introductions (state, changed_at);
