//! `/listing`: a mentor's own listing, for the mentor alone: what everybody sees beside what stays here, and every step
//! that is theirs. Changing what it says is `edit.rs`, each step `steps.rs`, leaving for good `erase.rs`.

mod edit;
mod erase;
pub(super) mod fields;
pub(super) mod said;
mod steps;
pub(super) mod wrong;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use mentormesh_protocol::Subject;
use mentormesh_protocol::api::{ConsentMethod, ErrorCode, Evidence, ListingState, Problem, Reach};
use mentormesh_protocol::record::AvailabilityStatus;

use super::invited::{private, standing};
use super::me::{check_form, form_token, signed_in};
use super::page;
use super::problem::Told;
use super::seen::{Choosing, Seen};
use super::site::Site;
use super::visitor::Visitor;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::{Failure, Shown};
use crate::http::form::Form;
use crate::listings::Preview;
use crate::people::SignedIn;
use crate::speech::Locale;

/// Where it is.
const HERE: &str = "/listing";

/// Every address of it.
pub(super) fn all() -> Router<App> {
    Router::new()
        .route("/listing", get(show))
        .route("/listing/edit", get(edit::show).post(edit::save))
        .route("/listing/consent", post(steps::consent))
        .route("/listing/confirm", post(steps::confirm))
        .route("/listing/pause", post(steps::pause))
        .route("/listing/resume", post(steps::resume))
        .route("/listing/withdraw", post(steps::withdraw))
        .route("/listing/erase", get(erase::show).post(erase::erase))
}

#[derive(Template)]
#[template(path = "listing.html")]
struct ListingPage {
    site: Site,
    form: String,
    standing: String,
    news: Vec<String>,
    seen: Seen,
    private: Vec<String>,
    evidence: Option<String>,
    choosing: Choosing,
    /// Whether the network sees it, and whether it sees what is here.
    published: bool,
    edited: bool,
    paused: bool,
    confirmable: bool,
    /// The dates of a pause, as they were typed.
    dates: [String; 2],
    problem: Option<Told>,
}

/// Shows the listing to its mentor.
async fn show(State(app): State<App>, asker: Asker, visitor: Visitor) -> Result<Response, Failure> {
    let (who, id) = own(&asker)?;
    let preview = app.listings.preview(&id).await?;
    page(&visitor, &listing(Site::seen_by(&visitor, &app), who, preview, None))
}

/// The page once more, with what was refused.
async fn again(
    app: &App,
    visitor: &Visitor,
    asker: &Asker,
    problem: Problem,
    dates: [String; 2],
) -> Result<Response, Failure> {
    let (who, id) = own(asker)?;
    let preview = app.listings.preview(&id).await?;
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let shown = ListingPage { dates, ..listing(Site::seen_by(visitor, app), who, preview, Some(problem)) };
    refused(page(visitor, &shown)?, status)
}

/// A page that says why something was refused, under the status of that.
fn refused(mut response: Response, status: StatusCode) -> Result<Response, Failure> {
    *response.status_mut() = status;
    response.extensions_mut().insert(Shown);
    Ok(response)
}

/// Who asks, and their listing. Whoever has none is told so, whatever others have.
fn own(asker: &Asker) -> Result<(&SignedIn, Subject), Failure> {
    let who = signed_in(asker)?;
    let id = who.listing.ok_or_else(|| {
        let problem = Problem::new(ErrorCode::NotFound, "you have no listing here");
        problem.with_next("ask your organisation's registrar to list you")
    })?;
    Ok((who, id))
}

/// A refusal; of the days of a pause there is a sentence in each language.
fn told(locale: Locale, problem: &Problem) -> Told {
    let day = problem.errors.iter().any(|error| matches!(error.field.as_str(), "from" | "until"));
    if day && locale != Locale::English {
        return Told { what: locale.say("listing-pause-wrong"), ..Told::default() };
    }
    Told::of(locale, problem)
}

/// The same of whoever sends a form, if it is one of their own pages.
fn own_form<'a>(asker: &'a Asker, form: &Form) -> Result<(&'a SignedIn, Subject), Failure> {
    let (who, id) = own(asker)?;
    check_form(who, form)?;
    Ok((who, id))
}

fn listing(site: Site, who: &SignedIn, preview: Preview, problem: Option<Problem>) -> ListingPage {
    let (locale, listing) = (site.locale, &preview.listing);
    let published = listing.state == ListingState::Published;
    let covered = listing.consent.as_ref().is_some_and(|consent| consent.reach == Reach::Network);
    let mut news = Vec::new();
    if published && listing.edited {
        news.push(site.say("listing-edited"));
    }
    if let (true, Some(until)) = (published && covered, listing.expires_at) {
        let day = locale.moment(until);
        news.push(locale.with("listing-renewed", &[("day", &day)]));
    }
    ListingPage {
        form: form_token(who),
        standing: standing(locale, listing),
        news,
        private: private(listing),
        evidence: listing.evidence.as_ref().map(|evidence| rests_on(&site, evidence)),
        choosing: Choosing::of(&site, &preview),
        published,
        edited: listing.edited,
        paused: listing.profile.availability.status == AvailabilityStatus::Paused,
        confirmable: matches!(listing.state, ListingState::Published | ListingState::Expired),
        dates: Default::default(),
        seen: Seen::of(locale, preview.profile),
        problem: problem.map(|problem| told(locale, &problem)),
        site,
    }
}

/// What the last consent rests on, in a sentence.
fn rests_on(site: &Site, evidence: &Evidence) -> String {
    let day = site.locale.moment(evidence.given_at);
    let message = match evidence.method {
        ConsentMethod::MailedLink => "evidence-mailed",
        ConsentMethod::SignedIn => "evidence-signed-in",
    };
    let digits: String = evidence.shown.chars().take(16).collect();
    site.locale.with(message, &[("day", &day), ("version", &evidence.notice_version), ("shown", &digits)])
}

#[cfg(test)]
mod tests;
