//! From an envelope to a verified letter that is for us: opened, read, and signed by a key that stands.

use std::sync::Arc;

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::duty::Duty;
use mentormesh_protocol::introduction::courier::CourierRefusal;
use mentormesh_protocol::introduction::{Envelope, Letter, LetterBody, OpenError, Outcome, Refused, Side, open};
use mentormesh_protocol::limits::{CLOCK_AHEAD_ADMITTED, CLOCK_APART};
use mentormesh_protocol::trust::Why;
use mentormesh_protocol::{LetterId, OrganisationId, Signed, Verified};

use super::Introductions;
use crate::desk::DeskError;
use crate::signing::{HomeFirst, SignError};
use crate::view::View;

/// How long a node is asked to wait when the desk is busy.
const SOON: u64 = 5_000;
/// How long it is asked to wait when we cannot sign what would have to follow.
const LATER: u64 = 60_000;

/// Why a letter was not taken now. Nothing was changed, and the same letter may come again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotTaken {
    /// What the node that handed it over is told.
    pub(super) refusal: CourierRefusal,
    /// The organisation whose keys should be asked for.
    pub(super) unknown: Option<OrganisationId>,
}

impl From<CourierRefusal> for NotTaken {
    fn from(refusal: CourierRefusal) -> Self {
        Self { refusal, unknown: None }
    }
}

impl NotTaken {
    /// Come again in a moment.
    pub(super) fn soon() -> Self {
        CourierRefusal::Busy(SOON).into()
    }
}

impl From<DeskError> for NotTaken {
    fn from(error: DeskError) -> Self {
        if error.is_full() {
            return CourierRefusal::StorageFull.into();
        }
        tracing::warn!(%error, "a letter could not be taken now");
        Self::soon()
    }
}

impl From<SignError> for NotTaken {
    fn from(error: SignError) -> Self {
        if let SignError::Desk(error) = error {
            return error.into();
        }
        tracing::warn!(%error, "a letter waits, because what follows it cannot be signed now");
        CourierRefusal::Busy(LATER).into()
    }
}

/// What an envelope turned out to be.
pub(super) enum Opened {
    /// A letter for us, its signature not checked yet.
    Letter(Box<Signed<Letter>>),
    /// A duty for us, not checked yet.
    Duty(Box<Signed<Duty>>),
    /// Nothing that could be taken, whoever sent it.
    Answer(Outcome),
}

/// What a letter turned out to be.
pub(super) enum Checked {
    /// One that its sender's organisation signed.
    Letter(Box<Verified<Letter>>),
    /// One that is refused unread.
    Answer(Outcome),
}

/// The side on which we keep what this letter belongs to.
pub(super) const fn direction_of(body: &LetterBody) -> Direction {
    match body.side() {
        Side::Mentee => Direction::Received,
        Side::Mentor => Direction::Sent,
    }
}

impl Introductions {
    /// Opens an envelope for us.
    pub(super) async fn open(&self, envelope: &[u8]) -> Result<Opened, NotTaken> {
        let own = self.signer.organisation();
        let envelope = Envelope::decode(envelope).map_err(|error| CourierRefusal::Malformed(error.to_string()))?;
        if envelope.header.recipient != own {
            return Err(CourierRefusal::Malformed("the envelope is for another organisation".to_owned()).into());
        }
        let secrets = Arc::clone(&self.sealing.borrow());
        let malformed = Ok(Opened::Answer(Outcome::Refused(Refused::Malformed)));
        let letter = match open(&envelope, &self.network, &secrets) {
            Ok(letter) => letter,
            Err(OpenError::Padding) => return malformed,
            Err(OpenError::NoKey) => {
                let card = self.desk.own_envelope(&self.signer.card_slot()).await?.ok_or_else(NotTaken::soon)?;
                return Ok(Opened::Answer(Outcome::Unopenable(card.envelope.into())));
            }
        };
        match Signed::<Letter>::decode(&letter) {
            Ok(letter) if envelope.is_of(letter.claims()) => Ok(Opened::Letter(Box::new(letter))),
            Ok(_) => malformed,
            Err(_) => match Signed::<Duty>::decode(&letter) {
                Ok(duty) if duty.claims().is_in(&envelope.header) => Ok(Opened::Duty(Box::new(duty))),
                Ok(_) | Err(_) => malformed,
            },
        }
    }

    /// Checks who signed a letter and when. A stranger's letter is not looked at any further, and neither is a
    /// blocked organisation's, whatever it belongs to.
    pub(super) async fn check(&self, letter: Signed<Letter>) -> Result<Checked, NotTaken> {
        let (view, now) = (self.views.borrow().clone(), self.clock.now());
        let claims = letter.claims();
        if self.clock_is_wrong() || (now > claims.expires_at && !self.clock_may_end()) {
            // Whether a letter is late is not for a clock that is known to be wrong, or was compared with nobody's.
            return Err(CourierRefusal::Clock(now).into());
        }
        let (sender, issued_at) = (claims.sender, claims.issued_at);
        let kept = self.desk.introduction(&claims.introduction, direction_of(&claims.body)).await?;
        let known = kept.is_some_and(|row| row.organisation == sender);
        if is_blocked(&view, &sender) || !(known || view.shows(&sender)) {
            return Ok(Checked::Answer(self.said_before(&letter).await?.unwrap_or(Outcome::NotRecognised)));
        }
        let keys = view.organisations.get(&sender).map(|known| known.signing_keys.as_slice()).unwrap_or_default();
        let standing = keys.iter().filter(|notice| notice.stands_at(issued_at.0)).map(|notice| &notice.key);
        let Ok(letter) = letter.verify(&self.network, standing) else {
            return Err(NotTaken { refusal: CourierRefusal::UnknownKey, unknown: Some(sender) });
        };
        if issued_at > now.plus(CLOCK_AHEAD_ADMITTED) {
            return Err(CourierRefusal::Clock(now).into());
        }
        Ok(Checked::Letter(Box::new(letter)))
    }
}

impl Introductions {
    /// Whether three peers agree that our clock is further off than any two may be.
    pub(super) fn clock_is_wrong(&self) -> bool {
        self.signer.safety().clock_off.is_some_and(|off| off > CLOCK_APART)
    }

    /// Whether anything may end because of what our clock says: only once it was compared with a peer's, or there is
    /// none, and while it is not known to be wrong.
    pub(super) fn clock_may_end(&self) -> bool {
        self.signer.safety().home_first != HomeFirst::Waiting && !self.clock_is_wrong()
    }

    /// What this very letter was answered when it was taken: a sender who is shown no longer, and whose receipt was
    /// lost, still learns it.
    async fn said_before(&self, letter: &Signed<Letter>) -> Result<Option<Outcome>, NotTaken> {
        let claims = letter.claims();
        let mut write = self.desk.write().await?;
        let seen = write.seen(&claims.sender, &claims.message).await?;
        Ok(seen.filter(|seen| seen.letter == LetterId(letter.id().0)).map(|seen| seen.outcome))
    }
}

/// Whether nothing of an organisation is taken.
pub(super) fn is_blocked(view: &View, organisation: &OrganisationId) -> bool {
    view.settings.blocked.contains(organisation)
        || view.organisations.get(organisation).is_some_and(|known| known.why == Why::Blocked)
}
