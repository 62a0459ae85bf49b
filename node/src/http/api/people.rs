//! `/people`: who can sign in here, and with which roles.

use axum::Json as Answered;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use mentormesh_protocol::api::{List, Person, PersonChange, PersonInput, Problem, Role, SignInLink};
use mentormesh_protocol::limits::{PAGE, PAGE_DEFAULT};

use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::{Json, Pairs};
use crate::http::id::with_list;
use crate::people::Filter;

/// How one sees who there is.
const LIST: &str = "mentormesh person list";

/// Lists people, newest first.
#[utoipa::path(get, path = "/people", operation_id = "list_people", tag = "people",
    params(
        ("role" = Option<Role>, Query, description = "Only who has this role"),
        ("email" = Option<String>, Query, min_length = 1, description = "Only who has this e-mail address, however it is written"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 100, description = "People on the page, 1 to 100, usually 20"),
        ("after" = Option<String>, Query, pattern = "^[0-9]{1,16}\\.[a-z2-7]{25}[aeimquy4]$",
            description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "A page of people", body = List<Person>)))]
pub(in crate::http) async fn list(State(app): State<App>, pairs: Pairs) -> Result<Answered<List<Person>>, Failure> {
    const NAMES: [&str; 4] = ["role", "email", "limit", "after"];
    pairs.only(&NAMES, &[])?;
    pairs.filled(&NAMES)?;
    let limit = pairs.number("limit", PAGE_DEFAULT)?;
    if !(1..=PAGE).contains(&limit) {
        return Err(Problem::field("limit", format!("{limit}; 1 to {PAGE} are taken")).into());
    }
    let role = pairs.last("role").map(str::parse::<Role>).transpose()?;
    let text = |name| pairs.last(name).map(ToOwned::to_owned);
    Ok(Answered(app.people.list(&Filter { role, email: text("email"), limit, after: text("after") }).await?))
}

/// Adds somebody who can sign in.
#[utoipa::path(post, path = "/people", operation_id = "add_person", tag = "people", request_body = PersonInput,
    responses(
        (status = 201, description = "Who was added", body = Person),
        (status = 409, description = "Somebody has this e-mail address"),
    ))]
pub(in crate::http) async fn add(
    State(app): State<App>,
    asker: Asker,
    Json { value, .. }: Json<PersonInput>,
) -> Result<(StatusCode, Answered<Person>), Failure> {
    Ok((StatusCode::CREATED, Answered(app.people.add(value, &asker.keeper()?).await?)))
}

/// Gives and takes roles, bars somebody or lets them in again.
///
/// Somebody signed in gives and takes no role but their own, and changes nothing about themselves.
#[utoipa::path(put, path = "/people/{id}", operation_id = "change_person", tag = "people", request_body = PersonChange,
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The person's id, or a beginning of it")),
    responses((status = 200, description = "The person as they now stand", body = Person)))]
pub(in crate::http) async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    Json { value, .. }: Json<PersonChange>,
) -> Result<Answered<Person>, Failure> {
    let id = app.person_id(&id).await.map_err(known)?;
    Ok(Answered(app.people.change(&id, value, &asker.keeper()?).await?))
}

/// Makes a link that signs somebody in once, within fifteen minutes: for where no mail is set up.
#[utoipa::path(post, path = "/people/{id}/link", operation_id = "make_sign_in_link", tag = "people",
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The person's id, or a beginning of it")),
    responses(
        (status = 201, description = "The link", body = SignInLink),
        (status = 409, description = "The person is barred"),
    ))]
pub(in crate::http) async fn link(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<(StatusCode, Answered<SignInLink>), Failure> {
    let id = app.person_id(&id).await.map_err(known)?;
    Ok((StatusCode::CREATED, Answered(app.people.link(&id, &asker.keeper()?).await?)))
}

fn known(failure: Failure) -> Failure {
    with_list(failure, LIST)
}
