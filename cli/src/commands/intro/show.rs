//! `intro show`: one introduction in words, as long as a page or in a line.

use clap::Args;
use mentormesh_protocol::api::{Contact, Direction, Introduction, IntroductionEvent};
use mentormesh_protocol::introduction::State;

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};

const EXAMPLES: &str = "Examples:
  mentormesh intro show k3v9qa
  mentormesh intro show k3v9qa --reason 'a complaint of the mentee'
  mentormesh intro show k3v9qa --json | jq .contact";

/// One introduction: what was asked, what happened, what can be done next
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Show {
    /// Its id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// The mentee's side, when both sides are of this organisation
    #[arg(long)]
    sent: bool,
    /// Why you read it, when you are neither of the two; it is kept on the audit trail
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Show {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let path = format!("/introductions/{}", super::super::segment(&self.id)?);
        let direction = self.sent.then(|| ("direction", Direction::Sent.as_str().to_owned()));
        let reason = self.reason.as_ref().map(|reason| ("reason", reason.clone()));
        let asked: Vec<_> = direction.into_iter().chain(reason).collect();
        let answer = context.client()?.get_with(&path, &asked)?;
        if context.output.answer(&answer)? { Ok(()) } else { page(context, &typed(&answer)?) }
    }
}

fn page(context: &Context, one: &Introduction) -> Result<(), Failure> {
    let output = &context.output;
    output.line(&output.paint.bold(&clean(&one.title)))?;
    output.line(&format!("{}\n", clean(&headline(one))))?;
    output.line(&clean(&one.purpose))?;
    if let Some(why) = &one.why_you {
        output.line(&format!("\nWhy this mentor: {}", clean(why)))?;
    }
    output.line("")?;
    let mut table = Table::fields();
    table.field("state", stands(one));
    table.field("reason", one.reason.map(|reason| reason.as_str().replace('_', " ")).unwrap_or_default());
    table.field("message", one.message.clone().unwrap_or_default());
    table.field("ask instead", one.referral.map(|profile| profile.to_string()).unwrap_or_default());
    table.field("on its way", one.on_its_way.clone().unwrap_or_default());
    table.field("waits until", if one.state.is_open() { one.expires_at.to_string() } else { String::new() });
    table.field("contact", one.contact.as_ref().map(contact).unwrap_or_default());
    table.field("profile", one.profile.to_string());
    table.field("id", one.id.to_string());
    output.table(table)?;
    times(context, one)?;
    output.line("")?;
    let mut table = Table::fields();
    for event in &one.events {
        table.field(&event.at.to_string(), happened(event));
    }
    output.table(table)?;
    others(context, one)?;
    hints(context, one);
    Ok(())
}

/// When the two could meet, by the clocks of both.
fn times(context: &Context, one: &Introduction) -> Result<(), Failure> {
    let Some(times) = one.times.as_ref().filter(|times| !times.slots.is_empty()) else { return Ok(()) };
    let mentor = times.mentor_zone.as_deref().unwrap_or("time zone unknown");
    let heading = format!("\nWhen they could meet (mentor: {mentor}; mentee: {}):", times.mentee_zone);
    context.output.line(&clean(&heading))?;
    let mut table = Table::new(&["slot", "for the mentor", "for the mentee", "minutes", ""]);
    for slot in &times.slots {
        table.row([
            slot.number.to_string(),
            slot.for_mentor.as_deref().map(by_the_clock).unwrap_or_default(),
            slot.for_mentee.as_deref().map_or_else(|| slot.start.to_string(), by_the_clock),
            slot.minutes.to_string(),
            if times.chosen == Some(slot.number) { "agreed".to_owned() } else { String::new() },
        ]);
    }
    context.output.table(table)
}

/// `2026-12-01 09:30 Europe/London` of a time with its offset and zone (RFC 9557).
fn by_the_clock(text: &str) -> String {
    let (time, zone) = text.split_once('[').unwrap_or((text, ""));
    let minute: String = time.chars().take(16).collect();
    format!("{} {}", minute.replace('T', " "), zone.trim_end_matches(']')).trim_end().to_owned()
}

/// Who else can be asked, and what else waits.
fn others(context: &Context, one: &Introduction) -> Result<(), Failure> {
    if !one.alternatives.is_empty() {
        context.output.line("\nOthers who can be asked:")?;
        let mut table = Table::new(&["profile", "name", "headline", "organisation", "why"]);
        for other in &one.alternatives {
            table.row([
                other.id.to_string(),
                other.name.clone(),
                other.headline.clone(),
                other.organisation.name.clone(),
                other.why.first().cloned().unwrap_or_default(),
            ]);
        }
        context.output.table(table)?;
    }
    if !one.also_open.is_empty() {
        context.output.line("\nAlso waiting for an answer to this mentee:")?;
        let mut table = Table::new(&["id", "title"]);
        for other in &one.also_open {
            table.row([other.id.short(), other.title.clone()]);
        }
        context.output.table(table)?;
    }
    Ok(())
}

/// What became of a step: the state on stdout, the rest as talk.
pub(super) fn brief(context: &Context, one: &Introduction) -> Result<(), Failure> {
    context.output.say(&clean(&stands(one)));
    if let Some(way) = &one.on_its_way {
        context.output.say(&clean(way));
    }
    if let Some(other) = &one.contact {
        context.output.say(&clean(&format!("contact: {}", contact(other))));
    }
    hints(context, one);
    Ok(())
}

fn hints(context: &Context, one: &Introduction) {
    for next in &one.next {
        context.output.say(&format!("→ {}", clean(next)));
    }
}

fn headline(one: &Introduction) -> String {
    let mentor = one.mentor.clone().unwrap_or_else(|| "a mentor".to_owned());
    let offer = one.offer.as_str();
    let organisation = format!("{} ({})", one.organisation.name, one.organisation.id.short());
    match one.direction {
        Direction::Sent => format!("{} asks {mentor} of {organisation} for {offer}", one.mentee),
        Direction::Received => format!("{} of {organisation} asks {mentor} for {offer}", one.mentee),
    }
}

fn contact(contact: &Contact) -> String {
    match &contact.name {
        Some(name) => format!("{name}, {}", contact.email),
        None => contact.email.clone(),
    }
}

/// A state with what it means for whoever looks, and why if there is a reason.
fn stands(one: &Introduction) -> String {
    let meaning = match one.state {
        State::Queued => "goes to the mentor's node as soon as that can be reached",
        State::Relayed => "another node keeps it for the mentor's node",
        State::Delivered => "the mentor's node has it",
        State::Notified => "the mentor was told",
        State::Question => "the mentor asked something; the mentee answers next",
        State::Answered => "the mentee answered; the mentor is next",
        State::Exploring => "a short first call is agreed; a yes or a no follows",
        State::Accepted => "the mentor said yes; each side gets the other's contact",
        State::Declined => "the mentor said no",
        State::Refused => "the mentor's node refused it",
        State::Expired => "nobody answered in time",
        State::Withdrawn => "the mentee took it back",
        State::Superseded => "the mentee took it back, because another mentor said yes",
        State::Blocked => "the mentor wants no further request of this person",
        State::Undeliverable => "it could not be brought to the mentor",
    };
    let why = one.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
    format!("{}: {meaning}{why}", one.state.as_str())
}

/// One line of what happened.
fn happened(event: &IntroductionEvent) -> String {
    let by_mentee = event.by == "mentee";
    let what = match event.state {
        // The mentor's node hears of a request when it is there, and of a yes once more when the address follows.
        State::Delivered if by_mentee => "asked",
        State::Accepted if by_mentee => "gave their address",
        State::Queued => "asked",
        State::Relayed => "gave it to another node to keep",
        State::Delivered => "brought it to the mentor's node",
        State::Notified => "told the mentor",
        State::Question => "asked back",
        State::Answered => "answered",
        State::Exploring => "agreed to a short first call",
        State::Accepted => "said yes",
        State::Declined => "said no",
        State::Refused => "refused it by a rule",
        State::Expired => "saw the time run out",
        State::Withdrawn => "took it back",
        State::Superseded => "took it back, because another mentor said yes",
        State::Blocked => "said no, and wants no further request of this person",
        State::Undeliverable => "could not bring it to the mentor",
    };
    let text = event.text.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
    format!("the {} {what}{text}", event.by)
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::OrganisationRef;
    use mentormesh_protocol::record::OfferKind;
    use mentormesh_protocol::{IntroductionId, OrganisationId, Timestamp};

    use super::*;

    fn one(state: State) -> Introduction {
        let id = format!("{}.{}", "a".repeat(52), "a".repeat(26));
        Introduction {
            id: IntroductionId([7; 16]),
            state,
            direction: Direction::Received,
            profile: id.parse().expect("a profile"),
            mentor: Some("Ada Okafor".to_owned()),
            organisation: OrganisationRef { id: OrganisationId([2; 32]), name: "Guild of Bo".to_owned() },
            mentee: "Bo Hansen".to_owned(),
            title: "Fifteen minutes on social media".to_owned(),
            purpose: "…".to_owned(),
            why_you: None,
            offer: OfferKind::Intro15,
            times: None,
            created_at: Timestamp(1_795_315_200_000),
            expires_at: Timestamp(1_796_524_800_000),
            on_its_way: None,
            why: None,
            refusal: None,
            reason: None,
            message: None,
            referral: None,
            alternatives: Vec::new(),
            block: None,
            put_aside: false,
            also_open: Vec::new(),
            withheld: false,
            contact: None,
            events: Vec::new(),
            next: Vec::new(),
        }
    }

    #[test]
    fn every_state_is_said_in_its_word_and_in_more_words() {
        for state in State::ALL {
            let said = stands(&one(state));
            let (word, meaning) = said.split_once(": ").expect("a word and its meaning");
            assert_eq!(word, state.as_str());
            assert!(meaning.len() > 10, "{said}");
        }
    }

    #[test]
    fn the_headline_says_who_asks_whom_from_either_side() {
        let received = headline(&one(State::Delivered));
        assert!(received.starts_with("Bo Hansen of Guild of Bo ("), "{received}");
        let sent = headline(&Introduction { direction: Direction::Sent, ..one(State::Delivered) });
        assert!(sent.starts_with("Bo Hansen asks Ada Okafor of Guild of Bo ("), "{sent}");
    }

    #[test]
    fn a_time_is_shown_by_the_clock_of_its_zone() {
        assert_eq!(by_the_clock("2026-12-01T09:30:00+00:00[Europe/London]"), "2026-12-01 09:30 Europe/London");
        assert_eq!(by_the_clock("2026-12-01T09:30:00Z"), "2026-12-01 09:30");
    }

    #[test]
    fn a_question_is_shown_with_who_asked_it() {
        let event = IntroductionEvent {
            at: Timestamp(0),
            state: State::Question,
            by: "mentor".to_owned(),
            text: Some("Which country?".to_owned()),
        };
        assert_eq!(happened(&event), "the mentor asked back: Which country?");
    }

    #[test]
    fn the_mentor_s_side_says_of_the_mentee_only_what_they_did() {
        let by_mentee =
            |state| happened(&IntroductionEvent { at: Timestamp(0), state, by: "mentee".to_owned(), text: None });
        assert_eq!(by_mentee(State::Delivered), "the mentee asked");
        assert_eq!(by_mentee(State::Accepted), "the mentee gave their address");
    }
}
