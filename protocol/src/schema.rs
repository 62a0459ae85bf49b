//! Forms of texts and lists for the interface's document, where a type alone does not say them.
//!
//! What is written here is what the checks beside each field demand, so that a program can be made from the document.

use utoipa::openapi::schema::{AllOfBuilder, ArrayBuilder, ObjectBuilder, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::limits::RELAYS;

/// The characters of an https address after its scheme.
const LINK: &str = "^https://[!-~]+$";
/// Longest address in characters.
const LINK_CHARACTERS: usize = 2_000;
/// Longest e-mail address in bytes, and so in characters.
const EMAIL_CHARACTERS: usize = 254;

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))
}

/// A text of one form.
pub(crate) fn form(pattern: impl Into<String>) -> RefOr<Schema> {
    string().pattern(Some(pattern)).into()
}

/// A closed vocabulary.
pub(crate) fn words(words: impl Iterator<Item = &'static str>) -> RefOr<Schema> {
    string().enum_values(Some(words)).into()
}

/// Base32 of so many bytes: the last character carries what the ones before it leave over, and nothing else.
pub(crate) fn id(bytes: usize) -> String {
    format!("^{}$", base32(bytes))
}

fn base32(bytes: usize) -> String {
    let whole = bytes * 8 / 5;
    let last = match bytes * 8 % 5 {
        1 => "[aq]",
        2 => "[aiqy]",
        3 => "[aeimquy4]",
        4 => "[acegikmoqsuwy246]",
        _ => "",
    };
    format!("[a-z2-7]{{{whole}}}{last}")
}

/// An organisation, a dot, and one of its listings.
pub(crate) fn profile_id() -> String {
    format!("^{}\\.{}$", base32(32), base32(16))
}

/// A list of texts, each of bounded length.
pub(crate) fn texts<const ITEMS: usize, const CHARACTERS: usize>() -> ArrayBuilder {
    let text = string().min_length(Some(1)).max_length(Some(CHARACTERS));
    ArrayBuilder::new().items(text).max_items(Some(ITEMS))
}

/// As [`texts`], none of them twice.
pub(crate) fn different_texts<const ITEMS: usize, const CHARACTERS: usize>() -> ArrayBuilder {
    texts::<ITEMS, CHARACTERS>().unique_items(true)
}

/// Words of a closed vocabulary, none of them twice.
pub(crate) fn set<T: PartialSchema>() -> ArrayBuilder {
    ArrayBuilder::new().items(T::schema()).unique_items(true)
}

/// Addresses about a mentor.
pub(crate) fn links() -> ArrayBuilder {
    let link = string().pattern(Some(LINK)).max_length(Some(LINK_CHARACTERS));
    ArrayBuilder::new().items(link).max_items(Some(3))
}

/// An address that mail could reach; letters of any script.
pub(crate) fn email() -> ObjectBuilder {
    let format = SchemaFormat::Custom("idn-email".to_owned());
    string().format(Some(format)).max_length(Some(EMAIL_CHARACTERS))
}

/// A profile that can be listed. Only what was erased shows an empty one.
pub(crate) fn filled_profile<Profile: ToSchema>() -> AllOfBuilder {
    let filled = || string().min_length(Some(1));
    let named = ObjectBuilder::new().property("display_name", filled()).property("headline", filled());
    AllOfBuilder::new().item(Ref::from_schema_name(Profile::name())).item(named)
}

/// A contact that mail could reach. Only what was erased shows an empty one.
pub(crate) fn reachable<Contact: ToSchema>() -> AllOfBuilder {
    let reachable = ObjectBuilder::new().property("email", email());
    AllOfBuilder::new().item(Ref::from_schema_name(Contact::name())).item(reachable)
}

/// Organisations by their ids or beginnings of them; absent means unchanged.
pub(crate) fn relays() -> ArrayBuilder {
    let named = string().pattern(Some("^[a-z2-7]{6,52}$"));
    let list = SchemaType::from_iter([Type::Array, Type::Null]);
    ArrayBuilder::new().schema_type(list).items(named).max_items(Some(RELAYS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_as_many_characters_as_its_bytes_take() {
        assert_eq!(id(32), "^[a-z2-7]{51}[aq]$");
        assert_eq!(id(16), "^[a-z2-7]{25}[aeimquy4]$");
    }
}
