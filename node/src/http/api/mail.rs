//! `/mail`: what was written to people, how it fares, and another try.

use axum::Json as Answered;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use mentormesh_protocol::api::{ErrorCode, List, MailStanding, MailTest, MailView, Problem};
use mentormesh_protocol::limits::{PAGE, PAGE_DEFAULT};

use crate::contacts::is_address;
use crate::desk::{Mail, MailId, MailRow, MailState};
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::{Json, Pairs};
use crate::listings::{CONFIRM_MAIL, INVITATION_MAIL};
use crate::people::SIGN_IN_MAIL;

/// Mails by whose links one signs in, or agrees to be listed: nobody else may do either, a registrar no more than others.
const IN_PERSON: [&str; 3] = [SIGN_IN_MAIL, INVITATION_MAIL, CONFIRM_MAIL];
/// Why a mail waits that nobody will send.
const NO_SERVER: &str = "no mail server is named (mail.server); hand its links on yourself";
use crate::wording::{Addressed, Block, Frame};

/// Lists mails, newest first, without their texts.
#[utoipa::path(get, path = "/mail", operation_id = "list_mail", tag = "mail",
    params(
        ("state" = Option<MailStanding>, Query, description = "Only those that stand so"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 100, description = "Mails on the page, 1 to 100, usually 20"),
        ("after" = Option<String>, Query, pattern = "^[0-9]{1,16}$", description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "A page of mails", body = List<MailView>)))]
pub(in crate::http) async fn list(State(app): State<App>, pairs: Pairs) -> Result<Answered<List<MailView>>, Failure> {
    pairs.only(&["state", "limit", "after"], &[])?;
    pairs.filled(&["state", "limit", "after"])?;
    let limit = pairs.number("limit", PAGE_DEFAULT)?;
    if !(1..=PAGE).contains(&limit) {
        return Err(Problem::field("limit", format!("{limit}; 1 to {PAGE} are taken")).into());
    }
    let after = pairs.last("after").map(|text| number("after", text)).transpose()?;
    let state = pairs.last("state").map(state).transpose()?;
    // One more than asked tells whether there is a next page.
    let most = u32::try_from(limit).unwrap_or(1);
    let (mut rows, total) = app.desk.mails(state, after, most.saturating_add(1)).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.id.0.to_string());
    Ok(Answered(List { items: rows.into_iter().map(|row| view(&app, row)).collect(), total, next }))
}

/// Shows one mail with its texts.
///
/// A mail may hold what one person wrote to another and links that act for them, so that reading one is written into
/// the audit trail. A link that signs somebody in, or agrees in their name, is shown to the token alone: whoever reads it
/// could be that person.
#[utoipa::path(get, path = "/mail/{id}", operation_id = "show_mail", tag = "mail",
    params(("id" = String, Path, pattern = "^[0-9]{1,16}$", description = "The mail's number")),
    responses(
        (status = 200, description = "The mail", body = MailView),
        (status = 507, description = "The disk of the node is full, so that reading it cannot be written down"),
    ))]
pub(in crate::http) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<Answered<MailView>, Failure> {
    let row = find(&app, &id).await?;
    if IN_PERSON.contains(&row.what.as_str()) && asker != Asker::Token {
        return Ok(Answered(view(&app, row)));
    }
    app.desk.audit(&asker.word(), "mail.read", &row.id.0.to_string(), &row.what).await?;
    let (text, html, calendar) = (row.text.clone(), row.html.clone(), row.calendar.clone());
    Ok(Answered(MailView { text: Some(text), html: Some(html), calendar, ..view(&app, row) }))
}

/// Has a mail tried again now that waits or was given up.
#[utoipa::path(post, path = "/mail/{id}/retry", operation_id = "retry_mail", tag = "mail",
    params(("id" = String, Path, pattern = "^[0-9]{1,16}$", description = "The mail's number")),
    responses(
        (status = 200, description = "The mail, waiting", body = MailView),
        (status = 409, description = "It was sent already"),
    ))]
pub(in crate::http) async fn retry(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<Answered<MailView>, Failure> {
    let row = find(&app, &id).await?;
    if !app.desk.retry_mail(row.id, &asker.word()).await? {
        let problem = format!("mail {} was sent already, and nobody is mailed the same twice", row.id.0);
        return Err(Failure::new(ErrorCode::Conflict, problem));
    }
    Ok(Answered(view(&app, find(&app, &id).await?)))
}

/// Queues a mail that only shows that mail arrives.
#[utoipa::path(post, path = "/mail/test", operation_id = "test_mail", tag = "mail", request_body = MailTest,
    responses((status = 201, description = "The mail, waiting", body = MailView)))]
pub(in crate::http) async fn test(
    State(app): State<App>,
    asker: Asker,
    Json { value, .. }: Json<MailTest>,
) -> Result<(StatusCode, Answered<MailView>), Failure> {
    let to = value.to.trim().to_owned();
    if !is_address(&to) {
        return Err(Problem::field("to", "is not an e-mail address like ada@example.org").into());
    }
    let mail = sample(&app, &to).await?;
    let mut write = app.desk.write().await?;
    let id = write.queue_mail(&mail).await?;
    write.note(&asker.word(), "mail.tested", &id.0.to_string(), "").await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Answered(view(&app, find(&app, &id.0.to_string()).await?))))
}

/// A mail that asks for nothing, in the language of whoever has the address.
async fn sample(app: &App, to: &str) -> Result<Mail, Failure> {
    let locale = app.readers.language(to, None).await?;
    let organisation = {
        let view = app.view();
        view.name(&view.own)
    };
    let frame = Frame { subject: "mail-subject-test", blocks: vec![Block::say("mail-test", &[])], foot: Vec::new() };
    let addressed = Addressed { to, name: None, locale, organisation: &organisation, home: app.people.address() };
    frame.mail("test", &addressed).map_err(|error| Failure::fault(&error))
}

async fn find(app: &App, text: &str) -> Result<MailRow, Failure> {
    // Whatever is no number is the number of no mail.
    let row = match number("id", text) {
        Ok(id) => app.desk.mail(id).await?,
        Err(_) => None,
    };
    row.ok_or_else(|| {
        let problem = Problem::new(ErrorCode::NotFound, format!("no mail has the number `{text}`"));
        problem.with_next("see what there is: mentormesh mail list").into()
    })
}

fn number(field: &str, text: &str) -> Result<MailId, Failure> {
    let digits = text.len() <= 16 && text.chars().all(|c| c.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits).map(MailId);
    number.ok_or_else(|| Problem::field(field, format!("`{text}` is not the number of a mail")).into())
}

fn state(word: &str) -> Result<MailState, Failure> {
    let mut known = MailState::ALL.into_iter();
    let found = known.find(|state| state.as_str() == word);
    found.ok_or_else(|| Problem::field("state", format!("`{word}` is none of waiting, sent, given_up")).into())
}

fn view(app: &App, row: MailRow) -> MailView {
    let stays = row.state == MailState::Waiting && !app.mail_server;
    MailView {
        id: row.id.0.to_string(),
        what: row.what,
        to: row.to,
        name: row.name,
        subject: row.subject,
        state: match row.state {
            MailState::Waiting => MailStanding::Waiting,
            MailState::Sent => MailStanding::Sent,
            MailState::GivenUp => MailStanding::GivenUp,
        },
        queued_at: row.recorded_at,
        attempts: row.attempts,
        next_at: row.next_at,
        ended_at: row.ended_at,
        problem: row.problem.or_else(|| stays.then(|| NO_SERVER.to_owned())),
        introduction: row.about.map(|(introduction, _)| introduction),
        direction: row.about.map(|(_, direction)| direction),
        text: None,
        html: None,
        calendar: None,
    }
}
