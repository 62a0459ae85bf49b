//! The real binary, asked what needs no node: help, version, usage, completions, manual, configuration, doctor.

use std::path::Path;
use std::process::{Command, Output};

fn mentormesh(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mentormesh"));
    command.args(arguments).env_clear().env("HOME", home).current_dir(home).output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn help_is_an_answer_and_goes_to_stdout() {
    let home = tempfile::tempdir().expect("a room");
    for arguments in [&["--help"][..], &["help", "search"], &["profile", "import", "--help"]] {
        let output = mentormesh(home.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(text(&output.stdout).contains("Examples:"), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_word_that_is_no_command_is_exit_code_two_with_the_nearest_command() {
    let home = tempfile::tempdir().expect("a room");
    let output = mentormesh(home.path(), &["serch"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("search"), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_command_without_a_node_is_exit_code_five_with_what_to_do() {
    let home = tempfile::tempdir().expect("a room");
    let output = mentormesh(home.path(), &["status"]);
    assert_eq!(output.status.code(), Some(5));
    assert!(text(&output.stderr).contains("mentormesh init"), "{}", text(&output.stderr));
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    let home = tempfile::tempdir().expect("a room");
    for arguments in [&["completions", "bash"][..], &["completions", "zsh"], &["completions", "fish"], &["man"]] {
        let output = mentormesh(home.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        for command in ["serve", "search", "profile", "trust"] {
            assert!(text(&output.stdout).contains(command), "{arguments:?} lacks {command}");
        }
    }
    let output = mentormesh(home.path(), &["man", "--out", "pages"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(home.path().join("pages/mentormesh-profile-import.1").exists());
    let pages = std::fs::read_dir(home.path().join("pages")).expect("a folder").flatten();
    let of_help = pages.filter(|page| page.file_name().to_string_lossy().contains("help")).count();
    assert_eq!(of_help, 0, "`help` needs no page of its own");
}

#[test]
fn a_mistyped_key_of_the_configuration_is_found_without_a_node() {
    let home = tempfile::tempdir().expect("a room");
    std::fs::write(home.path().join("bad.toml"), "[http]\nlisten = \"127.0.0.1:1\"\nlisten_to = 3\n").expect("written");
    let output = mentormesh(home.path(), &["config", "check", "--config", "bad.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("http.listen_to"), "{}", text(&output.stderr));
    let output = mentormesh(home.path(), &["config", "show"]);
    assert!(text(&output.stdout).contains("confirm_every_days = 180"), "{}", text(&output.stdout));
}

#[test]
fn init_makes_a_folder_that_the_doctor_finds_well_and_refuses_to_make_it_again() {
    let home = tempfile::tempdir().expect("a room");
    let made = mentormesh(home.path(), &["--data-dir", "ada", "init", "--name", "Ada's Institute", "--country", "GB"]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let said = text(&made.stdout);
    assert!(said.contains("organisation") && said.contains("Back it up") && said.contains("tar "), "{said}");
    let doctor = mentormesh(home.path(), &["--data-dir", "ada", "doctor", "--json"]);
    assert_eq!(doctor.status.code(), Some(0), "{}", text(&doctor.stdout));
    let report: serde_json::Value = serde_json::from_slice(&doctor.stdout).expect("JSON");
    assert_eq!(report.get("ok"), Some(&serde_json::Value::Bool(true)), "{report}");
    let again = mentormesh(home.path(), &["--data-dir", "ada", "init", "--name", "Mallory"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("not empty"), "{}", text(&again.stderr));
    let wrong = mentormesh(home.path(), &["--data-dir", "bo", "init", "--name", "Bo", "--country", "Sweden"]);
    assert_eq!(wrong.status.code(), Some(2), "{}", text(&wrong.stderr));
    assert!(!home.path().join("bo").exists());
}

#[test]
fn the_doctor_finds_an_open_door() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().expect("a room");
    mentormesh(home.path(), &["--data-dir", "ada", "init", "--name", "Ada's Institute"]);
    let key = home.path().join("ada/keys/signing.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).expect("opened");
    let doctor = mentormesh(home.path(), &["--data-dir", "ada", "doctor"]);
    assert_eq!(doctor.status.code(), Some(1));
    assert!(text(&doctor.stdout).contains("chmod 600"), "{}", text(&doctor.stdout));
}

#[test]
fn the_rotation_key_can_be_kept_elsewhere() {
    let home = tempfile::tempdir().expect("a room");
    let out = ["--data-dir", "ada", "init", "--name", "Ada", "--rotation-key-out", "rotation.key"];
    assert_eq!(mentormesh(home.path(), &out).status.code(), Some(0));
    assert!(home.path().join("rotation.key").exists());
    assert!(!home.path().join("ada/keys/rotation.key").exists());
}

#[test]
fn a_change_that_changes_nothing_is_exit_code_two_before_any_node_is_asked() {
    let home = tempfile::tempdir().expect("a room");
    for arguments in [["profile", "edit", "abcdef"].as_slice(), &["profile", "add"]] {
        let output = mentormesh(home.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains("name a file"), "{}", text(&output.stderr));
    }
}
