//! Days as people write them.

use mentormesh_protocol::{Date, Timestamp};

use super::Locale;

impl Locale {
    /// A day.
    pub(crate) fn day(self, date: Date) -> String {
        let text = date.to_string();
        let mut parts = text.split('-').map(|part| part.trim_start_matches('0'));
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        let month = month.and_then(|month| self.known(&format!("month-{month}")));
        match (year, month, day) {
            (Some(year), Some(month), Some(day)) => {
                self.with("day", &[("day", day), ("month", &month), ("year", year)])
            }
            _ => text,
        }
    }

    /// The day of a moment, in UTC.
    pub(crate) fn moment(self, at: Timestamp) -> String {
        self.day(at.date())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_out() {
        let date = "2027-03-01".parse().expect("a day");
        let written = Locale::ALL.map(|locale| locale.day(date));
        assert_eq!(written, ["1 March 2027", "1. März 2027", "1 mars 2027", "1 de marzo de 2027"]);
    }
}
