//! `/introductions/{id}/calendar`: the call that the two agreed on, as a file for a calendar.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use mentormesh_protocol::api::{Direction, ErrorCode, Introduction, Problem};

use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::http::id::with_list;
use crate::http::sight::Sight;

/// The media type of a calendar.
const CALENDAR: &str = "text/calendar; charset=utf-8";

/// Gives the call that the two agreed on, as a file for a calendar (RFC 5545).
///
/// It holds the names and addresses of both, so that only the two and the token get it.
#[utoipa::path(get, path = "/introductions/{id}/calendar", operation_id = "introduction_calendar", tag = "introductions",
    params(
        ("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it"),
        ("direction" = Option<Direction>, Query,
            description = "For which side when both are of this organisation; usually the mentor's"),
    ),
    responses(
        (status = 200, description = "One event, in UTC", body = String, content_type = "text/calendar",
            headers(("Content-Disposition" = String, description = "A name for the file"))),
        (status = 409, description = "No time was agreed on, or the contacts are not exchanged yet"),
    ))]
pub(in crate::http) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    pairs: Pairs,
) -> Result<Response, Failure> {
    pairs.only(&["direction"], &[])?;
    pairs.filled(&["direction"])?;
    let asked = match pairs.last("direction") {
        None => None,
        Some("sent") => Some(Direction::Sent),
        Some("received") => Some(Direction::Received),
        Some(other) => return Err(Problem::field("direction", format!("`{other}` is none of sent, received")).into()),
    };
    file(&app, &asker, &id, asked).await.map_err(|failure| with_list(failure, "mentormesh intro list"))
}

/// The file, for whoever may read the introduction.
async fn file(app: &App, asker: &Asker, id: &str, asked: Option<Direction>) -> Result<Response, Failure> {
    let sight = Sight::of(app, asker).await?;
    let id = sight.id(app, id).await?;
    let side = sight.side(app, &id, asked).await?;
    let one = app.introductions.show(&id, side).await?;
    if !sight.reads(app, &one).await? {
        return Err(nothing());
    }
    of(app, &one).await
}

fn nothing() -> Failure {
    let problem = "there is no call for a calendar: no time was agreed on, or the contacts are not exchanged yet";
    Problem::new(ErrorCode::Conflict, problem).into()
}

/// The file of one introduction.
pub(in crate::http) async fn of(app: &App, one: &Introduction) -> Result<Response, Failure> {
    let Some(text) = app.introductions.call_file(one).await? else {
        return Err(nothing());
    };
    let mut response = ([(header::CONTENT_TYPE, CALENDAR)], text).into_response();
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{}.ics\"", one.id.short()));
    response.headers_mut().extend(name.ok().map(|name| (header::CONTENT_DISPOSITION, name)));
    Ok(response)
}
