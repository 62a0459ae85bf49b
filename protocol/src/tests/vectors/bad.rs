//! The bad vectors: one fault each, and its name.

use minicbor::Encoder;

use super::bad_signatures::{low_order, signatures, times};
use super::made::operations;
use super::{Envelopes, Vector, hex};
use crate::limits::{ABOUT_BYTES, CBOR_DEPTH, DAY, ENVELOPE_BYTES, LONG_LIFETIME, PROFILE_LIFETIME, WITHDRAWAL_EXTRA};
use crate::signed::Network;
use crate::testing::{NOW, Organisation, mentor, tamper};

/// When the bad records were signed: yesterday.
pub(super) const AT: u64 = NOW.0 - DAY;

pub(super) fn vector(name: &str, fate: &str, note: &str, envelope: &[u8]) -> Vector {
    Vector { name: name.to_owned(), note: note.to_owned(), fate: fate.to_owned(), says: None, envelope: hex(envelope) }
}

pub(super) fn main() -> Network {
    Network::new("main").expect("a name")
}

/// CBOR of one item.
fn item(write: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut Encoder::new(&mut out));
    out
}

fn text(value: &str) -> Vec<u8> {
    item(|e| {
        e.str(value).expect("memory");
    })
}

fn bytes(value: &[u8]) -> Vec<u8> {
    item(|e| {
        e.bytes(value).expect("memory");
    })
}

fn number(value: u64) -> Vec<u8> {
    item(|e| {
        e.u64(value).expect("memory");
    })
}

/// A payload or body field by field, so that each can be wrong by itself.
#[derive(Clone)]
struct Map(Vec<(u8, Vec<u8>)>);

impl Map {
    fn with(mut self, key: u8, value: Vec<u8>) -> Self {
        self.0.retain(|(other, _)| *other != key);
        self.0.push((key, value));
        self.0.sort_by_key(|(key, _)| *key);
        self
    }

    fn without(mut self, key: u8) -> Self {
        self.0.retain(|(other, _)| *other != key);
        self
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = number(self.0.len() as u64);
        for byte in out.iter_mut().take(1) {
            *byte |= 0xa0;
        }
        for (key, value) in &self.0 {
            out.extend(number(u64::from(*key)));
            out.extend_from_slice(value);
        }
        out
    }
}

fn header(kind: &str, about: &[u8], lifetime: u64, body: Vec<u8>) -> Map {
    Map(vec![
        (1, text(kind)),
        (2, number(1)),
        (3, bytes(&Organisation::ada().id().0)),
        (4, bytes(about)),
        (5, number(AT)),
        (6, number(AT)),
        (7, number(AT + lifetime)),
        (8, body),
    ])
}

/// A record of a kind that nobody knows, the body its only content.
fn unknown(body: &[u8]) -> Map {
    header("vacancy", b"one", DAY, body.to_vec())
}

/// The least profile, as a map of the profile's own fields.
fn profile_fields() -> Map {
    let availability = Map(vec![(0, number(0)), (1, number(1))]).encode();
    let empty = || vec![0x80];
    Map(vec![
        (0, text("Ada Lovelace")),
        (2, text("Analytical engines")),
        (3, text("")),
        (4, text("")),
        (5, empty()),
        (7, empty()),
        (8, empty()),
        (9, empty()),
        (10, empty()),
        (11, empty()),
        (12, empty()),
        (14, empty()),
        (17, availability),
        (19, empty()),
        (21, empty()),
        (23, empty()),
    ])
}

fn profile(fields: &Map) -> Map {
    let consented = Map(vec![(0, text("2026-10-01")), (1, text("2026-01")), (2, vec![0xf4])]).encode();
    let body = Map(vec![(0, fields.encode()), (1, consented), (2, vec![0x80])]).encode();
    header("profile", &Organisation::ada().subject(1).0, PROFILE_LIFETIME, body)
}

fn signed(kind: &str, payload: &[u8]) -> Vec<u8> {
    tamper::sealed(payload, &main(), kind, &Organisation::ada().signing_key(0))
}

/// A payload truly signed by Ada, bound to the kind it names.
fn of(name: &str, fate: &str, note: &str, kind: &str, payload: &Map) -> Vector {
    vector(name, fate, note, &signed(kind, &payload.encode()))
}

fn envelopes() -> Vec<Vector> {
    let ada = Organisation::ada();
    let good = ada.profile(1, AT, mentor("Ada Lovelace", "Analytical engines"));
    let (payload, kid) = (tamper::payload_of(good.bytes()), ada.signing_key(0).public().kid());
    let protected = tamper::protected(&kid);
    let signature = good.bytes().last_chunk::<64>().expect("a signature");
    let parts = |protected: &[u8], unprotected: &[u8]| tamper::envelope(protected, unprotected, &payload, signature);
    let cut = good.bytes().split_last().map(|(_, rest)| rest).unwrap_or_default();
    let long_alg = [&[0xa2, 0x01, 0x38, 0x07, 0x04, 0x48][..], &kid].concat();
    let kid_first = [&[0xa2, 0x04, 0x48][..], &kid, &[0x01, 0x27]].concat();
    let other_alg = [&[0xa2, 0x01, 0x32, 0x04, 0x48][..], &kid].concat();
    // Tag, array, protected header, empty map; then the payload in another form, and the rest as it was.
    let before = good.bytes().get(..17).unwrap_or_default();
    let rest = good.bytes().get(17 + 3 + payload.len()..).unwrap_or_default();
    let length = u32::try_from(payload.len()).expect("small").to_be_bytes();
    let four_byte_length = [before, &[0x5a], &length, &payload, rest].concat();
    let indefinite = [before, &[0x5f], &bytes(&payload), &[0xff], rest].concat();
    let detached = [before, &[0xf6], rest].concat();
    let large = vec![0x61; ENVELOPE_BYTES];
    let not = "not_canonical";
    vec![
        vector("envelope-empty", not, "no bytes at all", &[]),
        vector("envelope-trailing", not, "a byte follows", &tamper::with_trailing(good.bytes())),
        vector("envelope-cut", not, "the last byte is missing", cut),
        vector("envelope-untagged", not, "COSE_Sign1 without tag 18", good.bytes().get(1..).unwrap_or_default()),
        vector(
            "envelope-unprotected",
            not,
            "the unprotected header holds a kid",
            &parts(&protected, &[0xa1, 0x04, 0x41, 0x01]),
        ),
        vector(
            "envelope-no-kid",
            not,
            "the protected header holds the algorithm alone",
            &parts(&[0xa1, 0x01, 0x27], &[0xa0]),
        ),
        vector("envelope-kid-first", not, "the protected header's keys in another order", &parts(&kid_first, &[0xa0])),
        vector("envelope-long-algorithm", not, "the algorithm in two bytes instead of one", &parts(&long_alg, &[0xa0])),
        vector(
            "envelope-other-algorithm",
            not,
            "algorithm -19 (Ed25519) instead of -8 (EdDSA)",
            &parts(&other_alg, &[0xa0]),
        ),
        vector("envelope-long-length", not, "the payload's length in more bytes than needed", &four_byte_length),
        vector("envelope-indefinite", not, "the payload in pieces", &indefinite),
        vector("envelope-detached", not, "no payload", &detached),
        vector("envelope-oversized", "too_large", "one byte more than 16 KiB", &tamper::with_trailing(&large)),
    ]
}

fn payloads() -> Vec<Vector> {
    let good = unknown(&[0xa1, 0x00, 0x01]);
    let raw = |name: &str, fate: &str, note: &str, payload: &[u8]| {
        vector(name, &format!("payload.{fate}"), note, &signed("vacancy", payload))
    };
    let body = |name: &str, fate: &str, note: &str, body: &[u8]| raw(name, fate, note, &unknown(body).encode());
    let canonical = good.encode();
    let indefinite = [&[0xbf][..], canonical.get(1..).unwrap_or_default(), &[0xff]].concat();
    let mut swapped = good.clone();
    swapped.0.swap(0, 1);
    let mut twice = good.clone();
    twice.0.insert(1, (1, text("vacancy")));
    let deep = [&[0xa1, 0x00][..], &[0x81].repeat(CBOR_DEPTH), &[0x00]].concat();
    let long_sequence = good.clone().with(2, vec![0x18, 0x01]).encode();
    vec![
        raw("payload-empty", "truncated", "no payload", &[]),
        raw("payload-trailing", "trailing", "a byte follows", &tamper::with_trailing(&canonical)),
        raw("payload-indefinite", "not_shortest", "a map of no stated length", &indefinite),
        raw("payload-long-number", "not_shortest", "version 1 in two bytes", &long_sequence),
        raw("payload-key-order", "key_order", "version before kind", &swapped.encode()),
        raw("payload-key-twice", "key_order", "two kinds", &twice.encode()),
        body("payload-float", "unsupported", "a float in an unknown body", &[0xa1, 0x00, 0xf9, 0x3c, 0x00]),
        body("payload-tag", "unsupported", "a tag in an unknown body", &[0xa1, 0x00, 0xc1, 0x00]),
        body("payload-undefined", "unsupported", "undefined in an unknown body", &[0xa1, 0x00, 0xf7]),
        body("payload-not-utf8", "not_utf8", "a text that is not UTF-8", &[0xa1, 0x00, 0x61, 0xff]),
        body("payload-too-deep", "too_deep", "nested deeper than 16", &deep),
        body("body-not-a-map", "shape", "every body is a map, known or not", &[0x80]),
    ]
}

fn headers() -> Vec<Vector> {
    let ada = Organisation::ada();
    let good = unknown(&[0xa0]);
    let withdrawn = ada.profile_slot(1).withdrawn();
    let erasing = Map(vec![(0, vec![0xf5])]).encode();
    let lifetime = PROFILE_LIFETIME + WITHDRAWAL_EXTRA;
    let withdrawal = header("withdrawal", &withdrawn, lifetime, erasing.clone());
    let twice = [b"withdrawal\0", &withdrawn[..]].concat();
    let operation = header("operation", b"", 0, vec![0xa0]).with(2, number(2)).without(4).without(7);
    let v = |name, fate, note, kind, map: &Map| of(name, fate, note, kind, map);
    vec![
        v(
            "header-unknown-field",
            "payload.shape",
            "the header is frozen: there is no 9",
            "vacancy",
            &good.clone().with(9, number(1)),
        ),
        v("header-no-about", "payload.not_exact", "only operations have none", "vacancy", &good.clone().without(4)),
        v("header-no-sequence", "payload.not_exact", "every record has one", "vacancy", &good.clone().without(5)),
        v("header-no-body", "payload.not_exact", "every record has one", "vacancy", &good.clone().without(8)),
        v(
            "header-capital-kind",
            "payload.shape",
            "kinds are a-z and _",
            "Vacancy",
            &good.clone().with(1, text("Vacancy")),
        ),
        v("header-version-0", "invalid.version", "versions count from 1", "vacancy", &good.clone().with(2, number(0))),
        v(
            "header-no-organisation",
            "invalid.organisation",
            "only a first operation lacks it",
            "vacancy",
            &good.clone().without(3),
        ),
        v(
            "header-long-about",
            "invalid.about",
            "no withdrawal could name the slot",
            "vacancy",
            &good.clone().with(4, bytes(&[7; ABOUT_BYTES])),
        ),
        v(
            "header-no-expiry",
            "invalid.expires_at",
            "only operations live for ever",
            "vacancy",
            &good.clone().without(7),
        ),
        v(
            "header-431-days",
            "invalid.expires_at",
            "a kind nobody knows lives 430 days at most",
            "vacancy",
            &good.with(7, number(AT + LONG_LIFETIME + WITHDRAWAL_EXTRA + 1)),
        ),
        v(
            "withdrawal-version-2",
            "invalid.version",
            "merge reads withdrawals: they have no second version",
            "withdrawal",
            &withdrawal.clone().with(2, number(2)),
        ),
        v(
            "operation-version-2",
            "invalid.version",
            "chains read operations: they have no second version",
            "operation",
            &operation,
        ),
        v(
            "withdrawal-of-withdrawal",
            "invalid.about",
            "a withdrawal cannot be withdrawn",
            "withdrawal",
            &withdrawal.with(4, bytes(&twice)),
        ),
        v(
            "withdrawal-erases-card",
            "invalid.erase",
            "only records about people are erased",
            "withdrawal",
            &header("withdrawal", b"card\0", LONG_LIFETIME + WITHDRAWAL_EXTRA, erasing),
        ),
    ]
}

fn bodies() -> Vec<Vector> {
    let fields = profile_fields();
    let p = |name, fate, note, fields: &Map| of(name, fate, note, "profile", &profile(fields));
    let good = profile(&fields);
    let lifetime = |by: u64| good.clone().with(7, number(AT + by));
    let recognition = Map(vec![(0, vec![0xf5]), (1, vec![0xf4]), (2, vec![0x80])]).encode();
    let own = header("recognition", &Organisation::ada().id().0, LONG_LIFETIME, recognition);
    vec![
        p("control-is-admitted", "admitted", "the profile that each of these differs from by one field", &fields),
        p(
            "body-forbidden-field",
            "payload.not_exact",
            "field 26 with an e-mail address: the schema has no place for one",
            &fields.clone().with(26, text("ada@example.org")),
        ),
        p("body-field-missing", "payload.shape", "no headline", &fields.clone().without(2)),
        p(
            "body-null",
            "payload.not_exact",
            "what is absent is left out, not null",
            &fields.clone().with(1, vec![0xf6]),
        ),
        p(
            "body-empty-list-left-out",
            "payload.shape",
            "an empty list is written, not left out",
            &fields.clone().without(8),
        ),
        p("body-unknown-word", "payload.shape", "no mode has number 9", &fields.clone().with(14, vec![0x81, 0x09])),
        p(
            "body-control-character",
            "invalid.headline",
            "a line break in a single line",
            &fields.clone().with(2, text("a\nb")),
        ),
        p(
            "body-override",
            "invalid.headline",
            "U+202E makes a text read otherwise",
            &fields.clone().with(2, text("a\u{202e}b")),
        ),
        p("body-too-long", "invalid.headline", "121 characters", &fields.clone().with(2, text(&"x".repeat(121)))),
        p(
            "body-bad-date",
            "payload.shape",
            "no such day",
            &fields.with(25, Map(vec![(0, text("2026-2-30")), (1, text("registrar"))]).encode()),
        ),
        of(
            "lifetime-longer",
            "invalid.expires_at",
            "a millisecond more than 35 days",
            "profile",
            &lifetime(PROFILE_LIFETIME + 1),
        ),
        of(
            "lifetime-shorter",
            "invalid.expires_at",
            "a millisecond less than 35 days",
            "profile",
            &lifetime(PROFILE_LIFETIME - 1),
        ),
        of(
            "subject-of-15-bytes",
            "invalid.about",
            "a subject has 16 bytes",
            "profile",
            &good.clone().with(4, bytes(&[1; 15])),
        ),
        of("recognition-of-oneself", "invalid.about", "an organisation does not recognise itself", "recognition", &own),
    ]
}

/// The file of bad vectors.
pub(super) fn bad() -> Envelopes {
    let mut vectors =
        [envelopes(), payloads(), headers(), bodies(), signatures(), times()].into_iter().flatten().collect::<Vec<_>>();
    let (operation, card) = low_order();
    vectors.push(vector(
        "signature-low-order",
        "bad_signature",
        "under the neutral point: taken by rules that are not strict",
        &card,
    ));
    let mut operations = operations();
    operations.push(hex(Organisation::mallory().genesis().bytes()));
    operations.push(hex(&operation));
    Envelopes {
        about: "Envelopes with one fault each, and the fault's name. Each is judged by itself after `operations`."
            .to_owned(),
        network: "main".to_owned(),
        now: NOW.0,
        operations,
        vectors,
    }
}
