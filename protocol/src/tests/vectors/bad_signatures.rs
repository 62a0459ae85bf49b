//! The bad vectors whose form is right and whose signature, key or time is not.

use super::Vector;
use super::bad::{AT, main, vector};
use crate::key::SecretKey;
use crate::limits::{DAY, PROFILE_LIFETIME};
use crate::record::{Body, Delegation};
use crate::signed::Network;
use crate::testing::{NOW, Organisation, mentor, tamper};

pub(super) fn signatures() -> Vec<Vector> {
    let (ada, bo, mallory) = (Organisation::ada(), Organisation::bo(), Organisation::mallory());
    let good = ada.profile(1, AT, mentor("Ada Lovelace", "Analytical engines"));
    let payload = tamper::payload_of(good.bytes());
    let by = |key: &SecretKey, kind: &str, network: &str| {
        tamper::sealed(&payload, &Network::new(network).expect("a name"), kind, key)
    };
    let key = ada.signing_key(0);
    let signature = good.bytes().last_chunk::<64>().expect("a signature");
    let kid = tamper::protected(&mallory.signing_key(0).public().kid());
    let structure = tamper::signature_structure(&kid, &main(), "profile", &payload);
    let other_kid = tamper::envelope(&kid, &[0xa0], &payload, &key.sign(&structure));
    let body = Body::Profile(Box::new(bo.profile_body(mentor("Bo", "Bridges"))));
    let by_bo = |key: usize, at: u64| bo.sign_with(key, bo.subject(1).0.to_vec(), at, body.clone()).bytes().to_vec();
    let change = NOW.0 - 10 * DAY;
    let claimed = Delegation::new(Vec::new(), &main(), &bo.id(), &bo.node_key());
    let claimed = ada.sign(bo.peer().to_bytes(), AT, Body::Delegation(claimed));
    let rotation = ada.rotate_with(ada.genesis().id(), &ada.keys(), &key, NOW.minus(DAY));
    let orphan = ada.rotate(crate::RecordId([7; 32]), &ada.keys(), 0, NOW.minus(DAY));
    let bad = "bad_signature";
    vec![
        vector("signature-flipped", bad, "one bit of the signature", &tamper::flipped(good.bytes(), -40)),
        vector(
            "signature-malleable",
            bad,
            "S + L instead of S: the same point, another signature",
            &malleable(good.bytes(), signature),
        ),
        vector("signature-other-network", bad, "made for the network demo", &by(&key, "profile", "demo")),
        vector("signature-other-kind", bad, "bound to the kind card", &by(&key, "card", "main")),
        vector(
            "signature-reworded",
            bad,
            "the name changed on the way",
            &tamper::reworded(good.bytes(), "Ada Lovelace", "Mal Lovelace"),
        ),
        vector(
            "signature-stranger",
            bad,
            "Mallory's key under Ada's name",
            &by(&mallory.signing_key(0), "profile", "main"),
        ),
        vector("signature-other-kid", bad, "Ada's signature under the hint of another key", &other_kid),
        vector(
            "signature-rotation-key",
            bad,
            "a rotation key signs operations only",
            &by(&ada.rotation_key(0), "profile", "main"),
        ),
        vector("signature-retired-key", bad, "at the millisecond at which the key retired", &by_bo(0, change)),
        vector("signature-early-key", bad, "a millisecond before the key stands", &by_bo(1, change - 1)),
        vector("signature-compromised-key", bad, "a stolen key stands at no time", &by_bo(2, change)),
        vector("operation-by-signing-key", bad, "a signing key does not rotate", rotation.bytes()),
        vector("operation-orphan", "orphan", "follows an operation that nobody knows: it waits", orphan.bytes()),
        vector("delegation-not-agreed", "not_agreed", "Bo's node agreed to act for Bo, not for Ada", claimed.bytes()),
        vector(
            "organisation-unknown",
            "unknown_organisation",
            "it waits for Cy's chain",
            Organisation::cy().card(AT).bytes(),
        ),
    ]
}

/// The same signature with the group order added to its scalar.
fn malleable(envelope: &[u8], signature: &[u8; 64]) -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let (before, _) = envelope.split_last_chunk::<64>().expect("a signature");
    let (point, scalar) = signature.split_at(32);
    let mut carry = 0u16;
    let sum = scalar.iter().zip(ORDER).map(|(one, other)| {
        let total = u16::from(*one) + u16::from(other) + carry;
        carry = total >> 8;
        total.to_le_bytes()[0]
    });
    [before, point, &sum.collect::<Vec<_>>()].concat()
}

/// Mallory's organisation whose signing key is the neutral point, under which careless rules take any signature.
pub(super) fn low_order() -> (Vec<u8>, Vec<u8>) {
    let mallory = Organisation::mallory();
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut keys = mallory.keys();
    for notice in &mut keys.signing {
        notice.key = crate::PublicKey(neutral);
    }
    let operation = mallory.rotate(mallory.genesis().id(), &keys, 0, NOW.minus(2 * DAY));
    let payload = tamper::payload_of(mallory.card(AT).bytes());
    let protected = tamper::protected(&crate::PublicKey(neutral).kid());
    let mut signature = [0; 64];
    signature[0] = 1;
    (operation.bytes().to_vec(), tamper::envelope(&protected, &[0xa0], &payload, &signature))
}

pub(super) fn times() -> Vec<Vector> {
    let ada = Organisation::ada();
    let at = |sequence: u64| ada.profile(1, sequence, mentor("Ada Lovelace", "Analytical engines")).bytes().to_vec();
    vec![
        vector("clock-parked", "parked", "a millisecond more than ten minutes ahead", &at(NOW.0 + 600_001)),
        vector("clock-parked-longest", "parked", "an hour ahead", &at(NOW.0 + 3_600_000)),
        vector("clock-future", "future", "a millisecond more than an hour ahead", &at(NOW.0 + 3_600_001)),
        vector("clock-expired", "expired", "35 days old", &at(NOW.0 - PROFILE_LIFETIME)),
    ]
}
