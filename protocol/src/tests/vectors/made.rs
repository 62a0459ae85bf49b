//! The good vectors: one of every kind, rotated keys, an unknown kind, an unknown version.

use super::check::says;
use super::{Envelopes, Vector, hex};
use crate::limits::DAY;
use crate::record::{Attestation, AttestationKind, AttestationStatus, Body, Record};
use crate::signed::Verified;
use crate::testing::{Keys, NOW, Organisation, anyone, mentor, trainee};

/// A vector that is admitted.
fn vector(name: &str, note: &str, record: &Verified<Record>) -> Vector {
    Vector {
        name: name.to_owned(),
        note: note.to_owned(),
        fate: "admitted".to_owned(),
        says: Some(says(record)),
        envelope: hex(record.bytes()),
    }
}

/// Bo's second operation: the first signing key retires ten days ago, the second stands since, a third was stolen.
pub(super) fn bo_rotated() -> Verified<Record> {
    let bo = Organisation::bo();
    let change = NOW.minus(10 * DAY);
    let mut keys = bo.keys();
    for notice in &mut keys.signing {
        notice.retired_at = Some(change);
    }
    keys.signing.push(bo.signing_notice(1, change));
    let mut stolen = bo.signing_notice(2, bo.founded());
    stolen.compromised = true;
    keys.signing.push(stolen);
    bo.rotate(bo.genesis().id(), &Keys { rotation: keys.rotation, signing: keys.signing }, 0, change)
}

/// The chains that every file takes for known.
pub(super) fn operations() -> Vec<String> {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    [ada.genesis(), bo.genesis(), &bo_rotated()].into_iter().map(|operation| hex(operation.bytes())).collect()
}

fn hours(ada: &Organisation, at: u64) -> Verified<Record> {
    let body = Attestation {
        kind: AttestationKind::PracticeHours,
        name: "Supervised practice".to_owned(),
        level: Some("Practitioner".to_owned()),
        scheme: None,
        status: AttestationStatus::Suspended,
        valid_from: None,
        valid_until: None,
        hours_total: Some(120),
        clients_total: Some(7),
        name_hash: crate::key::sha256("Bo Bergström".as_bytes()).into(),
    };
    let bo = Organisation::bo();
    let about = [&bo.id().0[..], &bo.subject(1).0, &[0x11; 16]].concat();
    ada.sign(about, at, Body::Attestation(body))
}

/// The file of good vectors.
pub(super) fn good() -> Envelopes {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let at = NOW.0 - DAY;
    let bo_profile = Body::Profile(Box::new(bo.profile_body(mentor("Bo Bergström", "Bridge design"))));
    let slot = ada.profile_slot(1);
    let card = ada.card(at).payload().slot().expect("a card has a slot");
    let unknown = ada.unknown(b"number one", at);
    let unknown_slot = unknown.payload().slot().expect("any kind has a slot");
    let vectors = vec![
        vector("operation-first", "founds Ada's organisation: no organisation, no prev", ada.genesis()),
        vector("operation-rotation", "retires a key, adds one, declares one stolen", &bo_rotated()),
        vector("card", "an organisation's description; `about` is empty", &ada.card(at)),
        vector(
            "delegation",
            "a node with two addresses, bound by its own signature",
            &ada.delegation(at, &["/ip4/192.0.2.1/tcp/4101", "/ip4/192.0.2.1/udp/4101/quic-v1"]),
        ),
        vector(
            "profile-small",
            "hardly more than must be there",
            &ada.profile(1, at, mentor("Ada Lovelace", "Analytical engines")),
        ),
        vector("profile-trainee", "a trainee states programme and end", &ada.profile(2, at, trainee("Cy", "Midwife"))),
        vector("profile-full", "nearly every field, three scripts", &ada.profile(3, at, anyone(7))),
        vector(
            "profile-after-rotation",
            "signed by the key that stands since Bo's rotation",
            &bo.sign_with(1, bo.subject(1).0.to_vec(), at, bo_profile.clone()),
        ),
        vector(
            "profile-before-rotation",
            "signed by the key that has retired since, one millisecond before it did",
            &bo.sign_with(0, bo.subject(2).0.to_vec(), NOW.0 - 10 * DAY - 1, bo_profile),
        ),
        vector("attestation", "an active membership", &ada.attestation(&bo.profile_id(1), "Bo Bergström", at)),
        vector("attestation-hours", "practice hours, suspended", &hours(&ada, at)),
        vector("recognition", "as a register", &ada.recognition(&bo.id(), at)),
        vector("withdrawal-of-profile", "ends a profile", &ada.withdrawal(&slot, at + 1, false)),
        vector("withdrawal-erasing", "ends a profile for ever", &ada.withdrawal(&slot, at + 2, true)),
        vector("withdrawal-of-card", "ends a card; lives 430 days", &ada.withdrawal(&card, at + 1, false)),
        vector("unknown-kind", "stored, forwarded and never shown", &unknown),
        vector(
            "withdrawal-of-unknown-kind",
            "ends a slot whose records nobody here can read",
            &ada.withdrawal(&unknown_slot, at + 1, true),
        ),
        vector("unknown-version", "a profile of version 2: stored, never shown", &ada.profile_of_version(2, 4, at)),
        vector(
            "ahead-ten-minutes",
            "as far ahead of the clock as is admitted",
            &ada.profile(5, NOW.0 + 600_000, mentor("Di Silva", "Soil science")),
        ),
    ];
    Envelopes {
        about: "Envelopes that every node admits, and what their headers say.".to_owned(),
        network: "main".to_owned(),
        now: NOW.0,
        operations: operations(),
        vectors,
    }
}
