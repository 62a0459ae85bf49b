//! From a notice to its mail: whose it is, whether they want it, and what it says; queued in the change that ends the
//! notice, so that each is mailed once.

use mentormesh_protocol::api::{Direction, ErrorCode, Introduction, Problem};
use mentormesh_protocol::introduction::State;

use super::calendar;
use super::frame::{Addressed, Frame};
use super::links::Links;
use super::{words_mentee, words_mentor};
use crate::actions::Actions;
use crate::calendar::Party;
use crate::clock::Clock;
use crate::desk::{Desk, DeskError, Mail, MailChoice, MailRefused, Notice};
use crate::introductions::Introductions;
use crate::view::Views;

/// Reads notices and writes mail.
#[derive(Debug)]
pub(super) struct Composer {
    pub(super) desk: Desk,
    pub(super) introductions: Introductions,
    pub(super) actions: Actions,
    pub(super) views: Views,
    pub(super) clock: Clock,
    /// Where links lead, without a slash at its end.
    pub(super) home: String,
    /// The address that mail comes from; empty while none is sent.
    pub(super) from: String,
}

impl Composer {
    /// Writes the mail of the oldest notice, and answers whether there was one.
    ///
    /// # Errors
    /// When the desk fails or no more mail may wait; the notice stays.
    pub(super) async fn turn(&self) -> Result<bool, Problem> {
        let Some(notice) = self.desk.next_notice_to_mail().await? else { return Ok(false) };
        let mail = self.mail(&notice).await?;
        let mut write = self.desk.write().await?;
        if let Some((mail, calendar)) = &mail {
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

    /// The mail and what it has for a calendar, unless there is nobody to tell, nothing to say, or it is not wanted.
    async fn mail(&self, notice: &Notice) -> Result<Option<(Mail, Option<String>)>, Problem> {
        let about = match self.introductions.show(&notice.introduction, Some(notice.direction)).await {
            Ok(about) => about,
            Err(problem) if problem.code == ErrorCode::NotFound => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let Some(person) = self.introductions.own_person(&about).await? else { return Ok(None) };
        let Some(what) = kind(&notice.what) else { return Ok(None) };
        let choice = self.desk.mail_choice(&person.email).await?;
        let organisation = {
            let view = self.views.borrow();
            view.name(&view.own)
        };
        let from = Party { name: organisation.clone(), email: self.from.clone() };
        let from = Some(from).filter(|from| !from.email.is_empty());
        let calendar = calendar::part(&self.introductions, &about, &notice.what, &person, from).await?;
        // A call that is cancelled must not stay in a calendar, however little mail its owner wants.
        if !(what.is_wanted(choice) || calendar.is_some()) || !what.still_holds(about.state) {
            return Ok(None);
        }
        let mut drawn = [0; 16];
        getrandom::fill(&mut drawn)
            .map_err(|e| Problem::new(ErrorCode::Internal, format!("the machine gives no random numbers: {e}")))?;
        let (now, home) = (self.clock.now(), self.home.as_str());
        let links = Links { actions: &self.actions, home, about: &about, now, drawn };
        let Some(frame) = frame(notice, &about, &links) else { return Ok(None) };
        let addressed =
            Addressed { to: &person.email, name: person.name.as_deref(), organisation: &organisation, home };
        let mail = frame.mail(what.word, &addressed);
        mail.map(|mail| Some((mail, calendar)))
            .map_err(|error| Problem::new(ErrorCode::Internal, format!("a mail was not written: {error}")))
    }
}

fn frame(notice: &Notice, about: &Introduction, links: &Links<'_>) -> Option<Frame> {
    match about.direction {
        Direction::Received => words_mentor::frame(&notice.what, links),
        Direction::Sent => words_mentee::frame(&notice.what, links),
    }
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
const KINDS: [Kind; 16] = {
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
        kind("delivered", Wanted::Usually),
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
            "request" | "question" | "answer" | "delivered" | "exploring" => state.is_open(),
            "reminder_4" | "reminder_10" => state.is_open() && state != State::Question,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests;
