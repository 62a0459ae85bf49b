//! The encoding of a file that somebody's spreadsheet wrote: UTF-8 with or without its mark, UTF-16, or Windows-1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file. Bytes that are not of the encoding found become U+FFFD, which the row's checks then show.
pub(crate) fn read(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    match (bytes, std::str::from_utf8(bytes)) {
        // A zero beside the first letter: UTF-16 whose mark was lost.
        ([0, letter, ..], _) if *letter != 0 => UTF_16BE.decode_without_bom_handling(bytes).0,
        ([letter, 0, ..], _) if *letter != 0 => UTF_16LE.decode_without_bom_handling(bytes).0,
        (_, Ok(text)) => Cow::Borrowed(text),
        (_, Err(_)) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_read_from_every_encoding() {
        let words = "display_name;email\nZoë Müller;zoe@example.org\n";
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| words.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
        let (little, big) = (utf16(u16::to_le_bytes), utf16(u16::to_be_bytes));
        let windows: Vec<u8> = words.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin")).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let files = [
            words.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", words.as_bytes()),
            marked(b"\xff\xfe", &little),
            marked(b"\xfe\xff", &big),
            little,
            big,
            windows,
        ];
        for (at, file) in files.iter().enumerate() {
            assert_eq!(read(file), words, "file {at}");
        }
    }
}
