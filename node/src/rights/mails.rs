//! What registrars are mailed when a request comes, and the asker when it is answered. No subject names anybody, and
//! no mail to a registrar says what was asked.

use mentormesh_protocol::api::Role;
use mentormesh_protocol::duty::{RightsOutcome, Settled};

use crate::desk::{DeskError, Mail, RightsRow, Write};

/// Registrars that are told.
const TOLD: u32 = 20;

/// Tells every registrar that a request waits, and by when.
pub(super) async fn tell_registrars(
    write: &mut Write,
    row: &RightsRow,
    organisation: &str,
    home: &str,
) -> Result<(), DeskError> {
    let said = [
        format!("A request about somebody's rights ({}) came to {organisation}.", row.request.kind.as_str()),
        format!("It has to be answered by {}.", row.due_at.date()),
        format!("Read and answer it at {home} or with: mentormesh rights show {}", row.id.short()),
    ];
    for person in write.people_with(Role::Registrar, TOLD).await? {
        let mail = mail("rights", &person.email, Some(&person.name), "A request about somebody's rights", &said);
        unless_full(write.queue_mail(&mail).await)?;
    }
    Ok(())
}

/// Tells the asker what became of it.
pub(super) async fn answer(
    write: &mut Write,
    row: &RightsRow,
    settled: &Settled,
    organisation: &str,
) -> Result<(), DeskError> {
    let outcome = match settled.outcome {
        RightsOutcome::Done => "What you asked for was done.",
        RightsOutcome::Partly => "Some of what you asked for was done.",
        RightsOutcome::Refused => "What you asked for was not done.",
        RightsOutcome::NothingHeld => "Nothing is held here about whom you named.",
    };
    let mut said = vec![
        format!("{organisation} answers your request of {} (number {}).", row.received_at.date(), row.id.short()),
        outcome.to_owned(),
    ];
    said.extend(settled.message.clone());
    said.push("If you are not content with this answer you can complain to your data protection authority.".to_owned());
    unless_full(write.queue_mail(&mail("rights_answer", &row.request.reply, None, "Your request", &said)).await)
}

/// A full queue of mail keeps nobody from their rights: the register has it all the same.
fn unless_full<T>(queued: Result<T, DeskError>) -> Result<(), DeskError> {
    match queued {
        Ok(_) => Ok(()),
        Err(DeskError::Mail(error)) => {
            tracing::warn!(%error, "a mail about somebody's rights was not queued");
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn mail(what: &'static str, to: &str, name: Option<&str>, subject: &str, said: &[String]) -> Mail {
    let paragraphs: String = said.iter().map(|said| format!("<p>{}</p>\n", escaped(said))).collect();
    Mail {
        what,
        to: to.to_owned(),
        name: name.map(ToOwned::to_owned),
        subject: subject.to_owned(),
        text: format!("{}\n", said.join("\n\n")),
        html: format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{subject}</title></head><body>\n{paragraphs}</body></html>\n"
        ),
        urgent: false,
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;").replace('\n', "<br>")
}
