//! From a notice to its mail: whose it is, whether they want it, and what it says; queued in the change that ends the
//! notice, so that each is mailed once.

use mentormesh_protocol::api::{Direction, ErrorCode, Introduction, Problem, Role};
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::record::Availability;

use super::calendar;
use super::links::Links;
use super::{words_mentee, words_mentor, words_registrar};
use crate::actions::Actions;
use crate::calendar::Party;
use crate::clock::Clock;
use crate::desk::{Desk, DeskError, Mail, MailChoice, MailRefused, Notice, PersonFilter};
use crate::introductions::{Introductions, MENTOR_PAUSED};
use crate::speech::Locale;
use crate::view::Views;
use crate::wording::{Addressed, Frame, Readers};

/// The notice that a mentor let requests run out: it is for those who keep the register.
pub(super) const SILENT: &str = "silent";
/// Registrars who are told of one thing.
const REGISTRARS: u32 = 20;

/// Reads notices and writes mail.
#[derive(Debug)]
pub(super) struct Composer {
    pub(super) desk: Desk,
    pub(super) introductions: Introductions,
    pub(super) actions: Actions,
    pub(super) views: Views,
    pub(super) clock: Clock,
    pub(super) readers: Readers,
    /// Where links lead, without a slash at its end.
    pub(super) home: String,
    /// The address that mail comes from; empty while none is sent.
    pub(super) from: String,
}

/// Somebody to be told, and their language.
struct Recipient {
    email: String,
    name: Option<String>,
    locale: Locale,
}

impl Composer {
    /// Writes what is to be mailed of the oldest notice, and answers whether there was one.
    ///
    /// # Errors
    /// When the desk fails or no more mail may wait; the notice stays.
    pub(super) async fn turn(&self) -> Result<bool, Problem> {
        let Some(notice) = self.desk.next_notice_to_mail().await? else { return Ok(false) };
        let mails = self.mails(&notice).await?;
        let mut write = self.desk.write().await?;
        for (mail, calendar) in &mails {
            let about = (notice.introduction, notice.direction);
            match write.queue_mail_about(mail, Some(about)).await {
                Ok(id) => {
                    if let Some(calendar) = calendar {
                        write.attach_calendar(id, about, calendar).await?;
                    }
                }
                Err(DeskError::Mail(refused)) if !matches!(refused, MailRefused::Full { .. }) => {
                    let introduction = notice.introduction;
                    tracing::warn!(%introduction, event = notice.what, %refused, "no mail can be written about this");
                }
                Err(error) => return Err(error.into()),
            }
        }
        write.notice_mailed(notice.place).await?;
        write.commit().await?;
        Ok(true)
    }

    /// The mails, with what each has for a calendar: none where there is nobody to tell, nothing to say, or it is not
    /// wanted.
    async fn mails(&self, notice: &Notice) -> Result<Vec<(Mail, Option<String>)>, Problem> {
        let about = match self.introductions.show(&notice.introduction, Some(notice.direction)).await {
            Ok(about) => about,
            Err(problem) if problem.code == ErrorCode::NotFound => return Ok(Vec::new()),
            Err(problem) => return Err(problem),
        };
        let Some(what) = kind(&notice.what).filter(|what| what.still_holds(about.state)) else {
            return Ok(Vec::new());
        };
        let away = self.introductions.away(&about.profile);
        if what.word == MENTOR_PAUSED && away.is_none() {
            return Ok(Vec::new());
        }
        let mut mails = Vec::new();
        for recipient in self.recipients(what, &about).await? {
            let calendar = self.calendar(notice, &about, &recipient).await?;
            // A call that is cancelled must not stay in a calendar, however little mail its owner wants.
            if calendar.is_some() || what.is_wanted(self.desk.mail_choice(&recipient.email).await?) {
                let mut drawn = [0; 16];
                getrandom::fill(&mut drawn).map_err(|error| fault("the machine gives no random numbers", &error))?;
                let mail = self.mail(what, notice, (&about, away.as_ref()), &recipient, drawn);
                let mail = mail.map_err(|error| fault("a mail was not written", &error))?;
                mails.extend(mail.map(|mail| (mail, calendar)));
            }
        }
        Ok(mails)
    }

    /// What the mail has for a calendar. Who writes it invites: some readers show no invitation of anybody else.
    async fn calendar(
        &self,
        notice: &Notice,
        about: &Introduction,
        recipient: &Recipient,
    ) -> Result<Option<String>, Problem> {
        let name = {
            let view = self.views.borrow();
            view.name(&view.own)
        };
        let from = Some(Party { name, email: self.from.clone() }).filter(|from| !from.email.is_empty());
        let Recipient { email, name, .. } = recipient;
        let to = Party { name: name.clone().unwrap_or_else(|| email.clone()), email: email.clone() };
        calendar::part(&self.introductions, about, &notice.what, from, to).await
    }

    /// Who is told.
    async fn recipients(&self, what: Kind, about: &Introduction) -> Result<Vec<Recipient>, Problem> {
        let mut people = Vec::new();
        if what.word == SILENT {
            let filter = PersonFilter { role: Some(Role::Registrar), limit: REGISTRARS, ..PersonFilter::default() };
            let (found, _) = self.desk.people(&filter).await?;
            people.extend(found.into_iter().filter(|row| !row.disabled).map(|row| (row.email, Some(row.name), None)));
        } else if let Some(person) = self.introductions.own_person(about).await? {
            let listing = match about.direction {
                Direction::Received => self.desk.listing(&about.profile.subject).await?,
                Direction::Sent => None,
            };
            people.push((person.email, person.name, listing));
        }
        let mut recipients = Vec::new();
        for (email, name, listing) in people {
            let locale = self.readers.language(&email, listing.as_ref()).await?;
            recipients.push(Recipient { email, name, locale });
        }
        Ok(recipients)
    }

    fn mail(
        &self,
        what: Kind,
        notice: &Notice,
        (about, away): (&Introduction, Option<&Availability>),
        recipient: &Recipient,
        drawn: [u8; 16],
    ) -> Result<Option<Mail>, askama::Error> {
        let (now, home, locale) = (self.clock.now(), self.home.as_str(), recipient.locale);
        let links = Links { actions: &self.actions, home, about, now, away, locale, drawn };
        let Some(frame) = frame(&notice.what, &links) else { return Ok(None) };
        let organisation = {
            let view = self.views.borrow();
            view.name(&view.own)
        };
        let (to, name) = (recipient.email.as_str(), recipient.name.as_deref());
        frame.mail(what.word, &Addressed { to, name, locale, organisation: &organisation, home }).map(Some)
    }
}

fn fault(what: &str, error: &dyn std::error::Error) -> Problem {
    Problem::new(ErrorCode::Internal, format!("{what}: {error}"))
}

fn frame(what: &str, links: &Links<'_>) -> Option<Frame> {
    let own = match links.about.direction {
        Direction::Received => words_mentor::frame(what, links),
        Direction::Sent => words_mentee::frame(what, links),
    };
    own.or_else(|| words_registrar::frame(what, links))
}

/// One kind of mail about an introduction.
#[derive(Clone, Copy, Debug)]
struct Kind {
    word: &'static str,
    wanted: Wanted,
}

/// Who gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// Everybody: it asks for an answer, or gives one.
    Always,
    /// Who did not ask for less.
    Usually,
    /// Who wants reminders.
    ToRemind,
}

/// Every kind, by the word of its notice.
const KINDS: [Kind; 19] = {
    const fn kind(word: &'static str, wanted: Wanted) -> Kind {
        Kind { word, wanted }
    }
    [
        kind("request", Wanted::Always),
        kind("question", Wanted::Always),
        kind("answer", Wanted::Always),
        kind("exploring", Wanted::Always),
        kind("accepted", Wanted::Always),
        kind("contact", Wanted::Always),
        kind("declined", Wanted::Always),
        kind("blocked", Wanted::Always),
        kind("expired", Wanted::Always),
        kind("refused", Wanted::Always),
        kind("undeliverable", Wanted::Always),
        kind("not_taken", Wanted::Always),
        kind("paused", Wanted::Always),
        kind(SILENT, Wanted::Usually),
        kind("delivered", Wanted::Usually),
        kind(MENTOR_PAUSED, Wanted::Usually),
        kind("withdrawn", Wanted::Usually),
        kind("reminder_4", Wanted::ToRemind),
        kind("reminder_10", Wanted::ToRemind),
    ]
};

/// What a notice is mailed as.
fn kind(word: &str) -> Option<Kind> {
    let word = if word == "superseded" { "withdrawn" } else { word };
    KINDS.into_iter().find(|kind| kind.word == word)
}

impl Kind {
    const fn is_wanted(self, choice: MailChoice) -> bool {
        match choice {
            MailChoice::All => true,
            MailChoice::NoReminders => !matches!(self.wanted, Wanted::ToRemind),
            MailChoice::Necessary => matches!(self.wanted, Wanted::Always),
        }
    }

    /// Whether it is still true: what asks for an answer says nothing once the answer is there.
    fn still_holds(self, state: State) -> bool {
        match self.word {
            "request" | "question" | "answer" | "delivered" | "exploring" | MENTOR_PAUSED => state.is_open(),
            "reminder_4" | "reminder_10" => state.is_open() && state != State::Question,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests;
