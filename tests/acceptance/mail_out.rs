//! Mail leaves over SMTP: in both forms, again when it was put off, never twice, and only to a server that is the right one.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::email;
use crate::harness::wait::{skipped, until, until_true};
use crate::mail_links::{ADA, BO, ask, institute, link, outbox, presses};
use crate::mail_sink::Sink;

#[test]
fn a_request_goes_out_over_smtp_in_both_forms_and_its_link_says_yes() {
    let Some(sink) = Sink::start(0, &[]) else { return };
    let _places = places(1);
    let (ada, listing) = institute(|node| sink.serves(node, "none"));
    let id = ask(&ada, &listing, BO);
    let mail = sink.comes_to_have("A request waits for your answer");
    assert_eq!((&mail["to"], &mail["from"]), (&json!([email(ADA)]), &json!("mentors@ada.example")));
    assert_eq!((&mail["type"], &mail["defects"]), (&json!("multipart/alternative"), &json!([])));
    let headers = &mail["headers"];
    assert_eq!(headers["auto-submitted"], "auto-generated");
    assert!(headers["message-id"].as_str().unwrap().ends_with("@ada.example>"), "{headers}");
    assert!(headers["date"].as_str().is_some() && headers["from"].as_str().unwrap().contains("Ada's Institute"));
    for part in ["text/plain", "text/html"] {
        assert!(mail["parts"][part].as_str().unwrap().contains("I move from accountancy"), "{part}: {mail}");
    }
    until_true("the request counts as notified", || ada.stands(&id) == "notified");
    assert_eq!(presses(&ada, &link(&mail, "Say yes"), "").status, 200);
    let yes = sink.comes_to_have("A mentor said yes");
    assert_eq!(yes["to"], json!([BO]));
    for mail in sink.mails() {
        let subject = mail["headers"]["subject"].as_str().unwrap();
        for private in ["Ada", "Bo", "Lind", "Okafor", "campaign", "@"] {
            assert!(!subject.contains(private), "{subject}");
        }
    }
    until_true("all of it is sent", || outbox(&ada, "request")[0]["state"] == "sent");
    let log = ada.log();
    for private in [BO, &email(ADA), "Bo Lind", "/act/"] {
        assert!(!log.contains(private), "{private:?} is in the log");
    }
}

#[test]
fn a_mail_that_is_put_off_is_tried_again_and_one_that_is_refused_is_given_up_and_shown() {
    let Some(sink) = Sink::start(0, &[]) else { return };
    let _places = places(1);
    let (ada, listing) = institute(|node| sink.serves(node, "none"));
    ask(&ada, &listing, "never.bo@example.org");
    let accept = link(&sink.comes_to_have("A request waits for your answer"), "Say yes");
    assert_eq!(presses(&ada, &accept, "").status, 200);
    let refused =
        until("the refusal is noted", || outbox(&ada, "accepted").into_iter().find(|mail| mail["state"] == "given_up"));
    assert!(refused["problem"].as_str().unwrap().contains("nobody of that name"), "{refused}");
    ada.run(&["mail", "list", "--state", "given_up"]).says("nobody of that name");
    assert!(!ada.log().contains("never.bo@"), "no address is in the log");

    ada.run(&["mail", "test", "later@example.org"]).done();
    let put_off = until("it is put off", || outbox(&ada, "test").into_iter().find(|mail| mail["attempts"] == 1));
    assert_eq!(put_off["state"], "waiting");
    assert!(put_off["problem"].as_str().unwrap().contains("come again"), "{put_off}");
    ada.run(&["mail", "retry", put_off["id"].as_str().unwrap()]).done();
    sink.comes_to_have("A test of your mentor register’s mail");
    until_true("it is sent", || outbox(&ada, "test")[0]["state"] == "sent");
    ada.run(&["mail", "retry", put_off["id"].as_str().unwrap()]).exits(1);
}

#[test]
fn what_waited_leaves_after_a_killed_node_starts_again_and_leaves_once() {
    let Some(first) = Sink::start(0, &[]) else { return };
    let _places = places(1);
    let port = first.port;
    let (mut ada, listing) = institute(|node| first.serves(node, "none"));
    drop(first);
    ask(&ada, &listing, BO);
    let waits = until("a try in vain", || {
        outbox(&ada, "request").into_iter().find(|mail| mail["attempts"].as_u64() >= Some(1))
    });
    assert_eq!(waits["state"], "waiting");
    ada.kill();
    let Some(sink) = Sink::start(port, &[]) else { return };
    ada.serve();
    ada.run(&["mail", "retry", waits["id"].as_str().unwrap()]).done();
    let mail = sink.comes_to_have("A request waits for your answer");
    assert_eq!(mail["to"], json!([email(ADA)]));
    until_true("it is sent", || outbox(&ada, "request")[0]["state"] == "sent");
    let requests =
        sink.mails().into_iter().filter(|mail| mail["headers"]["subject"] == "A request waits for your answer");
    assert_eq!(requests.count(), 1);
}

/// A certificate for 127.0.0.1 and its key, signed by nobody else.
fn certificate(folder: &Path) -> Option<[PathBuf; 2]> {
    let files = ["certificate.pem", "key.pem"].map(|name| folder.join(name));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"])
        .args(["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-out")
        .arg(&files[0])
        .arg("-keyout")
        .arg(&files[1])
        .output();
    if made.is_ok_and(|made| made.status.success()) {
        return Some(files);
    }
    skipped("openssl made no certificate, so that STARTTLS cannot be tried");
    None
}

#[test]
fn mail_goes_by_starttls_to_a_server_that_somebody_trusted_vouches_for_and_to_no_other() {
    let folder = TempDir::new().unwrap();
    let Some(files) = certificate(folder.path()) else { return };
    let Some(sink) = Sink::start(0, &files) else { return };
    let _places = places(1);
    let mut ada = Node::init("Ada's Institute");
    sink.serves(&ada, "starttls");
    ada.serve();
    ada.run(&["mail", "test", "ada@example.org"]).done();
    let refused =
        until("a try in vain", || outbox(&ada, "test").into_iter().find(|mail| mail["attempts"].as_u64() >= Some(1)));
    assert!(refused["problem"].as_str().unwrap().to_lowercase().contains("certificate"), "{refused}");
    assert!(sink.mails().is_empty(), "nothing is said to a server that nobody vouches for");
    ada.stop();
    ada.set("mail", "ca_file", &json!(files[0]).to_string());
    ada.serve();
    ada.run(&["mail", "retry", refused["id"].as_str().unwrap()]).done();
    let mail = sink.comes_to_have("A test of your mentor register’s mail");
    assert_eq!(mail["tls"], true);
}
