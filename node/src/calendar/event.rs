//! One event, written out.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarClassification, ICalendarComponent, ICalendarComponentType, ICalendarMethod, ICalendarProperty,
    ICalendarStatus, ICalendarValue,
};
use jiff::tz::Offset;
use mentormesh_protocol::Timestamp;

use super::party::Party;

/// The program that wrote it, as calendars ask for it.
const PROGRAM: &str = "-//Mentormesh//Mentormesh//EN";

/// What the text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A file that somebody puts into their calendar themselves.
    Publish,
    /// A mail that invites, or says what changed.
    Request,
    /// A mail that takes the invitation back.
    Cancel,
}

/// Something that takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for everything that is ever said of this event.
    pub uid: String,
    /// One more with each change.
    pub sequence: u32,
    /// When it was last changed.
    pub stamped_at: Timestamp,
    /// When it begins.
    pub start: Timestamp,
    /// When it is over.
    pub end: Timestamp,
    /// Who says so.
    pub organiser: Party,
    /// Who comes. Left out of a file, where they have no place.
    pub attendees: Vec<Party>,
    /// What it is, on one line.
    pub summary: String,
    /// More of it.
    pub description: Option<String>,
}

impl Event {
    /// The text, with lines as calendars want them.
    #[must_use]
    pub fn text(&self, purpose: Purpose) -> String {
        let mut calendar = ICalendarComponent::new(ICalendarComponentType::VCalendar);
        calendar.add_property(ICalendarProperty::Version, words("2.0"));
        calendar.add_property(ICalendarProperty::Prodid, words(PROGRAM));
        let method = match purpose {
            Purpose::Publish => ICalendarMethod::Publish,
            Purpose::Request => ICalendarMethod::Request,
            Purpose::Cancel => ICalendarMethod::Cancel,
        };
        calendar.add_property(ICalendarProperty::Method, ICalendarValue::Method(method));
        calendar.component_ids = vec![1];
        ICalendar { components: vec![calendar, self.component(purpose)] }.to_string()
    }

    fn component(&self, purpose: Purpose) -> ICalendarComponent {
        let status = if purpose == Purpose::Cancel { ICalendarStatus::Cancelled } else { ICalendarStatus::Confirmed };
        let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
        event.add_uid(&self.uid);
        event.add_sequence(i64::from(self.sequence));
        event.add_dtstamp(utc(self.stamped_at));
        for (property, at) in [(ICalendarProperty::Dtstart, self.start), (ICalendarProperty::Dtend, self.end)] {
            event.add_property(property, ICalendarValue::PartialDateTime(Box::new(utc(at))));
        }
        event.add_property(ICalendarProperty::Summary, words(&self.summary));
        if let Some(description) = &self.description {
            event.add_property(ICalendarProperty::Description, words(description));
        }
        event.add_property(ICalendarProperty::Status, ICalendarValue::Status(status));
        let private = ICalendarValue::Classification(ICalendarClassification::Private);
        event.add_property(ICalendarProperty::Class, private);
        event.entries.push(self.organiser.organiser());
        if purpose != Purpose::Publish {
            event.entries.extend(self.attendees.iter().map(Party::attendee));
        }
        event
    }
}

/// The method of such a text, as the mail that carries it has to repeat it.
#[must_use]
pub fn method_of(text: &str) -> &'static str {
    if text.contains("\r\nMETHOD:CANCEL\r\n") { "CANCEL" } else { "REQUEST" }
}

fn words(text: &str) -> ICalendarValue {
    ICalendarValue::Text(text.to_owned())
}

fn utc(at: Timestamp) -> PartialDateTime {
    let milliseconds = i64::try_from(at.0).unwrap_or(i64::MAX);
    let moment = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or(jiff::Timestamp::MAX);
    let civil = Offset::UTC.to_datetime(moment);
    let small = |number: i8| u8::try_from(number).ok();
    PartialDateTime {
        year: u16::try_from(civil.year()).ok(),
        month: small(civil.month()),
        day: small(civil.day()),
        hour: small(civil.hour()),
        minute: small(civil.minute()),
        second: small(civil.second()),
        tz_hour: Some(0),
        tz_minute: Some(0),
        tz_minus: false,
    }
}
