//! Who may open a store, and what happens to one that is damaged.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};

use super::super::{HowOpened, Opened, Store, StoreError, check, rows};
use super::{ADA, Put, Shelf, Told, note};

#[test]
fn a_new_folder_is_fresh_and_the_same_store_is_found_whole() -> Told {
    let folder = tempfile::tempdir()?;
    let dir = folder.path().join("a").join("store");
    let first = Store::open(&dir)?;
    assert_eq!(first.how, HowOpened::Fresh);
    let generation = first.store.generation();
    drop(first);

    let second = Store::open(&dir)?;

    assert_eq!((second.how, second.store.generation()), (HowOpened::Whole, generation));
    Ok(())
}

#[test]
fn a_store_in_use_is_refused_to_everybody_else() -> Told {
    let shelf = Shelf::new()?;
    let dir = shelf.folder.path().join("store");

    let refused = Store::open(&dir);

    assert!(matches!(refused, Err(StoreError::Locked(held)) if held == dir));
    shelf.store.probe()?;
    Ok(())
}

#[test]
fn a_snapshot_that_a_kill_cut_short_is_cleared_away() -> Told {
    let mut shelf = Shelf::new()?;
    let record = note(ADA, 1, 10, 50, "still here")?;
    shelf.put(std::slice::from_ref(&record))?;
    let dir = shelf.folder.path().join("store");
    fs::write(dir.join("snap.FFFFFFFFFFFFFFFF.generating"), b"half")?;

    let shelf = shelf.reopened()?;

    assert_eq!(shelf.store.envelope(&record.id())?.as_deref(), Some(record.bytes()));
    Ok(())
}

#[test]
fn a_store_full_of_garbage_is_set_aside_and_an_empty_one_takes_its_place() -> Told {
    let mut shelf = Shelf::new()?;
    let record = note(ADA, 1, 10, 50, "lost, to be fetched again")?;
    shelf.put(std::slice::from_ref(&record))?;
    let Shelf { folder, store, writer } = shelf;
    let generation = store.generation();
    drop((store, writer));
    let dir = folder.path().join("store");
    let length = fs::metadata(dir.join("db"))?.len();
    fs::write(dir.join("db"), vec![0xa5; usize::try_from(length)?])?;

    let Opened { store, mut writer, how } = Store::open(&dir)?;

    let HowOpened::SetAside { kept, .. } = how else { return Err(format!("{how:?}").into()) };
    assert_eq!(kept, folder.path().join("store.corrupt-1"));
    assert!(kept.join("db").exists());
    assert_ne!(store.generation(), generation);
    assert_eq!(store.envelope(&record.id())?, None);
    let incoming = super::Incoming { record: &record, first_seen: mentormesh_protocol::Timestamp(1) };
    assert_eq!(writer.put(&[incoming])?, [Put::Stored { replaced: None }]);
    Ok(())
}

#[test]
fn one_flipped_byte_is_never_served_as_if_it_were_sound() -> Told {
    let mut shelf = Shelf::new()?;
    let records = (0..60).map(|n| note(ADA, n, 10, 50, &"text ".repeat(300))).collect::<Result<Vec<_>, _>>()?;
    shelf.put(&records)?;
    let Shelf { folder, store, writer } = shelf;
    drop((store, writer));
    let dir = folder.path().join("store");
    let mut file = File::options().read(true).write(true).open(dir.join("db"))?;
    let mut byte = [0];
    file.seek(SeekFrom::Start(20_000))?;
    file.read_exact(&mut byte)?;
    file.seek(SeekFrom::Start(20_000))?;
    file.write_all(&byte.map(|byte| !byte))?;
    drop(file);

    let opened = Store::open(&dir)?;

    for record in &records {
        let held = opened.store.envelope(&record.id());
        let sound = held.as_ref().is_ok_and(|held| held.as_deref().is_none_or(|held| held == record.bytes()));
        assert!(sound || matches!(held, Err(StoreError::Corrupt(_))));
    }
    Ok(())
}

#[test]
fn a_store_that_a_kill_left_open_is_found_whole_when_its_tables_agree() -> Told {
    let mut shelf = Shelf::new()?;
    let record = note(ADA, 1, 10, 50, "before the kill")?;
    shelf.put(std::slice::from_ref(&record))?;
    let Shelf { folder, store, writer } = shelf;
    drop((store, writer));
    let dir = folder.path().join("store");
    fs::write(dir.join("in-use"), b"")?;

    let opened = Store::open(&dir)?;

    assert_eq!(opened.how, HowOpened::Whole);
    assert_eq!(opened.store.envelope(&record.id())?.as_deref(), Some(record.bytes()));
    Ok(())
}

#[test]
fn a_sum_that_a_kill_left_wrong_is_found_out() -> Told {
    let mut shelf = Shelf::new()?;
    let record = note(ADA, 1, 10, 50, "half written")?;
    shelf.put(std::slice::from_ref(&record))?;
    let half = rows::Half::of_slot(&super::note_slot(ADA, 1));
    shelf.store.0.db.remove(half.prefix(rows::SUM))?;
    let Shelf { folder, store, writer } = shelf;
    drop((store, writer));
    let dir = folder.path().join("store");
    fs::write(dir.join("in-use"), b"")?;

    let opened = Store::open(&dir)?;

    assert!(matches!(opened.how, HowOpened::SetAside { .. }));
    Ok(())
}

#[test]
fn an_envelope_missing_after_a_failure_has_the_store_set_aside() -> Told {
    let mut shelf = Shelf::new()?;
    let record = note(ADA, 1, 10, 50, "half written")?;
    shelf.put(std::slice::from_ref(&record))?;
    shelf.store.0.db.remove(rows::chunk(&record.id(), 0))?;
    assert!(check::all_agree(&shelf.store.0.db).is_err());
    let halted = shelf.store.0.noted(StoreError::Corrupt("as after a failed write".to_owned()));
    assert!(!halted.is_full());

    let Shelf { folder, store, writer } = shelf;
    drop((store, writer));
    let opened = Store::open(&folder.path().join("store"))?;

    assert!(matches!(opened.how, HowOpened::SetAside { .. }));
    Ok(())
}

#[test]
fn after_a_failure_of_the_disk_nothing_is_written_until_the_store_is_opened_again() -> Told {
    let mut shelf = Shelf::new()?;
    let (before, after) = (note(ADA, 1, 10, 50, "before")?, note(ADA, 2, 10, 50, "after")?);
    shelf.put(std::slice::from_ref(&before))?;
    let failure = StoreError::io("writing")(std::io::Error::from(std::io::ErrorKind::StorageFull));
    assert!(shelf.store.0.noted(failure).is_full());

    assert!(matches!(shelf.put(std::slice::from_ref(&after)), Err(StoreError::Halted)));
    assert!(matches!(shelf.store.probe(), Err(StoreError::Halted)));
    assert!(shelf.store.envelope(&before.id())?.is_some());

    let mut shelf = shelf.reopened()?;
    assert_eq!(shelf.put(&[after])?, [Put::Stored { replaced: None }]);
    assert!(shelf.store.envelope(&before.id())?.is_some());
    Ok(())
}
