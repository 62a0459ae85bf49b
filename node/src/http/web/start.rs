//! The first page: a search box, and in plain words what mentoring is, which kinds there are, how it goes and whom to
//! ask.

use askama::Template;
use axum::response::Response;
use mentormesh_protocol::record::OfferKind;

use super::site::Site;
use super::visitor::Visitor;
use super::{page, words};
use crate::http::error::Failure;

/// Steps from the search to the end of a relationship.
const STEPS: u8 = 6;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    site: Site,
    kinds: Vec<(String, String)>,
    steps: Vec<String>,
    words: String,
    kept: Vec<(&'static str, String)>,
    change: String,
}

/// Shows it.
pub(super) fn show(site: Site, visitor: &Visitor) -> Result<Response, Failure> {
    page(visitor, &start(site))
}

fn start(site: Site) -> StartPage {
    let locale = site.locale;
    let said =
        |kind: &OfferKind| (words::word(locale, "offer", kind.as_str()), words::word(locale, "kind", kind.as_str()));
    let kinds = OfferKind::ALL.iter().map(said).collect();
    let steps = (1..=STEPS).map(|number| locale.say(&format!("step-{number}"))).collect();
    StartPage { site, kinds, steps, words: String::new(), kept: Vec::new(), change: "/need".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::home::tests::{keep, site};
    use super::*;
    use crate::speech::Locale;

    #[test]
    fn the_first_page_explains_every_kind_of_mentoring_and_leads_on() {
        let html = start(site()).render().expect("a page");
        keep("start", &html);
        for kind in OfferKind::ALL {
            assert!(html.contains(&words::word(Locale::English, "kind", kind.as_str())), "{kind}");
        }
        for expected in ["name=\"q\"", "href=\"/need\"", "href=\"/?q=\"", "3 mentors are listed here", "five requests"]
        {
            assert!(html.contains(expected), "the page lacks {expected}");
        }
    }

    #[test]
    fn an_empty_register_says_so_on_its_first_page() {
        let html = start(Site { mentors: 0, ..site() }).render().expect("a page");
        assert!(html.contains("No mentor is listed here yet"), "{html}");
    }
}
