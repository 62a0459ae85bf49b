//! `/desk/people/{id}`: somebody's roles, whether they can sign in, and a link that signs them in once.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{PersonChange, Problem, Role, SignInLink};

use super::frame::{Frame, Pick, answer, role_word, when};
use super::people::{HERE, roles};
use crate::desk::PersonRow;
use crate::http::access;
use crate::http::api::people;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Json;
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;
use crate::people::SignedIn;

#[derive(Template)]
#[template(path = "desk_person.html")]
pub(super) struct PersonPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) roles: Vec<Pick>,
    pub(super) barred: bool,
    /// Whether whoever looks may change them.
    pub(super) changes: bool,
    /// A link, shown this once, and until when it works.
    pub(super) link: Option<(String, String)>,
}

/// Shows somebody.
pub(in crate::http) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (who, person) = (signed_in(&asker)?, found(&app, &id).await?);
    answer(&page(&app, who, person, None, None), None)
}

/// Gives and takes roles, bars somebody or lets them in again.
pub(in crate::http) async fn change(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    check_form(who, &form)?;
    let mut person = found(&app, &id).await?;
    let (roles, disabled) = (roles(&form.0)?, form.0.last("barred").is_some());
    let value = PersonChange { roles: Some(roles.clone()), disabled: Some(disabled) };
    let body = Json { value, digest: [0; 32] };
    match people::change(State(app.clone()), Path(id), asker.clone(), body).await {
        Ok(_) => Ok(Redirect::to(&format!("{HERE}/{}", person.id)).into_response()),
        Err(failure) => {
            // What was chosen stays chosen.
            (person.roles, person.disabled) = (roles.into_iter().collect(), disabled);
            let problem = failure.problem().clone();
            answer(&page(&app, who, person, None, Some(problem.clone())), Some(&problem))
        }
    }
}

/// Makes a link that signs somebody in once, and shows it once.
pub(in crate::http) async fn link(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    check_form(who, &form)?;
    let person = found(&app, &id).await?;
    match people::link(State(app.clone()), Path(id), asker.clone()).await {
        Ok((_, link)) => answer(&page(&app, who, person, Some(link.0), None), None),
        Err(failure) => {
            let problem = failure.problem().clone();
            answer(&page(&app, who, person, None, Some(problem.clone())), Some(&problem))
        }
    }
}

async fn found(app: &App, id: &str) -> Result<PersonRow, Failure> {
    let id = app.person_id(id).await?;
    app.desk.person(&id).await?.ok_or_else(|| Failure::not_found("person", &id.to_string()))
}

fn page(
    app: &App,
    who: &SignedIn,
    person: PersonRow,
    link: Option<SignInLink>,
    problem: Option<Problem>,
) -> PersonPage {
    let has = |role: &Role| person.roles.contains(role);
    let known = Role::ALL.into_iter().map(|role| Pick { word: role.as_str(), label: role_word(role), set: has(&role) });
    PersonPage {
        site: Site::of(app),
        desk: Frame::of(who, HERE).with(problem),
        id: person.id.to_string(),
        roles: known.collect(),
        name: person.name,
        email: person.email,
        barred: person.disabled,
        changes: access::opens(who, &Method::POST, "/desk/people/{id}"),
        link: link.map(|link| (link.url, when(link.expires_at))),
    }
}
