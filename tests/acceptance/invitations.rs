//! A mentor is asked by mail, agrees to what was shown, declines or changes it; nothing is shown before, and a link does one
//! thing once.

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::node::{Node, encoded};
use crate::harness::people::{email, mentor};
use crate::harness::signed_in::{Browser, OWN_PAGE, cookie};
use crate::harness::wait::until_true;
use crate::mail_links::{ADA, browser, comes_to_write, link, outbox, presses};
use crate::mail_sink::Sink;

const HEADLINE: &str = "Social media for public relations";

/// A draft to which nobody agreed yet.
fn draft(node: &Node, name: &str) -> String {
    let mut listing = mentor(name, HEADLINE);
    listing.as_object_mut().unwrap().remove("consent");
    node.api().post("/api/v1/listings", &listing).done()["id"].as_str().unwrap().to_owned()
}

fn listing(node: &Node, id: &str) -> Value {
    node.api().get(&format!("/api/v1/listings/{id}")).done()
}

/// What a page's hidden field of this name holds.
fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a hidden field");
    rest.split('"').next().unwrap().to_owned()
}

fn agrees(node: &Node, path: &str, reach: &str) -> u16 {
    let shown = hidden(&browser(node).get(path).text(), "shown");
    presses(node, path, &format!("shown={shown}&reach={reach}")).status
}

#[test]
fn a_mentor_agrees_by_the_link_of_a_real_mail_and_is_found_at_another_node() {
    let Some(sink) = Sink::start(0, &[]) else { return };
    let _places = places(2);
    let mut ada = Node::init("Ada's Institute");
    sink.serves(&ada, "none");
    ada.serve();
    let bo = Node::start("Bo's Guild");
    bo.befriend(&ada);
    let id = draft(&ada, ADA);
    ada.api().post(&format!("/api/v1/listings/{id}/publish"), &json!({})).refused(409, "consent_missing");
    ada.run(&["profile", "invite", &id]).done();
    let mail = sink.comes_to_have("May we list you as a mentor?");
    assert_eq!(mail["to"], json!([email(ADA)]));
    for part in ["text/plain", "text/html"] {
        for said in [HEADLINE, "Twenty years in the trade and still learning.", "Europe/London", &email(ADA)] {
            assert!(mail["parts"][part].as_str().unwrap().contains(said), "{part} lacks {said}: {mail}");
        }
    }
    let (consent, edit, decline) =
        (link(&mail, "Agree, and choose"), link(&mail, "Change what it says"), link(&mail, "Say no; nothing"));
    let before = listing(&ada, &id);
    for path in [&consent, &edit, &decline, &link(&mail, "Take no requests"), &link(&mail, "Leave the register")] {
        for method in ["GET", "HEAD", "GET", "OPTIONS"] {
            let looked = browser(&ada).ask(method, path, &[("accept", "text/html")], b"");
            assert!(looked.status == 200 || method == "OPTIONS", "{method} {path}: {}", looked.status);
        }
    }
    assert_eq!(listing(&ada, &id), before, "a scanner that looks does nothing");
    let page = browser(&ada).get(&consent).text();
    for said in [
        HEADLINE,
        "Twenty years in the trade",
        "What stays here",
        &email(ADA),
        "1 other organisation",
        "privacy notice",
    ] {
        let said = said.replace("1 other", "One other");
        assert!(page.contains(&said), "the page lacks {said}: {page}");
    }
    assert_eq!(agrees(&ada, &consent, "network"), 303);
    bo.comes_to_find(ADA);
    let published = listing(&ada, &id);
    let evidence = &published["evidence"];
    assert_eq!((&evidence["method"], &evidence["address"]), (&json!("mailed_link"), &json!(email(ADA))));
    assert_eq!((&evidence["shown"], &evidence["notice_version"]), (&json!(hidden(&page, "shown")), &json!("1")));
    assert_eq!(evidence["link"].as_str().unwrap().len(), 32);
    ada.run(&["profile", "show", &id]).says("by a mailed link").says("agreed");

    assert_eq!(presses(&ada, &consent, &format!("shown={}&reach=local", hidden(&page, "shown"))).status, 409, "used");
    assert!(browser(&ada).get(&consent).text().contains("You used this link"));
    assert_eq!(listing(&ada, &id), published, "a second click does nothing");
}

#[test]
fn nobody_agrees_to_a_version_that_changed_after_the_page_was_shown() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let id = draft(&ada, ADA);
    ada.run(&["profile", "invite", &id]).done();
    let consent = link(&comes_to_write(&ada, "invitation"), "Agree, and choose");
    let shown = hidden(&browser(&ada).get(&consent).text(), "shown");
    let mut changed = mentor(ADA, "Something she never said");
    changed.as_object_mut().unwrap().remove("consent");
    ada.api().put(&format!("/api/v1/listings/{id}"), &changed).done();
    let refused = presses(&ada, &consent, &format!("shown={shown}&reach=network"));
    assert_eq!(refused.status, 412, "{}", refused.text());
    for said in ["was changed since this page was shown", "Something she never said", "role=\"alert\""] {
        assert!(refused.text().contains(said), "{said}: {}", refused.text());
    }
    let stands = listing(&ada, &id);
    assert_eq!((&stands["state"], stands.get("consent"), stands.get("evidence")), (&json!("draft"), None, None));
    assert_eq!(presses(&ada, &consent, "reach=network").status, 412, "and to nothing that was not shown");
    assert_eq!(presses(&ada, &consent, "shown=x").status, 422, "and to nobody in particular");
    assert_eq!(agrees(&ada, &consent, "local"), 303, "the link still does its one thing");
    assert_eq!(listing(&ada, &id)["consent"]["reach"], "local");
    assert_eq!(listing(&ada, &id)["state"], "draft", "nobody sees what is kept for the own organisation");
}

#[test]
fn who_declines_is_remembered_and_left_out_when_all_are_asked() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let (id, other) = (draft(&ada, ADA), draft(&ada, "Olu Adeyemi"));
    ada.run(&["profile", "invite", &id]).done();
    let decline = link(&comes_to_write(&ada, "invitation"), "Say no; nothing");
    assert!(browser(&ada).get(&decline).text().contains("Not be listed"));
    assert_eq!(presses(&ada, &decline, "").status, 303);
    assert_eq!(listing(&ada, &id)["invitation"]["answer"], "declined");
    ada.run(&["profile", "show", &id]).says("declined");
    ada.run(&["profile", "invite", &id]).exits(1);
    let asked = ada.run(&["--json", "profile", "invite", "--all", "--yes"]).json();
    assert_eq!((&asked["total"], &asked["items"][0]["id"]), (&json!(1), &json!(other)), "{asked}");
    until_true("the other is written", || outbox(&ada, "invitation").len() == 2);
    ada.run(&["profile", "invite", "--all", "--yes"]).done();
    assert_eq!(outbox(&ada, "invitation").len(), 2, "nobody is asked twice on one day");
}

#[test]
fn a_mentor_changes_their_listing_by_the_link_and_agrees_on_their_own_page() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let id = draft(&ada, ADA);
    ada.run(&["profile", "invite", &id]).done();
    let mail = comes_to_write(&ada, "invitation");
    let edit = link(&mail, "Change what it says");
    let led = presses(&ada, &edit, "");
    assert_eq!(led.status, 303, "{}", led.text());
    let there = led.header("location").to_owned();
    assert!(there.starts_with("/sign-in/") && there.ends_with("?to=/listing"), "{there}");
    let entered = browser(&ada).ask("POST", &there, &[OWN_PAGE], b"");
    assert_eq!((entered.status, entered.header("location")), (303, "/listing"));
    assert_eq!(presses(&ada, &edit, "").status, 409, "it signs in once");
    let mentor = Browser::with_cookie(&ada, &cookie(&entered));

    let page = mentor.get("/listing").text();
    for said in [HEADLINE, &email(ADA), "Nobody sees your profile yet"] {
        assert!(page.contains(said), "the page lacks {said}: {page}");
    }
    let token = mentor.form();
    let form = mentor.get("/listing/edit").text();
    let typed = |headline: &str, version: &str| {
        format!(
            "{token}&version={version}&display_name={}&headline={}&summary=Two+evenings.&bio=Twenty+years.&skill-0=public+relations&level-0=expert&language-0=en&fluency-0=native&offers=intro_15&modes=video&country=GB&time_zone=Europe%2FLondon&places=2&tags=press,+podcasts",
            encoded(ADA),
            encoded(headline),
        )
    };
    let version = hidden(&form, "version");
    let refused = mentor.submit("/listing/edit", &typed("Write to ada@example.org", &version));
    assert_eq!(refused.status, 422, "{}", refused.text());
    for said in ["id=\"headline-problem\"", "href=\"#headline\"", "value=\"Write to ada@example.org\"", "Two evenings."]
    {
        assert!(refused.text().contains(said), "{said}: {}", refused.text());
    }
    let saved = mentor.submit("/listing/edit", &typed("Press offices in a crisis", &version));
    assert_eq!((saved.status, saved.header("location")), (303, "/listing"), "{}", saved.text());
    let stale = mentor.submit("/listing/edit", &typed("Twice", &version));
    assert_eq!(stale.status, 412, "what was changed meanwhile is not written over: {}", stale.text());
    assert_eq!(listing(&ada, &id)["profile"]["knows_about"][0]["years"], 20, "what the form does not show stays");

    let page = mentor.get("/listing").text();
    assert!(page.contains("Press offices in a crisis"), "{page}");
    let agree = format!("{token}&shown={}&reach=network", hidden(&page, "shown"));
    assert_eq!(mentor.submit("/listing/consent", &agree).status, 303);
    ada.comes_to_find(ADA);
    assert_eq!(listing(&ada, &id)["evidence"]["method"], "signed_in");
    let wrong = mentor.submit("/listing/pause", &format!("{token}&until=soon"));
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    assert!(wrong.text().contains("value=\"soon\""), "{}", wrong.text());
    assert_eq!(mentor.submit("/listing/pause", &token).status, 303);
    assert_eq!(listing(&ada, &id)["profile"]["availability"]["status"], "paused");
    assert_eq!(mentor.submit("/listing/resume", &token).status, 303);
    assert_eq!(mentor.submit("/listing/confirm", &token).status, 303);
    assert_eq!(mentor.submit("/listing/withdraw", "").status, 403, "a form without its token");
    assert_eq!(mentor.submit("/listing/withdraw", &token).status, 303);
    ada.comes_to_miss(ADA);
    assert_eq!(mentor.submit("/listing/erase", &token).status, 422, "not without a tick");
    assert_eq!(mentor.submit("/listing/erase", &format!("{token}&sure=true")).status, 303);
    assert_eq!(mentor.get("/listing").status, 404, "nothing is left");
}

#[test]
fn whoever_has_no_listing_is_told_so_and_a_role_is_not_lent_by_an_old_mail() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let id = draft(&ada, ADA);
    let registrar = ada.adds(ADA, &email(ADA), &["registrar"]);
    ada.run(&["profile", "invite", &id]).done();
    let edit = link(&comes_to_write(&ada, "invitation"), "Change what it says");
    assert_eq!(presses(&ada, &edit, "").status, 403, "whoever has a role signs in on their own");
    assert_eq!(ada.signs_in(&registrar).get("/listing").status, 200);
    let bo = ada.adds("Bo Lind", "bo.lind@example.org", &[]);
    let browser = ada.signs_in(&bo);
    for path in ["/listing", "/listing/edit", "/listing/erase"] {
        assert_eq!(browser.get(path).status, 404, "{path}");
    }
    let form = browser.form();
    for path in ["consent", "confirm", "pause", "resume", "withdraw", "erase", "edit"] {
        assert_eq!(browser.submit(&format!("/listing/{path}"), &form).status, 404, "{path}");
    }
    assert_eq!(listing(&ada, &id)["state"], "draft");
}
