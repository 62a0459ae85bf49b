//! `/introductions`: asking a mentor, answering, and what became of it.

use axum::Json as Answered;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use mentormesh_protocol::api::{
    AcceptInput, DeclineInput, Direction, Introduction, IntroductionInput, List, Problem, StepInput, TextInput,
    WithdrawInput,
};
use mentormesh_protocol::introduction::State as Stands;
use mentormesh_protocol::limits::{PAGE, PAGE_DEFAULT};

use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::{Json, MaybeJson, Pairs};
use crate::http::id::with_list;
use crate::http::once::{Answer, name, once};
use crate::http::sight::{self, Sight};
use crate::introductions::{Filter, Step};

/// How one sees what ids there are.
const LIST: &str = "mentormesh intro list";

/// Lists introductions, newest first.
#[utoipa::path(get, path = "/introductions", operation_id = "list_introductions", tag = "introductions",
    params(
        ("direction" = Option<Direction>, Query, description = "Only those that were sent, or received"),
        ("state" = Option<Stands>, Query, description = "Only those that stand so"),
        ("open" = Option<bool>, Query, description = "Only those where somebody still has to say something"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 100, description = "Introductions on the page, 1 to 100, usually 20"),
        ("after" = Option<String>, Query, pattern = "^[0-9]{1,16}\\.[a-z2-7]{25}[aeimquy4]$",
            description = "The `next` of the page before"),
    ),
    responses((status = 200, description = "A page of introductions", body = List<Introduction>)))]
pub(in crate::http) async fn list(
    State(app): State<App>,
    asker: Asker,
    pairs: Pairs,
) -> Result<Answered<List<Introduction>>, Failure> {
    let (filter, sight) = (filter(&pairs)?, Sight::of(&app, &asker).await?);
    let mut list = app.introductions.list(&Filter { of: sight.alone(), ..filter }).await?;
    let mut items = Vec::with_capacity(list.items.len());
    for one in list.items {
        items.push(sight.shown(&app, one).await?);
    }
    list.items = items;
    Ok(Answered(list))
}

fn filter(pairs: &Pairs) -> Result<Filter, Failure> {
    pairs.only(&["direction", "state", "open", "limit", "after"], &[])?;
    pairs.filled(&["direction", "state", "open", "limit", "after"])?;
    let limit = pairs.number("limit", PAGE_DEFAULT)?;
    if !(1..=PAGE).contains(&limit) {
        return Err(Problem::field("limit", format!("{limit}; 1 to {PAGE} are taken")).into());
    }
    Ok(Filter {
        direction: direction(pairs)?,
        state: pairs.last("state").map(str::parse::<Stands>).transpose()?,
        open: pairs.flag("open")?.unwrap_or(false),
        limit,
        after: pairs.last("after").map(ToOwned::to_owned),
        of: None,
    })
}

fn direction(pairs: &Pairs) -> Result<Option<Direction>, Failure> {
    match pairs.last("direction") {
        None => Ok(None),
        Some("sent") => Ok(Some(Direction::Sent)),
        Some("received") => Ok(Some(Direction::Received)),
        Some(other) => Err(Problem::field("direction", format!("`{other}` is none of sent, received")).into()),
    }
}

/// Asks a mentor for an introduction, for a mentee of this organisation.
///
/// When this is answered the request is durable, and on its way as soon as the mentor's node can be reached. With an
/// `Idempotency-Key`, asking again within a day gives the same answer and asks nobody twice.
#[utoipa::path(post, path = "/introductions", operation_id = "send_introduction", tag = "introductions",
    request_body = IntroductionInput,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 255,
        pattern = "^[!-~]([ -~]*[!-~])?$", description = "Any text that names this request")),
    responses(
        (status = 201, description = "The introduction, queued", body = Introduction, headers(
            ("Location" = String, description = "Where the introduction is"),
            ("Idempotency-Replayed" = Option<String>, description = "`true` when this key was answered before"),
        )),
        (status = 404, description = "No such profile is known here"),
        (status = 409, description = "This mentor cannot be asked, or this person may not ask now"),
    ))]
pub(in crate::http) async fn send(
    State(app): State<App>,
    asker: Asker,
    headers: HeaderMap,
    Json { value, digest }: Json<IntroductionInput>,
) -> Result<Response, Failure> {
    sight::may_send(&asker, &value)?;
    let name = name(&asker, &headers, &digest);
    let create = async { Answer::created(&app.introductions.send_once(value, &asker.word(), name).await?) };
    once(&app, &asker, &headers, digest, "introductions", create).await
}

/// Shows one introduction.
#[utoipa::path(get, path = "/introductions/{id}", operation_id = "show_introduction", tag = "introductions",
    params(
        ("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it"),
        ("direction" = Option<Direction>, Query,
            description = "Which side to show when both are of this organisation; usually the mentor's"),
        ("reason" = Option<String>, Query, min_length = 1, max_length = 200,
            description = "Why somebody who is neither of the two reads the texts; it is kept on the audit trail"),
    ),
    responses((status = 200, description = "The introduction", body = Introduction)))]
pub(in crate::http) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    pairs: Pairs,
) -> Result<Answered<Introduction>, Failure> {
    pairs.only(&["direction", "reason"], &[])?;
    pairs.filled(&["direction", "reason"])?;
    let (asked, sight) = (direction(&pairs)?, Sight::of(&app, &asker).await?);
    let id = sight.id(&app, &id).await.map_err(known)?;
    let side = sight.side(&app, &id, asked).await.map_err(known)?;
    let one = app.introductions.show(&id, side).await.map_err(|problem| known(problem.into()))?;
    let Some(reason) = pairs.last("reason") else { return Ok(Answered(sight.shown(&app, one).await?)) };
    if sight == Sight::All || !sight.reads(&app, &one).await? {
        app.introductions.note_reading(&id, &asker.word(), reason).await?;
    }
    Ok(Answered(one))
}

/// Asks back, for the mentor; the mentee has a week more.
#[utoipa::path(post, path = "/introductions/{id}/question", operation_id = "question_introduction",
    tag = "introductions", request_body = TextInput,
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it")),
    responses(
        (status = 200, description = "The introduction after it", body = Introduction),
        (status = 409, description = "Where it stands, this step is not open to this side"),
    ))]
pub(in crate::http) async fn question(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    Json { value, .. }: Json<TextInput>,
) -> Result<Answered<Introduction>, Failure> {
    step(&app, &asker, &id, Step::Question(value.text)).await
}

/// Answers the mentor's question, for the mentee.
#[utoipa::path(post, path = "/introductions/{id}/answer", operation_id = "answer_introduction", tag = "introductions",
    request_body = TextInput,
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it")),
    responses(
        (status = 200, description = "The introduction after it", body = Introduction),
        (status = 409, description = "Where it stands, this step is not open to this side"),
    ))]
pub(in crate::http) async fn answer(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    Json { value, .. }: Json<TextInput>,
) -> Result<Answered<Introduction>, Failure> {
    step(&app, &asker, &id, Step::Answer(value.text)).await
}

/// Agrees to a short first call, for the mentor; a yes or a no follows within thirty days.
#[utoipa::path(post, path = "/introductions/{id}/explore", operation_id = "explore_introduction",
    tag = "introductions", request_body(content = Option<StepInput>, description = "May be left out"),
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it")),
    responses(
        (status = 200, description = "The introduction after it", body = Introduction),
        (status = 409, description = "Where it stands, this step is not open to this side"),
    ))]
pub(in crate::http) async fn explore(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    MaybeJson(StepInput {}): MaybeJson<StepInput>,
) -> Result<Answered<Introduction>, Failure> {
    step(&app, &asker, &id, Step::Explore).await
}

/// Says yes, for the mentor; each side then gets the other's contact.
#[utoipa::path(post, path = "/introductions/{id}/accept", operation_id = "accept_introduction", tag = "introductions",
    request_body(content = Option<AcceptInput>, description = "May be left out"),
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it")),
    responses(
        (status = 200, description = "The introduction after it", body = Introduction),
        (status = 409, description = "Where it stands, this step is not open to this side"),
    ))]
pub(in crate::http) async fn accept(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    MaybeJson(input): MaybeJson<AcceptInput>,
) -> Result<Answered<Introduction>, Failure> {
    step(&app, &asker, &id, Step::Accept(input)).await
}

/// Says no, for the mentor, and why; no contact is ever shown.
#[utoipa::path(post, path = "/introductions/{id}/decline", operation_id = "decline_introduction",
    tag = "introductions", request_body = DeclineInput,
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it")),
    responses(
        (status = 200, description = "The introduction after it", body = Introduction),
        (status = 409, description = "Where it stands, this step is not open to this side"),
    ))]
pub(in crate::http) async fn decline(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    Json { value, .. }: Json<DeclineInput>,
) -> Result<Answered<Introduction>, Failure> {
    step(&app, &asker, &id, Step::Decline(value)).await
}

/// Takes the request back, for the mentee.
#[utoipa::path(post, path = "/introductions/{id}/withdraw", operation_id = "withdraw_introduction",
    tag = "introductions", request_body(content = Option<WithdrawInput>, description = "May be left out"),
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it")),
    responses(
        (status = 200, description = "The introduction after it", body = Introduction),
        (status = 409, description = "Where it stands, this step is not open to this side"),
    ))]
pub(in crate::http) async fn withdraw(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    MaybeJson(input): MaybeJson<WithdrawInput>,
) -> Result<Answered<Introduction>, Failure> {
    step(&app, &asker, &id, Step::Withdraw(input)).await
}

/// Lifts the block that this introduction made, at this node: requests of this person to this mentor are taken, or
/// sent, again.
#[utoipa::path(delete, path = "/introductions/{id}/block", operation_id = "lift_block", tag = "introductions",
    params(
        ("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it"),
        ("direction" = Option<Direction>, Query,
            description = "Which side lifts it when both are of this organisation; usually the mentor's"),
    ),
    responses(
        (status = 200, description = "The introduction, its block lifted", body = Introduction),
        (status = 409, description = "It made no block"),
    ))]
pub(in crate::http) async fn lift_block(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    pairs: Pairs,
) -> Result<Answered<Introduction>, Failure> {
    pairs.only(&["direction"], &[])?;
    pairs.filled(&["direction"])?;
    let (asked, sight) = (direction(&pairs)?, Sight::of(&app, &asker).await?);
    let id = sight.id(&app, &id).await.map_err(known)?;
    // Who was blocked does not lift it.
    let asked = if sight.alone().is_some() { Some(Direction::Received) } else { asked };
    let side = sight.side(&app, &id, asked).await.map_err(known)?;
    let done = app.introductions.lift_block(&id, side, &asker.word()).await.map_err(|problem| known(problem.into()))?;
    Ok(Answered(sight.shown(&app, done).await?))
}

/// Puts the mentor of this introduction aside, for the mentee: never offered again, which nobody is told.
#[utoipa::path(put, path = "/introductions/{id}/aside", operation_id = "put_mentor_aside", tag = "introductions",
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it")),
    responses(
        (status = 200, description = "The introduction", body = Introduction),
        (status = 409, description = "Whose request it was is not known any more"),
    ))]
pub(in crate::http) async fn put_aside(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<Answered<Introduction>, Failure> {
    aside(&app, &asker, &id, true).await
}

/// Offers the mentor of this introduction to the mentee again.
#[utoipa::path(delete, path = "/introductions/{id}/aside", operation_id = "take_mentor_back", tag = "introductions",
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,26}$", description = "The introduction's id, or a beginning of it")),
    responses(
        (status = 200, description = "The introduction", body = Introduction),
        (status = 409, description = "Whose request it was is not known any more"),
    ))]
pub(in crate::http) async fn take_back(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<Answered<Introduction>, Failure> {
    aside(&app, &asker, &id, false).await
}

async fn aside(app: &App, asker: &Asker, id: &str, aside: bool) -> Result<Answered<Introduction>, Failure> {
    let sight = Sight::of(app, asker).await?;
    let id = sight.id(app, id).await.map_err(known)?;
    sight.side(app, &id, Some(Direction::Sent)).await.map_err(known)?;
    let done = app.introductions.put_aside(&id, aside).await.map_err(|problem| known(problem.into()))?;
    // Whom a mentee puts aside is their own affair, unless somebody else does it for them.
    if !sight.reads(app, &done).await? || sight == Sight::All {
        let act = if aside { "introduction.put_aside" } else { "introduction.taken_back" };
        app.desk.audit(&asker.word(), act, &id.to_string(), "").await?;
    }
    Ok(Answered(sight.shown(app, done).await?))
}

async fn step(app: &App, asker: &Asker, id: &str, step: Step) -> Result<Answered<Introduction>, Failure> {
    let sight = Sight::of(app, asker).await?;
    let id = sight.id(app, id).await.map_err(known)?;
    sight.may_act(app, &id, &step).await.map_err(known)?;
    let done = app.introductions.step(&id, step, &asker.word()).await.map_err(|problem| known(problem.into()))?;
    Ok(Answered(sight.shown(app, done).await?))
}

fn known(failure: Failure) -> Failure {
    with_list(failure, LIST)
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::ErrorCode;

    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Result<Filter, Failure> {
        filter(&Pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()))
    }

    #[test]
    fn a_filter_is_read_as_it_was_asked() {
        let pairs = [("direction", "received"), ("state", "question"), ("open", "true"), ("limit", "5")];
        let filter = asked(&pairs).expect("a filter");
        assert_eq!((filter.direction, filter.state), (Some(Direction::Received), Some(Stands::Question)));
        assert_eq!((filter.open, filter.limit, filter.after), (true, 5, None));
        let usual = asked(&[]).expect("a filter");
        assert_eq!((usual.direction, usual.open, usual.limit), (None, false, PAGE_DEFAULT));
    }

    #[test]
    fn a_filter_that_nobody_knows_or_that_breaks_a_bound_is_refused_by_its_name() {
        for (name, value) in
            [("direction", "up"), ("state", "lost"), ("open", "maybe"), ("limit", "101"), ("limit", "0"), ("who", "x")]
        {
            let failure = asked(&[(name, value)]).expect_err("refused");
            assert_eq!(failure.problem().code, ErrorCode::Invalid, "{name}={value}");
            assert_eq!(failure.problem().errors.first().map(|error| error.field.as_str()), Some(name));
        }
    }

    #[test]
    fn an_id_that_is_not_known_comes_with_the_command_that_lists_them() {
        let failure = known(Failure::not_found("introduction", "aaaaaa"));
        assert_eq!(failure.problem().next.as_deref(), Some("see what there is: mentormesh intro list"));
    }
}
