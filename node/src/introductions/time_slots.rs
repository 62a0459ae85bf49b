//! Times that people write by the clock on their wall, and the moments that they mean.
//!
//! A time that clocks skip or show twice is refused and both readings are named: nobody but its writer knows which was
//! meant. The tables of zones are jiff's, compiled in, so that every machine reads a time alike.

use jiff::civil::DateTime;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use mentormesh_protocol::Timestamp;
use mentormesh_protocol::api::{FieldProblem, Problem, SlotInput, SlotView, Times};
use mentormesh_protocol::introduction::{Request, TimeSlot};
use mentormesh_protocol::limits::{
    INTRODUCTION_LIFETIME, MINUTE, SLOT_MINUTES_LEAST, SLOT_MINUTES_MOST, SLOTS, SLOTS_AHEAD,
};

use super::rules::refused;

/// Most bytes of a time as somebody writes it: the longest name of a zone, and a time with its offset.
const TEXT_BYTES: usize = 120;

/// The zone and the times of a request, as they are sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) time_zone: Option<String>,
    pub(super) slots: Option<Vec<TimeSlot>>,
}

/// Reads the zone and the times of a request that is sent now.
pub(super) fn wanted(zone: Option<&str>, slots: &[SlotInput], now: Timestamp) -> Result<Wanted, Problem> {
    let zone = zone.map(str::trim).filter(|zone| !zone.is_empty());
    let wrong = |field: String, problem: String| FieldProblem { field, problem };
    let known = match zone {
        None if slots.is_empty() => return Ok(Wanted::default()),
        None => {
            let problem = "missing; say by which clock these times are meant, like Europe/London";
            return Err(Problem::field("time_zone", problem));
        }
        Some(name) => named(name).map_err(|problem| Problem::field("time_zone", problem))?,
    };
    let time_zone = known.iana_name().map(str::to_owned);
    if slots.len() > SLOTS {
        let problem = format!("{} times, at most {SLOTS} are taken; take some out", slots.len());
        return Err(Problem::field("slots", problem));
    }
    let (mut read, mut errors) = (Vec::new(), Vec::new());
    for (at, slot) in slots.iter().enumerate() {
        if !(SLOT_MINUTES_LEAST..=SLOT_MINUTES_MOST).contains(&slot.minutes) {
            let taken = format!("{SLOT_MINUTES_LEAST} to {SLOT_MINUTES_MOST} minutes are taken");
            errors.push(wrong(format!("slots[{at}].minutes"), format!("{}; {taken}", slot.minutes)));
        }
        let start = moment(&slot.start, &known).and_then(|start| in_time(start, now)).and_then(|start| {
            let twice = read.iter().any(|earlier: &TimeSlot| earlier.start == start);
            if twice { Err("is there twice; take one out".to_owned()) } else { Ok(start) }
        });
        match start {
            Ok(start) => read.push(TimeSlot { start, minutes: slot.minutes }),
            Err(problem) => errors.push(wrong(format!("slots[{at}].start"), problem)),
        }
    }
    refused(errors)?;
    Ok(Wanted { time_zone, slots: Some(read).filter(|slots| !slots.is_empty()) })
}

/// The slots of a request by the clocks of both, and which of them was taken.
pub(super) fn times(request: &Request, mentor_zone: Option<&str>, chosen: Option<u8>) -> Option<Times> {
    let mentee_zone = request.time_zone.clone()?;
    let (mentee, mentor) = (named(&mentee_zone).ok(), mentor_zone.and_then(|zone| named(zone).ok()));
    let slots = request.slots.as_deref().unwrap_or_default().iter().zip(1..).map(|(slot, number)| SlotView {
        number,
        start: slot.start,
        minutes: slot.minutes,
        for_mentee: mentee.as_ref().map(|zone| shown(slot.start, zone)),
        for_mentor: mentor.as_ref().map(|zone| shown(slot.start, zone)),
    });
    Some(Times {
        slots: slots.collect(),
        mentee_zone,
        mentor_zone: mentor_zone.map(str::to_owned),
        chosen: chosen.and_then(|place| place.checked_add(1)),
    })
}

/// The zone of a name.
fn named(name: &str) -> Result<TimeZone, String> {
    let unknown = || format!("`{}` is not a time zone of IANA's; use one like Europe/London", name.escape_debug());
    if name.len() > TEXT_BYTES {
        return Err(unknown());
    }
    let zone = TimeZone::get(name).map_err(|_| unknown())?;
    if zone.iana_name().is_some() { Ok(zone) } else { Err(unknown()) }
}

/// A moment by the clock of a zone, with offset and name (RFC 9557).
fn shown(at: Timestamp, zone: &TimeZone) -> String {
    let milliseconds = i64::try_from(at.0).unwrap_or(i64::MAX);
    let moment = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or(jiff::Timestamp::MAX);
    moment.to_zoned(zone.clone()).to_string()
}

/// The moment that a text means: one of its own if it has an offset, else by the clock of the zone it names, else of
/// the zone that is given.
pub(super) fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    let unread = || format!("`{}` is not a time like 2026-12-01T09:30", text.chars().take(40).collect::<String>());
    let text = text.trim();
    if text.len() > TEXT_BYTES {
        return Err(unread());
    }
    let pieces = Pieces::parse(text).map_err(|_| unread())?;
    let civil = pieces.date().to_datetime(pieces.time().ok_or_else(unread)?);
    let own = pieces.to_time_zone().map_err(|_| unread())?;
    let offset = pieces.to_numeric_offset();
    let zulu = matches!(pieces.offset(), Some(PiecesOffset::Zulu));
    let moment = match (offset, own) {
        (None, own) => by_the_clock(civil, own.as_ref().unwrap_or(zone))?,
        (Some(offset), own) => {
            let moment = offset.to_timestamp(civil).map_err(|_| unread())?;
            if let Some(own) = own.filter(|own| !zulu && own.to_offset(moment) != offset) {
                let name = own.iana_name().unwrap_or_default();
                return Err(format!("{name} is not at {offset} then; leave the offset or the zone out"));
            }
            moment
        }
    };
    let milliseconds = u64::try_from(moment.as_millisecond()).map_err(|_| unread())?;
    if !milliseconds.is_multiple_of(MINUTE) {
        return Err("begins within a minute; take a whole one".to_owned());
    }
    Ok(Timestamp(milliseconds))
}

fn by_the_clock(civil: DateTime, zone: &TimeZone) -> Result<jiff::Timestamp, String> {
    let far = |_| "is no time that a calendar has".to_owned();
    let name = zone.iana_name().unwrap_or_default();
    let (day, time) = (civil.date(), civil.strftime("%H:%M").to_string());
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(civil).map_err(far),
        AmbiguousOffset::Gap { before, after } => {
            let (early, late) = (reading(civil, after, zone), reading(civil, before, zone));
            Err(format!(
                "{name} has no {time} on {day}, when clocks go forward; take {early} before that or {late} after"
            ))
        }
        AmbiguousOffset::Fold { before, after } => {
            let (first, second) = (reading(civil, before, zone), reading(civil, after, zone));
            Err(format!("{name} has {time} twice on {day}, when clocks go back; say which, {first} or {second}"))
        }
    }
}

/// What a time would be if clocks stood so, as it can be typed.
fn reading(civil: DateTime, offset: Offset, zone: &TimeZone) -> String {
    let moment = offset.to_timestamp(civil).unwrap_or(jiff::Timestamp::MAX);
    moment.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M%:z").to_string()
}

/// Only what is still to come and not too far away can be offered.
fn in_time(start: Timestamp, now: Timestamp) -> Result<Timestamp, String> {
    let last = now.plus(INTRODUCTION_LIFETIME).plus(SLOTS_AHEAD);
    if start <= now {
        return Err("has passed; take a later one".to_owned());
    }
    if start > last {
        return Err(format!("is too far away; take one until {}", last.date()));
    }
    Ok(start)
}

#[cfg(test)]
mod tests;
