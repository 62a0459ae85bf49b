//! `/desk/import`: a table of mentors, checked first and imported as it was checked.
//!
//! A table is pasted or comes out of a file. Checking runs the import and undoes it. What is imported is the very text that was checked: the form carries a digest
//! of it and of what the check found, and anything else is checked anew instead.

use askama::Template;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{ErrorCode, ImportReport, Problem};
use mentormesh_protocol::limits::DAY;

use super::frame::{Frame, answer, many, when};
use super::import_form::{Sent, Table, mark};
use super::look;
use crate::desk::AuditFilter;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;
use crate::listings::ImportKind;
use crate::people::SignedIn;

const HERE: &str = "/desk/import";
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
    /// What stands in the form for a text that came out of a file.
    pub(super) brought: Option<String>,
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
    answer(&page(&app, signed_in(&asker)?, Table::default(), None, None).await?, None)
}

/// Checks a table, or imports the one that was checked.
pub(in crate::http) async fn take(State(app): State<App>, asker: Asker, request: Request) -> Result<Response, Failure> {
    let (who, sent) = (signed_in(&asker)?, Sent::of(request).await?);
    check_form(who, &sent.form)?;
    let table = match sent.table(who) {
        Ok(table) => table,
        Err((typed, problem)) => {
            return answer(&page(&app, who, typed, None, Some(problem.clone())).await?, Some(&problem));
        }
    };
    let Form(fields) = sent.form;
    if table.text.trim().is_empty() {
        let problem =
            Problem::field("text", "is empty; paste a table whose first line names its columns, or choose a file");
        return answer(&page(&app, who, table, None, Some(problem.clone())).await?, Some(&problem));
    }
    let text = &table.text;
    let listings = app.listings.by(&asker.word());
    let found = listings.import(text.clone().into_bytes(), ImportKind::Csv, true, |_, _| {}).await;
    let report = match found {
        Ok(report) => report,
        Err(problem) => return answer(&page(&app, who, table, None, Some(problem.clone())).await?, Some(&problem)),
    };
    let checked = checked(who, text, &report);
    if fields.last("do") != Some("import") {
        return answer(&page(&app, who, table, Some(checked), None).await?, None);
    }
    if look::unseen(&fields, &checked.seen).is_some() {
        let problem = "nothing was imported: this is not what was checked, so it was checked again";
        let problem = Problem::new(ErrorCode::Conflict, problem).with_next("read what would be imported now");
        return answer(&page(&app, who, table, Some(checked), Some(problem.clone())).await?, Some(&problem));
    }
    match listings.import(text.clone().into_bytes(), ImportKind::Csv, false, |_, _| {}).await {
        Ok(_) => Ok(Redirect::to(HERE).into_response()),
        Err(problem) => answer(&page(&app, who, table, None, Some(problem.clone())).await?, Some(&problem)),
    }
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
    table: Table,
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
        brought: table.brought.then(|| mark(who, &table.text)),
        text: table.text,
        checked,
        lately: lately.map(|row| format!("{}: {}", when(row.at), row.detail)).collect(),
    })
}
