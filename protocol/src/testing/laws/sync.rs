//! Of any bytes taken for what a peer says in sync or gossip: refused, or whole, within its limits and safe to log.

use super::scene::SCENE;
use crate::key::sha256;
use crate::limits::{BATCH_BYTES, FETCH_IDS, RECONCILE_FRAME, SUMMARY_ROWS, TAIL_IDS};
use crate::reconcile::{Session, Step};
use crate::signed::{Payload, Signed};
use crate::testing::tamper;
use crate::wire::{Batch, HeadAnnounce, SyncAnswer, SyncRequest};
use crate::{RecordId, Verified};

/// The law of requests, answers, gossip batches, heads and rounds of reconciliation.
pub fn sync(bytes: &[u8]) {
    request(bytes);
    answer(bytes);
    batch(bytes);
    head(bytes);
    round(bytes);
    if let Some((first, rest)) = bytes.split_first() {
        // A true beginning with other bytes after it, as the library's own version check would refuse most.
        round(&[&[0x61, *first & 1], rest].concat());
    }
}

fn request(bytes: &[u8]) {
    let read = SyncRequest::decode(bytes);
    assert_eq!(read, SyncRequest::decode(bytes), "two readings differ");
    let Ok(request) = read else { return };
    assert_eq!(request.encode(), bytes, "written again it is another");
    match &request {
        SyncRequest::Fetch { ids } => assert!(ids.len() <= FETCH_IDS),
        SyncRequest::Reconcile { message, .. } => round(message),
        SyncRequest::Hello(_)
        | SyncRequest::Summary { .. }
        | SyncRequest::Tail { .. }
        | SyncRequest::Snapshot { .. }
        | SyncRequest::Ordered { .. }
        | SyncRequest::Nudge => {}
    }
}

fn answer(bytes: &[u8]) {
    let read = SyncAnswer::decode(bytes);
    assert_eq!(read, SyncAnswer::decode(bytes), "two readings differ");
    let Ok(answer) = read else { return };
    assert_eq!(answer.encode(), bytes, "written again it is another");
    match &answer {
        SyncAnswer::Summary(rows, _) => assert!(rows.len() <= SUMMARY_ROWS),
        SyncAnswer::Reconcile(message) => round(message),
        SyncAnswer::Envelopes(envelopes) | SyncAnswer::Snapshot(envelopes, _) => assert!(envelopes.len() <= FETCH_IDS),
        SyncAnswer::Tail(ids) => assert!(ids.len() <= TAIL_IDS),
        SyncAnswer::Refused(refusal) => {
            let said = refusal.to_string();
            assert!(!said.contains(char::is_control), "a peer writes lines of its own into our log: {said:?}");
        }
        SyncAnswer::Hello(_) | SyncAnswer::Ordered(_) | SyncAnswer::Noted => {}
    }
}

fn batch(bytes: &[u8]) {
    let read = Batch::decode(bytes);
    assert_eq!(read, Batch::decode(bytes), "two readings differ");
    let Ok(batch) = read else { return };
    assert_eq!(batch.encode(), bytes, "written again it is another");
    assert!(!batch.envelopes.is_empty() && bytes.len() <= BATCH_BYTES + 64);
    let held: Vec<_> = batch.envelopes.iter().map(|held| (RecordId(sha256(held)), held.to_vec())).collect();
    let packed: Vec<_> = Batch::pack(held).into_iter().flat_map(|batch| batch.envelopes).collect();
    assert_eq!(packed, batch.envelopes, "packed again it is another");
}

fn head(bytes: &[u8]) {
    let Ok(head) = HeadAnnounce::decode(bytes) else { return };
    assert_eq!(head.encode(), bytes, "written again it is another");
    let key = SCENE.ada.node_key();
    let sealed = tamper::sealed(bytes, &SCENE.network, "head", &key);
    let signed = Signed::<HeadAnnounce>::decode(&sealed).expect("a true head in a true envelope");
    let verified = signed.verify(&SCENE.network, [&key.public()]);
    assert_eq!(verified.as_ref().map(Verified::payload), Ok(&head));
}

/// One message of reconciliation, to the side that was asked and to the side that began.
fn round(message: &[u8]) {
    let [ours, theirs] = &SCENE.sets;
    let answer = theirs.answer(message);
    assert_eq!(answer.as_ref().ok(), theirs.answer(message).as_ref().ok(), "two answers differ");
    let Ok((mut session, _)) = Session::begin(ours) else { return };
    for message in [Some(message), answer.as_deref().ok()].into_iter().flatten() {
        assert!(message.len() as u64 <= RECONCILE_FRAME || answer.as_deref() != Ok(message), "{}", message.len());
        let Ok(step) = session.step(message) else { return };
        let found = match &step {
            Step::Done(found) => found,
            Step::Send(next) => {
                assert!(next.len() as u64 <= RECONCILE_FRAME, "{} bytes to send", next.len());
                session.found()
            }
        };
        // What only this side has can be no invention of the other's.
        assert!(found.missing_there.len() <= 60, "{} ids that are not ours", found.missing_there.len());
    }
}
