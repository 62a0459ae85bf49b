//! What each side of a request has before it: the mentee an answer to write, others to ask, a request to take back; the
//! mentor how full they are and the ways to answer.

use mentormesh_protocol::IntroductionId;
use mentormesh_protocol::api::{Alternative, Direction, Introduction};
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::limits::{DAY, PAUSE_AHEAD, QUESTIONS};

use super::super::mine;
use crate::desk::Whose;
use crate::http::app::App;
use crate::http::error::Failure;
use crate::speech::Locale;

/// Reasons of a no that a person gives, in the order in which they are offered.
pub(super) const REASONS: [&str; 7] = [
    "no_capacity",
    "not_right_expertise",
    "timing",
    "language_or_mode",
    "someone_else_better",
    "conflict_of_interest",
    "other",
];

/// What the mentee has before them.
pub(super) struct MenteeSide {
    /// Whether a question waits for their answer.
    pub(super) asked: bool,
    pub(super) may_withdraw: bool,
    pub(super) put_aside: bool,
    pub(super) others: Vec<Other>,
    /// Other requests that still wait, now that somebody said yes.
    pub(super) also_open: Vec<Open>,
}

/// Somebody else to ask.
pub(super) struct Other {
    pub(super) profile: String,
    /// The form with the words of this request in it.
    pub(super) ask: String,
    pub(super) alternative: Alternative,
}

/// A request that still waits.
pub(super) struct Open {
    pub(super) id: IntroductionId,
    pub(super) address: String,
    pub(super) title: String,
}

/// What the mentor has before them.
pub(super) struct MentorSide {
    /// Whether an answer is still wanted.
    pub(super) open: bool,
    pub(super) room: Option<String>,
    pub(super) full: bool,
    /// Other requests of this person here, as a number.
    pub(super) others: Option<String>,
    /// What the mentee gets with a yes.
    pub(super) address: Option<String>,
    pub(super) may_ask: bool,
    pub(super) may_explore: bool,
    pub(super) reasons: Vec<(&'static str, String)>,
    /// The first and the last day on which a pause may end.
    pub(super) pause: (String, String),
    /// Whether this request made a block that still holds.
    pub(super) blocked: bool,
}

/// What the side that this is shown to has before it.
pub(super) async fn of(
    app: &App,
    locale: Locale,
    whose: &Whose,
    one: &Introduction,
) -> Result<(Option<MentorSide>, Option<MenteeSide>), Failure> {
    Ok(match one.direction {
        Direction::Sent => (None, Some(mentee(one))),
        Direction::Received => (Some(mentor(app, locale, whose, one).await?), None),
    })
}

/// The mentee's side.
pub(super) fn mentee(one: &Introduction) -> MenteeSide {
    let other = |alternative: &Alternative| Other {
        profile: format!("/mentors/{}", alternative.id),
        ask: format!("/mentors/{}/ask?from={}", alternative.id, one.id),
        alternative: alternative.clone(),
    };
    let open = one.also_open.iter().map(|open| Open {
        id: open.id,
        address: mine::address(&open.id, Direction::Sent),
        title: open.title.clone(),
    });
    MenteeSide {
        asked: one.state == State::Question,
        may_withdraw: one.state.is_open(),
        put_aside: one.put_aside,
        others: one.alternatives.iter().map(other).collect(),
        also_open: open.collect(),
    }
}

async fn mentor(app: &App, locale: Locale, whose: &Whose, one: &Introduction) -> Result<MentorSide, Failure> {
    let room = app.introductions.room(&one.profile.subject).await?;
    let others = app.introductions.others_of_mentee(&one.id, whose).await?;
    let address = app.introductions.own_person(one).await?.map(|contact| contact.email);
    let full = room.is_some_and(|room| room.taken >= room.places);
    let room = room.map(|room| {
        let numbers = [("taken", room.taken.to_string()), ("places", room.places.to_string())];
        let numbers: Vec<_> = numbers.iter().map(|(name, number)| (*name, number.as_str())).collect();
        locale.with("answering-room", &numbers)
    });
    let now = app.clock.now();
    let pause = (now.plus(DAY).date().to_string(), now.plus(PAUSE_AHEAD).date().to_string());
    Ok(MentorSide {
        room,
        full,
        others: (others > 0).then(|| locale.count("answering-others", others)),
        address,
        pause,
        ..at_hand(locale, one)
    })
}

/// What follows from the request alone.
pub(super) fn at_hand(locale: Locale, one: &Introduction) -> MentorSide {
    let asked = one.events.iter().filter(|event| event.state == State::Question).count();
    let waits = one.state.is_open();
    let reasons = REASONS.iter().map(|reason| (*reason, locale.say(&format!("request-because-{reason}"))));
    MentorSide {
        open: waits,
        room: None,
        full: false,
        others: None,
        address: None,
        may_ask: waits && !matches!(one.state, State::Question | State::Exploring) && asked < QUESTIONS,
        may_explore: waits && one.state != State::Exploring,
        reasons: reasons.collect(),
        pause: (String::new(), String::new()),
        blocked: one.block.as_ref().is_some_and(|block| block.lifted_at.is_none()),
    }
}
