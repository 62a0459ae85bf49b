//! What leaves, byte for byte, and what a server's answers mean.

use mentormesh_protocol::Timestamp;

use super::*;
use crate::config::Config;
use crate::desk::{MailId, MailState};

fn row(id: u64) -> MailRow {
    MailRow {
        id: MailId(id),
        what: "request".to_owned(),
        to: "ada@example.org".to_owned(),
        name: Some("Ada Okafor, Zoë".to_owned()),
        subject: "A request waits for your answer".to_owned(),
        text: "Grüße an alle.\n.\nA line of one dot.".to_owned(),
        html: "<p>Grüße an alle.</p>".to_owned(),
        calendar: None,
        urgent: false,
        about: None,
        state: MailState::Waiting,
        recorded_at: Timestamp(1_795_000_000_000),
        attempts: 0,
        next_at: None,
        due_by: Timestamp(1_795_000_000_000),
        ended_at: None,
        problem: None,
    }
}

fn smtp(change: impl FnOnce(&mut MailConfig)) -> Result<Option<Smtp>, MailStartError> {
    let mut config = Config::defaults().expect("the defaults are valid").mail;
    config.server = "127.0.0.1".to_owned();
    config.security = MailSecurity::None;
    config.from = "mentors@example.org".to_owned();
    change(&mut config);
    Smtp::of(&config)
}

fn server() -> Smtp {
    smtp(|_| {}).expect("valid").expect("a server")
}

#[test]
fn a_mail_has_both_parts_its_date_and_a_name_that_no_retry_changes() {
    let written = |row: &MailRow| {
        let message = server().message(row, "Ada's Institute, London").expect("a message");
        String::from_utf8(message.formatted()).expect("plain bytes")
    };
    let first = written(&row(7));
    for part in [
        "multipart/alternative",
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
        "Auto-Submitted: auto-generated",
        "Subject: A request waits for your answer",
        "Date: Wed, 18 Nov 2026",
        "<mentors@example.org>",
        "<ada@example.org>",
        "MIME-Version: 1.0",
    ] {
        assert!(first.contains(part), "{part} is not in {first}");
    }
    assert!(first.is_ascii(), "nothing that an old server would not carry");
    let name = |text: &str| text.lines().find(|line| line.starts_with("Message-ID: <")).expect("a name").to_owned();
    let mut later = row(7);
    later.attempts = 5;
    assert_eq!(name(&first), name(&written(&later)));
    assert!(name(&first).ends_with("@example.org>"), "{}", name(&first));
    assert_ne!(name(&first), name(&written(&row(8))));
}

#[test]
fn what_cannot_be_used_is_named_at_the_start() {
    assert!(smtp(|config| config.server = String::new()).expect("valid").is_none(), "no server, no sending");
    let missing = smtp(|config| {
        config.username = "ada".to_owned();
        config.password_file = "/nowhere/password".to_owned();
    });
    let problem = missing.map(|_| ()).expect_err("no such file").to_string();
    assert!(problem.contains("mail.password_file = \"/nowhere/password\""), "{problem}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, "no certificate").expect("written");
    let broken = smtp(|config| {
        config.security = MailSecurity::Starttls;
        config.ca_file = file.display().to_string();
    });
    // Either the certificate or the parameters made of it are refused, by the key's name.
    let problem = broken.map(|_| ()).map_err(|error| error.to_string());
    assert!(problem.as_ref().is_err_and(|problem| problem.starts_with("mail.")), "{problem:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again_and_no_fault_of_the_mail() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address").port()
    };
    let away = smtp(|config| config.port = port).expect("valid").expect("a server");
    let refusal = away.send(&row(1), "Ada's Institute").await;
    let server = matches!(&refusal, Err(Refusal::Later { server: true, problem }) if !problem.is_empty());
    assert!(server, "{refusal:?}");
}

#[tokio::test]
async fn an_address_that_no_mail_has_is_given_up() {
    let strange = MailRow { to: "ada @example.org".to_owned(), ..row(1) };
    assert!(matches!(server().send(&strange, "Ada's Institute").await, Err(Refusal::Never { .. })));
}
