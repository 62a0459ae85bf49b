//! `GET /search`.

use axum::extract::State;
use axum::{Extension, Json};
use mentormesh_protocol::api::SearchPage;
use mentormesh_protocol::record::OfferKind;

use crate::http::app::App;
use crate::http::asked::{self, OFTEN, ONCE};
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::search::Viewer;

/// Finds mentors, with the reasons for each.
///
/// A filter given twice means either value; different filters must all hold. An empty search finds everybody, best
/// ready first.
#[utoipa::path(get, path = "/search", operation_id = "search", tag = "search",
    params(
        ("q" = Option<String>, Query, max_length = 256, description = "Words, up to 256 characters; \"quoted\" ones must follow each other"),
        ("skill" = Option<Vec<String>>, Query, max_items = 32, description = "Labels of skills"),
        ("language" = Option<Vec<String>>, Query, max_items = 32, description = "Language tags; `en` also finds `en-GB`"),
        ("country" = Option<Vec<String>>, Query, max_items = 32, description = "Two-letter countries"),
        ("offer" = Option<Vec<OfferKind>>, Query, max_items = 32, description = "intro_15, micro, standard, open_ended, peer, reverse, group"),
        ("organisation" = Option<Vec<String>>, Query, max_items = 32, description = "Organisation ids, or beginnings of them"),
        ("trainee" = Option<bool>, Query, description = "Only trainees, or none"),
        ("available" = Option<bool>, Query, description = "Only mentors with a free place, or the others"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 100, description = "Hits on the page, 1 to 100, usually 20"),
        ("offset" = Option<u64>, Query, maximum = 999, description = "Hits before the page; with limit at most 1,000"),
    ),
    responses(
        (status = 200, description = "A page of hits", body = SearchPage),
        (status = 404, description = "An organisation that is named is not known here"),
    ))]
pub(in crate::http) async fn search(
    State(app): State<App>,
    Extension(viewer): Extension<Viewer>,
    pairs: Pairs,
) -> Result<Json<SearchPage>, Failure> {
    pairs.only(&ONCE, &OFTEN)?;
    pairs.filled(&["trainee", "available", "limit", "offset", "offer"])?;
    let query = asked::query(&pairs, |text| app.organisation_id(text))?;
    Ok(Json(app.search.run(&query, viewer).await?))
}
