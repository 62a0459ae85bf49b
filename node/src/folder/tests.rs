//! Stories of the data folder: made whole or not at all, private to its owner, held by one process.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has failed")]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::*;

fn make(path: &Path) -> Folder {
    let mut staging = Staging::begin(&Folder::new(path)).unwrap();
    staging.write_keys(None).unwrap();
    staging.write_settings("").unwrap();
    staging.finish().unwrap()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn secrets_are_readable_by_their_owner_alone_and_all_different() {
    let room = tempfile::tempdir().unwrap();
    let folder = make(&room.path().join("ada"));
    let mut texts = Vec::new();
    for name in [KeyName::Signing, KeyName::Sealing, KeyName::Node, KeyName::Rotation] {
        assert_eq!(mode(&folder.key_file(name)), 0o600, "{name:?}");
        texts.push(std::fs::read_to_string(folder.key_file(name)).unwrap().lines().nth(1).unwrap().to_owned());
    }
    assert_eq!(mode(&folder.token_file()), 0o600);
    assert_eq!(mode(&folder.keys_directory()), 0o700);
    assert_eq!(mode(folder.path()), 0o700);
    texts.push(folder.token().unwrap());
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), 5);
}

#[test]
fn keys_come_back_as_they_were_made() {
    let room = tempfile::tempdir().unwrap();
    let place = Folder::new(room.path().join("ada"));
    let mut staging = Staging::begin(&place).unwrap();
    let (made, _) = staging.write_keys(None).unwrap();
    staging.write_settings("").unwrap();
    let loaded = staging.finish().unwrap().keys().unwrap();
    assert_eq!(loaded.signing.public(), made.signing.public());
    assert_eq!(loaded.sealing.public(), made.sealing.public());
    assert_eq!(loaded.peer(), made.peer());
}

#[test]
fn a_folder_that_holds_anything_is_refused_and_left_alone() {
    let room = tempfile::tempdir().unwrap();
    std::fs::write(room.path().join("thesis.txt"), "mine").unwrap();
    let refused = Staging::begin(&Folder::new(room.path())).unwrap_err();
    assert!(refused.to_string().contains("is not empty"), "{refused}");
    assert_eq!(std::fs::read_to_string(room.path().join("thesis.txt")).unwrap(), "mine");
}

#[test]
fn an_empty_folder_is_taken_even_through_a_link() {
    let room = tempfile::tempdir().unwrap();
    let (real, link) = (room.path().join("real"), room.path().join("link"));
    std::fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    make(&link);
    assert!(Folder::new(real).is_founded());
}

#[test]
fn what_is_not_finished_leaves_nothing_behind() {
    let room = tempfile::tempdir().unwrap();
    let out = room.path().join("rotation.key");
    let mut staging = Staging::begin(&Folder::new(room.path().join("ada"))).unwrap();
    staging.write_keys(Some(&out)).unwrap();
    assert!(out.exists(), "the key was written apart");
    drop(staging);
    let left: Vec<_> = std::fs::read_dir(room.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_rotation_key_kept_apart_is_not_in_the_folder_and_never_replaces_a_file() {
    let room = tempfile::tempdir().unwrap();
    let out = room.path().join("rotation.key");
    let mut staging = Staging::begin(&Folder::new(room.path().join("ada"))).unwrap();
    staging.write_keys(Some(&out)).unwrap();
    staging.write_settings("").unwrap();
    let folder = staging.finish().unwrap();
    assert_eq!(mode(&out), 0o600);
    assert!(!folder.key_file(KeyName::Rotation).exists());
    let mut second = Staging::begin(&Folder::new(room.path().join("bo"))).unwrap();
    second.write_keys(Some(&out)).unwrap_err();
    drop(second);
    assert!(out.exists(), "Ada's key outlives Bo's failure");
}

#[test]
fn a_key_that_others_may_read_is_refused_with_the_command_that_helps() {
    let room = tempfile::tempdir().unwrap();
    let folder = make(&room.path().join("ada"));
    let file = folder.key_file(KeyName::Signing);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = folder.keys().unwrap_err().to_string();
    assert!(refused.contains("mode 644") && refused.contains("chmod 600"), "{refused}");
}

#[test]
fn a_damaged_key_is_named() {
    let room = tempfile::tempdir().unwrap();
    let folder = make(&room.path().join("ada"));
    for text in ["", "# only a comment\n", "not base32!\n", "mfrgg\n", "mfrgg\nmfrgg\n"] {
        std::fs::write(folder.key_file(KeyName::Node), text).unwrap();
        let refused = folder.keys().unwrap_err().to_string();
        assert!(refused.contains("node.key does not hold a key"), "{text:?}: {refused}");
    }
}

#[test]
fn a_second_holder_is_told_who_the_first_is() {
    let room = tempfile::tempdir().unwrap();
    let folder = make(&room.path().join("ada"));
    let first = folder.lock().unwrap();
    let refused = folder.lock().unwrap_err().to_string();
    assert!(refused.contains("in use by another mentormesh process"), "{refused}");
    assert!(refused.contains(&format!("pid {}", std::process::id())), "{refused}");
    drop(first);
    folder.lock().unwrap();
}

#[test]
fn run_json_is_there_while_it_holds_and_known_to_be_stale_after() {
    let room = tempfile::tempdir().unwrap();
    let folder = make(&room.path().join("ada"));
    assert_eq!(folder.run(), None);
    let organisation = mentormesh_protocol::OrganisationId([1; 32]);
    let run =
        Run { pid: std::process::id(), http: "http://127.0.0.1:1".to_owned(), listening: Vec::new(), organisation };
    folder.announce(&run).unwrap();
    folder.announce(&run).unwrap();
    assert_eq!(folder.run().as_ref(), Some(&run));
    assert!(!run.is_stale());
    assert!(Run { pid: u32::MAX, ..run }.is_stale());
    folder.conceal().unwrap();
    folder.conceal().unwrap();
    assert_eq!(folder.run(), None);
}
