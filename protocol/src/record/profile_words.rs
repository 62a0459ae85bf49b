//! The closed vocabularies and small structures of a profile.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::Invalid;
use super::invalid::{country, optional, required, text};
use crate::time::Date;

/// The words of `helps_with` that every node knows; a profile may add five of its own.
pub const HELPS_WITH: [&str; 10] = [
    "career_development",
    "sector_knowledge",
    "organisational_politics",
    "skills",
    "confidence",
    "managing_change",
    "returning_to_work",
    "chartership_or_accreditation",
    "leadership",
    "entrepreneurship",
];

/// Declares a closed vocabulary: its words in JSON (snake case) and its numbers on the wire, frozen together.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $number:literal $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
        #[cbor(index_only)]
        pub enum $name {
            $($(#[$word_doc])* #[n($number)] #[serde(rename = $text)] $word),+
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                crate::schema::words(Self::ALL.iter().map(|word| word.as_str()))
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}

        impl $name {
            /// Every word, in the order of the wire.
            pub const ALL: &'static [Self] = &[$(Self::$word),+];

            /// The word as people and JSON write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$word => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|word| word.as_str()).collect();
                    Invalid::new(stringify!($name), format!("`{text}` is none of {}", known.join(", ")))
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words!(
    /// How much a mentor knows about something (RFC 6715).
    Level {
        /// Knows the beginnings.
        Beginner = 0 "beginner",
        /// Knows it well.
        Average = 1 "average",
        /// Knows it thoroughly.
        Expert = 2 "expert",
    }
);

words!(
    /// What sort of knowledge a mentor brings.
    Knowing {
        /// Purpose, values, direction.
        Why = 0 "why",
        /// Skills and practice.
        How = 1 "how",
        /// People and networks.
        Whom = 2 "whom",
    }
);

words!(
    /// What a mentor offers.
    OfferKind {
        /// One conversation of about fifteen minutes.
        Intro15 = 0 "intro_15",
        /// One to three meetings.
        Micro = 1 "micro",
        /// Three to twelve months.
        Standard = 2 "standard",
        /// Without a planned end.
        OpenEnded = 3 "open_ended",
        /// Between peers.
        Peer = 4 "peer",
        /// The junior mentors the senior.
        Reverse = 5 "reverse",
        /// Several mentees at once.
        Group = 6 "group",
    }
);

words!(
    /// What an offer costs.
    Fee {
        /// Nothing.
        Free = 0 "free",
        /// Expenses only.
        Expenses = 1 "expenses",
        /// A fee.
        Paid = 2 "paid",
        /// A fee by means.
        Sliding = 3 "sliding",
    }
);

words!(
    /// How well a language is spoken.
    Fluency {
        /// From childhood.
        Native = 0 "native",
        /// As well as.
        Fluent = 1 "fluent",
        /// Enough to work in.
        Working = 2 "working",
    }
);

words!(
    /// How meetings can happen.
    Mode {
        /// By video.
        Video = 0 "video",
        /// By telephone.
        Phone = 1 "phone",
        /// In person.
        InPerson = 2 "in_person",
        /// In writing.
        Text = 3 "text",
    }
);

words!(
    /// How far a mentor looks for mentees (Murmurations).
    Scope {
        /// The neighbourhood.
        Local = 0 "local",
        /// The region.
        Regional = 1 "regional",
        /// The country.
        National = 2 "national",
        /// Anywhere.
        International = 3 "international",
    }
);

words!(
    /// Whether requests are welcome (after HSDS).
    AvailabilityStatus {
        /// Yes.
        Accepting = 0 "accepting",
        /// Later, in order.
        Waitlist = 1 "waitlist",
        /// Not for now.
        Paused = 2 "paused",
        /// No.
        Closed = 3 "closed",
    }
);

words!(
    /// How a mentor works.
    Style {
        /// By listening.
        Listening = 0 "listening",
        /// By challenging.
        Challenging = 1 "challenging",
        /// By opening doors.
        Sponsoring = 2 "sponsoring",
        /// By teaching.
        Teaching = 3 "teaching",
        /// By coaching.
        Coaching = 4 "coaching",
        /// By telling what happened to them.
        SharingExperience = 5 "sharing_experience",
    }
);

words!(
    /// Where a mentor stands in the profession of mentoring.
    PracticeStatus {
        /// Holds a qualification.
        Qualified = 0 "qualified",
        /// Is on a programme and needs practice hours.
        Trainee = 1 "trainee",
        /// Experienced, without an award.
        ExperiencedUnaccredited = 2 "experienced_unaccredited",
    }
);

words!(
    /// How many hours a mentor has practised, coarsely.
    HoursBand {
        /// Under 10.
        Under10 = 0 "0-10",
        /// 10 to 25.
        From10 = 1 "10-25",
        /// 25 to 50.
        From25 = 2 "25-50",
        /// 50 to 100.
        From50 = 3 "50-100",
        /// 100 to 250.
        From100 = 4 "100-250",
        /// 250 and more.
        From250 = 5 "250+",
    }
);

words!(
    /// How soon requests were answered, coarsely.
    ResponsivenessBand {
        /// Too few requests to say.
        New = 0 "new",
        /// Usually within 3 days.
        ThreeDays = 1 "3d",
        /// Usually within a week.
        Week = 2 "7d",
        /// Usually within two weeks.
        TwoWeeks = 3 "14d",
        /// Usually later.
        Slow = 4 "slow",
    }
);

/// Something a mentor knows about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Skill {
    /// What, in up to 100 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    #[n(0)]
    pub label: String,
    /// The concept in a vocabulary such as ESCO.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// How much.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// For how many years, 0 to 60.
    #[cfg_attr(feature = "openapi", schema(maximum = 60))]
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u8>,
}

impl Skill {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        text("label", &self.label, required(100))?;
        optional("uri", self.uri.as_deref(), required(200))?;
        let fits = self.years.is_none_or(|years| years <= 60);
        if fits { Ok(()) } else { Err(Invalid::new("years", "at most 60")) }
    }
}

/// One thing a mentor offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Offer {
    /// What sort of mentoring.
    #[n(0)]
    pub kind: OfferKind,
    /// Minutes of one meeting, 10 to 180.
    #[cfg_attr(feature = "openapi", schema(minimum = 10, maximum = 180))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// Meetings a month, 1 to 31.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 31))]
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings_per_month: Option<u8>,
    /// Mentees in a group, up to 25.
    #[cfg_attr(feature = "openapi", schema(minimum = 2, maximum = 25))]
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_max: Option<u8>,
    /// What it costs.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Fee>,
    /// About the cost, up to 120 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 120))]
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_note: Option<String>,
}

impl Offer {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        if self.minutes.is_some_and(|minutes| !(10..=180).contains(&minutes)) {
            return Err(Invalid::new("minutes", "10 to 180"));
        }
        if self.meetings_per_month.is_some_and(|meetings| !(1..=31).contains(&meetings)) {
            return Err(Invalid::new("meetings_per_month", "1 to 31"));
        }
        if self.group_max.is_some_and(|most| !(2..=25).contains(&most)) {
            return Err(Invalid::new("group_max", "2 to 25"));
        }
        optional("fee_note", self.fee_note.as_deref(), required(120))
    }
}

/// A language a mentor can mentor in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Language {
    /// Its BCP 47 tag.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z]{2}[A-Za-z0-9-]{0,33}$"))]
    #[n(0)]
    pub tag: String,
    /// How well.
    #[n(1)]
    #[serde(default = "working")]
    pub fluency: Fluency,
}

fn working() -> Fluency {
    Fluency::Working
}

/// Where a mentor is, never finer than a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Area {
    /// Two-letter country.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Z]{2}$"))]
    #[n(0)]
    pub country: String,
    /// Region, up to 80 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

impl Area {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        country("country", &self.country)?;
        optional("region", self.region.as_deref(), required(80))
    }
}

/// Whether requests are welcome now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Availability {
    /// Whether.
    #[n(0)]
    pub status: AvailabilityStatus,
    /// How many more mentees, 0 to 5; one if nothing is said.
    #[cfg_attr(feature = "openapi", schema(maximum = 5))]
    #[n(1)]
    #[serde(default = "one")]
    pub places: u8,
    /// From which day.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until which day.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

const fn one() -> u8 {
    1
}

impl Default for Availability {
    fn default() -> Self {
        Self { status: AvailabilityStatus::Accepting, places: one(), from: None, until: None }
    }
}

impl Availability {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        if self.places > 5 {
            return Err(Invalid::new("places", format!("{}, at most 5", self.places)));
        }
        let ordered = self.from.zip(self.until).is_none_or(|(from, until)| from <= until);
        if ordered { Ok(()) } else { Err(Invalid::new("until", "before from")) }
    }
}

/// How soon requests were answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Responsiveness {
    /// The band.
    #[n(0)]
    pub band: ResponsivenessBand,
    /// The day it was computed.
    #[n(1)]
    pub computed_on: Date,
}

/// Where a mentor stands in the profession, in the mentor's own words; what a body confirms is an attestation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Practice {
    /// Which of the three.
    #[n(0)]
    pub status: PracticeStatus,
    /// The trainee's programme, up to 120 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 120))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// The award the trainee works for, up to 80 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award_sought: Option<String>,
    /// The day the programme ends.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
    /// Whether a supervisor accompanies the practice.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervised: Option<bool>,
    /// How many hours so far.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_band: Option<HoursBand>,
}

impl Practice {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        optional("programme", self.programme.as_deref(), required(120))?;
        optional("award_sought", self.award_sought.as_deref(), required(80))?;
        if self.status == PracticeStatus::Trainee && (self.programme.is_none() || self.ends_on.is_none()) {
            return Err(Invalid::new("programme", "a trainee states programme and ends_on"));
        }
        Ok(())
    }
}

/// The code of ethics a mentor accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Ethics {
    /// What the code is called, up to 120 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 120))]
    #[n(0)]
    pub code: String,
    /// Its version, up to 40 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The day it was accepted.
    #[n(2)]
    pub accepted_on: Date,
}

impl Ethics {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        text("code", &self.code, required(120))?;
        optional("version", self.version.as_deref(), required(40))
    }
}

/// When somebody at the home node last looked a listing over (HSDS `assured_date`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Assured {
    /// The day.
    #[n(0)]
    pub on: Date,
    /// In which role, up to 80 characters; never a person's name.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    #[n(1)]
    pub by_role: String,
}

impl Assured {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        text("by_role", &self.by_role, required(80))
    }
}
