-- When a mentee of ours was told of the pause that their mentor shows, so that each is told once; empty again when the
-- mentor is back.
ALTER TABLE introductions ADD COLUMN pause_told_at BIGINT;

-- In which language a request about rights was asked, if it was asked on a page of this node.
ALTER TABLE rights_requests ADD COLUMN locale TEXT;

-- When it was last looked who was forgotten after the backup was made that this desk came back from.
ALTER TABLE restored ADD COLUMN forgotten_at BIGINT;
