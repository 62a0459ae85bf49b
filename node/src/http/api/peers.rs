//! `/peers`: other nodes, as transport identities.

use axum::Json as Answered;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use mentormesh_protocol::api::{JoinRequest, Joined, List, PeerStanding, PeerView, TicketView};

use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Json;
use crate::http::id::with_list;

/// How one sees what peers there are.
const LIST: &str = "mentormesh peer list";

/// Lists every peer that this node knows, connected ones first.
#[utoipa::path(get, path = "/peers", operation_id = "list_peers", tag = "peers",
    responses((status = 200, description = "All of them", body = List<PeerView>)))]
pub(in crate::http) async fn list(State(app): State<App>) -> Answered<List<PeerView>> {
    Answered(List::whole(app.network.peers().await))
}

/// Reaches the node of a ticket, which must prove the organisation that the ticket names.
#[utoipa::path(post, path = "/peers", operation_id = "join_peer", tag = "peers", request_body = JoinRequest,
    responses(
        (status = 201, description = "Whom was reached, and what to do next", body = Joined),
        (status = 502, description = "No node answered, or another than the ticket names"),
    ))]
pub(in crate::http) async fn join(
    State(app): State<App>,
    asker: Asker,
    Json { value, .. }: Json<JoinRequest>,
) -> Result<(StatusCode, Answered<Joined>), Failure> {
    let by = asker.word();
    let joined = app.network.join(value.ticket.trim(), value.pin.then_some(by.as_str())).await?;
    app.desk.audit(&by, "peer.joined", &joined.peer.to_string(), &joined.organisation.id.to_string()).await?;
    Ok((StatusCode::CREATED, Answered(joined)))
}

/// Makes a ticket for this node.
#[utoipa::path(post, path = "/peers/ticket", operation_id = "make_ticket", tag = "peers",
    responses(
        (status = 200, description = "The ticket", body = TicketView),
        (status = 409, description = "This node has no address that others can dial"),
    ))]
pub(in crate::http) async fn ticket(State(app): State<App>, asker: Asker) -> Result<Answered<TicketView>, Failure> {
    let ticket = app.network.ticket().await?.to_string();
    app.desk.audit(&asker.word(), "peer.ticket", "self", "").await?;
    Ok(Answered(TicketView { ticket }))
}

/// Takes connections of a peer no more, or again.
#[utoipa::path(put, path = "/peers/{id}", operation_id = "set_peer_blocked", tag = "peers",
    request_body = PeerStanding,
    params(("id" = String, Path, pattern = "^[1-9A-HJ-NP-Za-km-z]{6,52}$",
        description = "The peer's id, or a beginning of a known one")),
    responses((status = 200, description = "The peer's standing", body = PeerStanding)))]
pub(in crate::http) async fn set_blocked(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    Json { value, .. }: Json<PeerStanding>,
) -> Result<Answered<PeerStanding>, Failure> {
    let peer = app.peer_id(&id).await.map_err(|failure| with_list(failure, LIST))?;
    app.network.set_blocked(peer, value.blocked, &asker.word()).await?;
    Ok(Answered(value))
}
