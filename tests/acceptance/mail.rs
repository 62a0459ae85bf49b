//! Mail: what happened is written to mentor and mentee, leaves over SMTP, and its links do one thing, once.
//!
//! The mail server is aiosmtpd, a program that nobody here wrote (`tests/sink/`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::gate::places;
use crate::harness::http::{Answer, Api};
use crate::harness::introductions::request;
use crate::harness::node::Node;
use crate::harness::people::{email, mentor};
use crate::harness::python;
use crate::harness::wait::{skipped, until, until_true};

const ADA: &str = "Ada Okafor";
const BO: &str = "bo.lind@example.org";

/// Ada's node with a mentor on it.
fn institute(change: impl FnOnce(&Node)) -> (Node, String) {
    let mut ada = Node::init("Ada's Institute");
    change(&ada);
    ada.serve();
    let listing = ada.publish(&mentor(ADA, "Social media for public relations"));
    ada.comes_to_find(ADA);
    (ada, listing)
}

fn ask(node: &Node, listing: &str, mentee: &str) -> String {
    node.asks(&request(&node.profile_id(listing), "A first campaign, and where to begin", "Bo Lind", mentee))
}

/// The mails of a node's outbox of this kind, newest first, with their texts.
fn outbox(node: &Node, what: &str) -> Vec<Value> {
    let list = node.api().get("/api/v1/mail?limit=100").done();
    let of_kind = list["items"].as_array().unwrap().iter().filter(|mail| mail["what"] == what);
    of_kind.map(|mail| node.api().get(&format!("/api/v1/mail/{}", mail["id"].as_str().unwrap())).done()).collect()
}

fn comes_to_write(node: &Node, what: &str) -> Value {
    until(&format!("{} writes `{what}`", node.name), || outbox(node, what).into_iter().next())
}

/// The paths of a text's links, each by the words before it.
fn links(text: &str) -> BTreeMap<String, String> {
    let lines: Vec<&str> = text.lines().collect();
    let pairs = lines.windows(2).filter_map(|pair| {
        let (_, path) = pair[1].trim().split_once("/act/")?;
        Some((pair[0].trim_end_matches(':').to_owned(), format!("/act/{path}")))
    });
    pairs.collect()
}

fn link(mail: &Value, begins: &str) -> String {
    let links = links(mail["text"].as_str().unwrap_or_else(|| mail["parts"]["text/plain"].as_str().unwrap()));
    let found = links.iter().find(|(label, _)| label.starts_with(begins));
    found.unwrap_or_else(|| panic!("no link `{begins}` in {links:#?}")).1.clone()
}

/// A browser without a token, from anywhere.
fn browser(node: &Node) -> Api {
    node.api().with_token(None)
}

fn presses(node: &Node, path: &str, form: &str) -> Answer {
    let media = [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];
    browser(node).ask("POST", path, &media, form.as_bytes())
}

fn acts_of(node: &Node, about: &str) -> Vec<Value> {
    node.introduction(about).done()["events"].as_array().unwrap().clone()
}

#[test]
fn without_a_mail_server_the_outbox_is_read_here_and_its_link_says_yes_once() {
    let _places = places(1);
    let (ada, listing) = institute(|_| {});
    let id = ask(&ada, &listing, BO);
    let mail = comes_to_write(&ada, "request");
    assert_eq!((&mail["to"], &mail["state"]), (&json!(email(ADA)), &json!("waiting")));
    for part in ["Bo Lind", "A first campaign", "I move from accountancy"] {
        assert!(mail["text"].as_str().unwrap().contains(part), "{part}: {mail}");
        assert!(mail["html"].as_str().unwrap().contains(part), "{part}: {mail}");
    }
    let number = mail["id"].as_str().unwrap().to_owned();
    ada.run(&["mail", "list", "--state", "waiting"]).says("request").says(&email(ADA));
    ada.run(&["mail", "show", &number]).says("/act/").says("A request waits for your answer");

    let path = link(&mail, "Say yes");
    let before = acts_of(&ada, &id);
    for method in ["GET", "HEAD", "GET", "OPTIONS"] {
        let looked = browser(&ada).ask(method, &path, &[("accept", "text/html")], b"");
        assert!(looked.status == 200 || method == "OPTIONS", "{method}: {}", looked.status);
        assert_eq!(looked.header("referrer-policy"), "no-referrer");
        assert_eq!(looked.header("cache-control"), "no-store");
    }
    assert_eq!(acts_of(&ada, &id), before, "a scanner that looks does nothing");
    let page = browser(&ada).get(&path).text();
    assert!(page.contains("method=\"post\"") && page.contains("Say yes"), "{page}");

    let done = presses(&ada, &path, "message=With+pleasure.");
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.text().contains("said yes"), "{}", done.text());
    assert_eq!(ada.introduction(&id).done()["state"], "accepted");

    let stood = acts_of(&ada, &id);
    let again = presses(&ada, &path, "");
    assert_eq!(again.status, 409, "{}", again.text());
    for said in ["used already", "You used this link on", "said yes"] {
        assert!(again.text().contains(said), "{said}: {}", again.text());
    }
    assert_eq!(acts_of(&ada, &id), stood, "a second click does nothing");
    let yes = comes_to_write(&ada, "accepted");
    assert_eq!(yes["to"], BO);
    assert!(yes["text"].as_str().unwrap().contains(&email(ADA)), "{yes}");
    assert!(yes["text"].as_str().unwrap().contains("With pleasure."), "{yes}");
}

#[test]
fn a_link_that_was_changed_or_made_elsewhere_does_nothing() {
    let _places = places(2);
    let (ada, listing) = institute(|_| {});
    let (bo, other) = institute(|_| {});
    let (id, elsewhere) = (ask(&ada, &listing, BO), ask(&bo, &other, BO));
    let path = link(&comes_to_write(&ada, "request"), "Say yes");
    let foreign = link(&comes_to_write(&bo, "request"), "Say yes");
    let (before, last) = (acts_of(&ada, &id), path.chars().last().unwrap());
    let altered = format!("{}{}", &path[..path.len() - 1], if last == 'a' { 'q' } else { 'a' });
    let cut = path[..path.len() - 9].to_owned();
    for wrong in [altered, cut, foreign, "/act/x".to_owned()] {
        assert_eq!(presses(&ada, &wrong, "").status, 404, "{wrong}");
        assert_eq!(browser(&ada).get(&wrong).status, 404, "{wrong}");
    }
    assert_eq!(acts_of(&ada, &id), before);
    assert_eq!(bo.introduction(&elsewhere).done()["state"].as_str().unwrap().len(), "delivered".len());
}

#[test]
fn a_link_says_no_with_a_reason_of_those_it_offers_and_the_mentee_is_told_kindly() {
    let _places = places(1);
    let (ada, listing) = institute(|_| {});
    let id = ask(&ada, &listing, BO);
    let path = link(&comes_to_write(&ada, "request"), "Say no");
    for form in
        ["", "reason=blocked", "reason=no_longer_listed", "reason=timing&message=Write+to+me+at+ada%40example.org"]
    {
        let refused = presses(&ada, &path, form);
        assert_eq!(refused.status, 422, "{form}: {}", refused.text());
        assert!(refused.text().contains("role=\"alert\""), "{form}");
    }
    let done = presses(&ada, &path, "reason=timing&message=Ask+again+in+spring.");
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(ada.introduction(&id).done()["reason"], "timing");
    let no = comes_to_write(&ada, "declined");
    let text = no["text"].as_str().unwrap();
    assert!(text.contains("Ask again in spring.") && text.contains("does not fit the mentor now"), "{text}");
    assert!(!no["subject"].as_str().unwrap().contains("Ada"), "{no}");
}

#[test]
fn question_and_answer_go_by_links_alone() {
    let _places = places(1);
    let (ada, listing) = institute(|_| {});
    let id = ask(&ada, &listing, BO);
    let path = link(&comes_to_write(&ada, "request"), "Ask something first");
    assert_eq!(presses(&ada, &path, "text=Which+paper+do+you+write+for%3F").status, 200);
    let asked = comes_to_write(&ada, "question");
    assert_eq!(asked["to"], BO);
    let answer = link(&asked, "Answer");
    assert!(browser(&ada).get(&answer).text().contains("Which paper do you write for?"));
    assert_eq!(presses(&ada, &answer, "text=").status, 422);
    assert_eq!(presses(&ada, &answer, "text=The+Gazette%2C+every+Tuesday.").status, 200);
    let answered = comes_to_write(&ada, "answer");
    assert!(answered["text"].as_str().unwrap().contains("The Gazette, every Tuesday."), "{answered}");
    assert_eq!(presses(&ada, &link(&answered, "Say yes"), "").status, 200);
    assert_eq!(ada.introduction(&id).done()["state"], "accepted");
}

#[test]
fn every_mail_to_a_mentor_lets_them_choose_pause_and_leave() {
    let _places = places(1);
    let (ada, listing) = institute(|_| {});
    ask(&ada, &listing, BO);
    let mail = comes_to_write(&ada, "request");
    let choose = link(&mail, "Choose which mail");
    assert_eq!(presses(&ada, &choose, "mail=nothing").status, 422);
    for choice in ["necessary", "no_reminders"] {
        let chosen = presses(&ada, &choose, &format!("mail={choice}"));
        assert_eq!(chosen.status, 200, "a choice is made as often as somebody likes: {}", chosen.text());
    }
    let page = browser(&ada).get(&choose).text();
    assert!(page.contains("value=\"no_reminders\" checked"), "{page}");

    let pause = link(&mail, "Take no requests");
    assert_eq!(presses(&ada, &pause, "").status, 200);
    let path = format!("/api/v1/listings/{listing}");
    assert_eq!(ada.api().get(&path).done()["profile"]["availability"]["status"], "paused");
    until_true("the register shows it", || {
        let profile = ada.api().get(&format!("/api/v1/profiles/{}", ada.profile_id(&listing))).done();
        profile["profile"]["availability"]["status"] == "paused"
    });
    let leave = link(&mail, "Leave the register");
    assert!(browser(&ada).get(&leave).text().contains("taken out of the register"));
    ada.comes_to_find(ADA);
    assert_eq!(presses(&ada, &leave, "").status, 200);
    ada.comes_to_miss(ADA);
    assert_eq!(ada.api().get(&path).done()["state"], "withdrawn");
}

/// A mail server that delivers to files; it ends with its story.
struct Sink {
    folder: TempDir,
    port: u16,
    child: Child,
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

impl Sink {
    /// Starts one on this port, or a free one for 0; none where there is no Python.
    fn start(port: u16, tls: &[PathBuf]) -> Option<Self> {
        let python = python::with(&repository("tests/sink/requirements.txt"))?;
        let folder = TempDir::new().unwrap();
        let child = Command::new(python)
            .arg("-B")
            .arg(repository("tests/sink/sink.py"))
            .arg(folder.path())
            .arg(port.to_string())
            .args(tls)
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let mut sink = Self { folder, port, child };
        let file = sink.folder.path().join("port");
        sink.port = until("the mail server is ready", || {
            assert!(sink.child.try_wait().unwrap().is_none(), "the mail server ended before it was ready");
            fs::read_to_string(&file).ok()?.parse().ok()
        });
        Some(sink)
    }

    /// What was delivered so far, in its order.
    fn mails(&self) -> Vec<Value> {
        let read = |number: u32| fs::read(self.folder.path().join(format!("{number}.json"))).ok();
        (1..).map_while(read).map(|bytes| serde_json::from_slice(&bytes).unwrap()).collect()
    }

    fn comes_to_have(&self, subject: &str) -> Value {
        until(&format!("mail `{subject}`"), || {
            self.mails().into_iter().find(|mail| mail["headers"]["subject"] == subject)
        })
    }

    /// Lets a node send here.
    fn serves(&self, node: &Node, security: &str) {
        for (key, value) in [
            ("server", json!("127.0.0.1")),
            ("port", json!(self.port)),
            ("security", json!(security)),
            ("from", json!("mentors@ada.example")),
        ] {
            node.set("mail", key, &value.to_string());
        }
    }
}

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
    ada.run(&["mail", "retry", put_off["id"].as_str().unwrap()]).exits(4);
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
