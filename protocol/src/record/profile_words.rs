//! The closed vocabularies of a profile: the words that every node knows, and their numbers on the wire.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::Invalid;

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
