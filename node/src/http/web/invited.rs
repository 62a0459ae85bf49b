//! What links about a mentor's own listing lead to: agree, decline, edit, confirm. Looking changes nothing; the button
//! does it once, and what is agreed to is what the page showed.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use mentormesh_protocol::Subject;
use mentormesh_protocol::api::{ConsentMethod, ErrorCode, InvitationAnswer, Listing, ListingState, Problem};
use mentormesh_protocol::record::AvailabilityStatus;

use super::page;
use super::problem::Told;
use super::seen::{Choosing, Seen};
use super::site::Site;
use super::visitor::Visitor;
use crate::actions::{Action, ListingStep};
use crate::http::app::App;
use crate::http::error::{Failure, Shown};
use crate::listings::{Agreed, Preview};
use crate::speech::Locale;

/// Who acts, in the audit trail: whoever holds a link that was mailed to a mentor.
const MENTOR: &str = "mentor";
/// What is said of a link that was used, in words of the interface.
const USED: &str = "this link was used already; nothing was done now";

#[derive(Template)]
#[template(path = "invited.html")]
struct InvitedPage {
    site: Site,
    token: String,
    heading: String,
    says: Vec<String>,
    seen: Option<Seen>,
    private: Vec<String>,
    choosing: Option<Choosing>,
    button: Option<String>,
    problem: Option<Told>,
}

/// Shows what the link would do, and asks.
pub(super) async fn ask(
    app: &App,
    visitor: &Visitor,
    token: &str,
    action: &Action,
    step: ListingStep,
) -> Result<Response, Failure> {
    let preview = app.listings.preview(&Subject(action.about)).await?;
    let used = app.desk.action_used(&action.nonce).await?.is_some();
    page(visitor, &invited(Site::seen_by(visitor, app), preview, token, step, used, None))
}

/// Does what the link is for, unless it was done already; then leads to where it can be seen.
pub(super) async fn act(
    app: &App,
    visitor: &Visitor,
    token: &str,
    action: &Action,
    step: ListingStep,
    said: &[(String, String)],
) -> Result<Response, Failure> {
    let used = app.desk.action_used(&action.nonce).await?.is_some();
    let done =
        if used { Err(Problem::new(ErrorCode::Conflict, USED).into()) } else { done(app, action, step, said).await };
    match done {
        Ok(entered) => {
            app.desk.use_action(&action.nonce, action.until).await?;
            let there = entered.unwrap_or_else(|| format!("/act/{token}"));
            Ok(Redirect::to(&there).into_response())
        }
        Err(failure) => {
            let problem = failure.problem().clone();
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let preview = app.listings.preview(&Subject(action.about)).await?;
            let site = Site::seen_by(visitor, app);
            let told = if used {
                Told { what: site.say("act-used-now"), ..Told::default() }
            } else {
                Told::of(site.locale, &problem)
            };
            let shown = invited(site, preview, token, step, used, Some(told));
            let mut response = page(visitor, &shown)?;
            *response.status_mut() = status;
            response.extensions_mut().insert(Shown);
            Ok(response)
        }
    }
}

/// Does it; answers where to go on, if that is elsewhere.
async fn done(
    app: &App,
    action: &Action,
    step: ListingStep,
    said: &[(String, String)],
) -> Result<Option<String>, Failure> {
    let (id, listings) = (Subject(action.about), app.listings.by(MENTOR));
    match step {
        ListingStep::Consent => {
            let field = |name: &str| said.iter().rev().find(|(given, _)| given == name).map(|(_, text)| text.as_str());
            let (reach, open_web, shown) = Choosing::said(field)?;
            let address = Some(listings.find(&id).await?.contact.email);
            let (method, link) = (ConsentMethod::MailedLink, Some(action.nonce));
            listings.consent(&id, Agreed { reach, open_web, shown, method, address, link }).await?;
        }
        ListingStep::Decline => {
            listings.decline(&id).await?;
        }
        ListingStep::Confirm => {
            listings.confirm(&id).await?;
        }
        ListingStep::Edit => {
            let token = app.people.link_of_mentor(&listings.find(&id).await?.contact.email).await?;
            return Ok(Some(format!("/sign-in/{token}?to=/listing")));
        }
    }
    Ok(None)
}

fn invited(
    site: Site,
    preview: Preview,
    token: &str,
    step: ListingStep,
    used: bool,
    told: Option<Told>,
) -> InvitedPage {
    let (heading, lead, button) = match step {
        ListingStep::Consent => ("consent-heading", "consent-lead", "consent-button"),
        ListingStep::Decline => ("decline-heading", "decline-lead", "decline-button"),
        ListingStep::Edit => ("edit-link-heading", "edit-link-lead", "edit-link-button"),
        ListingStep::Confirm => ("confirm-heading", "confirm-lead", "confirm-do-confirm"),
    };
    let listing = &preview.listing;
    let confirmable = matches!(listing.state, ListingState::Published | ListingState::Expired);
    let open = !used && (step != ListingStep::Confirm || confirmable);
    let mut says = Vec::new();
    if open {
        says.push(site.say(lead));
    } else if used {
        says.push(site.say("invite-used"));
    }
    if !open || step != ListingStep::Consent {
        says.push(standing(site.locale, listing));
    }
    let shows = open && matches!(step, ListingStep::Consent | ListingStep::Confirm);
    InvitedPage {
        token: token.to_owned(),
        heading: site.say(heading),
        says,
        private: private(listing),
        choosing: (open && step == ListingStep::Consent).then(|| Choosing::of(&site, &preview)),
        seen: shows.then(|| Seen::of(site.locale, preview.profile)),
        button: open.then(|| site.say(button)),
        problem: told,
        site,
    }
}

/// What stays at the home node, as far as it is the mentor's own.
pub(super) fn private(listing: &Listing) -> Vec<String> {
    listing.contact.name.iter().chain([&listing.contact.email]).cloned().collect()
}

/// Where a listing stands, in a sentence.
pub(super) fn standing(locale: Locale, listing: &Listing) -> String {
    let declined = listing.invitation.as_ref().is_some_and(|asked| asked.answer == InvitationAnswer::Declined);
    let paused = listing.profile.availability.status == AvailabilityStatus::Paused;
    locale.say(match listing.state {
        ListingState::Published if paused => "listing-stands-paused",
        ListingState::Published => "listing-stands-published",
        ListingState::Expired => "listing-stands-expired",
        ListingState::Draft | ListingState::Withdrawn if declined && listing.consent.is_none() => {
            "listing-stands-declined"
        }
        ListingState::Withdrawn => "listing-stands-withdrawn",
        ListingState::Draft if listing.consent.is_some() => "listing-stands-kept",
        ListingState::Draft => "listing-stands-draft",
    })
}
