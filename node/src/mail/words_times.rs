//! When two people could meet, as a mail says it: by the reader's own clock first.

use super::links::Links;
use crate::wording::Block;

/// The times that a mentee offers, for the mentor who is asked.
pub(super) fn offered(links: &Links<'_>) -> Option<Block> {
    let times = links.about.times.as_ref().filter(|times| !times.slots.is_empty())?;
    let said = |slot| links.locale.slot(slot, links.about.direction);
    let lines: Vec<_> = times.slots.iter().map(|slot| format!("{}. {}", slot.number, said(slot))).collect();
    Some(Block::Quote("slots-offered", lines.join("\n")))
}

/// The time that the two agreed on.
pub(super) fn agreed(links: &Links<'_>) -> Option<Block> {
    let slot = links.about.times.as_ref()?.agreed()?;
    Some(Block::Quote("slots-agreed", links.locale.slot(slot, links.about.direction)))
}
