//! What a person should know beside a request, before they write or answer: how many more they may send and whether
//! this mentor can be asked now, how many places are taken, and how many others wait.

use mentormesh_protocol::api::{Direction, Problem};
use mentormesh_protocol::introduction::mentee_ref;
use mentormesh_protocol::limits::OPEN_PER_MENTEE;
use mentormesh_protocol::{IntroductionId, ProfileId, Subject};

use super::Introductions;
use super::rules::may_ask;
use super::send::{MENTEES, draw};
use crate::desk::{Whose, fold};

/// Whether somebody may ask a mentor now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chance {
    /// How many more requests they may have open.
    pub left: u64,
    /// Their open request to this mentor, if there is one.
    pub open: Option<IntroductionId>,
    /// Why not now.
    pub refused: Option<Problem>,
}

/// How full a mentor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Places that a yes has taken.
    pub taken: u64,
    /// All places.
    pub places: u64,
}

impl Introductions {
    /// Whether who has this address may ask this mentor now, by the rules that sending holds to.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn chance(&self, email: &str, mentor: &ProfileId) -> Result<Chance, Problem> {
        let (fresh, folded, own) = (draw()?, fold(email), self.signer.organisation());
        let mut write = self.desk.write().await?;
        let secret = write.secret(MENTEES, &fresh).await?;
        let person = mentee_ref(&secret, &folded, &own);
        let mentee = mentee_ref(&secret, &folded, &mentor.organisation);
        let open = write.open_of_person(&person).await?;
        let pair = write.pair(Direction::Sent, &mentor.organisation, &mentor.subject, &mentee).await?;
        let now = write.now();
        write.commit().await?;
        let refused = self.can_be_asked(mentor).and_then(|()| may_ask(open, &pair, now)).err();
        let requests = self.desk.open_requests(&person).await?;
        let open_here = requests.into_iter().find(|request| request.profile == *mentor).map(|request| request.id);
        Ok(Chance { left: OPEN_PER_MENTEE.saturating_sub(open), open: open_here, refused })
    }

    /// How full one of our own mentors is; none where there is no such listing.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn room(&self, mentor: &Subject) -> Result<Option<Room>, Problem> {
        let Some(listing) = self.desk.listing(mentor).await?.filter(|row| !row.is_erased()) else { return Ok(None) };
        let mut write = self.desk.write().await?;
        let taken = write.places_taken(mentor).await?;
        write.undo().await?;
        Ok(Some(Room { taken, places: listing.content.profile.availability.places.into() }))
    }

    /// How many other requests of the person who sent this one wait at this organisation. Whom they ask is nobody's
    /// business.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn others_of_mentee(&self, id: &IntroductionId, whose: &Whose) -> Result<u64, Problem> {
        let row = self.desk.introduction(id, Direction::Received).await?.filter(|row| whose.has(row));
        let Some(row) = row else { return Ok(0) };
        Ok(self
            .desk
            .open_of_mentee(&row.organisation, &row.mentee_ref)
            .await?
            .saturating_sub(row.state.is_open().into()))
    }
}
