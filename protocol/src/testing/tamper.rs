//! What Mallory would send: bytes that no honest node writes.
//!
//! The envelope is put together here a second time, from the text of RFC 9052 and without the code that it tests.

use minicbor::Encoder;

use crate::key::SecretKey;
use crate::signed::Network;

/// An envelope around any payload bytes at all, truly signed for a network and kind.
#[must_use]
pub fn sealed(payload: &[u8], network: &Network, kind: &str, key: &SecretKey) -> Vec<u8> {
    let protected = protected(&key.public().kid());
    let signature = key.sign(&signature_structure(&protected, network, kind, payload));
    envelope(&protected, &[0xa0], payload, &signature)
}

/// An envelope of four given parts: `unprotected` is CBOR, the others become byte strings.
#[must_use]
pub fn envelope(protected: &[u8], unprotected: &[u8], payload: &[u8], signature: &[u8]) -> Vec<u8> {
    let mut out = vec![0xd2, 0x84];
    byte_string(&mut out, protected);
    out.extend_from_slice(unprotected);
    byte_string(&mut out, payload);
    byte_string(&mut out, signature);
    out
}

/// The protected header {1: -8, 4: kid}.
#[must_use]
pub fn protected(kid: &[u8]) -> Vec<u8> {
    let mut out = vec![0xa2, 0x01, 0x27, 0x04];
    byte_string(&mut out, kid);
    out
}

/// The bytes that a signature is over.
#[must_use]
pub fn signature_structure(protected: &[u8], network: &Network, kind: &str, payload: &[u8]) -> Vec<u8> {
    let mut out = vec![0x84, 0x6a];
    out.extend_from_slice(b"Signature1");
    byte_string(&mut out, protected);
    byte_string(&mut out, format!("mentormesh/1/{}/{kind}", network.as_str()).as_bytes());
    byte_string(&mut out, payload);
    out
}

/// The same bytes with one bit of the byte at `at` turned; `at` counts from the end when negative.
#[must_use]
pub fn flipped(bytes: &[u8], at: isize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let from_start = if at < 0 { bytes.len().saturating_sub(at.unsigned_abs()) } else { at.unsigned_abs() };
    if let Some(byte) = bytes.get_mut(from_start) {
        *byte ^= 1;
    }
    bytes
}

/// The same bytes with every occurrence of a text replaced by another of the same length: what a relay would do that
/// wants another name shown.
#[must_use]
pub fn reworded(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len(), "a text of another length would break the CBOR around it");
    let mut bytes = bytes.to_vec();
    let places: Vec<_> =
        bytes.windows(from.len()).enumerate().filter(|(_, w)| *w == from.as_bytes()).map(|(at, _)| at).collect();
    for at in places {
        if let Some(window) = bytes.get_mut(at..at + to.len()) {
            window.copy_from_slice(to.as_bytes());
        }
    }
    bytes
}

/// The same bytes and one more.
#[must_use]
pub fn with_trailing(bytes: &[u8]) -> Vec<u8> {
    [bytes, &[0]].concat()
}

/// The payload bytes of a well-formed envelope.
#[must_use]
pub fn payload_of(envelope: &[u8]) -> Vec<u8> {
    // Tag, array, protected header of 14 bytes, unprotected header of one.
    let rest = envelope.get(2 + 14 + 1..).unwrap_or_default();
    minicbor::Decoder::new(rest).bytes().map(<[u8]>::to_vec).unwrap_or_default()
}

fn byte_string(out: &mut Vec<u8>, bytes: &[u8]) {
    Encoder::new(out).bytes(bytes).expect("writing to memory does not fail");
}
