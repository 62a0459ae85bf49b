//! Stories of letters on their way.

use super::super::Postponed;
use super::super::tests::{NOW, desk, desk_in};
use super::*;

const BO: OrganisationId = OrganisationId([2; 32]);

fn letter(message: u8, introduction: u8) -> OutboxLetter {
    OutboxLetter {
        message: MessageId([message; 16]),
        direction: Direction::Sent,
        introduction: IntroductionId([introduction; 16]),
        recipient: BO,
        signed: vec![message],
        arrives_by: NOW.plus(DAY),
    }
}

async fn queue(desk: &Desk, letters: &[OutboxLetter]) {
    let mut write = desk.write().await.expect("a change");
    for letter in letters {
        write.queue_letter(letter).await.expect("queued");
    }
    write.commit().await.expect("queued");
}

async fn due(desk: &Desk) -> Vec<u8> {
    let rows = desk.due_letters(&BO, 64).await.expect("read");
    rows.iter().map(|row| row.letter.message.0[0]).collect()
}

#[tokio::test]
async fn a_letter_waits_for_the_one_before_it_of_the_same_introduction() {
    let (_folder, desk, _) = desk().await;
    queue(&desk, &[letter(1, 1), letter(2, 1), letter(3, 2)]).await;
    assert_eq!(due(&desk).await, [1, 3]);
    let mut write = desk.write().await.expect("a change");
    assert!(write.unqueue_letter(&MessageId([1; 16]), Direction::Sent).await.expect("taken off"));
    write.commit().await.expect("taken off");
    assert_eq!(due(&desk).await, [2, 3]);
}

#[tokio::test]
async fn a_letter_is_queued_once_and_outlives_the_node() {
    let (folder, first, _) = desk().await;
    queue(&first, &[letter(1, 1), letter(1, 1)]).await;
    first.close().await;
    let (again, _) = desk_in(&folder).await;
    let rows = again.due_letters(&BO, 64).await.expect("read");
    assert_eq!(rows.iter().map(|row| row.letter.clone()).collect::<Vec<_>>(), [letter(1, 1)]);
    assert!(rows.iter().all(|row| row.give_up_at == NOW.plus(17 * DAY)));
}

#[tokio::test]
async fn what_was_tried_in_vain_waits_until_its_organisation_is_there() {
    let (_folder, desk, clock) = desk().await;
    queue(&desk, &[letter(1, 1)]).await;
    let later = Postponed {
        message: MessageId([1; 16]),
        direction: Direction::Sent,
        next_at: NOW.plus(5_000),
        problem: "nobody there".to_owned(),
    };
    desk.postpone_letters(std::slice::from_ref(&later)).await.expect("postponed");
    assert_eq!((due(&desk).await, desk.next_letter().await.expect("read")), (vec![], Some(later.next_at)));
    desk.hurry_letters(&BO).await.expect("hurried");
    assert_eq!(due(&desk).await, [1]);
    desk.postpone_letters(&[later]).await.expect("postponed");
    clock.advance(5_000);
    assert_eq!(due(&desk).await, [1], "and by the clock alone");
}

#[tokio::test]
async fn eight_envelopes_of_a_letter_are_remembered() {
    let (_folder, desk, clock) = desk().await;
    queue(&desk, &[letter(1, 1), letter(2, 2)]).await;
    desk.remember_envelope(&EnvelopeId([99; 32]), &letter(2, 2)).await.expect("remembered");
    for number in 0..9 {
        clock.advance(1);
        desk.remember_envelope(&EnvelopeId([number; 32]), &letter(1, 1)).await.expect("remembered");
    }
    let held = async |number| desk.letter_in(&EnvelopeId([number; 32])).await.expect("read");
    assert_eq!(held(0).await, None);
    for number in 1..9 {
        assert_eq!(held(number).await.map(|row| row.letter), Some(letter(1, 1)), "{number}");
    }
    assert_eq!(held(99).await.map(|row| row.letter), Some(letter(2, 2)));
}
