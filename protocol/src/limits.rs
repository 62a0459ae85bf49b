//! Every size, count and age that the protocol bounds: one constant, one reason.
//!
//! What binds only one node (queues, timers) lives beside the part that owns it; what two nodes must agree on is here.

/// Milliseconds in a day, the unit of every lifetime below.
pub const DAY: u64 = 24 * 60 * 60 * 1000;
/// Milliseconds in a minute.
pub const MINUTE: u64 = 60 * 1000;

/// Largest signed envelope in bytes: it must fit a gossip message beside others.
pub const ENVELOPE_BYTES: usize = 16 * 1024;
/// Largest encoded profile body in bytes, leaving a kilobyte of the envelope for header and signature.
pub const PROFILE_BYTES: usize = 15 * 1024;
/// Size an encoded profile should stay under, so that two chunks of a store value hold it.
pub const PROFILE_TARGET_BYTES: usize = 6 * 1024;
/// Largest batch of envelopes in one message: gossipsub checks its 64 KiB limit against a read buffer, not a frame.
pub const BATCH_BYTES: usize = 48 * 1024;
/// Deepest nesting of CBOR that is read, so that no input exhausts the stack.
pub const CBOR_DEPTH: usize = 16;
/// Longest network name in bytes: it is part of every topic and every signature.
pub const NETWORK_BYTES: usize = 32;
/// Longest kind word in bytes.
pub const KIND_BYTES: usize = 32;
/// Longest `about` in bytes: the longest known one is an attestation's 64 inside a withdrawal.
pub const ABOUT_BYTES: usize = 128;

/// Operations in one organisation's chain: ten years of monthly rotations, twice over.
pub const CHAIN_OPERATIONS: usize = 256;
/// Rotation keys in one operation.
pub const ROTATION_KEYS: usize = 5;
/// Signing keys in one operation, those that left included: they still verify older records.
pub const SIGNING_KEYS: usize = 32;
/// How long after first seeing an operation a stronger rotation key may overturn it.
pub const OVERTURN: u64 = 72 * 60 * MINUTE;

/// Lifetime of a card, delegation, attestation and recognition.
pub const LONG_LIFETIME: u64 = 400 * DAY;
/// Lifetime of a profile: a listing that nobody renews disappears within five weeks.
pub const PROFILE_LIFETIME: u64 = 35 * DAY;
/// How much longer a withdrawal lives than what it ends, so that no stale copy outlives it.
pub const WITHDRAWAL_EXTRA: u64 = 30 * DAY;

/// How far ahead of our clock a record may be signed and still be admitted.
pub const CLOCK_AHEAD_ADMITTED: u64 = 10 * MINUTE;
/// How far ahead it may be and still wait in memory for its time.
pub const CLOCK_AHEAD_PARKED: u64 = 60 * MINUTE;
/// Two nodes whose clocks differ by more than this end a sync session.
pub const CLOCK_APART: u64 = 10 * MINUTE;
/// What is newer than this is left out of reconciliation: gossip may still be carrying it.
pub const SETTLE: u64 = 20 * 1000;
/// How long expired records stay on disk after they left search.
pub const EXPIRED_KEPT: u64 = DAY;
/// How long an organisation's records are held after it lost its place by anything but unpin or block.
pub const HOLD_AFTER_SHOW: u64 = 7 * DAY;

/// Records of one organisation that `open` trust alone shows.
pub const QUOTA_OPEN: usize = 1_000;
/// Records of one recognised organisation.
pub const QUOTA_RECOGNISED: usize = 10_000;
/// Records of one pinned organisation.
pub const QUOTA_PINNED: usize = 50_000;
/// Identity records (everything but profiles and attestations) held of one organisation that is not shown.
pub const QUOTA_IDENTITY: usize = 64;
/// Identity records held of one that is: a recognition of every organisation a node keeps, twice over.
pub const QUOTA_IDENTITY_SHOWN: usize = 2_000;
/// Organisations known but not shown.
pub const ORGANISATIONS_NOT_SHOWN: usize = 1_000;
/// Records in the whole register of one node.
pub const REGISTER_RECORDS: usize = 500_000;
/// Records waiting in memory for a key or for their time.
pub const PARKED: usize = 1_000;
/// Of those, how many one peer may hand over.
pub const PARKED_PER_PEER: usize = 50;
/// How long a parked record waits.
pub const PARKED_FOR: u64 = 60 * MINUTE;

/// Characters in a search query.
pub const QUERY_CHARACTERS: usize = 256;
/// Words in a search query.
pub const QUERY_TERMS: usize = 32;
/// Hits on one page.
pub const PAGE: usize = 100;
/// Hits on a page when nobody says how many.
pub const PAGE_DEFAULT: usize = 20;
/// Deepest hit that can be paged to.
pub const PAGE_DEPTH: usize = 1_000;

/// Addresses in a delegation or ticket.
pub const ADDRESSES: usize = 8;
/// Longest text form of one address.
pub const ADDRESS_BYTES: usize = 256;
/// Relays named in a card.
pub const RELAYS: usize = 3;
/// Sealing keys in a card: the current one and those whose letters may still arrive.
pub const SEALING_KEYS: usize = 4;

/// Largest reconciliation message; negentropy needs at least 4,096.
pub const RECONCILE_FRAME: u64 = 32 * 1024;
/// Rounds after which a reconciliation that has not ended is given up: two pinned quotas with nothing in common take 101.
pub const RECONCILE_ROUNDS: usize = 128;
/// Record ids in one fetch.
pub const FETCH_IDS: usize = 256;
/// Organisations in one page of a summary.
pub const SUMMARY_ROWS: usize = 256;
/// Ids newer than the settled point that one answer lists.
pub const TAIL_IDS: usize = 1_000;

/// Largest signed letter in bytes before it is sealed: the largest size class leaves room for padding to hide in.
pub const LETTER_BYTES: usize = 12 * 1024;
/// Bytes to which a letter is padded before it is sealed, so that its length says little.
pub const SIZE_CLASSES: [usize; 4] = [2 * 1024, 4 * 1024, 8 * 1024, 16 * 1024];
/// Largest envelope: the largest size class, key and tag of the seal, and the readable part.
pub const SEALED_BYTES: usize = 17 * 1024;
/// How long a request waits for its answer.
pub const INTRODUCTION_LIFETIME: u64 = 14 * DAY;
/// By how much each question moves the end of the wait.
pub const QUESTION_EXTENDS: u64 = 7 * DAY;
/// Questions a mentor may ask before answering.
pub const QUESTIONS: usize = 3;
/// How long an agreed first call has before the mentor must say yes or no.
pub const EXPLORING_LIFETIME: u64 = 30 * DAY;
/// Highest step that is taken of the other side: more than all letters that one introduction can have.
pub const STEPS: u16 = 32;
/// How long after the end of the wait a letter that was written in time may still arrive.
pub const LATE_ARRIVAL: u64 = 14 * DAY;
/// How long after the end of the wait a letter's outcome is remembered, so that its sender can still learn it.
pub const OUTCOME_REMEMBERED: u64 = 30 * DAY;
/// How long a duty may be on its way: as long as the answer that it is about may take.
pub const DUTY_LIFETIME: u64 = 30 * DAY;
/// How long an organisation has to answer a request about somebody's rights.
pub const RIGHTS_ANSWERED: u64 = 30 * DAY;
/// How long a mentee must wait to ask the same mentor again after a decline.
pub const COOLDOWN: u64 = 30 * DAY;
/// Open requests of one mentee.
pub const OPEN_PER_MENTEE: u64 = 5;
/// Requests that wait for one mentor.
pub const INBOX: u64 = 10;
/// Of these, how many may come from one foreign organisation.
pub const INBOX_SHARE: u64 = 3;
/// Open requests of one foreign organisation at a node that has not pinned it.
pub const OPEN_PER_ORGANISATION: u64 = 200;
/// Times that one request can offer for a first call.
pub const SLOTS: usize = 6;
/// Minutes of the shortest of them.
pub const SLOT_MINUTES_LEAST: u16 = 10;
/// Minutes of the longest.
pub const SLOT_MINUTES_MOST: u16 = 180;
/// How long after the end of the wait such a time may lie: a yes on the last day, three questions after the first,
/// still leaves three weeks to meet in, and nobody keeps an hour free for longer.
pub const SLOTS_AHEAD: u64 = 42 * DAY;
/// Letters in one answer to a recall.
pub const RECALL_LETTERS: usize = 32;
/// How far ahead the dates of a mentor's pause may lie: nobody plans an absence beyond a year and a day.
pub const PAUSE_AHEAD: u64 = 366 * DAY;
/// Answered or expired requests below which nothing is said of how soon a mentor answers: fewer would tell of persons.
pub const ANSWERS_TO_TELL: usize = 5;
/// Requests in a row that run out without a word before the registrar is told.
pub const SILENCES_TOLD: u64 = 2;
/// Requests in a row that run out without a word before the listing is paused.
pub const SILENCES_PAUSE: u64 = 3;
