//! From an invitation to two addresses by mail alone: two nodes, two mail servers that nobody here wrote, and people who
//! follow the links they get and fill in the forms that these lead to.

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::http::Answer;
use crate::harness::moved_clock::MovedClock;
use crate::harness::node::{Node, encoded};
use crate::harness::people::{email, mentor};
use crate::harness::signed_in::{Browser, OWN_PAGE, cookie};
use crate::mail_links::{ADA, browser, link, presses};
use crate::mail_sink::Sink;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const CY: &str = "Cy Cooper";
const HEADLINE: &str = "Social media for public relations";

/// The plain text of a mail, as its reader has it.
fn text(mail: &Value) -> &str {
    mail["parts"]["text/plain"].as_str().expect("a text")
}

/// The fields that a page's form to this address hides, as a browser sends them.
#[track_caller]
fn hidden(page: &str, action: &str) -> Vec<String> {
    let at = page.find(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("no form to {action}: {page}"));
    let (_, form) = page.split_at(at);
    let form = form.split("</form>").next().expect("a form");
    let plain = |text: &str| text.replace("&#39;", "'").replace("&#34;", "\"").replace("&#38;", "&");
    let fields = form.split("<input type=\"hidden\" name=\"").skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once("\" value=\"")?;
        Some(format!("{name}={}", encoded(&plain(rest.split_once('"')?.0))))
    });
    fields.collect()
}

/// A page's form with what somebody types into it.
#[track_caller]
fn filled(page: &str, action: &str, typed: &[(&str, &str)]) -> String {
    let mut fields = hidden(page, action);
    fields.extend(typed.iter().map(|(name, value)| format!("{name}={}", encoded(value))));
    fields.join("&")
}

/// The first address of this kind to which a page leads.
#[track_caller]
fn leads_to(page: &str, begins: &str) -> String {
    let (_, rest) = page.split_once(&format!("href=\"{begins}")).unwrap_or_else(|| panic!("no {begins}: {page}"));
    format!("{begins}{}", rest.split('"').next().expect("an end"))
}

#[track_caller]
fn page(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

/// A node whose mail goes to a sink of its own.
fn served(name: &str, sink: &Sink) -> Node {
    let mut node = Node::init(name);
    sink.serves(&node, "none");
    node.serve();
    node
}

/// Ada is asked by mail, and agrees by its link to be listed everywhere.
fn ada_agrees(ada: &Node, sink: &Sink) {
    let mut listing = mentor(ADA, HEADLINE);
    listing.as_object_mut().expect("an object").remove("consent");
    let id = ada.api().post("/api/v1/listings", &listing).done()["id"].as_str().expect("an id").to_owned();
    ada.run(&["profile", "invite", &id]).done();
    let consent = link(&sink.comes_to_have("May we list you as a mentor?"), "Agree, and choose");
    let shown = page(&browser(ada).get(&consent));
    let agreed = presses(ada, &consent, &filled(&shown, &consent, &[("reach", "network")]));
    assert_eq!(agreed.status, 303, "{}", agreed.text());
}

/// Cy signs in by the link that is mailed on asking.
fn cy_signs_in(bo: &Node, sink: &Sink) -> Browser {
    let nobody = browser(bo);
    let form = page(&nobody.get("/sign-in"));
    let form = filled(&form, "/sign-in", &[("email", &email(CY))]);
    page(&nobody.ask("POST", "/sign-in", &[OWN_PAGE, FORM], form.as_bytes()));
    let mail = sink.comes_to_have("Your link to sign in");
    let (_, path) = text(&mail).split_once("/sign-in/").expect("a link");
    let path = format!("/sign-in/{}", path.split_whitespace().next().expect("an end"));
    page(&nobody.get(&path));
    let entered = nobody.ask("POST", &path, &[OWN_PAGE, FORM], b"");
    assert_eq!(entered.status, 303, "{}", entered.text());
    Browser::with_cookie(bo, &cookie(&entered))
}

/// Cy looks for a mentor, opens the first that is found, writes a request, sees what is sent, and sends it.
fn cy_asks(cy: &Browser) -> String {
    let found = page(&cy.get("/?q=social+media"));
    let profile = leads_to(&found, "/mentors/");
    let profile = profile.split('?').next().expect("a path").to_owned();
    let ask = leads_to(&page(&cy.get(&profile)), &format!("{profile}/ask"));
    let typed = [
        ("title", "Fifteen minutes on social media"),
        ("purpose", "I move from accountancy to public relations. How did you begin?"),
        ("name", CY),
        ("offer", "intro_15"),
        ("step", "preview"),
    ];
    let preview = page(&cy.submit(&ask, &filled(&page(&cy.get(&ask)), &ask, &typed)));
    let sent = cy.submit(&ask, &filled(&preview, &ask, &[("step", "send")]));
    assert_eq!(sent.status, 303, "{}", sent.text());
    sent.header("location").to_owned()
}

#[test]
fn from_an_invitation_to_two_addresses_by_the_links_of_real_mail() {
    let (Some(at_ada), Some(at_bo)) = (Sink::start(0, &[]), Sink::start(0, &[])) else { return };
    let _places = places(2);
    let (mut ada, mut bo) = (served("Ada's Institute", &at_ada), served("Bo's Guild", &at_bo));
    bo.befriend(&ada);
    ada_agrees(&ada, &at_ada);
    bo.comes_to_find(ADA);

    bo.adds(CY, &email(CY), &[]);
    let cy = cy_signs_in(&bo, &at_bo);
    let request = cy_asks(&cy);
    let arrived = at_bo.comes_to_have("Your request has arrived");
    assert_eq!(arrived["to"], json!([email(CY)]), "{arrived}");

    let asked = at_ada.comes_to_have("A request waits for your answer");
    assert_eq!(asked["to"], json!([email(ADA)]), "{asked}");
    assert!(text(&asked).contains("How did you begin?") && !text(&asked).contains(&email(CY)), "{asked}");
    // Ada is silent for five days; where no clock can be moved here, she answers at once.
    let mut last = asked;
    if let Some(mut clock) = MovedClock::new() {
        clock.passes(5, &mut [&mut ada, &mut bo]);
        last = at_ada.comes_to_have("A request still waits for your answer");
        assert_eq!(last["to"], json!([email(ADA)]), "{last}");
    }
    let yes = link(&last, "Say yes");
    let form = page(&browser(&ada).get(&yes));
    let answered = presses(&ada, &yes, &filled(&form, &yes, &[("message", "With pleasure.")]));
    assert!(page(&answered).contains("said yes"), "{}", answered.text());

    let accepted = at_bo.comes_to_have("A mentor said yes");
    for said in [email(ADA).as_str(), "With pleasure.", ADA] {
        assert!(text(&accepted).contains(said), "{said}: {accepted}");
    }
    let contact = at_ada.comes_to_have("You can write to each other now");
    assert!(text(&contact).contains(&email(CY)), "{contact}");
    let cy = Browser::with_cookie(&bo, &cy.cookie);
    assert!(page(&cy.get(&request)).contains(&email(ADA)), "and on the page of the request");
    for mail in at_ada.mails().iter().chain(&at_bo.mails()) {
        let subject = mail["headers"]["subject"].as_str().expect("a subject");
        for private in [ADA, CY, "@", "media", "accountancy"] {
            assert!(!subject.contains(private), "a subject names nobody: {subject}");
        }
    }
}
