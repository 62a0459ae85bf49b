//! What a node makes that wants others to believe what is not so: forgeries, two stories, forks, floods.

use mentormesh_protocol::limits::BATCH_BYTES;
use mentormesh_protocol::record::{Body, Withdrawal};
use mentormesh_protocol::signed::Payload;
use mentormesh_protocol::testing::{NOW, Organisation, anyone, mentor, tamper};
use mentormesh_protocol::wire::Batch;
use mentormesh_protocol::{Record, Signed, Timestamp, Verified};

use crate::random::Random;

/// Two records of Mallory's own for one slot and sequence: both truly signed, and she tells each half of the network
/// another one.
pub(crate) fn two_stories(mallory: &Organisation, number: u64, at: Timestamp) -> [Verified<Record>; 2] {
    ["I lead mentors", "I follow mentors"].map(|headline| mallory.profile(number, at.0, mentor("Mallory", headline)))
}

/// Two operations after her first one: by keys of the same strength, which leaves her disputed, or by a weaker and a
/// stronger one, which overturns.
pub(crate) fn fork(mallory: &Organisation, number: usize, at: Timestamp) -> [Verified<Record>; 2] {
    [(2, 1), (3, number % 2)].map(|(key, by)| {
        let mut keys = mallory.keys();
        keys.signing.push(mallory.signing_notice(number * 2 + key, at));
        mallory.rotate(mallory.genesis().id(), &keys, by, at)
    })
}

/// Envelopes made of an honest one, none of which any node may take.
pub(crate) fn forgeries(honest: &[u8], victim: &Organisation, mallory: &Organisation, at: Timestamp) -> Vec<Vec<u8>> {
    let payload = tamper::payload_of(honest);
    let erase = victim.profile_slot(0).withdrawn();
    let body = Body::Withdrawal(Withdrawal { erase: true });
    let erasure = Record::issue(victim.id(), erase, at.0, at, body).expect("well formed, and not hers to sign");
    let kind = Signed::<Record>::decode(honest)
        .map_or_else(|_| "profile".to_owned(), |signed| signed.claims().header().kind.as_str().to_owned());
    let rotation = victim.rotate_with(victim.genesis().id(), &mallory.keys(), &mallory.rotation_key(0), at);
    vec![
        tamper::sealed(&payload, victim.network(), &kind, &mallory.signing_key(0)),
        tamper::sealed(&erasure.encode(), victim.network(), "withdrawal", &mallory.signing_key(0)),
        tamper::flipped(honest, -3),
        tamper::flipped(honest, 60),
        tamper::with_trailing(honest),
        rotation.bytes().to_vec(),
    ]
}

/// Envelopes that each node must let wait: records of an organisation that nobody knows.
pub(crate) fn strangers() -> Vec<Vec<u8>> {
    let stranger = Organisation::new("a stranger");
    (0..80).map(|number| stranger.profile(number, NOW.0, anyone(number)).bytes().to_vec()).collect()
}

/// A record of her own, signed for a time that is still to come: to be parked, or refused.
pub(crate) fn of_the_future(mallory: &Organisation, number: u64, then: Timestamp) -> Verified<Record> {
    mallory.profile(number, then.0, anyone(number))
}

/// A message with one envelope, however bad.
pub(crate) fn message(envelope: &[u8]) -> Vec<u8> {
    Batch { envelopes: vec![envelope.to_vec().into()] }.encode()
}

/// More than a message may hold.
pub(crate) fn oversize() -> Vec<u8> {
    vec![0xa0; BATCH_BYTES + 100]
}

/// Bytes without sense.
pub(crate) fn noise(random: &mut Random) -> Vec<u8> {
    let length = random.below(300);
    (0..length).map(|_| random.next().to_le_bytes()[0]).collect()
}
