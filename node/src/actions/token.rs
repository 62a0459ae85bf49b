//! The text of a link: what it is for, about what, until when, a number of its own, and the node's signature over that.

use hmac::{Hmac, KeyInit as _, Mac as _};
use mentormesh_protocol::Timestamp;
use mentormesh_protocol::key::base32;
use sha2::Sha256;

use super::Purpose;
use crate::desk::{Desk, DeskError};

/// The desk's secret by which links are signed; nothing else is.
const SECRET: &str = "actions";
/// What is signed begins with this, so that no other signature of any key passes for a link.
const DOMAIN: &[u8] = b"mentormesh/1/action";
/// Lengths of the parts: purpose, about, until, nonce, signature.
const ABOUT: usize = 16;
const NONCE: usize = 16;
const SIGNATURE: usize = 16;
const SIGNED: usize = 1 + ABOUT + 8 + NONCE;

/// What a link says that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// The one thing it does.
    pub purpose: Purpose,
    /// The introduction or listing it does it to.
    pub about: [u8; 16],
    /// Its last moment.
    pub until: Timestamp,
    /// Its own number.
    pub nonce: [u8; 16],
}

/// Why a text is no link that does anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotALink {
    /// It is cut off, or something else.
    #[error("this link is not whole; copy all of it from the mail")]
    Malformed,
    /// This node did not sign it.
    #[error("this link was not made by this node, or was changed")]
    Altered,
    /// Its time is over.
    #[error("this link has run out")]
    Expired,
}

/// Makes and reads links.
#[derive(Clone)]
pub struct Actions {
    mac: Hmac<Sha256>,
}

impl std::fmt::Debug for Actions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Actions").finish_non_exhaustive()
    }
}

impl Actions {
    /// Links signed by the secret that the desk keeps for them, which is drawn the first time.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn open(desk: &Desk) -> Result<Self, DeskError> {
        let mut fresh = [0; 32];
        getrandom::fill(&mut fresh).map_err(|_| DeskError::Unreadable { what: "the machine's random numbers" })?;
        let mut write = desk.write().await?;
        let key = write.secret(SECRET, &fresh).await?;
        write.commit().await?;
        Self::signed_by(&key).ok_or(DeskError::Unreadable { what: "secrets.bytes" })
    }

    fn signed_by(key: &[u8; 32]) -> Option<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
        mac.update(DOMAIN);
        Some(Self { mac })
    }

    /// The text of a link. `nonce` is random and used for no other.
    #[must_use]
    pub fn link(&self, action: &Action) -> String {
        let signed = signed(action);
        let whole = [signed.as_slice(), &self.signature(&signed)].concat();
        base32().encode(&whole)
    }

    /// What a text says, if it is a link of ours whose time is not over.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(&self, text: &str, now: Timestamp) -> Result<Action, NotALink> {
        let whole = base32().decode(text.as_bytes()).map_err(|_| NotALink::Malformed)?;
        let (signed, signature) = whole.split_at_checked(SIGNED).ok_or(NotALink::Malformed)?;
        if signature.len() != SIGNATURE {
            return Err(NotALink::Malformed);
        }
        let mac = self.mac(signed).verify_truncated_left(signature);
        mac.map_err(|_| NotALink::Altered)?;
        let action = read(signed).ok_or(NotALink::Malformed)?;
        if now > action.until { Err(NotALink::Expired) } else { Ok(action) }
    }

    fn signature(&self, signed: &[u8]) -> [u8; SIGNATURE] {
        let whole: [u8; 32] = self.mac(signed).finalize().into_bytes().into();
        whole.first_chunk().copied().unwrap_or([0; SIGNATURE])
    }

    fn mac(&self, signed: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(signed);
        mac
    }
}

fn signed(action: &Action) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(SIGNED + SIGNATURE);
    bytes.push(action.purpose.number());
    bytes.extend(action.about);
    bytes.extend(action.until.0.to_be_bytes());
    bytes.extend(action.nonce);
    bytes
}

fn read(signed: &[u8]) -> Option<Action> {
    let (number, rest) = signed.split_first()?;
    let (about, rest) = rest.split_first_chunk::<ABOUT>()?;
    let (until, nonce) = rest.split_first_chunk::<8>()?;
    Some(Action {
        purpose: Purpose::of(*number)?,
        about: *about,
        until: Timestamp(u64::from_be_bytes(*until)),
        nonce: nonce.try_into().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_000_000_000);

    fn action(purpose: Purpose) -> Action {
        Action { purpose, about: [7; 16], until: NOW, nonce: [9; 16] }
    }

    fn actions() -> Actions {
        Actions::signed_by(&[3; 32]).expect("a key")
    }

    #[test]
    fn a_link_says_what_it_was_made_for_until_its_last_moment() {
        let mut numbers = Vec::new();
        for purpose in Purpose::ALL {
            let link = actions().link(&action(purpose));
            assert!(link.len() < 100 && link.chars().all(|c| c.is_ascii_alphanumeric()), "{link}");
            assert_eq!(actions().read(&link, NOW), Ok(action(purpose)));
            assert_eq!(actions().read(&link, NOW.plus(1)), Err(NotALink::Expired));
            numbers.push(purpose.number());
        }
        numbers.dedup();
        assert_eq!(numbers.len(), Purpose::ALL.len());
    }

    #[test]
    fn a_link_that_was_altered_anywhere_does_nothing() {
        let link = actions().link(&action(Purpose::Explore));
        for at in 0..link.len() {
            for other in ["a", "7"] {
                let mut altered = link.clone();
                altered.replace_range(at..=at, other);
                if altered != link {
                    let read = actions().read(&altered, NOW);
                    assert!(matches!(read, Err(NotALink::Altered | NotALink::Malformed)), "{at}: {read:?}");
                }
            }
        }
    }

    #[test]
    fn a_link_for_one_purpose_is_none_for_another() {
        let explore = base32().decode(actions().link(&action(Purpose::Explore)).as_bytes()).expect("base32");
        let accept = signed(&action(Purpose::Accept));
        let (_, signature) = explore.split_at(SIGNED);
        let forged = base32().encode(&[accept.as_slice(), signature].concat());
        assert_eq!(actions().read(&forged, NOW), Err(NotALink::Altered));
    }

    #[test]
    fn a_link_of_another_node_and_a_broken_one_are_told_apart() {
        let link = Actions::signed_by(&[4; 32]).expect("a key").link(&action(Purpose::Pause));
        assert_eq!(actions().read(&link, NOW), Err(NotALink::Altered));
        let whole = actions().link(&action(Purpose::Pause));
        let cut = whole.get(..whole.len() - 8).expect("a part");
        for broken in ["", "a", "not a link", cut, &format!("{whole}{whole}")] {
            assert_eq!(actions().read(broken, NOW), Err(NotALink::Malformed), "{broken:?}");
        }
    }
}
