//! Stories of what is kept for others, up to each bound.

use mentormesh_protocol::SecretKey;
use mentormesh_protocol::limits::DAY;

use super::super::tests::{NOW, desk, desk_in};
use super::*;

fn envelope(number: u16, recipient: u8, peer: u8, size: usize) -> KeptEnvelope {
    let mut id = [0; 32];
    id[..2].copy_from_slice(&number.to_be_bytes());
    KeptEnvelope {
        envelope: EnvelopeId(id),
        recipient: OrganisationId([recipient; 32]),
        expires_at: NOW.plus(DAY),
        peer: PeerId(SecretKey::new(&[peer; 32]).public()),
        sealed: vec![7; size],
        attempts: 0,
    }
}

#[tokio::test]
async fn an_organisation_may_have_two_hundred_kept_and_receipts_on_their_way_back_count() {
    let (_folder, desk, _) = desk().await;
    let mut write = desk.write().await.expect("a change");
    for number in 0..200 {
        let kept = write.keep(&envelope(number, number.to_be_bytes()[1], 1, 8), &[]).await;
        assert_eq!(kept.expect("asked"), Custody::Kept, "{number}");
    }
    write.commit().await.expect("kept");
    desk.end_custody(&envelope(0, 0, 1, 8), b"receipt").await.expect("ended");
    let another = envelope(200, 200, 1, 8);
    assert_eq!(desk.keep(&another, &[]).await.expect("asked"), Custody::Full("of the organisation that hands it over"));
    let second = envelope(0, 0, 2, 8).peer;
    let of_its_second_node = KeptEnvelope { peer: second, ..another.clone() };
    assert_eq!(
        desk.keep(&of_its_second_node, &[second, another.peer]).await.expect("asked"),
        Custody::Full("of the organisation that hands it over"),
        "its nodes share one bound"
    );
    assert_eq!(desk.keep(&KeptEnvelope { peer: second, ..another.clone() }, &[]).await.expect("asked"), Custody::Kept);
    assert_eq!(
        desk.keep(&envelope(1, 1, 1, 8), &[]).await.expect("asked"),
        Custody::Kept,
        "the same one is no further one"
    );
    assert_eq!(desk.keep(&envelope(0, 0, 1, 8), &[]).await.expect("asked"), Custody::Over(b"receipt".to_vec()));
}

#[tokio::test]
async fn five_hundred_are_kept_for_one_organisation_and_two_thousand_in_all() {
    let (_folder, desk, _) = desk().await;
    let mut write = desk.write().await.expect("a change");
    for number in 0..2_000_u16 {
        let (recipient, peer) = (number / 500, number / 200);
        let kept = envelope(number, recipient.to_be_bytes()[1], peer.to_be_bytes()[1], 8);
        assert_eq!(write.keep(&kept, &[]).await.expect("asked"), Custody::Kept, "{number}");
        if number == 499 {
            let one_more = write.keep(&envelope(9_999, 0, 99, 8), &[]).await.expect("asked");
            assert_eq!(one_more, Custody::Full("for its recipient"));
        }
    }
    assert_eq!(write.keep(&envelope(9_999, 99, 99, 8), &[]).await.expect("asked"), Custody::Full("in all"));
}

#[tokio::test]
async fn thirty_two_mebibytes_are_kept() {
    let (_folder, desk, _) = desk().await;
    let mut write = desk.write().await.expect("a change");
    let half = usize::try_from(BYTES / 2).expect("fits");
    assert_eq!(write.keep(&envelope(1, 1, 1, half), &[]).await.expect("asked"), Custody::Kept);
    assert_eq!(write.keep(&envelope(2, 2, 2, half + 1), &[]).await.expect("asked"), Custody::Full("in all"));
    assert_eq!(write.keep(&envelope(2, 2, 2, half), &[]).await.expect("asked"), Custody::Kept);
}

#[tokio::test]
async fn what_is_kept_outlives_the_node_and_ends_at_its_expiry() {
    let (folder, first, _) = desk().await;
    first.keep(&envelope(1, 1, 1, 8), &[]).await.expect("asked");
    first.close().await;
    let (again, clock) = desk_in(&folder).await;
    assert_eq!(again.due_custody(&OrganisationId([1; 32]), 9).await.expect("read"), [envelope(1, 1, 1, 8)]);
    clock.advance(DAY);
    again.sweep_custody().await.expect("swept");
    assert_eq!(again.custody_count().await.expect("read"), 0);
}
