//! The body of a profile: what a mentor shows the network, and no more.
//!
//! The schema is closed: e-mail, telephone, address, birth date and the like have no field, and a field that is not
//! here is refused. Names follow schema.org, JSON Resume and HSDS where those have a word.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::invalid::{count, each, https, language, line, lines, optional, required, text, unique};
use super::profile_parts::{Area, Assured, Availability, Ethics, Language, Offer, Practice, Responsiveness, Skill};
use super::profile_words::{HELPS_WITH, Knowing, Mode, Scope, Style};
use super::{Header, Invalid, ProfileId, Slot};
use crate::codec;
use crate::key::Subject;
use crate::limits::PROFILE_BYTES;
use crate::time::Date;

/// What a mentor shows: the public half of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Profile {
    /// The name the mentor goes by, 1 to 200 characters of any script.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    #[n(0)]
    pub display_name: String,
    /// Pronouns, up to 30 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 30))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pronouns: Option<String>,
    /// What the mentor is, in up to 120 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 120))]
    #[n(2)]
    pub headline: String,
    /// What a result card says, up to 280 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 280))]
    #[n(3)]
    #[serde(default)]
    pub summary: String,
    /// The longer text, up to 4,000 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    #[n(4)]
    #[serde(default)]
    pub bio: String,
    /// Fields of work, up to 3 of up to 100 characters.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::texts::<3, 100>))]
    #[n(5)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// Employer, only when the mentor ticked it, up to 120 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 120))]
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_name: Option<String>,
    /// What the mentor knows about, up to 20 skills.
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    #[n(7)]
    #[serde(default)]
    pub knows_about: Vec<Skill>,
    /// Up to 20 free words of up to 50 characters.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::different_texts::<20, 50>))]
    #[n(8)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What the mentor helps with: the known words, and up to 5 of the mentor's own.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::different_texts::<15, 80>))]
    #[n(9)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helps_with: Vec<String>,
    /// Knowing why, how or whom.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::set::<Knowing>))]
    #[n(10)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub knowing: Vec<Knowing>,
    /// What the mentor offers, up to 6.
    #[cfg_attr(feature = "openapi", schema(max_items = 6))]
    #[n(11)]
    #[serde(default)]
    pub offers: Vec<Offer>,
    /// Languages the mentor can mentor in, up to 10.
    #[cfg_attr(feature = "openapi", schema(max_items = 10))]
    #[n(12)]
    #[serde(default)]
    pub languages: Vec<Language>,
    /// Time zone by its IANA name.
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    #[n(13)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// How meetings can happen.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::set::<Mode>))]
    #[n(14)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<Mode>,
    /// Country and region, never finer.
    #[n(15)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// How far the mentor looks for mentees.
    #[n(16)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geographic_scope: Option<Scope>,
    /// Whether requests are welcome now.
    #[n(17)]
    #[serde(default)]
    pub availability: Availability,
    /// How soon requests were answered, computed by the home node from real outcomes.
    #[n(18)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsiveness: Option<Responsiveness>,
    /// Access support the mentor gives, up to 10 words of up to 50 characters.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::texts::<10, 50>))]
    #[n(19)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access_support: Vec<String>,
    /// Whom the mentor can help and whom not, up to 600 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 600))]
    #[n(20)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentee_fit: Option<String>,
    /// How the mentor works.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::set::<Style>))]
    #[n(21)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentor_style: Vec<Style>,
    /// Qualified, trainee or experienced; a trainee's programme and end date.
    #[n(22)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice: Option<Practice>,
    /// Up to 3 https addresses about the mentor.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::links))]
    #[n(23)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// The code of ethics the mentor accepted.
    #[n(24)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ethics: Option<Ethics>,
    /// When somebody at the home node last looked the listing over.
    #[n(25)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assured: Option<Assured>,
}

/// What the mentor agreed to, as far as the network may know.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Consented {
    /// The day consent was given.
    #[n(0)]
    pub given_on: Date,
    /// The wording of the notice it was given to, up to 40 characters.
    #[n(1)]
    pub notice_version: String,
    /// Whether the open web may see the profile too.
    #[n(2)]
    pub open_web: bool,
}

/// A profile as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ProfileBody {
    /// What the mentor shows.
    #[n(0)]
    pub profile: Profile,
    /// What the mentor agreed to.
    #[n(1)]
    pub consented: Consented,
    /// Up to 4 other profiles of the same person; counted only where both name each other.
    #[n(2)]
    pub also_listed: Vec<ProfileId>,
}

impl Consented {
    /// Checks the wording's name.
    ///
    /// # Errors
    /// When it is missing, too long, or not one plain line.
    pub fn check(&self) -> Result<(), Invalid> {
        text("notice_version", &self.notice_version, required(40))
    }
}

impl ProfileBody {
    pub(super) fn check(&self, header: &Header) -> Result<(), Invalid> {
        Subject::from_slice(&header.about).map_err(|e| Invalid::new("about", e.to_string()))?;
        self.consented.check()?;
        count("also_listed", &self.also_listed, 0, 4)?;
        unique("also_listed", &self.also_listed)?;
        if self.also_listed.iter().any(|other| header.slot() == Some(Slot::profile(other))) {
            return Err(Invalid::new("also_listed", "names this profile itself; remove it"));
        }
        self.profile.check()
    }
}

impl Profile {
    /// Checks every field against its frozen rule, and the size of the whole.
    ///
    /// # Errors
    /// The first field that breaks its rule, with what would be right.
    pub fn check(&self) -> Result<(), Invalid> {
        self.check_texts()?;
        self.check_lists()?;
        self.practice.as_ref().map_or(Ok(()), |practice| practice.check().map_err(|e| e.within("practice")))?;
        let size = codec::encode(self).len();
        if size > PROFILE_BYTES {
            let over = size - PROFILE_BYTES;
            let problem =
                format!("the profile has {size} bytes, at most {PROFILE_BYTES}; shorten its texts by {over} bytes");
            return Err(Invalid::new("profile", problem));
        }
        Ok(())
    }

    fn check_texts(&self) -> Result<(), Invalid> {
        text("display_name", &self.display_name, required(200))?;
        optional("pronouns", self.pronouns.as_deref(), required(30))?;
        text("headline", &self.headline, required(120))?;
        text("summary", &self.summary, line(280))?;
        text("bio", &self.bio, lines(4_000))?;
        optional("employer_name", self.employer_name.as_deref(), required(120))?;
        optional("time_zone", self.time_zone.as_deref(), required(64))?;
        optional("mentee_fit", self.mentee_fit.as_deref(), lines(600))?;
        self.area.as_ref().map_or(Ok(()), |area| area.check().map_err(|e| e.within("area")))?;
        self.availability.check().map_err(|e| e.within("availability"))?;
        self.ethics.as_ref().map_or(Ok(()), |ethics| ethics.check().map_err(|e| e.within("ethics")))?;
        self.assured.as_ref().map_or(Ok(()), |assured| assured.check().map_err(|e| e.within("assured")))
    }

    fn check_lists(&self) -> Result<(), Invalid> {
        count("sectors", &self.sectors, 0, 3)?;
        each("sectors", &self.sectors, |field, word| text(field, word, required(100)))?;
        count("knows_about", &self.knows_about, 0, 20)?;
        each("knows_about", &self.knows_about, |field, skill| skill.check().map_err(|e| e.within(field)))?;
        count("tags", &self.tags, 0, 20)?;
        unique("tags", &self.tags)?;
        each("tags", &self.tags, |field, word| text(field, word, required(50)))?;
        let own = self.helps_with.iter().filter(|word| !HELPS_WITH.contains(&word.as_str())).count();
        if own > 5 {
            return Err(Invalid::new("helps_with", format!("{own} words of the mentor's own, at most 5")));
        }
        count("helps_with", &self.helps_with, 0, HELPS_WITH.len() + 5)?;
        unique("helps_with", &self.helps_with)?;
        each("helps_with", &self.helps_with, |field, word| text(field, word, required(80)))?;
        unique("knowing", &self.knowing)?;
        count("offers", &self.offers, 0, 6)?;
        each("offers", &self.offers, |field, offer| offer.check().map_err(|e| e.within(field)))?;
        count("languages", &self.languages, 0, 10)?;
        each("languages", &self.languages, |field, spoken| language(&format!("{field}.tag"), &spoken.tag))?;
        unique("modes", &self.modes)?;
        count("access_support", &self.access_support, 0, 10)?;
        each("access_support", &self.access_support, |field, word| text(field, word, required(50)))?;
        unique("mentor_style", &self.mentor_style)?;
        count("links", &self.links, 0, 3)?;
        each("links", &self.links, |field, link| https(field, link))
    }
}
