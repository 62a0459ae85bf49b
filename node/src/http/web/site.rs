//! What every page says of the node it comes from.

use crate::http::app::App;

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
}

impl Site {
    /// As the view has it now.
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
        }
    }
}
