//! `/requests/{id}`: one request as its mentee or its mentor sees it: where it stands and what comes next, every word that
//! was exchanged, and what can be done now.
//!
//! Sentences are `words.rs`, what a form does `step.rs`, what was typed into it `typed.rs`, and what each side has before
//! it `sides.rs`.

mod sides;
pub(super) mod step;
#[cfg(test)]
pub(super) mod tests;
mod typed;
pub(super) mod words;

use askama::Template;
use askama::filters::Safe;
use axum::extract::{Path, State};
use axum::response::Response;
use mentormesh_protocol::api::{Direction, Introduction};

use self::sides::{MenteeSide, MentorSide};
use self::typed::Typed;
use super::ask::refused::Refusal;
use super::me::form_token;
use super::site::Site;
use super::visitor::Visitor;
use super::{mine, page, times};
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::people::SignedIn;

#[derive(Template)]
#[template(path = "request.html")]
struct RequestPage {
    site: Site,
    one: Introduction,
    /// Where its steps go.
    base: String,
    /// That its forms were made here.
    form: String,
    label: String,
    ready: bool,
    whom: Safe<String>,
    stands: Safe<String>,
    /// Why, where somebody or something said no, or waits.
    because: Option<String>,
    offer: String,
    asked_on: String,
    /// The times that were offered, by number, and the one that was agreed on.
    slots: Vec<(u8, String)>,
    agreed: Option<String>,
    events: Vec<Event>,
    mentor: Option<MentorSide>,
    mentee: Option<MenteeSide>,
    typed: Typed,
    /// Why a step was not taken.
    problem: Option<Refusal>,
}

/// A line of the timeline.
struct Event {
    at: String,
    says: Safe<String>,
    text: Option<String>,
}

/// Shows one request to one of its two sides.
pub(in crate::http) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    visitor: Visitor,
    pairs: Pairs,
) -> Result<Response, Failure> {
    let who = mine::signed_in(&asker)?;
    let whose = mine::whose(&app, who).await?;
    let one = mine::one(&app, &whose, &id, side(&pairs)).await?;
    let site = Site::seen_by(&visitor, &app);
    let sides = sides::of(&app, site.locale, &whose, &one).await?;
    page(&visitor, &request(site, who, one, sides))
}

/// The call that the two agreed on, as a file for the calendar of one of them.
pub(in crate::http) async fn calendar(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    pairs: Pairs,
) -> Result<Response, Failure> {
    let who = mine::signed_in(&asker)?;
    let whose = mine::whose(&app, who).await?;
    let one = mine::one(&app, &whose, &id, side(&pairs)).await?;
    crate::http::api::calendar::of(&app, &one).await
}

/// The side that an address asks for.
fn side(pairs: &Pairs) -> Option<Direction> {
    match pairs.last("side") {
        Some("sent") => Some(Direction::Sent),
        Some("received") => Some(Direction::Received),
        _ => None,
    }
}

fn request(
    site: Site,
    who: &SignedIn,
    one: Introduction,
    (mentor, mentee): (Option<MentorSide>, Option<MenteeSide>),
) -> RequestPage {
    let (locale, brief) = (site.locale, words::brief(&one));
    let event = |event: &mentormesh_protocol::api::IntroductionEvent| Event {
        at: super::words::minute(locale, event.at),
        says: words::event(locale, &brief, event, &site.name),
        text: event.text.clone(),
    };
    RequestPage {
        base: format!("/requests/{}", one.id),
        form: form_token(who),
        label: words::label(locale, one.state),
        ready: one.state.is_open() || one.contact.is_some(),
        whom: words::between(locale, &one),
        stands: words::stands(locale, &one),
        because: words::because(locale, &one),
        offer: super::words::word(locale, "offer", one.offer.as_str()),
        asked_on: super::words::minute(locale, one.created_at),
        slots: times::offered(locale, &one),
        agreed: times::agreed(locale, &one),
        events: one.events.iter().map(event).collect(),
        mentor,
        mentee,
        typed: Typed::default(),
        problem: None,
        site,
        one,
    }
}
