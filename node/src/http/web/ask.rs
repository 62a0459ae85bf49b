//! `/mentors/{id}/ask`: writing to a mentor. The form says what makes a good first message, the preview shows exactly what
//! is sent, and sending twice sends once.
//!
//! What is typed is `draft.rs`, why it cannot be sent now `refused.rs`. Nothing is kept before it is sent: what is
//! typed travels from page to page, and comes back whatever is wrong with it.

mod draft;
pub(super) mod refused;
#[cfg(test)]
mod tests;

use askama::Template;
use askama::filters::Safe;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{Direction, ProfileView};
use mentormesh_protocol::key::base32;
use mentormesh_protocol::limits::OPEN_PER_MENTEE;
use mentormesh_protocol::record::OfferKind;

use self::draft::{Draft, Wrong};
use self::refused::{Refusal, refusal};
use super::me::{check_form, form_token};
use super::site::Site;
use super::visitor::Visitor;
use super::{mine, page, words};
use crate::http::api::profiles;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::{Failure, Shown};
use crate::http::extract::Pairs;
use crate::http::form::Form;
use crate::introductions::Chance;
use crate::people::SignedIn;
use crate::search::Viewer;
use crate::speech::Locale;

/// Whom one writes to, and as whom: what form and preview have in common.
struct Whom {
    /// Where the form goes.
    address: String,
    mentor: String,
    organisation: String,
    email: String,
    /// That the form was made here.
    form: String,
}

#[derive(Template)]
#[template(path = "ask.html")]
struct AskPage {
    site: Site,
    whom: Whom,
    profile: String,
    draft: Draft,
    wrong: Wrong,
    offers: Vec<Pick>,
    /// Why it was not sent.
    problem: Option<Refusal>,
    /// How many requests may still be opened.
    left: String,
    /// The request whose words these are.
    taken: Option<Safe<String>>,
}

#[derive(Template)]
#[template(path = "ask_preview.html")]
struct PreviewPage {
    site: Site,
    whom: Whom,
    draft: Draft,
    offer: String,
    /// The times by both clocks.
    slots: Vec<String>,
}

#[derive(Template)]
#[template(path = "ask_not_now.html")]
struct NotNowPage {
    site: Site,
    whom: Whom,
    profile: String,
    refusal: Refusal,
    /// The open request to this mentor.
    open: Option<String>,
}

/// One of several.
struct Pick {
    value: &'static str,
    label: String,
    set: bool,
}

/// Shows the form, with the words of an earlier request if one is named; or says why not now.
pub(in crate::http) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    visitor: Visitor,
    pairs: Pairs,
) -> Result<Response, Failure> {
    let who = mine::signed_in(&asker)?;
    let view = profiles::view(&app, Viewer::House, &id).await?;
    let chance = app.introductions.chance(&who.person.email, &view.id).await?;
    let (site, whom) = (Site::seen_by(&visitor, &app), whom(who, &view));
    if let Some(problem) = &chance.refused {
        return page(&visitor, &not_now(site, whom, &view, refusal(visitor.locale, problem), &chance));
    }
    let earlier = mine::earlier(&app, who, pairs.last("from")).await?;
    let once = base32().encode(&crate::people::draw::<16>()?);
    let name = who.person.name.clone();
    let draft = earlier.as_ref().map_or_else(|| Draft::blank(&name, &once), |earlier| Draft::again(earlier, &once));
    let taken = earlier.map(|earlier| {
        visitor
            .locale
            .naming("asking-taken", &[("name", &mine::mentor(visitor.locale, &earlier)), ("title", &earlier.title)])
    });
    page(&visitor, &AskPage { taken, ..ask(site, whom, &view, draft, &chance) })
}

/// Shows exactly what would be sent, takes it back to the form, or sends it.
pub(in crate::http) async fn act(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Failure> {
    let who = mine::signed_in(&asker)?;
    let view = profiles::view(&app, Viewer::House, &id).await?;
    let chance = app.introductions.chance(&who.person.email, &view.id).await?;
    // In another language this page would be another one, without what was typed.
    let site = Site { choices: Vec::new(), ..Site::seen_by(&visitor, &app) };
    let (whom, draft) = (whom(who, &view), Draft::read(&form.0));
    let locale = visitor.locale;
    if let Err(foreign) = check_form(who, &form) {
        let problem = Refusal { text: locale.say("asking-other-session"), english: false };
        let shown = AskPage { problem: Some(problem), ..ask(site, whom, &view, draft, &chance) };
        return refused(&visitor, &shown, foreign.problem().status);
    }
    let wrong = draft.wrong(locale, app.clock.now());
    match form.0.last("step") {
        Some("change") => page(&visitor, &ask(site, whom, &view, draft, &chance)),
        _ if !wrong.is_empty() => refused(
            &visitor,
            &AskPage { wrong, ..ask(site, whom, &view, draft, &chance) },
            StatusCode::UNPROCESSABLE_ENTITY.as_u16(),
        ),
        Some("send") => {
            let input = draft.input(view.id, &who.person.email);
            match app.introductions.send_once(input, &asker.word(), Some(draft.name_of(who, &view.id))).await {
                Ok(sent) => Ok(Redirect::to(&mine::address(&sent.id, Direction::Sent)).into_response()),
                Err(problem) => {
                    let shown = AskPage {
                        wrong: Wrong::of_problem(&problem),
                        problem: Some(refusal(locale, &problem)),
                        ..ask(site, whom, &view, draft, &chance)
                    };
                    refused(&visitor, &shown, problem.status)
                }
            }
        }
        _ => {
            let offer = words::word(locale, "offer", draft.offer.as_str());
            let slots = draft.times.said(&app, locale, &view.id);
            page(&visitor, &PreviewPage { site, whom, draft, offer, slots })
        }
    }
}

/// A page that says why something was not done, under the status of that.
fn refused(visitor: &Visitor, template: &impl Template, status: u16) -> Result<Response, Failure> {
    let mut response = page(visitor, template)?;
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    response.extensions_mut().insert(Shown);
    Ok(response)
}

fn whom(who: &SignedIn, view: &ProfileView) -> Whom {
    Whom {
        address: format!("/mentors/{}/ask", view.id),
        mentor: view.profile.display_name.clone(),
        organisation: view.organisation.name.clone(),
        email: who.person.email.clone(),
        form: form_token(who),
    }
}

fn ask(site: Site, whom: Whom, view: &ProfileView, draft: Draft, chance: &Chance) -> AskPage {
    let locale = site.locale;
    let left =
        locale.with("asking-left", &[("left", &chance.left.to_string()), ("most", &OPEN_PER_MENTEE.to_string())]);
    AskPage {
        offers: offers(locale, view, draft.offer),
        profile: format!("/mentors/{}", view.id),
        wrong: Wrong::default(),
        problem: None,
        taken: None,
        site,
        whom,
        draft,
        left,
    }
}

/// What can be asked for: fifteen minutes of anybody, and what this mentor offers besides.
fn offers(locale: Locale, view: &ProfileView, chosen: OfferKind) -> Vec<Pick> {
    let offered = |kind: OfferKind| view.profile.offers.iter().any(|offer| offer.kind == kind);
    let kinds =
        OfferKind::ALL.iter().filter(|kind| **kind == OfferKind::Intro15 || offered(**kind) || **kind == chosen);
    let pick = |kind: &OfferKind| Pick {
        value: kind.as_str(),
        label: words::word(locale, "offer", kind.as_str()),
        set: *kind == chosen,
    };
    kinds.map(pick).collect()
}

fn not_now(site: Site, whom: Whom, view: &ProfileView, refusal: Refusal, chance: &Chance) -> NotNowPage {
    let open = chance.open.map(|id| mine::address(&id, Direction::Sent));
    NotNowPage { profile: format!("/mentors/{}", view.id), site, whom, refusal, open }
}
