//! `/about`, `/privacy`, `/complaints`: plain words that always exist, whatever else the organisation publishes.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::page;
use super::site::Site;
use super::visitor::Visitor;
use crate::http::app::App;
use crate::http::error::Failure;

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    site: Site,
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    site: Site,
}

#[derive(Template)]
#[template(path = "complaints.html")]
struct ComplaintsPage {
    site: Site,
}

/// What this register is.
pub(in crate::http) async fn about(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    page(&visitor, &AboutPage { site: Site::seen_by(&visitor, &app) })
}

/// What becomes of what people say about themselves.
pub(in crate::http) async fn privacy(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    page(&visitor, &PrivacyPage { site: Site::seen_by(&visitor, &app) })
}

/// Where a complaint goes.
pub(in crate::http) async fn complaints(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    page(&visitor, &ComplaintsPage { site: Site::seen_by(&visitor, &app) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(complaints: Option<&str>) -> Site {
        Site {
            name: "Ada & Sons <Institute>".to_owned(),
            complaints: complaints.map(ToOwned::to_owned),
            shown: vec!["Ada & Sons <Institute>".to_owned()],
            ..super::super::home::tests::site()
        }
    }

    #[test]
    fn notice_and_complaints_exist_when_the_organisation_named_none() {
        let privacy = PrivacyPage { site: site(None) }.render().expect("a page");
        assert!(privacy.contains("Ada &#38; Sons &#60;Institute&#62;"), "named, and escaped");
        let complaints = ComplaintsPage { site: site(None) }.render().expect("a page");
        assert!(complaints.contains("its registrar"), "{complaints}");
    }

    #[test]
    fn the_organisation_s_own_route_is_linked() {
        let page = ComplaintsPage { site: site(Some("mailto:complaints@ada.example")) }.render().expect("a page");
        assert!(page.contains("href=\"mailto:complaints@ada.example\""), "{page}");
    }
}
