//! What becomes of a record that is put, alone and beside others.

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::wire::Scope;

use super::{ADA, Put, Shelf, Told, note, note_slot, operation, withdrawal};

#[test]
fn a_record_is_held_byte_for_byte_after_the_node_starts_again() -> Told {
    let mut shelf = Shelf::new()?;
    let (short, long) = (note(ADA, 1, 10, 50, "short")?, note(ADA, 2, 10, 50, &"long ".repeat(2_500))?);
    shelf.put(&[short.clone(), long.clone()])?;

    let shelf = shelf.reopened()?;

    assert_eq!(shelf.store.envelope(&short.id())?.as_deref(), Some(short.bytes()));
    assert_eq!(shelf.store.envelope(&long.id())?.as_deref(), Some(long.bytes()));
    Ok(())
}

#[test]
fn a_newer_record_replaces_the_older_and_its_envelope() -> Told {
    let mut shelf = Shelf::new()?;
    let (old, new) = (note(ADA, 1, 10, 50, &"old ".repeat(2_500))?, note(ADA, 1, 11, 50, "new")?);

    assert_eq!(shelf.put(std::slice::from_ref(&old))?, [Put::Stored { replaced: None }]);
    assert_eq!(shelf.put(std::slice::from_ref(&new))?, [Put::Stored { replaced: Some(old.id()) }]);

    assert_eq!(shelf.store.envelope(&old.id())?, None);
    assert_eq!(shelf.store.standing(&note_slot(ADA, 1))?.map(|standing| standing.id), Some(new.id()));
    Ok(())
}

#[test]
fn records_of_one_call_merge_among_themselves() -> Told {
    let mut shelf = Shelf::new()?;
    let (first, second, third) = (note(ADA, 1, 10, 9, "a")?, note(ADA, 1, 12, 9, "b")?, note(ADA, 1, 11, 9, "c")?);

    let outcomes = shelf.put(&[first.clone(), second.clone(), third, second.clone()])?;

    let replaced = Put::Stored { replaced: Some(first.id()) };
    assert_eq!(outcomes, [Put::Stored { replaced: None }, replaced, Put::Stale, Put::Duplicate]);
    assert_eq!(shelf.store.members(&ADA, Scope::Register, Timestamp(15), 0)?, [second.position()]);
    Ok(())
}

#[test]
fn the_same_record_twice_is_a_duplicate_and_leaves_no_trace() -> Told {
    let mut shelf = Shelf::new()?;
    let (record, chain) = (note(ADA, 1, 10, 50, "once")?, operation(ADA, 3, 1)?);
    shelf.put(&[record.clone(), chain.clone()])?;
    let before = shelf.store.last_position();

    assert_eq!(shelf.put(&[record, chain])?, [Put::Duplicate, Put::Duplicate]);
    assert_eq!(shelf.store.last_position(), before);
    Ok(())
}

#[test]
fn two_stories_of_one_sequence_are_told_apart_and_both_named() -> Told {
    let mut shelf = Shelf::new()?;
    let (one, other) = (note(ADA, 1, 10, 50, "one story")?, note(ADA, 1, 10, 50, "another")?);
    let (greater, smaller) = if one.id() > other.id() { (one, other) } else { (other, one) };

    assert_eq!(shelf.put(std::slice::from_ref(&smaller))?, [Put::Stored { replaced: None }]);
    let preferred = Put::Equivocates { stored: true, other: smaller.id() };
    assert_eq!(shelf.put(std::slice::from_ref(&greater))?, [preferred]);
    let passed_over = Put::Equivocates { stored: false, other: greater.id() };
    assert_eq!(shelf.put(&[smaller])?, [passed_over]);
    Ok(())
}

#[test]
fn an_erasing_withdrawal_keeps_its_slot_from_whatever_is_newer() -> Told {
    let mut shelf = Shelf::new()?;
    let slot = note_slot(ADA, 1);
    let erased = withdrawal(&slot, 5, true)?;
    shelf.put(&[note(ADA, 1, 10, 50, "Ada Adams")?, erased.clone()])?;

    assert_eq!(shelf.put(&[note(ADA, 1, 20, 50, "Ada Adams again")?])?, [Put::Stale]);

    let standing = shelf.store.standing(&slot)?.ok_or("the withdrawal stands")?;
    assert!(standing.erases && standing.withdraws);
    assert_eq!(standing.id, erased.id());
    Ok(())
}

#[test]
fn nothing_is_taken_while_the_disk_is_nearly_full_and_everything_once_there_is_room() -> Told {
    let mut shelf = Shelf::new()?;
    let record = note(ADA, 1, 10, 50, "patient")?;
    let reserve = std::mem::replace(&mut shelf.writer.reserve, u64::MAX);

    let refused = shelf.put(std::slice::from_ref(&record)).err().ok_or("there is no room")?;
    assert!(refused.is_full(), "{refused}");
    assert_eq!(shelf.store.envelope(&record.id())?, None);

    shelf.writer.reserve = reserve;
    assert_eq!(shelf.put(&[record])?, [Put::Stored { replaced: None }]);
    Ok(())
}

#[test]
fn operations_keep_the_moment_they_were_first_seen() -> Told {
    let mut shelf = Shelf::new()?;
    let chain = operation(ADA, 3, 1)?;
    shelf.put(std::slice::from_ref(&chain))?;

    let shelf = shelf.reopened()?;

    let held = shelf.store.operations()?;
    let [held] = held.as_slice() else { return Err("one operation is held".into()) };
    assert_eq!((held.organisation, held.id, held.first_seen), (ADA, chain.id(), Timestamp(7)));
    assert_eq!(held.envelope, chain.bytes());
    Ok(())
}
