//! What whoever asks sees of introductions, and on which side they act.
//!
//! The token sees and does everything, as ever. Somebody signed in has what is theirs: what they sent, and what was sent
//! to them as a mentor; everything else does not exist for them. A registrar acts for the people of this organisation,
//! and sees of them where things stand, without texts and addresses unless they say why.

use mentormesh_protocol::IntroductionId;
use mentormesh_protocol::api::{Direction, ErrorCode, Introduction, IntroductionInput, Problem};
use mentormesh_protocol::introduction::NotNow;

use super::app::App;
use super::asker::{Asker, nobody};
use super::error::Failure;
use crate::desk::{Whose, fold};
use crate::introductions::{Step, unknown, withhold};

/// What one asker sees of introductions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// Everything.
    All,
    /// What is theirs.
    Own(Whose),
    /// What is theirs, and where everything else stands.
    Registrar(Whose),
}

impl Sight {
    pub(super) async fn of(app: &App, asker: &Asker) -> Result<Self, Failure> {
        let who = match asker {
            Asker::Token => return Ok(Self::All),
            Asker::Nobody => return Err(nobody()),
            Asker::Person(who) => who,
        };
        let whose = app.introductions.whose(&who.person.email, who.listing).await?;
        Ok(if asker.is_registrar() { Self::Registrar(whose) } else { Self::Own(whose) })
    }

    /// Whose introductions alone a list may show.
    pub(super) const fn alone(&self) -> Option<Whose> {
        match self {
            Self::Own(whose) => Some(*whose),
            Self::All | Self::Registrar(_) => None,
        }
    }

    /// The introduction that `text` names. Only who sees them all may name one by its beginning: others would find out
    /// ids by guessing.
    pub(super) async fn id(&self, app: &App, text: &str) -> Result<IntroductionId, Failure> {
        match self {
            Self::All | Self::Registrar(_) => app.introduction_id(text).await,
            Self::Own(_) => text.parse().map_err(|_| Failure::not_found("introduction", text)),
        }
    }

    /// The side to show: the one that was asked for, if it is theirs. Of what is not theirs is said what is said of what
    /// never was.
    pub(super) async fn side(
        &self,
        app: &App,
        id: &IntroductionId,
        asked: Option<Direction>,
    ) -> Result<Option<Direction>, Failure> {
        let Self::Own(whose) = self else { return Ok(asked) };
        let mut sides = app.introductions.sides(id, whose).await?.into_iter();
        let side = sides.find(|side| asked.is_none_or(|asked| asked == *side));
        side.map(Some).ok_or_else(|| unknown(id).into())
    }

    /// Refuses a step on a side that is not theirs.
    pub(super) async fn may_act(&self, app: &App, id: &IntroductionId, step: &Step) -> Result<(), Failure> {
        let Self::Own(whose) = self else { return Ok(()) };
        let sides = app.introductions.sides(id, whose).await?;
        if sides.contains(&step.direction()) {
            return Ok(());
        }
        if sides.is_empty() {
            return Err(unknown(id).into());
        }
        let only = NotNow::OtherSide(step.direction().side());
        Err(Problem::new(ErrorCode::Conflict, only.to_string()).into())
    }

    /// An introduction as they see it.
    pub(super) async fn shown(&self, app: &App, one: Introduction) -> Result<Introduction, Failure> {
        Ok(if self.reads(app, &one).await? { one } else { withhold(one) })
    }

    /// Whether they may read its texts without saying why.
    pub(super) async fn reads(&self, app: &App, one: &Introduction) -> Result<bool, Failure> {
        match self {
            Self::All | Self::Own(_) => Ok(true),
            Self::Registrar(whose) => Ok(app.introductions.sides(&one.id, whose).await?.contains(&one.direction)),
        }
    }
}

/// Refuses a request in somebody else's name. A registrar asks for whom they like, as the token does.
pub(super) fn may_send(asker: &Asker, input: &IntroductionInput) -> Result<(), Failure> {
    match asker.person().filter(|_| !asker.is_registrar()) {
        Some(who) if fold(&who.person.email) != fold(&input.mentee.email) => {
            let problem = format!("is not {}, which you signed in with", who.person.email);
            Err(Problem::field("mentee.email", problem).into())
        }
        Some(_) | None => Ok(()),
    }
}
