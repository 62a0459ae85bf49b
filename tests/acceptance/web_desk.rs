//! The registrar's desk in a browser: from a table of mentors to a published one, nothing done that was not looked at.

use crate::harness::gate::places;
use crate::harness::http::Answer;
use crate::harness::introductions::request;
use crate::harness::node::{Node, become_equal, encoded};
use crate::harness::people::mentor;
use crate::harness::signed_in::{Browser, OWN_PAGE, cookie};
use crate::harness::wait::until_true;

const HTML: (&str, &str) = ("accept", "text/html");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
/// Bytes that a page may have.
const WEIGHT: usize = 60_000;
const PAGES: [&str; 10] = [
    "/desk",
    "/desk/listings",
    "/desk/import",
    "/desk/invitations",
    "/desk/introductions",
    "/desk/organisations",
    "/desk/rights",
    "/desk/mail",
    "/desk/people",
    "/desk/audit",
];

/// A page as a browser opens it.
#[track_caller]
pub(crate) fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.ask("GET", path, &[HTML], b"");
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert!(answer.body.len() < WEIGHT, "{path} weighs {} bytes", answer.body.len());
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    let html = answer.text();
    assert!(!html.contains("<script") && !html.contains(" style=") && html.contains("<h1>"), "{path}");
    html
}

/// What a hidden field of a page holds.
#[track_caller]
pub(crate) fn field(html: &str, name: &str) -> String {
    let (_, rest) =
        html.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in {html}"));
    rest.split('"').next().unwrap().to_owned()
}

/// Sends a form with a page's token.
pub(crate) fn send(browser: &Browser, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let pairs: String = pairs.iter().map(|(name, value)| format!("&{name}={}", encoded(value))).collect();
    browser.submit(path, &format!("{}{pairs}", browser.form()))
}

fn drafts(node: &Node) -> u64 {
    node.api().get("/api/v1/listings").done()["total"].as_u64().unwrap()
}

#[test]
fn a_registrar_is_led_to_sign_in_and_back_and_takes_mentors_from_a_table_to_the_network() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let nobody = ada.api().with_token(None);

    let asked = nobody.ask("GET", "/desk/import", &[HTML], b"");
    assert_eq!((asked.status, asked.header("location")), (303, "/sign-in?to=/desk/import"), "{}", asked.text());
    let link = format!("{}?to=/desk/import", ada.link("rae@example.org"));
    let entered = nobody.ask("POST", &link, &[OWN_PAGE], b"");
    assert_eq!((entered.status, entered.header("location")), (303, "/desk/import"), "{}", entered.text());
    let rae = Browser::with_cookie(&ada, &cookie(&entered));
    assert!(page(&rae, "/me").contains("href=\"/desk\""));
    page(&rae, "/desk/import");

    let table = "display_name,email,headline,skills,languages,country,time_zone,offers,places,consent_given_on,reach\r\n\
                 Di Duarte,di@example.org,Knows the press,PR,en,GB,Europe/London,intro_15:15,1,2026-01-15,network\r\n\
                 Em Ek,em@example.org,Knows radio,radio,en,GB,Europe/London,intro_15:15,1,2026-01-15,network\r\n\
                 Nobody,not an address,Has none,PR,en,GB,Europe/London,intro_15:15,1,,\r\n";
    let checked = send(&rae, "/desk/import", &[("text", table), ("do", "check")]);
    let found = checked.text();
    assert_eq!(checked.status, 200, "{found}");
    assert!(found.contains("2 mentors would be added") && found.contains("Line 4:"), "{found}");
    assert_eq!(drafts(&ada), 0, "checking changes nothing");
    let seen = field(&found, "seen");
    let other = table.replace("Knows radio", "Knows television");
    for (text, seen) in [(other.as_str(), seen.as_str()), (table, "")] {
        let refused = send(&rae, "/desk/import", &[("text", text), ("seen", seen), ("do", "import")]);
        assert!(refused.status == 409 && refused.text().contains("nothing was imported"), "{}", refused.text());
    }
    assert_eq!(drafts(&ada), 0, "only what was checked is imported");
    let done = send(&rae, "/desk/import", &[("text", table), ("seen", &seen), ("do", "import")]);
    assert_eq!((done.status, done.header("location")), (303, "/desk/import"), "{}", done.text());
    assert!(page(&rae, "/desk/import").contains("2 added, 0 changed, 1 refused"));

    let list = page(&rae, "/desk/listings?state=draft&q=di%40example");
    let id =
        list.split("href=\"/desk/listings/").nth(1).and_then(|rest| rest.split('"').next()).expect("one").to_owned();
    assert!(!list.contains("Em Ek"), "{list}");
    let one = page(&rae, &format!("/desk/listings/{id}"));
    assert!(one.contains("What the network sees") && one.contains("di@example.org"), "{one}");
    let act = format!("/desk/listings/{id}/publish");
    assert!(page(&rae, &act).contains("0 other organisations"));
    for unseen in [&[][..], &[("seen", "aaaa")]] {
        let refused = send(&rae, &act, unseen);
        assert!(refused.status == 409 && refused.text().contains("nothing was done"), "{}", refused.text());
    }
    assert!(page(&rae, &format!("/desk/listings/{id}")).contains("It is draft"));
    let done = send(&rae, &act, &[("seen", &field(&page(&rae, &act), "seen"))]);
    assert_eq!(done.status, 303, "{}", done.text());
    ada.comes_to_find("Di Duarte");
    let erase = format!("/desk/listings/{id}/erase");
    let done = send(&rae, &erase, &[("seen", &field(&page(&rae, &erase), "seen"))]);
    assert_eq!((done.status, done.header("location")), (303, "/desk/listings"), "{}", done.text());
    ada.comes_to_miss("Di Duarte");
    assert!(page(&rae, "/desk/audit?act=listing").contains("listing.erased"));
}

#[test]
fn an_organisation_is_pinned_and_blocked_only_after_a_look_at_what_that_changes() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let rae = ada.signs_in("rae@example.org");
    bo.publish(&mentor("Bo Berg", "Bridges"));
    bo.befriend(&ada);
    ada.comes_to_find("Bo Berg");
    become_equal(&[&ada, &bo]);
    let shown = format!("/desk/organisations/{}", bo.org);
    assert!(page(&rae, &shown).contains("It is pinned, and shown here"));

    let block = format!("{shown}/block");
    let look = page(&rae, &block);
    assert!(look.contains("1 mentor of theirs disappear") && look.contains("Each side pins for itself"), "{look}");
    let refused = send(&rae, &block, &[]);
    assert!(refused.status == 409 && refused.text().contains("nothing was done"), "{}", refused.text());
    assert!(ada.finds("Bo Berg"), "looking changes nothing, and nothing is done unlooked");
    let stale = field(&look, "seen");
    // Before it is applied something changes of which the page spoke.
    let profile = ada.search("Bridges")["hits"][0]["id"].as_str().unwrap().to_owned();
    ada.asks(&request(&profile, "About bridges", "Cy Cooper", "cy@example.org"));
    let refused = send(&rae, &block, &[("seen", &stale)]);
    assert!(refused.status == 409 && refused.text().contains("1 request is"), "{}", refused.text());
    let done = send(&rae, &block, &[("seen", &field(&page(&rae, &block), "seen"))]);
    assert_eq!(done.status, 303, "{}", done.text());
    ada.comes_to_miss("Bo Berg");
    assert!(page(&rae, "/desk/audit?act=trust").contains("blocked"));
}

#[test]
fn what_waits_is_told_and_a_letter_is_read_only_for_a_reason_that_is_kept() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let rae = ada.signs_in("rae@example.org");
    let profile = ada.profile_id(&ada.publish(&mentor("Ada Okafor", "Social media")));
    ada.comes_to_find("Ada Okafor");
    assert!(!page(&rae, "/desk").contains("Requests without a final answer"));
    let id = ada.asks(&request(&profile, "A private title", "Cy Cooper", "cy@example.org"));
    until_true("the request waits", || page(&rae, "/desk").contains("Cy Cooper"));
    let one = format!("/desk/introductions/{id}");
    let withheld = page(&rae, &one);
    assert!(withheld.contains("Cy Cooper") && !withheld.contains("A private title"), "{withheld}");
    let refused = send(&rae, &one, &[("reason", " ")]);
    assert!(refused.status == 422 && !refused.text().contains("A private title"), "{}", refused.text());
    let reason = "a complaint of the mentee";
    let read = send(&rae, &one, &[("reason", reason)]);
    assert!(read.status == 200 && read.text().contains("A private title"), "{}", read.text());
    let trail = page(&rae, "/desk/audit?act=introduction.read");
    assert!(trail.contains(reason) && trail.contains("Rae Registrar"), "{trail}");
    ada.run(&["intro", "show", &id, "--reason", "asked by the ombud"]).says("A private title");
    assert!(page(&rae, "/desk/audit?act=introduction.read").contains("asked by the ombud"));
}

#[test]
fn every_page_opens_to_whom_it_is_for_and_to_nobody_else() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let closed = |role: &str| -> &[&str] {
        match role {
            "registrar" => &[],
            "programme_lead" => &[
                "/desk/import",
                "/desk/invitations",
                "/desk/introductions",
                "/desk/rights",
                "/desk/mail",
                "/desk/people",
                "/desk/audit",
            ],
            "operator" => {
                &["/desk/listings", "/desk/import", "/desk/invitations", "/desk/introductions", "/desk/rights"]
            }
            _ => &PAGES,
        }
    };
    for role in ["registrar", "programme_lead", "operator", ""] {
        let roles: &[&str] = if role.is_empty() { &[] } else { &[role] };
        let who = ada.signs_in(&ada.adds("Somebody", &format!("{role}x@example.org"), roles));
        for path in PAGES {
            let answer = who.ask("GET", path, &[HTML], b"");
            let expected = if closed(role).contains(&path) { 403 } else { 200 };
            assert_eq!(answer.status, expected, "{path} as {role:?}: {}", answer.text());
            if expected == 200 {
                let offered = page(&who, path);
                for other in closed(role) {
                    assert!(!offered.contains(&format!("<a href=\"{other}\"")), "{path} offers {other} to {role}");
                }
            }
        }
    }
    for path in PAGES {
        assert_eq!(ada.api().with_token(None).ask("GET", path, &[HTML], b"").status, 303, "{path}");
        assert_eq!(ada.api().get(path).status, 403, "{path}: the token is no browser");
    }
}

#[test]
fn no_form_is_taken_without_its_token_or_from_another_site() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let id = ada.adds("Rae Registrar", "rae@example.org", &["registrar", "operator"]);
    let listing = ada.publish(&mentor("Ada Okafor", "Social media"));
    let rae = ada.signs_in(&id);
    let forms = [
        "/desk/import".to_owned(),
        format!("/desk/listings/{listing}/withdraw"),
        format!("/desk/organisations/{}/block", ada.org),
        "/desk/trust/open".to_owned(),
        "/desk/invitations".to_owned(),
        "/desk/rights/aaaaaa".to_owned(),
        format!("/desk/listings/{listing}/edit"),
        "/desk/mail".to_owned(),
        "/desk/mail/1/retry".to_owned(),
        "/desk/people".to_owned(),
        format!("/desk/people/{id}"),
        format!("/desk/people/{id}/link"),
        "/desk/introductions/aaaaaa".to_owned(),
    ];
    let before = ada.api().get("/api/v1/audit").done()["total"].clone();
    for path in &forms {
        for token in ["form=", "form=aaaa", "other=1"] {
            let answer = rae.submit(path, &format!("{token}&name=Mallory&email=m%40example.org&to=m%40example.org"));
            answer.refused(403, "forbidden");
        }
        let token = rae.form();
        let foreign = rae.ask("POST", path, &[("sec-fetch-site", "cross-site"), FORM], token.as_bytes());
        foreign.refused(403, "forbidden");
    }
    assert_eq!(ada.api().get("/api/v1/audit").done()["total"], before, "nothing was done");
}

#[test]
fn people_are_added_given_roles_and_a_link_that_is_shown_once() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let rae = ada.signs_in("rae@example.org");
    let refused = send(&rae, "/desk/people", &[("name", "Cy <Cooper>"), ("email", "nowhere")]);
    let text = refused.text();
    assert!(refused.status == 422 && text.contains("value=\"Cy &#60;Cooper&#62;\""), "what was typed stays: {text}");
    assert!(text.contains("aria-describedby=\"email-wrong\""), "{text}");
    let added = send(&rae, "/desk/people", &[("name", "Cy Cooper"), ("email", "cy@example.org")]);
    assert_eq!(added.status, 303, "{}", added.text());
    let person = added.header("location").to_owned();
    let link = send(&rae, &format!("{person}/link"), &[]);
    let shown = link.text();
    assert!(link.status == 200 && shown.contains("/sign-in/"), "{shown}");
    assert!(!page(&rae, &person).contains("/sign-in/"), "it is shown once");
    let token = shown.split("/sign-in/").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    let entered = ada.api().with_token(None).ask("POST", &format!("/sign-in/{token}"), &[OWN_PAGE], b"");
    assert_eq!(entered.status, 303, "{}", entered.text());
    let given = send(&rae, &person, &[("role", "registrar"), ("barred", "yes")]);
    assert_eq!(given.status, 303, "{}", given.text());
    assert!(page(&rae, "/desk/people?role=registrar&email=cy%40example.org").contains("registrar, barred"));
    let refused = send(&rae, &person, &[("role", "operator")]);
    assert!(refused.status == 403 && refused.text().contains("nobody gives"), "{}", refused.text());
}

#[test]
fn a_page_with_fifty_rows_is_light_and_the_next_one_goes_on_from_there() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let rae = ada.signs_in("rae@example.org");
    let mut table = "display_name,headline,email\n".to_owned();
    for number in 0..60 {
        table
            .push_str(&format!("Mentor Number {number},Knows much about the subject {number},m{number}@example.org\n"));
    }
    let checked = send(&rae, "/desk/import", &[("text", &table), ("do", "check")]).text();
    let seen = field(&checked, "seen");
    assert_eq!(send(&rae, "/desk/import", &[("text", &table), ("seen", &seen), ("do", "import")]).status, 303);
    let first = page(&rae, "/desk/listings?state=draft&q=subject");
    assert_eq!(first.matches("<a href=\"/desk/listings/").count(), 50, "{first}");
    let next = first.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a next page");
    let second = page(&rae, &next.replace("&#38;", "&").replace("&amp;", "&"));
    assert_eq!(second.matches("<a href=\"/desk/listings/").count(), 10, "{second}");
}
