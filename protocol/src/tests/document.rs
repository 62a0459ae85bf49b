//! `docs/PROTOCOL.md` says what the code does: its hexadecimal is that of the vectors, its limits are the constants.

use super::vectors::bytes_of;
use crate::limits;

const DOCUMENT: &str = include_str!("../../../docs/PROTOCOL.md");

/// The fenced block that begins after `text`, without white space and remarks.
fn block_after(text: &str) -> String {
    let block = text.split("```").nth(1).unwrap_or_default();
    let bare = block.lines().map(|line| line.split('#').next().unwrap_or_default());
    bare.flat_map(str::chars).filter(|character| !character.is_whitespace()).collect()
}

#[test]
fn every_example_is_a_vector() {
    let examples: Vec<_> = DOCUMENT.split("<!-- vector ").skip(1).collect();
    assert!(examples.len() >= 8, "only {} examples", examples.len());
    for example in examples {
        let (label, rest) = example.split_once(" -->").expect("a label ends");
        let (file, name) = label.split_once(' ').expect("a label is a file and a name");
        assert_eq!(Some(block_after(rest)), bytes_of(file, name), "{label}");
    }
}

#[test]
fn every_limit_is_the_constant_s() {
    let number = |value: usize| value as u64;
    let limits = [
        ("ENVELOPE_BYTES", number(limits::ENVELOPE_BYTES)),
        ("PROFILE_BYTES", number(limits::PROFILE_BYTES)),
        ("BATCH_BYTES", number(limits::BATCH_BYTES)),
        ("CBOR_DEPTH", number(limits::CBOR_DEPTH)),
        ("ABOUT_BYTES", number(limits::ABOUT_BYTES)),
        ("CHAIN_OPERATIONS", number(limits::CHAIN_OPERATIONS)),
        ("ROTATION_KEYS", number(limits::ROTATION_KEYS)),
        ("SIGNING_KEYS", number(limits::SIGNING_KEYS)),
        ("OVERTURN", limits::OVERTURN),
        ("LONG_LIFETIME", limits::LONG_LIFETIME),
        ("PROFILE_LIFETIME", limits::PROFILE_LIFETIME),
        ("WITHDRAWAL_EXTRA", limits::WITHDRAWAL_EXTRA),
        ("CLOCK_AHEAD_ADMITTED", limits::CLOCK_AHEAD_ADMITTED),
        ("CLOCK_AHEAD_PARKED", limits::CLOCK_AHEAD_PARKED),
        ("CLOCK_APART", limits::CLOCK_APART),
        ("SETTLE", limits::SETTLE),
        ("RECONCILE_FRAME", limits::RECONCILE_FRAME),
        ("RECONCILE_ROUNDS", number(limits::RECONCILE_ROUNDS)),
        ("FETCH_IDS", number(limits::FETCH_IDS)),
        ("SUMMARY_ROWS", number(limits::SUMMARY_ROWS)),
        ("TAIL_IDS", number(limits::TAIL_IDS)),
        ("LETTER_BYTES", number(limits::LETTER_BYTES)),
        ("SEALED_BYTES", number(limits::SEALED_BYTES)),
        ("INTRODUCTION_LIFETIME", limits::INTRODUCTION_LIFETIME),
        ("QUESTION_EXTENDS", limits::QUESTION_EXTENDS),
        ("QUESTIONS", number(limits::QUESTIONS)),
        ("EXPLORING_LIFETIME", limits::EXPLORING_LIFETIME),
        ("LATE_ARRIVAL", limits::LATE_ARRIVAL),
        ("OUTCOME_REMEMBERED", limits::OUTCOME_REMEMBERED),
        ("STEPS", u64::from(limits::STEPS)),
        ("SLOTS", number(limits::SLOTS)),
        ("SLOTS_AHEAD", limits::SLOTS_AHEAD),
        ("RECALL_LETTERS", number(limits::RECALL_LETTERS)),
        ("DUTY_LIFETIME", limits::DUTY_LIFETIME),
        ("RIGHTS_ANSWERED", limits::RIGHTS_ANSWERED),
    ];
    for (name, value) in limits {
        assert!(DOCUMENT.contains(&format!("| `{name}` | {value} |")), "{name} is {value}");
    }
}
