//! What an index on disk survives, and what it is thrown away for.

use std::fs;

use super::{ADA, GENERATION, Shelf, person, reopen};
use crate::index::{IndexError, Opened, open};

/// An index with one profile, committed at position 5, and closed.
fn closed() -> tempfile::TempDir {
    let mut shelf = Shelf::new();
    shelf.put(ADA, 1, &person("Ada", "Potter", &[], "en", ""));
    shelf.writer.commit(5).expect("a commit");
    shelf.dir
}

#[test]
fn it_resumes_where_its_last_commit_left_off() {
    let dir = closed();
    let Opened { index, position, rebuilt, .. } = reopen(&dir.path().join("index"), 9);
    assert_eq!((position, rebuilt, index.profiles()), (5, None, 1));
}

#[test]
fn what_was_not_committed_is_not_there() {
    let mut shelf = Shelf::new();
    shelf.put(ADA, 1, &person("Ada", "Potter", &[], "en", ""));
    assert_eq!(shelf.find("potter"), Vec::<usize>::new());
    let dir = shelf.dir;
    drop((shelf.index, shelf.writer));
    let opened = reopen(&dir.path().join("index"), 1);
    assert_eq!((opened.position, opened.index.profiles()), (0, 0));
}

#[test]
fn a_deleted_folder_is_an_empty_index() {
    let dir = closed();
    fs::remove_dir_all(dir.path().join("index")).expect("a folder to delete");
    let opened = reopen(&dir.path().join("index"), 9);
    assert_eq!((opened.position, opened.index.profiles()), (0, 0));
}

#[test]
fn one_of_another_store_or_ahead_of_its_own_is_made_anew() {
    let dir = closed();
    let path = dir.path().join("index");
    let ahead = reopen(&path, 4);
    assert_eq!((ahead.position, ahead.index.profiles()), (0, 0));
    assert!(ahead.rebuilt.is_some_and(|reason| reason.contains("ahead")));

    let dir = closed();
    let other = open(&dir.path().join("index"), [8; 16], 9).expect("an index");
    assert_eq!((other.position, other.index.profiles()), (0, 0));
    assert!(other.rebuilt.is_some_and(|reason| reason.contains("another store")));
}

#[test]
fn one_that_an_older_version_made_is_made_anew() {
    let dir = closed();
    let meta = dir.path().join("index").join("meta.json");
    let text = fs::read_to_string(&meta).expect("the engine's own file");
    let at = text.find("schema\\\":\\\"").expect("the mark of the build") + 11;
    let mut older = text.clone();
    older.replace_range(at..at + 4, "0000");
    fs::write(&meta, older).expect("a file to write");
    let opened = reopen(&dir.path().join("index"), 9);
    assert_eq!((opened.position, opened.index.profiles()), (0, 0));
    assert!(opened.rebuilt.is_some_and(|reason| reason.contains("another version")));
}

#[test]
fn a_broken_one_is_kept_aside_and_made_anew() {
    for broken in ["meta.json", "term"] {
        let dir = closed();
        let path = dir.path().join("index");
        for entry in fs::read_dir(&path).expect("a folder").flatten() {
            if entry.file_name().to_string_lossy().ends_with(broken) {
                fs::write(entry.path(), b"{").expect("a file to break");
            }
        }
        let opened = reopen(&path, 9);
        assert_eq!((opened.position, opened.index.profiles()), (0, 0), "{broken}");
        assert!(opened.rebuilt.is_some_and(|reason| reason.contains("index.corrupt")), "{broken}");
        assert!(dir.path().join("index.corrupt").exists());
    }
}

#[test]
fn two_hands_on_one_index_are_refused_and_it_is_left_alone() {
    let mut shelf = Shelf::new();
    shelf.put(ADA, 1, &person("Ada", "Potter", &[], "en", ""));
    shelf.writer.commit(5).expect("a commit");
    let second = open(&shelf.path(), GENERATION, 9);
    assert!(matches!(second, Err(IndexError::Locked(_))), "{second:?}");
    assert_eq!(shelf.find("potter"), [1]);
}
