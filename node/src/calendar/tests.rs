//! What is written is read back, and holds what it was made of.

use calcard::icalendar::{ICalendar, ICalendarProperty, ICalendarValue};
use calcard::{Entry, Parser};
use mentormesh_protocol::Timestamp;
use proptest::prelude::*;

use super::*;

fn party(name: &str, email: &str) -> Party {
    Party { name: name.to_owned(), email: email.to_owned() }
}

fn call() -> Event {
    Event {
        uid: "abc@mentormesh".to_owned(),
        sequence: 3,
        stamped_at: Timestamp(1_795_000_000_000),
        start: "2026-12-01T09:30:00Z".parse().expect("a moment"),
        end: "2026-12-01T10:00:00Z".parse().expect("a moment"),
        organiser: party("Ada's Institute", "mentors@example.org"),
        attendees: vec![party("Ada \"Al\" Okafor; Dr, phil.", "ada@example.org"), party("Bo", "bo,lind@example.org")],
        summary: "First call: Ada, Bo; and a line\nmore".to_owned(),
        description: Some("é".repeat(200)),
    }
}

fn read(text: &str) -> ICalendar {
    let entry = Parser::new(text).entry();
    let calendar = if let Entry::ICalendar(calendar) = entry { Some(calendar) } else { None };
    calendar.expect("a calendar")
}

fn text_of(calendar: &ICalendar, property: &ICalendarProperty) -> String {
    let event = calendar.components.get(1).expect("an event");
    let entry = event.entries.iter().find(|entry| entry.name == *property).expect("such a line");
    let text = if let Some(ICalendarValue::Text(text)) = entry.values.first() { Some(text.clone()) } else { None };
    text.expect("a text")
}

fn lines_fit(text: &str) -> bool {
    text.ends_with("\r\n") && text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n']))
}

#[test]
fn an_invitation_says_who_when_and_for_which_time() {
    let text = call().text(Purpose::Request);
    for line in [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
        "METHOD:REQUEST\r\n",
        "UID:abc@mentormesh\r\nSEQUENCE:3\r\nDTSTAMP:20261118T110640Z\r\n",
        "DTSTART:20261201T093000Z\r\nDTEND:20261201T100000Z\r\n",
        "SUMMARY:First call: Ada\\, Bo\\; and a line\\nmore\r\n",
        "STATUS:CONFIRMED\r\nCLASS:PRIVATE\r\n",
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    ] {
        assert!(text.contains(line), "{line:?} is not in {text}");
    }
    let unfolded = text.replace("\r\n ", "");
    assert!(unfolded.contains("ORGANIZER;CN=\"Ada's Institute\":mailto:mentors@example.org\r\n"), "{unfolded}");
    assert!(unfolded.contains("mailto:bo%2Clind@example.org\r\n"), "{unfolded}");
    assert!(unfolded.contains("CN=\"Ada 'Al' Okafor; Dr, phil.\";ROLE=REQ-PARTICIPANT"), "{unfolded}");
    assert!(lines_fit(&text), "{text}");
}

#[test]
fn a_file_invites_nobody_and_what_is_cancelled_says_so() {
    let file = call().text(Purpose::Publish);
    assert!(file.contains("METHOD:PUBLISH\r\n") && !file.contains("ATTENDEE"), "{file}");
    let over = call().text(Purpose::Cancel);
    assert!(over.contains("METHOD:CANCEL\r\n") && over.contains("STATUS:CANCELLED\r\n"), "{over}");
    assert_eq!((method_of(&over), method_of(&call().text(Purpose::Request))), ("CANCEL", "REQUEST"));
}

proptest! {
    #[test]
    fn whatever_people_are_called_every_line_fits_and_reads_back(
        summary in "\\PC{1,200}",
        name in "\\PC{1,100}",
        start in 1_700_000_000_000u64..4_000_000_000_000,
    ) {
        let start = Timestamp(start / 60_000 * 60_000);
        let event = Event {
            start,
            end: start.plus(1_800_000),
            summary: summary.clone(),
            attendees: vec![party(&name, "a@example.org")],
            ..call()
        };
        let text = event.text(Purpose::Request);
        prop_assert!(lines_fit(&text), "{}", text);
        let calendar = read(&text);
        prop_assert_eq!(text_of(&calendar, &ICalendarProperty::Summary), summary);
        let starts = calendar.components.get(1).expect("an event").entries.iter();
        let starts = starts.filter(|entry| entry.name == ICalendarProperty::Dtstart).count();
        let people = calendar.components.get(1).expect("an event").entries.iter();
        let people = people.filter(|entry| entry.name == ICalendarProperty::Attendee).count();
        prop_assert_eq!((calendar.components.len(), starts, people), (2, 1, 1));
        // A name cannot end its line and begin another.
        prop_assert_eq!(text.matches("\r\nATTENDEE").count(), 1);
    }
}
