-- Letters of this node on their way, envelopes it keeps for others, and what it asks back after a bad day.

CREATE TABLE outbox (
    message BLOB NOT NULL,
    direction TEXT NOT NULL,
    -- Letters of one introduction leave in this order, one after the other.
    place BIGINT NOT NULL UNIQUE,
    introduction BLOB NOT NULL,
    recipient BLOB NOT NULL,
    signed BLOB NOT NULL,
    arrives_by BIGINT NOT NULL,
    give_up_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    kept BOOLEAN NOT NULL,
    problem TEXT,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (message, direction)
);
CREATE INDEX outbox_by_time ON outbox (next_at, place);
CREATE INDEX outbox_by_recipient ON outbox (recipient, next_at);
CREATE INDEX outbox_by_introduction ON outbox (introduction, direction, place);

-- Which sealed forms of a letter went to relays: a receipt that comes back by another way names one of them.
CREATE TABLE outbox_envelopes (
    envelope BLOB NOT NULL PRIMARY KEY,
    message BLOB NOT NULL,
    direction TEXT NOT NULL,
    recorded_at BIGINT NOT NULL
);
CREATE INDEX outbox_envelopes_by_letter ON outbox_envelopes (message, direction, recorded_at);

-- All that a relay knows of a letter.
CREATE TABLE custody (
    envelope BLOB NOT NULL PRIMARY KEY,
    recipient BLOB NOT NULL,
    expires_at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    peer TEXT NOT NULL,
    sealed BLOB NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL
);
CREATE INDEX custody_by_time ON custody (next_at);
CREATE INDEX custody_by_recipient ON custody (recipient, next_at);
CREATE INDEX custody_by_peer ON custody (peer);

-- A recipient's word that ended custody, until the peer that handed the envelope over has it.
CREATE TABLE custody_receipts (
    envelope BLOB NOT NULL PRIMARY KEY,
    peer TEXT NOT NULL,
    receipt BLOB NOT NULL,
    expires_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL
);
CREATE INDEX custody_receipts_by_time ON custody_receipts (next_at);
CREATE INDEX custody_receipts_by_peer ON custody_receipts (peer);

-- What may be missing here since then, asked back from each organisation once for each bad day.
CREATE TABLE recalls (
    organisation BLOB NOT NULL,
    -- When the backup was made that this desk comes from; 0 after a node that was not stopped.
    cause BIGINT NOT NULL,
    since BIGINT NOT NULL,
    -- Until then nothing is answered in introductions with the organisation, unless it is done before.
    holds_until BIGINT NOT NULL,
    done BOOLEAN NOT NULL,
    PRIMARY KEY (organisation, cause)
);
