//! Where an introduction stands: a function of its letters, whatever order they came in and whoever lies.

use proptest::prelude::*;

use crate::introduction::{Delivery, Exchange, Fact, NotNow, Refused, Side, State, Taken, What};
use crate::limits::{DAY, LATE_ARRIVAL};
use crate::testing::NOW;
use crate::{LetterId, MessageId, Timestamp};

const DECLINE: What = What::Decline { blocked: false };
const BLOCK: What = What::Decline { blocked: true };
const WITHDRAW: What = What::Withdraw { superseded: false };
const LATER: [What; 8] =
    [What::Question, What::Answer, What::Explore, What::Accept, DECLINE, BLOCK, What::Contact, WITHDRAW];

/// A moment so many days after the request.
const fn day(days: u64) -> Timestamp {
    NOW.plus(days * DAY)
}

/// A letter of this number, written then by somebody who knew of `step - 1` and of this end of the wait.
fn letter(number: u8, what: What, step: u16, at: Timestamp, expires_at: Timestamp) -> Fact {
    Fact {
        message: MessageId([number; 16]),
        letter: LetterId([number; 32]),
        what,
        step,
        previous: None,
        issued_at: at,
        expires_at,
        arrives_by: if what == What::Contact { expires_at.max(at) } else { expires_at }.plus(LATE_ARRIVAL + DAY),
    }
}

fn request() -> Fact {
    letter(0, What::Request, 1, NOW, day(14))
}

/// The mentor's copy of an exchange with these later letters.
fn with(letters: &[Fact]) -> Exchange {
    let mut exchange = Exchange::begin(request(), Delivery::Delivered);
    letters.iter().for_each(|fact| exchange.add(*fact));
    exchange
}

/// What one side writes now, if it may.
fn write(exchange: &mut Exchange, number: u8, what: What, at: Timestamp) -> Result<Fact, NotNow> {
    exchange.may(what.side(), what, at)?;
    let (step, previous) = exchange.next();
    let fact = Fact { previous, ..letter(number, what, step, at, exchange.expires_at()) };
    exchange.add(fact);
    Ok(fact)
}

fn any_letters() -> impl Strategy<Value = Vec<Fact>> {
    let one = (proptest::sample::select(LATER.as_slice()), 2u16..7, 0u64..60);
    proptest::collection::vec(one, 0..9).prop_map(|ones| {
        let facts = ones
            .into_iter()
            .zip(1u8..)
            .map(|((what, step, days), number)| letter(number, what, step, day(days), day(14)));
        facts.collect()
    })
}

proptest! {
    #[test]
    fn the_same_letters_give_the_same_state_in_whatever_order_they_came(
        (letters, shuffled) in any_letters().prop_flat_map(|letters| (Just(letters.clone()), Just(letters).prop_shuffle())),
        days in 0u64..90,
    ) {
        let (one, other) = (with(&letters), with(&shuffled));
        prop_assert_eq!(one.state(day(days)), other.state(day(days)));
        prop_assert_eq!(one.expires_at(), other.expires_at());
        prop_assert_eq!(one.next(), other.next());
        prop_assert_eq!(one.facts(), other.facts());
    }

    #[test]
    fn a_letter_that_comes_twice_comes_once(letters in any_letters(), days in 0u64..90) {
        let twice: Vec<_> = letters.iter().chain(&letters).copied().collect();
        prop_assert_eq!(with(&twice), with(&letters));
        for fact in &letters {
            let taken = with(&letters).take(fact, fact.what.side(), day(days));
            prop_assert_eq!(taken, Taken::Duplicate);
        }
    }

    #[test]
    fn a_letter_taken_back_out_leaves_no_trace(letters in any_letters(), at in any::<prop::sample::Index>()) {
        prop_assume!(!letters.is_empty());
        let mut without = letters.clone();
        let out = without.remove(at.index(letters.len()));
        let mut exchange = with(&letters);
        exchange.remove(&out.message);
        prop_assert_eq!(exchange, with(&without));
    }

    #[test]
    fn no_letters_make_the_wait_longer_than_three_questions_and_a_call(letters in any_letters()) {
        prop_assert!(with(&letters).expires_at() <= day(14 + 3 * 7 + 30));
    }

    #[test]
    fn whatever_an_honest_side_may_write_the_other_takes_and_both_stand_alike(
        steps in proptest::collection::vec((proptest::sample::select(LATER.as_slice()), 0u64..5), 0..14),
    ) {
        let mut mentee = Exchange::begin(request(), Delivery::Delivered);
        let (mut mentor, mut now) = (mentee.clone(), NOW);
        for ((what, days), number) in steps.into_iter().zip(1u8..) {
            now = now.plus(days * DAY);
            let (own, other) = match what.side() {
                Side::Mentee => (&mut mentee, &mut mentor),
                Side::Mentor => (&mut mentor, &mut mentee),
            };
            if let Ok(fact) = write(own, number, what, now) {
                prop_assert_eq!(other.take(&fact, what.side(), now), Taken::New);
                other.add(fact);
            }
            prop_assert_eq!(&mentee, &mentor);
        }
    }

    #[test]
    fn the_other_side_cannot_make_this_one_store_without_end(letters in proptest::collection::vec(
        (proptest::sample::select(LATER.as_slice()), any::<u16>(), any::<u64>(), any::<u64>()), 0..60,
    )) {
        let mut exchange = Exchange::begin(request(), Delivery::Delivered);
        for ((what, step, issued, expires), number) in letters.into_iter().zip(1u8..) {
            let fact = letter(number, what, step, Timestamp(issued), Timestamp(expires));
            if exchange.take(&fact, Side::Mentor, NOW) == Taken::New {
                exchange.add(fact);
            }
        }
        // Three questions, a call, a yes, a no.
        prop_assert!(exchange.facts().len() <= 1 + 3 + 3);
        prop_assert!(exchange.expires_at() <= day(14 + 3 * 7 + 30));
        prop_assert!(exchange.next().0 <= 33);
    }
}

#[test]
fn steps_that_crossed_are_settled_by_precedence() {
    let ranked = [
        (BLOCK, State::Blocked),
        (WITHDRAW, State::Withdrawn),
        (DECLINE, State::Declined),
        (What::Accept, State::Accepted),
        (What::Explore, State::Exploring),
        (What::Question, State::Question),
    ];
    for (above, (stronger, wins)) in ranked.iter().enumerate() {
        for (weaker, _) in ranked.iter().skip(above) {
            // Written in one second by two who knew of the request alone.
            let (one, two) = (letter(1, *stronger, 2, day(3), day(14)), letter(2, *weaker, 2, day(3), day(14)));
            assert_eq!(with(&[one, two]).state(day(4)), *wins, "{stronger:?} and {weaker:?}");
            assert_eq!(with(&[two, one]).state(day(4)), *wins, "{weaker:?} and {stronger:?}");
        }
    }
    let taken_back = letter(1, What::Withdraw { superseded: true }, 2, day(3), day(14));
    assert_eq!(with(&[taken_back]).state(day(4)), State::Superseded);
}

#[test]
fn the_wait_ends_on_day_fourteen_by_the_clock_alone() {
    let exchange = with(&[]);
    assert_eq!(exchange.state(day(14)), State::Delivered);
    assert_eq!(exchange.state(day(14).plus(1)), State::Expired);
    assert_eq!(exchange.may(Side::Mentor, What::Accept, day(14).plus(1)), Err(NotNow::Over(State::Expired)));
}

#[test]
fn a_yes_written_in_time_counts_when_it_comes_after_the_wait() {
    let mut exchange = with(&[]);
    assert_eq!(exchange.state(day(20)), State::Expired);
    let timely = letter(1, What::Accept, 2, day(14), day(14));
    assert_eq!(exchange.take(&timely, Side::Mentor, day(28)), Taken::New);
    exchange.add(timely);
    assert_eq!(exchange.state(day(28)), State::Accepted);
}

#[test]
fn a_yes_written_after_the_wait_does_not_count() {
    let tardy = letter(1, What::Accept, 2, day(14).plus(1), day(14));
    assert_eq!(with(&[tardy]).state(day(15)), State::Expired);
}

#[test]
fn what_was_written_in_time_may_arrive_for_fourteen_days_whatever_its_sender_claims() {
    let exchange = with(&[]);
    let claims = letter(1, What::Accept, 2, day(13), day(60));
    // Day 28 is rounded up to the midnight that follows.
    assert_eq!(exchange.take(&claims, Side::Mentor, day(28)), Taken::New);
    assert_eq!(exchange.take(&claims, Side::Mentor, day(29)), Taken::Late);
}

#[test]
fn each_of_three_questions_moves_the_end_by_seven_days() {
    let mut exchange = with(&[]);
    for (asked, end) in [(13, 21), (20, 28), (27, 35)] {
        write(&mut exchange, asked, What::Question, day(u64::from(asked))).expect("a question");
        assert_eq!(exchange.expires_at(), day(end));
        assert_eq!(exchange.may(Side::Mentor, What::Question, day(u64::from(asked))), Err(NotNow::Asked));
        write(&mut exchange, asked + 1, What::Answer, day(u64::from(asked))).expect("its answer");
        assert_eq!(exchange.state(day(u64::from(asked))), State::Answered);
    }
    assert_eq!(exchange.may(Side::Mentor, What::Question, day(30)), Err(NotNow::NoMoreQuestions));
    assert_eq!(exchange.state(day(35).plus(1)), State::Expired);
}

#[test]
fn a_first_call_has_thirty_days_and_then_needs_a_yes_or_a_no() {
    let mut exchange = with(&[]);
    write(&mut exchange, 1, What::Explore, day(10)).expect("a first call");
    assert_eq!(exchange.state(day(40)), State::Exploring);
    assert_eq!(exchange.may(Side::Mentor, What::Explore, day(11)), Err(NotNow::Exploring));
    assert_eq!(exchange.may(Side::Mentor, What::Question, day(11)), Err(NotNow::Exploring));
    assert_eq!(exchange.may(Side::Mentor, What::Accept, day(39)), Ok(()));
    assert_eq!(exchange.state(day(40).plus(1)), State::Expired);
}

#[test]
fn an_agreed_call_never_shortens_the_wait() {
    let mut exchange = with(&[]);
    write(&mut exchange, 1, What::Question, day(1)).expect("a question");
    let early = letter(2, What::Explore, 3, NOW.minus(400 * DAY), day(21));
    exchange.add(early);
    assert_eq!(exchange.expires_at(), day(21));
}

#[test]
fn each_side_does_its_own_steps_only() {
    for what in LATER {
        let wrong = what.side().other();
        assert_eq!(with(&[]).may(wrong, what, day(1)), Err(NotNow::OtherSide(what.side())), "{what:?}");
        let fact = letter(1, what, 2, day(1), day(14));
        assert_eq!(with(&[]).take(&fact, wrong, day(1)), Taken::Wrong, "{what:?}");
    }
}

#[test]
fn contact_details_follow_a_yes_and_once() {
    let mut exchange = with(&[]);
    assert_eq!(exchange.may(Side::Mentee, What::Contact, day(1)), Err(NotNow::NoYes));
    write(&mut exchange, 1, What::Accept, day(1)).expect("a yes");
    write(&mut exchange, 2, What::Contact, day(1)).expect("contact details");
    assert_eq!(exchange.may(Side::Mentee, What::Contact, day(1)), Err(NotNow::NoYes));
    assert_eq!(exchange.state(day(400)), State::Accepted);
}

#[test]
fn no_contact_details_follow_a_yes_that_crossed_a_withdrawal() {
    let mut exchange = with(&[letter(1, WITHDRAW, 2, day(1), day(14))]);
    exchange.add(letter(2, What::Accept, 2, day(1), day(14)));
    assert_eq!(exchange.may(Side::Mentee, What::Contact, day(1)), Err(NotNow::NoYes));
}

#[test]
fn a_yes_that_overtook_its_question_counts_once_the_question_is_here() {
    // The yes of day 20 is timely only with the question of day 13, which comes after it.
    let mut exchange = with(&[letter(2, What::Accept, 3, day(20), day(21))]);
    assert_eq!(exchange.state(day(22)), State::Expired);
    exchange.add(letter(1, What::Question, 2, day(13), day(14)));
    assert_eq!(exchange.state(day(22)), State::Accepted);
    assert_eq!(exchange.may(Side::Mentee, What::Contact, day(22)), Ok(()));
}

#[test]
fn what_no_honest_node_writes_has_no_place() {
    let question = letter(1, What::Question, 2, day(1), day(14));
    let exchange = with(&[question, letter(9, What::Accept, 3, day(2), day(21))]);
    let fits = letter(2, DECLINE, 3, day(2), day(21));
    let wrong = [
        ("another request", Fact { what: What::Request, ..fits }),
        ("a second yes", Fact { what: What::Accept, ..fits }),
        ("a step out of reach", Fact { step: u16::MAX, ..fits }),
        ("a step that does not follow the letter it names", Fact { previous: Some(question.letter), step: 5, ..fits }),
        ("an end beyond any wait", Fact { expires_at: day(14 + 21 + 30).plus(1), ..fits }),
    ];
    assert_eq!(exchange.take(&fits, Side::Mentor, day(2)), Taken::New);
    for (what, fact) in wrong {
        assert_eq!(exchange.take(&fact, Side::Mentor, day(2)), Taken::Wrong, "{what}");
    }
}

#[test]
fn a_refusal_ends_a_request_until_there_is_proof_that_it_arrived() {
    let yes = letter(1, What::Accept, 2, day(1), day(14));
    for no in [Delivery::NotRecognised, Delivery::Refused(Refused::InboxFull), Delivery::Undeliverable] {
        let mut refused = Exchange::begin(request(), Delivery::Queued);
        refused.deliver(no);
        refused.deliver(Delivery::Relayed);
        assert!(!refused.state(day(1)).is_open(), "{no:?}");
        let mut proven = Exchange::begin(request(), Delivery::Queued);
        refused.add(yes);
        proven.add(yes);
        proven.deliver(no);
        assert_eq!(refused, proven, "{no:?} before and after the mentor's letter");
        assert_eq!(proven.state(day(1)), State::Accepted, "{no:?}");
    }
}

#[test]
fn a_request_is_never_taken_out() {
    let mut exchange = with(&[]);
    exchange.remove(&request().message);
    assert_eq!(exchange.facts(), &[request()]);
}

#[test]
fn what_is_over_cannot_change() {
    let ends = [(What::Accept, State::Accepted), (DECLINE, State::Declined), (BLOCK, State::Blocked)];
    for (what, state) in ends.into_iter().chain([(WITHDRAW, State::Withdrawn)]) {
        let mut exchange = with(&[]);
        write(&mut exchange, 1, what, day(1)).expect("a step");
        for next in LATER.into_iter().filter(|next| *next != What::Contact) {
            assert_eq!(exchange.may(next.side(), next, day(1)), Err(NotNow::Over(state)), "{next:?} after {what:?}");
        }
    }
}

#[test]
fn every_state_has_one_word() {
    for state in State::ALL {
        assert_eq!(state.as_str().parse(), Ok(state));
    }
    assert!("undecided".parse::<State>().is_err());
}
