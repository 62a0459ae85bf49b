//! Whose introductions: what one person of this organisation sent, and what was sent to them as a mentor.
//!
//! Two people see the texts of an introduction, and nobody else without a reason: [`withhold`] says what is left of one
//! for whoever keeps listings here.

use mentormesh_protocol::api::{Direction, Introduction, IntroductionEvent, Problem};
use mentormesh_protocol::introduction::mentee_ref;
use mentormesh_protocol::{IntroductionId, Subject};

use super::send::{MENTEES, draw};
use super::steps::absent;
use super::{Introductions, Step};
use crate::desk::{Whose, fold};

/// Most characters of a reason, as the audit trail keeps it.
const REASON: usize = 200;

impl Introductions {
    /// What is theirs who has this address and, if they are a mentor here, this listing.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn whose(&self, email: &str, listing: Option<Subject>) -> Result<Whose, Problem> {
        let fresh = draw()?;
        let mut write = self.desk.write().await?;
        let secret = write.secret(MENTEES, &fresh).await?;
        write.commit().await?;
        let person = mentee_ref(&secret, &fold(email), &self.signer.organisation());
        Ok(Whose { person, listing })
    }

    /// What mentees with these addresses are known by, in their order.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn digests(&self, addresses: &[String]) -> Result<Vec<[u8; 16]>, Problem> {
        let fresh = draw()?;
        let mut write = self.desk.write().await?;
        let secret = write.secret(MENTEES, &fresh).await?;
        write.commit().await?;
        let own = self.signer.organisation();
        Ok(addresses.iter().map(|address| mentee_ref(&secret, &fold(address), &own)).collect())
    }

    /// The sides of an introduction that are theirs.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn sides(&self, id: &IntroductionId, whose: &Whose) -> Result<Vec<Direction>, Problem> {
        let mut sides = Vec::new();
        for direction in [Direction::Received, Direction::Sent] {
            let row = self.desk.introduction(id, direction).await?;
            sides.extend(row.filter(|row| whose.has(row)).map(|_| direction));
        }
        Ok(sides)
    }

    /// Writes down that somebody who is neither of the two read an introduction, and why.
    ///
    /// # Errors
    /// When no reason is given, it is too long, or the desk fails.
    pub async fn note_reading(&self, id: &IntroductionId, by: &str, reason: &str) -> Result<(), Problem> {
        Ok(self.desk.audit(by, "introduction.read", &id.to_string(), why(reason)?).await?)
    }
}

/// Why somebody reads what is another's, as the audit trail keeps it.
///
/// # Errors
/// When there is no reason, or it is too long.
pub fn why(reason: &str) -> Result<&str, Problem> {
    let characters = reason.trim().chars().count();
    if (1..=REASON).contains(&characters) && !reason.chars().any(char::is_control) {
        return Ok(reason.trim());
    }
    let problem = format!("{characters} characters; 1 to {REASON} are taken, on one line");
    Err(Problem::field("reason", problem))
}

impl Step {
    /// The side that takes it.
    #[must_use]
    pub fn direction(&self) -> Direction {
        match self {
            Self::Answer(_) | Self::Withdraw { .. } => Direction::Sent,
            Self::Question(_) | Self::Explore | Self::Accept(_) | Self::Decline(_) => Direction::Received,
        }
    }
}

/// That there is no introduction of this id, as far as whoever asks is to know.
#[must_use]
pub fn unknown(id: &IntroductionId) -> Problem {
    absent(id)
}

/// An introduction without what the two said to each other, and without addresses.
#[must_use]
pub fn withhold(one: Introduction) -> Introduction {
    let events = one.events.into_iter().map(|event| IntroductionEvent { text: None, ..event });
    Introduction {
        title: String::new(),
        purpose: String::new(),
        why_you: None,
        times: None,
        message: None,
        contact: None,
        referral: None,
        alternatives: Vec::new(),
        also_open: Vec::new(),
        withheld: true,
        events: events.collect(),
        ..one
    }
}
