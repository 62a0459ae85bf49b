//! `/desk/introductions/{id}`: where an introduction stands; what was written, for a reason that is kept.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use mentormesh_protocol::api::{Introduction, Problem};

use super::frame::{Frame, answer, when};
use super::introductions::{HERE, Row, address, row};
use crate::http::api::introductions;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;

#[derive(Template)]
#[template(path = "desk_introduction.html")]
pub(super) struct IntroductionPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) row: Row,
    pub(super) why: Vec<String>,
    pub(super) withheld: bool,
    /// What was written, under what it is; only for a reason.
    pub(super) texts: Vec<(&'static str, String)>,
    pub(super) events: Vec<Event>,
    /// The reason that was typed.
    pub(super) reason: String,
}

/// One thing that happened.
pub(super) struct Event {
    pub(super) at: String,
    pub(super) state: String,
    pub(super) by: String,
    pub(super) text: Option<String>,
}

/// Shows where it stands.
pub(in crate::http) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Result<Response, Failure> {
    let one = found(&app, &asker, id, &pairs, None).await?;
    answer(&page(&app, &asker, &one, String::new(), None)?, None)
}

/// Shows what was written, and writes down who read it and why.
pub(in crate::http) async fn open(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    pairs: Pairs,
    form: Form,
) -> Result<Response, Failure> {
    check_form(signed_in(&asker)?, &form)?;
    let Form(fields) = form;
    let reason = fields.last("reason").unwrap_or_default().to_owned();
    let opened = if reason.is_empty() {
        Err(Problem::field("reason", "say why; the audit trail keeps it").into())
    } else {
        found(&app, &asker, id.clone(), &pairs, Some(&reason)).await
    };
    match opened {
        Ok(one) => answer(&page(&app, &asker, &one, reason, None)?, None),
        Err(failure) => {
            let (one, problem) = (found(&app, &asker, id, &pairs, None).await?, failure.problem().clone());
            answer(&page(&app, &asker, &one, reason, Some(problem.clone()))?, Some(&problem))
        }
    }
}

async fn found(
    app: &App,
    asker: &Asker,
    id: String,
    pairs: &Pairs,
    reason: Option<&str>,
) -> Result<Introduction, Failure> {
    let side = pairs.last("direction").map(|side| ("direction".to_owned(), side.to_owned()));
    let reason = reason.map(|reason| ("reason".to_owned(), reason.to_owned()));
    let asked = Pairs(side.into_iter().chain(reason).collect());
    Ok(introductions::show(State(app.clone()), Path(id), asker.clone(), asked).await?.0)
}

fn page(
    app: &App,
    asker: &Asker,
    one: &Introduction,
    reason: String,
    problem: Option<Problem>,
) -> Result<IntroductionPage, Failure> {
    Ok(shown(Site::of(app), Frame::of(signed_in(asker)?, HERE).with(problem), one, reason))
}

/// The page of an introduction.
pub(super) fn shown(site: Site, desk: Frame, one: &Introduction, reason: String) -> IntroductionPage {
    let texts = [
        ("Title", Some(one.title.clone())),
        ("What it is for", Some(one.purpose.clone())),
        ("Why this mentor", one.why_you.clone()),
        ("What was answered", one.message.clone()),
    ];
    let reported = one.block.as_ref().and_then(|block| block.report.clone());
    let why = [
        one.why.clone(),
        one.refusal.clone(),
        one.reason.map(|reason| format!("reason: {}", reason.as_str().replace('_', " "))),
        reported.map(|report| format!("reported: {report}")),
        one.on_its_way.clone(),
    ];
    let events = one.events.iter().map(|event| Event {
        at: when(event.at),
        state: event.state.as_str().replace('_', " "),
        by: event.by.clone(),
        text: event.text.clone(),
    });
    IntroductionPage {
        site,
        desk,
        row: Row { address: address(one), ..row(one) },
        why: why.into_iter().flatten().collect(),
        withheld: one.withheld,
        texts: texts
            .into_iter()
            .filter_map(|(what, text)| Some((what, text.filter(|text| !text.is_empty())?)))
            .collect(),
        events: events.collect(),
        reason,
    }
}
