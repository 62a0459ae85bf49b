//! Asking a mentor by mail: how often, who is asked no more, and what is shown of it.

use mentormesh_protocol::Subject;
use mentormesh_protocol::api::{ErrorCode, InvitationAnswer, List, Listing, Problem};
use mentormesh_protocol::limits::{DAY, PAGE};

use super::handle::Listings;
use crate::desk::ConfirmReminder;

/// What the mail is that asks a mentor to agree, in one word.
pub const INVITATION_MAIL: &str = "invitation";
/// What the mail is that asks a mentor to confirm, in one word.
pub const CONFIRM_MAIL: &str = "confirm";
/// How often one mentor is asked at most; more would be pressing them.
const TIMES: u64 = 5;
/// How long is waited between two invitations.
const BETWEEN: u64 = DAY;

impl Listings {
    /// Asks a mentor by mail whether they agree to be listed. The mail is written from what the listing is then.
    ///
    /// # Errors
    /// When there is no such listing, or its mentor was asked within a day or five times already.
    pub async fn invite(&self, id: &Subject) -> Result<Listing, Problem> {
        let mut write = self.desk.write().await?;
        if write.listing(id).await?.is_none_or(|row| row.is_erased()) {
            return Err(self.absent(id).await?);
        }
        if let Some(asked) = write.invitation(id).await? {
            let again = asked.invited_at.plus(BETWEEN);
            if asked.times >= TIMES {
                let problem = format!("the mentor of listing {id} was invited {TIMES} times, as often as may be");
                return Err(Problem::new(ErrorCode::Conflict, problem).with_next("ask the mentor in person"));
            }
            if write.now() < again {
                let problem = format!("the mentor of listing {id} was invited on {}", asked.invited_at);
                let next = format!("wait until {again}; a mentor is invited once a day");
                return Err(Problem::new(ErrorCode::Conflict, problem).with_next(next));
            }
        }
        write.invite(id).await?;
        write.note(&self.by, "listing.invited", &id.to_string(), "").await?;
        write.commit().await?;
        self.find(id).await
    }

    /// Drafts whose mentors nobody ever asked and who agreed to nothing: `most` at most, with how many there are.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn never_invited(&self, most: usize) -> Result<List<Listing>, Problem> {
        let (found, total) = self.desk.never_invited(u32::try_from(most.min(PAGE)).unwrap_or(1)).await?;
        let mut items = Vec::with_capacity(found.len());
        for id in found {
            items.push(self.find(&id).await?);
        }
        Ok(List { items, total, next: None })
    }

    /// Whom to remind next that a listing needs confirming.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn confirm_reminder_due(&self) -> Result<Option<ConfirmReminder>, Problem> {
        Ok(self.desk.confirm_reminder_due(self.confirm_every).await?)
    }

    /// How long a confirmation lasts, in milliseconds.
    #[must_use]
    pub const fn confirm_every(&self) -> u64 {
        self.confirm_every
    }

    /// A listing with what was asked of its mentor and what their consent rests on.
    pub(super) async fn told(&self, mut listing: Listing) -> Result<Listing, Problem> {
        listing.evidence = self.desk.evidence(&listing.id).await?;
        listing.invitation = self.desk.invitation(&listing.id).await?;
        if listing.consent.is_none()
            && let Some(asked) = &listing.invitation
        {
            let said = match asked.answer {
                InvitationAnswer::Waiting => Some(format!("the mentor was asked on {}", asked.invited_at.date())),
                InvitationAnswer::Declined => {
                    let on = asked.answered_at.unwrap_or(asked.invited_at).date();
                    Some(format!("the mentor declined to be listed on {on}"))
                }
                InvitationAnswer::Consented => None,
            };
            listing.missing.extend(said.map(|said| format!("invitation: {said}")));
        }
        Ok(listing)
    }
}
