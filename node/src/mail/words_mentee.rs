//! What a mentee is mailed.

use mentormesh_protocol::api::Introduction;
use mentormesh_protocol::introduction::State;

use super::frame::{Block, Frame};
use super::links::Links;
use super::words_mentor::last_said;
use super::words_times::agreed;
use crate::actions::Purpose;

/// The mail for a notice on the mentee's side, unless nothing is to be said.
pub(super) fn frame(what: &str, links: &Links<'_>) -> Option<Frame> {
    let about = links.about;
    let (subject, mut blocks) = match what {
        "delivered" => ("Your request has arrived", delivered(about)),
        "question" => ("You were asked something", question(links)),
        "exploring" => ("A first call is agreed", exploring(about)),
        "accepted" => ("A mentor said yes", accepted(about)),
        "declined" | "blocked" => ("An answer to your request", declined(about, links.home)),
        "expired" => ("Your request has run out", unanswered(about)),
        "refused" | "undeliverable" => ("Your request could not be delivered", unanswered(about)),
        "not_taken" => ("Something you sent did not count", not_taken(about)),
        _ => return None,
    };
    blocks.push(Block::Quote("Your request", about.title.clone()));
    Some(Frame { subject, blocks, foot: links.mentee_foot() })
}

fn mentor(about: &Introduction) -> &str {
    about.mentor.as_deref().unwrap_or("the mentor")
}

fn delivered(about: &Introduction) -> Vec<Block> {
    vec![Block::Say(format!(
        "Your request has arrived at {}, who will tell {}. You will hear from us whatever happens, at the latest on {}.",
        about.organisation.name,
        mentor(about),
        about.expires_at.date()
    ))]
}

fn question(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    let mut blocks = vec![Block::Say(format!("{} would like to know something before deciding.", mentor(about)))];
    blocks.extend(last_said(about, State::Question).map(|text| Block::Quote("The question", text)));
    blocks.push(links.step(Purpose::Answer, "Answer"));
    blocks.push(Block::Say(format!("Your request now waits until {}.", about.expires_at.date())));
    blocks
}

fn exploring(about: &Introduction) -> Vec<Block> {
    vec![Block::Say(format!(
        "{} agrees to a short first call before deciding. You will get their address with their yes.",
        mentor(about)
    ))]
}

fn accepted(about: &Introduction) -> Vec<Block> {
    let mut blocks = vec![Block::Say(format!("{} said yes. Write to them within a few days.", mentor(about)))];
    blocks.extend(about.message.clone().map(|text| Block::Quote("What they say", text)));
    if let Some(contact) = &about.contact {
        blocks.push(Block::Quote("Their address", contact.email.clone()));
    }
    blocks.extend(agreed(about));
    blocks
}

fn declined(about: &Introduction, home: &str) -> Vec<Block> {
    let why = about.why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
    let mut blocks = vec![Block::Say(format!("This time it is a no{why}."))];
    blocks.extend(about.message.clone().map(|text| Block::Quote("What they say", text)));
    if let Some(referral) = &about.referral {
        blocks.push(Block::Quote("Whom they suggest instead", format!("{home}/mentors/{referral}")));
    }
    blocks.push(Block::Say(
        "A no says more about time and fit than about you. Other mentors can be asked right away.".to_owned(),
    ));
    blocks
}

fn unanswered(about: &Introduction) -> Vec<Block> {
    let why = about.why.as_deref().unwrap_or("it was not answered");
    vec![
        Block::Say(format!("Nothing came of your request to {}: {why}.", mentor(about))),
        Block::Say("That is no judgement of what you wrote. Other mentors can be asked right away.".to_owned()),
    ]
}

fn not_taken(about: &Introduction) -> Vec<Block> {
    vec![Block::Say(format!(
        "What you last sent to {} did not count at the other side, most likely because its time was over.",
        mentor(about)
    ))]
}
