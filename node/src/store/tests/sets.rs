//! What sync compares: the same set and the same fingerprint from the same records, whatever happened on the way.

use std::error::Error;

use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::reconcile::{Accumulator, Member};
use mentormesh_protocol::wire::{Scope, ScopeSummary};
use mentormesh_protocol::{OrganisationId, Record, Timestamp, Verified};
use proptest::prelude::*;

use super::super::{Standing, Store};
use super::{ADA, BO, Shelf, Told, note, note_slot, operation, recognition, withdrawal};

const SCOPES: [Scope; 2] = [Scope::Identity, Scope::Register];

/// Something that happens to a store.
#[derive(Clone, Debug)]
enum Step {
    Note { of: OrganisationId, about: u8, sequence: u64, lifetime: u64, text: char },
    Withdraw { of: OrganisationId, about: u8, sequence: u64, erase: bool },
    Recognise { of: OrganisationId, other: u8, sequence: u64 },
    Operate { of: OrganisationId, prev: u8, sequence: u64 },
}

/// What happens between two calls of put.
#[derive(Clone, Debug)]
enum Pause {
    None,
    Reopen,
    Sweep(u64),
    Remove(u8),
    Purge(OrganisationId, Scope),
}

impl Step {
    fn record(&self) -> Result<Verified<Record>, Box<dyn Error>> {
        match *self {
            Self::Note { of, about, sequence, lifetime, text } => {
                note(of, about, sequence, lifetime, &text.to_string())
            }
            Self::Withdraw { of, about, sequence, erase } => withdrawal(&note_slot(of, about), sequence, erase),
            Self::Recognise { of, other, sequence } => recognition(of, other, sequence),
            Self::Operate { of, prev, sequence } => operation(of, prev, sequence),
        }
    }
}

fn organisation() -> impl Strategy<Value = OrganisationId> {
    prop_oneof![Just(ADA), Just(BO)]
}

fn step() -> impl Strategy<Value = Step> {
    let note = (organisation(), 0u8..5, 1u64..40, 0u64..20, prop_oneof![Just('x'), Just('y')]);
    let note =
        note.prop_map(|(of, about, sequence, lifetime, text)| Step::Note { of, about, sequence, lifetime, text });
    let withdraw = (organisation(), 0u8..5, 1u64..40, prop::bool::weighted(0.2));
    let withdraw = withdraw.prop_map(|(of, about, sequence, erase)| Step::Withdraw { of, about, sequence, erase });
    let recognise = (organisation(), 1u8..4, 1u64..40);
    let recognise = recognise.prop_map(|(of, other, sequence)| Step::Recognise { of, other, sequence });
    let operate = (organisation(), 1u8..4, 1u64..40);
    let operate = operate.prop_map(|(of, prev, sequence)| Step::Operate { of, prev, sequence });
    prop_oneof![6 => note, 2 => withdraw, 1 => recognise, 1 => operate]
}

fn pause() -> impl Strategy<Value = Pause> {
    prop_oneof![
        4 => Just(Pause::None),
        1 => Just(Pause::Reopen),
        2 => (0u64..60).prop_map(Pause::Sweep),
        2 => (0u8..5).prop_map(Pause::Remove),
        1 => (organisation(), prop_oneof![Just(Scope::Identity), Just(Scope::Register)])
            .prop_map(|(of, scope)| Pause::Purge(of, scope)),
    ]
}

/// Everything that two stores with the same records must agree on.
#[derive(Debug, PartialEq)]
struct View {
    standing: Vec<Standing>,
    sets: Vec<(Vec<Member>, ScopeSummary)>,
}

fn view(store: &Store) -> Result<View, Box<dyn Error>> {
    let mut view = View { standing: Vec::new(), sets: Vec::new() };
    for organisation in [ADA, BO] {
        view.standing.extend(store.slots(&organisation).collect::<Result<Vec<_>, _>>()?);
        for (scope, as_of) in SCOPES.into_iter().flat_map(|scope| [0, 7, 20, 33, 70].map(|at| (scope, Timestamp(at)))) {
            let members = store.members(&organisation, scope, as_of, 0)?;
            let summary = store.summary(&organisation, scope, as_of)?;
            view.sets.push((members, summary));
        }
    }
    Ok(view)
}

/// That every summary is that of the set it summarises.
fn sums_agree(store: &Store) -> Told {
    for organisation in [ADA, BO] {
        for (scope, as_of) in SCOPES.into_iter().flat_map(|scope| (0..70).step_by(3).map(move |at| (scope, at))) {
            let members = store.members(&organisation, scope, Timestamp(as_of), 0)?;
            let summary = store.summary(&organisation, scope, Timestamp(as_of))?;
            let ids: Accumulator = members.iter().map(|(_, id)| id).collect();
            let last = members.iter().map(|(sequence, _)| *sequence).max().unwrap_or(0);
            let said = (summary.count, summary.fingerprint, summary.max_sequence);
            if said != (ids.count(), ids.fingerprint(), last) {
                return Err(format!("{organisation} {scope:?} at {as_of}: said {summary:?} of {members:?}").into());
            }
        }
    }
    Ok(())
}

fn live(shelf: Shelf, history: &[(Vec<Step>, Pause)]) -> Told {
    let mut shelf = shelf;
    for (steps, pause) in history {
        let records = steps.iter().map(Step::record).collect::<Result<Vec<_>, _>>()?;
        shelf.put(&records)?;
        match pause {
            Pause::None => {}
            Pause::Reopen => shelf = shelf.reopened()?,
            Pause::Sweep(at) => drop(shelf.writer.sweep(Timestamp(at + DAY))?),
            Pause::Remove(about) => shelf.writer.remove(&[note_slot(ADA, *about), note_slot(BO, *about)])?,
            Pause::Purge(of, scope) => drop(shelf.writer.purge(of, Some(*scope))?),
        }
        sums_agree(&shelf.store)?;
    }
    super::super::check::all_agree(&shelf.store.0.db)?;
    Ok(())
}

fn alike(steps: &[Step], shuffled: &[Step], at_once: usize) -> Told {
    let (mut one, mut other) = (Shelf::new()?, Shelf::new()?);
    for step in steps {
        one.put(&[step.record()?])?;
    }
    for steps in shuffled.chunks(at_once) {
        other.put(&steps.iter().map(Step::record).collect::<Result<Vec<_>, _>>()?)?;
    }
    let (one, other) = (view(&one.store)?, view(&other.reopened()?.store)?);
    if one == other { Ok(()) } else { Err(format!("{one:#?} is not {other:#?}").into()) }
}

proptest! {
    // Opening sled takes tens of milliseconds.
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_summary_is_that_of_its_members_whatever_happened(
        history in prop::collection::vec((prop::collection::vec(step(), 0..12), pause()), 1..6),
    ) {
        let shelf = Shelf::new().map_err(|error| TestCaseError::fail(error.to_string()))?;
        live(shelf, &history).map_err(|error| TestCaseError::fail(error.to_string()))?;
    }

    #[test]
    fn the_order_in_which_records_come_changes_nothing(
        (steps, shuffled) in prop::collection::vec(step(), 1..24)
            .prop_flat_map(|steps| (Just(steps.clone()), Just(steps).prop_shuffle())),
        at_once in 1usize..24,
    ) {
        alike(&steps, &shuffled, at_once).map_err(|error| TestCaseError::fail(error.to_string()))?;
    }
}

#[test]
fn a_record_is_a_member_from_its_sequence_until_its_expiry() -> Told {
    let mut shelf = Shelf::new()?;
    let record = note(ADA, 1, 10, 5, "brief")?;
    shelf.put(std::slice::from_ref(&record))?;

    let at = |moment| shelf.store.members(&ADA, Scope::Register, Timestamp(moment), 0);
    assert_eq!(at(9)?, []);
    assert_eq!(at(10)?, [record.position()]);
    assert_eq!(at(14)?, [record.position()]);
    assert_eq!(at(15)?, []);
    Ok(())
}

#[test]
fn what_is_newer_than_the_moment_is_in_the_tail_alone() -> Told {
    let mut shelf = Shelf::new()?;
    let (settled, fresh, fresher) =
        (note(ADA, 1, 10, 90, "a")?, note(ADA, 2, 20, 90, "b")?, note(ADA, 3, 30, 90, "c")?);
    shelf.put(&[fresher.clone(), settled.clone(), fresh.clone()])?;

    assert_eq!(shelf.store.tail(&ADA, Scope::Register, Timestamp(10), 9)?, [fresh.id(), fresher.id()]);
    assert_eq!(shelf.store.tail(&ADA, Scope::Register, Timestamp(10), 1)?, [fresh.id()]);
    assert_eq!(shelf.store.members(&ADA, Scope::Register, Timestamp(10), 0)?, [settled.position()]);
    Ok(())
}

#[test]
fn the_last_hour_alone_can_be_compared() -> Told {
    let mut shelf = Shelf::new()?;
    let (old, new) = (note(ADA, 1, 10, 90, "old")?, note(ADA, 2, 20, 90, "new")?);
    shelf.put(&[old, new.clone()])?;

    assert_eq!(shelf.store.members(&ADA, Scope::Register, Timestamp(50), 11)?, [new.position()]);
    assert_eq!(shelf.store.members(&ADA, Scope::Register, Timestamp(50), 51)?, []);
    Ok(())
}

#[test]
fn pages_bring_the_whole_set_once_and_in_order() -> Told {
    let mut shelf = Shelf::new()?;
    let records = (0..9).map(|n| note(ADA, n, 30 - u64::from(n), 90, "page")).collect::<Result<Vec<_>, _>>()?;
    shelf.put(&records)?;
    shelf.put(&[note(BO, 1, 25, 90, "not Ada's")?, note(ADA, 20, 60, 90, "too new")?, note(ADA, 21, 2, 3, "over")?])?;

    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = shelf.store.page(&ADA, Scope::Register, Timestamp(50), after, 1_000)?;
        assert!(!page.is_empty() && page.iter().map(|(_, envelope)| envelope.len()).sum::<usize>() <= 1_000);
        seen.extend(page.into_iter().map(|(id, _)| id));
        let Some(next) = next else { break };
        after = Some(next);
    }

    let expected: Vec<_> = records.iter().rev().map(Verified::id).collect();
    assert_eq!(seen, expected);
    Ok(())
}
