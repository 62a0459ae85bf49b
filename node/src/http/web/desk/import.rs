//! `/desk/import`: a table of mentors, checked first and imported as it was checked.
//!
//! Checking runs the import and undoes it. What is imported is the very text that was checked: the form carries a digest
//! of it and of what the check found, and anything else is checked anew instead.

use askama::Template;
use axum::extract::{Form as Fields, FromRequest, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{ErrorCode, ImportReport, Problem};
use mentormesh_protocol::limits::DAY;

use super::frame::{Frame, answer, many, when};
use super::look;
use crate::desk::AuditFilter;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::{Pairs, bytes};
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;
use crate::listings::ImportKind;
use crate::people::SignedIn;

const HERE: &str = "/desk/import";
/// Bytes of a form with a table: some two thousand mentors; more is imported with `mentormesh profile import`.
const BODY: usize = 2 * 1024 * 1024;
/// Rows that are told one by one.
const TOLD: usize = 100;
/// Imports that are told as done: those of the last day.
const LATELY: u64 = DAY;

#[derive(Template)]
#[template(path = "desk_import.html")]
pub(super) struct ImportPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) text: String,
    pub(super) checked: Option<Checked>,
    /// What the last imports did.
    pub(super) lately: Vec<String>,
}

/// What a check found.
pub(super) struct Checked {
    pub(super) seen: String,
    pub(super) says: Vec<String>,
    /// Line and reason of each row that is wrong.
    pub(super) wrong: Vec<(u64, String)>,
    pub(super) untold: u64,
    pub(super) ignored: Vec<String>,
    /// What the button says, if there is anything to import.
    pub(super) button: Option<String>,
}

/// Shows the empty form, and what was imported lately.
pub(in crate::http) async fn show(State(app): State<App>, asker: Asker) -> Result<Response, Failure> {
    answer(&page(&app, signed_in(&asker)?, String::new(), None, None).await?, None)
}

/// Checks a table, or imports the one that was checked.
pub(in crate::http) async fn take(State(app): State<App>, asker: Asker, request: Request) -> Result<Response, Failure> {
    let (who, form) = (signed_in(&asker)?, fields(request).await?);
    check_form(who, &form)?;
    let Form(fields) = form;
    let text = fields.0.iter().find(|(name, _)| name == "text").map(|(_, text)| text.replace("\r\n", "\n"));
    let text = text.unwrap_or_default();
    if text.trim().is_empty() {
        let problem = Problem::field("text", "is empty; paste a table whose first line names its columns");
        return answer(&page(&app, who, text, None, Some(problem.clone())).await?, Some(&problem));
    }
    let listings = app.listings.by(&asker.word());
    let found = listings.import(text.clone().into_bytes(), ImportKind::Csv, true, |_, _| {}).await;
    let report = match found {
        Ok(report) => report,
        Err(problem) => return answer(&page(&app, who, text, None, Some(problem.clone())).await?, Some(&problem)),
    };
    let checked = checked(who, &text, &report);
    if fields.last("do") != Some("import") {
        return answer(&page(&app, who, text, Some(checked), None).await?, None);
    }
    if look::unseen(&fields, &checked.seen).is_some() {
        let problem = "nothing was imported: this is not what was checked, so it was checked again";
        let problem = Problem::new(ErrorCode::Conflict, problem).with_next("read what would be imported now");
        return answer(&page(&app, who, text, Some(checked), Some(problem.clone())).await?, Some(&problem));
    }
    match listings.import(text.clone().into_bytes(), ImportKind::Csv, false, |_, _| {}).await {
        Ok(_) => Ok(Redirect::to(HERE).into_response()),
        Err(problem) => answer(&page(&app, who, text, None, Some(problem.clone())).await?, Some(&problem)),
    }
}

/// A form that may be larger than those of other pages.
async fn fields(request: Request) -> Result<Form, Failure> {
    let (parts, body) = request.into_parts();
    let bytes = bytes(Request::from_parts(parts.clone(), body), &(), BODY).await?;
    let request = Request::from_parts(parts, bytes.into());
    let read = Fields::<Vec<(String, String)>>::from_request(request, &()).await;
    let wrong = |_| Failure::from(Problem::field("body", "is not what a page's form sends"));
    read.map(|Fields(pairs)| Form(Pairs(pairs))).map_err(wrong)
}

/// What a check found, in words.
pub(super) fn checked(who: &SignedIn, text: &str, report: &ImportReport) -> Checked {
    let mentors = |count| many(count, "mentor", "mentors");
    let says = vec![
        format!("{} would be added as drafts.", mentors(report.added)),
        format!("{} would be changed: their address is known already.", mentors(report.changed)),
        format!("{} would stay as they are.", mentors(report.unchanged)),
        format!("{} would be left out, for the reasons below.", many(report.refused, "line", "lines")),
    ];
    let wrong = report.rows.iter().take(TOLD).map(|row| (row.line, row.problem.clone().unwrap_or_default()));
    let wrong: Vec<_> = wrong.collect();
    let makes = report.added + report.changed;
    Checked {
        seen: look::seen(who, &[text, &says.join("\n")]),
        untold: report.refused.saturating_sub(wrong.len() as u64),
        says,
        wrong,
        ignored: report.ignored.clone(),
        button: match makes {
            0 => None,
            1 => Some("Import this mentor".to_owned()),
            _ => Some(format!("Import these {}", mentors(makes))),
        },
    }
}

async fn page(
    app: &App,
    who: &SignedIn,
    text: String,
    checked: Option<Checked>,
    problem: Option<Problem>,
) -> Result<ImportPage, Failure> {
    let filter = AuditFilter { act: "listing.imported".to_owned(), limit: 3, ..AuditFilter::default() };
    let (rows, _) = app.desk.audit_found(&filter).await?;
    let since = app.clock.now().minus(LATELY);
    let lately = rows.into_iter().filter(|row| row.at >= since);
    Ok(ImportPage {
        site: Site::of(app),
        desk: Frame::of(who, HERE).with(problem),
        text,
        checked,
        lately: lately.map(|row| format!("{}: {}", when(row.at), row.detail)).collect(),
    })
}
