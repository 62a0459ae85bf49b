//! `/desk/audit`: the audit trail, newest first.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use mentormesh_protocol::PersonId;
use mentormesh_protocol::api::AuditEntry;

use super::frame::{Frame, answer, asked, following, when};
use crate::http::api::audit;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::http::web::me::signed_in;
use crate::http::web::site::Site;

const HERE: &str = "/desk/audit";
const FILTERS: [&str; 3] = ["act", "by", "about"];

#[derive(Template)]
#[template(path = "desk_audit.html")]
pub(super) struct AuditPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) act: String,
    pub(super) by: String,
    pub(super) about: String,
    pub(super) total: u64,
    pub(super) rows: Vec<Act>,
    pub(super) next: Option<String>,
}

/// One act as the page shows it.
pub(super) struct Act {
    pub(super) at: String,
    pub(super) by: String,
    /// Where the person who did it is shown.
    pub(super) person: Option<String>,
    pub(super) act: String,
    pub(super) about: String,
    pub(super) detail: String,
}

/// Shows the trail.
pub(in crate::http) async fn list(State(app): State<App>, asker: Asker, pairs: Pairs) -> Result<Response, Failure> {
    let (who, asked) = (signed_in(&asker)?, asked(&pairs, &FILTERS));
    let text = |name| asked.last(name).unwrap_or_default().to_owned();
    let (act, by, about) = (text("act"), text("by"), text("about"));
    let list = audit::list(State(app.clone()), Pairs(asked.0.clone())).await?.0;
    let mut names = BTreeMap::new();
    for id in list.items.iter().filter_map(person) {
        if let std::collections::btree_map::Entry::Vacant(free) = names.entry(id) {
            free.insert(app.desk.person(&id).await?.map(|person| person.name));
        }
    }
    let page = AuditPage {
        site: Site::of(&app),
        desk: Frame::of(who, HERE),
        act,
        by,
        about,
        total: list.total,
        next: following(HERE, &asked, list.next.as_deref()),
        rows: list.items.into_iter().map(|entry| row(entry, &names)).collect(),
    };
    answer(&page, None)
}

/// Who acted, if it was a person.
fn person(entry: &AuditEntry) -> Option<PersonId> {
    entry.by.strip_prefix("person ")?.parse().ok()
}

fn row(entry: AuditEntry, names: &BTreeMap<PersonId, Option<String>>) -> Act {
    let id = person(&entry);
    let name = id.and_then(|id| names.get(&id).cloned().flatten());
    Act {
        at: when(entry.at),
        person: id.filter(|_| name.is_some()).map(|id| format!("/desk/people/{id}")),
        by: name.unwrap_or(entry.by),
        act: entry.act,
        about: entry.about,
        detail: entry.detail,
    }
}
