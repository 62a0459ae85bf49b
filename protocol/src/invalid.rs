//! What is wrong with a field, in words for the person who filled it in, and the checks that say so.
//!
//! Only rules that never change are here, because every node must decide alike for ever: counts, lengths, frozen
//! code points. Zones, countries and contact patterns bind the home node when it signs.

use std::fmt::Display;

use crate::limits::ADDRESS_BYTES;

/// A field that breaks its rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct Invalid {
    /// Where, as a path like `knows_about[2].label`.
    pub field: String,
    /// What is wrong and what would be right.
    pub problem: String,
}

impl Invalid {
    /// Names the field and its problem.
    #[must_use]
    pub fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { field: field.into(), problem: problem.into() }
    }

    /// The same problem, seen from the structure that holds the field.
    #[must_use]
    pub fn within(self, outer: impl Display) -> Self {
        Self { field: format!("{outer}.{}", self.field), problem: self.problem }
    }
}

/// Characters (Unicode scalar values) a text may have, and whether it may have lines.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    pub(crate) least: usize,
    pub(crate) most: usize,
    pub(crate) lines: bool,
}

/// A single line that may be empty.
pub(crate) const fn line(most: usize) -> Text {
    Text { least: 0, most, lines: false }
}

/// A single line that may not be empty.
pub(crate) const fn required(most: usize) -> Text {
    Text { least: 1, most, lines: false }
}

/// Several lines, or none.
pub(crate) const fn lines(most: usize) -> Text {
    Text { least: 0, most, lines: true }
}

/// Checks length and code points of one text.
pub(crate) fn text(field: &str, value: &str, rule: Text) -> Result<(), Invalid> {
    let length = value.chars().count();
    if length > rule.most {
        let over = length - rule.most;
        return Err(Invalid::new(field, format!("{length} characters, at most {}; shorten it by {over}", rule.most)));
    }
    if length == 0 && rule.least > 0 {
        return Err(Invalid::new(field, "missing; it must not be empty"));
    }
    if length < rule.least {
        return Err(Invalid::new(field, format!("{length} characters, at least {} are needed", rule.least)));
    }
    if let Some(bad) = value.chars().find(|c| forbidden(*c) && !(rule.lines && *c == '\n')) {
        return Err(Invalid::new(field, format!("contains the control character U+{:04X}; remove it", u32::from(bad))));
    }
    if value.starts_with(' ') || value.ends_with(' ') {
        return Err(Invalid::new(field, "begins or ends with a space; remove it"));
    }
    Ok(())
}

/// As [`text`] for a field that may be absent.
pub(crate) fn optional(field: &str, value: Option<&str>, rule: Text) -> Result<(), Invalid> {
    value.map_or(Ok(()), |value| text(field, value, Text { least: 1, ..rule }))
}

/// Control characters, and the overrides that make a text read otherwise than it is stored.
fn forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Checks how many items a list has.
pub(crate) fn count<T>(field: &str, items: &[T], least: usize, most: usize) -> Result<(), Invalid> {
    if (least..=most).contains(&items.len()) {
        return Ok(());
    }
    let wanted = if least == 0 { format!("at most {most}") } else { format!("{least} to {most}") };
    Err(Invalid::new(field, format!("{} items, {wanted} are taken", items.len())))
}

/// Checks that no item is there twice.
pub(crate) fn unique<T: PartialEq>(field: &str, items: &[T]) -> Result<(), Invalid> {
    let repeated = items.iter().enumerate().find(|(at, item)| items.iter().take(*at).any(|earlier| earlier == *item));
    repeated.map_or(Ok(()), |(at, _)| Err(Invalid::new(format!("{field}[{at}]"), "is there twice; remove one")))
}

/// Checks each item of a list, naming the one that fails.
pub(crate) fn each<T>(
    field: &str,
    items: &[T],
    check: impl Fn(&str, &T) -> Result<(), Invalid>,
) -> Result<(), Invalid> {
    items.iter().enumerate().try_for_each(|(at, item)| check(&format!("{field}[{at}]"), item))
}

/// Checks an https address by its frozen outer form alone: scheme, length, printable ASCII.
pub(crate) fn https(field: &str, value: &str) -> Result<(), Invalid> {
    let printable = value.bytes().all(|b| b.is_ascii_graphic());
    if value.strip_prefix("https://").is_some_and(|rest| !rest.is_empty()) && printable && value.len() <= 2_000 {
        return Ok(());
    }
    Err(Invalid::new(field, "not an address that begins with https:// (printable ASCII, at most 2,000 characters)"))
}

/// Checks an address by its frozen outer form alone: a multiaddress begins with a slash and is printable ASCII.
pub(crate) fn address(field: &str, value: &str) -> Result<(), Invalid> {
    let printable = value.bytes().all(|b| b.is_ascii_graphic());
    if value.starts_with('/') && printable && value.len() <= ADDRESS_BYTES {
        return Ok(());
    }
    let wanted = format!("not an address like /ip4/192.0.2.1/tcp/4101 of at most {ADDRESS_BYTES} bytes");
    Err(Invalid::new(field, wanted))
}

/// Checks a country code's form (two capitals); whether it is assigned binds the home node alone.
pub(crate) fn country(field: &str, value: &str) -> Result<(), Invalid> {
    if value.len() == 2 && value.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(Invalid::new(field, format!("`{value}` is not a country code: two capital letters, like GB")))
}

/// Checks the outer form of a language tag (BCP 47): letters, digits and hyphens, 2 to 35 characters.
pub(crate) fn language(field: &str, value: &str) -> Result<(), Invalid> {
    let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let starts = value.bytes().take(2).filter(u8::is_ascii_alphabetic).count() == 2;
    if plain && starts && (2..=35).contains(&value.len()) {
        return Ok(());
    }
    Err(Invalid::new(field, format!("`{value}` is not a language tag like en or pt-BR")))
}
