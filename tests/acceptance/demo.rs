//! The demo: one command, three organisations, six command lines that work when pasted.

use std::fs::{self, File};
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::harness::bin::mentormesh;
use crate::harness::clients::{command, run};
use crate::harness::gate::places;
use crate::harness::wait::{say, until};

#[test]
fn the_demo_prints_six_command_lines_that_work_and_leaves_nothing_behind() {
    let _places = places(3);
    let home = tempfile::TempDir::new().unwrap();
    let temporary = home.path().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let (out, log) = (home.path().join("out"), home.path().join("log"));
    let began = std::time::Instant::now();
    let mut demo = command(home.path(), mentormesh())
        .arg("demo")
        .env("TMPDIR", &temporary)
        .stdin(Stdio::null())
        .stdout(File::create(&out).unwrap())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let printed = || fs::read_to_string(&out).unwrap_or_default();
    until("the first line", || (!printed().is_empty() || !fs::read(&log).unwrap().is_empty()).then_some(()));
    say(&format!("the demo's first line after {:.2} s", began.elapsed().as_secs_f64()));

    let binary = mentormesh().display().to_string();
    let lines = until("six command lines", || {
        let ended = demo.try_wait().unwrap();
        assert!(ended.is_none(), "the demo ended ({ended:?}): {}\n{}", printed(), fs::read_to_string(&log).unwrap());
        let text = printed();
        let lines: Vec<_> =
            text.lines().map(str::trim).filter(|line| line.contains(&binary)).map(str::to_owned).collect();
        (lines.len() >= 6 && text.to_lowercase().contains("ctrl")).then_some(lines)
    });
    say(&format!("the demo's command lines after {:.2} s", began.elapsed().as_secs_f64()));
    assert_eq!(lines.len(), 6, "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("search") && line.contains("--trainee")), "{lines:#?}");
    // Whoever has a node of their own has a token that the demo's nodes do not know.
    run(home.path(), &["init", "--name", "Ada's Institute"], b"").done();
    for line in &lines {
        let start = line.find(['\'', '/', '"']).unwrap();
        let pasted = &line[start..];
        let outcome = command(home.path(), "sh").args(["-c", pasted]).output().unwrap();
        let said = String::from_utf8_lossy(&outcome.stdout);
        assert!(outcome.status.success(), "{pasted}: {said}{}", String::from_utf8_lossy(&outcome.stderr));
        assert!(!said.trim().is_empty(), "{pasted} printed nothing");
        if pasted.contains("--trainee") {
            assert!(said.lines().count() > 5, "{pasted} finds trainees: {said}");
        }
        if pasted.contains("intro send") {
            assert_eq!(said.trim(), "accepted", "{pasted}: {}", String::from_utf8_lossy(&outcome.stderr));
            introduced(home.path(), pasted);
        }
    }
    assert_eq!(lines.iter().filter(|line| line.contains("intro send")).count(), 1, "{lines:#?}");

    let text = printed();
    let mut urls: Vec<String> = text
        .split(|letter: char| letter.is_whitespace() || letter == '\'' || letter == '"')
        .filter_map(|word| {
            word.find("http://127.0.0.1:").map(|at| word[at..].trim_end_matches(['/', '.', ',']).to_owned())
        })
        .collect();
    urls.sort();
    urls.dedup();
    assert_eq!(urls.len(), 3, "three nodes with their addresses: {text}");
    for url in &urls {
        let node = crate::harness::http::Api::new(url, None);
        let total = until(&format!("{url} finds mentors of all three"), || {
            let page: Value = node.get("/api/v1/search?limit=1").done();
            let organisations = page["facets"]["organisation"].as_array().map_or(0, Vec::len);
            (organisations == 3 && page["total"].as_u64() >= Some(60)).then(|| page["total"].clone())
        });
        say(&format!(
            "{url} finds {total} mentors of all three {:.2} s after the start",
            began.elapsed().as_secs_f64()
        ));
        let trainees: Value = node.get("/api/v1/search?trainee=true").done();
        assert!(trainees["total"].as_u64() >= Some(10), "{}", trainees["total"]);
    }

    kill_process(Pid::from_child(&demo), Signal::INT).unwrap();
    let status = until("the demo leaves on Ctrl-C", || demo.try_wait().unwrap());
    assert_eq!(status.code(), Some(0), "{}", fs::read_to_string(&log).unwrap());
    let left: Vec<_> = fs::read_dir(&temporary).unwrap().flatten().map(|entry| entry.path()).collect();
    assert!(left.is_empty(), "it leaves {left:?}");
}

/// Both nodes of the pasted introduction say that it was accepted, each with the other side's contact.
fn introduced(home: &std::path::Path, pasted: &str) {
    let folders: Vec<_> = pasted.split("--data-dir ").skip(1).filter_map(|rest| rest.split(' ').next()).collect();
    assert_eq!(folders.len(), 2, "asked at one node, answered at another: {pasted}");
    for (folder, direction) in folders.into_iter().zip(["sent", "received"]) {
        let folder = folder.trim_matches('\'');
        let one = until(&format!("the contact is {direction}"), || {
            let list = run(home, &["--data-dir", folder, "--json", "intro", "list"], b"").json();
            let one = list["items"][0].clone();
            (one["state"] == "accepted" && !one["contact"].is_null()).then_some(one)
        });
        assert_eq!(one["direction"], direction, "{one}");
        let email = one["contact"]["email"].as_str().unwrap_or_default();
        assert!(email.ends_with("@example.org"), "{one}");
        assert_eq!(email == "bo.hansen@example.org", direction == "received", "{one}");
    }
}

#[test]
fn a_demo_with_its_own_folder_is_kept_and_resumed() {
    let _places = places(3);
    let home = tempfile::TempDir::new().unwrap();
    let folder = home.path().join("kept");
    for round in ["first", "second"] {
        let out = home.path().join(round);
        let mut demo = Command::new(mentormesh())
            .args(["--data-dir", &folder.display().to_string(), "demo"])
            .env("HOME", home.path())
            .stdin(Stdio::null())
            .stdout(File::create(&out).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let url = until(&format!("the {round} demo's command lines"), || {
            assert!(demo.try_wait().unwrap().is_none(), "it ended: {}", fs::read_to_string(&out).unwrap());
            let text = fs::read_to_string(&out).unwrap();
            let at = text.find("http://127.0.0.1:")?;
            let url: String =
                text[at..].chars().take_while(|letter| letter.is_ascii_graphic() && *letter != '\'').collect();
            text.to_lowercase().contains("ctrl").then(|| url.trim_end_matches('/').to_owned())
        });
        let node = crate::harness::http::Api::new(&url, None);
        let totals = until("all mentors are there", || {
            let page: Value = node.get("/api/v1/search?limit=1").done();
            (page["total"].as_u64() >= Some(60)).then(|| page["total"].clone())
        });
        say(&format!("the {round} demo has {totals} mentors"));
        kill_process(Pid::from_child(&demo), Signal::INT).unwrap();
        assert_eq!(until("it leaves", || demo.try_wait().unwrap()).code(), Some(0));
        assert!(folder.is_dir(), "a folder of one's own is kept");
        let lines = fs::read_to_string(home.path().join("total")).unwrap_or_else(|_| totals.to_string());
        assert_eq!(lines, totals.to_string(), "nobody is added twice");
        fs::write(home.path().join("total"), totals.to_string()).unwrap();
    }
}
