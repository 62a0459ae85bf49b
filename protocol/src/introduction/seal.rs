//! Sealing and opening: HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and
//! ChaCha20-Poly1305, over letters padded to one of four sizes.

use std::convert::Infallible;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use minicbor::bytes::ByteVec;
use zeroize::Zeroizing;

use super::envelope::{Envelope, EnvelopeHeader};
use crate::key::{SealingKey, SealingSecret};
use crate::limits::{LETTER_BYTES, SIZE_CLASSES};
use crate::signed::Network;

/// Ends a letter before its padding (ISO/IEC 7816-4).
const END: u8 = 0x80;
/// Bytes of an encapsulated key.
const KEY: usize = 32;

/// Why a letter was not sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Longer than [`LETTER_BYTES`].
    #[error("the letter has {0} bytes, at most {LETTER_BYTES} can be sealed")]
    TooLarge(usize),
    /// The recipient's key has no shared secret with anybody (RFC 7748 section 6.1).
    #[error("the recipient's sealing key is no key that a letter can be sealed to")]
    BadKey,
}

/// Why an envelope did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// None of the keys opens it.
    #[error("no sealing key of this organisation opens it")]
    NoKey,
    /// It opened, but its padding is not as it should be.
    #[error("its padding is not as it should be")]
    Padding,
}

/// Pads a signed letter and seals it. `randomness` must be fresh from the system for each call: the ephemeral key is
/// derived from it.
///
/// # Errors
/// When the letter is too long or the key is none.
pub fn seal(
    letter: &[u8],
    header: EnvelopeHeader,
    network: &Network,
    to: &SealingKey,
    randomness: &[u8; 32],
) -> Result<Envelope, SealError> {
    if letter.len() > LETTER_BYTES {
        return Err(SealError::TooLarge(letter.len()));
    }
    let class =
        SIZE_CLASSES.into_iter().find(|class| letter.len() < *class).ok_or(SealError::TooLarge(letter.len()))?;
    let mut padded = Zeroizing::new(letter.to_vec());
    padded.reserve_exact(class.saturating_sub(letter.len()));
    padded.push(END);
    padded.resize(class, 0);
    let sealed = seal_bytes(&padded, &info(network), &header.bound(), to, randomness)?;
    Ok(Envelope { header, sealed: ByteVec::from(sealed) })
}

/// Opens an envelope with whichever of the keys it was sealed to, and takes the padding off.
///
/// # Errors
/// When none of the keys opens it, or what was sealed is not padded.
pub fn open(envelope: &Envelope, network: &Network, secrets: &[SealingSecret]) -> Result<Vec<u8>, OpenError> {
    let (info, bound) = (info(network), envelope.header.bound());
    let opened = secrets.iter().find_map(|secret| open_bytes(&envelope.sealed, &info, &bound, secret));
    let mut letter = opened.ok_or(OpenError::NoKey)?;
    let end = letter.iter().rposition(|byte| *byte != 0).ok_or(OpenError::Padding)?;
    if letter.get(end) != Some(&END) {
        return Err(OpenError::Padding);
    }
    letter.truncate(end);
    Ok(letter)
}

fn info(network: &Network) -> Vec<u8> {
    format!("mentormesh/1/{}/letter", network.as_str()).into_bytes()
}

pub(crate) fn seal_bytes(
    plain: &[u8],
    info: &[u8],
    bound: &[u8],
    to: &SealingKey,
    randomness: &[u8; 32],
) -> Result<Vec<u8>, SealError> {
    let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&to.0).map_err(|_| SealError::BadKey)?;
    let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &key,
        info,
        plain,
        bound,
        &mut Given(Zeroizing::new(*randomness)),
    )
    .map_err(|_| SealError::BadKey)?;
    let mut bytes = encapsulated.to_bytes().to_vec();
    bytes.extend_from_slice(&sealed);
    Ok(bytes)
}

pub(crate) fn open_bytes(sealed: &[u8], info: &[u8], bound: &[u8], secret: &SealingSecret) -> Option<Vec<u8>> {
    let (encapsulated, sealed) = sealed.split_at_checked(KEY)?;
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
    let secret = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(secret.seed().as_slice()).ok()?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret,
        &encapsulated,
        info,
        sealed,
        bound,
    )
    .ok()
}

/// The bytes that were passed in, as the library asks for them: this crate has no randomness of its own.
struct Given(Zeroizing<[u8; 32]>);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, wanted: &mut [u8]) -> Result<(), Infallible> {
        // Deriving one X25519 key asks once, for exactly this many bytes (RFC 9180 section 7.1.3).
        for (wanted, given) in wanted.iter_mut().zip(self.0.iter()) {
            *wanted = *given;
        }
        Ok(())
    }
}

impl TryCryptoRng for Given {}
