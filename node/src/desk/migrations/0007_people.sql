-- Who can sign in here. Of a link and of a session only the digest of its token is kept, so that whoever reads this desk,
-- or a backup of it, can sign in as nobody.

CREATE TABLE people (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    locale TEXT,
    -- Words with a space before and after each.
    roles TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX people_by_age ON people (created_at, id);

-- Gone once used.
CREATE TABLE sign_in_links (
    digest BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    made_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sign_in_links_by_person ON sign_in_links (person, created_at);
CREATE INDEX sign_in_links_by_age ON sign_in_links (expires_at);

CREATE TABLE sessions (
    digest BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    made_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person, seen_at);
CREATE INDEX sessions_by_age ON sessions (expires_at);
