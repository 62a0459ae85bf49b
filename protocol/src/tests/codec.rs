//! Records survive their envelope, and no other bytes pass for one.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::codec;
use crate::record::Record;
use crate::signed::{Payload, Signed};
use crate::testing::{Organisation, anyone, strategies, tamper};

/// Any value of the CBOR that this network uses, written in canonical form by code of its own.
fn canonical() -> impl Strategy<Value = Vec<u8>> {
    let number = any::<u64>().prop_map(|n| n >> (n % 64));
    let leaf = prop_oneof![
        (0u8..2, number).prop_map(|(major, n)| head(major, n)),
        vec(any::<u8>(), 0..40).prop_map(|bytes| [head(2, bytes.len() as u64), bytes].concat()),
        strategies::line(20).prop_map(|text| [head(3, text.len() as u64), text.into_bytes()].concat()),
        (0xf4u8..=0xf6).prop_map(|simple| vec![simple]),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(|items| [head(4, items.len() as u64), items.concat()].concat()),
            proptest::collection::btree_map(inner.clone(), inner, 0..5).prop_map(|map| {
                let entries: Vec<u8> =
                    map.iter().flat_map(|(key, value)| [key.clone(), value.clone()].concat()).collect();
                [head(5, map.len() as u64), entries].concat()
            }),
        ]
    })
}

fn head(major: u8, n: u64) -> Vec<u8> {
    let first = major << 5;
    let bytes = n.to_be_bytes();
    let (short, rest) = match n {
        0..24 => return vec![first | u8::try_from(n).unwrap_or(0)],
        24..0x100 => (24, bytes.get(7..)),
        0x100..0x1_0000 => (25, bytes.get(6..)),
        0x1_0000..0x1_0000_0000 => (26, bytes.get(4..)),
        _ => (27, bytes.get(..)),
    };
    [&[first | short], rest.unwrap_or_default()].concat()
}

proptest! {
    #[test]
    fn any_record_comes_out_of_its_envelope_as_it_went_in(record in strategies::record()) {
        let again = Signed::<Record>::decode(record.bytes()).expect("decodes");
        prop_assert_eq!(again.claims(), record.payload());
        prop_assert_eq!(again.id(), record.id());
        let ada = Organisation::ada();
        let verified = again.verify(ada.network(), &[ada.signing_key(0).public()]).expect("verifies");
        prop_assert_eq!(&verified, &record);
        let payload = Record::decode(&record.payload().encode());
        prop_assert_eq!(payload.as_ref(), Ok(record.payload()));
    }

    #[test]
    fn whatever_is_canonical_passes(value in canonical()) {
        prop_assert_eq!(codec::check(&value), Ok(()), "{:02x?}", value);
    }

    #[test]
    fn what_is_canonical_has_no_beginning_that_is(value in canonical(), more in any::<u8>()) {
        for end in 0..value.len() {
            prop_assert!(codec::check(value.get(..end).unwrap_or_default()).is_err());
        }
        prop_assert!(codec::check(&[&value[..], &[more]].concat()).is_err());
    }

    #[test]
    fn one_changed_bit_anywhere_ends_a_record(number in 0u64..50, at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let ada = Organisation::ada();
        let mut bytes = ada.profile(number, crate::testing::NOW.0, anyone(number)).bytes().to_vec();
        let at = at.index(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << bit;
        }
        let opened = Signed::<Record>::decode(&bytes)
            .and_then(|signed| signed.verify(ada.network(), &[ada.signing_key(0).public()]));
        prop_assert!(opened.is_err(), "bit {bit} of byte {at}");
    }

    #[test]
    fn a_record_of_one_network_is_none_of_another(record in strategies::record()) {
        let other = crate::signed::Network::new("demo").expect("a name");
        let signed = Signed::<Record>::decode(record.bytes()).expect("decodes");
        prop_assert!(signed.verify(&other, &[record.signer()]).is_err());
    }
}

#[test]
fn the_envelope_that_the_standard_describes_is_the_one_that_is_written() {
    let ada = Organisation::ada();
    let card = ada.card(crate::testing::NOW.0);
    let payload = tamper::payload_of(card.bytes());
    assert_eq!(tamper::sealed(&payload, ada.network(), "card", &ada.signing_key(0)), card.bytes());
}
