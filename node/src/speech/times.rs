//! A time as people say it, by the clock of a zone.

use jiff::Zoned;
use mentormesh_protocol::api::{Direction, SlotView};

use super::Locale;

impl Locale {
    /// A time with its zone (RFC 9557): weekday, day, hour, zone.
    pub(crate) fn by_the_clock(self, text: &str) -> Option<String> {
        let at: Zoned = text.parse().ok()?;
        let zone = at.time_zone().iana_name()?.to_owned();
        let date = at.date().to_string().parse().ok()?;
        // Read out at run time, one message for each day of the week.
        let weekday = self.say(&format!("weekday-{}", at.weekday().to_monday_one_offset()));
        let (day, time) = (self.day(date), at.strftime("%H:%M").to_string());
        Some(self.with("slots-time", &[("weekday", &weekday), ("day", &day), ("time", &time), ("zone", &zone)]))
    }

    /// A slot for whoever is on this side: by their own clock, how long, and by the other's.
    pub(crate) fn slot(self, slot: &SlotView, side: Direction) -> String {
        let (own, other) = match side {
            Direction::Sent => (&slot.for_mentee, &slot.for_mentor),
            Direction::Received => (&slot.for_mentor, &slot.for_mentee),
        };
        let said = |text: &Option<String>| text.as_deref().and_then(|text| self.by_the_clock(text));
        let minutes = self.count("slots-minutes", slot.minutes.into());
        match (said(own), said(other)) {
            (Some(own), Some(other)) if own != other => {
                self.with("slots-both", &[("own", &own), ("minutes", &minutes), ("other", &other)])
            }
            (Some(one), Some(_) | None) => self.with("slots-one", &[("time", &one), ("minutes", &minutes)]),
            // Without a zone of one's own it is the other's clock that is shown; it names its zone.
            (None, Some(one)) => self.with("slots-one", &[("time", &one), ("minutes", &minutes)]),
            (None, None) => self.with("slots-one", &[("time", &slot.start.to_string()), ("minutes", &minutes)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(for_mentee: Option<&str>, for_mentor: Option<&str>) -> SlotView {
        let (for_mentee, for_mentor) = (for_mentee.map(str::to_owned), for_mentor.map(str::to_owned));
        let start = "2026-12-01T09:30:00Z".parse().expect("a moment");
        SlotView { number: 1, start, minutes: 30, for_mentee, for_mentor }
    }

    const LONDON: &str = "2026-12-01T09:30:00+00:00[Europe/London]";
    const KATHMANDU: &str = "2026-12-01T15:15:00+05:45[Asia/Kathmandu]";

    #[test]
    fn each_side_reads_its_own_clock_first() {
        let both = slot(Some(KATHMANDU), Some(LONDON));
        let mentor = Locale::English.slot(&both, Direction::Received);
        assert_eq!(
            mentor,
            "Tuesday, 1 December 2026, 09:30 (Europe/London), 30 minutes; \
             for them Tuesday, 1 December 2026, 15:15 (Asia/Kathmandu)"
        );
        let mentee = Locale::German.slot(&both, Direction::Sent);
        assert!(mentee.starts_with("Dienstag, 1. Dezember 2026, 15:15 (Asia/Kathmandu)"), "{mentee}");
    }

    #[test]
    fn whoever_has_no_zone_reads_the_other_s_and_without_any_it_is_utc() {
        for (seen, said) in [
            (slot(Some(KATHMANDU), None), "15:15 (Asia/Kathmandu), 30 minutes"),
            (slot(Some(LONDON), Some(LONDON)), "09:30 (Europe/London), 30 minutes"),
            (slot(None, None), "2026-12-01T09:30:00Z, 30 minutes"),
        ] {
            let shown = Locale::English.slot(&seen, Direction::Received);
            assert!(shown.ends_with(said), "{shown}");
        }
    }
}
