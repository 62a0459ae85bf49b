//! What a mentor is mailed.

use mentormesh_protocol::api::Introduction;
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::record::OfferKind;

use super::frame::{Block, Frame};
use super::links::Links;
use super::words_times::{agreed, offered};
use crate::actions::Purpose;

/// The mail for a notice on the mentor's side, unless nothing is to be said.
pub(super) fn frame(what: &str, links: &Links<'_>) -> Option<Frame> {
    let about = links.about;
    let (subject, blocks) = match what {
        "request" => ("A request waits for your answer", request(links)),
        "answer" => ("Your question was answered", answer(links)),
        "reminder_4" => ("A request still waits for your answer", reminder(links)),
        "reminder_10" => ("A request will soon run out", reminder(links)),
        "contact" => ("You can write to each other now", contact(about)),
        "withdrawn" | "superseded" => ("A request was taken back", taken_back(about)),
        "expired" => ("A request has run out", expired(about)),
        "declined" => ("A request was declined for you", declined(about)),
        "not_taken" => ("An answer of yours did not count", not_taken(about)),
        _ => return None,
    };
    Some(Frame { subject, blocks, foot: links.mentor_foot() })
}

fn request(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    let mut blocks = vec![Block::Say(format!(
        "{} of {} asks you for {}.",
        about.mentee,
        about.organisation.name,
        offer(about.offer)
    ))];
    blocks.extend(letter(about));
    blocks.extend(choices(links));
    blocks
}

/// The whole request, which the mentor's own organisation may read to its mentor.
fn letter(about: &Introduction) -> Vec<Block> {
    let mut blocks =
        vec![Block::Quote("About", about.title.clone()), Block::Quote("What it is for", about.purpose.clone())];
    blocks.extend(about.why_you.clone().map(|why| Block::Quote("Why you", why)));
    blocks.extend(offered(about));
    blocks
}

/// What can be answered, in one step each.
fn choices(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    let mut blocks = vec![links.step(Purpose::Accept, "Say yes, and let them have your address")];
    if about.state != State::Exploring {
        blocks.push(links.step(Purpose::Explore, "Agree to a short first call, without deciding yet"));
    }
    if !matches!(about.state, State::Question | State::Exploring) {
        blocks.push(links.step(Purpose::Ask, "Ask something first"));
    }
    blocks.push(links.step(Purpose::Decline, "Say no, with a reason; a no is an answer too"));
    blocks.push(Block::Say(format!("It waits for you until {}.", about.expires_at.date())));
    blocks
}

fn answer(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    let mut blocks = vec![Block::Say(format!("{} answered what you asked.", about.mentee))];
    blocks.extend(last_said(about, State::Answered).map(|text| Block::Quote("The answer", text)));
    blocks.push(Block::Quote("About", about.title.clone()));
    blocks.extend(choices(links));
    blocks
}

fn reminder(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    let mut blocks = vec![Block::Say(format!(
        "{} of {} still waits to hear from you. One step is enough, and a no is kinder than silence.",
        about.mentee, about.organisation.name
    ))];
    blocks.extend(letter(about));
    blocks.extend(choices(links));
    blocks
}

fn contact(about: &Introduction) -> Vec<Block> {
    let mut blocks = vec![Block::Say(format!("You said yes to {}; this is how to reach them.", about.mentee))];
    if let Some(contact) = &about.contact {
        blocks.push(Block::Quote("Their address", contact.email.clone()));
    }
    blocks.extend(agreed(about));
    blocks.push(Block::Quote("About", about.title.clone()));
    blocks
}

fn taken_back(about: &Introduction) -> Vec<Block> {
    let said = format!("{} took a request back. There is nothing left for you to do.", about.mentee);
    vec![Block::Say(said), Block::Quote("About", about.title.clone())]
}

fn expired(about: &Introduction) -> Vec<Block> {
    let said = format!(
        "A request of {} was not answered in time, and they were told so. If you have no time at the moment, take no \
         requests for a while: that is fair to everybody.",
        about.mentee
    );
    vec![Block::Say(said), Block::Quote("About", about.title.clone())]
}

fn declined(about: &Introduction) -> Vec<Block> {
    let said = format!("You are not listed any more, so a request of {} was declined for you.", about.mentee);
    vec![Block::Say(said), Block::Quote("About", about.title.clone())]
}

fn not_taken(about: &Introduction) -> Vec<Block> {
    let said = format!(
        "What you last answered to {} did not count at the other side, most likely because they had taken the request \
         back or its time was over.",
        about.mentee
    );
    vec![Block::Say(said), Block::Quote("About", about.title.clone())]
}

/// What was last said with a step that led to this state.
pub(super) fn last_said(about: &Introduction, state: State) -> Option<String> {
    about.events.iter().rev().filter(|event| event.state == state).find_map(|event| event.text.clone())
}

/// What is asked for, after "asks you for".
const fn offer(kind: OfferKind) -> &'static str {
    match kind {
        OfferKind::Intro15 => "one conversation of about fifteen minutes",
        OfferKind::Micro => "one to three meetings",
        OfferKind::Standard => "a mentoring of some months",
        OfferKind::OpenEnded => "a mentoring without a planned end",
        OfferKind::Peer => "an exchange between peers",
        OfferKind::Reverse => "reverse mentoring, in which the junior mentors the senior",
        OfferKind::Group => "mentoring in a group",
    }
}
