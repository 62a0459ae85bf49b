//! Mail about a listing itself: asking its mentor whether they agree, and whether it is still right. Each is queued in the
//! change that notes it, so that each is mailed once.

use mentormesh_protocol::Subject;
use mentormesh_protocol::api::{ErrorCode, Problem};

use super::links::Maker;
use super::words_listing::{self, About};
use crate::actions::Actions;
use crate::clock::Clock;
use crate::desk::{ConfirmReminder, Desk, DeskError, Mail, MailChoice, MailRefused, Write};
use crate::listings::{CONFIRM_MAIL, INVITATION_MAIL, Listings};
use crate::view::Views;
use crate::wording::{Addressed, Readers};

/// The reminder that goes to whoever wants no reminders, too: after it they are gone.
const LAST_DAYS: u64 = 7;

/// Writes mail about listings.
#[derive(Debug)]
pub(super) struct ListingComposer {
    pub(super) desk: Desk,
    pub(super) listings: Listings,
    pub(super) actions: Actions,
    pub(super) views: Views,
    pub(super) clock: Clock,
    pub(super) readers: Readers,
    /// Where links lead, without a slash at its end.
    pub(super) home: String,
}

impl ListingComposer {
    /// Writes the oldest mail about a listing that is due, and answers whether there was one.
    ///
    /// # Errors
    /// When the desk fails or no more mail may wait; it stays due.
    pub(super) async fn turn(&self) -> Result<bool, Problem> {
        if let Some(subject) = self.desk.next_invitation_to_mail().await? {
            let mail = self.about_listing(&subject, INVITATION_MAIL).await?;
            let mut write = self.desk.write().await?;
            queue(&mut write, &subject, mail).await?;
            write.invitation_mailed(&subject).await?;
            write.commit().await?;
            return Ok(true);
        }
        let Some(reminder) = self.listings.confirm_reminder_due().await? else { return Ok(false) };
        self.remind(&reminder).await?;
        Ok(true)
    }

    async fn remind(&self, reminder: &ConfirmReminder) -> Result<(), Problem> {
        let mut mail = self.about_listing(&reminder.subject, CONFIRM_MAIL).await?;
        if let Some(written) = &mail {
            let choice = self.desk.mail_choice(&written.to).await?;
            if reminder.days > LAST_DAYS && choice != MailChoice::All {
                mail = None;
            }
        }
        let mut write = self.desk.write().await?;
        queue(&mut write, &reminder.subject, mail).await?;
        write.confirm_reminded(reminder).await?;
        Ok(write.commit().await?)
    }

    /// The mail, unless the listing is gone.
    async fn about_listing(&self, subject: &Subject, what: &'static str) -> Result<Option<Mail>, Problem> {
        let preview = match self.listings.preview(subject).await {
            Ok(preview) => preview,
            Err(problem) if problem.code == ErrorCode::NotFound => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let contact = preview.listing.contact.clone();
        let locale = self.readers.language(&contact.email, self.desk.listing(subject).await?.as_ref()).await?;
        let mut drawn = [0; 16];
        getrandom::fill(&mut drawn)
            .map_err(|e| Problem::new(ErrorCode::Internal, format!("the machine gives no random numbers: {e}")))?;
        let organisation = {
            let view = self.views.borrow();
            view.name(&view.own)
        };
        let (now, home) = (self.clock.now(), self.home.as_str());
        let maker = Maker { actions: &self.actions, home, drawn };
        let every = self.listings.confirm_every();
        let about = About { preview: &preview, organisation: &organisation, locale, maker, now, every };
        let frame =
            if what == CONFIRM_MAIL { words_listing::confirm(&about) } else { words_listing::invitation(&about) };
        let name = contact.name.as_deref().unwrap_or(&preview.profile.display_name);
        let addressed = Addressed { to: &contact.email, name: Some(name), locale, organisation: &organisation, home };
        let mail = frame.mail(what, &addressed);
        mail.map(Some).map_err(|error| Problem::new(ErrorCode::Internal, format!("a mail was not written: {error}")))
    }
}

async fn queue(write: &mut Write, subject: &Subject, mail: Option<Mail>) -> Result<(), DeskError> {
    let Some(mail) = mail else { return Ok(()) };
    match write.queue_mail(&mail).await {
        Ok(_) => Ok(()),
        Err(DeskError::Mail(refused)) if !matches!(refused, MailRefused::Full { .. }) => {
            tracing::warn!(listing = %subject, what = mail.what, %refused, "no mail can be written about this listing");
            Ok(())
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
