//! When two people could meet, as a mail says it: by the reader's own clock first.

use jiff::Zoned;
use mentormesh_protocol::api::{Direction, Introduction, SlotView};

use super::frame::Block;

/// The times that a mentee offers, for the mentor who is asked.
pub(super) fn offered(about: &Introduction) -> Option<Block> {
    let times = about.times.as_ref().filter(|times| !times.slots.is_empty())?;
    let lines: Vec<_> = times.slots.iter().map(|slot| format!("{}. {}", slot.number, said(about, slot))).collect();
    Some(Block::Quote("When they could meet", lines.join("\n")))
}

/// The time that the two agreed on.
pub(super) fn agreed(about: &Introduction) -> Option<Block> {
    let slot = about.times.as_ref()?.agreed()?;
    Some(Block::Quote("When you meet", said(about, slot)))
}

fn said(about: &Introduction, slot: &SlotView) -> String {
    let (own, other) = match about.direction {
        Direction::Sent => (&slot.for_mentee, &slot.for_mentor),
        Direction::Received => (&slot.for_mentor, &slot.for_mentee),
    };
    let (own, other) = (own.as_deref().and_then(by_the_clock), other.as_deref().and_then(by_the_clock));
    let minutes = slot.minutes;
    match (own, other) {
        (Some(own), Some(other)) if own != other => format!("{own}, {minutes} minutes; for them {other}"),
        (Some(own), Some(_) | None) => format!("{own}, {minutes} minutes"),
        (None, Some(other)) => format!("{other}, the other's time, {minutes} minutes"),
        (None, None) => format!("{}, {minutes} minutes", slot.start),
    }
}

/// `Tuesday, 1 December 2026, 09:30 (Europe/London)`.
fn by_the_clock(text: &str) -> Option<String> {
    let at: Zoned = text.parse().ok()?;
    let zone = at.time_zone().iana_name()?;
    Some(format!("{} ({zone})", at.strftime("%A, %-d %B %Y, %H:%M")))
}
