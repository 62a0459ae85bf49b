//! `/desk`: what waits for somebody now, the most urgent first, each with where it is dealt with.

use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use mentormesh_protocol::Timestamp;
use mentormesh_protocol::api::Standing;
use mentormesh_protocol::limits::{DAY, SILENCES_TOLD};

use super::frame::{Frame, answer, many, when};
use super::{introductions, organisations, rights};
use crate::http::access;
use crate::http::api;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::http::web::me::signed_in;
use crate::http::web::site::Site;
use crate::people::SignedIn;

const HERE: &str = "/desk";
/// Lines under one heading; the link below it leads to the others.
const LINES: usize = 8;

#[derive(Template)]
#[template(path = "desk.html")]
pub(super) struct DeskPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) matters: Vec<Matter>,
}

/// Something that waits: a heading with lines, each of which may lead somewhere.
pub(super) struct Matter {
    pub(super) heading: String,
    pub(super) lines: Vec<Line>,
    /// What to do about it, and where.
    pub(super) next: Option<(&'static str, &'static str)>,
}

/// One line: what it says, and where it leads.
pub(super) struct Line {
    pub(super) says: String,
    pub(super) address: Option<String>,
}

/// Shows what waits.
pub(in crate::http) async fn show(State(app): State<App>, asker: Asker) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    let opens = |route| access::opens(who, &Method::GET, route);
    let mut matters = Vec::new();
    if opens("/desk/introductions") {
        matters.extend(unanswered(&app).await?);
        matters.extend(blocked(&app, &asker).await?);
    }
    if opens("/desk/rights") {
        matters.extend(rights_open(&app).await?);
    }
    if opens("/desk/listings") {
        matters.extend(silent(&app).await?);
    }
    if opens("/desk/mail") {
        matters.extend(given_up(&app).await?);
    }
    if opens("/desk/listings") {
        matters.extend(to_confirm(&app).await?);
    }
    matters.extend(unshown(&app, who));
    matters.extend(states(&app).await?);
    answer(&DeskPage { site: Site::of(&app), desk: Frame::of(who, HERE), matters }, None)
}

async fn unanswered(app: &App) -> Result<Option<Matter>, Failure> {
    let now = app.clock.now();
    let mut lines = Vec::new();
    for row in app.desk.open_by_age(LINES as u32).await? {
        let one = app.introductions.show(&row.id, Some(row.direction)).await?;
        let shown = introductions::row(&one);
        let says = format!(
            "{} and {} ({}): {}, {}",
            shown.mentee,
            shown.mentor,
            shown.other,
            shown.state,
            age(&one.created_at, now)
        );
        lines.push(Line { says, address: Some(shown.address) });
    }
    Ok(matter(
        "Requests without a final answer, oldest first",
        lines,
        Some(("See all that wait", "/desk/introductions?open=true")),
    ))
}

/// "since 3 days".
fn age(at: &Timestamp, now: Timestamp) -> String {
    match now.0.saturating_sub(at.0) / DAY {
        0 => "since today".to_owned(),
        days => format!("since {}", many(days, "day", "days")),
    }
}

async fn blocked(app: &App, asker: &Asker) -> Result<Option<Matter>, Failure> {
    let pairs = [("state", "blocked"), ("limit", "20")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let list = api::introductions::list(State(app.clone()), asker.clone(), Pairs(pairs.into())).await?.0;
    let stands = |one: &&mentormesh_protocol::api::Introduction| {
        one.block.as_ref().is_some_and(|block| block.lifted_at.is_none())
    };
    let lines = list.items.iter().filter(stands).take(LINES).map(|one| {
        let shown = introductions::row(one);
        let reported = one.block.as_ref().is_some_and(|block| block.report.is_some());
        let what = if reported { "blocked and reported" } else { "blocked" };
        Line { says: format!("{} and {}: {what}", shown.mentee, shown.mentor), address: Some(shown.address) }
    });
    let next = Some(("See all that were blocked", "/desk/introductions?state=blocked"));
    Ok(matter("Blocked or reported", lines.collect(), next))
}

async fn rights_open(app: &App) -> Result<Option<Matter>, Failure> {
    let list = app.rights.list(Some(true), LINES, None).await?;
    let lines = list.items.iter().map(|one| {
        let row = rights::row(one);
        let due = if row.overdue { "overdue since" } else { "due" };
        Line { says: format!("{}: {}, {due} {}", row.kind, row.about, row.due), address: Some(row.address) }
    });
    let next = Some(("See all that are open", "/desk/rights?open=true"));
    Ok(matter("Requests about somebody's rights, the most urgent first", lines.collect(), next))
}

async fn silent(app: &App) -> Result<Option<Matter>, Failure> {
    let mut lines = Vec::new();
    for subject in app.desk.silent_mentors(SILENCES_TOLD).await?.into_iter().take(LINES) {
        // One that was erased meanwhile waits for nobody.
        if let Ok(listing) = app.listings.find(&subject).await {
            let says = format!("{}: ask them, or pause the listing", listing.profile.display_name);
            lines.push(Line { says, address: Some(format!("/desk/listings/{subject}")) });
        }
    }
    Ok(matter(&format!("Mentors who let {SILENCES_TOLD} requests or more in a row run out"), lines, None))
}

async fn given_up(app: &App) -> Result<Option<Matter>, Failure> {
    let count = app.desk.mail_counts().await?.given_up;
    let says = format!("{} could not be sent", many(count, "mail", "mails"));
    let lines =
        if count > 0 { vec![Line { says, address: Some("/desk/mail?state=given_up".to_owned()) }] } else { Vec::new() };
    Ok(matter("Mail that was given up", lines, None))
}

async fn to_confirm(app: &App) -> Result<Option<Matter>, Failure> {
    let filter = crate::listings::Filter { to_confirm: true, limit: LINES, ..Default::default() };
    let list = app.listings.list(filter).await?;
    let lines = list.items.iter().map(|one| Line {
        says: format!(
            "{}: on the network until {}",
            one.profile.display_name,
            one.expires_at.map(when).unwrap_or_default()
        ),
        address: Some(format!("/desk/listings/{}", one.id)),
    });
    let heading = format!("{} to confirm within thirty days", many(list.total, "listing", "listings"));
    Ok(matter(&heading, lines.collect(), Some(("See all of them", "/desk/listings?to_confirm=true"))))
}

/// Organisations that reached this node and about which nobody decided yet.
fn unshown(app: &App, who: &SignedIn) -> Option<Matter> {
    let view = app.view();
    let all = api::organisations::all(&view);
    let undecided = all.iter().filter(|one| !one.own && !one.shown && one.standing == Standing::None).take(LINES);
    let pins = access::opens(who, &Method::POST, "/desk/organisations/{id}/{act}");
    let lines = undecided.map(|one| {
        let row = organisations::row(one, None);
        let says = format!("{} ({}): {}", row.name, row.short, row.why);
        Line { says, address: Some(format!("/desk/organisations/{}", row.id)) }
    });
    let next = pins.then_some(("Pin or block them", "/desk/organisations"));
    matter("Organisations that are known and not shown", lines.collect(), next)
}

async fn states(app: &App) -> Result<Option<Matter>, Failure> {
    let states = api::status::show(State(app.clone())).await?.0.states;
    let lines = states.into_iter().map(|says| Line { says, address: None }).collect();
    Ok(matter("How the node is", lines, None))
}

fn matter(heading: &str, lines: Vec<Line>, next: Option<(&'static str, &'static str)>) -> Option<Matter> {
    (!lines.is_empty()).then(|| Matter { heading: heading.to_owned(), lines, next })
}
