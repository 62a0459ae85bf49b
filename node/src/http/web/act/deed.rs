//! Doing what a link is for, by the same ways that the API takes.

use mentormesh_protocol::api::{AcceptInput, DeclineInput, PauseInput, Problem, WithdrawInput};
use mentormesh_protocol::introduction::DeclineReason;
use mentormesh_protocol::{IntroductionId, Subject};

use super::offer::{REASONS, address};
use crate::actions::{Action, Purpose};
use crate::desk::MailChoice;
use crate::http::app::App;
use crate::http::error::Failure;
use crate::introductions::Step;

/// Who acts, in the audit trail: whoever holds a link that was mailed to one of them.
const MENTOR: &str = "mentor";
const MENTEE: &str = "mentee";

/// Does it.
pub(super) async fn done(app: &App, action: &Action, said: &[(String, String)]) -> Result<(), Failure> {
    let text = |name: &str| said.iter().find(|(given, _)| given == name).map(|(_, text)| text.trim().to_owned());
    let note = || text("message").filter(|text| !text.is_empty());
    let (step, by) = match action.purpose {
        Purpose::Accept => {
            let slot = slot(text("slot").as_deref())?;
            (Step::Accept(AcceptInput { message: note(), slot, ..AcceptInput::default() }), MENTOR)
        }
        Purpose::Explore => (Step::Explore, MENTOR),
        Purpose::Ask => (Step::Question(text("text").unwrap_or_default()), MENTOR),
        Purpose::Decline => {
            let reason = reason(text("reason").as_deref())?;
            let input = DeclineInput { reason, message: note(), referral: None, report: None, pause_until: None };
            (Step::Decline(input), MENTOR)
        }
        Purpose::Answer => (Step::Answer(text("text").unwrap_or_default()), MENTEE),
        Purpose::TakeBack => (Step::Withdraw(WithdrawInput::default()), MENTEE),
        Purpose::Pause => {
            app.listings.pause(&Subject(action.about), PauseInput::default(), MENTOR).await?;
            return Ok(());
        }
        Purpose::Withdraw => return withdraw(app, &Subject(action.about)).await,
        Purpose::MentorMail | Purpose::MenteeMail => return choose(app, action, text("mail").as_deref()).await,
        // These have a page of their own.
        Purpose::Listing(_) => return Ok(()),
    };
    app.introductions.step(&IntroductionId(action.about), step, by).await?;
    Ok(())
}

/// The number of the time that was chosen, if one was.
fn slot(text: Option<&str>) -> Result<Option<u8>, Failure> {
    match text.filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| Problem::field("slot", "choose one of the times").into()),
    }
}

/// The reason that was chosen, which is one of those that a person gives.
fn reason(word: Option<&str>) -> Result<DeclineReason, Failure> {
    let offered = word.filter(|word| REASONS.contains(word));
    let reason = offered.and_then(|word| word.parse().ok());
    reason.ok_or_else(|| Problem::field("reason", "choose one of the reasons").into())
}

async fn withdraw(app: &App, id: &Subject) -> Result<(), Failure> {
    app.listings.by(MENTOR).withdraw(id, false).await?;
    app.desk.audit(MENTOR, "listing.left", &id.to_string(), "by a mailed link").await?;
    Ok(())
}

async fn choose(app: &App, action: &Action, word: Option<&str>) -> Result<(), Failure> {
    let mut known = MailChoice::ALL.into_iter();
    let Some(choice) = known.find(|choice| Some(choice.as_str()) == word) else {
        return Err(Problem::field("mail", "choose one of the three").into());
    };
    let Some(address) = address(app, action).await? else { return Ok(()) };
    let (by, about) = match action.purpose {
        Purpose::MenteeMail => (MENTEE, IntroductionId(action.about).to_string()),
        Purpose::MentorMail
        | Purpose::Accept
        | Purpose::Explore
        | Purpose::Ask
        | Purpose::Decline
        | Purpose::Answer
        | Purpose::TakeBack
        | Purpose::Pause
        | Purpose::Withdraw
        | Purpose::Listing(_) => (MENTOR, Subject(action.about).to_string()),
    };
    let mut write = app.desk.write().await?;
    write.choose_mail(&address, choice, by, &about).await?;
    write.commit().await?;
    Ok(())
}
