//! Time slots: the times that a mentee offers for a first call, as both sides read them.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A time that a mentee offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlotInput {
    /// When it begins: a time of the request's zone (`2026-12-01T09:30`), of another (`2026-12-01T09:30[Europe/London]`),
    /// or a moment (`2026-12-01T09:30Z`, or with an offset).
    #[cfg_attr(feature = "openapi", schema(min_length = 16, max_length = 80))]
    pub start: String,
    /// How long it is, 10 to 180 minutes; half an hour if nothing is said.
    #[cfg_attr(feature = "openapi", schema(minimum = 10, maximum = 180))]
    #[serde(default = "half_an_hour")]
    pub minutes: u16,
}

const fn half_an_hour() -> u16 {
    30
}

/// When the two of an introduction could meet, and when they do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Times {
    /// The time zone that the mentee lives by.
    pub mentee_zone: String,
    /// The time zone of the mentor's profile, if it says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentor_zone: Option<String>,
    /// The times that the mentee offers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<SlotView>,
    /// The number of the slot that suits the mentor, once they said yes to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<u8>,
}

/// One of the times, by the clocks of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotView {
    /// Its number, from 1.
    pub number: u8,
    /// When it begins.
    pub start: Timestamp,
    /// How long it is.
    pub minutes: u16,
    /// When that is for the mentee, with their zone (RFC 9557); absent if this node does not know the zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_mentee: Option<String>,
    /// When that is for the mentor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_mentor: Option<String>,
}

impl Times {
    /// The slot that the two agreed on.
    #[must_use]
    pub fn agreed(&self) -> Option<&SlotView> {
        self.slots.iter().find(|slot| Some(slot.number) == self.chosen)
    }
}
