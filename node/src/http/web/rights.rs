//! `/rights`: asking for what is one's right, at any node for any organisation known here, and how a request fares.

use askama::Template;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{ErrorCode, Problem, RightsFiled, RightsInput, RightsState};
use mentormesh_protocol::duty::RightsKind;
use mentormesh_protocol::{OrganisationId, ProfileId};

use super::site::Site;
use super::visitor::Visitor;
use super::{page, words};
use crate::http::api::rights::unknown;
use crate::http::app::App;
use crate::http::error::{Failure, Shown};
use crate::http::extract::Pairs;
use crate::http::form::Form;
use crate::http::origin::client;

/// Fields that a problem can be about; each stands on the form.
const FIELDS: [&str; 5] = ["kind", "name", "organisation", "words", "reply"];

#[derive(Template)]
#[template(path = "rights.html")]
struct RightsPage {
    site: Site,
    typed: Typed,
    kinds: Vec<(&'static str, String)>,
    organisations: Vec<(String, String)>,
    /// The profile it is about, and who lists it.
    about: Option<(String, String)>,
    /// The field that is wrong, if it is on the form, and how.
    wrong: Option<(&'static str, String)>,
}

impl RightsPage {
    fn is_wrong(&self, field: &str) -> bool {
        self.wrong.as_ref().is_some_and(|(wrong, _)| *wrong == field)
    }

    fn said(&self) -> &str {
        self.wrong.as_ref().map_or("", |(_, said)| said)
    }
}

/// What somebody typed, to be there when the form comes back.
#[derive(Default)]
struct Typed {
    kind: String,
    name: String,
    organisation: String,
    words: String,
    reply: String,
}

#[derive(Template)]
#[template(path = "rights_filed.html")]
struct FiledPage {
    site: Site,
    filed: RightsFiled,
    state: String,
    steps: Vec<(String, String)>,
    outcome: Option<String>,
}

/// Shows the form, about a mentor if one is named.
pub(in crate::http) async fn show(State(app): State<App>, visitor: Visitor, pairs: Pairs) -> Result<Response, Failure> {
    let typed = Typed { kind: pairs.last("kind").unwrap_or("erasure").to_owned(), ..Typed::default() };
    let about = pairs.last("mentor").and_then(|id| id.parse().ok());
    page(&visitor, &form(&app, &visitor, typed, about, None))
}

/// Files a request and leads to where its state can be seen.
pub(in crate::http) async fn file(State(app): State<App>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (from, visitor) = (client(&parts), Visitor::of(&parts.uri, &parts.headers));
    let Form(fields) = Form::from_request(Request::from_parts(parts, body), &()).await?;
    let text = |name| fields.last(name).unwrap_or_default().to_owned();
    let typed = Typed {
        kind: text("kind"),
        name: text("name"),
        organisation: text("organisation"),
        words: text("words"),
        reply: text("reply"),
    };
    let about: Option<ProfileId> = fields.last("mentor").and_then(|id| id.parse().ok());
    let filed = match input(&typed, about) {
        Ok(input) => app.rights.file(input, from, Some(visitor.locale)).await,
        Err(problem) => Err(problem),
    };
    match filed {
        Ok(RightsFiled { reference: Some(reference), .. }) => {
            Ok(Redirect::to(&format!("/rights/{reference}")).into_response())
        }
        Ok(_) => Err(unknown()),
        Err(problem) => again(&app, &visitor, typed, about, problem),
    }
}

/// Shows how a request fares, to whoever has its reference.
pub(in crate::http) async fn filed(
    State(app): State<App>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let filed = app.rights.look(&reference).await?.ok_or_else(unknown)?;
    page(&visitor, &fares(Site::seen_by(&visitor, &app), filed))
}

#[expect(clippy::result_large_err, reason = "a problem is the answer to a person, made once a request")]
fn input(typed: &Typed, about: Option<ProfileId>) -> Result<RightsInput, Problem> {
    let organisation = match (about, typed.organisation.as_str()) {
        (Some(_), _) | (None, "") => None,
        (None, id) => Some(id.parse::<OrganisationId>().map_err(|e| Problem::field("organisation", e.to_string()))?),
    };
    Ok(RightsInput {
        kind: typed.kind.parse::<RightsKind>()?,
        profile: about,
        name: Some(typed.name.clone()).filter(|name| !name.is_empty()),
        organisation,
        words: typed.words.clone(),
        reply: typed.reply.clone(),
    })
}

fn form(
    app: &App,
    visitor: &Visitor,
    typed: Typed,
    about: Option<ProfileId>,
    wrong: Option<(&'static str, String)>,
) -> RightsPage {
    let (view, site) = (app.view(), Site::seen_by(visitor, app));
    let known = view.organisations.iter().filter(|(id, known)| **id == view.own || known.card.is_some());
    let mut organisations: Vec<_> = known.map(|(id, _)| (id.to_string(), view.name(id))).collect();
    organisations.sort_by_key(|(_, name)| name.to_lowercase());
    RightsPage {
        kinds: RightsKind::ALL.map(|kind| (kind.as_str(), site.say(&format!("right-{}", kind.as_str())))).to_vec(),
        organisations,
        about: about.map(|profile| (profile.to_string(), view.name(&profile.organisation))),
        wrong,
        typed,
        site,
    }
}

/// The form once more, with what was typed and what is wrong.
fn again(
    app: &App,
    visitor: &Visitor,
    typed: Typed,
    about: Option<ProfileId>,
    problem: Problem,
) -> Result<Response, Failure> {
    let field = problem.errors.first().map(|error| error.field.clone());
    let field = field.and_then(|field| FIELDS.into_iter().find(|known| *known == field));
    let said = match (field, problem.code) {
        (Some(field), _) => visitor.locale.say(&format!("rights-wrong-{field}")),
        (None, ErrorCode::TooMany | ErrorCode::Busy) => visitor.locale.say("rights-wrong-often"),
        (None, ErrorCode::Invalid) => visitor.locale.say("rights-wrong-organisation"),
        (None, _) => return Err(problem.into()),
    };
    let refusal = Failure::from(problem).into_response();
    let mut response = page(visitor, &form(app, visitor, typed, about, Some((field.unwrap_or_default(), said))))?;
    *response.status_mut() = refusal.status();
    if let Some(wait) = refusal.headers().get(header::RETRY_AFTER) {
        response.headers_mut().insert(header::RETRY_AFTER, wait.clone());
    }
    response.extensions_mut().insert(Shown);
    Ok(response)
}

fn fares(site: Site, filed: RightsFiled) -> FiledPage {
    let locale = site.locale;
    let state = match filed.state {
        RightsState::OnItsWay => "rights-state-on_its_way",
        RightsState::Delivered => "rights-state-delivered",
        RightsState::Undelivered => "rights-state-undelivered",
        RightsState::Answered => "rights-state-answered",
    };
    let mut steps = vec![(locale.say("rights-step-filed"), words::moment(locale, filed.filed_at))];
    if let Some(at) = filed.delivered_at {
        let node = filed.node.map(|node| node.to_string()).unwrap_or_default();
        let at = words::moment(locale, at);
        steps.push((
            locale.say("rights-step-delivered"),
            locale.with("rights-by-node", &[("at", &at), ("node", &node)]),
        ));
    }
    if let Some(at) = filed.answered_at {
        steps.push((locale.say("rights-step-answered"), words::moment(locale, at)));
    } else {
        steps.push((locale.say("rights-step-due"), words::moment(locale, filed.due_at)));
    }
    let outcome = filed.outcome.map(|outcome| locale.say(&format!("rights-outcome-{}", outcome.as_str())));
    FiledPage { state: locale.say(state), steps, outcome, site, filed }
}
