-- The call that the two of an introduction agreed on, while it stands and after it was cancelled: its sequence counts its
-- changes for calendars, and who was never invited need not hear that it was cancelled.
ALTER TABLE introductions ADD COLUMN call_start BIGINT;
ALTER TABLE introductions ADD COLUMN call_minutes BIGINT;
ALTER TABLE introductions ADD COLUMN call_sequence BIGINT NOT NULL DEFAULT 0;
ALTER TABLE introductions ADD COLUMN call_cancelled BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE introductions ADD COLUMN call_invited BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE introductions ADD COLUMN call_changed_at BIGINT;

-- A part of a mail that is for a calendar to read.
ALTER TABLE mail ADD COLUMN calendar TEXT;
