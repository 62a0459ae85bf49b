//! Of any bytes taken for an envelope: refused, or exactly what would have been signed, and verified by one key alone.

use std::fmt::Debug;

use super::scene::{SCENE, Scene};
use crate::introduction::{Letter, Receipt};
use crate::key::sha256;
use crate::limits::ENVELOPE_BYTES;
use crate::record::Record;
use crate::signed::{EnvelopeError, Payload, Signed};
use crate::testing::{NOW, Taken, tamper};
use crate::wire::HeadAnnounce;

/// The law of envelopes of every payload, and of the door that takes records.
pub fn envelope(bytes: &[u8]) {
    whole::<Record>(bytes);
    whole::<Letter>(bytes);
    whole::<Receipt>(bytes);
    whole::<HeadAnnounce>(bytes);
    // What does not decode gets no further than that, and a register takes its time to make.
    if Signed::<Record>::decode(bytes).is_ok() {
        door(bytes);
    }
}

/// Reads an envelope of one payload; what is taken is whole.
pub(super) fn whole<T: Payload + Clone + PartialEq + Debug>(bytes: &[u8]) {
    let decoded = Signed::<T>::decode(bytes);
    assert_eq!(decoded, Signed::decode(bytes), "two readings differ");
    let Ok(signed) = decoded else { return };
    assert!(bytes.len() <= ENVELOPE_BYTES, "{} bytes were taken", bytes.len());
    assert_eq!(signed.bytes(), bytes);
    assert_eq!(signed.id().0, sha256(bytes));
    let payload = signed.claims().encode();
    let (_, signature) = bytes.split_last_chunk::<64>().expect("an envelope ends with its signature");
    let kid = bytes.get(8..16).expect("an envelope begins with its hint");
    let again = tamper::envelope(&tamper::protected(kid), &[0xa0], &payload, signature);
    assert_eq!(again, bytes, "put together again from its parts it is another");
    one_key(&SCENE, signed);
}

/// Verifies with everybody's keys: the key that signed is one of them, and nothing else about it can be exchanged.
fn one_key<T: Payload + Clone + PartialEq + Debug>(scene: &Scene, signed: Signed<T>) {
    let bytes = signed.bytes().to_vec();
    let refused = Err(EnvelopeError::BadSignature);
    assert_eq!(signed.clone().verify(&scene.network, [&scene.stranger.public()]), refused);
    let Ok(verified) = signed.clone().verify(&scene.network, &scene.keys) else { return };
    assert!(scene.keys.contains(&verified.signer()));
    assert_eq!((verified.bytes(), verified.id()), (&bytes[..], signed.id()));
    assert_eq!(Signed::<T>::decode(verified.bytes()), Ok(signed.clone()));
    assert_eq!(signed.verify(&scene.elsewhere, &scene.keys), refused, "another network takes it too");
    // One bit anywhere, at a place that the bytes choose.
    let place = usize::from(u16::from_be_bytes(*sha256(&bytes).first_chunk().expect("32 bytes"))) % bytes.len();
    let damaged = tamper::flipped(&bytes, isize::try_from(place).unwrap_or(0));
    let taken = Signed::<T>::decode(&damaged).and_then(|damaged| damaged.verify(&scene.network, &scene.keys));
    assert!(taken.is_err(), "it verifies with byte {place} turned");
}

/// A node's door: what is stored was verified, stands, and is stored once.
pub(super) fn door(bytes: &[u8]) -> Taken {
    let mut register = SCENE.register();
    let known = register.organisations();
    let taken = register.accept(bytes, NOW);
    match taken {
        Taken::Stored => {
            assert_eq!(register.accept(bytes, NOW), Taken::Duplicate, "it is new twice");
            let signed = Signed::<Record>::decode(bytes).expect("what is stored decodes");
            let signer = register.envelope(&signed.id()).map(|held| {
                assert_eq!(held, bytes, "other bytes are held");
                signed.verify(&SCENE.network, &SCENE.keys).map(|record| record.signer())
            });
            // A new organisation's first operation carries its own key; every other is signed by somebody known.
            let founded = register.organisations().len() > known.len();
            assert!(founded || matches!(signer, Some(Ok(_))), "nobody here signed what is held");
        }
        Taken::Rejected => assert_eq!(register.organisations(), known),
        Taken::Duplicate | Taken::Stale | Taken::Parked | Taken::Busy | Taken::Refused => {}
    }
    taken
}
