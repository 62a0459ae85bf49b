//! `/desk/introductions`: where every introduction stands, without what people wrote.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use mentormesh_protocol::api::{Direction, Introduction};

use super::frame::{Frame, Pick, answer, asked, following, when};
use crate::http::api::introductions;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::http::web::me::signed_in;
use crate::http::web::site::Site;

/// Under which tab these pages are.
pub(super) const HERE: &str = "/desk/introductions";
const FILTERS: [&str; 3] = ["direction", "state", "open"];
const SIDES: [(&str, &str); 3] = [("", "Both sides"), ("received", "For our mentors"), ("sent", "By our mentees")];
const STATES: [(&str, &str); 6] = [
    ("", "Any state"),
    ("question", "Question asked"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("expired", "Expired"),
    ("blocked", "Blocked"),
];

#[derive(Template)]
#[template(path = "desk_introductions.html")]
pub(super) struct IntroductionsPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) sides: Vec<Pick>,
    pub(super) states: Vec<Pick>,
    pub(super) open: bool,
    pub(super) total: u64,
    pub(super) rows: Vec<Row>,
    pub(super) next: Option<String>,
}

/// One introduction in the table.
pub(super) struct Row {
    pub(super) address: String,
    pub(super) mentee: String,
    pub(super) mentor: String,
    pub(super) other: String,
    pub(super) state: String,
    pub(super) asked: String,
    /// Until when it waits for a word.
    pub(super) until: Option<String>,
}

/// Shows the table.
pub(in crate::http) async fn show(State(app): State<App>, asker: Asker, pairs: Pairs) -> Result<Response, Failure> {
    let (who, asked) = (signed_in(&asker)?.clone(), asked(&pairs, &FILTERS));
    let list = introductions::list(State(app.clone()), asker, Pairs(asked.0.clone())).await?.0;
    let set = |name| asked.last(name).unwrap_or_default();
    let picks = |all: &[(&'static str, &'static str)], now: &str| {
        all.iter().map(|(word, label)| Pick { word, label: (*label).to_owned(), set: *word == now }).collect()
    };
    let page = IntroductionsPage {
        site: Site::of(&app),
        desk: Frame::of(&who, HERE),
        sides: picks(&SIDES, set("direction")),
        states: picks(&STATES, set("state")),
        open: asked.flag("open")?.unwrap_or(false),
        total: list.total,
        next: following(HERE, &asked, list.next.as_deref()),
        rows: list.items.iter().map(row).collect(),
    };
    answer(&page, None)
}

/// An introduction as a row.
pub(super) fn row(one: &Introduction) -> Row {
    Row {
        address: address(one),
        mentee: one.mentee.clone(),
        mentor: one.mentor.clone().unwrap_or_else(|| "a mentor".to_owned()),
        other: one.organisation.name.clone(),
        state: one.state.as_str().replace('_', " "),
        asked: when(one.created_at),
        until: one.state.is_open().then(|| when(one.expires_at)),
    }
}

/// Where one side of an introduction is shown.
pub(super) fn address(one: &Introduction) -> String {
    let side = match one.direction {
        Direction::Sent => "?direction=sent",
        Direction::Received => "",
    };
    format!("{HERE}/{}{side}", one.id)
}
