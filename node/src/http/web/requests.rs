//! `/requests`: what one person asked and, for a mentor, what waits for them; where each stands, and by when what follows.

use askama::Template;
use askama::filters::Safe;
use axum::extract::State;
use axum::response::Response;
use mentormesh_protocol::api::{Direction, Introduction};

use super::request::words;
use super::site::Site;
use super::visitor::Visitor;
use super::{mine, page};
use crate::desk::Whose;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::introductions::Filter;
use crate::speech::Locale;

/// Rows of a list: as many as may wait for a mentor.
const ROWS: usize = 10;
/// Rows of what one asked, beside what waits: as many as may be open, and the last that is over.
const LATEST: usize = 6;

#[derive(Template)]
#[template(path = "requests.html")]
struct RequestsPage {
    site: Site,
    shelves: Vec<Shelf>,
}

/// A list under its heading.
struct Shelf {
    heading: String,
    rows: Vec<Row>,
    /// What to say where there is nothing.
    nothing: Safe<String>,
    more: Option<(String, String)>,
}

struct Row {
    address: String,
    title: String,
    whom: Safe<String>,
    label: String,
    ready: bool,
    stands: Safe<String>,
}

/// Shows both lists, or one of them from where a page of it ended.
pub(in crate::http) async fn show(
    State(app): State<App>,
    asker: Asker,
    visitor: Visitor,
    pairs: Pairs,
) -> Result<Response, Failure> {
    let who = mine::signed_in(&asker)?;
    let whose = mine::whose(&app, who).await?;
    let (site, after) = (Site::seen_by(&visitor, &app), pairs.last("after").map(ToOwned::to_owned));
    let shelves = match pairs.last("list") {
        Some("sent") => vec![all(&app, &site, &whose, Direction::Sent, after).await?],
        Some("received") => vec![all(&app, &site, &whose, Direction::Received, after).await?],
        _ => overview(&app, &site, &whose).await?,
    };
    page(&visitor, &RequestsPage { site, shelves })
}

async fn overview(app: &App, site: &Site, whose: &Whose) -> Result<Vec<Shelf>, Failure> {
    let mut shelves = Vec::new();
    if whose.listing.is_some() {
        let filter = Filter { direction: Some(Direction::Received), open: true, limit: ROWS, ..Filter::default() };
        let list = found(app, whose, filter).await?;
        let more = Some(("/requests?list=received".to_owned(), site.say("requests-all-received")));
        let (heading, nothing) = (site.say("requests-waiting"), site.linked("requests-none-waiting", "/me"));
        shelves.push(Shelf { heading, rows: rows(site.locale, &list.0), nothing, more });
    }
    let filter = Filter { direction: Some(Direction::Sent), limit: LATEST, ..Filter::default() };
    let (items, next) = found(app, whose, filter).await?;
    let more = next.map(|_| ("/requests?list=sent".to_owned(), site.say("requests-all-sent")));
    let (heading, nothing) = (site.say("requests-sent"), site.linked("requests-none-sent", "/need"));
    shelves.push(Shelf { heading, rows: rows(site.locale, &items), nothing, more });
    Ok(shelves)
}

async fn all(app: &App, site: &Site, whose: &Whose, side: Direction, after: Option<String>) -> Result<Shelf, Failure> {
    let filter = Filter { direction: Some(side), limit: ROWS, after, ..Filter::default() };
    let (items, next) = found(app, whose, filter).await?;
    let more = next.map(|next| (format!("/requests?list={}&after={next}", side.as_str()), site.say("requests-older")));
    let (heading, nothing) = match side {
        Direction::Sent => (site.say("requests-sent"), site.linked("requests-none-sent", "/need")),
        Direction::Received => (site.say("requests-received"), site.linked("requests-none-waiting", "/me")),
    };
    Ok(Shelf { heading, rows: rows(site.locale, &items), nothing, more })
}

async fn found(app: &App, whose: &Whose, filter: Filter) -> Result<(Vec<Introduction>, Option<String>), Failure> {
    let list = app.introductions.list(&Filter { of: Some(*whose), ..filter }).await?;
    Ok((list.items, list.next))
}

fn rows(locale: Locale, items: &[Introduction]) -> Vec<Row> {
    let row = |one: Introduction| Row {
        address: mine::address(&one.id, one.direction),
        whom: words::between(locale, &one),
        label: words::label(locale, one.state),
        ready: one.state.is_open() || one.contact.is_some(),
        stands: words::stands(locale, &one),
        title: one.title,
    };
    items.iter().map(words::brief).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::super::home::tests::{keep, site};
    use super::super::request::tests::sent;
    use super::*;

    fn page_of(site: Site, items: &[Introduction]) -> String {
        let shelf = |items: &[Introduction]| Shelf {
            heading: "Yours".to_owned(),
            rows: rows(site.locale, items),
            nothing: site.linked("requests-none-sent", "/need"),
            more: Some(("/requests?list=sent".to_owned(), site.say("requests-all-sent"))),
        };
        let shelves = vec![shelf(items), shelf(&[])];
        RequestsPage { site, shelves }.render().expect("a page")
    }

    #[test]
    fn each_request_says_whom_it_is_to_where_it_stands_and_by_when_it_is_answered() {
        let html = page_of(site(), &[sent()]);
        keep("requests", &html);
        for expected in [
            "side=sent\"",
            "<bdi>آدا &#60;b&#62;</bdi>",
            "<bdi>Nordic Engineers</bdi>",
            "by <bdi>",
            "help you find a mentor",
            "href=\"/need\"",
        ] {
            assert!(html.contains(expected), "the page lacks {expected}: {html}");
        }
        assert!(!html.contains("<b>"), "{html}");
    }

    #[test]
    fn the_fullest_list_is_a_light_page() {
        let long = "&".repeat(200);
        let mut one =
            Introduction { mentor: Some(long.clone()), title: "&".repeat(120), mentee: long.clone(), ..sent() };
        one.organisation.name = long;
        let items = vec![one; ROWS + LATEST];
        let loaded = include_str!("static/style.css").len() + include_str!("static/icon.svg").len();
        for locale in Locale::ALL {
            let weight = page_of(Site { locale, ..site() }, &items).len() + loaded;
            assert!(weight < 60 * 1024, "{weight} bytes");
        }
    }
}
