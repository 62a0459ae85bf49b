//! Who looks at a page: the language they chose or their browser asks for, and the same page in the others.
//!
//! A choice is one word in a cookie, which says nothing about who chose; without one nothing is kept at all.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};

use super::locale::Locale;

/// The name in the address, and of the cookie.
const NAME: &str = "lang";
/// How long a choice is kept: a year, in seconds.
const KEPT: u32 = 31_536_000;

/// Somebody who looks at a page.
#[derive(Clone, Debug)]
pub(in crate::http::web) struct Visitor {
    /// The language in which they are answered.
    pub(in crate::http::web) locale: Locale,
    /// Whether they chose it just now.
    chosen: bool,
    /// The address of the page, up to where a language is added.
    here: String,
}

/// A language to choose, and the same page in it.
#[derive(Clone, Debug)]
pub(in crate::http::web) struct Choice {
    pub(in crate::http::web) tag: &'static str,
    pub(in crate::http::web) name: &'static str,
    pub(in crate::http::web) address: String,
    pub(in crate::http::web) current: bool,
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
    pub(in crate::http::web) fn choices(&self) -> Vec<Choice> {
        let choice = |locale: Locale| Choice {
            tag: locale.tag(),
            name: locale.own_name(),
            address: format!("{}{NAME}={}", self.here, locale.tag()),
            current: locale == self.locale,
        };
        Locale::ALL.into_iter().map(choice).collect()
    }

    /// Says in which language a page is and on what that depends, and keeps what was chosen.
    pub(in crate::http::web) fn mark(&self, headers: &mut HeaderMap) {
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
