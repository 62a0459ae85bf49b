//! `/sign-in`: asking for a link, and using one.
//!
//! A link is opened by `GET`, by people and by what looks at their mail for them; only the button on the page, a `POST`,
//! uses it.

use askama::Template;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::Problem;

use super::page;
use super::problem::Told;
use super::site::Site;
use super::visitor::Visitor;
use crate::contacts;
use crate::http::app::App;
use crate::http::back::Back;
use crate::http::error::{Failure, Shown};
use crate::http::extract::Pairs;
use crate::http::form::Form;
use crate::http::origin::client;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct AskPage {
    site: Site,
    problem: Option<Told>,
    back: Option<Back>,
    /// What the organisation's own sign-in is called, where it has one.
    other: Option<String>,
}

#[derive(Template)]
#[template(path = "sign_in_asked.html")]
struct AskedPage {
    site: Site,
    again: String,
}

#[derive(Template)]
#[template(path = "sign_in_link.html")]
struct LinkPage {
    site: Site,
}

/// Shows the form that asks for a link.
pub(in crate::http) async fn show(State(app): State<App>, visitor: Visitor, pairs: Pairs) -> Result<Response, Failure> {
    let back = Back::named(&pairs);
    let other = other(&app);
    page(&visitor, &AskPage { site: Site::seen_by(&visitor, &app), problem: None, back, other })
}

/// Has a link mailed to an address that is known; says the same of every other.
pub(in crate::http) async fn ask(State(app): State<App>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (from, visitor) = (client(&parts), Visitor::of(&parts.uri, &parts.headers));
    let Form(fields) = Form::from_request(Request::from_parts(parts, body), &()).await?;
    let (email, back) = (fields.last("email").unwrap_or_default(), Back::named(&fields));
    if !contacts::is_address(email) {
        let problem = Problem::field("email", "this is not an e-mail address like ada@example.org");
        return again(&app, &visitor, problem, back);
    }
    let wanted = Back::query(back.as_ref());
    match app.people.ask_for_link(email, visitor.locale, from, &wanted).await {
        Ok(()) => {
            let again = format!("/sign-in{wanted}");
            page(&visitor, &AskedPage { site: Site::seen_by(&visitor, &app), again })
        }
        Err(problem) => again(&app, &visitor, problem, back),
    }
}

impl AskPage {
    /// What follows the address of the organisation's own sign-in, so that it leads back to the page that was wanted.
    fn way(&self) -> String {
        Back::query(self.back.as_ref())
    }
}

/// The form once more, with what was wrong.
fn again(app: &App, visitor: &Visitor, problem: Problem, back: Option<Back>) -> Result<Response, Failure> {
    let told = if problem.errors.is_empty() {
        Told::of(visitor.locale, &problem)
    } else {
        Told { what: visitor.locale.say("sign-in-no-address"), ..Told::default() }
    };
    let refusal = Failure::from(problem).into_response();
    let mut response =
        page(visitor, &AskPage { site: Site::seen_by(visitor, app), problem: Some(told), back, other: other(app) })?;
    *response.status_mut() = refusal.status();
    if let Some(wait) = refusal.headers().get(header::RETRY_AFTER) {
        response.headers_mut().insert(header::RETRY_AFTER, wait.clone());
    }
    response.extensions_mut().insert(Shown);
    Ok(response)
}

/// What the organisation's own sign-in is called: by its own name, or the organisation's.
#[cfg(feature = "openid")]
fn other(app: &App) -> Option<String> {
    let view = app.view();
    app.openid.as_ref().map(|openid| openid.name().map_or_else(|| view.name(&view.own), ToOwned::to_owned))
}

/// Nothing: this program was built without.
#[cfg(not(feature = "openid"))]
const fn other(_: &App) -> Option<String> {
    None
}

/// Shows a button, whatever the link is worth: looking changes nothing and learns nothing.
pub(in crate::http) async fn link(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    page(&visitor, &LinkPage { site: Site::seen_by(&visitor, &app) })
}

/// Uses a link: the browser gets a session, and the link is worth nothing any more.
pub(in crate::http) async fn enter(
    State(app): State<App>,
    visitor: Visitor,
    Path(link): Path<String>,
    pairs: Pairs,
) -> Result<Response, Failure> {
    let (token, seconds) = app.people.enter(&link, visitor.locale).await?;
    let mut response = Redirect::to(Back::or_me(Back::named(&pairs).as_ref())).into_response();
    response.headers_mut().insert(header::SET_COOKIE, app.guard.cookie.keep(&token, seconds)?);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::ErrorCode;

    use super::super::home::tests::site;
    use super::*;

    #[test]
    fn the_answer_to_asking_says_nothing_of_the_address() {
        let page = AskedPage { site: site(), again: "/sign-in".to_owned() }.render().expect("a page");
        assert!(page.contains("If we know this address") && !page.contains('@'), "{page}");
    }

    #[test]
    fn a_problem_stands_beside_the_field_and_is_announced() {
        let problem = Problem::new(ErrorCode::TooMany, "links were asked for <too> often");
        let told = Told::of(site().locale, &problem);
        let page = AskPage { site: site(), problem: Some(told), back: None, other: None }.render().expect("a page");
        assert!(page.contains("aria-describedby=\"problem\"") && page.contains("id=\"problem\""));
        assert!(page.contains("&#60;too&#62;") && page.contains("role=\"alert\""), "{page}");
        let page = AskPage { site: site(), problem: None, back: None, other: Some("Ada's <b>".to_owned()) }
            .render()
            .expect("a page");
        assert!(page.contains("href=\"/sign-in/openid\"") && page.contains("Ada&#39;s &#60;b&#62;"), "{page}");
        assert!(!page.contains("describedby") && !page.contains("name=\"to\""), "{page}");
        let page =
            AskPage { site: site(), problem: None, back: Back::of("/requests"), other: None }.render().expect("a page");
        assert!(page.contains("<input type=\"hidden\" name=\"to\" value=\"/requests\">"), "{page}");
        let (back, other) = (Back::of("/requests"), Some("Ada's".to_owned()));
        let page = AskPage { site: site(), problem: None, back, other }.render().expect("a page");
        assert!(page.contains("href=\"/sign-in/openid?to=/requests\""), "{page}");
    }

    #[test]
    fn the_page_of_a_link_has_one_button_and_does_not_repeat_the_link() {
        let page = LinkPage { site: site() }.render().expect("a page");
        assert_eq!((page.matches("<form").count(), page.matches("<button").count()), (1, 1));
        assert!(page.contains("method=\"post\"") && !page.contains("action="), "it posts to where it is: {page}");
    }
}
