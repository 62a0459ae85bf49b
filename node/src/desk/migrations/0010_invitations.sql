-- Mentors who were asked by mail whether they agree to be listed: `to_mail` until the mail is queued, `answer` what they
-- said, which another invitation does not forget.
CREATE TABLE invitations (
    subject BLOB NOT NULL PRIMARY KEY,
    invited_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    to_mail BOOLEAN NOT NULL,
    answer TEXT NOT NULL,
    answered_at BIGINT
);
CREATE INDEX invitations_by_mail ON invitations (to_mail, invited_at);

-- What each consent rests on that a mentor gave in person. It outlives the listing; the address does not.
CREATE TABLE consent_evidence (
    subject BLOB NOT NULL,
    place BIGINT NOT NULL,
    given_at BIGINT NOT NULL,
    notice_version TEXT NOT NULL,
    reach TEXT NOT NULL,
    open_web BOOLEAN NOT NULL,
    shown BLOB NOT NULL,
    method TEXT NOT NULL,
    address TEXT,
    link BLOB,
    PRIMARY KEY (subject, place)
);

-- The last reminder of each listing: of which confirmation, and how many days before it runs out.
CREATE TABLE confirm_reminders (
    subject BLOB NOT NULL PRIMARY KEY,
    confirmed_at BIGINT NOT NULL,
    days BIGINT NOT NULL
);
