//! `/need`: what somebody needs, in four questions that may all be skipped; the answers become a search.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use mentormesh_protocol::limits::QUERY_CHARACTERS;
use mentormesh_protocol::record::{HELPS_WITH, OfferKind};

use super::answers::{Answers, BRING, CONTEXT};
use super::link::Asked;
use super::site::Site;
use super::visitor::Visitor;
use super::{page, words};
use crate::http::app::App;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::speech::Locale;

#[derive(Template)]
#[template(path = "need.html")]
struct NeedPage {
    site: Site,
    why: Vec<Pick>,
    kinds: Vec<Pick>,
    languages: Vec<Pick>,
    words: String,
    free: bool,
    answers: Answers,
    kept: Vec<(String, String)>,
    most: [usize; 3],
}

/// One answer to choose.
struct Pick {
    value: &'static str,
    label: String,
    set: bool,
}

/// A question, and what was answered.
pub(super) struct Told {
    pub(super) title: String,
    pub(super) answer: String,
}

/// Asks, with what was answered before.
pub(in crate::http) async fn show(State(app): State<App>, visitor: Visitor, pairs: Pairs) -> Result<Response, Failure> {
    page(&visitor, &need(Site::seen_by(&visitor, &app), &pairs)?)
}

fn need(site: Site, pairs: &Pairs) -> Result<NeedPage, Failure> {
    let locale = site.locale;
    let answers = Answers::of(pairs)?;
    let given = |name: &str, value: &str| pairs.0.iter().any(|(known, is)| known == name && is.trim() == value);
    let why = HELPS_WITH.into_iter().map(|value| Pick {
        value,
        label: words::word(locale, "help", value),
        set: answers.why.contains(&value),
    });
    let kinds = OfferKind::ALL.iter().map(|kind| Pick {
        value: kind.as_str(),
        label: words::word(locale, "offer", kind.as_str()),
        set: given("offer", kind.as_str()),
    });
    let languages = words::languages(locale).into_iter();
    let languages = languages.map(|(value, label)| Pick { value, label, set: given("language", value) });
    // Filters that are no question of ours stay set.
    let others = ["skill", "country", "organisation", "trainee"];
    let kept = pairs.0.iter().filter(|(name, value)| others.contains(&name.as_str()) && !value.trim().is_empty());
    Ok(NeedPage {
        why: why.collect(),
        kinds: kinds.collect(),
        languages: languages.collect(),
        words: pairs.last("q").unwrap_or_default().to_owned(),
        free: given("available", "true"),
        kept: kept.take(mentormesh_protocol::limits::QUERY_TERMS).cloned().collect(),
        answers,
        most: [QUERY_CHARACTERS, CONTEXT, BRING],
        site,
    })
}

/// What was answered, to be shown beside what was found.
pub(super) fn told(locale: Locale, asked: &Asked) -> Vec<Told> {
    let answers = &asked.answers;
    let why: Vec<_> = answers.why.iter().map(|word| words::word(locale, "help", word)).collect();
    let told = [
        ("need-why", why.join(" · ")),
        ("need-context", answers.context.clone()),
        ("need-bring", answers.bring.clone()),
    ];
    let told = told.into_iter().filter(|(_, answer)| !answer.is_empty());
    told.map(|(title, answer)| Told { title: locale.say(title), answer }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::home::tests::{keep, site};
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> String {
        let pairs = Pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        need(site(), &pairs).expect("a page").render().expect("a page")
    }

    #[test]
    fn no_question_needs_an_answer() {
        let html = asked(&[]);
        keep("need", &html);
        assert_eq!(html.matches("<fieldset").count(), 4);
        assert!(!html.contains("required") && html.contains("href=\"/?q=\""), "{html}");
        assert!(html.contains("<form action=\"/\" method=\"get\""), "answers become a search");
    }

    #[test]
    fn what_was_answered_before_is_there_to_be_changed() {
        let html = asked(&[
            ("why", "confidence"),
            ("context", "a <nurse>"),
            ("q", "rotas"),
            ("offer", "micro"),
            ("language", "fr"),
            ("available", "true"),
            ("bring", "ten years"),
            ("country", "GB"),
        ]);
        for expected in [
            "value=\"confidence\" checked",
            "value=\"a &#60;nurse&#62;\"",
            "value=\"rotas\"",
            "value=\"micro\" checked",
            "value=\"fr\" selected",
            "name=\"available\" value=\"true\" checked",
            ">ten years</textarea>",
            "<input type=\"hidden\" name=\"country\" value=\"GB\">",
        ] {
            assert!(html.contains(expected), "the page lacks {expected}");
        }
        assert_eq!(html.matches(" checked").count(), 3, "nothing else is chosen");
    }
}
