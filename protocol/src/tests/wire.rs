//! Messages and tickets survive their bytes, and what breaks a limit is refused.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::key::sha256;
use crate::limits::{BATCH_BYTES, ENVELOPE_BYTES, FETCH_IDS, RECONCILE_FRAME};
use crate::testing::{NOW, Organisation, anyone, mentor};
use crate::ticket::{NotATicket, Ticket};
use crate::wire::{Batch, Scope, SyncAnswer, SyncRequest};
use crate::{OrganisationId, PeerId, RecordId, SecretKey};

fn ticket() -> impl Strategy<Value = Ticket> {
    let address = "/[a-z0-9/.:]{0,60}";
    (any::<[u8; 32]>(), any::<[u8; 32]>(), vec(address, 1..=8), "[a-z0-9-]{1,32}").prop_map(
        |(organisation, node, addresses, network)| Ticket {
            network,
            organisation: OrganisationId(organisation),
            peer: PeerId(SecretKey::new(&node).public()),
            addresses,
        },
    )
}

proptest! {
    #[test]
    fn a_ticket_survives_its_text(ticket in ticket()) {
        let text = ticket.to_string();
        prop_assert_eq!(text.parse::<Ticket>(), Ok(ticket.clone()));
        prop_assert_eq!(format!("  {text}\n").parse::<Ticket>(), Ok(ticket));
    }

    #[test]
    fn a_ticket_with_one_wrong_letter_is_damaged(
        ticket in ticket(), at in any::<prop::sample::Index>(), letter in "[a-z2-7]"
    ) {
        let text = ticket.to_string();
        let at = 4 + at.index(text.len() - 4);
        let wrong = [text.get(..at), Some(&letter), text.get(at + 1..)].map(Option::unwrap_or_default).concat();
        prop_assume!(wrong != text);
        prop_assert_eq!(wrong.parse::<Ticket>(), Err(NotATicket::Damaged));
        prop_assert_eq!(text.get(..at).unwrap_or_default().parse::<Ticket>(), Err(NotATicket::Damaged));
    }
}

#[test]
fn a_ticket_without_addresses_or_with_a_line_break_in_one_is_refused() {
    let ada = Organisation::ada();
    let with = |addresses: &[&str]| Ticket {
        network: "main".to_owned(),
        organisation: ada.id(),
        peer: ada.peer(),
        addresses: addresses.iter().map(|address| (*address).to_owned()).collect(),
    };
    assert!(with(&["/ip4/192.0.2.1/tcp/4101"]).to_string().parse::<Ticket>().is_ok());
    for bad in [&[][..], &["/ip4/192.0.2.1\n"], &["192.0.2.1:4101"], &["/x"; 9]] {
        assert!(matches!(with(bad).to_string().parse::<Ticket>(), Err(NotATicket::Content(_))), "{bad:?}");
    }
    assert_eq!("mmt2abc".parse::<Ticket>(), Err(NotATicket::Prefix));
}

#[test]
fn batches_hold_every_envelope_once_and_stay_within_their_limit() {
    let ada = Organisation::ada();
    let envelopes: Vec<_> = (0..200)
        .map(|number| ada.profile(number, NOW.0, anyone(number)))
        .map(|record| (record.id(), record.bytes().to_vec()))
        .collect();
    let batches = Batch::pack([envelopes.clone(), envelopes.clone()].concat());
    assert!(batches.len() > 1);
    let mut unpacked: Vec<Vec<u8>> = Vec::new();
    for batch in &batches {
        let bytes = batch.encode();
        assert!(bytes.len() <= BATCH_BYTES + 64, "{} bytes", bytes.len());
        unpacked.extend(Batch::decode(&bytes).expect("decodes").envelopes.into_iter().map(Vec::from));
    }
    let mut expected = envelopes;
    expected.sort_by_key(|(id, _)| *id);
    assert_eq!(unpacked, expected.into_iter().map(|(_, bytes)| bytes).collect::<Vec<_>>());
}

#[test]
fn the_largest_envelopes_fit_a_batch() {
    let largest = (0u8..5).map(|n| vec![n; ENVELOPE_BYTES]).map(|bytes| (RecordId(sha256(&bytes)), bytes)).collect();
    let batches = Batch::pack(largest);
    assert!(batches.iter().all(|batch| Batch::decode(&batch.encode()).is_ok()));
}

#[test]
fn a_batch_that_is_empty_unordered_or_repeats_is_refused() {
    let ada = Organisation::ada();
    let envelope = |headline: &str| ada.profile(1, NOW.0, mentor("Ada", headline)).bytes().to_vec();
    let mut two = [envelope("Sails"), envelope("Sinks")];
    two.sort_by_key(|bytes| sha256(bytes));
    let [first, second] = two;
    let batch = |envelopes: &[&Vec<u8>]| Batch { envelopes: envelopes.iter().map(|e| (*e).clone().into()).collect() };
    assert!(Batch::decode(&batch(&[&first, &second]).encode()).is_ok());
    for bad in [&[][..], &[&second, &first], &[&first, &first]] {
        assert!(Batch::decode(&batch(bad).encode()).is_err());
    }
}

#[test]
fn requests_and_answers_beyond_their_limits_are_refused() {
    let ids = |n: usize| vec![RecordId([1; 32]); n];
    assert!(SyncRequest::decode(&SyncRequest::Fetch { ids: ids(FETCH_IDS) }.encode()).is_ok());
    assert!(SyncRequest::decode(&SyncRequest::Fetch { ids: ids(FETCH_IDS + 1) }.encode()).is_err());
    let message = |n: usize| SyncRequest::Reconcile {
        organisation: OrganisationId([1; 32]),
        scope: Scope::Register,
        as_of: NOW,
        since: 0,
        message: vec![0; n].into(),
    };
    let frame = usize::try_from(RECONCILE_FRAME).expect("small");
    assert!(SyncRequest::decode(&message(frame).encode()).is_ok());
    assert!(SyncRequest::decode(&message(frame + 1).encode()).is_err());
    let envelopes = |n: usize| SyncAnswer::Envelopes(vec![vec![0].into(); n]);
    assert!(SyncAnswer::decode(&envelopes(FETCH_IDS).encode()).is_ok());
    assert!(SyncAnswer::decode(&envelopes(FETCH_IDS + 1).encode()).is_err());
}

#[test]
fn what_another_node_says_cannot_move_a_terminal_s_cursor() {
    let refusal = crate::wire::Refusal::Malformed("\u{1b}[2J".to_owned());
    assert!(!refusal.to_string().contains('\u{1b}'));
}
