//! Who looks at a page: the language they chose or their browser asks for, and the same page in the others.
//!
//! A choice is one word in a cookie, which says nothing about who chose; without one nothing is kept at all.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};

use crate::speech::Locale;

/// The name in the address, and of the cookie.
const NAME: &str = "lang";
/// How long a choice is kept: a year, in seconds.
const KEPT: u32 = 31_536_000;

/// Somebody who looks at a page.
#[derive(Clone, Debug)]
pub(super) struct Visitor {
    /// The language in which they are answered.
    pub(super) locale: Locale,
    /// Whether they chose it just now.
    chosen: bool,
    /// The address of the page, up to where a language is added.
    here: String,
}

/// A language to choose, and the same page in it.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) tag: &'static str,
    pub(super) name: &'static str,
    pub(super) address: String,
    pub(super) current: bool,
}

impl Visitor {
    pub(super) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let asked = pairs(uri).filter_map(|(name, value)| (name == NAME).then(|| Locale::of_tag(value))?).last();
        let locale = asked.or_else(|| kept(headers)).unwrap_or_else(|| {
            let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
            accept.map_or(Locale::English, Locale::preferred)
        });
        let others: Vec<_> = pairs(uri).filter(|(name, _)| *name != NAME).collect();
        let mut here = format!("{}?", uri.path());
        for (name, value) in others {
            here.push_str(&format!("{name}={value}&"));
        }
        Self { locale, chosen: asked.is_some(), here }
    }

    /// This page in every language.
    pub(super) fn choices(&self) -> Vec<Choice> {
        let choice = |locale: Locale| Choice {
            tag: locale.tag(),
            name: locale.own_name(),
            address: format!("{}{NAME}={}", self.here, locale.tag()),
            current: locale == self.locale,
        };
        Locale::ALL.into_iter().map(choice).collect()
    }

    /// Says in which language a page is and on what that depends, and keeps what was chosen.
    pub(super) fn mark(&self, headers: &mut HeaderMap) {
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(self.locale.tag()));
        headers.append(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
        if self.chosen {
            let cookie = format!("{NAME}={}; Path=/; Max-Age={KEPT}; SameSite=Lax; HttpOnly", self.locale.tag());
            headers.extend(HeaderValue::try_from(cookie).ok().map(|cookie| (header::SET_COOKIE, cookie)));
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.uri, &parts.headers))
    }
}

/// The pairs of the query string as they were written; what nobody wrote is not guessed at.
fn pairs(uri: &Uri) -> impl Iterator<Item = (&str, &str)> {
    uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='))
}

/// The choice that was made before.
fn kept(headers: &HeaderMap) -> Option<Locale> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (name == NAME).then(|| Locale::of_tag(value))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor(address: &'static str, headers: &[(header::HeaderName, &'static str)]) -> Visitor {
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        Visitor::of(&Uri::from_static(address), &headers)
    }

    #[test]
    fn a_choice_stands_above_the_cookie_and_the_cookie_above_the_browser() {
        let asks = (header::ACCEPT_LANGUAGE, "de");
        let kept = (header::COOKIE, "other=x; lang=fr");
        assert_eq!(visitor("/about", std::slice::from_ref(&asks)).locale, Locale::German);
        assert_eq!(visitor("/about", &[asks.clone(), kept.clone()]).locale, Locale::French);
        assert_eq!(visitor("/about?lang=es", &[asks.clone(), kept.clone()]).locale, Locale::Spanish);
        assert_eq!(
            visitor("/about?lang=tlh", &[asks, kept]).locale,
            Locale::French,
            "a language that nobody speaks here"
        );
    }

    #[test]
    fn only_a_choice_is_kept_and_it_says_nothing_else() {
        let told = |address| {
            let mut headers = HeaderMap::new();
            visitor(address, &[]).mark(&mut headers);
            headers
        };
        let said =
            |headers: &HeaderMap, name| headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
        let chosen = told("/?q=a&lang=de");
        assert_eq!(said(&chosen, header::CONTENT_LANGUAGE).as_deref(), Some("de"));
        let cookie = said(&chosen, header::SET_COOKIE);
        assert_eq!(cookie.as_deref(), Some("lang=de; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"));
        let plain = told("/?q=a");
        assert_eq!(said(&plain, header::CONTENT_LANGUAGE).as_deref(), Some("en"));
        assert_eq!(said(&plain, header::VARY).as_deref(), Some("Accept-Language, Cookie"));
        assert!(plain.get(header::SET_COOKIE).is_none(), "who chooses nothing is given nothing");
    }

    #[test]
    fn the_switch_leads_to_the_same_page_in_each_language() {
        let here = visitor("/?q=a%20b&country=GB&lang=fr", &[]);
        let addresses: Vec<_> = here.choices().into_iter().map(|choice| (choice.address, choice.current)).collect();
        assert_eq!(addresses.get(1), Some(&("/?q=a%20b&country=GB&lang=de".to_owned(), false)));
        assert_eq!(addresses.get(2), Some(&("/?q=a%20b&country=GB&lang=fr".to_owned(), true)));
        let first = visitor("/about", &[]).choices().into_iter().next().map(|choice| choice.address);
        assert_eq!(first.as_deref(), Some("/about?lang=en"));
    }
}
