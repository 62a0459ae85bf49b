//! One introduction in words: where it stands and why, what is on its way, what happened, what can be done next.

use mentormesh_protocol::api::{
    Contact, Direction, Introduction, IntroductionEvent, OpenRequest, OrganisationRef, Times,
};
use mentormesh_protocol::introduction::{DeclineReason, Delivery, LetterBody, Refused, State};
use mentormesh_protocol::record::Availability;
use mentormesh_protocol::{ProfileId, Timestamp};

use super::half::{Half, body_of};
use super::rules::how_long;
use super::time_slots::times;
use crate::desk::{EventRow, IntroductionRow, LetterRow, OutboxRow};

/// What showing an introduction needs besides its row.
pub(super) struct Showing {
    pub(super) letters: Vec<LetterRow>,
    pub(super) events: Vec<EventRow>,
    pub(super) on_the_way: Vec<OutboxRow>,
    pub(super) profile: ProfileId,
    pub(super) mentor: Option<String>,
    /// The zone of the mentor's profile.
    pub(super) mentor_zone: Option<String>,
    pub(super) organisation: String,
    /// What else this mentee waits for.
    pub(super) also_open: Vec<OpenRequest>,
    /// Whether this mentee put the mentor aside.
    pub(super) put_aside: bool,
    /// What the mentor shows of a pause that holds today.
    pub(super) away: Option<Availability>,
    pub(super) now: Timestamp,
}

/// What the mentor said with a yes or a no.
#[derive(Default)]
struct Answer {
    reason: Option<DeclineReason>,
    message: Option<String>,
    referral: Option<ProfileId>,
}

/// The introduction of a row.
pub(super) fn show(row: IntroductionRow, showing: &Showing) -> Introduction {
    // The clock may have overtaken what the desk wrote last, and a letter the reading of the row.
    let half = Half::of(row.clone(), showing.letters.clone());
    let (state, expires_at, contact) = half.map_or((row.state, row.expires_at, row.contact), |half| {
        (
            half.exchange.state(showing.now),
            half.exchange.expires_at(),
            half.row.contact.clone().or_else(|| half.contact()),
        )
    });
    let answer = answer(state, &showing.letters);
    let contact = contact.filter(|_| state == State::Accepted);
    Introduction {
        id: row.id,
        state,
        direction: row.direction,
        profile: showing.profile,
        mentor: showing.mentor.clone(),
        organisation: OrganisationRef { id: row.organisation, name: showing.organisation.clone() },
        mentee: row.mentee_name,
        title: row.title,
        purpose: row.purpose,
        why_you: row.why_you,
        offer: row.offer,
        times: said_times(state, showing),
        created_at: row.created_at,
        expires_at,
        on_its_way: on_its_way(showing, row.direction),
        why: why(state, row.delivery, &answer, showing).or_else(|| pause(state, showing)),
        refusal: refusal(row.delivery).filter(|_| state == State::Refused).map(str::to_owned),
        reason: answer.reason,
        message: answer.message,
        referral: answer.referral,
        next: next(&row.id.to_string(), state, row.direction, &showing.also_open),
        alternatives: Vec::new(),
        block: None,
        put_aside: showing.put_aside,
        also_open: showing.also_open.clone(),
        withheld: false,
        contact: contact.map(|contact| Contact { email: contact.email, name: Some(contact.name) }),
        events: showing.events.iter().map(|event| told(event, &showing.letters)).collect(),
    }
}

/// When the two could meet, and whether they agreed on a time.
fn said_times(state: State, showing: &Showing) -> Option<Times> {
    let said: Vec<_> = showing.letters.iter().filter_map(body_of).collect();
    let request =
        said.iter().find_map(|body| if let LetterBody::Request(request) = body { Some(request) } else { None })?;
    let chosen = said.iter().find_map(|body| if let LetterBody::Accept(_, _, slot) = body { *slot } else { None });
    times(request, showing.mentor_zone.as_deref(), chosen.filter(|_| state == State::Accepted))
}

/// The words of the answer that stands.
fn answer(state: State, letters: &[LetterRow]) -> Answer {
    let said = letters.iter().filter_map(body_of);
    let mut answers = said.filter_map(|body| match body {
        LetterBody::Accept(message, _, _) if state == State::Accepted => Some(Answer { message, ..Answer::default() }),
        LetterBody::Decline { reason, message, referral } if matches!(state, State::Declined | State::Blocked) => {
            Some(Answer { reason: Some(reason), message, referral })
        }
        LetterBody::Accept(..)
        | LetterBody::Decline { .. }
        | LetterBody::Request(_)
        | LetterBody::Question(_)
        | LetterBody::Answer(_)
        | LetterBody::Explore
        | LetterBody::Contact(_)
        | LetterBody::Withdraw { .. } => None,
    });
    answers.next().unwrap_or_default()
}

fn told(event: &EventRow, letters: &[LetterRow]) -> IntroductionEvent {
    let letter = event.message.and_then(|message| letters.iter().find(|letter| letter.fact.message == message));
    let text = letter.and_then(body_of).and_then(|body| match body {
        LetterBody::Question(text) | LetterBody::Answer(text) => Some(text),
        LetterBody::Accept(message, _, _) | LetterBody::Decline { message, .. } => message,
        LetterBody::Request(_) | LetterBody::Explore | LetterBody::Contact(_) | LetterBody::Withdraw { .. } => None,
    });
    IntroductionEvent { at: event.at, state: event.state, by: event.by.clone(), text }
}

fn on_its_way(showing: &Showing, direction: Direction) -> Option<String> {
    let oldest = showing.on_the_way.first()?;
    let (name, since) = (&showing.organisation, time(oldest.recorded_at));
    let what = if direction == Direction::Sent { "the request or what followed it" } else { "the answer" };
    if oldest.kept {
        return Some(format!(
            "{what} is kept by a relay for {name}, since {since}; tried again at {}",
            time(oldest.next_at)
        ));
    }
    if oldest.attempts == 0 {
        return Some(format!("{what} is on its way to {name} since {since}"));
    }
    let times = if oldest.attempts == 1 { "once".to_owned() } else { format!("{} times", oldest.attempts) };
    let problem = oldest.problem.as_deref().unwrap_or("no node of it was reached");
    let next = time(oldest.next_at);
    Some(format!("{what} waits for {name} since {since}: {problem}; tried {times}, next at {next}"))
}

/// A moment as people read it: day and minute, UTC.
fn time(at: Timestamp) -> String {
    let minutes = at.0 / 60_000;
    format!("{} {:02}:{:02} UTC", at.date(), minutes / 60 % 24, minutes % 60)
}

const fn refusal(delivery: Delivery) -> Option<&'static str> {
    match delivery {
        Delivery::NotRecognised => Some("not_recognised"),
        Delivery::Refused(code) => Some(code.as_str()),
        Delivery::Queued | Delivery::Relayed | Delivery::Delivered | Delivery::Notified | Delivery::Undeliverable => {
            None
        }
    }
}

fn why(state: State, delivery: Delivery, answer: &Answer, showing: &Showing) -> Option<String> {
    let name = &showing.organisation;
    match (state, delivery) {
        (State::Refused, Delivery::NotRecognised) => Some(format!(
            "{name} does not show your organisation and takes no requests of it; its registrar can change that with \
             `mentormesh trust pin`"
        )),
        (State::Refused, Delivery::Refused(Refused::NotAccepting)) => {
            let long = showing.away.as_ref().map_or_else(|| " now".to_owned(), how_long);
            Some(format!("{name}'s node refused it: this mentor takes no requests{long}"))
        }
        (State::Refused, Delivery::Refused(code)) => Some(format!("{name}'s node refused it: {}", refused(code))),
        (State::Undeliverable, _) => Some(format!("it could not be brought to {name} in time")),
        (State::Expired, Delivery::Queued | Delivery::Relayed) => {
            Some(format!("it did not reach {name} before the wait ended"))
        }
        (State::Expired, _) => Some("nobody answered before the wait ended".to_owned()),
        (State::Accepted, _) => None,
        (State::Declined | State::Blocked, _) => answer.reason.map(|reason| declined(reason).to_owned()),
        (
            State::Queued
            | State::Relayed
            | State::Delivered
            | State::Notified
            | State::Question
            | State::Answered
            | State::Exploring
            | State::Refused
            | State::Withdrawn
            | State::Superseded,
            _,
        ) => None,
    }
}

/// What whoever waits should know: that the mentor takes a pause. It ends no request.
fn pause(state: State, showing: &Showing) -> Option<String> {
    let away = showing.away.as_ref().filter(|_| state.is_open())?;
    let long = how_long(away);
    Some(format!("the mentor takes a pause{long}; this request waits all the same, and the mentee can take it back"))
}

const fn refused(code: Refused) -> &'static str {
    match code {
        Refused::InboxFull => "as many requests wait for this mentor as may; try again in a few days",
        Refused::OrganisationFull => "as many requests of your organisation wait there as may; try again in a few days",
        Refused::Cooldown => "this mentor declined this person less than 30 days ago",
        Refused::PairOpen => "a request of this person to this mentor is open there",
        Refused::NotListed => "this mentor is not listed there any more",
        Refused::NotAccepting => "this mentor takes no requests now",
        Refused::NoIntroduction => "it belongs to nothing that is known there",
        Refused::Malformed => "a text holds a contact or a link, or breaks another rule of that node",
    }
}

const fn declined(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::NoCapacity => "the mentor has no time or no place left",
        DeclineReason::NotRightExpertise => "it is not what the mentor knows",
        DeclineReason::Timing => "it does not fit the mentor now",
        DeclineReason::ConflictOfInterest => "it would not be right for the mentor to take it on",
        DeclineReason::LanguageOrMode => "there is no language or way to meet in common",
        DeclineReason::SomeoneElseBetter => "somebody else fits better",
        DeclineReason::Other => "the mentor said no",
        DeclineReason::NoLongerListed => "the mentor is no longer listed",
        DeclineReason::Blocked => "the mentor wants no further request of this person",
    }
}

/// What can be done next, as commands.
fn next(id: &str, state: State, direction: Direction, also_open: &[OpenRequest]) -> Vec<String> {
    let asked = matches!(state, State::Question);
    let steps: &[&str] = match (direction, state) {
        (Direction::Sent, State::Question) => &["answer ID TEXT", "withdraw ID"],
        (Direction::Sent, open) if open.is_open() => &["withdraw ID"],
        (Direction::Received, State::Exploring) => &["accept ID", "decline ID --reason REASON"],
        (Direction::Received, open) if open.is_open() && !asked => {
            &["accept ID", "ask ID TEXT", "explore ID", "decline ID --reason REASON"]
        }
        (Direction::Received, State::Question) => &["accept ID", "explore ID", "decline ID --reason REASON"],
        (Direction::Sent | Direction::Received, _) => &[],
    };
    let steps = steps.iter().map(|step| format!("mentormesh intro {}", step.replace("ID", id)));
    let superseded = also_open.iter().map(|other| format!("mentormesh intro withdraw {} --superseded", other.id));
    steps.chain(superseded).collect()
}
