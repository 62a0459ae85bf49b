//! What each side can do once a request is under way. A step is checked against the exchange and written in one
//! change of the desk, so that of two at once the second sees the first.

use mentormesh_protocol::api::{AcceptInput, DeclineInput, Direction, ErrorCode, Introduction, ListingState, Problem};
use mentormesh_protocol::introduction::{Contact, DeclineReason, LetterBody, Side, What};
use mentormesh_protocol::record::Availability;
use mentormesh_protocol::signed::{EnvelopeError, PayloadError};
use mentormesh_protocol::{Date, IntroductionId, MessageId, ProfileId, Subject, Timestamp};

use super::half::Half;
use super::rules::{refuse_contacts, tidy, tidy_note};
use super::send::draw;
use super::{Introductions, Step};
use crate::contacts;
use crate::desk::{ListingRow, Write};
use crate::event::Event;
use crate::signing::SignError;

/// Longest report in characters.
const REPORT: usize = 1_200;

impl Introductions {
    /// Takes a step; when this returns, it is durable and on its way to the other side.
    ///
    /// # Errors
    /// When there is no such introduction, it is not the time for this step, or a text breaks a rule.
    pub async fn step(&self, id: &IntroductionId, step: Step, by: &str) -> Result<Introduction, Problem> {
        let (what, step) = (what(&step), checked(step)?);
        let direction = if what.side() == Side::Mentee { Direction::Sent } else { Direction::Received };
        let message = MessageId(draw()?);
        let mut write = self.desk.write().await?;
        let Some(mut half) = Half::load(&mut write, id, direction).await? else {
            return Err(other_side(&mut write, id, direction).await?);
        };
        if write.recall_waits(&half.row.organisation).await? {
            let name = self.views.borrow().name(&half.row.organisation);
            let problem = format!(
                "this node stopped badly or was restored, and waits for {name}'s node to say what was answered already"
            );
            return Err(Problem::new(ErrorCode::Busy, problem).with_next("try again once that node is reachable"));
        }
        half.exchange
            .may(direction.side(), what, write.now())
            .map_err(|not_now| Problem::new(ErrorCode::Conflict, not_now.to_string()))?;
        let (report, pause_until) = (report(&step)?, pause_until(&step));
        let body = body(&mut write, &half, step).await?;
        half.say(&mut write, &self.signer, message, body).await.map_err(problem_of)?;
        half.settle(&mut write, side_word(direction), Some(message)).await?;
        write.note(by, &format!("introduction.{}", what.as_str()), &id.to_string(), "").await?;
        if let Some(report) = &report {
            write.report(id, report, by).await?;
            write.note(by, "introduction.reported", &id.to_string(), "").await?;
        }
        let mentor = half.row.subject;
        if direction == Direction::Received {
            write.spoke(&mentor).await?;
        }
        if let Some(until) = pause_until {
            pause(&mut write, &mentor, until, by).await?;
        }
        write.commit().await?;
        if pause_until.is_some() {
            let profile = ProfileId { organisation: self.signer.organisation(), subject: mentor };
            self.events.tell(Event::Planned(profile));
        }
        self.wake();
        self.changed(*id, direction);
        self.show(id, Some(direction)).await
    }
}

/// Who acts on a side, as events write it.
pub(super) const fn side_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "mentee",
        Direction::Received => "mentor",
    }
}

fn what(step: &Step) -> What {
    match step {
        Step::Question(_) => What::Question,
        Step::Answer(_) => What::Answer,
        Step::Explore => What::Explore,
        Step::Accept(_) => What::Accept,
        Step::Decline(input) => What::Decline { blocked: input.reason == DeclineReason::Blocked },
        Step::Withdraw(input) => What::Withdraw { superseded: input.superseded },
    }
}

/// The step with its texts as they are sent.
fn checked(step: Step) -> Result<Step, Problem> {
    let step = match step {
        Step::Question(text) => Step::Question(tidy(&text)),
        Step::Answer(text) => Step::Answer(tidy(&text)),
        Step::Accept(input) => Step::Accept(AcceptInput { message: tidy_note(input.message), ..input }),
        Step::Decline(input) => Step::Decline(DeclineInput { message: tidy_note(input.message), ..input }),
        Step::Explore => Step::Explore,
        Step::Withdraw(input) => Step::Withdraw(input),
    };
    let said = match &step {
        Step::Question(text) | Step::Answer(text) => Some(("text", text.as_str())),
        Step::Accept(AcceptInput { message, .. }) | Step::Decline(DeclineInput { message, .. }) => {
            message.as_deref().map(|message| ("message", message))
        }
        Step::Explore | Step::Withdraw(_) => None,
    };
    refuse_contacts(said)?;
    Ok(step)
}

/// What stays at this node of a no: a report to our own registrar.
fn report(step: &Step) -> Result<Option<String>, Problem> {
    let Step::Decline(DeclineInput { reason, report: Some(report), .. }) = step else { return Ok(None) };
    if *reason != DeclineReason::Blocked {
        let problem = "goes with the reason `blocked` alone; leave it out, or block the person";
        return Err(Problem::field("report", problem));
    }
    let report = tidy(report);
    let length = report.chars().count();
    if !(1..=REPORT).contains(&length) {
        return Err(Problem::field("report", format!("{length} characters; 1 to {REPORT} are taken")));
    }
    Ok(Some(report))
}

/// Until when the mentor who says no wants no other request.
fn pause_until(step: &Step) -> Option<Date> {
    match step {
        Step::Decline(input) => input.pause_until,
        Step::Question(_) | Step::Answer(_) | Step::Explore | Step::Accept(_) | Step::Withdraw(_) => None,
    }
}

/// Pauses the mentor's listing; that it is signed follows.
async fn pause(write: &mut Write, mentor: &Subject, until: Date, by: &str) -> Result<(), Problem> {
    let Some(before) = write.availability(mentor).await? else { return Ok(()) };
    let paused = Availability::paused(before.places, None, Some(until), write.now().date())
        .map_err(|invalid| Problem::field("pause_until", invalid.problem))?;
    write.set_availability(mentor, &paused, by).await?;
    Ok(write.note(by, "listing.paused", &mentor.to_string(), &format!("until {until}")).await?)
}

async fn body(write: &mut Write, half: &Half, step: Step) -> Result<LetterBody, Problem> {
    Ok(match step {
        Step::Question(text) => LetterBody::Question(text),
        Step::Answer(text) => LetterBody::Answer(text),
        Step::Explore => LetterBody::Explore,
        Step::Accept(input) => {
            let listing = place(write, half).await?;
            let slot = input.slot.map(|number| suits(half, number, write.now())).transpose()?;
            LetterBody::Accept(input.message, contact(input.contact, &listing)?, slot)
        }
        Step::Decline(DeclineInput { reason, message, referral, .. }) => {
            LetterBody::Decline { reason, message, referral }
        }
        Step::Withdraw(input) => LetterBody::Withdraw { superseded: input.superseded },
    })
}

/// The place of the slot of this number, if the mentee offered it and it is still to come.
fn suits(half: &Half, number: u8, now: Timestamp) -> Result<u8, Problem> {
    let request = half.request();
    let offered = request.as_ref().and_then(|request| request.slots.as_ref()).map_or(0, Vec::len);
    let place = number.checked_sub(1);
    let slot = place.and_then(|place| request.as_ref()?.slot(place));
    let Some((place, slot)) = place.zip(slot) else {
        let problem =
            format!("{number} is none of the {offered} times that the mentee offers; leave it out, or see them");
        let next = format!("see them: mentormesh intro show {}", half.row.id);
        return Err(Problem::field("slot", problem).with_next(next));
    };
    if slot.start <= now {
        let problem = format!("time {number} has passed; take a later one, or none and agree with the mentee");
        return Err(Problem::field("slot", problem));
    }
    Ok(place)
}

/// The mentor's listing, if it has a place left.
async fn place(write: &mut Write, half: &Half) -> Result<ListingRow, Problem> {
    let subject = half.row.subject;
    let listing = write.listing(&subject).await?.filter(|row| !row.is_erased());
    let Some(listing) = listing.filter(|row| row.state(write.now()) == ListingState::Published) else {
        let problem =
            format!("listing {subject} is not on the network any more, so that nothing can be accepted for it");
        return Err(Problem::new(ErrorCode::Conflict, problem).with_next("publish it again, or decline"));
    };
    let (taken, places) = (write.places_taken(&subject).await?, listing.content.profile.availability.places);
    if taken < u64::from(places) {
        return Ok(listing);
    }
    let problem = format!("{taken} of {places} places of this mentor are taken");
    let next = format!("decline it, or give the listing more places: mentormesh profile edit {subject}");
    Err(Problem::new(ErrorCode::Capacity, problem).with_next(next))
}

/// How to reach the mentor: as they say now, or as their listing says.
fn contact(input: Option<mentormesh_protocol::api::Contact>, listing: &ListingRow) -> Result<Contact, Problem> {
    let given = input.unwrap_or_else(|| listing.content.contact.clone());
    let name = tidy_note(given.name)
        .or_else(|| listing.content.contact.name.clone())
        .unwrap_or_else(|| listing.content.profile.display_name.clone());
    let email = tidy(&given.email);
    if !contacts::is_address(&email) {
        let problem = format!("`{email}` is not an e-mail address like ada@example.org");
        return Err(Problem::field("contact.email", problem));
    }
    let contact = Contact { name, email };
    contact.check()?;
    Ok(contact)
}

/// Why a letter was not signed, a field that breaks its rule above all.
fn problem_of(error: SignError) -> Problem {
    if let SignError::Envelope(EnvelopeError::Payload(PayloadError::Invalid(invalid))) = error {
        return invalid.into();
    }
    error.into()
}

/// Why there is nothing to do this step on: no such introduction, or only its other side is here.
async fn other_side(write: &mut Write, id: &IntroductionId, direction: Direction) -> Result<Problem, Problem> {
    let other = if direction == Direction::Sent { Direction::Received } else { Direction::Sent };
    Ok(match write.introduction(id, other).await? {
        None => absent(id),
        Some(_) => {
            let only = mentormesh_protocol::introduction::NotNow::OtherSide(direction.side());
            Problem::new(ErrorCode::Conflict, only.to_string())
        }
    })
}

/// There is no introduction with this id.
pub(super) fn absent(id: &IntroductionId) -> Problem {
    Problem::new(ErrorCode::NotFound, format!("no introduction has the id {id}"))
        .with_next("see what there is: mentormesh intro list")
}
