-- Blocks that were lifted. While an introduction stands `blocked` and is not here, its mentor takes no request of its
-- mentee.
CREATE TABLE blocks_lifted (
    introduction BLOB NOT NULL,
    direction TEXT NOT NULL,
    lifted_at BIGINT NOT NULL,
    lifted_by TEXT NOT NULL,
    PRIMARY KEY (introduction, direction)
);

-- What was said to our own registrar alone of a person who was blocked; it never leaves this node.
CREATE TABLE reports (
    introduction BLOB NOT NULL PRIMARY KEY,
    text TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL
);

-- Mentors whom one of our own mentees does not want to be offered again; nobody is told.
CREATE TABLE mentors_put_aside (
    person BLOB NOT NULL,
    organisation BLOB NOT NULL,
    subject BLOB NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (person, organisation, subject)
);

-- What the network is to see of a mentor's availability as its dates come: signed again at `turns_at`.
CREATE TABLE availability_plans (
    subject BLOB NOT NULL PRIMARY KEY,
    availability TEXT NOT NULL,
    turns_at BIGINT NOT NULL
);
CREATE INDEX availability_plans_by_turn ON availability_plans (turns_at);

-- Mentors of other organisations who are kept out of sight at this node.
CREATE TABLE hidden_profiles (
    organisation BLOB NOT NULL,
    subject BLOB NOT NULL,
    why TEXT NOT NULL,
    hidden_at BIGINT NOT NULL,
    hidden_by TEXT NOT NULL,
    PRIMARY KEY (organisation, subject)
);

-- Requests in a row that a mentor let run out without a word; gone with the next word.
CREATE TABLE silences (
    subject BLOB NOT NULL PRIMARY KEY,
    many BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
