//! The inputs kept in `tests/fuzz/corpus`: each is held against its law, as the fuzzer would, on every run of the tests.
//!
//! What begins with `golden-` or `bad-` is made of the vectors and compared with them; what begins with `found-` once
//! broke something, and `seen-` reached code that no other does. `MENTORMESH_WRITE_CORPUS=1` writes the first two anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::vectors::{Held, held};
use crate::key::base32;
use crate::signed::{Payload, Signed};
use crate::testing::{NOW, Organisation, laws, tamper};

/// Inputs of one target, and bytes of all its inputs together: a corpus that nobody can read through helps nobody.
const INPUTS: usize = 40;
const BYTES: usize = 60 * 1024;

/// Inputs of one target that the vectors make; the others are left room.
const MADE: usize = 30;

type Inputs = BTreeMap<String, Vec<u8>>;

fn folder(target: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fuzz/corpus")).join(target)
}

#[expect(clippy::disallowed_methods, reason = "a test reads the inputs that are kept for it")]
fn kept(target: &str) -> Inputs {
    let files = std::fs::read_dir(folder(target)).expect("tests/fuzz/corpus has a folder of this target");
    let read = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.expect("a file of the corpus").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read(&path).expect("an input can be read"))
    };
    files.map(read).collect()
}

/// The inputs that the vectors make: every good one, and of the bad ones the first of each fate.
fn made(target: &str) -> Inputs {
    let mut inputs = Inputs::new();
    if target == "body" {
        inputs.extend((0..10).filter_map(|kind| Some((format!("golden-kind-{kind}"), laws::body_input(kind)?))));
    }
    if target == "ticket" {
        inputs.extend(texts().map(|(name, text)| (format!("golden-{name}"), text.into_bytes())));
    }
    let mut seen = BTreeSet::new();
    for vector in held() {
        let Some(input) = input(target, &vector) else { continue };
        // Of the bad ones the first of each fate, of the good ones that are long the first of each sort.
        let first = seen.insert(if vector.good { vector.what.clone() } else { vector.fate.clone() });
        let wanted = if vector.good { first || input.len() < 2_000 } else { first && input.len() < 4_096 };
        if wanted && inputs.len() < MADE {
            inputs.insert(format!("{}-{}", if vector.good { "golden" } else { "bad" }, vector.name), input);
        }
    }
    inputs
}

/// Names of Ada's things as people write them.
fn texts() -> [(&'static str, String); 8] {
    let ada = Organisation::ada();
    let key = |did: String| did.replace("did:key:z", "");
    [
        ("organisation", ada.id().to_string()),
        ("peer", ada.peer().to_string()),
        ("key", key(ada.signing_key(0).public().to_string())),
        ("sealing-key", ada.sealing_secret().public().to_string()),
        ("record", ada.genesis().id().to_string()),
        ("profile", ada.profile_id(1).to_string()),
        ("moment", NOW.to_string()),
        ("day", NOW.date().to_string()),
    ]
}

/// What a vector is to a target, if it is anything to it.
fn input(target: &str, vector: &Held) -> Option<Vec<u8>> {
    let bytes = &vector.bytes;
    let chosen = |choice: u8, bytes: &[u8]| Some([&[choice], bytes].concat());
    match (target, vector.what.as_str()) {
        ("envelope", "record") | ("sync", "request" | "answer" | "batch") => Some(bytes.clone()),
        ("body", "record") if !vector.good && vector.fate.starts_with("payload") => {
            chosen(255, &tamper::payload_of(bytes))
        }
        ("sync", "head") => {
            let head = Signed::<crate::wire::HeadAnnounce>::decode(bytes).ok()?;
            Some(head.claims().encode())
        }
        ("letter", "letter") => chosen(2, &tamper::payload_of(bytes)),
        ("letter", "receipt") => chosen(3, &tamper::payload_of(bytes)),
        ("letter", "envelope" | "courier request" | "courier answer") => chosen(255, bytes),
        ("ticket", "ticket") => {
            let coded = base32().decode(bytes.get(4..)?).ok()?;
            Some(coded.get(..coded.len().checked_sub(4)?)?.to_vec())
        }
        _ => None,
    }
}

#[expect(clippy::disallowed_methods, reason = "a developer asked to write the inputs")]
fn write(target: &str, made: &Inputs) -> bool {
    let asked = std::env::var_os("MENTORMESH_WRITE_CORPUS").is_some();
    if asked {
        std::fs::create_dir_all(folder(target)).expect("a folder for the inputs");
        for name in kept(target).keys().filter(|name| from_vectors(name)) {
            std::fs::remove_file(folder(target).join(name)).expect("an input that is made again");
        }
        for (name, input) in made {
            std::fs::write(folder(target).join(name), input).expect("an input can be written");
        }
    }
    asked
}

fn from_vectors(name: &str) -> bool {
    name.starts_with("golden-") || name.starts_with("bad-")
}

#[test]
fn the_corpus_holds_what_the_vectors_hold() {
    for (target, _) in laws::ALL {
        let made = made(target);
        assert!(!made.is_empty(), "{target}: the vectors make no input");
        if write(target, &made) {
            continue;
        }
        let kept: Inputs = kept(target).into_iter().filter(|(name, _)| from_vectors(name)).collect();
        let names = |inputs: &Inputs| inputs.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&kept), names(&made), "{target}: MENTORMESH_WRITE_CORPUS=1 writes it anew");
        assert!(kept == made, "{target}: an input differs from its vector; MENTORMESH_WRITE_CORPUS=1 writes it anew");
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "how many inputs were tried is worth a line")]
fn every_kept_input_keeps_its_law() {
    for (target, law) in laws::ALL {
        let inputs = kept(target);
        let bytes: usize = inputs.values().map(Vec::len).sum();
        assert!((5..=INPUTS).contains(&inputs.len()), "{target}: {} inputs, 5 to {INPUTS} are kept", inputs.len());
        assert!(bytes <= BYTES, "{target}: {bytes} bytes of inputs, at most {BYTES}");
        for (name, input) in &inputs {
            let held = std::panic::catch_unwind(|| law(input));
            assert!(held.is_ok(), "{target}: the input {name} breaks the law");
        }
        eprintln!("{target}: {} inputs held against the law, {bytes} bytes", inputs.len());
    }
}
