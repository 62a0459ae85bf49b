//! `/rights`: requests that anybody files here for any organisation known here, and those that are ours to answer.

use std::net::IpAddr;

use axum::Json as Answered;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::StatusCode;
use mentormesh_protocol::MessageId;
use mentormesh_protocol::api::{
    ErasureReceipt, ErrorCode, List, Problem, RightsClose, RightsFiled, RightsInput, RightsRequestView,
};
use mentormesh_protocol::limits::{PAGE, PAGE_DEFAULT};

use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::{Json, Pairs};
use crate::http::origin::client;

/// Where somebody files a request, and from which address.
pub(in crate::http) struct Filing {
    from: IpAddr,
    input: RightsInput,
}

impl FromRequest<App> for Filing {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        let from = client(&parts);
        let Json { value, .. } = Json::from_request(Request::from_parts(parts, body), app).await?;
        Ok(Self { from, input: value })
    }
}

/// Files a request about somebody's rights, here or at any other node.
///
/// It is brought to the organisation that lists the person and answered there within thirty days. The answer here is the
/// same whether or not the person is known. What is asked is kept here until the organisation signed for it.
#[utoipa::path(post, path = "/rights", operation_id = "file_rights_request", tag = "rights", request_body = RightsInput,
    responses(
        (status = 201, description = "The reference under which it can be looked up, once", body = RightsFiled),
        (status = 429, description = "Requests were filed too often from this network, or in all"),
        (status = 500, description = "The node failed while answering; its log says why"),
        (status = 507, description = "The disk of the node is full"),
    ))]
pub(in crate::http) async fn file(
    State(app): State<App>,
    Filing { from, input }: Filing,
) -> Result<(StatusCode, Answered<RightsFiled>), Failure> {
    Ok((StatusCode::CREATED, Answered(app.rights.file(input, from, None).await?)))
}

/// Says how a request fares that was filed here.
#[utoipa::path(get, path = "/rights/filed/{reference}", operation_id = "show_filed_rights_request", tag = "rights",
    params(("reference" = String, Path, pattern = "^[a-z2-7]{26}$", description = "What was answered when it was filed")),
    responses(
        (status = 200, description = "How it fares", body = RightsFiled),
        (status = 500, description = "The node failed while answering; its log says why"),
    ))]
pub(in crate::http) async fn filed(
    State(app): State<App>,
    Path(reference): Path<String>,
) -> Result<Answered<RightsFiled>, Failure> {
    let filed = app.rights.look(&reference).await?;
    filed.map(Answered).ok_or_else(unknown)
}

/// What somebody is told who has no reference of this node.
pub(in crate::http) fn unknown() -> Failure {
    let problem = Problem::new(ErrorCode::NotFound, "no request was filed here under this reference");
    problem.with_next("look whether all of it was copied, or file the request again").into()
}

/// Lists the requests that this organisation has to answer, the most urgent first; closed ones after them.
#[utoipa::path(get, path = "/rights", operation_id = "list_rights_requests", tag = "rights",
    params(
        ("open" = Option<bool>, Query, description = "Only open ones, or only closed ones"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 100, description = "Requests on the page, 1 to 100, usually 20"),
        ("after" = Option<String>, Query, pattern = "^[01]\\.[0-9]{1,16}\\.[a-z2-7]{25}[aeimquy4]$",
            description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "A page of requests", body = List<RightsRequestView>)))]
pub(in crate::http) async fn list(
    State(app): State<App>,
    pairs: Pairs,
) -> Result<Answered<List<RightsRequestView>>, Failure> {
    const NAMES: [&str; 3] = ["open", "limit", "after"];
    pairs.only(&NAMES, &[])?;
    pairs.filled(&NAMES)?;
    let limit = pairs.number("limit", PAGE_DEFAULT)?;
    if !(1..=PAGE).contains(&limit) {
        return Err(Problem::field("limit", format!("{limit}; 1 to {PAGE} are taken")).into());
    }
    Ok(Answered(app.rights.list(pairs.flag("open")?, limit, pairs.last("after")).await?))
}

/// Shows one of them.
#[utoipa::path(get, path = "/rights/{id}", operation_id = "show_rights_request", tag = "rights",
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "Its number, or a beginning of it")),
    responses((status = 200, description = "The request", body = RightsRequestView)))]
pub(in crate::http) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Answered<RightsRequestView>, Failure> {
    let id: MessageId = app.rights_id(&id).await?;
    Ok(Answered(app.rights.show(&id).await?))
}

/// Closes a request: the asker is told by mail, and sees it where it was filed.
#[utoipa::path(post, path = "/rights/{id}/close", operation_id = "close_rights_request", tag = "rights",
    request_body = RightsClose,
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "Its number, or a beginning of it")),
    responses(
        (status = 200, description = "The request as it now stands", body = RightsRequestView),
        (status = 409, description = "It is closed already"),
        (status = 507, description = "The disk of the node is full"),
    ))]
pub(in crate::http) async fn close(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    Json { value, .. }: Json<RightsClose>,
) -> Result<Answered<RightsRequestView>, Failure> {
    let id = app.rights_id(&id).await?;
    Ok(Answered(app.rights.close(&id, value, &asker.word()).await?))
}

/// Lists who confirmed the erasure of a profile.
///
/// Every organisation is there that said it held the profile. It stays readable when the listing is gone.
#[utoipa::path(get, path = "/listings/{id}/receipts", operation_id = "list_erasure_receipts", tag = "listings",
    params(("id" = String, Path, pattern = "^([a-z2-7]{1,52}\\.)?[a-z2-7]{6,26}$",
        description = "The listing's id; a beginning of it while the listing is here")),
    responses((status = 200, description = "Each organisation, and how it stands there", body = List<ErasureReceipt>)))]
pub(in crate::http) async fn receipts(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Answered<List<ErasureReceipt>>, Failure> {
    let subject = app.subject(&id).await?;
    let receipts = app.rights.receipts(&subject).await?;
    let none = || {
        let problem = format!("no profile was erased here under the id {subject}");
        Problem::new(ErrorCode::NotFound, problem).with_next("mentormesh profile withdraw ID --erase")
    };
    Ok(Answered(receipts.ok_or_else(none)?))
}
