//! People of the organisation: who may sign in at its node, and with which roles.

use serde::{Deserialize, Serialize};

use crate::key::PersonId;
use crate::record::Invalid;
use crate::time::Timestamp;

/// Characters of a name.
const NAME: usize = 200;
/// Characters of a language tag.
const LOCALE: usize = 35;

/// What somebody may do beside what everybody may. A mentee needs none; a mentor is whoever has a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps listings and people, and answers for both.
    Registrar,
    /// Lists trainee mentors and sees listings.
    ProgrammeLead,
    /// Keeps the node running: peers, trust, keys.
    Operator,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Registrar, Self::ProgrammeLead, Self::Operator];

    /// The word as people and JSON write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Registrar => "registrar",
            Self::ProgrammeLead => "programme_lead",
            Self::Operator => "operator",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let known = Self::ALL.into_iter().find(|role| role.as_str() == text);
        known.ok_or_else(|| Invalid::new("role", format!("`{text}` is none of registrar, programme_lead, operator")))
    }
}

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// Their random id.
    pub id: PersonId,
    /// Where links to sign in go; no two people have the same, however it is written.
    pub email: String,
    /// Their name.
    pub name: String,
    /// The language they read, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Their roles, none for most.
    pub roles: Vec<Role>,
    /// Whether they cannot sign in any more.
    pub disabled: bool,
    /// When they were added.
    pub created_at: Timestamp,
}

/// Somebody new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonInput {
    /// E-mail address.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::email))]
    pub email: String,
    /// Name, 1 to 200 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub name: String,
    /// The language they read, as a BCP 47 tag.
    #[cfg_attr(feature = "openapi", schema(max_length = 35, pattern = "^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Roles, none if left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
}

/// What changes about somebody; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    /// All their roles from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<Role>>,
    /// Whether they cannot sign in any more; whoever is signed in is signed out by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// A link that signs somebody in once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInLink {
    /// The address to open.
    pub url: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

impl PersonInput {
    /// Checks name and language; what an address looks like is the home node's to say.
    ///
    /// # Errors
    /// The first field that breaks its rule.
    pub fn check(&self) -> Result<(), Invalid> {
        let characters = self.name.chars().count();
        if !(1..=NAME).contains(&characters) || self.name.trim().is_empty() {
            return Err(Invalid::new("name", format!("has {characters} characters; 1 to {NAME} are taken")));
        }
        if self.name.chars().any(char::is_control) {
            return Err(Invalid::new("name", "holds a control character; leave it out"));
        }
        match &self.locale {
            Some(tag) if !is_tag(tag) => {
                Err(Invalid::new("locale", format!("`{tag}` is no language tag; one looks like en or de-AT")))
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// Whether a text has the form of a language tag: letters, then parts of two to eight letters and digits.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let first = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    let rest = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.len() <= LOCALE && first && parts.all(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> PersonInput {
        PersonInput { email: "ada@example.org".to_owned(), name: "Ada".to_owned(), locale: None, roles: Vec::new() }
    }

    #[test]
    fn a_role_is_read_back_as_it_is_written() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
            assert_eq!(serde_json::to_value(role).ok(), Some(serde_json::json!(role.as_str())));
        }
        assert!("mentor".parse::<Role>().is_err(), "a mentor is whoever has a listing");
    }

    #[test]
    fn names_and_languages_have_their_form() {
        assert_eq!(ada().check(), Ok(()));
        for tag in ["en", "de-AT", "zh-Hant-TW", "fil"] {
            assert_eq!(PersonInput { locale: Some(tag.to_owned()), ..ada() }.check(), Ok(()), "{tag}");
        }
        for tag in ["", "e", "english", "en-", "en_GB", "en-x", &"en-ab".repeat(9)] {
            assert!(PersonInput { locale: Some(tag.to_owned()), ..ada() }.check().is_err(), "{tag}");
        }
        for name in ["", " ", "Ada\r\nBcc: mallory@example.org", &"a".repeat(NAME + 1)] {
            assert!(PersonInput { name: name.to_owned(), ..ada() }.check().is_err(), "{name:?}");
        }
    }
}
