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

use super::no_slot::{NoSlot, Readings};
use super::rules::refused;

/// Most bytes of a time as somebody writes it: the longest name of a zone, and a time with its offset.
const TEXT_BYTES: usize = 120;

/// The parts of the world that zones are named by; what else has a name is kept for old machines.
const PARTS: [&str; 10] =
    ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

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
    for (at, slot) in judged(&known, slots, now).into_iter().enumerate() {
        match slot {
            Ok(slot) => read.push(slot),
            Err(problem @ NoSlot::Length(_)) => errors.push(wrong(format!("slots[{at}].minutes"), problem.to_string())),
            Err(problem) => errors.push(wrong(format!("slots[{at}].start"), problem.to_string())),
        }
    }
    refused(errors)?;
    Ok(Wanted { time_zone, slots: Some(read).filter(|slots| !slots.is_empty()) })
}

/// Each slot as it would be sent now, or why it cannot be.
fn judged(zone: &TimeZone, slots: &[SlotInput], now: Timestamp) -> Vec<Result<TimeSlot, NoSlot>> {
    let mut starts = Vec::new();
    let one = |slot: &SlotInput| {
        if !(SLOT_MINUTES_LEAST..=SLOT_MINUTES_MOST).contains(&slot.minutes) {
            return Err(NoSlot::Length(slot.minutes));
        }
        let start = in_time(moment(&slot.start, zone)?, now)?;
        if starts.contains(&start) {
            return Err(NoSlot::Repeated);
        }
        starts.push(start);
        Ok(TimeSlot { start, minutes: slot.minutes })
    };
    slots.iter().map(one).collect()
}

/// What is wrong with each of these times, meant by the clock of this zone.
///
/// # Errors
/// When there is no such zone.
pub(crate) fn judged_slots(zone: &str, slots: &[SlotInput], now: Timestamp) -> Result<Vec<Option<NoSlot>>, String> {
    Ok(judged(&named(zone)?, slots, now).into_iter().map(Result::err).collect())
}

/// These times by the clocks of both, as a request with them would show them; those that cannot be offered left out.
pub(crate) fn shown_slots(zone: &str, slots: &[SlotInput], mentor: Option<&str>, now: Timestamp) -> Vec<SlotView> {
    let Ok(own) = named(zone) else { return Vec::new() };
    let read: Vec<_> = judged(&own, slots, now).into_iter().filter_map(Result::ok).collect();
    views(&read, Some(&own), mentor.and_then(|zone| named(zone).ok()).as_ref())
}

/// The names of all zones to choose from, by part of the world.
pub(crate) fn zones() -> Vec<(String, Vec<String>)> {
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    let mut names: Vec<_> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
    names.sort_unstable();
    for name in names {
        let Some((part, _)) = name.split_once('/').filter(|(part, _)| PARTS.contains(part)) else { continue };
        match parts.last_mut().filter(|(known, _)| known == part) {
            Some((_, zones)) => zones.push(name),
            None => parts.push((part.to_owned(), vec![name])),
        }
    }
    parts
}

/// The slots of a request by the clocks of both, and which of them was taken.
pub(super) fn times(request: &Request, mentor_zone: Option<&str>, chosen: Option<u8>) -> Option<Times> {
    let mentee_zone = request.time_zone.clone()?;
    let (mentee, mentor) = (named(&mentee_zone).ok(), mentor_zone.and_then(|zone| named(zone).ok()));
    Some(Times {
        slots: views(request.slots.as_deref().unwrap_or_default(), mentee.as_ref(), mentor.as_ref()),
        mentee_zone,
        mentor_zone: mentor_zone.map(str::to_owned),
        chosen: chosen.and_then(|place| place.checked_add(1)),
    })
}

/// Slots with their numbers, by the clocks of both.
fn views(slots: &[TimeSlot], mentee: Option<&TimeZone>, mentor: Option<&TimeZone>) -> Vec<SlotView> {
    let view = |(slot, number): (&TimeSlot, u8)| SlotView {
        number,
        start: slot.start,
        minutes: slot.minutes,
        for_mentee: mentee.map(|zone| shown(slot.start, zone)),
        for_mentor: mentor.map(|zone| shown(slot.start, zone)),
    };
    slots.iter().zip(1..).map(view).collect()
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
pub(super) fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, NoSlot> {
    let unread = || NoSlot::Unread(text.chars().take(40).collect());
    let text = text.trim();
    if text.len() > TEXT_BYTES {
        return Err(unread());
    }
    let pieces = Pieces::parse(text).map_err(|_| unread())?;
    let civil = pieces.date().to_datetime(pieces.time().ok_or_else(unread)?);
    let own = pieces.to_time_zone().map_err(|_| unread())?;
    let zulu = matches!(pieces.offset(), Some(PiecesOffset::Zulu));
    let moment = match (pieces.to_numeric_offset(), own) {
        (None, own) => by_the_clock(civil, own.as_ref().unwrap_or(zone))?,
        (Some(offset), own) => {
            let moment = offset.to_timestamp(civil).map_err(|_| unread())?;
            if let Some(own) = own.filter(|own| !zulu && own.to_offset(moment) != offset) {
                let zone = own.iana_name().unwrap_or_default().to_owned();
                return Err(NoSlot::OtherOffset { zone, offset: offset.to_string() });
            }
            moment
        }
    };
    let milliseconds = u64::try_from(moment.as_millisecond()).map_err(|_| unread())?;
    if !milliseconds.is_multiple_of(MINUTE) {
        return Err(NoSlot::Seconds);
    }
    Ok(Timestamp(milliseconds))
}

fn by_the_clock(civil: DateTime, zone: &TimeZone) -> Result<jiff::Timestamp, NoSlot> {
    let readings = |first, second| Readings {
        zone: zone.iana_name().unwrap_or_default().to_owned(),
        day: civil.date().to_string(),
        time: civil.strftime("%H:%M").to_string(),
        first: reading(civil, first, zone),
        second: reading(civil, second, zone),
    };
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => {
            offset.to_timestamp(civil).map_err(|_| NoSlot::Unread(civil.to_string()))
        }
        AmbiguousOffset::Gap { before, after } => Err(NoSlot::Skipped(readings(after, before))),
        AmbiguousOffset::Fold { before, after } => Err(NoSlot::Twice(readings(before, after))),
    }
}

/// What a time would be if clocks stood so, as it can be typed.
fn reading(civil: DateTime, offset: Offset, zone: &TimeZone) -> String {
    let moment = offset.to_timestamp(civil).unwrap_or(jiff::Timestamp::MAX);
    moment.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M%:z").to_string()
}

/// Only what is still to come and not too far away can be offered.
fn in_time(start: Timestamp, now: Timestamp) -> Result<Timestamp, NoSlot> {
    let last = now.plus(INTRODUCTION_LIFETIME).plus(SLOTS_AHEAD);
    if start <= now {
        return Err(NoSlot::Past);
    }
    if start > last {
        return Err(NoSlot::Far(last.date()));
    }
    Ok(start)
}

#[cfg(test)]
mod tests;
