//! Links from mail do one thing, once, and nothing when somebody looks; without a mail server the outbox is read here.

use serde_json::json;

use crate::harness::gate::places;
use crate::harness::people::email;
use crate::harness::wait::until_true;
use crate::mail_links::{ADA, BO, acts_of, ask, browser, comes_to_write, institute, link, presses};

#[test]
fn without_a_mail_server_the_outbox_is_read_here_and_its_link_says_yes_once() {
    let _places = places(1);
    let (ada, listing) = institute(|_| {});
    let id = ask(&ada, &listing, BO);
    let mail = comes_to_write(&ada, "request");
    assert_eq!((&mail["to"], &mail["state"]), (&json!(email(ADA)), &json!("waiting")));
    for part in ["Bo Lind", "A first campaign", "I move from accountancy"] {
        assert!(mail["text"].as_str().unwrap().contains(part), "{part}: {mail}");
        assert!(mail["html"].as_str().unwrap().contains(part), "{part}: {mail}");
    }
    let number = mail["id"].as_str().unwrap().to_owned();
    ada.run(&["mail", "list", "--state", "waiting"]).says("request").says(&email(ADA)).says("no mail server is named");
    ada.run(&["mail", "retry", &number]).says("hand its links on yourself");
    ada.run(&["mail", "show", &number]).says("/act/").says("A request waits for your answer");

    let path = link(&mail, "Say yes");
    let before = acts_of(&ada, &id);
    for method in ["GET", "HEAD", "GET", "OPTIONS"] {
        let looked = browser(&ada).ask(method, &path, &[("accept", "text/html")], b"");
        assert!(looked.status == 200 || method == "OPTIONS", "{method}: {}", looked.status);
        assert_eq!(looked.header("referrer-policy"), "no-referrer");
        assert_eq!(looked.header("cache-control"), "no-store");
    }
    assert_eq!(acts_of(&ada, &id), before, "a scanner that looks does nothing");
    let page = browser(&ada).get(&path).text();
    assert!(page.contains("method=\"post\"") && page.contains("Say yes"), "{page}");

    let done = presses(&ada, &path, "message=With+pleasure.");
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.text().contains("said yes"), "{}", done.text());
    assert_eq!(ada.introduction(&id).done()["state"], "accepted");

    // The mentee's address comes by itself and is an act, too.
    until_true("the mentee's address is here", || ada.introduction(&id).done()["contact"].is_object());
    let stood = acts_of(&ada, &id);
    let again = presses(&ada, &path, "");
    assert_eq!(again.status, 409, "{}", again.text());
    for said in ["used already", "You used this link on", "said yes"] {
        assert!(again.text().contains(said), "{said}: {}", again.text());
    }
    assert_eq!(acts_of(&ada, &id), stood, "a second click does nothing");
    let yes = comes_to_write(&ada, "accepted");
    assert_eq!(yes["to"], BO);
    assert!(yes["text"].as_str().unwrap().contains(&email(ADA)), "{yes}");
    assert!(yes["text"].as_str().unwrap().contains("With pleasure."), "{yes}");
}

#[test]
fn a_link_that_was_changed_or_made_elsewhere_does_nothing() {
    let _places = places(2);
    let (ada, listing) = institute(|_| {});
    let (bo, other) = institute(|_| {});
    let (id, elsewhere) = (ask(&ada, &listing, BO), ask(&bo, &other, BO));
    let path = link(&comes_to_write(&ada, "request"), "Say yes");
    let foreign = link(&comes_to_write(&bo, "request"), "Say yes");
    let (before, last) = (acts_of(&ada, &id), path.chars().last().unwrap());
    let altered = format!("{}{}", &path[..path.len() - 1], if last == 'a' { 'q' } else { 'a' });
    let cut = path[..path.len() - 9].to_owned();
    for wrong in [altered, cut, foreign, "/act/x".to_owned()] {
        assert_eq!(presses(&ada, &wrong, "").status, 404, "{wrong}");
        assert_eq!(browser(&ada).get(&wrong).status, 404, "{wrong}");
    }
    assert_eq!(acts_of(&ada, &id), before);
    assert_eq!(bo.introduction(&elsewhere).done()["state"].as_str().unwrap().len(), "delivered".len());
}

#[test]
fn a_link_says_no_with_a_reason_of_those_it_offers_and_the_mentee_is_told_kindly() {
    let _places = places(1);
    let (ada, listing) = institute(|_| {});
    let id = ask(&ada, &listing, BO);
    let path = link(&comes_to_write(&ada, "request"), "Say no");
    for form in
        ["", "reason=blocked", "reason=no_longer_listed", "reason=timing&message=Write+to+me+at+ada%40example.org"]
    {
        let refused = presses(&ada, &path, form);
        assert_eq!(refused.status, 422, "{form}: {}", refused.text());
        assert!(refused.text().contains("role=\"alert\""), "{form}");
    }
    let done = presses(&ada, &path, "reason=timing&message=Ask+again+in+spring.");
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(ada.introduction(&id).done()["reason"], "timing");
    let no = comes_to_write(&ada, "declined");
    let text = no["text"].as_str().unwrap();
    assert!(text.contains("Ask again in spring.") && text.contains("does not fit the mentor now"), "{text}");
    assert!(!no["subject"].as_str().unwrap().contains("Ada"), "{no}");
}

#[test]
fn question_and_answer_go_by_links_alone() {
    let _places = places(1);
    let (ada, listing) = institute(|_| {});
    let id = ask(&ada, &listing, BO);
    let path = link(&comes_to_write(&ada, "request"), "Ask something first");
    assert_eq!(presses(&ada, &path, "text=Which+paper+do+you+write+for%3F").status, 200);
    let asked = comes_to_write(&ada, "question");
    assert_eq!(asked["to"], BO);
    let answer = link(&asked, "Answer");
    assert!(browser(&ada).get(&answer).text().contains("Which paper do you write for?"));
    assert_eq!(presses(&ada, &answer, "text=").status, 422);
    assert_eq!(presses(&ada, &answer, "text=The+Gazette%2C+every+Tuesday.").status, 200);
    let answered = comes_to_write(&ada, "answer");
    assert!(answered["text"].as_str().unwrap().contains("The Gazette, every Tuesday."), "{answered}");
    assert_eq!(presses(&ada, &link(&answered, "Say yes"), "").status, 200);
    assert_eq!(ada.introduction(&id).done()["state"], "accepted");
}

#[test]
fn every_mail_to_a_mentor_lets_them_choose_pause_and_leave() {
    let _places = places(1);
    let (ada, listing) = institute(|_| {});
    ask(&ada, &listing, BO);
    let mail = comes_to_write(&ada, "request");
    let choose = link(&mail, "Choose which mail");
    assert_eq!(presses(&ada, &choose, "mail=nothing").status, 422);
    for choice in ["necessary", "no_reminders"] {
        let chosen = presses(&ada, &choose, &format!("mail={choice}"));
        assert_eq!(chosen.status, 200, "a choice is made as often as somebody likes: {}", chosen.text());
    }
    let page = browser(&ada).get(&choose).text();
    assert!(page.contains("value=\"no_reminders\" checked"), "{page}");

    let pause = link(&mail, "Take no requests");
    assert_eq!(presses(&ada, &pause, "").status, 200);
    let path = format!("/api/v1/listings/{listing}");
    assert_eq!(ada.api().get(&path).done()["profile"]["availability"]["status"], "paused");
    until_true("the register shows it", || {
        let profile = ada.api().get(&format!("/api/v1/profiles/{}", ada.profile_id(&listing))).done();
        profile["profile"]["availability"]["status"] == "paused"
    });
    let leave = link(&mail, "Leave the register");
    assert!(browser(&ada).get(&leave).text().contains("taken out of the register"));
    ada.comes_to_find(ADA);
    assert_eq!(presses(&ada, &leave, "").status, 200);
    ada.comes_to_miss(ADA);
    assert_eq!(ada.api().get(&path).done()["state"], "withdrawn");
}
