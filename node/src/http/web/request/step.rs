//! `/requests/{id}/{step}`: what a form of a request does. Whatever stands in its way is said where it was typed, and
//! what was typed stays.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{AcceptInput, DeclineInput, Direction, ErrorCode, Introduction, Problem, WithdrawInput};
use mentormesh_protocol::introduction::{DeclineReason, State as Stands};
use mentormesh_protocol::{IntroductionId, ProfileId};

use super::super::ask::refused::{Refusal, refusal};
use super::super::me::check_form;
use super::super::site::Site;
use super::super::visitor::Visitor;
use super::super::{mine, page};
use super::sides::{self, REASONS};
use super::typed::Typed;
use super::{RequestPage, request};
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::{Failure, Shown};
use crate::http::form::Form;
use crate::introductions::Step;
use crate::search::Viewer;
use crate::speech::Locale;

/// What a form is for.
enum Deed {
    /// A step of the exchange.
    Step(Step),
    /// The mentee never wants to be offered this mentor again, or does.
    Aside(bool),
    /// The mentor lets this person ask again.
    Unblock,
}

/// Why it was not done: a field, or something else.
enum NotDone {
    Field(&'static str, String),
    Problem(Box<Problem>),
}

impl From<Problem> for NotDone {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

/// Takes a step for one of the two sides.
pub(in crate::http) async fn act(
    State(app): State<App>,
    Path((id, step)): Path<(String, String)>,
    asker: Asker,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Failure> {
    let who = mine::signed_in(&asker)?;
    let whose = mine::whose(&app, who).await?;
    let side = side_of(&step).ok_or_else(mine::not_there)?;
    let before = mine::one(&app, &whose, &id, Some(side)).await?;
    let mut typed = Typed::read(&step, &form.0);
    let locale = visitor.locale;
    let done = match check_form(who, &form) {
        Ok(()) => done(&app, &asker, &before.id, &typed, &form, locale).await,
        Err(foreign) => Err(foreign.problem().clone().into()),
    };
    let Err(not_done) = done else {
        // What is taken back because another mentor said yes leads back to that yes.
        let back = form.0.last("back").and_then(|back| back.parse().ok()).unwrap_or(before.id);
        return Ok(Redirect::to(&mine::address(&back, side)).into_response());
    };
    let now = mine::one(&app, &whose, &id, Some(side)).await?;
    let (problem, status) = match not_done {
        NotDone::Problem(problem) if problem.code == ErrorCode::Conflict && leads_to(&step) == Some(now.state) => {
            // Pressed twice.
            return Ok(Redirect::to(&mine::address(&now.id, side)).into_response());
        }
        NotDone::Problem(problem) if problem.errors.first().is_some_and(|error| error.field == "slot") => {
            typed.wrong = Some(("slot", locale.say("slots-wrong-choice")));
            (None, StatusCode::UNPROCESSABLE_ENTITY.as_u16())
        }
        NotDone::Field(field, said) => {
            typed.wrong = Some((field, said));
            (None, StatusCode::UNPROCESSABLE_ENTITY.as_u16())
        }
        NotDone::Problem(problem) => (Some(in_words(locale, &step, &now, &problem)), problem.status),
    };
    // In another language this page would be another one, without what was typed.
    let site = Site { choices: Vec::new(), ..Site::seen_by(&visitor, &app) };
    let sides = sides::of(&app, locale, &whose, &now).await?;
    let shown = RequestPage { typed, problem, ..request(site, who, now, sides) };
    let mut response = page(&visitor, &shown)?;
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::CONFLICT);
    response.extensions_mut().insert(Shown);
    Ok(response)
}

/// The side whose form this is.
fn side_of(step: &str) -> Option<Direction> {
    match step {
        "accept" | "explore" | "question" | "decline" | "pause" | "block" | "unblock" => Some(Direction::Received),
        "answer" | "withdraw" | "aside" | "take-back" => Some(Direction::Sent),
        _ => None,
    }
}

/// Where a step that needs no words leads: there, a second press is the first one's echo.
fn leads_to(step: &str) -> Option<Stands> {
    match step {
        "accept" => Some(Stands::Accepted),
        "explore" => Some(Stands::Exploring),
        "decline" | "pause" => Some(Stands::Declined),
        "block" => Some(Stands::Blocked),
        "withdraw" => Some(Stands::Withdrawn),
        _ => None,
    }
}

async fn done(
    app: &App,
    asker: &Asker,
    id: &IntroductionId,
    typed: &Typed,
    form: &Form,
    locale: Locale,
) -> Result<(), NotDone> {
    if let Some((field, said)) = typed.judged(locale) {
        return Err(NotDone::Field(field, said));
    }
    let by = asker.word();
    match deed(app, typed, form, locale).await? {
        Deed::Step(step) => app.introductions.step(id, step, &by).await.map(drop)?,
        Deed::Aside(aside) => app.introductions.put_aside(id, aside).await.map(drop)?,
        Deed::Unblock => app.introductions.lift_block(id, Some(Direction::Received), &by).await.map(drop)?,
    }
    Ok(())
}

async fn deed(app: &App, typed: &Typed, form: &Form, locale: Locale) -> Result<Deed, NotDone> {
    let note = || Some(typed.message.clone()).filter(|message| !message.is_empty());
    let no = |reason| DeclineInput { reason, message: note(), referral: None, report: None, pause_until: None };
    Ok(match typed.step.as_str() {
        "accept" => {
            let slot = slot(typed, locale)?;
            Deed::Step(Step::Accept(AcceptInput { message: note(), contact: None, slot }))
        }
        "explore" => Deed::Step(Step::Explore),
        "question" => Deed::Step(Step::Question(typed.text.clone())),
        "decline" => {
            let reason = reason(typed, locale)?;
            Deed::Step(Step::Decline(DeclineInput { referral: referral(app, typed, locale).await?, ..no(reason) }))
        }
        "pause" => {
            let until = typed.pause_until(app.clock.now().date());
            let until = until.ok_or_else(|| NotDone::Field("until", locale.say("answering-until-wrong")))?;
            Deed::Step(Step::Decline(DeclineInput { pause_until: Some(until), ..no(DeclineReason::NoCapacity) }))
        }
        "block" => {
            let report = Some(typed.report.clone()).filter(|report| !report.is_empty());
            Deed::Step(Step::Decline(DeclineInput { report, ..no(DeclineReason::Blocked) }))
        }
        "unblock" => Deed::Unblock,
        "answer" => Deed::Step(Step::Answer(typed.text.clone())),
        "aside" => Deed::Aside(true),
        "take-back" => Deed::Aside(false),
        _ => Deed::Step(Step::Withdraw(WithdrawInput { superseded: form.0.last("superseded").is_some() })),
    })
}

/// The time that was chosen, if one was.
fn slot(typed: &Typed, locale: Locale) -> Result<Option<u8>, NotDone> {
    if typed.slot.is_empty() {
        return Ok(None);
    }
    let slot = typed.slot.parse().ok();
    slot.map(Some).ok_or_else(|| NotDone::Field("slot", locale.say("slots-wrong-choice")))
}

/// The reason that was chosen, which is one of those that a person gives.
fn reason(typed: &Typed, locale: Locale) -> Result<DeclineReason, NotDone> {
    let offered = REASONS.contains(&typed.reason.as_str());
    let reason = typed.reason.parse().ok().filter(|_| offered);
    reason.ok_or_else(|| NotDone::Field("reason", locale.say("answering-reason-wrong")))
}

/// Whom the mentor named, by the address of their page or by their id.
async fn referral(app: &App, typed: &Typed, locale: Locale) -> Result<Option<ProfileId>, NotDone> {
    let text = typed.referral.as_str();
    if text.is_empty() {
        return Ok(None);
    }
    let id = text.rsplit_once("/mentors/").map_or(text, |(_, id)| id);
    let id = id.split(['/', '?', '#']).next().unwrap_or_default();
    let found = app.profile_id(id, Viewer::House).await.ok();
    found.map(Some).ok_or_else(|| NotDone::Field("referral", locale.say("answering-referral-wrong")))
}

/// Why a step was not taken, to whoever took it.
fn in_words(locale: Locale, step: &str, now: &Introduction, problem: &Problem) -> Refusal {
    let id = match problem.code {
        ErrorCode::Conflict if !now.state.is_open() => "answering-crossed",
        ErrorCode::Conflict if step == "accept" => "answering-not-listed",
        ErrorCode::Conflict => "answering-changed",
        ErrorCode::Capacity => "answering-full",
        ErrorCode::Forbidden => "asking-other-session",
        ErrorCode::Invalid
        | ErrorCode::TooLarge
        | ErrorCode::UnsupportedMediaType
        | ErrorCode::NotFound
        | ErrorCode::MethodNotAllowed
        | ErrorCode::PreconditionFailed
        | ErrorCode::Unauthorised
        | ErrorCode::TooMany
        | ErrorCode::ConsentMissing
        | ErrorCode::ReachNotNetwork
        | ErrorCode::PolicyUnavailable
        | ErrorCode::InboxFull
        | ErrorCode::Cooldown
        | ErrorCode::PairOpen
        | ErrorCode::NotRecognised
        | ErrorCode::PeerRefused
        | ErrorCode::StorageFull
        | ErrorCode::ReadOnly
        | ErrorCode::Busy
        | ErrorCode::Internal => return refusal(locale, problem),
    };
    Refusal { text: locale.say(id), english: false }
}
