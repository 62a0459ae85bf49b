//! The rules of the house: what a request must obey before it is sent, and before it is taken.
//!
//! Both ends check: the mentee's so that nobody writes in vain, the mentor's because the other end may be anybody's.

use mentormesh_protocol::api::{ErrorCode, FieldProblem, ListingState, Problem};
use mentormesh_protocol::introduction::{Refused, Request};
use mentormesh_protocol::limits::{COOLDOWN, INBOX, INBOX_SHARE, OPEN_PER_MENTEE, OPEN_PER_ORGANISATION};
use mentormesh_protocol::record::{Availability, AvailabilityStatus};
use mentormesh_protocol::{Date, Timestamp};
use unicode_normalization::UnicodeNormalization as _;

use crate::contacts;
use crate::desk::{Inbox, ListingRow, Pair};

/// A text as it is sent: trimmed, with plain line ends, in Unicode's NFC.
pub(crate) fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().nfc().collect()
}

/// An optional text as it is sent; an empty one is none.
pub(super) fn tidy_note(text: Option<String>) -> Option<String> {
    text.map(|text| tidy(&text)).filter(|text| !text.is_empty())
}

/// Refuses e-mail addresses, telephone numbers and links, naming every field that has one.
pub(super) fn refuse_contacts<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<(), Problem> {
    let errors: Vec<_> = texts
        .into_iter()
        .filter_map(|(field, text)| {
            let found = contacts::find_or_link(text)?;
            let problem = format!(
                "contains {}, `{}`; take it out: contact details are exchanged by the two nodes after a yes",
                found.what, found.text
            );
            Some(FieldProblem { field: field.to_owned(), problem })
        })
        .collect();
    refused(errors)
}

/// Refuses everything that is wrong at once, so that nobody mends one field after the other.
pub(super) fn refused(errors: Vec<FieldProblem>) -> Result<(), Problem> {
    if errors.is_empty() {
        return Ok(());
    }
    let said: Vec<_> = errors.iter().map(|error| format!("{}: {}", error.field, error.problem)).collect();
    let mut problem = Problem::new(ErrorCode::Invalid, said.join("; "));
    problem.errors = errors;
    Err(problem)
}

/// The texts of a request, by the names that its writer knows them by.
pub(super) fn texts(request: &Request) -> [(&'static str, &str); 4] {
    [
        ("mentee.name", &request.name),
        ("title", &request.title),
        ("purpose", &request.purpose),
        ("why_you", request.why_you.as_deref().unwrap_or_default()),
    ]
}

/// Whether a mentor takes requests on a day, by the availability they show.
pub(super) fn welcomes(availability: &Availability, today: Date) -> bool {
    match availability.on(today).status {
        AvailabilityStatus::Accepting | AvailabilityStatus::Waitlist => true,
        AvailabilityStatus::Paused | AvailabilityStatus::Closed => false,
    }
}

/// Until when a mentor takes a pause, in words that follow "takes no requests" or "takes a pause".
pub(super) fn how_long(availability: &Availability) -> String {
    match (availability.status, availability.until) {
        (AvailabilityStatus::Closed, _) => " any more".to_owned(),
        (_, Some(until)) => format!(" until {until}"),
        (_, None) => " for now".to_owned(),
    }
}

/// Whether one of our mentees may ask, by what they asked before.
pub(super) fn may_ask(open: u64, pair: &Pair, now: Timestamp) -> Result<(), Problem> {
    if pair.open {
        let problem = "a request of this person to this mentor is open";
        return Err(Problem::new(ErrorCode::PairOpen, problem)
            .with_next("see where it stands: mentormesh intro list --sent --open"));
    }
    if pair.blocked {
        let problem = "this mentor wants no further request of this person";
        return Err(Problem::new(ErrorCode::Cooldown, problem).with_next("ask another mentor"));
    }
    if let Some(until) = cools_until(pair).filter(|until| now < *until) {
        let problem = format!("this mentor declined a request of this person; another can be sent on {}", until.date());
        return Err(Problem::new(ErrorCode::Cooldown, problem).with_next("ask another mentor meanwhile"));
    }
    if open >= OPEN_PER_MENTEE {
        let problem = format!("this person has {open} of {OPEN_PER_MENTEE} open requests");
        return Err(Problem::new(ErrorCode::Capacity, problem)
            .with_next("wait for an answer, or take one back: mentormesh intro withdraw ID"));
    }
    Ok(())
}

/// Who sends a request, as the rules at the mentor's side tell organisations apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    /// Our own organisation.
    Own,
    /// One that the operator pinned.
    Pinned,
    /// Any other that is shown.
    Other,
}

/// Whether a request may be taken, by the mentor's listing and by what waits already.
pub(super) fn may_come(
    listing: Option<&ListingRow>,
    pair: &Pair,
    inbox: &Inbox,
    sender: Sender,
    now: Timestamp,
) -> Result<(), Refused> {
    let listed = listing.filter(|row| row.state(now) == ListingState::Published).ok_or(Refused::NotListed)?;
    if !welcomes(&listed.content.profile.availability, now.date()) {
        return Err(Refused::NotAccepting);
    }
    if pair.open {
        return Err(Refused::PairOpen);
    }
    if pair.blocked || cools_until(pair).is_some_and(|until| now < until) {
        return Err(Refused::Cooldown);
    }
    if inbox.mentor >= INBOX {
        return Err(Refused::InboxFull);
    }
    if sender != Sender::Own && inbox.share >= INBOX_SHARE {
        return Err(Refused::OrganisationFull);
    }
    if sender == Sender::Other && inbox.organisation >= OPEN_PER_ORGANISATION {
        return Err(Refused::OrganisationFull);
    }
    Ok(())
}

fn cools_until(pair: &Pair) -> Option<Timestamp> {
    pair.declined_at.map(|at| at.plus(COOLDOWN))
}
