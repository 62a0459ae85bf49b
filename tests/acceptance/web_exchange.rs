//! Two people at two nodes meet over pages alone: forms and cookies, from the first click to each other's address. Nobody
//! else reads what they wrote, no other site presses a button for them, and no double click asks twice.

use crate::harness::gate::places;
use crate::harness::http::Answer;
use crate::harness::node::{Node, encoded};
use crate::harness::people::mentor;
use crate::harness::signed_in::{Browser, OWN_PAGE, cookie};
use crate::harness::wait::{until, until_true};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PURPOSE: &str = "I move from accountancy to public relations.\r\nHow did you <begin>?";

/// Ada's institute, whose mentor Bo's guild finds; gives the address of her page.
fn ada_and_bo() -> (Node, Node, String) {
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let listing = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.comes_to_find("Ada Okafor");
    bo.adds("Bo Hansen", "bo@example.org", &[]);
    ada.adds("Ada Okafor", "ada.okafor@example.org", &[]);
    let page = format!("/mentors/{}", ada.profile_id(&listing));
    (ada, bo, page)
}

/// A form's body.
fn body(fields: &[(&str, &str)]) -> String {
    let written: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    written.join("&")
}

/// What a page hides in its form to this address.
#[track_caller]
fn hidden(page: &str, action: &str) -> Vec<(String, String)> {
    let (_, form) =
        page.split_once(&format!("<form action=\"{action}\"")).unwrap_or_else(|| panic!("no {action}: {page}"));
    let form = form.split("</form>").next().expect("a form");
    let plain = |text: &str| {
        text.replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#38;", "&")
    };
    let fields = form.split("<input type=\"hidden\" name=\"").skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once("\" value=\"")?;
        Some((name.to_owned(), plain(rest.split_once('"')?.0)))
    });
    fields.collect()
}

/// The body of a page's form with what somebody types into it.
#[track_caller]
fn filled(page: &str, action: &str, typed: &[(&str, &str)]) -> String {
    let hidden = hidden(page, action);
    let mut fields: Vec<_> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend(typed);
    body(&fields)
}

/// Presses a button of a request's page.
#[track_caller]
fn presses(who: &Browser, address: &str, step: &str, typed: &[(&str, &str)]) -> Answer {
    let action = format!("{}/{step}", address.split('?').next().expect("a path"));
    let page = who.get(address).text();
    who.submit(&action, &filled(&page, &action, typed))
}

/// Asks from the form to the last button, and gives the address of the request's page.
#[track_caller]
fn asks(who: &Browser, mentor: &str) -> String {
    let ask = format!("{mentor}/ask");
    let page = who.get(&ask).text();
    let typed =
        [("title", "Fifteen minutes on social media"), ("purpose", PURPOSE), ("name", "Bo"), ("offer", "intro_15")];
    let preview = who.submit(&ask, &filled(&page, &ask, &[&typed[..], &[("step", "preview")]].concat())).done_text();
    let sent = who.submit(&ask, &filled(&preview, &ask, &[("step", "send")]));
    assert_eq!(sent.status, 303, "{}", sent.text());
    sent.header("location").to_owned()
}

/// The same request on the mentor's side.
fn received(address: &str) -> String {
    address.replace("side=sent", "side=received")
}

fn comes_to_show(who: &Browser, address: &str, words: &str) -> String {
    until(&format!("{address} shows {words}"), || {
        let page = who.get(address).text();
        page.contains(words).then_some(page)
    })
}

trait Done {
    /// The page, where it is one and no refusal.
    fn done_text(&self) -> String;
}

impl Done for Answer {
    #[track_caller]
    fn done_text(&self) -> String {
        assert_eq!(self.status, 200, "{}", self.text());
        self.text()
    }
}

#[test]
fn bo_and_ada_meet_over_pages_alone() {
    let _places = places(2);
    let (ada, bo, page) = ada_and_bo();
    let ask = format!("{page}/ask");
    let nobody = bo.api().with_token(None);

    // The profile leads to the form, the form to signing in, and the mailed link back to the form.
    assert!(nobody.ask("GET", &page, &[], b"").text().contains(&format!("href=\"{ask}\"")));
    let asked = nobody.ask("GET", &ask, &[], b"");
    assert_eq!((asked.status, asked.header("location")), (303, format!("/sign-in?to={ask}").as_str()));
    let sign_in = nobody.ask("GET", asked.header("location"), &[], b"").text();
    let form = filled(
        &sign_in.replace("<form method=\"post\" action=", "<form action="),
        "/sign-in",
        &[("email", "bo@example.org")],
    );
    nobody.ask("POST", "/sign-in", &[OWN_PAGE, FORM], form.as_bytes()).done_text();
    let link = until("the link is in the outbox", || {
        let mails = bo.api().get("/api/v1/mail").done();
        let mail = mails["items"].as_array()?.iter().find(|mail| mail["what"] == "sign_in").cloned()?;
        let text = bo.api().get(&format!("/api/v1/mail/{}", mail["id"].as_str()?)).done();
        let text = text["text"].as_str()?.to_owned();
        let (_, rest) = text.split_once("/sign-in/")?;
        Some(format!("/sign-in/{}", rest.split_whitespace().next()?))
    });
    assert!(link.contains("?to="), "{link}");
    assert_eq!(nobody.ask("GET", &link, &[], b"").status, 200, "looking signs nobody in");
    let entered = nobody.ask("POST", &link, &[OWN_PAGE, FORM], b"");
    assert_eq!((entered.status, entered.header("location")), (303, ask.as_str()), "{}", entered.text());
    let mentee = Browser::with_cookie(&bo, &cookie(&entered));

    // The form, what is wrong with it, the preview, the form again, and the preview: nothing typed is lost.
    let form = mentee.get(&ask).done_text();
    assert!(form.contains("value=\"Bo Hansen\"") && form.contains("5 are left"), "{form}");
    let wrong = [
        ("title", "Too short"),
        ("purpose", "Write to bo@example.org about everything, please do."),
        ("name", "Bo <b>"),
    ];
    let refused = mentee.submit(&ask, &filled(&form, &ask, &[&wrong[..], &[("step", "send")]].concat()));
    assert_eq!(refused.status, 422, "{}", refused.text());
    for kept in ["Too short", "looks like an address", "about everything, please do.", "Bo &#60;b&#62;"] {
        assert!(refused.text().contains(kept), "{kept}: {}", refused.text());
    }
    let typed = [
        ("title", "Fifteen minutes on social media"),
        ("purpose", PURPOSE),
        ("why_you", "Your talk on radio"),
        ("name", "Bo"),
        ("offer", "intro_15"),
    ];
    let preview = |page: &str| mentee.submit(&ask, &filled(page, &ask, &[&typed[..], &[("step", "preview")]].concat()));
    let shown = preview(&refused.text()).done_text();
    for sent in
        ["Fifteen minutes on social media", "How did you &#60;begin&#62;?", "Your talk on radio", "Bo&#39;s Guild"]
    {
        assert!(shown.contains(sent), "{sent}: {shown}");
    }
    let changed = mentee.submit(&ask, &filled(&shown, &ask, &[("step", "change")])).done_text();
    assert!(
        changed.contains("How did you &#60;begin&#62;?</textarea>")
            && changed.contains("Your talk on radio</textarea>")
    );
    let shown = preview(&changed).done_text();

    // Pressed twice, sent once.
    let send = filled(&shown, &ask, &[("step", "send")]);
    let sent = mentee.submit(&ask, &send);
    assert_eq!(sent.status, 303, "{}", sent.text());
    let mine = sent.header("location").to_owned();
    let again = mentee.submit(&ask, &send);
    assert_eq!((again.status, again.header("location")), (303, mine.as_str()), "{}", again.text());
    assert_eq!(mentee.get("/api/v1/introductions").done()["total"], 1);
    // The words changed, the pair is still open: that is said, and the words stay.
    let other = mentee.submit(&ask, &send.replace("Fifteen", "Sixteen"));
    assert_eq!(other.status, 409, "{}", other.text());
    assert!(other.text().contains("Sixteen minutes") && other.text().contains("is open already"), "{}", other.text());
    assert!(mentee.get(&ask).done_text().contains(&mine), "the form leads to the request that is open");

    // It waits for Ada, who asks, and gets an answer.
    let mentor = ada.signs_in("ada.okafor@example.org");
    let theirs = received(&mine);
    comes_to_show(&mentor, "/requests", "Fifteen minutes on social media");
    let page = mentor.get(&theirs).done_text();
    assert!(page.contains("How did you &#60;begin&#62;?") && page.contains("0 of your 2 places are taken"), "{page}");
    assert!(!page.contains("bo@example.org"), "no address before a yes");
    comes_to_show(&mentee, &mine, "It is with");
    let asked = presses(&mentor, &theirs, "question", &[("text", "What have you tried?")]);
    assert_eq!((asked.status, asked.header("location")), (303, theirs.as_str()), "{}", asked.text());
    comes_to_show(&mentee, &mine, "What have you tried?");
    let refused = presses(&mentee, &mine, "answer", &[("text", "Call me: +44 20 7946 0018")]);
    assert!(refused.status == 422 && refused.text().contains("+44 20 7946 0018"), "{}", refused.text());
    assert_eq!(presses(&mentee, &mine, "answer", &[("text", "A course, and two interviews.")]).status, 303);
    comes_to_show(&mentor, &theirs, "A course, and two interviews.");

    // A yes gives each the other's address.
    assert_eq!(presses(&mentor, &theirs, "accept", &[("message", "Gladly.")]).status, 303);
    let page = comes_to_show(&mentee, &mine, "mailto:ada.okafor@example.org");
    assert!(page.contains("Gladly."), "{page}");
    comes_to_show(&mentor, &theirs, "mailto:bo@example.org");
}

#[test]
fn what_is_another_s_is_not_there_for_anybody_else() {
    let _places = places(2);
    let (ada, bo, page) = ada_and_bo();
    let mine = asks(&bo.signs_in("bo@example.org"), &page);
    let id = mine.trim_start_matches("/requests/").split('?').next().expect("an id").to_owned();
    ada.comes_to_stand(&id, &["delivered", "notified"]);
    for (name, email, roles) in [
        ("Di Duarte", "di@example.org", &[][..]),
        ("Rae Registrar", "rae@example.org", &["registrar", "operator", "programme_lead"]),
    ] {
        bo.adds(name, email, roles);
        ada.adds(name, email, roles);
    }
    ada.publish(&mentor("Cy Cooper", "Bridges"));
    ada.adds("Cy Cooper", "cy.cooper@example.org", &[]);
    let strangers = [
        (&bo, "di@example.org"),
        (&bo, "rae@example.org"),
        (&ada, "di@example.org"),
        (&ada, "rae@example.org"),
        (&ada, "cy.cooper@example.org"),
    ];
    let never = "a".repeat(26);
    for (node, who) in strangers {
        let stranger = node.signs_in(who);
        let form = stranger.form();
        for side in ["", "?side=sent", "?side=received"] {
            let (theirs, none) =
                (stranger.get(&format!("/requests/{id}{side}")), stranger.get(&format!("/requests/{never}{side}")));
            assert_eq!((theirs.status, theirs.text()), (404, none.text()), "{who}");
            assert_eq!(
                stranger.get(&format!("/requests/{}{side}", &id[..8])).text(),
                none.text(),
                "{who}, by a beginning"
            );
        }
        for step in [
            "accept",
            "explore",
            "question",
            "decline",
            "pause",
            "block",
            "unblock",
            "answer",
            "withdraw",
            "aside",
            "take-back",
        ] {
            let press = |id: &str| stranger.submit(&format!("/requests/{id}/{step}"), &form);
            let (theirs, none) = (press(&id), press(&never));
            assert_eq!((theirs.status, theirs.text()), (404, none.text()), "{who} {step}");
        }
        let list = stranger.get("/requests").done_text();
        assert!(!list.contains("Fifteen minutes") && !list.contains(&id), "{who}: {list}");
        let taken = stranger.get(&format!("{page}/ask?from={id}")).done_text();
        assert!(!taken.contains("accountancy"), "{who}: {taken}");
    }
    // Bo's own side is not Ada's, and hers is not his.
    let (bo_s, ada_s) = (bo.signs_in("bo@example.org"), ada.signs_in("ada.okafor@example.org"));
    assert_eq!(bo_s.get(&received(&mine)).status, 404);
    assert_eq!(ada_s.get(&mine).status, 404);
    assert_eq!(bo_s.submit(&format!("/requests/{id}/accept"), &bo_s.form()).status, 404);
    assert_eq!(ada.stands(&id), ada.stands(&id).replace("accepted", "nothing"), "nobody moved it");
}

#[test]
fn no_other_site_and_no_foreign_form_presses_a_button_and_no_link_leads_away() {
    let _places = places(2);
    let (ada, bo, page) = ada_and_bo();
    let mentee = bo.signs_in("bo@example.org");
    let ask = format!("{page}/ask");
    let mine = asks(&mentee, &page);
    let id = mine.trim_start_matches("/requests/").split('?').next().expect("an id").to_owned();
    ada.comes_to_stand(&id, &["delivered", "notified"]);
    let withdraw = format!("/requests/{id}/withdraw");
    let right = filled(&mentee.get(&mine).text(), &withdraw, &[]);
    for site in ["cross-site", "same-site"] {
        for (to, form) in [(&withdraw, &right), (&ask, &body(&[("step", "send")]))] {
            let foreign = mentee.ask("POST", to, &[FORM, ("sec-fetch-site", site)], form.as_bytes());
            assert_eq!(foreign.status, 403, "{to} from {site}");
        }
    }
    // A form that was made for another session: refused, and what was typed stays.
    let other = bo.signs_in("bo@example.org").form();
    assert_eq!(mentee.submit(&withdraw, &other).status, 403);
    let typed = body(&[("title", "Sixteen minutes on radio"), ("purpose", PURPOSE), ("name", "Bo"), ("step", "send")]);
    for token in [other.as_str(), "form=", "form=aaaa"] {
        let refused = mentee.submit(&ask, &format!("{token}&{typed}"));
        assert!(refused.status == 403 && refused.text().contains("Sixteen minutes on radio"), "{}", refused.text());
    }
    assert_eq!(mentee.get("/api/v1/introductions").done()["total"], 1);
    assert!(["delivered", "notified"].contains(&bo.stands(&id).as_str()), "it stands as before");

    let nobody = bo.api().with_token(None);
    for away in [
        "https://mallory.example/",
        "//mallory.example/requests",
        "/\\mallory.example",
        "/requests%0d%0aa:b",
        "/sign-out",
    ] {
        let link = format!("{}?to={away}", bo.link("bo@example.org"));
        let entered = nobody.ask("POST", &link, &[OWN_PAGE], b"");
        assert_eq!((entered.status, entered.header("location")), (303, "/me"), "{away}");
        let page = nobody.ask("GET", &format!("/sign-in?to={away}"), &[], b"").text();
        assert!(!page.contains("name=\"to\"") && !page.contains("href=\"https://mallory"), "{away}: {page}");
    }
}

#[test]
fn a_yes_that_crosses_a_request_taken_back_is_told_kindly_and_its_words_are_kept() {
    let _places = places(2);
    let (ada, bo, page) = ada_and_bo();
    let mentee = bo.signs_in("bo@example.org");
    let mentor = ada.signs_in("ada.okafor@example.org");
    let mine = asks(&mentee, &page);
    let theirs = received(&mine);
    let accept = format!("{}/accept", theirs.split('?').next().expect("a path"));
    let before = comes_to_show(&mentor, &theirs, "/accept\"");
    let withdrawn = presses(&mentee, &mine, "withdraw", &[]);
    assert_eq!((withdrawn.status, withdrawn.header("location")), (303, mine.as_str()), "{}", withdrawn.text());
    assert!(mentee.get(&mine).done_text().contains("You took it back"), "{}", mentee.get(&mine).text());
    comes_to_show(&mentor, &theirs, "took the request back");
    let crossed = mentor.submit(&accept, &filled(&before, &accept, &[("message", "Gladly, and soon.")]));
    assert_eq!(crossed.status, 409, "{}", crossed.text());
    for words in ["Meanwhile this request is over", "took the request back", "Gladly, and soon."] {
        assert!(crossed.text().contains(words), "{words}: {}", crossed.text());
    }

    // The same mentor says no to the next, which brings others and the words for them.
    let mine = asks(&mentee, &page);
    let theirs = received(&mine);
    comes_to_show(&mentor, &theirs, "/decline\"");
    let unreasoned = presses(&mentor, &theirs, "decline", &[("message", "Good luck.")]);
    assert!(unreasoned.status == 422 && unreasoned.text().contains("Good luck.</textarea>"), "{}", unreasoned.text());
    ada.publish(&self::mentor("Ed Wu", "Social media for public relations"));
    bo.comes_to_find("Ed Wu");
    assert_eq!(presses(&mentor, &theirs, "decline", &[("reason", "timing"), ("message", "Good luck.")]).status, 303);
    let no = comes_to_show(&mentee, &mine, "Ed Wu");
    assert!(no.contains("Good luck.") && no.contains("does not fit now"), "{no}");
    let (_, again) = no.split_once("class=\"button\" href=\"").expect("somebody else");
    let form = mentee.get(again.split('"').next().expect("an address")).done_text();
    assert!(form.contains("value=\"Fifteen minutes on social media\"") && form.contains("How did you"), "{form}");
    until_true("the mentor's own list has nothing left", || {
        mentor.get("/requests").done_text().contains("Nothing waits for you")
    });
}
