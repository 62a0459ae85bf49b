//! Moments and days, as the wire and people write them.
//!
//! A [`Timestamp`] is a moment that a node's clock gave; a [`Date`] is a day that a person wrote. Neither reads a
//! clock: the node passes the time in.

use std::fmt;
use std::str::FromStr;

use minicbor::{CborLen, Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds since 1970-01-01T00:00:00Z; in JSON an RFC 3339 text in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Timestamp(#[n(0)] pub u64);

impl Timestamp {
    /// The moment `milliseconds` later; saturates at the end of time.
    #[must_use]
    pub const fn plus(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// The moment `milliseconds` earlier; saturates at the epoch.
    #[must_use]
    pub const fn minus(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_sub(milliseconds))
    }

    /// Distance in milliseconds between two moments, whichever is earlier.
    #[must_use]
    pub const fn apart(self, other: Self) -> u64 {
        self.0.abs_diff(other.0)
    }

    /// The UTC day that contains this moment.
    #[must_use]
    pub fn date(self) -> Date {
        Date(self.civil().date())
    }

    fn civil(self) -> jiff::civil::DateTime {
        let milliseconds = i64::try_from(self.0).unwrap_or(i64::MAX);
        let moment = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or(jiff::Timestamp::MAX);
        jiff::tz::Offset::UTC.to_datetime(moment)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Z", self.civil())
    }
}

/// A text that is not a moment in RFC 3339 form.
#[derive(Debug, thiserror::Error)]
#[error("not a time like 2026-11-22T10:00:00Z")]
pub struct NotATime;

impl FromStr for Timestamp {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let moment: jiff::Timestamp = text.parse().map_err(|_| NotATime)?;
        u64::try_from(moment.as_millisecond()).map(Self).map_err(|_| NotATime)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A calendar day, written `2027-03-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// A text that is not a day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date like 2027-03-01")]
pub struct NotADate;

impl Date {
    /// The first moment of this day, in UTC.
    #[must_use]
    pub fn start(self) -> Timestamp {
        let moment = jiff::tz::Offset::UTC.to_timestamp(self.0.at(0, 0, 0, 0));
        Timestamp(u64::try_from(moment.map_or(0, jiff::Timestamp::as_millisecond)).unwrap_or(0))
    }

    /// The first moment of the day after this one, in UTC.
    #[must_use]
    pub fn end(self) -> Timestamp {
        let next = self.0.tomorrow().unwrap_or(jiff::civil::Date::MAX);
        let moment = jiff::tz::Offset::UTC.to_timestamp(next.at(0, 0, 0, 0));
        let milliseconds = moment.map_or(i64::MAX, jiff::Timestamp::as_millisecond);
        Timestamp(u64::try_from(milliseconds).unwrap_or(0))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        // The parser takes longer forms too; one day has one text.
        if text.len() != 10 {
            return Err(NotADate);
        }
        text.parse().map(Self).map_err(|_| NotADate)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|e: NotADate| serde::de::Error::custom(format!("`{text}` is {e}")))
    }
}

impl<C> Encode<C> for Date {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.str(&self.to_string())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Date {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.str()?.parse().map_err(|e: NotADate| minicbor::decode::Error::message(e))
    }
}

#[cfg(feature = "openapi")]
mod openapi {
    use super::{Date, Timestamp};
    use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, SchemaType, Type};
    use utoipa::openapi::{RefOr, Schema};
    use utoipa::{PartialSchema, ToSchema};

    fn text(format: KnownFormat) -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::String))
            .format(Some(SchemaFormat::KnownFormat(format)))
            .into()
    }

    impl PartialSchema for Timestamp {
        fn schema() -> RefOr<Schema> {
            text(KnownFormat::DateTime)
        }
    }
    impl ToSchema for Timestamp {}
    impl PartialSchema for Date {
        fn schema() -> RefOr<Schema> {
            text(KnownFormat::Date)
        }
    }
    impl ToSchema for Date {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_survives_its_text() {
        let moment = Timestamp(1_795_315_200_123);
        assert_eq!(moment.to_string().parse::<Timestamp>().ok(), Some(moment));
    }

    #[test]
    fn a_day_ends_where_the_next_begins() {
        let day: Date = "2026-12-31".parse().expect("a day");
        assert_eq!(day.end().to_string(), "2027-01-01T00:00:00Z");
        assert_eq!(day.end().minus(1).date(), day);
        assert_eq!((day.start().to_string().as_str(), day.start().date()), ("2026-12-31T00:00:00Z", day));
    }

    #[test]
    fn days_that_the_calendar_lacks_are_refused() {
        for text in ["2026-02-30", "2026-2-3", "20260203", "2026-02-03T00:00", ""] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
