//! `/desk/rights`: requests about somebody's rights, the most urgent first.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use mentormesh_protocol::api::RightsRequestView;
use mentormesh_protocol::duty::RightsKind;

use super::frame::{Frame, Pick, answer, asked, following};
use crate::http::api::rights;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::http::web::me::signed_in;
use crate::http::web::site::Site;
use crate::http::web::words;
use crate::speech::Locale;

/// Under which tab these pages are.
pub(super) const HERE: &str = "/desk/rights";
const STATES: [(&str, &str); 3] = [("", "All, open ones first"), ("true", "Open"), ("false", "Answered")];

#[derive(Template)]
#[template(path = "desk_rights.html")]
pub(super) struct RightsPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) states: Vec<Pick>,
    pub(super) total: u64,
    pub(super) rows: Vec<Row>,
    pub(super) next: Option<String>,
}

/// One request in the table.
pub(super) struct Row {
    pub(super) address: String,
    pub(super) kind: &'static str,
    pub(super) about: String,
    pub(super) door: String,
    pub(super) due: String,
    pub(super) overdue: bool,
    /// What became of it.
    pub(super) outcome: Option<String>,
}

/// Shows the table.
pub(in crate::http) async fn show(State(app): State<App>, asker: Asker, pairs: Pairs) -> Result<Response, Failure> {
    let (who, asked) = (signed_in(&asker)?, asked(&pairs, &["open"]));
    let list = rights::list(State(app.clone()), Pairs(asked.0.clone())).await?.0;
    let open = asked.last("open").unwrap_or_default();
    let page = RightsPage {
        site: Site::of(&app),
        desk: Frame::of(who, HERE),
        states: STATES.map(|(word, label)| Pick { word, label: label.to_owned(), set: word == open }).into(),
        total: list.total,
        next: following(HERE, &asked, list.next.as_deref()),
        rows: list.items.iter().map(row).collect(),
    };
    answer(&page, None)
}

/// A request as a row.
pub(super) fn row(one: &RightsRequestView) -> Row {
    let listing = one.listing.map(|listing| format!("listing {}", listing.short()));
    Row {
        address: format!("{HERE}/{}", one.id),
        kind: kind(one.kind),
        about: one.name.clone().or(listing).unwrap_or_default(),
        door: one.door.name.clone(),
        due: words::moment(Locale::English, one.due_at),
        overdue: one.overdue,
        outcome: one.outcome.map(|outcome| Locale::English.say(&format!("rights-outcome-{}", outcome.as_str()))),
    }
}

/// What is asked for, in a few words.
const fn kind(kind: RightsKind) -> &'static str {
    match kind {
        RightsKind::Access => "See what is held",
        RightsKind::Correction => "Have it corrected",
        RightsKind::Erasure => "Be erased",
        RightsKind::Objection => "Object to its use",
        RightsKind::Complaint => "Complaint",
    }
}
