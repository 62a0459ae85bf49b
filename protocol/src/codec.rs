//! Deterministic CBOR (RFC 8949 section 4.2.1): the one form in which bytes are signed, stored and compared.
//!
//! [`check`] reads any CBOR of unknown meaning and refuses what is not in its one canonical form, so that two
//! nodes that disagree about a record's version still agree about its bytes. [`decode_exactly`] reads a known shape
//! and refuses every field that the shape does not know, by encoding it again and comparing.

use minicbor::{Decode, Encode};

use crate::limits::CBOR_DEPTH;

/// Why bytes are not the canonical CBOR that this network speaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// The bytes end before the value does.
    #[error("cut off")]
    Truncated,
    /// Bytes follow after the value.
    #[error("bytes follow after the end")]
    Trailing,
    /// A number or length is not in its shortest form, or a length is not stated in advance.
    #[error("a number or length is not in its one shortest form")]
    NotShortest,
    /// Map keys are not in ascending bytewise order, or one appears twice.
    #[error("map keys are not in order or appear twice")]
    KeyOrder,
    /// A text is not UTF-8.
    #[error("a text is not UTF-8")]
    NotUtf8,
    /// Tags, floats, undefined and unassigned simple values have no meaning here.
    #[error("a tag, float or simple value that this network does not use")]
    Unsupported,
    /// Nested deeper than [`CBOR_DEPTH`].
    #[error("nested too deep")]
    TooDeep,
    /// Well formed, but not of the expected shape.
    #[error("not of the expected shape: {0}")]
    Shape(String),
    /// Of the expected shape, but with fields or forms the shape does not know.
    #[error("a field that this kind and version does not have, or a value in another form than its own")]
    NotExact,
}

impl From<minicbor::decode::Error> for CodecError {
    fn from(error: minicbor::decode::Error) -> Self {
        Self::Shape(error.to_string())
    }
}

/// Checks that `bytes` are exactly one value in canonical form.
///
/// # Errors
/// The first departure from RFC 8949 section 4.2.1, or a type that this network does not use.
pub fn check(bytes: &[u8]) -> Result<(), CodecError> {
    let rest = check_value(bytes, 0)?;
    if rest.is_empty() { Ok(()) } else { Err(CodecError::Trailing) }
}

fn check_value(bytes: &[u8], depth: usize) -> Result<&[u8], CodecError> {
    if depth > CBOR_DEPTH {
        return Err(CodecError::TooDeep);
    }
    let (major, argument, rest) = head(bytes)?;
    match major {
        0 | 1 => Ok(rest),
        2 => Ok(split(rest, argument)?.1),
        3 => {
            let (text, rest) = split(rest, argument)?;
            std::str::from_utf8(text).map_err(|_| CodecError::NotUtf8)?;
            Ok(rest)
        }
        4 => {
            let mut rest = rest;
            for _ in 0..argument {
                rest = check_value(rest, depth + 1)?;
            }
            Ok(rest)
        }
        5 => check_map(rest, argument, depth),
        7 if (20..=22).contains(&argument) && bytes.len() == rest.len() + 1 => Ok(rest),
        _ => Err(CodecError::Unsupported),
    }
}

fn check_map(mut rest: &[u8], entries: u64, depth: usize) -> Result<&[u8], CodecError> {
    let mut previous: Option<&[u8]> = None;
    for _ in 0..entries {
        let after = check_value(rest, depth + 1)?;
        let (key, _) = split(rest, (rest.len() - after.len()) as u64)?;
        if previous.is_some_and(|previous| previous >= key) {
            return Err(CodecError::KeyOrder);
        }
        previous = Some(key);
        rest = check_value(after, depth + 1)?;
    }
    Ok(rest)
}

/// Reads the initial byte and its argument, which must be in the shortest form that holds it.
fn head(bytes: &[u8]) -> Result<(u8, u64, &[u8]), CodecError> {
    let (&first, rest) = bytes.split_first().ok_or(CodecError::Truncated)?;
    let (major, short) = (first >> 5, first & 0x1f);
    let width = match short {
        0..=23 => return Ok((major, u64::from(short), rest)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        28..=30 => return Err(CodecError::Unsupported),
        _ => return Err(CodecError::NotShortest),
    };
    if major == 7 {
        return Err(CodecError::Unsupported);
    }
    let (argument, rest) = split(rest, width)?;
    let argument = argument.iter().fold(0u64, |sum, byte| (sum << 8) | u64::from(*byte));
    let smallest = match width {
        1 => 24,
        2 => 1 << 8,
        4 => 1 << 16,
        _ => 1 << 32,
    };
    if argument < smallest { Err(CodecError::NotShortest) } else { Ok((major, argument, rest)) }
}

fn split(bytes: &[u8], length: u64) -> Result<(&[u8], &[u8]), CodecError> {
    let length = usize::try_from(length).map_err(|_| CodecError::Truncated)?;
    bytes.split_at_checked(length).ok_or(CodecError::Truncated)
}

/// Encodes a value whose derive keeps map keys ascending, which makes the result canonical.
#[must_use]
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    minicbor::encode(value, &mut bytes).expect("writing to memory does not fail");
    bytes
}

/// Decodes a value and refuses bytes that it would not itself have written.
///
/// # Errors
/// When the bytes are not of the shape, or hold anything the shape does not know.
pub fn decode_exactly<'b, T: Decode<'b, ()> + Encode<()>>(bytes: &'b [u8]) -> Result<T, CodecError> {
    let value: T = minicbor::decode(bytes)?;
    if encode(&value) == bytes { Ok(value) } else { Err(CodecError::NotExact) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_values_pass() {
        for good in [
            &[0x00][..],
            &[0x18, 0x18],
            &[0x20],
            &[0x43, 1, 2, 3],
            &[0x62, b'h', b'i'],
            &[0x82, 0x01, 0xf6],
            &[0xa2, 0x01, 0xf5, 0x02, 0xf4],
            &[0xa2, 0x18, 0x64, 0x00, 0x20, 0x00],
        ] {
            assert_eq!(check(good), Ok(()), "{good:02x?}");
        }
    }

    #[test]
    fn every_other_form_is_named() {
        for (bad, why) in [
            (&[][..], CodecError::Truncated),
            (&[0x18, 0x17], CodecError::NotShortest),
            (&[0x19, 0x00, 0xff], CodecError::NotShortest),
            (&[0x9f, 0xff], CodecError::NotShortest),
            (&[0x5f, 0x41, 0, 0xff], CodecError::NotShortest),
            (&[0xa2, 0x02, 0x00, 0x01, 0x00], CodecError::KeyOrder),
            (&[0xa2, 0x01, 0x00, 0x01, 0x00], CodecError::KeyOrder),
            (&[0x61, 0xff], CodecError::NotUtf8),
            (&[0xc1, 0x00], CodecError::Unsupported),
            (&[0xf9, 0x00, 0x00], CodecError::Unsupported),
            (&[0xf7], CodecError::Unsupported),
            (&[0xf8, 0x20], CodecError::Unsupported),
            (&[0x00, 0x00], CodecError::Trailing),
            (&[0x43, 1, 2], CodecError::Truncated),
            (&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], CodecError::Truncated),
            (&[0x81; 64], CodecError::TooDeep),
        ] {
            assert_eq!(check(bad), Err(why), "{bad:02x?}");
        }
    }
}
