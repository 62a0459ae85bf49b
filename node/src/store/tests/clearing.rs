//! What leaves the store: emptied slots, purged organisations, expired records, old changes.

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::limits::EXPIRED_KEPT;
use mentormesh_protocol::wire::Scope;

use super::super::{Change, Store, check};
use super::{ADA, BO, Shelf, Told, note, note_slot, operation, recognition, withdrawal};

/// Whether any key or value of the tree holds `bytes`.
fn holds(store: &Store, bytes: &[u8]) -> Result<bool, sled::Error> {
    let within = |row: &[u8]| row.windows(bytes.len()).any(|window| window == bytes);
    store.0.db.iter().try_fold(false, |found, row| row.map(|(key, value)| found || within(&key) || within(&value)))
}

#[test]
fn a_purged_organisation_leaves_no_trace_once_the_log_is_trimmed() -> Told {
    let mut shelf = Shelf::new()?;
    let notes = (0..150).map(|n| note(ADA, n, 10, 50, "Ada Adams")).collect::<Result<Vec<_>, _>>()?;
    let kept = note(BO, 1, 10, 50, "Bo Burns")?;
    shelf.put(&notes)?;
    shelf.put(&[operation(ADA, 1, 1)?, recognition(ADA, 9, 3)?, withdrawal(&note_slot(ADA, 3), 11, false)?])?;
    shelf.put(std::slice::from_ref(&kept))?;
    assert!(holds(&shelf.store, b"Ada Adams")? && holds(&shelf.store, &ADA.0)?);

    assert_eq!(shelf.writer.purge(&ADA, None)?, 152);
    assert!(!holds(&shelf.store, b"Ada Adams")?);
    shelf.writer.trim_changes(shelf.store.last_position() + 1)?;

    assert!(!holds(&shelf.store, &ADA.0)?);
    assert_eq!(shelf.store.organisations()?, [BO]);
    assert_eq!(shelf.store.envelope(&kept.id())?.as_deref(), Some(kept.bytes()));
    check::all_agree(&shelf.store.0.db)?;
    Ok(())
}

#[test]
fn an_organisation_that_is_no_longer_shown_keeps_its_identity() -> Told {
    let mut shelf = Shelf::new()?;
    let identity = recognition(ADA, 9, 3)?;
    shelf.put(&[identity.clone(), operation(ADA, 1, 1)?, note(ADA, 1, 10, 50, "gone")?])?;

    assert_eq!(shelf.writer.purge(&ADA, Some(Scope::Register))?, 1);

    let left: Vec<_> = shelf.store.slots(&ADA).collect::<Result<_, _>>()?;
    assert_eq!(left.iter().map(|standing| standing.id).collect::<Vec<_>>(), [identity.id()]);
    assert_eq!(shelf.store.operations()?.len(), 1);
    Ok(())
}

#[test]
fn an_emptied_slot_takes_the_same_record_again() -> Told {
    let mut shelf = Shelf::new()?;
    let record = note(ADA, 1, 10, 50, "back again")?;
    shelf.put(std::slice::from_ref(&record))?;

    shelf.writer.remove(&[note_slot(ADA, 1), note_slot(ADA, 2)])?;
    assert_eq!(shelf.store.envelope(&record.id())?, None);

    shelf.put(std::slice::from_ref(&record))?;
    assert_eq!(shelf.store.envelope(&record.id())?.as_deref(), Some(record.bytes()));
    Ok(())
}

#[test]
fn expired_records_leave_the_disk_a_day_later_and_operations_never() -> Told {
    let mut shelf = Shelf::new()?;
    let (brief, longer) = (note(ADA, 1, 10, 5, "brief")?, note(ADA, 2, 10, 6, "longer")?);
    shelf.put(&[brief.clone(), longer.clone(), operation(ADA, 1, 1)?])?;

    assert_eq!(shelf.writer.sweep(Timestamp(14 + EXPIRED_KEPT))?, 0);
    assert_eq!(shelf.writer.sweep(Timestamp(15 + EXPIRED_KEPT))?, 1);

    assert_eq!(shelf.store.envelope(&brief.id())?, None);
    assert!(shelf.store.envelope(&longer.id())?.is_some());
    assert_eq!(shelf.writer.sweep(Timestamp(u64::MAX))?, 1);
    assert_eq!(shelf.store.operations()?.len(), 1);
    Ok(())
}

#[test]
fn a_follower_of_the_log_resumes_where_it_stopped() -> Told {
    let mut shelf = Shelf::new()?;
    let (first, second) = (note(ADA, 1, 10, 50, "one")?, note(ADA, 2, 10, 50, "two")?);
    shelf.put(&[first.clone(), second.clone()])?;
    let seen = shelf.store.changes_after(0, 1)?;
    let of = |position, about, record| Change { position, slot: note_slot(ADA, about), record, ended: false };
    assert_eq!(seen, [of(1, 1, Some(first.id()))]);

    shelf.put(&[withdrawal(&note_slot(ADA, 1), 20, false)?])?;
    shelf.writer.remove(&[note_slot(ADA, 2)])?;
    let shelf = shelf.reopened()?;

    let rest = shelf.store.changes_after(1, 100)?;
    assert_eq!(rest, [of(2, 2, Some(second.id())), Change { ended: true, ..of(3, 1, None) }, of(4, 2, None)]);
    assert_eq!(shelf.store.changes_after(4, 100)?, []);
    Ok(())
}

#[test]
fn positions_are_never_given_twice_even_when_the_whole_log_was_trimmed() -> Told {
    let mut shelf = Shelf::new()?;
    shelf.put(&[note(ADA, 1, 10, 50, "one")?])?;
    shelf.writer.trim_changes(u64::MAX)?;
    let mut shelf = shelf.reopened()?;

    shelf.put(&[note(ADA, 2, 10, 50, "two")?])?;

    let changes = shelf.store.changes_after(0, 9)?;
    assert_eq!(changes.iter().map(|change| change.position).collect::<Vec<_>>(), [2]);
    Ok(())
}
