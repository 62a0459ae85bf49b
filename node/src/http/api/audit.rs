//! `/audit`: who did what, to what, when.

use axum::Json as Answered;
use axum::extract::State;
use mentormesh_protocol::api::{AuditEntry, List, Problem};
use mentormesh_protocol::limits::{PAGE, PAGE_DEFAULT};

use crate::desk::{AuditFilter, AuditRow};
use crate::http::app::App;
use crate::http::error::Failure;
use crate::http::extract::Pairs;

const NAMES: [&str; 5] = ["act", "by", "about", "limit", "after"];
/// Characters of a filter: more than any act, actor or id has.
const LONGEST: usize = 128;

/// Lists administrative acts, newest first.
///
/// The trail names people and listings by their ids alone, and is kept for two years.
#[utoipa::path(get, path = "/audit", operation_id = "list_audit", tag = "node",
    params(
        ("act" = Option<String>, Query, min_length = 1, max_length = 128, pattern = "\\S",
            description = "Only acts that begin so, such as `listing` or `trust.standing`"),
        ("by" = Option<String>, Query, min_length = 1, max_length = 128, pattern = "\\S",
            description = "Only what was done by whom the trail calls so, such as `registrar`, or `person` and the \
                beginning of an id"),
        ("about" = Option<String>, Query, min_length = 1, max_length = 128, pattern = "\\S",
            description = "Only what was done to this id, or to those that begin so"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 100, description = "Acts on the page, 1 to 100, usually 20"),
        ("after" = Option<String>, Query, pattern = "^[0-9]{1,16}$", description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "A page of acts", body = List<AuditEntry>)))]
pub(in crate::http) async fn list(State(app): State<App>, pairs: Pairs) -> Result<Answered<List<AuditEntry>>, Failure> {
    pairs.only(&NAMES, &[])?;
    pairs.filled(&NAMES)?;
    let limit = pairs.number("limit", PAGE_DEFAULT)?;
    if !(1..=PAGE).contains(&limit) {
        return Err(Problem::field("limit", format!("{limit}; 1 to {PAGE} are taken")).into());
    }
    let before = pairs.last("after").map(place).transpose()?;
    // One more than asked tells whether there is a next page.
    let most = u32::try_from(limit).unwrap_or(1).saturating_add(1);
    let (act, by, about) = (beginning(&pairs, "act")?, beginning(&pairs, "by")?, beginning(&pairs, "about")?);
    let filter = AuditFilter { act, by, about, before, limit: most };
    let (mut rows, total) = app.desk.audit_found(&filter).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.place.to_string());
    Ok(Answered(List { items: rows.into_iter().map(entry).collect(), total, next }))
}

fn beginning(pairs: &Pairs, name: &str) -> Result<String, Failure> {
    let text = pairs.last(name).unwrap_or_default();
    let characters = text.chars().count();
    if characters > LONGEST {
        return Err(Problem::field(name, format!("{characters} characters; 1 to {LONGEST} are taken")).into());
    }
    Ok(text.to_owned())
}

fn place(text: &str) -> Result<u64, Failure> {
    let digits = text.len() <= 16 && text.chars().all(|c| c.is_ascii_digit());
    let place = text.parse().ok().filter(|_| digits);
    place.ok_or_else(|| Problem::field("after", format!("`{text}` is not the `next` of a page")).into())
}

fn entry(row: AuditRow) -> AuditEntry {
    AuditEntry { at: row.at, by: row.by, act: row.act, about: row.about, detail: row.detail }
}
