//! What every page says of the node it comes from, in the language of who looks at it.

use std::borrow::Borrow;

use askama::filters::Safe;

use super::visitor::{Choice, Visitor};
use crate::http::app::App;
use crate::speech::Locale;

/// The frame around every page.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// The organisation's name.
    pub(super) name: String,
    /// Its id, short.
    pub(super) short: String,
    /// Its website, if it has one.
    pub(super) website: Option<String>,
    /// Its own privacy notice, if it has one.
    pub(super) privacy_notice: Option<String>,
    /// Its own complaints route, if it has one.
    pub(super) complaints: Option<String>,
    /// Organisations whose mentors are shown here, names in order.
    pub(super) shown: Vec<String>,
    /// Mentors shown here.
    pub(super) mentors: u64,
    /// The language of the page.
    pub(super) locale: Locale,
    /// The same page in every language; none where there is but one.
    pub(super) choices: Vec<Choice>,
    /// Whether search engines may show the page.
    pub(super) indexed: bool,
}

impl Site {
    /// As the view has it now, around a page that speaks the visitor's language.
    pub(super) fn seen_by(visitor: &Visitor, app: &App) -> Self {
        Self { locale: visitor.locale, choices: visitor.choices(), ..Self::of(app) }
    }

    /// As the view has it now, around a page in English.
    pub(super) fn of(app: &App) -> Self {
        let view = app.view();
        let card = view.organisations.get(&view.own).and_then(|known| known.card.as_ref());
        let mut shown: Vec<_> = view.shown().map(|id| view.name(id)).collect();
        shown.sort_by_key(|name| name.to_lowercase());
        let counts = view.organisations.values().filter(|known| known.why.shown()).map(|known| known.mentors);
        Self {
            name: view.name(&view.own),
            short: view.own.short(),
            website: card.and_then(|card| card.website.clone()),
            privacy_notice: card.and_then(|card| card.privacy_notice.clone()),
            complaints: card.and_then(|card| card.complaints.clone()),
            shown,
            mentors: counts.sum(),
            locale: Locale::English,
            choices: Vec::new(),
            indexed: false,
        }
    }

    /// The language's tag.
    pub(super) const fn tag(&self) -> &'static str {
        self.locale.tag()
    }

    /// A message.
    pub(super) fn say(&self, id: &str) -> String {
        self.locale.say(id)
    }

    /// A message about a number of something.
    pub(super) fn count(&self, id: &str, count: impl Borrow<u64>) -> String {
        self.locale.count(id, *count.borrow())
    }

    /// A message with a name in it.
    pub(super) fn naming(&self, id: &str, name: impl AsRef<str>) -> Safe<String> {
        self.locale.naming(id, &[("name", name.as_ref())])
    }

    /// A message of which some words are a link.
    pub(super) fn linked(&self, id: &str, address: impl AsRef<str>) -> Safe<String> {
        self.locale.linked(id, address.as_ref())
    }
}
