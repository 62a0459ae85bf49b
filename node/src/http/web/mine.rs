//! Whose requests: what one person has at hand on the pages of requests. Whatever is not theirs is, to them, not there.

use mentormesh_protocol::IntroductionId;
use mentormesh_protocol::api::{Direction, ErrorCode, Introduction, Problem};

use crate::desk::Whose;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::people::SignedIn;
use crate::speech::Locale;

/// Who asks; the guard lets nobody else through.
pub(super) fn signed_in(asker: &Asker) -> Result<&SignedIn, Failure> {
    asker.person().ok_or_else(|| Failure::new(ErrorCode::Unauthorised, "this is for people who signed in"))
}

/// What is theirs, as mentee and as mentor. Roles open nothing here: a registrar has a side, or none.
pub(super) async fn whose(app: &App, who: &SignedIn) -> Result<Whose, Failure> {
    Ok(app.introductions.whose(&who.person.email, who.listing).await?)
}

/// One of theirs, on the side that was asked for if it is theirs.
pub(super) async fn one(app: &App, whose: &Whose, id: &str, side: Option<Direction>) -> Result<Introduction, Failure> {
    let id: IntroductionId = id.parse().map_err(|_| not_there())?;
    let sides = app.introductions.sides(&id, whose).await?;
    let side = sides.into_iter().find(|theirs| side.is_none_or(|side| side == *theirs));
    let side = side.ok_or_else(not_there)?;
    Ok(app.introductions.show(&id, Some(side)).await?)
}

/// An earlier request of theirs, if this names one.
pub(super) async fn earlier(app: &App, who: &SignedIn, id: Option<&str>) -> Result<Option<Introduction>, Failure> {
    let Some(id) = id else { return Ok(None) };
    match one(app, &whose(app, who).await?, id, Some(Direction::Sent)).await {
        Ok(one) => Ok(Some(one)),
        Err(failure) if failure.problem().code == ErrorCode::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The same words for what is another's and for what never was.
pub(super) fn not_there() -> Failure {
    let problem = Problem::new(ErrorCode::NotFound, "no request of yours has this address");
    problem.with_next("yours are at /requests").into()
}

/// Where one is shown.
pub(super) fn address(id: &IntroductionId, side: Direction) -> String {
    format!("/requests/{id}?side={}", side.as_str())
}

/// The mentor's name, or what to say where the profile is gone.
pub(super) fn mentor(locale: Locale, one: &Introduction) -> String {
    one.mentor.clone().unwrap_or_else(|| locale.say("asking-a-mentor"))
}
