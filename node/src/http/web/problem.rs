//! A refusal as people read it: what it is and what to do, in their language; what the node says of it in words of the
//! interface stands beside it, in English.

use askama::Template;
use axum::http::{HeaderMap, Uri};
use mentormesh_protocol::api::Problem;

use super::visitor::Visitor;
use crate::speech::Locale;

/// What is told of a problem.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// What is the matter.
    pub(super) what: String,
    /// What to do.
    pub(super) next: Option<String>,
    /// What the node says in English, where that is not the language of the page.
    pub(super) detail: Option<String>,
}

impl Told {
    /// What is told to somebody who reads this language.
    pub(super) fn of(locale: Locale, problem: &Problem) -> Self {
        if locale == Locale::English {
            let what = format!("{}.", problem.detail);
            return Self { what, next: problem.next.as_ref().map(|next| format!("{next}.")), detail: None };
        }
        let (word, detail) = (word(problem), Some(problem.detail.clone()));
        Self { what: locale.say(&format!("problem-{word}")), next: next(locale, word), detail }
    }
}

/// The stable name of a problem, without what all of them begin with.
fn word(problem: &Problem) -> &str {
    problem.kind.rsplit(':').next().unwrap_or_default()
}

/// What anybody can do about a problem of this code.
fn next(locale: Locale, word: &str) -> Option<String> {
    locale.known(&format!("problem-next-{word}"))
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'p> {
    locale: Locale,
    title: String,
    told: Told,
    problem: &'p Problem,
}

/// Somebody who is refused.
#[derive(Debug)]
pub(in crate::http) struct Refused(Visitor);

impl Refused {
    /// Whoever asks for this address so.
    pub(in crate::http) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        Self(Visitor::of(uri, headers))
    }

    /// The page that says so.
    pub(in crate::http) fn page(&self, problem: &Problem) -> String {
        let locale = self.0.locale;
        let title = locale.say(&format!("problem-{}", word(problem)));
        let mut told = Told::of(locale, problem);
        told.next = told.next.or_else(|| next(locale, word(problem)));
        let page = ProblemPage { locale, title, told, problem }.render();
        page.unwrap_or_else(|_| problem.title.clone())
    }

    /// Says in which language the page is.
    pub(in crate::http) fn mark(&self, headers: &mut HeaderMap) {
        self.0.mark(headers);
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, header};
    use mentormesh_protocol::api::ErrorCode;

    use super::*;

    fn page(accept: &'static str, problem: &Problem) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
        Refused::of(&Uri::from_static("/somewhere"), &headers).page(problem)
    }

    #[test]
    fn every_refusal_is_named_in_every_language() {
        for code in ErrorCode::ALL {
            for locale in Locale::ALL {
                let name = format!("problem-{}", word(&Problem::new(code, "")));
                assert!(locale.known(&name).is_some(), "{locale:?} has no {name}");
            }
        }
    }

    #[test]
    fn a_refusal_speaks_the_language_of_who_reads_it_and_keeps_the_node_s_own_words_apart() {
        let problem = Problem::new(ErrorCode::NotFound, "no profile `<x>` is known here");
        let german = page("de", &problem);
        for expected in [
            "<html lang=\"de\"",
            "<h1>Das gibt es hier nicht</h1>",
            "<span lang=\"en\">no profile `&#60;x&#62;` is known here</span>",
        ] {
            assert!(german.contains(expected), "{expected}: {german}");
        }
        let english = page("en", &problem);
        assert!(english.contains("<html lang=\"en\"") && english.contains("no profile `&#60;x&#62;` is known here."));
        assert!(!english.contains("lang=\"en\">no profile"), "{english}");
    }
}
