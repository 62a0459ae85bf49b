//! What is wrong with a field of the form, in the language of who reads it: judged anew by what was typed, because the
//! node's own words are English. Where only those say it, they stand beside a sentence that says so.

use super::fields::{Field, Kind};
use crate::contacts;
use crate::speech::Locale;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http::web) struct Wrong {
    pub(in crate::http::web) text: String,
    /// The node's own words, in English.
    pub(in crate::http::web) node: Option<String>,
}

impl Wrong {
    /// With this field, of which the node says this.
    pub(in crate::http::web) fn with(locale: Locale, field: &Field, node: &str) -> Self {
        if locale == Locale::English {
            return Self { text: node.to_owned(), node: None };
        }
        match &field.kind {
            Kind::Line(value, most) | Kind::Text(value, most) => {
                let plain = typed(locale, field, value, *most);
                plain.map_or_else(|| Self::other(locale, node), |text| Self { text, node: None })
            }
            Kind::One(_) | Kind::Any(_) | Kind::Fixed(_) => Self::other(locale, node),
        }
    }

    /// With something that is no field of the form.
    pub(in crate::http::web) fn at_large(locale: Locale, node: &str) -> Self {
        if locale == Locale::English {
            return Self { text: node.to_owned(), node: None };
        }
        Self::other(locale, node)
    }

    fn other(locale: Locale, node: &str) -> Self {
        Self { text: locale.say("edit-wrong-other"), node: Some(node.to_owned()) }
    }
}

/// What is wrong with a text, if it is one of the things that usually are.
fn typed(locale: Locale, field: &Field, value: &str, most: usize) -> Option<String> {
    let characters = value.trim().chars().count();
    if characters == 0 {
        return Some(locale.say("edit-wrong-missing"));
    }
    if characters > most {
        let (has, most) = (characters.to_string(), most.to_string());
        return Some(locale.with("edit-wrong-long", &[("has", &has), ("most", &most)]));
    }
    let found = contacts::find_or_link(value)?;
    Some(locale.with("edit-wrong-contact", &[("field", &field.label), ("found", &found.text)]))
}
