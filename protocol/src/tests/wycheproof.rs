//! Wycheproof's Ed25519 vectors through the one signature check of the workspace.
//!
//! They are not part of the repository: `MENTORMESH_TEST_DATA` names the folder, else `../shared/data` beside the
//! workspace is tried, else the test says that it was skipped.

use data_encoding::HEXLOWER_PERMISSIVE;

use crate::PublicKey;

#[test]
#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test reads its data and says when it has none")]
fn wycheproof_agrees() {
    let beside = || std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data"));
    let folder = std::env::var_os("MENTORMESH_TEST_DATA").map_or_else(beside, Into::into);
    let file = folder.join("vectors/wycheproof/ed25519_test.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: {} is not there; set MENTORMESH_TEST_DATA", file.display());
        return;
    };
    let suite: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let hex = |value: &serde_json::Value| HEXLOWER_PERMISSIVE.decode(value.as_str().unwrap_or_default().as_bytes());
    let (mut valid, mut invalid) = (0, 0);
    for group in suite.pointer("/testGroups").and_then(|groups| groups.as_array()).expect("groups") {
        let key: [u8; 32] =
            hex(group.pointer("/publicKey/pk").expect("a key")).expect("hex").try_into().expect("32 bytes");
        for test in group.pointer("/tests").and_then(|tests| tests.as_array()).expect("tests") {
            let message = hex(test.pointer("/msg").expect("a message")).expect("hex");
            let signature = hex(test.pointer("/sig").expect("a signature")).expect("hex");
            // A signature of another length cannot even be asked about here.
            let accepted =
                <[u8; 64]>::try_from(signature).is_ok_and(|signature| PublicKey(key).signed(&message, &signature));
            let expected = test.pointer("/result").and_then(|result| result.as_str()) == Some("valid");
            assert_eq!(accepted, expected, "{test}");
            if expected { valid += 1 } else { invalid += 1 }
        }
    }
    assert!(valid > 50 && invalid > 50, "{valid} valid and {invalid} invalid vectors were read");
}
