//! Stories of one request, as its two sides see it.

use mentormesh_protocol::api::{Alternative, Block, Contact, IntroductionEvent, OpenRequest, OrganisationRef};
use mentormesh_protocol::introduction::{DeclineReason, State as Stands};
use mentormesh_protocol::record::OfferKind;
use mentormesh_protocol::{IntroductionId, OrganisationId, PersonId, ProfileId, Subject, Timestamp};

use super::super::home::tests::{keep, site};
use super::*;
use crate::desk::{PersonRow, SessionRow};
use crate::speech::Locale;

const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn profile(number: u8) -> ProfileId {
    ProfileId { organisation: OrganisationId([number; 32]), subject: Subject([number; 16]) }
}

fn told(state: Stands, by: &str, text: Option<&str>) -> IntroductionEvent {
    IntroductionEvent { at: NOW, state, by: by.to_owned(), text: text.map(ToOwned::to_owned) }
}

/// A request that waits, as the mentee sees it.
pub(in crate::http::web) fn sent() -> Introduction {
    Introduction {
        id: IntroductionId([3; 16]),
        state: Stands::Delivered,
        direction: Direction::Sent,
        profile: profile(2),
        mentor: Some("آدا <b>".to_owned()),
        organisation: OrganisationRef { id: OrganisationId([2; 32]), name: "Nordic Engineers".to_owned() },
        mentee: "Bo <i>".to_owned(),
        title: "Fifteen minutes on <b>bridges</b>".to_owned(),
        purpose: "I move from accountancy.\nHow did you begin?".to_owned(),
        why_you: Some("Your <talk>".to_owned()),
        offer: OfferKind::Intro15,
        created_at: NOW,
        expires_at: NOW.plus(1_209_600_000),
        on_its_way: None,
        why: None,
        refusal: None,
        reason: None,
        message: None,
        referral: None,
        alternatives: Vec::new(),
        block: None,
        put_aside: false,
        also_open: Vec::new(),
        times: None,
        withheld: false,
        contact: None,
        events: vec![told(Stands::Queued, "mentee", None), told(Stands::Delivered, "node", None)],
        next: vec!["mentormesh intro withdraw".to_owned()],
    }
}

fn received() -> Introduction {
    let events = vec![told(Stands::Delivered, "mentee", None), told(Stands::Notified, "node", None)];
    Introduction { direction: Direction::Received, state: Stands::Notified, events, ..sent() }
}

fn somebody() -> SignedIn {
    let id = PersonId([1; 16]);
    let person = PersonRow {
        id,
        email: "somebody@example.org".to_owned(),
        name: "Somebody".to_owned(),
        locale: None,
        roles: [].into(),
        disabled: false,
        created_at: NOW,
        changed_at: NOW,
    };
    let made_by = "mail".to_owned();
    let session = SessionRow { digest: [7; 32], person: id, made_by, created_at: NOW, seen_at: NOW, expires_at: NOW };
    SignedIn { person, session, listing: None }
}

fn shown_in(locale: Locale, one: Introduction, typed: Typed) -> String {
    let site = Site { locale, ..site() };
    let sides = match one.direction {
        Direction::Sent => (None, Some(sides::mentee(&one))),
        Direction::Received => (Some(sides::at_hand(locale, &one)), None),
    };
    RequestPage { typed, ..request(site, &somebody(), one, sides) }.render().expect("a page")
}

fn shown(one: Introduction) -> String {
    shown_in(Locale::English, one, Typed::default())
}

fn has(html: &str, all: &[&str]) {
    for expected in all {
        assert!(html.contains(expected), "the page lacks {expected}: {html}");
    }
}

#[test]
fn the_mentee_sees_what_was_asked_where_it_is_and_by_when_there_is_an_answer() {
    let html = shown(sent());
    keep("request-sent", &html);
    has(
        &html,
        &[
            "<bdi>آدا &#60;b&#62;</bdi>",
            "with <bdi>Nordic Engineers</bdi>",
            "You hear by <bdi>2 December 2026</bdi>",
            "18 November 2026, 11:06 UTC",
            "Fifteen minutes on &#60;b&#62;bridges",
            "How did you begin?",
            "/withdraw\" method=\"post\"",
            "/aside\" method=\"post\"",
        ],
    );
    assert!(!html.contains("<b>") && !html.contains("/accept") && !html.contains("mentormesh intro"), "{html}");
}

#[test]
fn the_mentor_has_the_whole_text_and_every_way_to_answer() {
    let html = shown(received());
    keep("request-received", &html);
    has(&html, &["<bdi>Bo &#60;i&#62;</bdi> waits for your answer until", "Your &#60;talk&#62;"]);
    for step in ["explore", "accept", "question", "decline", "pause", "block"] {
        has(&html, &[&format!("/{step}\" method=\"post\"")]);
    }
    assert_eq!(html.matches("name=\"form\" value=\"").count(), 6, "each form carries the token");
    assert!(!html.contains("/withdraw") && !html.contains("/aside"), "{html}");
}

#[test]
fn what_cannot_be_done_any_more_is_not_offered() {
    let question = |text| told(Stands::Question, "mentor", Some(text));
    let asked = Introduction { state: Stands::Question, events: vec![question("What have you tried?")], ..received() };
    let html = shown(asked.clone());
    assert!(!html.contains("/question\"") && html.contains("/accept\""), "{html}");
    let often = Introduction { state: Stands::Answered, events: ["a", "b", "c"].map(question).to_vec(), ..received() };
    assert!(!shown(often).contains("/question\""), "three questions are the most");
    let exploring = shown(Introduction { state: Stands::Exploring, ..received() });
    assert!(!exploring.contains("/explore\"") && !exploring.contains("/question\"") && exploring.contains("/accept\""));
    for over in [Stands::Accepted, Stands::Declined, Stands::Withdrawn, Stands::Expired] {
        let html = shown(Introduction { state: over, ..received() });
        assert!(!html.contains("<form"), "{over:?}: {html}");
        let html = shown(Introduction { state: over, ..sent() });
        assert!(!html.contains("/withdraw\""), "{over:?}: {html}");
    }
    let mentee = shown(Introduction { direction: Direction::Sent, ..asked });
    has(&mentee, &["/answer\" method=\"post\"", "What have you tried?", "asked you something"]);
}

#[test]
fn after_a_no_there_are_others_to_whom_the_same_words_can_go() {
    let alternative = |number: u8, referred| Alternative {
        id: profile(number),
        name: format!("Cy <{number}>"),
        headline: "Builder".to_owned(),
        organisation: OrganisationRef { id: OrganisationId([4; 32]), name: "Builders".to_owned() },
        referred,
        why: Vec::new(),
    };
    let declined = Introduction {
        state: Stands::Declined,
        reason: Some(DeclineReason::Timing),
        message: Some("Good <luck>".to_owned()),
        alternatives: vec![alternative(4, true), alternative(5, false), alternative(6, false)],
        ..sent()
    };
    let html = shown(declined);
    keep("request-declined", &html);
    let again = format!("/mentors/{}/ask?from={}\"", profile(4), IntroductionId([3; 16]));
    has(&html, &[&again, "does not fit now", "Good &#60;luck&#62;", "Cy &#60;4&#62;", "named this one"]);
    assert_eq!((html.matches("/ask?from=").count(), html.matches("named this one").count()), (3, 1));
}

#[test]
fn after_a_yes_there_is_an_address_and_what_else_waits_can_be_taken_back() {
    let other = OpenRequest { id: IntroductionId([9; 16]), profile: profile(5), title: "Another <one>".to_owned() };
    let accepted = Introduction {
        state: Stands::Accepted,
        contact: Some(Contact { email: "ada@example.org".to_owned(), name: Some("Ada <A>".to_owned()) }),
        also_open: vec![other],
        ..sent()
    };
    let html = shown(accepted);
    keep("request-accepted", &html);
    let back = format!("action=\"/requests/{}/withdraw\"", IntroductionId([9; 16]));
    let superseded = format!("name=\"back\" value=\"{}\"", IntroductionId([3; 16]));
    has(&html, &["href=\"mailto:ada@example.org\"", "Ada &#60;A&#62;", &back, &superseded, "Another &#60;one&#62;"]);
}

#[test]
fn what_is_wrong_stands_in_its_form_which_is_open_and_holds_what_was_typed() {
    let typed = Typed {
        step: "decline".to_owned(),
        message: "Kind <words>".to_owned(),
        reason: "timing".to_owned(),
        referral: "somebody".to_owned(),
        wrong: Some(("referral", "Nobody has this address".to_owned())),
        ..Typed::default()
    };
    let html = shown_in(Locale::English, received(), typed);
    has(
        &html,
        &[
            "href=\"#decline-referral\"",
            "id=\"decline-referral-wrong\"",
            "decline-referral-wrong\" aria-invalid=\"true\"",
            "Kind &#60;words&#62;</textarea>",
            "value=\"timing\" checked",
            "value=\"somebody\"",
        ],
    );
    assert_eq!(html.matches("<details class=\"deed\" open>").count(), 1, "{html}");
}

#[test]
fn a_block_can_be_lifted_by_who_made_it_alone() {
    let block = |lifted_at| Some(Block { report: None, lifted_at });
    let blocked =
        |direction, lifted| Introduction { state: Stands::Blocked, direction, block: block(lifted), ..sent() };
    assert!(shown(blocked(Direction::Received, None)).contains("/unblock\""));
    assert!(!shown(blocked(Direction::Received, Some(NOW))).contains("/unblock\""));
    assert!(!shown(blocked(Direction::Sent, None)).contains("/unblock\""));
}

#[test]
fn every_state_reason_and_refusal_is_said_to_both_sides_in_every_language() {
    let unsaid = |text: &str| text.contains("request-") && !text.contains("/request");
    for locale in Locale::ALL {
        for (state, side) in Stands::ALL.into_iter().flat_map(|state| [(state, sent()), (state, received())]) {
            let one = Introduction { state, ..side };
            for said in [words::label(locale, state), words::stands(locale, &one).0] {
                assert!(!unsaid(&said) && !said.contains('{'), "{locale:?} {state:?}: {said}");
            }
            for by in ["mentee", "mentor", "node"] {
                let said = words::event(locale, &one, &told(state, by, None), "Here").0;
                assert!(!unsaid(&said), "{locale:?} {state:?} by {by}: {said}");
            }
        }
        for reason in DeclineReason::ALL {
            let one = Introduction { state: Stands::Declined, reason: Some(reason), ..sent() };
            assert!(words::because(locale, &one).is_some_and(|said| !unsaid(&said)), "{locale:?} {reason:?}");
        }
        let codes = ["not_recognised", "inbox_full", "organisation_full", "cooldown", "pair_open"];
        for code in codes.into_iter().chain(["not_listed", "not_accepting", "no_introduction", "malformed"]) {
            let one = Introduction { state: Stands::Refused, refusal: Some(code.to_owned()), ..sent() };
            assert!(words::because(locale, &one).is_some(), "{locale:?} {code}");
        }
    }
}

#[test]
fn the_longest_exchange_is_a_light_page() {
    let long = |characters: usize| "漢".repeat(characters);
    let round =
        |text: &str| [told(Stands::Question, "mentor", Some(text)), told(Stands::Answered, "mentee", Some(text))];
    let whole = |one: Introduction| Introduction {
        mentor: Some(long(200)),
        mentee: long(200),
        title: long(120),
        purpose: long(1_200),
        why_you: Some(long(400)),
        events: (0..3).flat_map(|_| round(&long(1_200))).chain(one.events.clone()).collect(),
        ..one
    };
    let loaded = include_str!("../static/style.css").len() + include_str!("../static/icon.svg").len();
    for locale in Locale::ALL {
        for one in [sent(), received(), Introduction { state: Stands::Declined, message: Some(long(400)), ..sent() }] {
            let weight = shown_in(locale, whole(one), Typed::default()).len() + loaded;
            assert!(weight < 60 * 1024, "{weight} bytes");
        }
    }
}
