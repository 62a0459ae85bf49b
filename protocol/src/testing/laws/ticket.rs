//! Of any text taken for a ticket, key or id: refused, or the one text of what it names.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use crate::key::{OrganisationId, PeerId, PublicKey, RecordId, SealingKey, Subject, base32, sha256};
use crate::limits::{ADDRESS_BYTES, ADDRESSES, NETWORK_BYTES};
use crate::record::ProfileId;
use crate::ticket::{NotATicket, Ticket};
use crate::time::{Date, Timestamp};

/// The law of texts that name something. A ticket is tried as it came, and once more as the content under a true
/// prefix and checksum, behind which hardly any text would come by chance.
pub fn ticket(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    taken(&text);
    let checked = [bytes, sha256(bytes).get(..4).unwrap_or_default()].concat();
    let whole = format!("mmt1{}", base32().encode(&checked));
    if taken(&whole) {
        let mut damaged = whole.clone();
        let last = if damaged.pop() == Some('a') { 'b' } else { 'a' };
        damaged.push(last);
        assert_eq!(damaged.parse::<Ticket>(), Err(NotATicket::Damaged), "a mistyped ticket is taken");
    }
    for text in [&text[..], &format!("did:key:z{text}")] {
        same_text::<PublicKey>(text);
        same_text::<SealingKey>(text);
        same_text::<PeerId>(text);
        same_text::<RecordId>(text);
        same_text::<OrganisationId>(text);
        same_text::<Subject>(text);
        same_text::<ProfileId>(text);
        same_text::<Date>(text);
        same_value::<Timestamp>(text);
    }
}

fn taken(text: &str) -> bool {
    let read = text.parse::<Ticket>();
    assert_eq!(read, text.parse::<Ticket>(), "two readings differ");
    let Ok(ticket) = read else { return false };
    assert_eq!(ticket.to_string(), text.trim(), "written again it is another");
    assert!((1..=ADDRESSES).contains(&ticket.addresses.len()));
    assert!((1..=NETWORK_BYTES).contains(&ticket.network.len()));
    let plain = |address: &String| {
        address.len() <= ADDRESS_BYTES
            && address.starts_with('/')
            && address.bytes().all(|byte| byte.is_ascii_graphic())
    };
    assert!(ticket.addresses.iter().all(plain), "{ticket:?}");
    true
}

/// What is read has one text, and it is the one that was given.
fn same_text<T: FromStr + Display>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        assert_eq!(value.to_string(), text, "two texts name one thing");
    }
}

/// What is read is read again from its own text.
fn same_value<T: FromStr + Display + PartialEq + Debug>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        assert_eq!(value.to_string().parse::<T>().ok(), Some(value), "{text}");
    }
}
