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

-- What is to be mailed of a notice is a second matter beside the operator's command, with its own mark.
ALTER TABLE notices ADD COLUMN to_mail BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX notices_by_mail ON notices (to_mail, place);

-- Which mail somebody wants; who is not here wants all of it.
CREATE TABLE mail_choices (
    address TEXT NOT NULL PRIMARY KEY,
    choice TEXT NOT NULL,
    chosen_at BIGINT NOT NULL
);

-- Links from mail that did their one thing, until they run out.
CREATE TABLE actions_used (
    nonce BLOB NOT NULL PRIMARY KEY,
    used_at BIGINT NOT NULL,
    valid_until BIGINT NOT NULL
);
