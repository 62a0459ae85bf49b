//! What a mentor is mailed.

use mentormesh_protocol::api::Introduction;
use mentormesh_protocol::introduction::State;

use super::links::Links;
use super::words_times::{agreed, offered};
use crate::actions::Purpose;
use crate::wording::{Block, Frame};

/// The mail for a notice on the mentor's side, unless nothing is to be said.
pub(super) fn frame(what: &str, links: &Links<'_>) -> Option<Frame> {
    let (subject, blocks) = match what {
        "request" => ("mail-subject-request", request(links)),
        "answer" => ("mail-subject-answer", answer(links)),
        "reminder_4" => ("mail-subject-reminder", reminder(links)),
        "reminder_10" => ("mail-subject-last-reminder", reminder(links)),
        "contact" => ("mail-subject-contact", contact(links)),
        "withdrawn" | "superseded" => ("mail-subject-taken-back", about_mentee(links.about, "mail-taken-back")),
        "expired" => ("mail-subject-ran-out", about_mentee(links.about, "mail-ran-out")),
        "declined" => ("mail-subject-declined-for-you", about_mentee(links.about, "mail-declined-for-you")),
        "not_taken" => ("mail-subject-answer-not-taken", about_mentee(links.about, "mail-answer-not-taken")),
        "paused" => ("mail-subject-paused", paused(links)),
        _ => return None,
    };
    Some(Frame { subject, blocks, foot: links.mentor_foot() })
}

fn request(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    // Read out at run time, one message for each kind.
    let offer = links.locale.say(&format!("mail-asks-{}", about.offer.as_str()));
    let words = [("mentee", about.mentee.as_str()), ("organisation", &about.organisation.name), ("offer", &offer)];
    let mut blocks = vec![Block::say("mail-request", &words)];
    blocks.extend(letter(about));
    blocks.extend(offered(links));
    blocks.extend(choices(links));
    blocks
}

/// The whole request, which the mentor's own organisation may read to its mentor.
fn letter(about: &Introduction) -> Vec<Block> {
    let mut blocks = vec![title(about), Block::Quote("mail-purpose", about.purpose.clone())];
    blocks.extend(about.why_you.clone().map(|why| Block::Quote("mail-why-you", why)));
    blocks
}

fn title(about: &Introduction) -> Block {
    Block::Quote("mail-title", about.title.clone())
}

/// What can be answered, in one step each.
fn choices(links: &Links<'_>) -> Vec<Block> {
    let state = links.about.state;
    let mut blocks = vec![links.step(Purpose::Accept, "mail-do-accept")];
    if state != State::Exploring {
        blocks.push(links.step(Purpose::Explore, "mail-do-explore"));
    }
    if !matches!(state, State::Question | State::Exploring) {
        blocks.push(links.step(Purpose::Ask, "mail-do-ask"));
    }
    blocks.push(links.step(Purpose::Decline, "mail-do-decline"));
    blocks.push(Block::say("mail-waits-for-you", &[("day", &links.until())]));
    blocks
}

fn answer(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    let mut blocks = vec![Block::say("mail-answer", &[("mentee", &about.mentee)])];
    blocks.extend(last_said(about, State::Answered).map(|text| Block::Quote("mail-answer-text", text)));
    blocks.push(title(about));
    blocks.extend(choices(links));
    blocks
}

fn reminder(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    let words = [("mentee", about.mentee.as_str()), ("organisation", &about.organisation.name)];
    let mut blocks = vec![Block::say("mail-reminder", &words)];
    blocks.extend(letter(about));
    blocks.extend(offered(links));
    blocks.extend(choices(links));
    blocks
}

fn contact(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    let mut blocks = vec![Block::say("mail-contact", &[("mentee", &about.mentee)])];
    blocks.extend(about.contact.as_ref().map(|contact| Block::Quote("mail-their-address", contact.email.clone())));
    blocks.extend(agreed(links));
    blocks.push(title(about));
    blocks
}

/// One sentence about whoever asked, and what they had asked.
fn about_mentee(about: &Introduction, says: &'static str) -> Vec<Block> {
    vec![Block::say(says, &[("mentee", &about.mentee)]), title(about)]
}

/// The listing was paused by the node, which the mentor may undo.
fn paused(links: &Links<'_>) -> Vec<Block> {
    vec![
        Block::say("mail-paused", &[]),
        Block::say("mail-paused-appeal", &[]),
        Block::Go(format!("{}/listing", links.home)),
    ]
}

/// What was last said with a step that led to this state.
pub(super) fn last_said(about: &Introduction, state: State) -> Option<String> {
    about.events.iter().rev().filter(|event| event.state == state).find_map(|event| event.text.clone())
}
