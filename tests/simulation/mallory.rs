//! What a node does that wants others to believe what is not so: forge, alter, replay, contradict itself.

use mentormesh_protocol::record::Body;
use mentormesh_protocol::testing::{Organisation, mentor, tamper};
use mentormesh_protocol::{Record, Timestamp, Verified};

use crate::random::Random;

/// Two records of Mallory's own for one slot and sequence: both truly signed, and she tells each half of the network
/// another one.
pub(crate) fn two_stories(mallory: &Organisation, at: Timestamp) -> [Verified<Record>; 2] {
    ["I lead mentors", "I follow mentors"].map(|headline| mallory.profile(1, at.0, mentor("Mallory", headline)))
}

/// Envelopes made of an honest one, none of which any node may take.
pub(crate) fn forgeries(honest: &[u8], victim: &Organisation, mallory: &Organisation, at: Timestamp) -> Vec<Vec<u8>> {
    let payload = tamper::payload_of(honest);
    let erase = victim.profile_slot(0).withdrawn();
    let body = Body::Withdrawal(mentormesh_protocol::record::Withdrawal { erase: true });
    let erasure = Record::issue(victim.id(), erase, at.0, at, body).expect("well formed, and not hers to sign");
    let erasure = mentormesh_protocol::signed::Payload::encode(&erasure);
    let kind = mentormesh_protocol::Signed::<Record>::decode(honest)
        .map_or_else(|_| "profile".to_owned(), |signed| signed.claims().header().kind.as_str().to_owned());
    let rotation =
        victim.rotate_with(victim.genesis().id(), &mallory.keys(), &mallory.rotation_key(0), at).bytes().to_vec();
    vec![
        tamper::sealed(&payload, victim.network(), &kind, &mallory.signing_key(0)),
        tamper::sealed(&erasure, victim.network(), "withdrawal", &mallory.signing_key(0)),
        tamper::flipped(honest, -3),
        tamper::flipped(honest, 60),
        tamper::with_trailing(honest),
        rotation,
    ]
}

/// Bytes without sense.
pub(crate) fn noise(random: &mut Random) -> Vec<u8> {
    let length = random.below(300);
    (0..length).map(|_| random.next().to_le_bytes()[0]).collect()
}
