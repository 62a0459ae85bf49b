-- Portable SQL: what SQLite runs here, PostgreSQL takes too. Its bytes type has another name; `CREATE DOMAIN BLOB AS
-- BYTEA` before the first migration settles that, so that the statements stay one text.

CREATE TABLE organisation (
    only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    website TEXT,
    privacy_notice TEXT,
    notice_version TEXT NOT NULL,
    complaints TEXT,
    changed_at BIGINT NOT NULL
);

-- The last envelope of each own slot, byte for byte, withdrawals included: what the register is rebuilt from.
CREATE TABLE own_slots (
    kind TEXT NOT NULL,
    about BLOB NOT NULL,
    organisation BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    envelope BLOB NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    erased BOOLEAN NOT NULL,
    PRIMARY KEY (kind, about)
);

CREATE TABLE own_operations (
    place BIGINT NOT NULL PRIMARY KEY,
    envelope BLOB NOT NULL UNIQUE
);

-- Where a listing stands is not written here: its slot says so, and one fact has one place.
CREATE TABLE listings (
    subject BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    contact_name TEXT,
    profile TEXT NOT NULL,
    consent_given_on TEXT,
    consent_notice TEXT,
    consent_reach TEXT,
    consent_open_web BOOLEAN,
    confirmed_at BIGINT,
    expiry_noted BIGINT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX listings_by_age ON listings (created_at, subject);

-- Evidence of what was agreed to and when; it outlives the listing and names nobody.
CREATE TABLE consents (
    subject BLOB NOT NULL,
    place BIGINT NOT NULL,
    given_on TEXT,
    notice_version TEXT,
    reach TEXT,
    open_web BOOLEAN,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (subject, place)
);

CREATE TABLE trust_policy (
    only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    policy TEXT NOT NULL
);

CREATE TABLE trust_standings (
    organisation TEXT NOT NULL PRIMARY KEY,
    standing TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE peers (
    peer TEXT NOT NULL PRIMARY KEY,
    organisation TEXT,
    addresses TEXT NOT NULL,
    last_seen BIGINT,
    blocked BOOLEAN NOT NULL
);

CREATE TABLE audit (
    place BIGINT NOT NULL PRIMARY KEY,
    recorded_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    about TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_by_age ON audit (recorded_at);

CREATE TABLE requests (
    request_key TEXT NOT NULL PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    status BIGINT,
    body BLOB,
    created_at BIGINT NOT NULL
);
CREATE INDEX requests_by_age ON requests (created_at);
