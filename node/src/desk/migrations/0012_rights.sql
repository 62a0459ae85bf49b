-- What is owed to people across organisations: duties on their way, erasures and who confirmed them, and requests
-- about somebody's rights, filed here or to be answered here.

CREATE TABLE duties (
    id BLOB NOT NULL PRIMARY KEY,
    -- In one word: erased, asked, settled.
    what TEXT NOT NULL,
    recipient BLOB NOT NULL,
    signed BLOB NOT NULL,
    arrives_by BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    -- Whether a relay keeps it, and the sealed form that went there.
    kept BOOLEAN NOT NULL,
    envelope BLOB,
    recorded_at BIGINT NOT NULL
);
CREATE INDEX duties_by_time ON duties (next_at, recorded_at);
CREATE INDEX duties_by_recipient ON duties (recipient, next_at);
CREATE INDEX duties_by_envelope ON duties (envelope);

-- How far the store's change log was followed for erasures.
CREATE TABLE erasures_followed (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    position BIGINT NOT NULL
);

-- Erasing withdrawals of others that were confirmed from here, so that each is confirmed once.
CREATE TABLE erasures_confirmed (
    withdrawal BLOB NOT NULL PRIMARY KEY,
    recorded_at BIGINT NOT NULL
);

-- Organisations that said they hold profiles of ours.
CREATE TABLE holders (
    organisation BLOB NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL
);

-- Our own erasures. Nothing here says whose profile it was.
CREATE TABLE erasures (
    subject BLOB NOT NULL PRIMARY KEY,
    withdrawal BLOB NOT NULL,
    by_date BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL
);

-- Who is asked to confirm each, and which nodes did.
CREATE TABLE erasures_asked (
    subject BLOB NOT NULL,
    organisation BLOB NOT NULL,
    PRIMARY KEY (subject, organisation)
);
CREATE TABLE erasure_receipts (
    subject BLOB NOT NULL,
    organisation BLOB NOT NULL,
    node TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- The signed duty itself: proof for whoever asks.
    signed BLOB NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (subject, organisation, node)
);

-- Requests that were filed here. What was asked is not kept: it is in the duty until that is delivered.
CREATE TABLE rights_filed (
    id BLOB NOT NULL PRIMARY KEY,
    -- SHA-256 of the reference that the asker has.
    reference BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    organisation BLOB NOT NULL,
    filed_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    delivered_at BIGINT,
    node TEXT,
    receipt BLOB,
    failed_at BIGINT,
    outcome TEXT,
    message TEXT,
    answered_at BIGINT
);

-- Requests that this organisation has to answer.
CREATE TABLE rights_requests (
    id BLOB NOT NULL PRIMARY KEY,
    -- The organisation at whose node it was filed; one's own too.
    door BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject BLOB,
    name TEXT,
    words TEXT NOT NULL,
    reply TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    outcome TEXT,
    message TEXT,
    closed_at BIGINT
);
CREATE INDEX rights_requests_by_due ON rights_requests (closed_at, due_at);
CREATE INDEX rights_requests_by_door ON rights_requests (door, closed_at);
