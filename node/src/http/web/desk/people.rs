//! `/desk/people`: who can sign in here, and somebody new.

use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{Person, PersonInput, Problem, Role};

use super::frame::{Frame, Pick, answer, asked, following, role_word};
use crate::http::access;
use crate::http::api::people;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::{Json, Pairs};
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;
use crate::people::SignedIn;

/// Under which tab these pages are.
pub(super) const HERE: &str = "/desk/people";
const FILTERS: [&str; 2] = ["role", "email"];

#[derive(Template)]
#[template(path = "desk_people.html")]
pub(super) struct PeoplePage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) roles: Vec<Pick>,
    pub(super) email: String,
    pub(super) total: u64,
    pub(super) rows: Vec<Row>,
    pub(super) next: Option<String>,
    /// What was typed of somebody new, for who may add people.
    pub(super) new: Option<New>,
}

/// Somebody in the table.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) roles: String,
    pub(super) barred: bool,
}

/// Somebody new, as typed.
#[derive(Default)]
pub(super) struct New {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) roles: Vec<Pick>,
}

/// Shows the table.
pub(in crate::http) async fn list(State(app): State<App>, asker: Asker, pairs: Pairs) -> Result<Response, Failure> {
    answer(&page(&app, signed_in(&asker)?, &pairs, New::default(), None).await?, None)
}

/// Adds somebody.
pub(in crate::http) async fn add(State(app): State<App>, asker: Asker, form: Form) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    check_form(who, &form)?;
    let Form(fields) = form;
    let text = |name| fields.last(name).unwrap_or_default().to_owned();
    let (name, email, roles) = (text("name"), text("email"), roles(&fields)?);
    let value = PersonInput { email: email.clone(), name: name.clone(), locale: None, roles: roles.clone() };
    match people::add(State(app.clone()), asker.clone(), Json { value, digest: [0; 32] }).await {
        Ok((_, person)) => Ok(Redirect::to(&format!("{HERE}/{}", person.0.id)).into_response()),
        Err(failure) => {
            let (problem, new) = (failure.problem().clone(), New { name, email, roles: given(who, &roles) });
            answer(&page(&app, who, &Pairs(Vec::new()), new, Some(problem.clone())).await?, Some(&problem))
        }
    }
}

async fn page(
    app: &App,
    who: &SignedIn,
    pairs: &Pairs,
    new: New,
    problem: Option<Problem>,
) -> Result<PeoplePage, Failure> {
    let asked = asked(pairs, &FILTERS);
    let list = people::list(State(app.clone()), Pairs(asked.0.clone())).await?.0;
    let set = asked.last("role").unwrap_or_default();
    let any = Pick { word: "", label: "Everybody".to_owned(), set: set.is_empty() };
    let picks = Role::ALL.map(|role| Pick { word: role.as_str(), label: role_word(role), set: role.as_str() == set });
    let new = if new.roles.is_empty() { New { roles: given(who, &[]), ..new } } else { new };
    Ok(PeoplePage {
        site: Site::of(app),
        desk: Frame::of(who, HERE).with(problem),
        roles: [any].into_iter().chain(picks).collect(),
        email: asked.last("email").unwrap_or_default().to_owned(),
        total: list.total,
        rows: list.items.iter().map(row).collect(),
        next: following(HERE, &asked, list.next.as_deref()),
        new: access::opens(who, &Method::POST, HERE).then_some(new),
    })
}

/// The roles that somebody can give, which are their own.
pub(super) fn given(who: &SignedIn, set: &[Role]) -> Vec<Pick> {
    let own = Role::ALL.into_iter().filter(|role| who.person.roles.contains(role));
    own.map(|role| Pick { word: role.as_str(), label: role_word(role), set: set.contains(&role) }).collect()
}

/// The roles that a form names.
pub(super) fn roles(fields: &Pairs) -> Result<Vec<Role>, Failure> {
    let named = fields.0.iter().filter(|(name, _)| name == "role");
    Ok(named.map(|(_, word)| word.parse::<Role>()).collect::<Result<_, _>>()?)
}

/// Somebody as a row.
pub(super) fn row(person: &Person) -> Row {
    let roles: Vec<_> = person.roles.iter().map(|role| role_word(*role)).collect();
    Row {
        id: person.id.to_string(),
        name: person.name.clone(),
        email: person.email.clone(),
        roles: if roles.is_empty() { "no role".to_owned() } else { roles.join(", ") },
        barred: person.disabled,
    }
}
