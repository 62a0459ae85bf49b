//! A call: a mentee offers times by their own clock, the mentor takes one by theirs, and it is one event in both calendars,
//! as a calendar that nobody here wrote reads it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::limits::DAY;
use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::{email, mentor};
use crate::harness::python;
use crate::harness::wait::until;
use crate::mail_links::comes_to_write;
use crate::mail_sink::Sink;

const PURPOSE: &str = "I edit a print newsletter and start with social media in spring. May I ask you what to do \
    first? Any evening suits me. Thank you either way.";

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// What the other calendar understands of a text.
fn understood(python: &Path, text: &str) -> Value {
    let mut child = Command::new(python)
        .arg("-B")
        .arg(repository("tests/calendar/read.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The day so many days from now.
fn day(days: u64) -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp(u64::try_from(since.as_millis()).unwrap()).plus(days * DAY).date().to_string()
}

/// Bo's mentee offers two times by the clock of Kathmandu, which never changes.
fn asks(bo: &Node, profile: &str) -> String {
    let times = [2, 9].map(|days| format!("{}T15:15", day(days)));
    let asked = bo.run(&[
        "--json",
        "intro",
        "send",
        profile,
        "--title",
        "Fifteen minutes on social media",
        "--purpose",
        PURPOSE,
        "--mentee-name",
        "Bo Hansen",
        "--mentee-email",
        &email("Bo Hansen"),
        "--slot",
        &times[0],
        "--slot",
        &times[1],
        "--slot-minutes",
        "45",
        "--time-zone",
        "asia/kathmandu",
        "--wait",
    ]);
    let sent = asked.json();
    assert_eq!(sent["times"]["mentee_zone"], "Asia/Kathmandu", "{sent}");
    sent["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_time_that_suits_both_is_one_event_in_two_calendars() {
    let Some(python) = python::with(&repository("tests/calendar/requirements.txt")) else { return };
    let Some(sink) = Sink::start(0, &[]) else { return };
    let _places = places(2);
    let mut ada = Node::init("Ada's Institute");
    sink.serves(&ada, "none");
    ada.serve();
    let bo = Node::start("Bo's Guild");
    bo.befriend(&ada);
    let profile = ada.profile_id(&ada.publish(&mentor("Ada Okafor", "Social media for public relations")));
    bo.comes_to_find("Ada Okafor");
    let id = asks(&bo, &profile);

    // The mentor sees each time by both clocks, and takes none that was not offered.
    ada.run(&["intro", "show", &id]).says("15:15 Asia/Kathmandu").says("Europe/London");
    let request = sink.comes_to_have("A request waits for your answer");
    assert!(request["parts"]["text/plain"].as_str().unwrap().contains("15:15 (Asia/Kathmandu)"), "{request}");
    ada.run(&["intro", "accept", &id, "--slot", "3"]).exits(1).says("none of the 2 times");
    ada.run(&["intro", "calendar", &id]).exits(1).says("no call");
    let accepted = ada.run(&["--json", "intro", "accept", &id, "--slot", "2", "--wait"]).json();
    assert_eq!(accepted["times"]["chosen"], 2, "{accepted}");

    // The same moment in both files: a quarter to six hours before the clock of Kathmandu.
    let moment: Timestamp = format!("{}T09:30:00Z", day(9)).parse().unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let mut uids = Vec::new();
    for (node, name) in [(&ada, "ada.ics"), (&bo, "bo.ics")] {
        let file = folder.path().join(name);
        until("the call is known", || (node.introduction(&id).done()["times"]["chosen"] == 2).then_some(()));
        node.run(&["intro", "calendar", &id, file.to_str().unwrap()]).done();
        let event = understood(&python, &std::fs::read_to_string(&file).unwrap());
        assert_eq!(
            (&event["method"], &event["zone"], &event["sequence"]),
            (&json!("PUBLISH"), &json!("UTC"), &json!(0))
        );
        let (start, end) = (event["start"].as_f64().unwrap(), event["end"].as_f64().unwrap());
        assert_eq!((start, end), (moment.0 as f64, (moment.0 + 45 * 60_000) as f64), "{event}");
        assert_eq!((&event["errors"], &event["attendees"]), (&json!([]), &json!([])), "{event}");
        uids.push(event["uid"].clone());
    }
    assert_eq!(uids[0], uids[1]);

    // The mail to the mentor invites both, from the address that it comes from.
    let mail = sink.comes_to_have("You can write to each other now");
    let media = mail["media"].as_array().unwrap().iter().filter_map(Value::as_str);
    let media: Vec<_> = media.filter(|media| media.starts_with("text/calendar")).collect();
    assert_eq!(media.len(), 1, "{mail}");
    assert!(media[0].contains("method=\"REQUEST\"") || media[0].contains("method=REQUEST"), "{media:?}");
    let invitation = understood(
        &python,
        &mail["parts"]["text/calendar"].as_str().unwrap().replace("\r\n", "\n").replace('\n', "\r\n"),
    );
    assert_eq!((&invitation["method"], &invitation["uid"]), (&json!("REQUEST"), &uids[0]), "{invitation}");
    assert_eq!(invitation["organiser"], "mailto:mentors@ada.example");
    let both = json!([format!("mailto:{}", email("Ada Okafor")), format!("mailto:{}", email("Bo Hansen"))]);
    assert_eq!((&invitation["attendees"], invitation["start"].as_f64()), (&both, Some(moment.0 as f64)));
    // Without a mail server the mentee's is read at their node; nothing of it is in a subject.
    let told = comes_to_write(&bo, "accepted");
    assert!(told["text"].as_str().unwrap().contains("15:15 (Asia/Kathmandu)"), "{told}");
    for said in [&mail["headers"]["subject"], &told["subject"]] {
        assert!(!said.as_str().unwrap().contains("Kathmandu"), "{said}");
    }
}

#[test]
fn a_time_that_a_clock_skips_or_shows_twice_is_refused_over_the_command_line_with_both_readings() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let profile = ada.profile_id(&ada.publish(&mentor("Ada Okafor", "Social media for public relations")));
    ada.comes_to_find("Ada Okafor");
    let send = |time: &str, zone: &str| {
        ada.run(&[
            "intro",
            "send",
            &profile,
            "--title",
            "Fifteen minutes on social media",
            "--purpose",
            PURPOSE,
            "--mentee-name",
            "Bo Hansen",
            "--mentee-email",
            &email("Bo Hansen"),
            "--slot",
            time,
            "--time-zone",
            zone,
        ])
    };
    // What is wrong with a time is said before how far away it is.
    send("2027-03-28T01:30", "Europe/London").exits(1).says("2027-03-28T00:30+00:00").says("2027-03-28T02:30+01:00");
    send("2027-10-31T01:30", "Europe/London").exits(1).says("2027-10-31T01:30+01:00").says("2027-10-31T01:30+00:00");
    send("tomorrow", "Europe/London").exits(1).says("not a time like 2026-12-01T09:30");
    send("2027-03-28T04:30", "Europe/Camelot").exits(1).says("not a time zone");
    assert_eq!(ada.introductions("").len(), 0);
}
