-- An introduction as this node's side sees it. One within the organisation has two rows, one of each direction.
-- Where it stands follows from its letters and the clock; `state` and `expires_at` are kept for finding and counting.
-- An address is here only while it may be needed: `mentee_email` until a yes can no longer come, `contact_*` (of the
-- other side) while the state is accepted.
CREATE TABLE introductions (
    id BLOB NOT NULL,
    direction TEXT NOT NULL,
    organisation BLOB NOT NULL,
    subject BLOB NOT NULL,
    mentee_ref BLOB NOT NULL,
    -- Sent only: tells this organisation's mentees apart without their address.
    person BLOB,
    mentee_name TEXT NOT NULL,
    mentee_email TEXT,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    why_you TEXT,
    offer TEXT NOT NULL,
    delivery TEXT NOT NULL,
    refusal TEXT,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    contact_name TEXT,
    contact_email TEXT,
    PRIMARY KEY (id, direction)
);
CREATE INDEX introductions_by_age ON introductions (created_at, id);
CREATE INDEX introductions_by_pair ON introductions (subject, mentee_ref);
CREATE INDEX introductions_by_person ON introductions (person);
CREATE INDEX introductions_by_state ON introductions (state, expires_at);

-- Every letter, in the order in which it came; what the exchange needs of it stands beside its bytes, because the
-- bytes of a letter with an address go when the address must.
CREATE TABLE introduction_letters (
    introduction BLOB NOT NULL,
    direction TEXT NOT NULL,
    message BLOB NOT NULL,
    place BIGINT NOT NULL UNIQUE,
    organisation BLOB NOT NULL,
    own BOOLEAN NOT NULL,
    letter BLOB NOT NULL,
    kind TEXT NOT NULL,
    step BIGINT NOT NULL,
    previous BLOB,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    arrives_by BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    signed BLOB,
    PRIMARY KEY (introduction, direction, message)
);
CREATE INDEX introduction_letters_by_organisation ON introduction_letters (organisation, place);

-- What happened, by this node's clock; `message` is the letter that did it.
CREATE TABLE introduction_events (
    introduction BLOB NOT NULL,
    direction TEXT NOT NULL,
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    doer TEXT NOT NULL,
    message BLOB,
    PRIMARY KEY (introduction, direction, place)
);

-- What was answered to each letter, so that the same letter gets the same answer.
CREATE TABLE letters_seen (
    sender BLOB NOT NULL,
    message BLOB NOT NULL,
    letter BLOB NOT NULL,
    outcome BLOB NOT NULL,
    remembered_until BIGINT NOT NULL,
    PRIMARY KEY (sender, message)
);
CREATE INDEX letters_seen_by_age ON letters_seen (remembered_until);
CREATE INDEX letters_seen_by_letter ON letters_seen (letter);

-- Random bytes of this node's own that are no key of the network.
CREATE TABLE secrets (
    name TEXT NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
);
