//! A request in sentences: where it stands and what comes next, to each side; why; and what happened.
//!
//! The API says this in the machine's English; here it is made anew, from states and codes alone.

use askama::filters::Safe;
use mentormesh_protocol::api::{Direction, Introduction, IntroductionEvent};
use mentormesh_protocol::introduction::State;

use super::super::{mine, words};
use crate::speech::Locale;

/// Most characters of a name where many stand one below the other.
const BRIEF: usize = 48;

/// The same with names that leave room for others; whole, they stand at the head of its own page.
pub(in crate::http::web) fn brief(one: &Introduction) -> Introduction {
    let short = |name: &str| match name.char_indices().nth(BRIEF) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or(name)),
        None => name.to_owned(),
    };
    let mut brief = one.clone();
    brief.mentor = one.mentor.as_deref().map(short);
    brief.mentee = short(&one.mentee);
    brief.organisation.name = short(&one.organisation.name);
    brief
}

/// Where it stands, in a word or two.
pub(in crate::http::web) fn label(locale: Locale, state: State) -> String {
    locale.say(&format!("request-state-{}", state.as_str()))
}

/// To whom, or from whom.
pub(in crate::http::web) fn between(locale: Locale, one: &Introduction) -> Safe<String> {
    let (id, name) = match one.direction {
        Direction::Sent => ("requests-to", mine::mentor(locale, one)),
        Direction::Received => ("requests-from", one.mentee.clone()),
    };
    locale.naming(id, &[("name", &name), ("organisation", &one.organisation.name)])
}

/// Where it stands, what comes next and by when.
pub(in crate::http::web) fn stands(locale: Locale, one: &Introduction) -> Safe<String> {
    let (id, name) = match one.direction {
        Direction::Sent => (format!("request-sent-{}", one.state.as_str()), mine::mentor(locale, one)),
        Direction::Received => (format!("request-received-{}", received(one.state)), one.mentee.clone()),
    };
    let day = words::moment(locale, one.expires_at);
    locale.naming(&id, &[("name", &name), ("organisation", &one.organisation.name), ("day", &day)])
}

/// What a mentor tells apart: how a request comes to them is not theirs to follow.
const fn received(state: State) -> &'static str {
    match state {
        State::Queued | State::Relayed | State::Delivered | State::Notified => "waiting",
        State::Refused | State::Undeliverable => "over",
        State::Question
        | State::Answered
        | State::Exploring
        | State::Accepted
        | State::Declined
        | State::Expired
        | State::Withdrawn
        | State::Superseded
        | State::Blocked => state.as_str(),
    }
}

/// Why, if there is more to say than where it stands.
pub(super) fn because(locale: Locale, one: &Introduction) -> Option<String> {
    if one.state.is_open() {
        // While it is open, the only reason is that the mentor takes a pause.
        return one.why.is_some().then(|| locale.say("request-paused"));
    }
    if let Some(code) = &one.refusal {
        return locale.known(&format!("request-refusal-{code}"));
    }
    let reason = one.reason?;
    Some(locale.say(&format!("request-reason-{}", reason.as_str())))
}

/// What happened, in a sentence; `here` is the name of this organisation.
pub(super) fn event(locale: Locale, one: &Introduction, event: &IntroductionEvent, here: &str) -> Safe<String> {
    // A yes that comes from the mentee's side is the address that follows it.
    let address = event.state == State::Accepted && event.by == "mentee";
    let word = if address { "contact" } else { event.state.as_str() };
    let (mentor, organisation) = match one.direction {
        Direction::Sent => (mine::mentor(locale, one), one.organisation.name.as_str()),
        Direction::Received => (mine::mentor(locale, one), here),
    };
    let words = [("mentor", mentor.as_str()), ("mentee", one.mentee.as_str()), ("organisation", organisation)];
    locale.naming(&format!("request-event-{word}"), &words)
}
