//! Introductions: what a mentee sends, what both sides see of it, and the bodies of each step.

use serde::{Deserialize, Serialize};

use super::OrganisationRef;
use super::listing::Contact;
use super::time_slot::{SlotInput, Times};
use crate::introduction::{DeclineReason, Side, State};
use crate::key::IntroductionId;
use crate::record::{OfferKind, ProfileId};
use crate::time::{Date, Timestamp};

/// A request for an introduction, posted at the mentee's node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IntroductionInput {
    /// The mentor who is asked: `<organisation>.<listing>`, as search gives it.
    pub profile: ProfileId,
    /// First line, 10 to 120 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 10, max_length = 120))]
    pub title: String,
    /// What it is for, 40 to 1,200 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 40, max_length = 1200))]
    pub purpose: String,
    /// Why this mentor, up to 400 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 400))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_you: Option<String>,
    /// What is asked for; fifteen minutes if nothing is said.
    #[serde(default = "fifteen_minutes")]
    pub offer: OfferKind,
    /// The time zone that the mentee lives by, like Europe/London. The mentor sees it.
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// When the mentee could have a first call, at most six times; they need the zone.
    #[cfg_attr(feature = "openapi", schema(max_items = 6))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<SlotInput>,
    /// Who asks. The name goes with the request, the address only after a yes.
    pub mentee: Mentee,
}

const fn fifteen_minutes() -> OfferKind {
    OfferKind::Intro15
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Mentee {
    /// The name the mentor sees, 1 to 200 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub name: String,
    /// E-mail address. It stays at this node until a yes. Never answered at the mentor's node.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::email))]
    pub email: String,
}

/// Whether this node's side asked or was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A mentee of this organisation asked.
    Sent,
    /// A mentor of this organisation was asked.
    Received,
}

impl Direction {
    /// The side that this node speaks for.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::Sent => Side::Mentee,
            Self::Received => Side::Mentor,
        }
    }

    /// The word as people and JSON write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
        }
    }
}

/// An introduction, as one of its two nodes sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Introduction {
    /// Its id, the same on both nodes.
    pub id: IntroductionId,
    /// Where it stands.
    pub state: State,
    /// Whether this node's side asked or was asked.
    pub direction: Direction,
    /// The mentor who is asked.
    pub profile: ProfileId,
    /// The mentor's name, if the profile is known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentor: Option<String>,
    /// The other side's organisation.
    pub organisation: OrganisationRef,
    /// The name the mentee chose.
    pub mentee: String,
    /// First line.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Why this mentor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_you: Option<String>,
    /// What is asked for.
    pub offer: OfferKind,
    /// When the two could meet, by the clocks of both, if the mentee said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Times>,
    /// When it was asked.
    pub created_at: Timestamp,
    /// Until when it waits for an answer.
    pub expires_at: Timestamp,
    /// Where the way to the other node stands, in words, while something still has to go there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_its_way: Option<String>,
    /// Why it was refused, declined or is stuck, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The code of a refusal: not_recognised, inbox_full, organisation_full, cooldown, pair_open, not_listed, not_accepting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// The reason of a decline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<DeclineReason>,
    /// The last kind word of the mentor, with a yes or a no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Somebody whom the mentor named instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<ProfileId>,
    /// Up to three others who can be asked, once nobody will answer this: whom the mentor named, and what a search on
    /// this node's own disk finds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// What stands of a block, where this mentor wants no further request of this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<Block>,
    /// Whether this mentor was put aside: never offered to this mentee again, which nobody is told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub put_aside: bool,
    /// Other requests of the same mentee that still wait, once a mentor said yes to this one: they can be taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_open: Vec<OpenRequest>,
    /// Whether the texts and the contact are left out: a registrar who gives no reason to read them sees neither.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
    /// The other side's contact; only after a yes.
    pub contact: Option<Contact>,
    /// What happened, oldest first.
    pub events: Vec<IntroductionEvent>,
    /// What can be done next, as commands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<String>,
}

/// A block of one person by one mentor, as one of the two nodes holds to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Block {
    /// What was reported to this organisation's own registrar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// When it was lifted at this node; until then further requests are refused here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifted_at: Option<Timestamp>,
}

/// Somebody else who can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alternative {
    /// The profile.
    pub id: ProfileId,
    /// The mentor's name.
    pub name: String,
    /// What the mentor is.
    pub headline: String,
    /// Who lists the mentor.
    pub organisation: OrganisationRef,
    /// Whether the mentor who was asked named this one.
    pub referred: bool,
    /// Why this one, in words.
    pub why: Vec<String>,
}

/// A request that still waits, in passing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenRequest {
    /// The introduction.
    pub id: IntroductionId,
    /// The mentor who is asked.
    pub profile: ProfileId,
    /// Its first line.
    pub title: String,
}

/// Something that happened to an introduction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IntroductionEvent {
    /// When, by this node's clock.
    pub at: Timestamp,
    /// The state that it led to.
    pub state: State,
    /// Who did it: mentee, mentor, or node.
    pub by: String,
    /// What was said with it: a question or an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A question or an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TextInput {
    /// 1 to 1,200 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1200))]
    pub text: String,
}

/// A yes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcceptInput {
    /// A word to the mentee, up to 400 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 400))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How to reach the mentor; the listing's contact if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// The number of the time that suits, of those the mentee offers.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 6))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<u8>,
}

/// A no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeclineInput {
    /// Why, in one word.
    pub reason: DeclineReason,
    /// A kind word, up to 400 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 400))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Somebody who may fit better.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<ProfileId>,
    /// With `blocked`: what happened, 1 to 1,200 characters, for this organisation's own registrar. It never leaves
    /// this node; the mentee's organisation learns the reason alone.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// Pauses the mentor's listing at once, until this day: no other request comes before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause_until: Option<Date>,
}

/// Taking a request back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawInput {
    /// Whether because another mentor said yes; the mentor is told that and nothing more.
    #[serde(default)]
    pub superseded: bool,
}

/// A step that has nothing to say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepInput {}
