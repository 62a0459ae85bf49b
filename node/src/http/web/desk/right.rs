//! `/desk/rights/{id}`: one request about somebody's rights, and its answer, which is read once more before it is sent.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{ErasureState, ErrorCode, Problem, RightsClose, RightsRequestView};
use mentormesh_protocol::duty::RightsOutcome;

use super::frame::{Frame, Pick, answer, when};
use super::look;
use super::rights::{HERE, Row, row};
use crate::http::access;
use crate::http::api::rights;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::{Json, Pairs};
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;
use crate::http::web::words;
use crate::people::SignedIn;
use crate::speech::Locale;

#[derive(Template)]
#[template(path = "desk_right.html")]
pub(super) struct RightPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) row: Row,
    /// What is asked for, in the asker's words.
    pub(super) words: String,
    pub(super) facts: Vec<(&'static str, String)>,
    /// The listing it is about, if it is here.
    pub(super) listing: Option<String>,
    /// What each organisation that held the erased profile says.
    pub(super) receipts: Vec<(String, String)>,
    pub(super) outcomes: Vec<Pick>,
    /// The message that was typed, or sent.
    pub(super) message: String,
    /// What the asker would be told, and what stands for it in the form.
    pub(super) looked: Option<(String, String)>,
}

/// Shows one.
pub(in crate::http) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    let one = rights::show(State(app.clone()), Path(id)).await?.0;
    answer(&page(&app, who, &one, None, String::new(), None).await?, None)
}

/// Shows what the asker would be told, or tells them what was shown.
pub(in crate::http) async fn close(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    check_form(who, &form)?;
    let Form(fields) = form;
    let one = rights::show(State(app.clone()), Path(id)).await?.0;
    let message = fields.last("message").unwrap_or_default().replace("\r\n", "\n");
    let Some(Ok(outcome)) = fields.last("outcome").map(str::parse::<RightsOutcome>) else {
        let problem = Problem::field("outcome", "choose what became of it");
        return answer(&page(&app, who, &one, None, message, Some(problem.clone())).await?, Some(&problem));
    };
    let problem = match refusal(who, &one, outcome, &message, &fields) {
        Some(problem) => problem,
        None if fields.last("do") != Some("close") => {
            return answer(&page(&app, who, &one, Some(outcome), message, None).await?, None);
        }
        None => {
            let message = Some(message.clone()).filter(|message| !message.is_empty());
            // Nothing is known again by this digest: a request is closed once.
            let body = Json { value: RightsClose { outcome, message }, digest: [0; 32] };
            match rights::close(State(app.clone()), Path(one.id.to_string()), asker.clone(), body).await {
                Ok(_) => return Ok(Redirect::to(&format!("{HERE}/{}", one.id)).into_response()),
                Err(failure) => failure.problem().clone(),
            }
        }
    };
    answer(&page(&app, who, &one, Some(outcome), message, Some(problem.clone())).await?, Some(&problem))
}

/// Why this is not sent, or not even shown as what would be.
fn refusal(
    who: &SignedIn,
    one: &RightsRequestView,
    outcome: RightsOutcome,
    message: &str,
    fields: &Pairs,
) -> Option<Problem> {
    if one.closed_at.is_some() {
        return Some(Problem::new(ErrorCode::Conflict, "this request is answered already; nothing was sent now"));
    }
    if fields.last("do") != Some("close") {
        return None;
    }
    look::unseen(fields, &seen(who, one, outcome, message))
}

fn seen(who: &SignedIn, one: &RightsRequestView, outcome: RightsOutcome, message: &str) -> String {
    look::seen(who, &["rights", &one.id.to_string(), outcome.as_str(), message])
}

fn told(outcome: RightsOutcome) -> String {
    Locale::English.say(&format!("rights-outcome-{}", outcome.as_str()))
}

async fn page(
    app: &App,
    who: &SignedIn,
    one: &RightsRequestView,
    outcome: Option<RightsOutcome>,
    message: String,
    problem: Option<Problem>,
) -> Result<RightPage, Failure> {
    let open = one.closed_at.is_none();
    let listing = match one.listing {
        Some(id) if access::opens(who, &Method::GET, "/desk/listings/{id}") => app.listings.find(&id).await.ok(),
        Some(_) | None => None,
    };
    let receipts = match one.listing {
        Some(id) => app.rights.receipts(&id).await?.map(|list| list.items).unwrap_or_default(),
        None => Vec::new(),
    };
    let outcomes =
        RightsOutcome::ALL.map(|known| Pick { word: known.as_str(), label: told(known), set: outcome == Some(known) });
    // A message that is not taken cannot be what was looked at.
    let fits = problem.as_ref().is_none_or(|problem| problem.errors.is_empty());
    let looked = outcome.filter(|_| open && fits).map(|outcome| (told(outcome), seen(who, one, outcome, &message)));
    Ok(RightPage {
        site: Site::of(app),
        desk: Frame::of(who, HERE).with(problem),
        row: row(one),
        words: one.words.clone(),
        facts: facts(one),
        listing: listing.map(|listing| format!("/desk/listings/{}", listing.id)),
        receipts: receipts.iter().map(|one| (one.organisation.name.clone(), receipt(one.state).to_owned())).collect(),
        outcomes: if open { outcomes.into() } else { Vec::new() },
        message: if open { message } else { one.message.clone().unwrap_or_default() },
        looked,
    })
}

const fn receipt(state: ErasureState) -> &'static str {
    match state {
        ErasureState::Confirmed => "signed that it is gone there",
        ErasureState::Pending => "has not said so yet",
        ErasureState::Expired => "never said so; its copy has run out by itself",
    }
}

fn facts(one: &RightsRequestView) -> Vec<(&'static str, String)> {
    let facts = [
        ("Name", one.name.clone()),
        ("Answer goes to", Some(one.reply.clone())),
        ("Filed at", Some(format!("{} ({})", one.door.name, one.door.id.short()))),
        ("Came", Some(when(one.received_at))),
        ("Due", Some(words::moment(Locale::English, one.due_at))),
        ("Answered", one.closed_at.map(when)),
        ("Number", Some(one.id.to_string())),
    ];
    facts.into_iter().filter_map(|(what, fact)| Some((what, fact?))).collect()
}
