//! What may leave and when: quiet hours hold what can wait and nothing else, people get what they chose, in the language
//! they read.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;

use crate::harness::gate::places;
use crate::harness::people::{email, mentor};
use crate::harness::signed_in::OWN_PAGE;
use crate::harness::wait::until_true;
use crate::mail_links::{ADA, BO, ask, browser, comes_to_write, institute, link, outbox, presses};
use crate::mail_sink::Sink;

/// Quiet hours that began an hour ago and end in two, by the clock of UTC.
fn now_is_quiet() -> String {
    let hours = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 3_600;
    format!("{:02}:00-{:02}:00", (hours + 23) % 24, (hours + 3) % 24)
}

#[test]
fn quiet_hours_hold_a_request_but_no_link_to_sign_in() {
    let Some(sink) = Sink::start(0, &[]) else { return };
    let _places = places(1);
    let (mut ada, listing) = institute(|node| {
        sink.serves(node, "none");
        node.set("mail", "quiet_hours", &json!(now_is_quiet()).to_string());
    });
    ask(&ada, &listing, BO);
    let waits = comes_to_write(&ada, "request");
    assert_eq!(waits["state"], "waiting");
    let form = format!("email={}", email(ADA).replace('@', "%40"));
    let media = [("content-type", "application/x-www-form-urlencoded"), OWN_PAGE, ("accept-language", "de")];
    assert_eq!(browser(&ada).ask("POST", "/sign-in", &media, form.as_bytes()).status, 200);
    let urgent = sink.comes_to_have("Ihr Link zum Anmelden");
    assert_eq!(urgent["to"], json!([email(ADA)]));
    assert!(urgent["parts"]["text/html"].as_str().unwrap().contains("<html lang=\"de\""), "{urgent}");
    assert_eq!(outbox(&ada, "request")[0]["state"], "waiting", "it was there before, and waits");
    assert_eq!(sink.mails().len(), 1);

    ada.stop();
    let file = ada.data().join("config.toml");
    let config = fs::read_to_string(&file).unwrap();
    fs::write(&file, config.lines().filter(|line| !line.starts_with("quiet_hours")).collect::<Vec<_>>().join("\n"))
        .unwrap();
    ada.serve();
    let mail = sink.comes_to_have("A request waits for your answer");
    assert_eq!(mail["to"], json!([email(ADA)]), "and leaves when it is quiet no more");
}

#[test]
fn who_chose_less_is_mailed_less_and_still_asked() {
    let Some(sink) = Sink::start(0, &[]) else { return };
    let _places = places(1);
    let (ada, listing) = institute(|node| sink.serves(node, "none"));
    let first = ask(&ada, &listing, BO);
    let request = sink.comes_to_have("A request waits for your answer");
    let chosen = presses(&ada, &link(&request, "Choose which mail"), "mail=necessary");
    assert_eq!(chosen.status, 200, "{}", chosen.text());
    ada.step(&first, "withdraw", &json!({})).done();
    ask(&ada, &listing, "di.novak@example.org");
    until_true("the next request leaves", || {
        sink.mails().iter().filter(|mail| mail["headers"]["subject"] == "A request waits for your answer").count() == 2
    });
    assert!(outbox(&ada, "withdrawn").is_empty(), "what came before was not even written");
}

#[test]
fn a_mentor_is_mailed_in_the_language_of_their_listing_and_then_in_the_one_they_chose() {
    let _places = places(1);
    let (ada, _) = institute(|_| {});
    let mut listing = mentor("Jürgen Weiß", "Pressearbeit");
    listing["profile"]["languages"] = json!([{ "tag": "de-AT", "fluency": "native" }]);
    listing["contact"]["email"] = json!("juergen@example.org");
    let id = ada.publish(&listing);
    ada.comes_to_find("Jürgen Weiß");
    ask(&ada, &id, BO);
    let request = comes_to_write(&ada, "request");
    assert_eq!(
        (&request["to"], &request["subject"]),
        (&json!("juergen@example.org"), &json!("Eine Anfrage wartet auf Ihre Antwort"),)
    );
    let text = request["text"].as_str().unwrap();
    assert!(
        text.contains("Bo Lind von Ada's Institute bittet Sie um ein Gespräch von etwa fünfzehn Minuten."),
        "{text}"
    );

    let person = ada.adds("Jürgen Weiß", "juergen@example.org", &[]);
    let browser = ada.signs_in(&person);
    let form = browser.form();
    assert_eq!(browser.submit("/me/language", "language=es").status, 403, "a form of somebody else");
    assert_eq!(browser.submit("/me/language", &format!("{form}&language=tlh")).status, 422);
    let saved = browser.submit("/me/language", &format!("{form}&language=es"));
    assert_eq!((saved.status, saved.header("location")), (303, "/me?saved=language"));
    ask(&ada, &id, "di.novak@example.org");
    until_true("the next is in Spanish", || {
        outbox(&ada, "request").iter().any(|mail| mail["subject"] == "Una solicitud espera su respuesta")
    });
}
