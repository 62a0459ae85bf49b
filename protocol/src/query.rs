//! What can be asked of a register and what it answers, with the reasons for every hit.

use serde::{Deserialize, Serialize};

use crate::key::OrganisationId;
use crate::limits::{PAGE, PAGE_DEFAULT, PAGE_DEPTH, QUERY_CHARACTERS, QUERY_TERMS};
use crate::record::{Fluency, Invalid, OfferKind};

/// A search. Repeated values of one filter mean either of them; different filters must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Free words, up to 256 characters and 32 words; empty finds everything, best ready first.
    pub words: String,
    /// Labels of skills.
    pub skills: Vec<String>,
    /// Language tags; `en` also finds `en-GB`.
    pub languages: Vec<String>,
    /// Two-letter countries.
    pub countries: Vec<String>,
    /// Offers.
    pub offers: Vec<OfferKind>,
    /// Organisations.
    pub organisations: Vec<OrganisationId>,
    /// Only trainees, or none.
    pub trainee: Option<bool>,
    /// Only mentors who accept requests and have a place, or only the others.
    pub available: Option<bool>,
    /// Hits on the page, 1 to 100.
    pub limit: usize,
    /// Hits before the page; limit and offset together reach 1,000.
    pub offset: usize,
}

impl Query {
    /// A search for words alone, with the usual page.
    #[must_use]
    pub fn words(words: impl Into<String>) -> Self {
        Self { words: words.into(), limit: PAGE_DEFAULT, ..Self::default() }
    }

    /// Checks every bound, naming the one that is exceeded.
    ///
    /// # Errors
    /// The field, its limit and what was given.
    pub fn check(&self) -> Result<(), Invalid> {
        let characters = self.words.chars().count();
        if characters > QUERY_CHARACTERS {
            return Err(Invalid::new("q", format!("{characters} characters, at most {QUERY_CHARACTERS}")));
        }
        let terms = self.words.split_whitespace().count();
        if terms > QUERY_TERMS {
            return Err(Invalid::new("q", format!("{terms} words, at most {QUERY_TERMS}")));
        }
        if !(1..=PAGE).contains(&self.limit) {
            return Err(Invalid::new("limit", format!("{}; 1 to {PAGE} are taken", self.limit)));
        }
        if self.limit.saturating_add(self.offset) > PAGE_DEPTH {
            return Err(Invalid::new("offset", format!("offset and limit together reach at most {PAGE_DEPTH}")));
        }
        let lists = [
            ("skill", self.skills.len()),
            ("language", self.languages.len()),
            ("country", self.countries.len()),
            ("offer", self.offers.len()),
            ("organisation", self.organisations.len()),
        ];
        match lists.iter().find(|(_, length)| *length > QUERY_TERMS) {
            Some((field, length)) => Err(Invalid::new(*field, format!("given {length} times, at most {QUERY_TERMS}"))),
            None => Ok(()),
        }
    }
}

/// What contributed to a hit's score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// Words found in the profile: up to 60 points.
    Development,
    /// Language, place, offer: up to 20 points.
    Logistics,
    /// Whether requests are welcome and places free: up to 15 points.
    Readiness,
    /// What bodies attest, not what mentors say of themselves: up to 5 points.
    Assurance,
}

/// One sentence of why a profile was found. The points of all reasons add up to the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// What sort of reason.
    pub factor: Factor,
    /// How many of the score's points, with one decimal.
    pub points: f64,
    /// The sentence, for people; what a mentor says of themselves begins with "says".
    pub text: String,
    /// What the sentence says, for whoever words it in another language.
    pub because: Because,
}

/// What a reason rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Because {
    /// Words of the query stand in the profile.
    Words {
        /// As they were typed.
        typed: String,
        /// What they were read as, where nobody has them as they were typed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        read_as: Vec<String>,
        /// Where they stand: skills, headline, name, helps_with, tags, summary, sectors, bio, fit, programme, employer,
        /// region.
        places: Vec<String>,
    },
    /// Words of the query stand close together.
    Together {
        /// Each pair, as it was typed.
        typed: Vec<String>,
    },
    /// Skills that were asked for.
    Skills {
        /// Their labels.
        labels: Vec<String>,
    },
    /// A language that was asked for.
    Language {
        /// Its tag.
        tag: String,
        /// How well it is spoken.
        fluency: Fluency,
    },
    /// The country that was asked for.
    Country,
    /// Offers that were asked for.
    Offers {
        /// Which.
        offers: Vec<OfferKind>,
    },
    /// Whether requests are welcome, as the profile's availability and responsiveness say.
    Readiness,
    /// What the mentor says of their practice.
    Practice,
}
