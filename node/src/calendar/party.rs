//! Who is invited, as a calendar names people: an address, and a name beside it.

use std::fmt::Write as _;

use calcard::icalendar::{
    ICalendarEntry, ICalendarParameter, ICalendarParticipationRole, ICalendarParticipationStatus, ICalendarProperty,
    ICalendarValue, Uri,
};

/// Somebody with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
}

impl Party {
    /// Who invites.
    pub(super) fn organiser(&self) -> ICalendarEntry {
        self.entry(ICalendarProperty::Organizer)
    }

    /// Who is invited, and has said that they come: nobody is asked again.
    pub(super) fn attendee(&self) -> ICalendarEntry {
        self.entry(ICalendarProperty::Attendee)
            .with_param(ICalendarParameter::role(ICalendarParticipationRole::ReqParticipant))
            .with_param(ICalendarParameter::partstat(ICalendarParticipationStatus::Accepted))
            .with_param(ICalendarParameter::rsvp(false))
    }

    fn entry(&self, property: ICalendarProperty) -> ICalendarEntry {
        ICalendarEntry::new(property)
            .with_param(ICalendarParameter::cn(parameter(&self.name)))
            .with_value(ICalendarValue::Uri(Uri::Location(mailto(&self.email))))
    }
}

/// A name as a parameter can hold it: quotes, and what some readers take for an escape, have no place there.
fn parameter(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '"' => '\'',
            '\\' | '^' => '/',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

/// An address as a link (RFC 6068): what means something else in a link, or in a calendar, is written by its number.
fn mailto(email: &str) -> String {
    let mut link = "mailto:".to_owned();
    for byte in email.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_~+!$'*".contains(&byte) {
            link.push(char::from(byte));
        } else {
            // Writing to memory does not fail.
            let _written = write!(link, "%{byte:02X}");
        }
    }
    link
}
