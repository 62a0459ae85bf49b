//! The people before whom the laws are tried, made once: their keys, and registers that know three organisations.

use std::sync::LazyLock;

use minicbor::Decoder;

use crate::key::{PublicKey, SecretKey, sha256};
use crate::reconcile::Set;
use crate::record::Record;
use crate::signed::{Network, Verified};
use crate::testing::{NOW, Organisation, Register, Taken, anyone};
use crate::{RecordId, Timestamp};

/// What every law may look at.
pub(super) struct Scene {
    pub(super) ada: Organisation,
    pub(super) bo: Organisation,
    /// The network of everybody here, and one that is not theirs.
    pub(super) network: Network,
    pub(super) elsewhere: Network,
    /// Every key that anybody here signs with.
    pub(super) keys: Vec<PublicKey>,
    /// Nobody's.
    pub(super) stranger: SecretKey,
    /// One honest record of each kind, as its payload up to the body, and the body.
    pub(super) records: Vec<(Vec<u8>, Vec<u8>)>,
    /// Two sets to reconcile, overlapping.
    pub(super) sets: [Set; 2],
}

/// The scene.
pub(super) static SCENE: LazyLock<Scene> = LazyLock::new(Scene::new);

impl Scene {
    /// A node that knows the three chains and no record.
    pub(super) fn register(&self) -> Register {
        let mut register = Register::new(self.network.clone());
        for organisation in [&self.ada, &self.bo, &Organisation::mallory()] {
            assert_eq!(register.accept(organisation.genesis().bytes(), NOW), Taken::Stored);
        }
        register
    }

    fn new() -> Self {
        let (ada, bo, mallory) = (Organisation::ada(), Organisation::bo(), Organisation::mallory());
        let everybody = [&ada, &bo, &mallory];
        let of = |one: &&Organisation| [one.signing_key(0), one.rotation_key(0), one.rotation_key(1), one.node_key()];
        let keys = everybody.iter().flat_map(of).map(|key| key.public()).collect();
        let members = |from: u64, to: u64| (from..to).map(|n| (n, RecordId(sha256(&n.to_be_bytes()))));
        let sets = [Set::seal(members(0, 60)), Set::seal(members(20, 100))].map(|set| set.expect("a set"));
        Self {
            network: ada.network().clone(),
            elsewhere: Network::new("elsewhere").expect("a name"),
            keys,
            stranger: SecretKey::new(&crate::testing::seed("a stranger")),
            records: one_of_each(&ada, &bo).iter().map(|record| split_last(&payload(record))).collect(),
            sets,
            ada,
            bo,
        }
    }
}

/// One record of each kind, in the order by which an input names them.
fn one_of_each(ada: &Organisation, bo: &Organisation) -> [Verified<Record>; 10] {
    let rotated = ada.rotate(ada.genesis().id(), &ada.keys(), 0, Timestamp(NOW.0));
    [
        ada.genesis().clone(),
        rotated,
        ada.card(NOW.0),
        ada.delegation(NOW.0, &["/ip4/192.0.2.1/tcp/4101"]),
        ada.profile(1, NOW.0, anyone(7)),
        ada.attestation(&bo.profile_id(1), "Bo", NOW.0),
        ada.recognition(&bo.id(), NOW.0),
        ada.withdrawal(&ada.profile_slot(1), NOW.0, true),
        ada.unknown(b"about", NOW.0),
        ada.profile_of_version(2, 1, NOW.0),
    ]
}

/// The payload of an honest record.
fn payload(record: &Verified<Record>) -> Vec<u8> {
    crate::signed::Payload::encode(record.payload())
}

/// A map of CBOR cut before its last value: what precedes it, and the value.
pub(super) fn split_last(map: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut decoder = Decoder::new(map);
    let entries = decoder.map().ok().flatten().expect("a map of stated length");
    let mut at = 0;
    for _ in 0..entries {
        decoder.skip().expect("a key");
        at = decoder.position();
        decoder.skip().expect("a value");
    }
    let (before, last) = map.split_at_checked(at).expect("a place inside");
    (before.to_vec(), last.to_vec())
}
