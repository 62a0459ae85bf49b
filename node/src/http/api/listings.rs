//! `/listings`: the home node's private side of profiles.

use axum::Json as Answered;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mentormesh_protocol::api::{
    ErrorCode, ImportReport, List, Listing, ListingInput, ListingState, PauseInput, Problem, PublishReport,
    WithdrawRequest,
};
use mentormesh_protocol::limits::{PAGE, PAGE_DEFAULT};

use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::{self, Json, MaybeJson, Pairs};
use crate::http::load::IMPORT_BODY;
use crate::http::matching::{etag, if_match};
use crate::http::once::{Answer, once};
use crate::listings::{Filter, ImportKind};

/// Characters of what is looked for in listings.
const WORDS: usize = 200;

/// A listing with the version that `If-Match` takes.
#[derive(Debug)]
pub(in crate::http) struct Tagged(Listing);

impl IntoResponse for Tagged {
    fn into_response(self) -> Response {
        let tag = etag(&self.0.etag);
        let mut response = Answered(self.0).into_response();
        response.headers_mut().extend(tag.map(|tag| (header::ETAG, tag)));
        response
    }
}

/// Lists listings, newest first.
#[utoipa::path(get, path = "/listings", operation_id = "list_listings", tag = "listings",
    params(
        ("state" = Option<ListingState>, Query, description = "Only listings in this state"),
        ("q" = Option<String>, Query, min_length = 1, max_length = 200, pattern = "\\S",
            description = "Only listings that have this in their address or anywhere in their profile"),
        ("to_confirm" = Option<bool>, Query,
            description = "Only those that leave the network within thirty days unless somebody confirms them"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 100, description = "Listings on the page, 1 to 100, usually 20"),
        ("after" = Option<String>, Query, pattern = "^[0-9]{1,16}\\.[a-z2-7]{25}[aeimquy4]$",
            description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "A page of listings", body = List<Listing>)))]
pub(in crate::http) async fn list(State(app): State<App>, pairs: Pairs) -> Result<Answered<List<Listing>>, Failure> {
    const NAMES: [&str; 5] = ["state", "q", "to_confirm", "limit", "after"];
    pairs.only(&NAMES, &[])?;
    pairs.filled(&NAMES)?;
    let limit = pairs.number("limit", PAGE_DEFAULT)?;
    if !(1..=PAGE).contains(&limit) {
        return Err(Problem::field("limit", format!("{limit}; 1 to {PAGE} are taken")).into());
    }
    let state = pairs.last("state").map(state).transpose()?;
    let after = pairs.last("after").map(ToOwned::to_owned);
    let words = pairs.last("q").unwrap_or_default().to_owned();
    let characters = words.chars().count();
    if characters > WORDS {
        return Err(Problem::field("q", format!("{characters} characters; 1 to {WORDS} are taken")).into());
    }
    let to_confirm = pairs.flag("to_confirm")?.unwrap_or(false);
    Ok(Answered(app.listings.list(Filter { state, words, to_confirm, limit, after }).await?))
}

fn state(word: &str) -> Result<ListingState, Failure> {
    match word {
        "draft" => Ok(ListingState::Draft),
        "published" => Ok(ListingState::Published),
        "withdrawn" => Ok(ListingState::Withdrawn),
        "expired" => Ok(ListingState::Expired),
        other => {
            Err(Problem::field("state", format!("`{other}` is none of draft, published, withdrawn, expired")).into())
        }
    }
}

/// Adds a listing as a draft.
///
/// With an `Idempotency-Key`, asking again within a day gives the same answer and adds nothing.
#[utoipa::path(post, path = "/listings", operation_id = "add_listing", tag = "listings", request_body = ListingInput,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 255,
        pattern = "^[!-~]([ -~]*[!-~])?$", description = "Any text that names this request")),
    responses(
        (status = 201, description = "The draft", body = Listing, headers(
            ("Location" = String, description = "Where the listing is"),
            ("Idempotency-Replayed" = Option<String>, description = "`true` when this key was answered before"),
        )),
        (status = 409, description = "Another listing has this e-mail address"),
    ))]
pub(in crate::http) async fn add(
    State(app): State<App>,
    asker: Asker,
    headers: HeaderMap,
    Json { value, digest }: Json<ListingInput>,
) -> Result<Response, Failure> {
    let create = async { Answer::created(&app.listings.by(&asker.word()).add(value).await?) };
    once(&app, &asker, &headers, digest, "listings", create).await
}

/// Shows one listing.
#[utoipa::path(get, path = "/listings/{id}", operation_id = "show_listing", tag = "listings",
    params(("id" = String, Path, pattern = "^([a-z2-7]{1,52}\\.)?[a-z2-7]{6,26}$",
        description = "The listing's id, or a beginning of it")),
    responses((status = 200, description = "The listing; its ETag is its version", body = Listing,
        headers(("ETag" = String, description = "The version for `If-Match`")))))]
pub(in crate::http) async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Tagged, Failure> {
    let subject = app.subject(&id).await?;
    Ok(Tagged(app.listings.find(&subject).await?))
}

/// Changes a listing; what is on the network stays until it is published again.
#[utoipa::path(put, path = "/listings/{id}", operation_id = "edit_listing", tag = "listings",
    request_body = ListingInput,
    params(
        ("id" = String, Path, pattern = "^([a-z2-7]{1,52}\\.)?[a-z2-7]{6,26}$",
        description = "The listing's id, or a beginning of it"),
        ("If-Match" = Option<String>, Header, description = "The ETag that was read; another one is answered 412"),
    ),
    responses(
        (status = 200, description = "The listing as it now stands", body = Listing,
            headers(("ETag" = String, description = "The version for `If-Match`"))),
        (status = 409, description = "Another listing has this e-mail address, or it is published and consent would shrink"),
    ))]
pub(in crate::http) async fn edit(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    headers: HeaderMap,
    Json { value, .. }: Json<ListingInput>,
) -> Result<Tagged, Failure> {
    let subject = app.subject(&id).await?;
    let standing = app.listings.find(&subject).await?;
    // The listing checks the version once more where it writes, so that nothing comes in between.
    let version = if_match(&headers, &standing.etag)?;
    Ok(Tagged(app.listings.by(&asker.word()).edit(&subject, value, version).await?))
}

/// Deletes a draft; what was ever published is withdrawn instead.
#[utoipa::path(delete, path = "/listings/{id}", operation_id = "delete_listing", tag = "listings",
    params(("id" = String, Path, pattern = "^([a-z2-7]{1,52}\\.)?[a-z2-7]{6,26}$",
        description = "The listing's id, or a beginning of it")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 409, description = "It was published once"),
    ))]
pub(in crate::http) async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<StatusCode, Failure> {
    let subject = app.subject(&id).await?;
    app.listings.by(&asker.word()).delete_draft(&subject).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs the profile and shows it to the network.
#[utoipa::path(post, path = "/listings/{id}/publish", operation_id = "publish_listing", tag = "listings",
    params(("id" = String, Path, pattern = "^([a-z2-7]{1,52}\\.)?[a-z2-7]{6,26}$",
        description = "The listing's id, or a beginning of it")),
    responses(
        (status = 200, description = "What was published, and to how many", body = PublishReport),
        (status = 409, description = "Consent is missing or too narrow, or the listing can be published no more"),
    ))]
pub(in crate::http) async fn publish(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<Answered<PublishReport>, Failure> {
    let subject = app.subject(&id).await?;
    Ok(Answered(app.listings.by(&asker.word()).publish(&subject).await?))
}

/// Asks the mentor by mail whether they agree to be listed.
///
/// The mail shows everything that the network would see and what stays here, with links to agree, decline and edit. A
/// mentor is asked once a day at most, and five times in all.
#[utoipa::path(post, path = "/listings/{id}/invite", operation_id = "invite_listing", tag = "listings",
    params(("id" = String, Path, pattern = "^([a-z2-7]{1,52}\\.)?[a-z2-7]{6,26}$",
        description = "The listing's id, or a beginning of it")),
    responses(
        (status = 200, description = "The listing, with its invitation", body = Listing,
            headers(("ETag" = String, description = "The version for `If-Match`"))),
        (status = 409, description = "The mentor was asked within a day, or five times"),
    ))]
pub(in crate::http) async fn invite(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<Tagged, Failure> {
    let subject = app.subject(&id).await?;
    Ok(Tagged(app.listings.by(&asker.word()).invite(&subject).await?))
}

/// Says that the listing is still right, so that it goes on being renewed.
#[utoipa::path(post, path = "/listings/{id}/confirm", operation_id = "confirm_listing", tag = "listings",
    params(("id" = String, Path, pattern = "^([a-z2-7]{1,52}\\.)?[a-z2-7]{6,26}$",
        description = "The listing's id, or a beginning of it")),
    responses(
        (status = 200, description = "The listing", body = Listing,
            headers(("ETag" = String, description = "The version for `If-Match`"))),
        (status = 409, description = "It is not in a state that allows this"),
    ))]
pub(in crate::http) async fn confirm(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<Tagged, Failure> {
    let subject = app.subject(&id).await?;
    Ok(Tagged(app.listings.by(&asker.word()).confirm(&subject).await?))
}

/// Takes the profile off the network, for ever if `erase`.
#[utoipa::path(post, path = "/listings/{id}/withdraw", operation_id = "withdraw_listing", tag = "listings",
    request_body(content = Option<WithdrawRequest>, description = "May be left out"),
    params(("id" = String, Path, pattern = "^([a-z2-7]{1,52}\\.)?[a-z2-7]{6,26}$",
        description = "The listing's id, or a beginning of it")),
    responses(
        (status = 200, description = "The listing", body = Listing,
            headers(("ETag" = String, description = "The version for `If-Match`"))),
        (status = 409, description = "It is not in a state that allows this"),
    ))]
pub(in crate::http) async fn withdraw(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    MaybeJson(request): MaybeJson<WithdrawRequest>,
) -> Result<Tagged, Failure> {
    let subject = app.subject(&id).await?;
    Ok(Tagged(app.listings.by(&asker.word()).withdraw(&subject, request.erase).await?))
}

/// Pauses the mentor's listing, at once or from a day, until a day or until somebody resumes.
///
/// The network sees it while it lasts, requests are refused with the day on which it ends, and it ends by itself.
/// Requests that wait go on waiting.
#[utoipa::path(post, path = "/listings/{id}/pause", operation_id = "pause_listing", tag = "listings",
    request_body(content = Option<PauseInput>, description = "May be left out"),
    params(("id" = String, Path, pattern = "^([a-z2-7]{1,52}\\.)?[a-z2-7]{6,26}$",
        description = "The listing's id, or a beginning of it")),
    responses((status = 200, description = "The listing", body = Listing,
        headers(("ETag" = String, description = "The version for `If-Match`")))))]
pub(in crate::http) async fn pause(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    MaybeJson(pause): MaybeJson<PauseInput>,
) -> Result<Tagged, Failure> {
    let subject = app.subject(&id).await?;
    Ok(Tagged(app.listings.pause(&subject, pause, &asker.word()).await?))
}

/// Ends a pause: requests are welcome again.
#[utoipa::path(post, path = "/listings/{id}/resume", operation_id = "resume_listing", tag = "listings",
    params(("id" = String, Path, pattern = "^([a-z2-7]{1,52}\\.)?[a-z2-7]{6,26}$",
        description = "The listing's id, or a beginning of it")),
    responses((status = 200, description = "The listing", body = Listing,
        headers(("ETag" = String, description = "The version for `If-Match`")))))]
pub(in crate::http) async fn resume(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<Tagged, Failure> {
    let subject = app.subject(&id).await?;
    Ok(Tagged(app.listings.resume(&subject, &asker.word()).await?))
}

/// Imports listings; rows are known again by their e-mail address.
///
/// Rows that are wrong are reported with their line and left out. A dry run says what would happen and changes nothing.
#[utoipa::path(post, path = "/listings/import", operation_id = "import_listings", tag = "listings",
    params(("dry_run" = Option<bool>, Query, description = "Whether to change nothing")),
    request_body(content((String = "text/csv"), (String = "application/x-ndjson"))),
    responses((status = 200, description = "What became of the rows", body = ImportReport)))]
pub(in crate::http) async fn import(
    State(app): State<App>,
    asker: Asker,
    pairs: Pairs,
    request: Request,
) -> Result<Answered<ImportReport>, Failure> {
    pairs.only(&["dry_run"], &[])?;
    pairs.filled(&["dry_run"])?;
    let dry_run = pairs.flag("dry_run")?.unwrap_or(false);
    let kind = kind(request.headers())?;
    let bytes = extract::bytes(request, &(), IMPORT_BODY).await?;
    Ok(Answered(app.listings.by(&asker.word()).import(bytes.to_vec(), kind, dry_run, |_, _| {}).await?))
}

fn kind(headers: &HeaderMap) -> Result<ImportKind, Failure> {
    match extract::media_type(headers).as_deref() {
        Some("text/csv") => Ok(ImportKind::Csv),
        Some("application/x-ndjson" | "application/jsonl") => Ok(ImportKind::JsonLines),
        _ => Err(Failure::new(
            ErrorCode::UnsupportedMediaType,
            "an import must be text/csv or application/x-ndjson, one listing a line",
        )),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn an_import_is_told_by_its_media_type() {
        let of = |media: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
            kind(&headers).ok()
        };
        assert_eq!(of("text/csv; charset=utf-8"), Some(ImportKind::Csv));
        assert_eq!(of("application/x-ndjson"), Some(ImportKind::JsonLines));
        assert_eq!(of("application/json"), None);
    }

    #[test]
    fn a_state_that_does_not_exist_is_refused_by_name() {
        let failure = state("hidden").expect_err("no such state");
        assert!(failure.problem().detail.contains("`hidden`"), "{}", failure.problem().detail);
    }
}
