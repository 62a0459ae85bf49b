//! The golden vectors in `protocol/tests/vectors`: each says what every implementation must make of some bytes.
//!
//! They are read from the files and checked without the code that made them; another test makes them again and
//! compares. Nothing overwrites them but a run with `MENTORMESH_WRITE_VECTORS=1`, and a changed vector is a changed
//! protocol. [`made`] is the list; `coset`, a COSE library that is no part of the node, verifies every good one.

mod bad;
mod bad_signatures;
mod check;
mod duties;
mod letters;
mod letters_bad;
mod letters_check;
mod made;
mod messages;

use serde::{Deserialize, Serialize};

use crate::key::{OrganisationId, PublicKey};
use crate::{RecordId, Timestamp};

/// One file of envelopes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Envelopes {
    /// What the file is for.
    about: String,
    /// The network whose name the signatures are bound to.
    network: String,
    /// The clock of whoever judges.
    now: u64,
    /// Chains that are known beforehand, as envelopes in order.
    operations: Vec<String>,
    /// The envelopes to judge, each by itself.
    vectors: Vec<Vector>,
}

/// One envelope and its fate.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Vector {
    /// What it is called.
    pub(super) name: String,
    /// Why it is here.
    pub(super) note: String,
    /// `admitted`, `parked`, or the name of the error.
    pub(super) fate: String,
    /// What an admitted one says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) says: Option<Says>,
    /// The bytes, in hexadecimal.
    pub(super) envelope: String,
}

/// What the header of an admitted envelope says and what follows from it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Says {
    kind: String,
    version: u16,
    organisation: OrganisationId,
    about: String,
    sequence: u64,
    issued_at: u64,
    expires_at: Option<u64>,
    record_id: RecordId,
    signer: PublicKey,
    /// SHA-256 of the slot, absent for operations.
    slot: Option<String>,
    /// Whether version 1 reads the body.
    body_is_read: bool,
    erases: bool,
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn unhex(text: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).expect("the vectors hold hexadecimal")
}

const fn moment(milliseconds: u64) -> Timestamp {
    Timestamp(milliseconds)
}

const GOOD: &str = include_str!("../../tests/vectors/records.json");
const BAD: &str = include_str!("../../tests/vectors/bad.json");
const MESSAGES: &str = include_str!("../../tests/vectors/messages.json");
const LETTERS: &str = include_str!("../../tests/vectors/letters.json");

/// The bytes of a named vector as they stand in its file.
pub(super) fn bytes_of(file: &str, name: &str) -> Option<String> {
    let text = match file {
        "records.json" => GOOD,
        "bad.json" => BAD,
        "messages.json" => MESSAGES,
        "letters.json" => LETTERS,
        _ => return None,
    };
    let file: serde_json::Value = serde_json::from_str(text).expect("a file of vectors");
    let vectors = file.get("vectors")?.as_array()?;
    let vector = vectors.iter().find(|vector| vector.get("name").and_then(|n| n.as_str()) == Some(name))?;
    vector.get("envelope").or_else(|| vector.get("bytes"))?.as_str().map(ToOwned::to_owned)
}

/// One vector of any file, for those who try the same bytes in another way.
pub(super) struct Held {
    /// Its name, without spaces.
    pub(super) name: String,
    /// What its bytes are.
    pub(super) what: String,
    /// The name of its error, or that it is taken.
    pub(super) fate: String,
    /// Whether it is taken.
    pub(super) good: bool,
    pub(super) bytes: Vec<u8>,
}

/// Every vector of every file.
pub(super) fn held() -> Vec<Held> {
    let mut all = Vec::new();
    for (file, text) in [("record", GOOD), ("record", BAD), ("", MESSAGES), ("courier ", LETTERS)] {
        let text: serde_json::Value = serde_json::from_str(text).expect("a file of vectors");
        for vector in text.get("vectors").and_then(|all| all.as_array()).expect("vectors") {
            let word = |key: &str| vector.get(key).and_then(|value| value.as_str());
            // `request` and `answer` are other messages in the file of introductions than in that of sync.
            let what = match word("what") {
                Some(what @ ("request" | "answer")) => format!("{file}{what}"),
                Some(what) => what.to_owned(),
                None => file.to_owned(),
            };
            let fate = word("fate").unwrap_or("taken").to_owned();
            let text = word("envelope").or_else(|| word("bytes")).expect("bytes");
            let bytes = if what == "ticket" { text.as_bytes().to_vec() } else { unhex(text) };
            let good = matches!(fate.as_str(), "admitted" | "taken");
            all.push(Held { name: word("name").unwrap_or_default().replace(' ', "-"), what, fate, good, bytes });
        }
    }
    all
}

/// Compares a file with what is made now, or writes it when asked to.
fn golden(file: &str, stored: &str, made: &impl Serialize) {
    let made = serde_json::to_string_pretty(made).expect("JSON") + "\n";
    if write_vectors(file, &made) {
        return;
    }
    assert!(stored == made, "{file} differs from what this build makes: either the build or the protocol has changed");
}

#[expect(clippy::disallowed_methods, reason = "a developer asked to write the vectors")]
fn write_vectors(file: &str, made: &str) -> bool {
    let asked = std::env::var_os("MENTORMESH_WRITE_VECTORS").is_some();
    if asked {
        let path = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors")).join(file);
        std::fs::write(path, made).expect("the folder of vectors can be written");
    }
    asked
}

#[test]
fn the_vectors_are_what_this_build_makes() {
    golden("records.json", GOOD, &made::good());
    golden("bad.json", BAD, &bad::bad());
    golden("messages.json", MESSAGES, &messages::made());
}
