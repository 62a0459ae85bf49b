//! What registrars are mailed when a request comes, and the asker when it is answered, each in their own language. No
//! subject names anybody, and no mail to a registrar says in which words it was asked.

use mentormesh_protocol::api::Role;
use mentormesh_protocol::duty::{RightsOutcome, Settled};

use super::Rights;
use crate::desk::{DeskError, MailId, RightsRow, Write, fold};
use crate::speech::Locale;
use crate::wording::{Addressed, Block, Frame};

/// Registrars that are told.
const TOLD: u32 = 20;

impl Rights {
    /// Tells every registrar that a request waits, and by when.
    pub(super) async fn tell_registrars(&self, write: &mut Write, row: &RightsRow) -> Result<(), DeskError> {
        let organisation = self.organisation(self.own()).name;
        for person in write.people_with(Role::Registrar, TOLD).await? {
            let locale = self.readers.language(&person.email, None).await?;
            // Read out at run time, one message for each right.
            let kind = locale.say(&format!("right-{}", row.request.kind.as_str()));
            let command = format!("mentormesh rights show {}", row.id.short());
            let blocks = vec![
                Block::say("mail-rights", &[("organisation", &organisation)]),
                Block::Quote("mail-rights-kind", kind),
                Block::say("mail-rights-due", &[("day", &locale.moment(row.due_at))]),
                Block::say("mail-rights-read", &[("command", &command)]),
            ];
            let frame = Frame { subject: "mail-subject-rights", blocks, foot: Vec::new() };
            let name = Some(person.name.as_str());
            self.queue(write, "rights", &frame, &person.email, name, locale, &organisation).await?;
        }
        Ok(())
    }

    /// Tells the asker what became of it.
    pub(super) async fn tell_asker(
        &self,
        write: &mut Write,
        row: &RightsRow,
        settled: &Settled,
    ) -> Result<(), DeskError> {
        let locale = self.language_of(row).await?;
        let organisation = self.organisation(self.own()).name;
        let (day, number) = (locale.moment(row.received_at), row.id.short());
        let words = [("organisation", organisation.as_str()), ("day", &day), ("number", &number)];
        let outcome = match settled.outcome {
            RightsOutcome::Done => "rights-outcome-done",
            RightsOutcome::Partly => "rights-outcome-partly",
            RightsOutcome::Refused => "rights-outcome-refused",
            RightsOutcome::NothingHeld => "rights-outcome-nothing_held",
        };
        let mut blocks = vec![Block::say("mail-rights-answer", &words), Block::say(outcome, &[])];
        blocks.extend(settled.message.clone().map(|text| Block::Quote("mail-rights-words", text)));
        blocks.push(Block::say("mail-rights-complain", &[]));
        let frame = Frame { subject: "mail-subject-rights-answer", blocks, foot: Vec::new() };
        self.queue(write, "rights_answer", &frame, &row.request.reply, None, locale, &organisation).await
    }

    /// The language in which it was asked, where that is known; else that of whoever has the address.
    async fn language_of(&self, row: &RightsRow) -> Result<Locale, DeskError> {
        if let Some(locale) = row.locale.as_deref().and_then(Locale::of_tag) {
            return Ok(locale);
        }
        let reply = &row.request.reply;
        let listing = match &row.request.subject {
            Some(subject) => self.desk.listing(subject).await?,
            None => None,
        };
        // Whoever asks about somebody else need not speak their languages.
        let listing = listing.filter(|row| fold(&row.content.contact.email) == fold(reply));
        self.readers.language(reply, listing.as_ref()).await
    }

    #[expect(clippy::too_many_arguments, reason = "what a mail is made of, named once here")]
    async fn queue(
        &self,
        write: &mut Write,
        what: &'static str,
        frame: &Frame,
        to: &str,
        name: Option<&str>,
        locale: Locale,
        organisation: &str,
    ) -> Result<(), DeskError> {
        let addressed = Addressed { to, name, locale, organisation, home: &self.home };
        match frame.mail(what, &addressed) {
            Ok(mail) => unless_full(write.queue_mail(&mail).await),
            Err(error) => {
                tracing::error!(%error, "a mail about somebody's rights was not written");
                Ok(())
            }
        }
    }
}

/// A full queue of mail keeps nobody from their rights: the register has it all the same.
fn unless_full(queued: Result<MailId, DeskError>) -> Result<(), DeskError> {
    match queued {
        Ok(_) => Ok(()),
        Err(DeskError::Mail(error)) => {
            tracing::warn!(%error, "a mail about somebody's rights was not queued");
            Ok(())
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
