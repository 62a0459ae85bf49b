//! `/trust`: whom this node shows and sends to.

use axum::Json as Answered;
use axum::extract::{Path, State};
use mentormesh_protocol::api::{ErrorCode, Problem, Standing, StandingRequest, TrustPolicy, TrustRequest, TrustView};
use mentormesh_protocol::trust::Policy;

use super::organisations::{LIST, all};
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Json;
use crate::http::id::with_list;

/// Shows the policy and every organisation's standing.
#[utoipa::path(get, path = "/trust", operation_id = "show_trust", tag = "trust",
    responses((status = 200, description = "The settings", body = TrustView)))]
pub(in crate::http) async fn show(State(app): State<App>) -> Result<Answered<TrustView>, Failure> {
    Ok(Answered(settings(&app).await?))
}

/// Changes the policy.
#[utoipa::path(put, path = "/trust", operation_id = "set_trust_policy", tag = "trust", request_body = TrustRequest,
    responses(
        (status = 200, description = "The settings as they now are", body = TrustView),
        (status = 409, description = "This policy is not available yet"),
    ))]
pub(in crate::http) async fn set_policy(
    State(app): State<App>,
    asker: Asker,
    Json { value, .. }: Json<TrustRequest>,
) -> Result<Answered<TrustView>, Failure> {
    let policy = available(value.policy)?;
    let _turn = app.turn().await?;
    app.desk.set_policy(policy, &asker.word()).await?;
    apply(&app).await
}

/// Pins an organisation, blocks it, or neither. It need not be known yet: a whole id can be pinned before it is met.
#[utoipa::path(put, path = "/trust/{organisation}", operation_id = "set_standing", tag = "trust",
    request_body = StandingRequest,
    params(("organisation" = String, Path, pattern = "^[a-z2-7]{6,52}$",
        description = "The organisation's id, or a beginning of a known one")),
    responses(
        (status = 200, description = "The settings as they now are", body = TrustView),
        (status = 409, description = "It is this node's own organisation"),
    ))]
pub(in crate::http) async fn set_standing(
    State(app): State<App>,
    Path(organisation): Path<String>,
    asker: Asker,
    Json { value, .. }: Json<StandingRequest>,
) -> Result<Answered<TrustView>, Failure> {
    let organisation = app.organisation_id(&organisation).map_err(|failure| with_list(failure, LIST))?;
    if organisation == app.view().own {
        return Err(Failure::new(ErrorCode::Conflict, "this node's own organisation is always shown"));
    }
    let _turn = app.turn().await?;
    app.desk.set_standing(&organisation, value.standing, &asker.word()).await?;
    if value.standing == Standing::Pinned {
        tracing::info!(%organisation, "pinned");
    }
    apply(&app).await
}

/// What the desk now says becomes what the node does; when this answers, it has.
async fn apply(app: &App) -> Result<Answered<TrustView>, Failure> {
    app.ingest.set_trust(app.desk.trust().await?).await?;
    Ok(Answered(settings(app).await?))
}

async fn settings(app: &App) -> Result<TrustView, Failure> {
    let (view, hidden) = (app.view(), app.hiding.list().await?);
    let policy = word(view.settings.policy);
    Ok(TrustView { policy, organisations: all(&view), hidden })
}

/// The policy's word in the API.
pub(in crate::http) const fn word(policy: Policy) -> TrustPolicy {
    match policy {
        Policy::Closed => TrustPolicy::Closed,
        Policy::Recognised => TrustPolicy::Recognised,
        Policy::Open => TrustPolicy::Open,
    }
}

fn available(policy: TrustPolicy) -> Result<Policy, Failure> {
    match policy {
        TrustPolicy::Closed => Ok(Policy::Closed),
        TrustPolicy::Open => Ok(Policy::Open),
        TrustPolicy::Recognised => {
            let detail = "`recognised` needs recognitions between organisations, which nobody can sign yet; \
                          under it only pinned organisations would be shown";
            let problem = Problem::new(ErrorCode::PolicyUnavailable, detail);
            Err(problem.with_next("use `closed` and pin organisations: mentormesh trust pin ID").into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognised_is_refused_with_the_reason() {
        let failure = available(TrustPolicy::Recognised).expect_err("not available");
        assert_eq!(failure.problem().code, ErrorCode::PolicyUnavailable);
        assert!(failure.problem().detail.contains("recognitions"), "{}", failure.problem().detail);
    }

    #[test]
    fn the_other_policies_are_the_protocol_s() {
        for policy in [TrustPolicy::Closed, TrustPolicy::Open] {
            assert_eq!(available(policy).ok().map(word), Some(policy));
        }
    }
}
