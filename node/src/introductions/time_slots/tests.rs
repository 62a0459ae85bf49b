//! Times around the days on which clocks change, in zones that do it each in its own way.

use proptest::prelude::*;

use super::*;

fn zone(name: &str) -> TimeZone {
    named(name).expect("a zone")
}

/// What a text means, in UTC.
fn means(text: &str, name: &str) -> String {
    moment(text, &zone(name)).expect("a moment").to_string()
}

fn refusal(text: &str, name: &str) -> String {
    moment(text, &zone(name)).expect_err("refused").to_string()
}

#[test]
fn a_wall_clock_is_read_by_the_rules_of_its_zone_on_that_day() {
    for (text, name, utc) in [
        // The last minute before clocks go forward, and the first after.
        ("2027-03-28T00:59", "Europe/London", "2027-03-28T00:59:00Z"),
        ("2027-03-28T02:00", "Europe/London", "2027-03-28T01:00:00Z"),
        ("2026-10-25T00:59", "Europe/London", "2026-10-24T23:59:00Z"),
        ("2026-10-25T02:00", "Europe/London", "2026-10-25T02:00:00Z"),
        ("2027-03-14T01:59", "America/New_York", "2027-03-14T06:59:00Z"),
        ("2027-03-14T03:00", "America/New_York", "2027-03-14T07:00:00Z"),
        // Lord Howe moves its clocks by half an hour.
        ("2026-10-04T01:59", "Australia/Lord_Howe", "2026-10-03T15:29:00Z"),
        ("2026-10-04T02:30", "Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
        ("2027-04-04T02:00", "Australia/Lord_Howe", "2027-04-03T15:30:00Z"),
        // Kathmandu never does, and is a quarter of an hour off.
        ("2027-03-28T02:30", "Asia/Kathmandu", "2027-03-27T20:45:00Z"),
    ] {
        assert_eq!(means(text, name), utc, "{text} {name}");
    }
}

#[test]
fn a_time_that_clocks_skip_is_refused_with_what_lies_on_either_side() {
    let said = refusal("2027-03-28T01:30", "Europe/London");
    assert!(said.contains("no 01:30 on 2027-03-28"), "{said}");
    assert!(said.contains("2027-03-28T00:30+00:00 before") && said.contains("2027-03-28T02:30+01:00 after"), "{said}");
    let said = refusal("2026-10-04T02:15", "Australia/Lord_Howe");
    assert!(said.contains("2026-10-04T01:45+10:30") && said.contains("2026-10-04T02:45+11:00"), "{said}");
}

#[test]
fn a_time_that_comes_twice_is_refused_with_both_and_each_of_them_is_taken() {
    for (text, name, readings) in [
        ("2026-10-25T01:30", "Europe/London", ["2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00"]),
        ("2026-11-01T01:30", "America/New_York", ["2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"]),
        ("2027-04-04T01:45", "Australia/Lord_Howe", ["2027-04-04T01:45+11:00", "2027-04-04T01:45+10:30"]),
    ] {
        let said = refusal(text, name);
        let mut moments = Vec::new();
        for reading in readings {
            assert!(said.contains("twice") && said.contains(reading), "{said}");
            moments.push(moment(reading, &zone(name)).expect("a moment"));
        }
        assert!(moments.is_sorted() && moments.first() != moments.last(), "{moments:?}");
    }
}

#[test]
fn a_moment_and_a_time_of_another_zone_mean_the_same_everywhere() {
    for text in [
        "2026-12-01T09:30Z",
        "2026-12-01T09:30:00+00:00",
        "2026-12-01T04:30-05:00",
        "2026-12-01T15:15[Asia/Kathmandu]",
        "2026-12-01T15:15+05:45[Asia/Kathmandu]",
        "2026-12-01 09:30Z",
    ] {
        assert_eq!(means(text, "Australia/Lord_Howe"), "2026-12-01T09:30:00Z", "{text}");
    }
    let said = refusal("2026-12-01T15:15+01:00[Asia/Kathmandu]", "UTC");
    assert!(said.contains("Asia/Kathmandu is not at +01"), "{said}");
}

#[test]
fn what_is_no_time_is_refused() {
    for text in
        ["", "tomorrow", "2026-12-01", "2026-13-01T09:30", "2026-12-01T25:00", "2026-12-01T09:30[Europe/Camelot]"]
    {
        assert!(moment(text, &zone("UTC")).is_err(), "{text}");
    }
    assert!(refusal("2026-12-01T09:30:15", "UTC").contains("whole"), "within a minute");
    assert!(moment(&format!("2026-12-01T09:30[{}]", "x".repeat(9_000)), &zone("UTC")).is_err());
    for name in ["Europe/Camelot", "Etc/Unknown", "", "../../etc/passwd", "+01:00"] {
        assert!(named(name).is_err(), "{name}");
    }
}

fn input(start: &str, minutes: u16) -> SlotInput {
    SlotInput { start: start.to_owned(), minutes }
}

/// The fields that are refused.
fn fields(zone: Option<&str>, slots: &[SlotInput]) -> Vec<String> {
    let now = "2026-11-20T12:00:00Z".parse().expect("a moment");
    let refused = wanted(zone, slots, now).expect_err("refused");
    refused.errors.into_iter().map(|error| error.field).collect()
}

#[test]
fn each_time_that_cannot_be_offered_is_named() {
    let good = || input("2026-12-01T09:30", 30);
    let wrong = [
        good(),
        input("2026-11-20T12:00", 30),
        input("2027-01-15T12:01", 30),
        input("2026-12-01T09:30Z", 60),
        input("2026-12-02T09:30", 9),
        input("2026-12-03T09:30", 181),
    ];
    let named = ["slots[1].start", "slots[2].start", "slots[3].start", "slots[4].minutes", "slots[5].minutes"];
    assert_eq!(fields(Some("Europe/London"), &wrong), named);
    assert_eq!(fields(None, &[good()]), ["time_zone"]);
    assert_eq!(fields(Some("Europe/Camelot"), &[]), ["time_zone"]);
    assert_eq!(
        fields(Some("UTC"), &(1..8).map(|day| input(&format!("2026-12-0{day}T09:30"), 30)).collect::<Vec<_>>()),
        ["slots"]
    );
    let now = "2026-11-20T12:00:00Z".parse().expect("a moment");
    assert_eq!(wanted(Some(" "), &[], now), Ok(Wanted::default()));
    let zone_alone = wanted(Some("europe/london"), &[], now).expect("taken");
    assert_eq!((zone_alone.time_zone.as_deref(), zone_alone.slots), (Some("Europe/London"), None));
}

#[test]
fn both_clocks_show_the_moment_that_was_meant() {
    let mut request =
        mentormesh_protocol::testing::request(mentormesh_protocol::testing::Organisation::ada().profile_id(1), "Cy");
    let now = "2026-10-20T12:00:00Z".parse().expect("a moment");
    // The evening before clocks go back in London, and the evening after; by then New York has not changed.
    let slots = [input("2026-10-24T17:00", 30), input("2026-10-26T17:00", 30)];
    let Wanted { time_zone, slots } = wanted(Some("Europe/London"), &slots, now).expect("taken");
    (request.time_zone, request.slots) = (time_zone, slots);
    let seen = times(&request, Some("America/New_York"), Some(1)).expect("times");
    let shown: Vec<_> =
        seen.slots.iter().map(|slot| (slot.for_mentee.as_deref(), slot.for_mentor.as_deref())).collect();
    assert_eq!(
        shown,
        [
            (Some("2026-10-24T17:00:00+01:00[Europe/London]"), Some("2026-10-24T12:00:00-04:00[America/New_York]")),
            (Some("2026-10-26T17:00:00+00:00[Europe/London]"), Some("2026-10-26T13:00:00-04:00[America/New_York]")),
        ]
    );
    assert_eq!(seen.agreed().map(|slot| slot.number), Some(2));
    let unknown = times(&request, None, None).expect("times");
    assert_eq!((unknown.mentor_zone, unknown.chosen), (None, None));
}

const ZONES: [&str; 6] =
    ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "UTC"];

proptest! {
    #[test]
    fn what_is_shown_of_a_moment_is_read_as_that_moment(
        minutes in 29_000_000u64..45_000_000,
        name in proptest::sample::select(&ZONES),
        other in proptest::sample::select(&ZONES),
    ) {
        let at = Timestamp(minutes * MINUTE);
        prop_assert_eq!(moment(&shown(at, &zone(name)), &zone(other)), Ok(at));
    }

    #[test]
    fn a_wall_clock_means_a_moment_that_shows_it_or_is_refused(
        day in 0i32..3_000,
        minute in 0i64..1_440,
        name in proptest::sample::select(&ZONES),
    ) {
        let date = jiff::civil::date(2026, 1, 1).checked_add(jiff::Span::new().days(day)).expect("a day");
        let civil = date.at(0, 0, 0, 0).checked_add(jiff::Span::new().minutes(minute)).expect("a time");
        let text = civil.strftime("%Y-%m-%dT%H:%M").to_string();
        match moment(&text, &zone(name)) {
            Ok(at) => prop_assert!(shown(at, &zone(name)).starts_with(&text)),
            Err(said) => prop_assert!(matches!(said, NoSlot::Skipped(_) | NoSlot::Twice(_)), "{}", said),
        }
    }

    #[test]
    fn no_text_whatever_brings_it_down(text in "\\PC{0,130}", bytes in proptest::collection::vec(any::<u8>(), 0..130)) {
        for text in [text.clone(), String::from_utf8_lossy(&bytes).into_owned(), format!("2026-12-01T09:30{text}")] {
            if let Ok(at) = moment(&text, &TimeZone::UTC) {
                prop_assert!(at.0.is_multiple_of(MINUTE));
            }
            prop_assert!(named(&text).is_err() || text.is_ascii());
        }
    }
}
