-- Each time this desk was brought back from a backup. Until `compared_at` is written, what the world holds of ours may
-- be newer than what stands here.
CREATE TABLE restored (
    place BIGINT NOT NULL PRIMARY KEY,
    backup_made_at BIGINT NOT NULL,
    restored_at BIGINT NOT NULL,
    compared_at BIGINT
);
