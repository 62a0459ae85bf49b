//! What a mentee is mailed.

use mentormesh_protocol::api::Introduction;
use mentormesh_protocol::introduction::State;

use super::links::Links;
use super::words_mentor::last_said;
use super::words_times::agreed;
use crate::actions::Purpose;
use crate::introductions::MENTOR_PAUSED;
use crate::speech::Locale;
use crate::wording::{Block, Frame};

/// The mail for a notice on the mentee's side, unless nothing is to be said.
pub(super) fn frame(what: &str, links: &Links<'_>) -> Option<Frame> {
    let (subject, mut blocks) = match what {
        "delivered" => ("mail-subject-delivered", delivered(links)),
        "question" => ("mail-subject-question", question(links)),
        "exploring" => ("mail-subject-exploring", about_mentor(links, "mail-exploring")),
        "accepted" => ("mail-subject-accepted", accepted(links)),
        "declined" | "blocked" => ("mail-subject-declined", declined(links)),
        "expired" => ("mail-subject-expired", unanswered(links)),
        "refused" | "undeliverable" => ("mail-subject-undeliverable", unanswered(links)),
        MENTOR_PAUSED => ("mail-subject-mentor-paused", mentor_paused(links)),
        "not_taken" => ("mail-subject-not-taken", about_mentor(links, "mail-not-taken")),
        _ => return None,
    };
    blocks.push(Block::Quote("mail-request-title", links.about.title.clone()));
    Some(Frame { subject, blocks, foot: links.mentee_foot() })
}

/// What the mentor is called, known by name or not.
pub(super) fn mentor(links: &Links<'_>) -> String {
    links.about.mentor.clone().unwrap_or_else(|| links.locale.say("mail-the-mentor"))
}

fn about_mentor(links: &Links<'_>, says: &'static str) -> Vec<Block> {
    vec![Block::say(says, &[("mentor", &mentor(links))])]
}

fn delivered(links: &Links<'_>) -> Vec<Block> {
    let words = [("organisation", links.about.organisation.name.as_str()), ("mentor", &mentor(links))];
    vec![Block::say("mail-delivered", &words), Block::say("mail-delivered-until", &[("day", &links.until())])]
}

fn question(links: &Links<'_>) -> Vec<Block> {
    let mut blocks = about_mentor(links, "mail-question");
    blocks.extend(last_said(links.about, State::Question).map(|text| Block::Quote("mail-question-text", text)));
    blocks.push(links.step(Purpose::Answer, "mail-do-answer"));
    blocks.push(Block::say("mail-waits-for-them", &[("day", &links.until())]));
    blocks
}

fn accepted(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    let mut blocks = about_mentor(links, "mail-accepted");
    blocks.extend(about.message.clone().map(|text| Block::Quote("mail-their-words", text)));
    blocks.extend(about.contact.as_ref().map(|contact| Block::Quote("mail-their-address", contact.email.clone())));
    blocks.extend(agreed(links));
    blocks
}

fn declined(links: &Links<'_>) -> Vec<Block> {
    let about = links.about;
    let mut blocks = vec![Block::say("mail-declined", &[("why", &why(links.locale, about))])];
    blocks.extend(about.message.clone().map(|text| Block::Quote("mail-their-words", text)));
    let referral = about.referral.as_ref().map(|referral| format!("{}/mentors/{referral}", links.home));
    blocks.extend(referral.map(|address| Block::Quote("mail-referral", address)));
    blocks.push(Block::say("mail-declined-next", &[]));
    blocks
}

fn unanswered(links: &Links<'_>) -> Vec<Block> {
    let words = [("mentor", mentor(links)), ("why", why(links.locale, links.about))];
    let words = words.each_ref().map(|(name, word)| (*name, word.as_str()));
    vec![Block::say("mail-unanswered", &words), Block::say("mail-unanswered-next", &[])]
}

/// A pause ends no request and stops no clock: both are said, and what can be done meanwhile.
fn mentor_paused(links: &Links<'_>) -> Vec<Block> {
    let name = mentor(links);
    let paused = match links.away.and_then(|away| away.until) {
        Some(until) => {
            let day = links.locale.day(until);
            Block::say("mail-mentor-paused-until", &[("mentor", &name), ("day", &day)])
        }
        None => Block::say("mail-mentor-paused", &[("mentor", &name)]),
    };
    let page = format!("{}/requests/{}", links.home, links.about.id);
    vec![
        paused,
        Block::say("mail-mentor-paused-waits", &[("day", &links.until())]),
        Block::say("mail-mentor-paused-next", &[]),
        Block::Go(page),
    ]
}

/// Why it came to nothing: the reason of a no, the code of a refusal, or how else it ended.
fn why(locale: Locale, about: &Introduction) -> String {
    let reason = about.reason.map(|reason| reason.as_str().to_owned()).or_else(|| about.refusal.clone());
    let known = |word: &str| locale.known(&format!("mail-why-{word}"));
    let why = reason.and_then(|word| known(&word)).or_else(|| known(about.state.as_str()));
    why.unwrap_or_else(|| locale.say("mail-why-other"))
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::introduction::{DeclineReason, Refused};

    use super::*;

    #[test]
    fn every_reason_of_a_no_has_its_words_in_every_language() {
        let reasons = DeclineReason::ALL.iter().map(|reason| reason.as_str());
        let refusals = Refused::ALL.iter().map(|code| code.as_str());
        let ends = ["not_recognised", "undeliverable", "expired"];
        for word in reasons.chain(refusals).chain(ends) {
            for locale in Locale::ALL {
                assert!(locale.known(&format!("mail-why-{word}")).is_some(), "{locale:?}: {word}");
            }
        }
    }
}
