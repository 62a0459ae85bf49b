//! `/people/{id}/export` and `/people/{id}/erase`: everything about one person, given and forgotten.

use axum::Json as Answered;
use axum::extract::{Path, State};
use mentormesh_protocol::api::{ErasureReceiptOfPerson, PersonExport, Problem};

use crate::contacts;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::http::id::with_list;
use crate::people::absent;

/// How one sees who there is.
const LIST: &str = "mentormesh person list";

/// Gives everything that is held about one person, in one document.
///
/// A person is an address: one that nobody signed in with is taken, too. That it was asked for is on the audit trail, with
/// the reason, which only the person themselves need not give.
#[utoipa::path(get, path = "/people/{id}/export", operation_id = "export_person", tag = "people",
    params(
        ("id" = String, Path, description = "The person's id, a beginning of it, or an e-mail address"),
        ("reason" = Option<String>, Query, min_length = 1, max_length = 200,
            description = "Why somebody else than the person asks; it is kept on the audit trail"),
    ),
    responses((status = 200, description = "Everything about them", body = PersonExport)))]
pub(in crate::http) async fn export(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    pairs: Pairs,
) -> Result<Answered<PersonExport>, Failure> {
    pairs.only(&["reason"], &[])?;
    pairs.filled(&["reason"])?;
    let address = address(&app, &id).await?;
    Ok(Answered(app.persons.export(&address, &asker.keeper()?, pairs.last("reason")).await?))
}

/// Forgets everything about one person, and says what was removed.
///
/// Their listing goes off every node, open requests are taken back, and whoever waits for them is told no. It cannot be
/// taken back; done again it finds nothing.
#[utoipa::path(post, path = "/people/{id}/erase", operation_id = "erase_person", tag = "people",
    params(("id" = String, Path, description = "The person's id, a beginning of it, or an e-mail address")),
    responses(
        (status = 200, description = "What was removed; it names nobody", body = ErasureReceiptOfPerson),
        (status = 409, description = "Nothing may be signed now, so that a listing cannot be withdrawn"),
    ))]
pub(in crate::http) async fn erase(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<Answered<ErasureReceiptOfPerson>, Failure> {
    let address = address(&app, &id).await?;
    Ok(Answered(app.persons.erase(&address, &asker.keeper()?).await?))
}

/// The address of whom a path names.
async fn address(app: &App, text: &str) -> Result<String, Failure> {
    if text.contains('@') {
        if contacts::is_address(text) {
            return Ok(text.to_owned());
        }
        return Err(Problem::field("id", "is neither an id nor an e-mail address like cy@example.org").into());
    }
    let id = app.person_id(text).await.map_err(|failure| with_list(failure, LIST))?;
    Ok(app.desk.person(&id).await?.ok_or_else(|| absent(&id))?.email)
}
