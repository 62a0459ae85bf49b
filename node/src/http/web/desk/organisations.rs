//! `/desk/organisations` and `/desk/organisations/{id}`: whom this node knows, what it believes of them and why.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Response;
use mentormesh_protocol::api::{OrganisationView, Standing, TrustPolicy};

use super::frame::{Frame, answer};
use super::organisation_act::Act;
use super::policy::Choice;
use super::shown_there::{self, shown_there};
use crate::http::access;
use crate::http::api::{organisations, trust};
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::web::me::signed_in;
use crate::http::web::site::Site;
use crate::http::web::words;
use crate::speech::Locale;
use crate::view::View;

/// Under which tab these pages are.
pub(super) const HERE: &str = "/desk/organisations";
/// Organisations that the page lists.
const LISTED: usize = 200;

#[derive(Template)]
#[template(path = "desk_organisations.html")]
pub(super) struct OrganisationsPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) policy: &'static str,
    /// The policies that can be chosen instead, if whoever looks may choose.
    pub(super) choices: Vec<Choice>,
    pub(super) rows: Vec<Row>,
    pub(super) unlisted: usize,
}

#[derive(Template)]
#[template(path = "desk_organisation.html")]
pub(super) struct OrganisationPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) row: Row,
    pub(super) facts: Vec<(&'static str, String)>,
    /// Others whose name could be taken for this one's, each with its id.
    pub(super) alike: Vec<String>,
    pub(super) acts: Vec<Act>,
}

/// One organisation in the table.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) stands: &'static str,
    pub(super) shown: bool,
    pub(super) why: String,
    pub(super) mentors: u64,
    /// Whether they show our mentors, in a word.
    pub(super) shows_us: &'static str,
}

/// Shows the table.
pub(in crate::http) async fn list(State(app): State<App>, asker: Asker) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    let all = organisations::list(State(app.clone())).await.0.items;
    let (view, there) = (app.view(), shown_there(&app.network.peers().await));
    let may = access::opens(who, &Method::POST, "/desk/trust/{policy}");
    let page = OrganisationsPage {
        site: Site::of(&app),
        desk: Frame::of(who, HERE),
        policy: policy(trust::word(view.settings.policy)),
        choices: Choice::ALL.into_iter().filter(|choice| may && choice.fits(&view)).collect(),
        unlisted: all.len().saturating_sub(LISTED),
        rows: all.iter().take(LISTED).map(|one| row(one, there.get(&one.id).copied())).collect(),
    };
    answer(&page, None)
}

/// Shows one.
pub(in crate::http) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    let one = found(&app, id).await?;
    let may = access::opens(who, &Method::POST, "/desk/organisations/{id}/{act}");
    let offered = Act::ALL.into_iter().filter(|act| may && !one.own && act.fits(one.standing));
    let there = shown_there(&app.network.peers().await).get(&one.id).copied();
    let page = OrganisationPage {
        site: Site::of(&app),
        desk: Frame::of(who, HERE),
        row: row(&one, there),
        facts: facts(&one, there),
        alike: alike(&app.view(), &one),
        acts: offered.collect(),
    };
    answer(&page, None)
}

/// The organisation that an address names, as the API shows it; one that was pinned or blocked before it was met too.
pub(super) async fn found(app: &App, id: String) -> Result<OrganisationView, Failure> {
    let all = organisations::list(State(app.clone())).await.0.items;
    let named = app.organisation_id(&id)?;
    all.into_iter().find(|one| one.id == named).ok_or_else(|| Failure::not_found("organisation", &id))
}

/// An organisation as a row.
pub(super) fn row(one: &OrganisationView, shows_us: Option<bool>) -> Row {
    Row {
        id: one.id.to_string(),
        name: one.name.clone(),
        short: one.id.short(),
        stands: match (one.own, one.standing) {
            (true, _) => "our own",
            (false, Standing::Pinned) => "pinned",
            (false, Standing::Blocked) => "blocked",
            (false, Standing::None) => "neither pinned nor blocked",
        },
        shown: one.shown,
        why: one.why.clone(),
        mentors: one.mentors,
        shows_us: if one.own { "our own" } else { shown_there::word(shows_us) },
    }
}

/// The others with such a name, each with its id, so that nobody pins the wrong one.
pub(super) fn alike(view: &View, one: &OrganisationView) -> Vec<String> {
    view.alike(&one.id).map(|other| view.name(other)).collect()
}

fn facts(one: &OrganisationView, shows_us: Option<bool>) -> Vec<(&'static str, String)> {
    let country = one.country.as_ref().map(|code| words::country(Locale::English, code));
    let shows_us = (!one.own).then(|| shown_there::sentence(shows_us).to_owned());
    let facts = [
        ("Shows our mentors", shows_us),
        ("Whole id", Some(one.id.to_string())),
        ("Country", country),
        ("Website", one.website.clone()),
        ("Privacy notice", one.privacy_notice.clone()),
        ("Complaints", one.complaints.clone()),
        ("Mentors held here", Some(one.mentors.to_string())),
        ("Nodes", Some(one.nodes.len().to_string())),
        ("Key chain", one.disputed.then(|| "disputed: ask them by another way which one is theirs".to_owned())),
    ];
    facts.into_iter().filter_map(|(what, fact)| Some((what, fact?))).collect()
}

const fn policy(policy: TrustPolicy) -> &'static str {
    match policy {
        TrustPolicy::Closed => "closed: pinned organisations alone are shown",
        TrustPolicy::Recognised => "recognised: pinned organisations are shown, and whom they recognise",
        TrustPolicy::Open => "open: every organisation is shown that is not blocked",
    }
}
