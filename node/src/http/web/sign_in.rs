//! `/sign-in`: asking for a link, and using one.
//!
//! A link is opened by `GET`, by people and by what looks at their mail for them; only the button on the page, a `POST`,
//! uses it.

use askama::Template;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::Problem;

use super::english;
use super::site::Site;
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
    problem: Option<Problem>,
    back: Option<Back>,
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
pub(in crate::http) async fn show(State(app): State<App>, pairs: Pairs) -> Result<Response, Failure> {
    english(&AskPage { site: Site::of(&app), problem: None, back: Back::named(&pairs) })
}

/// Has a link mailed to an address that is known; says the same of every other.
pub(in crate::http) async fn ask(State(app): State<App>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let from = client(&parts);
    let Form(fields) = Form::from_request(Request::from_parts(parts, body), &()).await?;
    let (email, back) = (fields.last("email").unwrap_or_default(), Back::named(&fields));
    if !contacts::is_address(email) {
        let problem = Problem::field("email", "this is not an e-mail address like ada@example.org");
        return again(&app, problem, back);
    }
    let wanted = Back::query(back.as_ref());
    match app.people.ask_for_link_to(email, from, &wanted).await {
        Ok(()) => english(&AskedPage { site: Site::of(&app), again: format!("/sign-in{wanted}") }),
        Err(problem) => again(&app, problem, back),
    }
}

/// The form once more, with what was wrong.
fn again(app: &App, problem: Problem, back: Option<Back>) -> Result<Response, Failure> {
    let refusal = Failure::from(problem.clone()).into_response();
    let mut response = english(&AskPage { site: Site::of(app), problem: Some(problem), back })?;
    *response.status_mut() = refusal.status();
    if let Some(wait) = refusal.headers().get(header::RETRY_AFTER) {
        response.headers_mut().insert(header::RETRY_AFTER, wait.clone());
    }
    response.extensions_mut().insert(Shown);
    Ok(response)
}

/// Shows a button, whatever the link is worth: looking changes nothing and learns nothing.
pub(in crate::http) async fn link(State(app): State<App>) -> Result<Response, Failure> {
    english(&LinkPage { site: Site::of(&app) })
}

/// Uses a link: the browser gets a session, and the link is worth nothing any more.
pub(in crate::http) async fn enter(
    State(app): State<App>,
    Path(link): Path<String>,
    pairs: Pairs,
) -> Result<Response, Failure> {
    let (token, seconds) = app.people.enter(&link).await?;
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
        let page = AskPage { site: site(), problem: Some(problem), back: None }.render().expect("a page");
        assert!(page.contains("aria-describedby=\"email-problem\"") && page.contains("id=\"email-problem\""));
        assert!(page.contains("&#60;too&#62;") && page.contains("role=\"alert\""), "{page}");
        let page = AskPage { site: site(), problem: None, back: None }.render().expect("a page");
        assert!(!page.contains("email-problem"), "{page}");
    }

    #[test]
    fn the_page_of_a_link_has_one_button_and_does_not_repeat_the_link() {
        let page = LinkPage { site: site() }.render().expect("a page");
        assert_eq!((page.matches("<form").count(), page.matches("<button").count()), (1, 1));
        assert!(page.contains("method=\"post\"") && !page.contains("action="), "it posts to where it is: {page}");
    }
}
