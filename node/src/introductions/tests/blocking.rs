//! A mentor who wants no further request of somebody, what each registrar learns of it, and how it ends.

use mentormesh_protocol::api::{Block, DeclineInput};
use mentormesh_protocol::introduction::{DeclineReason, Refused};

use super::*;

const SAID: &str = "Asked me to sit an exam in their name.";

fn block(report: Option<&str>) -> Step {
    let report = report.map(str::to_owned);
    Step::Decline(DeclineInput {
        reason: DeclineReason::Blocked,
        message: None,
        referral: None,
        report,
        pause_until: None,
    })
}

async fn acts(end: &End) -> Vec<String> {
    end.desk.audit_trail(50).await.expect("read").into_iter().map(|row| row.act).collect()
}

#[tokio::test]
async fn a_block_holds_at_both_nodes_for_good_until_each_lifts_it() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.ada.does(&id, block(None)).await;
    pair.carry().await;
    assert_eq!(pair.states(&id).await, (State::Blocked, State::Blocked));
    pair.clock.advance(400 * mentormesh_protocol::limits::DAY);
    let mentor = pair.mentor(1, 1).await;
    let again = pair.bo.introductions.send(input(&mentor, "Cy"), "registrar").await;
    assert_eq!(code(again), Some(ErrorCode::Cooldown), "no cool-down ends a block");

    // The mentee's registrar lifts it; the mentor's node refuses what now comes.
    let lifted = pair.bo.introductions.lift_block(&id, None, "registrar").await.expect("lifted");
    assert!(lifted.block.is_some_and(|block| block.lifted_at.is_some()));
    let refused = pair.asked(&mentor, "Cy").await;
    let seen = pair.bo.sees(&refused, Direction::Sent).await;
    assert_eq!((seen.state, seen.refusal.as_deref()), (State::Refused, Some(Refused::Cooldown.as_str())));

    pair.ada.introductions.lift_block(&id, None, "registrar").await.expect("lifted");
    assert!(acts(&pair.ada).await.contains(&"introduction.block_lifted".to_owned()));
    let taken = pair.asked(&mentor, "Cy").await;
    assert_eq!(pair.states(&taken).await, (State::Delivered, State::Delivered));
}

#[tokio::test]
async fn a_block_is_of_one_person_by_one_mentor() {
    let pair = pair().await;
    let (mentor, other) = (pair.mentor(1, 1).await, pair.mentor(2, 1).await);
    let id = pair.asked(&mentor, "Cy").await;
    pair.ada.does(&id, block(None)).await;
    pair.carry().await;
    for (mentor, mentee) in [(&mentor, "Di"), (&other, "Cy")] {
        let id = pair.asked(mentor, mentee).await;
        assert_eq!(pair.states(&id).await, (State::Delivered, State::Delivered), "{mentee}");
    }
    assert_eq!(
        code(pair.ada.introductions.lift_block(&pair.asked(&other, "Di").await, None, "registrar").await),
        Some(ErrorCode::Conflict),
        "what made no block lifts none"
    );
}

#[tokio::test]
async fn a_report_is_read_by_the_own_registrar_and_the_mentee_s_learns_the_reason_alone() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.ada.does(&id, block(Some(SAID))).await;
    let letters: Vec<_> = pair.ada.waiting().await.into_iter().map(|row| row.letter.signed).collect();
    assert_eq!(letters.len(), 1);
    assert!(!letters.concat().windows(8).any(|bytes| bytes == b"sit an e"), "no word of it is in the letter");
    pair.carry().await;
    let ada = pair.ada.sees(&id, Direction::Received).await;
    assert_eq!(ada.block, Some(Block { report: Some(SAID.to_owned()), lifted_at: None }));
    let bo = pair.bo.sees(&id, Direction::Sent).await;
    assert_eq!((bo.block, bo.reason), (Some(Block { report: None, lifted_at: None }), Some(DeclineReason::Blocked)));
    assert!(!pair.bo.remembers("sit an exam").await, "nothing of it reaches the mentee's node");
    assert!(acts(&pair.ada).await.contains(&"introduction.reported".to_owned()));
    assert!(acts(&pair.bo).await.contains(&"introduction.blocked".to_owned()), "its registrar sees that it happened");
    assert_eq!(bo.alternatives, [], "who was blocked is offered nobody else");
}

#[tokio::test]
async fn a_report_goes_with_a_block_and_has_bounds() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    let kind = DeclineInput {
        reason: DeclineReason::Timing,
        message: None,
        referral: None,
        report: Some("Rude, too.".to_owned()),
        pause_until: None,
    };
    assert_eq!(pair.ada.cannot(&id, Step::Decline(kind)).await, ErrorCode::Invalid);
    for text in [" ", &"x".repeat(1_201)] {
        assert_eq!(pair.ada.cannot(&id, block(Some(text))).await, ErrorCode::Invalid, "{text}");
    }
    assert_eq!(pair.states(&id).await, (State::Delivered, State::Delivered), "a no that was refused says nothing");
}

#[tokio::test]
async fn a_mentee_puts_a_mentor_aside_and_nobody_is_told() {
    let pair = pair().await;
    let (first, second) = (pair.mentor(1, 1).await, pair.mentor(2, 1).await);
    let id = pair.asked(&first, "Cy").await;
    pair.ada.does(&id, decline()).await;
    pair.carry().await;
    let other = pair.asked(&second, "Cy").await;
    pair.bo.does(&other, Step::Withdraw(WithdrawInput::default())).await;
    pair.carry().await;
    let offered = async || {
        let seen = pair.bo.sees(&id, Direction::Sent).await;
        seen.alternatives.into_iter().map(|other| other.id).collect::<Vec<_>>()
    };
    assert_eq!(offered().await, [second]);
    let before = pair.ada.sees(&other, Direction::Received).await;
    assert!(pair.bo.introductions.put_aside(&other, true).await.expect("put aside").put_aside);
    assert_eq!(offered().await, []);
    assert_eq!(pair.bo.waiting().await, [], "no letter says so");
    assert_eq!(pair.ada.sees(&other, Direction::Received).await, before);
    let di = pair.asked(&first, "Di").await;
    pair.ada.does(&di, decline()).await;
    pair.carry().await;
    assert_eq!(pair.bo.sees(&di, Direction::Sent).await.alternatives.len(), 1, "it is one person's own matter");
    assert!(!pair.bo.introductions.put_aside(&other, false).await.expect("taken back").put_aside);
    assert_eq!(offered().await, [second]);
}
