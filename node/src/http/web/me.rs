//! `/me`: who is signed in, where else, and the way out.

use askama::Template;
use askama::filters::Safe;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::key::{base32, sha256};

use super::site::Site;
use super::visitor::Visitor;
use super::{page, words};
use crate::desk::SessionRow;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::http::form::Form;
use crate::people::{OPENID, SignedIn};
use crate::speech::Locale;

/// Under which a form's token is made of a session.
const LABEL: &[u8] = b"mentormesh form";

#[derive(Template)]
#[template(path = "me.html")]
struct MePage {
    site: Site,
    name: String,
    email: String,
    roles: Vec<String>,
    mentor: Option<String>,
    /// The languages that mail can be written in: tag, name, whether it is the one.
    languages: Vec<(&'static str, &'static str, bool)>,
    saved: bool,
    sessions: Vec<Session>,
    form: String,
}

struct Session {
    here: bool,
    said: Safe<String>,
}

/// Shows who is signed in.
pub(in crate::http) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    asker: Asker,
    pairs: Pairs,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    let sessions = app.people.sessions(&who.person.id).await?;
    let own = app.view().own;
    let mentor = who.listing.map(|subject| format!("/mentors/{own}.{subject}"));
    let saved = pairs.last("saved").is_some();
    page(&visitor, &MePage { saved, ..me(Site::seen_by(&visitor, &app), who, mentor, &sessions) })
}

fn me(site: Site, who: &SignedIn, mentor: Option<String>, sessions: &[SessionRow]) -> MePage {
    let locale = site.locale;
    let shown = |session: &SessionRow| Session {
        here: session.digest == who.session.digest,
        said: locale.naming(
            made_by(&session.made_by),
            &[("began", &words::moment(locale, session.created_at)), ("seen", &words::moment(locale, session.seen_at))],
        ),
    };
    let mailed = who.person.locale.as_deref().and_then(Locale::of_tag);
    MePage {
        site,
        name: who.person.name.clone(),
        email: who.person.email.clone(),
        roles: who.person.roles.iter().map(|role| words::word(locale, "role", role.as_str())).collect(),
        mentor,
        languages: Locale::ALL.map(|one| (one.tag(), one.own_name(), mailed == Some(one))).to_vec(),
        saved: false,
        sessions: sessions.iter().map(shown).collect(),
        form: form_token(who),
    }
}

/// How a session began.
fn made_by(word: &str) -> &'static str {
    match word {
        "mail" => "me-session-mailed",
        OPENID => "me-session-openid",
        _ => "me-session-given",
    }
}

/// Writes down which language somebody wants to be written to in.
pub(in crate::http) async fn language(State(app): State<App>, asker: Asker, form: Form) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    check_form(who, &form)?;
    let chosen = form.0.last("language").and_then(Locale::of_tag);
    let chosen = chosen.ok_or_else(|| Problem::field("language", "choose one of the languages of these pages"))?;
    app.people.read_in(who, chosen).await?;
    Ok(Redirect::to("/me?saved=language").into_response())
}

/// Ends this session.
pub(in crate::http) async fn sign_out(State(app): State<App>, asker: Asker, form: Form) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    check_form(who, &form)?;
    app.people.sign_out(who).await?;
    left(&app)
}

/// Ends every session of whoever asks.
pub(in crate::http) async fn sign_out_everywhere(
    State(app): State<App>,
    asker: Asker,
    form: Form,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    check_form(who, &form)?;
    app.people.sign_out_everywhere(who).await?;
    left(&app)
}

fn left(app: &App) -> Result<Response, Failure> {
    let mut response = Redirect::to("/sign-in").into_response();
    response.headers_mut().insert(header::SET_COOKIE, app.guard.cookie.forget()?);
    Ok(response)
}

pub(super) fn signed_in(asker: &Asker) -> Result<&SignedIn, Failure> {
    asker.person().ok_or_else(|| Failure::new(ErrorCode::Unauthorised, "this is for people who signed in"))
}

/// What every form of a session carries: no other site can read it off a page.
pub(in crate::http) fn form_token(who: &SignedIn) -> String {
    base32().encode(&sha256(&[LABEL, &who.session.digest].concat()))
}

/// Refuses a form that does not carry its session's token.
pub(in crate::http) fn check_form(who: &SignedIn, Form(fields): &Form) -> Result<(), Failure> {
    // Digests are compared, so that how long the comparison takes says nothing about the token.
    let digest = |text: &str| sha256(text.as_bytes());
    if fields.last("form").is_some_and(|given| digest(given) == digest(&form_token(who))) {
        return Ok(());
    }
    let problem = Problem::new(ErrorCode::Forbidden, "this form was not made for this session");
    Err(problem.with_next("open the page again and repeat it").into())
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::Role;
    use mentormesh_protocol::{PersonId, Timestamp};

    use super::super::home::tests::site;
    use super::*;
    use crate::desk::PersonRow;

    fn who(number: u8) -> SignedIn {
        let (id, at) = (PersonId([1; 16]), Timestamp(1_795_000_000_000));
        let person = PersonRow {
            id,
            email: "ada@example.org".to_owned(),
            name: "Ada <b>".to_owned(),
            locale: None,
            roles: [Role::ProgrammeLead].into(),
            disabled: false,
            created_at: at,
            changed_at: at,
        };
        let made_by = "mail".to_owned();
        let session =
            SessionRow { digest: [number; 32], person: id, made_by, created_at: at, seen_at: at, expires_at: at };
        SignedIn { person, session, listing: None }
    }

    #[test]
    fn one_sees_who_one_is_and_where_else_one_is_signed_in() {
        let (here, there) = (who(1), SessionRow { made_by: "registrar".to_owned(), ..who(2).session });
        let page = me(site(), &here, Some("/mentors/a.b".to_owned()), &[here.session.clone(), there]);
        let page = page.render().expect("a page");
        assert!(page.contains("Ada &#60;b&#62;") && page.contains("programme lead"), "{page}");
        assert!(page.contains("this device") && page.contains("a link that somebody here gave you"), "{page}");
        assert_eq!(page.matches(&form_token(&here)).count(), 3, "each form carries the token");
        assert!(page.contains("href=\"/mentors/a.b\""), "{page}");
    }

    #[test]
    fn a_form_of_another_session_is_refused() {
        let form = |token: &str| Form(Pairs(vec![("form".to_owned(), token.to_owned())]));
        let (here, there) = (who(1), who(2));
        assert!(check_form(&here, &form(&form_token(&here))).is_ok());
        for wrong in [form(&form_token(&there)), form(""), form("a"), Form(Pairs(Vec::new()))] {
            let refused = check_form(&here, &wrong).map_err(|failure| failure.problem().code);
            assert_eq!(refused, Err(ErrorCode::Forbidden));
        }
    }
}
