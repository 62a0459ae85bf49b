//! `/desk/mail`: what was written to people, how it fares, and another try.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{List, MailStanding, MailTest, MailView, Problem};

use super::frame::{Frame, Pick, answer, asked, following, when};
use crate::http::access;
use crate::http::api::mail;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::{Json, Pairs};
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;

const HERE: &str = "/desk/mail";
const STATES: [(&str, &str); 4] = [("", "All"), ("waiting", "Waiting"), ("given_up", "Given up"), ("sent", "Sent")];

#[derive(Template)]
#[template(path = "desk_mails.html")]
pub(super) struct MailsPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) states: Vec<Pick>,
    pub(super) total: u64,
    pub(super) rows: Vec<Row>,
    pub(super) next: Option<String>,
    /// Whether mails can be read.
    pub(super) reads: bool,
    /// The address that was typed for a test.
    pub(super) to: String,
}

#[derive(Template)]
#[template(path = "desk_mail.html")]
pub(super) struct MailPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) row: Row,
    pub(super) subject: String,
    pub(super) text: Option<String>,
}

/// One mail in the table.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) what: String,
    pub(super) to: String,
    pub(super) state: &'static str,
    pub(super) at: String,
    pub(super) attempts: u32,
    pub(super) problem: Option<String>,
    pub(super) retries: bool,
}

/// Shows the queue.
pub(in crate::http) async fn list(State(app): State<App>, asker: Asker, pairs: Pairs) -> Result<Response, Failure> {
    answer(&queue(&app, &asker, &pairs, String::new(), None).await?, None)
}

async fn queue(
    app: &App,
    asker: &Asker,
    pairs: &Pairs,
    to: String,
    problem: Option<Problem>,
) -> Result<MailsPage, Failure> {
    let (who, asked) = (signed_in(asker)?, asked(pairs, &["state"]));
    let List { items, total, next } = mail::list(State(app.clone()), Pairs(asked.0.clone())).await?.0;
    let state = asked.last("state").unwrap_or_default();
    Ok(MailsPage {
        site: Site::of(app),
        desk: Frame::of(who, HERE).with(problem),
        states: STATES.map(|(word, label)| Pick { word, label: label.to_owned(), set: word == state }).into(),
        total,
        rows: items.iter().map(row).collect(),
        next: following(HERE, &asked, next.as_deref()),
        reads: access::opens(who, &Method::GET, "/desk/mail/{id}"),
        to,
    })
}

/// Shows one mail; that somebody read it is written down.
pub(in crate::http) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?.clone();
    let one = mail::show(State(app.clone()), Path(id), asker).await?.0;
    let page = MailPage {
        site: Site::of(&app),
        desk: Frame::of(&who, HERE),
        row: row(&one),
        subject: one.subject,
        text: one.text,
    };
    answer(&page, None)
}

/// Has a mail tried again.
pub(in crate::http) async fn retry(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    check_form(signed_in(&asker)?, &form)?;
    match mail::retry(State(app.clone()), Path(id), asker.clone()).await {
        Ok(_) => Ok(Redirect::to(HERE).into_response()),
        Err(failure) => {
            let problem = failure.problem().clone();
            let page = queue(&app, &asker, &Pairs(Vec::new()), String::new(), Some(problem.clone())).await?;
            answer(&page, Some(&problem))
        }
    }
}

/// Queues a mail that only shows that mail arrives.
pub(in crate::http) async fn test(
    State(app): State<App>,
    asker: Asker,
    pairs: Pairs,
    form: Form,
) -> Result<Response, Failure> {
    check_form(signed_in(&asker)?, &form)?;
    let to = form.0.last("to").unwrap_or_default().to_owned();
    let body = Json { value: MailTest { to: to.clone() }, digest: [0; 32] };
    match mail::test(State(app.clone()), asker.clone(), body).await {
        Ok(_) => Ok(Redirect::to(HERE).into_response()),
        Err(failure) => {
            let problem = failure.problem().clone();
            answer(&queue(&app, &asker, &pairs, to, Some(problem.clone())).await?, Some(&problem))
        }
    }
}

/// A mail as a row.
pub(super) fn row(one: &MailView) -> Row {
    Row {
        id: one.id.clone(),
        what: one.what.replace('_', " "),
        to: one.to.clone(),
        state: match one.state {
            MailStanding::Waiting => "waiting",
            MailStanding::Sent => "sent",
            MailStanding::GivenUp => "given up",
        },
        at: when(one.ended_at.unwrap_or(one.queued_at)),
        attempts: one.attempts,
        problem: one.problem.clone(),
        retries: one.state != MailStanding::Sent,
    }
}
