-- Mail to people, in the order in which it was promised. A row waits until a mail server took it (next_at says when it
-- is tried again, due_by until when sending it still makes sense) or somebody read it here; what was sent or given up
-- goes thirty days later, with its texts. `introduction` and `direction` say what it is about, if it is about one.
CREATE TABLE mail (
    place BIGINT NOT NULL PRIMARY KEY,
    what TEXT NOT NULL,
    recipient TEXT NOT NULL,
    recipient_name TEXT,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    urgent BOOLEAN NOT NULL,
    introduction BLOB,
    direction TEXT,
    state TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT,
    due_by BIGINT NOT NULL,
    ended_at BIGINT,
    problem TEXT
);
CREATE INDEX mail_by_due ON mail (state, next_at);
CREATE INDEX mail_by_introduction ON mail (introduction, direction);
