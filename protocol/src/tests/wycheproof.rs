//! Wycheproof's Ed25519 vectors through the one signature check of the workspace.
//!
//! They are not part of the repository: `MENTORMESH_TEST_DATA` names the folder, else `../shared/data` beside the
//! workspace is tried, else the test says that it was skipped. Where we judge otherwise than Wycheproof stands in
//! [`DEVIATIONS`] with its reason, and `docs/PROTOCOL.md` says the same in words.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER_PERMISSIVE;

use crate::PublicKey;

/// The vectors that we judge otherwise, by their number, each with why. There are none: the strict rule refuses more
/// than RFC 8032 asks only for keys and points of small order, of which this suite has none.
const DEVIATIONS: [(u64, &str); 0] = [];

/// One vector: a signature that is Wycheproof's to judge and ours.
struct Vector {
    number: u64,
    key: PublicKey,
    message: Vec<u8>,
    signature: Vec<u8>,
    valid: bool,
    /// Its words in the file, for whoever reads a failure.
    said: String,
}

#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test reads its data and says when it has none")]
fn vectors() -> Option<Vec<Vector>> {
    let beside = || std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data"));
    let folder = std::env::var_os("MENTORMESH_TEST_DATA").map_or_else(beside, Into::into);
    let file = folder.join("vectors/wycheproof/ed25519_test.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: {} is not there; set MENTORMESH_TEST_DATA", file.display());
        return None;
    };
    let suite: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let hex = |value: Option<&serde_json::Value>| {
        let text = value.and_then(serde_json::Value::as_str).expect("hexadecimal");
        HEXLOWER_PERMISSIVE.decode(text.as_bytes()).expect("hexadecimal")
    };
    let list = |value: Option<&serde_json::Value>| value.and_then(|list| list.as_array()).cloned().expect("a list");
    let mut vectors = Vec::new();
    for group in list(suite.get("testGroups")) {
        let key = PublicKey(hex(group.pointer("/publicKey/pk")).try_into().expect("32 bytes"));
        vectors.extend(list(group.get("tests")).iter().map(|test| Vector {
            number: test.get("tcId").and_then(serde_json::Value::as_u64).expect("a number"),
            key,
            message: hex(test.get("msg")),
            signature: hex(test.get("sig")),
            valid: valid(test.get("result").and_then(|result| result.as_str())),
            said: test.to_string(),
        }));
    }
    let stated = suite.get("numberOfTests").and_then(serde_json::Value::as_u64);
    assert_eq!(Some(vectors.len() as u64), stated, "not every vector was read");
    Some(vectors)
}

/// A verdict; there is no third one among signatures.
fn valid(verdict: Option<&str>) -> bool {
    assert!(matches!(verdict, Some("valid" | "invalid")), "a verdict of another sort: {verdict:?}");
    verdict == Some("valid")
}

/// Every vector that a check judges otherwise than Wycheproof.
fn deviations(vectors: &[Vector], accepts: impl Fn(&Vector) -> bool) -> BTreeMap<u64, &str> {
    let other = vectors.iter().filter(|vector| accepts(vector) != vector.valid);
    other.map(|vector| (vector.number, vector.said.as_str())).collect()
}

/// Our check. A signature of another length than 64 bytes has no place in an envelope and cannot even be asked about.
fn ours(vector: &Vector) -> bool {
    <[u8; 64]>::try_from(&vector.signature[..]).is_ok_and(|signature| vector.key.signed(&vector.message, &signature))
}

#[test]
#[expect(clippy::print_stderr, reason = "how many vectors were tried is worth a line")]
fn wycheproof_agrees_but_for_what_is_listed() {
    let Some(vectors) = vectors() else { return };
    let found = deviations(&vectors, ours);
    let listed: BTreeMap<u64, &str> = DEVIATIONS.into_iter().collect();
    for (number, said) in &found {
        assert!(listed.contains_key(number), "vector {number} is judged otherwise and not listed: {said}");
    }
    for (number, reason) in &listed {
        assert!(found.contains_key(number), "vector {number} is listed ({reason}) and judged alike: strike it out");
    }
    let valid = vectors.iter().filter(|vector| vector.valid).count();
    let lengths = vectors.iter().filter(|vector| vector.signature.len() != 64).count();
    let (all, invalid) = (vectors.len(), vectors.len() - valid);
    eprintln!(
        "wycheproof ed25519: {all} vectors, {valid} valid and {invalid} invalid ({lengths} of another length than 64), \
         {} deviations",
        found.len()
    );
    assert!(valid > 50 && invalid > 50);
}

#[test]
fn a_check_that_takes_everything_would_be_noticed() {
    let Some(vectors) = vectors() else { return };
    let invalid = vectors.iter().filter(|vector| !vector.valid).count();
    assert_eq!(deviations(&vectors, |_| true).len(), invalid);
}
