//! The seal: what the standards say of it, what it is bound to, and keys that are none.

use data_encoding::HEXLOWER_PERMISSIVE;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::introduction::{Envelope, EnvelopeHeader, OpenError, SealError, open, open_bytes, seal, seal_bytes};
use crate::key::{OrganisationId, SealingKey, SealingSecret};
use crate::limits::{DAY, LETTER_BYTES, SEALED_BYTES, SIZE_CLASSES};
use crate::signed::Network;
use crate::testing::{NOW, Organisation, seed};
use crate::{PublicKey, Timestamp};

/// Points whose product with any clamped number is zero (RFC 7748 section 6.1), each also as a sum with the prime,
/// and with the unused bit set.
const NO_KEYS: [&str; 12] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

fn unhex(text: &str) -> Vec<u8> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).expect("hexadecimal")
}

fn unhex32(text: &str) -> [u8; 32] {
    unhex(text).try_into().expect("32 bytes")
}

fn header() -> EnvelopeHeader {
    EnvelopeHeader::new(Organisation::bo().id(), Timestamp((NOW.0 / DAY + 20) * DAY))
}

fn network() -> Network {
    Network::new("main").expect("a name")
}

fn sealed(letter: &[u8]) -> Envelope {
    let key = Organisation::bo().sealing_secret().public();
    seal(letter, header(), &network(), &key, &seed("randomness")).expect("sealed")
}

fn opened(envelope: &Envelope) -> Result<Vec<u8>, OpenError> {
    open(envelope, &network(), &[Organisation::bo().sealing_secret()])
}

/// RFC 9180 appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode, sequence number 0.
#[test]
fn the_standard_s_own_example_seals_and_opens() {
    let info = unhex("4f6465206f6e2061204772656369616e2055726e");
    let randomness = unhex32("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b");
    let secret = SealingSecret::new(&unhex32("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"));
    let to = SealingKey(unhex32("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"));
    let encapsulated = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a";
    let ciphertext = "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";
    let (plain, bound) = (unhex("4265617574792069732074727574682c20747275746820626561757479"), unhex("436f756e742d30"));
    assert_eq!(secret.public(), to);
    let sealed = seal_bytes(&plain, &info, &bound, &to, &randomness).expect("sealed");
    assert_eq!(sealed, [unhex(encapsulated), unhex(ciphertext)].concat());
    assert_eq!(open_bytes(&sealed, &info, &bound, &secret), Some(plain));
}

fn is_no_key(key: [u8; 32]) {
    let refused = seal(b"a letter", header(), &network(), &SealingKey(key), &seed("randomness"));
    assert_eq!(refused, Err(SealError::BadKey), "{key:02x?}");
    let mut envelope = sealed(b"a letter");
    for (byte, bad) in envelope.sealed.iter_mut().zip(key) {
        *byte = bad;
    }
    assert_eq!(opened(&envelope), Err(OpenError::NoKey), "{key:02x?}");
}

#[test]
fn keys_without_a_shared_secret_neither_seal_nor_open() {
    NO_KEYS.into_iter().map(unhex32).for_each(is_no_key);
}

#[test]
#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test reads its data and says when it has none")]
fn wycheproof_s_keys_without_a_shared_secret_neither_seal_nor_open() {
    let beside = || std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data"));
    let folder = std::env::var_os("MENTORMESH_TEST_DATA").map_or_else(beside, Into::into);
    let file = folder.join("vectors/wycheproof/x25519_test.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: {} is not there; set MENTORMESH_TEST_DATA", file.display());
        return;
    };
    let suite: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let tests = suite.pointer("/testGroups").and_then(|groups| groups.as_array()).expect("groups").iter();
    let tests = tests.filter_map(|group| group.pointer("/tests")?.as_array()).flatten();
    let text =
        |test: &serde_json::Value, field: &str| test.get(field).and_then(|v| v.as_str()).unwrap_or("").to_owned();
    let zero = "00".repeat(32);
    let mut none = 0;
    for test in tests.filter(|test| text(test, "shared") == zero) {
        is_no_key(unhex32(&text(test, "public")));
        none += 1;
    }
    assert!(none >= 10, "{none} keys without a shared secret were read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_sealed_opens_and_its_length_is_one_of_four(letter in vec(any::<u8>(), 0..=LETTER_BYTES)) {
        let envelope = sealed(&letter);
        let class = envelope.size_class().expect("a size class");
        prop_assert!(letter.len() < class);
        prop_assert!(SIZE_CLASSES.into_iter().all(|smaller| smaller >= class || letter.len() >= smaller));
        let bytes = envelope.encode();
        prop_assert!(bytes.len() <= SEALED_BYTES);
        prop_assert_eq!(Envelope::decode(&bytes).ok(), Some(envelope.clone()));
        prop_assert_eq!(opened(&envelope), Ok(letter));
    }

    #[test]
    fn one_changed_bit_anywhere_and_it_does_not_open(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let mut bytes = sealed(b"a letter").encode();
        let at = at.index(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << bit;
        }
        let outcome = Envelope::decode(&bytes).map(|envelope| opened(&envelope));
        // The top bit of the encapsulated key is no part of the key, but it is part of what is bound.
        prop_assert!(!matches!(outcome, Ok(Ok(_))), "bit {bit} of byte {at}");
    }
}

#[test]
fn a_seal_is_bound_to_network_recipient_and_day() {
    let envelope = sealed(b"a letter");
    assert_eq!(opened(&envelope), Ok(b"a letter".to_vec()));
    let secrets = [Organisation::bo().sealing_secret()];
    let demo = Network::new("demo").expect("a name");
    assert_eq!(open(&envelope, &demo, &secrets), Err(OpenError::NoKey));
    let mut readdressed = envelope.clone();
    readdressed.header.recipient = Organisation::cy().id();
    assert_eq!(opened(&readdressed), Err(OpenError::NoKey));
    let mut kept_alive = envelope;
    kept_alive.header.expires_at = kept_alive.header.expires_at.plus(DAY);
    assert_eq!(opened(&kept_alive), Err(OpenError::NoKey));
}

#[test]
fn an_older_key_of_the_recipient_opens_what_was_sealed_to_it() {
    let envelope = sealed(b"a letter");
    let (older, newer) = (Organisation::bo().sealing_secret(), SealingSecret::new(&seed("newer")));
    assert_eq!(open(&envelope, &network(), &[newer.clone(), older]), Ok(b"a letter".to_vec()));
    assert_eq!(open(&envelope, &network(), &[newer]), Err(OpenError::NoKey));
    assert_eq!(open(&envelope, &network(), &[]), Err(OpenError::NoKey));
}

#[test]
fn the_same_letter_sealed_again_is_another_envelope() {
    let key = Organisation::bo().sealing_secret().public();
    let again = seal(b"a letter", header(), &network(), &key, &seed("other randomness")).expect("sealed");
    let first = sealed(b"a letter");
    assert_ne!(first.id(), again.id());
    assert_ne!(first.sealed, again.sealed);
}

#[test]
fn a_letter_that_is_too_long_is_not_sealed() {
    let key = Organisation::bo().sealing_secret().public();
    let long = vec![1; LETTER_BYTES + 1];
    let refused = seal(&long, header(), &network(), &key, &seed("randomness"));
    assert_eq!(refused, Err(SealError::TooLarge(LETTER_BYTES + 1)));
}

#[test]
fn what_was_sealed_without_padding_does_not_open() {
    let key = Organisation::bo().sealing_secret().public();
    for unpadded in [vec![0; 2_048], vec![0x81; 2_048], [vec![0x80], vec![0; 2_046], vec![7]].concat()] {
        let info = b"mentormesh/1/main/letter";
        let bytes = seal_bytes(&unpadded, info, &header().bound(), &key, &seed("randomness")).expect("sealed");
        let envelope = Envelope { header: header(), sealed: bytes.into() };
        assert_eq!(opened(&envelope), Err(OpenError::Padding));
    }
}

#[test]
fn a_relay_reads_recipient_day_and_size_and_nothing_else() {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let envelope = bo.seal_for(&ada.request(&bo.profile_id(1), "Mia", 1, NOW), 1);
    let bytes = envelope.encode();
    let holds = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(holds(&bo.id().0));
    let PublicKey(signer) = ada.signing_key(0).public();
    let secrets: [&[u8]; 5] = [&ada.id().0, &signer, b"Mia", b"first team", &crate::testing::introduction(1).0];
    assert!(secrets.into_iter().all(|secret| !holds(secret)));
    assert_eq!(envelope.header.recipient, OrganisationId(bo.id().0));
    assert!(envelope.header.expires_at.0.is_multiple_of(DAY));
}
