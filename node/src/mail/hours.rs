//! Quiet hours: when only what somebody waits for may leave.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use mentormesh_protocol::Timestamp;

/// From when to when, by whose clock. The end may lie on the next day.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    from: Time,
    until: Time,
    zone: TimeZone,
}

impl Hours {
    pub(super) const fn new(from: Time, until: Time, zone: TimeZone) -> Self {
        Self { from, until, zone }
    }

    /// Whether it is quiet now.
    pub(super) fn hold(&self, now: Timestamp) -> bool {
        let milliseconds = i64::try_from(now.0).unwrap_or(i64::MAX);
        let moment = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or(jiff::Timestamp::MAX);
        let time = self.zone.to_datetime(moment).time();
        if self.from < self.until {
            self.from <= time && time < self.until
        } else {
            self.from <= time || time < self.until
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(from: i8, until: i8, zone: &str) -> Hours {
        let zone = TimeZone::get(zone).expect("a zone");
        Hours::new(Time::constant(from, 0, 0, 0), Time::constant(until, 0, 0, 0), zone)
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn quiet_hours_may_cross_midnight_and_follow_the_clock_of_their_zone() {
        let night = hours(21, 7, "Europe/London");
        // Summer time: 20:00 UTC is 21:00 in London; in winter it is 20:00.
        assert!(night.hold(at("2026-07-01T20:00:00Z")) && !night.hold(at("2026-07-01T19:59:59Z")));
        assert!(!night.hold(at("2026-12-01T20:00:00Z")) && night.hold(at("2026-12-01T21:00:00Z")));
        assert!(night.hold(at("2026-12-01T06:59:59Z")) && !night.hold(at("2026-12-01T07:00:00Z")));
        let lunch = hours(12, 13, "UTC");
        assert!(lunch.hold(at("2026-12-01T12:30:00Z")));
        assert!(!lunch.hold(at("2026-12-01T11:59:59Z")) && !lunch.hold(at("2026-12-01T13:00:00Z")));
    }
}
