//! Notices on a real desk, and the mail that comes of them.

mod stories;

use mentormesh_protocol::api::{Contact, IntroductionEvent, OrganisationRef};
use mentormesh_protocol::introduction::DeclineReason;
use mentormesh_protocol::record::{OfferKind, ProfileId};
use mentormesh_protocol::{IntroductionId, OrganisationId, Subject, Timestamp};

use super::super::links::Links;
use super::*;

const NOW: Timestamp = Timestamp(1_795_000_000_000);
const ALL: [State; 15] = State::ALL;

/// An introduction in which every text is told from every other.
fn about(direction: Direction, state: State) -> Introduction {
    let organisation = OrganisationId([1; 32]);
    let event =
        |state, text: &str| IntroductionEvent { at: NOW, state, by: "mentor".to_owned(), text: Some(text.to_owned()) };
    Introduction {
        id: IntroductionId([7; 16]),
        state,
        direction,
        profile: ProfileId { organisation, subject: Subject([2; 16]) },
        mentor: Some("Ada Okafor".to_owned()),
        organisation: OrganisationRef { id: organisation, name: "Bo's Academy".to_owned() },
        mentee: "Bo Lind".to_owned(),
        title: "A first campaign".to_owned(),
        purpose: "I would like to hear how you began.".to_owned(),
        why_you: Some("You wrote the handbook.".to_owned()),
        offer: OfferKind::Intro15,
        times: None,
        created_at: NOW,
        expires_at: NOW.plus(1),
        on_its_way: None,
        why: Some("it does not fit the mentor now".to_owned()),
        refusal: None,
        reason: Some(DeclineReason::Timing),
        message: Some("Ask again in spring.".to_owned()),
        referral: None,
        contact: Some(Contact { email: "other.side@example.org".to_owned(), name: None }),
        events: vec![event(State::Question, "Which paper?"), event(State::Answered, "The Gazette.")],
        next: Vec::new(),
        alternatives: Vec::new(),
        block: None,
        put_aside: false,
        withheld: false,
        also_open: Vec::new(),
    }
}

async fn actions() -> (tempfile::TempDir, Actions) {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::open(&folder.path().join("desk.sqlite"), Clock::set_at(NOW)).await.expect("a desk");
    (folder, Actions::open(&desk).await.expect("a secret"))
}

/// Every mail that there is in a language, with the notice it comes of.
fn mails_in(locale: Locale, actions: &Actions) -> Vec<(&'static str, Direction, Mail)> {
    let mut mails = Vec::new();
    for kind in KINDS {
        for direction in [Direction::Sent, Direction::Received] {
            let about = about(direction, State::Notified);
            let home = "https://mentors.example.org";
            let away = Availability { until: "2026-12-24".parse().ok(), ..Availability::default() };
            let links = Links { actions, home, about: &about, now: NOW, away: Some(&away), locale, drawn: [5; 16] };
            let organisation = "Ada's Institute";
            let (to, name) = ("own.person@example.org", Some("Own Person"));
            let addressed = Addressed { to, name, locale, organisation, home };
            if let Some(frame) = frame(kind.word, &links) {
                mails.push((kind.word, direction, frame.mail(kind.word, &addressed).expect("a mail")));
            }
        }
    }
    mails
}

fn mails(actions: &Actions) -> Vec<(&'static str, Direction, Mail)> {
    mails_in(Locale::English, actions)
}

#[tokio::test]
async fn no_subject_names_a_person_an_address_or_what_it_is_about() {
    let (_folder, actions) = actions().await;
    for locale in Locale::ALL {
        let mails = mails_in(locale, &actions);
        assert!(mails.len() >= KINDS.len(), "{locale:?}: {} mails", mails.len());
        for (what, direction, mail) in mails {
            for private in [
                "Ada", "Okafor", "Bo ", "Lind", "Own", "@", "campaign", "handbook", "Gazette", "paper", "spring",
                "Academy",
            ] {
                assert!(!mail.subject.contains(private), "{locale:?}: {what} {direction:?}: {}", mail.subject);
            }
            assert!(!mail.subject.is_empty() && mail.subject.chars().count() < 60, "{}", mail.subject);
            assert!(!mail.subject.starts_with("mail-"), "{locale:?} says nothing for {}", mail.subject);
        }
    }
}

/// The words of a text that are not links.
fn said(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.contains("://") && !line.starts_with('>') && !line.trim().is_empty()).collect()
}

#[tokio::test]
async fn each_mail_is_in_the_language_of_who_reads_it() {
    let (_folder, actions) = actions().await;
    let english = mails_in(Locale::English, &actions);
    for (locale, day) in [
        (Locale::German, "18. November 2026"),
        (Locale::French, "18 novembre 2026"),
        (Locale::Spanish, "18 de noviembre de 2026"),
    ] {
        let all = mails_in(locale, &actions);
        assert_eq!(all.len(), english.len());
        for ((what, _, mail), (_, _, in_english)) in all.iter().zip(&english) {
            assert!(mail.html.contains(&format!("<html lang=\"{}\"", locale.tag())), "{what}");
            assert_ne!(mail.subject, in_english.subject, "{locale:?}: {what}");
            let theirs = said(&in_english.text);
            let shared: Vec<_> = said(&mail.text).into_iter().filter(|line| theirs.contains(line)).collect();
            assert!(shared.is_empty() || shared == ["-- "], "{locale:?}: {what} says in English {shared:?}");
        }
        let request = all.iter().find(|(what, _, _)| *what == "request").map(|(_, _, mail)| mail.text.clone());
        assert!(request.as_deref().is_some_and(|text| text.contains(day)), "{day}: {request:?}");
    }
}

#[tokio::test]
async fn every_mail_to_a_mentor_lets_them_pause_and_leave() {
    let (_folder, actions) = actions().await;
    for (what, direction, mail) in mails(&actions) {
        let foot = ["Take no requests for now", "Leave the register", "Choose which mail you get"];
        let wanted: &[&str] = match direction {
            Direction::Received => &foot,
            Direction::Sent => &["Choose which mail you get"],
        };
        if what == SILENT {
            continue;
        }
        for label in wanted {
            assert!(mail.text.contains(label) && mail.html.contains(label), "{what}: no `{label}`");
        }
    }
}

#[tokio::test]
async fn both_parts_of_a_mail_have_the_same_links_and_each_does_what_it_says() {
    let (_folder, actions) = actions().await;
    let links = |text: &str| -> Vec<String> {
        let found = text.split("https://mentors.example.org/act/").skip(1);
        found.map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect()).collect()
    };
    for (what, _, mail) in mails(&actions) {
        let (text, html) = (links(&mail.text), links(&mail.html));
        assert_eq!(text, html, "{what}");
        assert!(!text.is_empty() || what == SILENT, "{what}");
        let mut nonces = Vec::new();
        for link in &text {
            nonces.push(actions.read(link, NOW).expect("a link of ours").nonce);
        }
        nonces.sort_unstable();
        nonces.dedup();
        assert_eq!(nonces.len(), text.len(), "{what}: each link is used by itself");
    }
}

#[tokio::test]
async fn a_request_is_mailed_whole_and_an_answer_with_its_words() {
    let (_folder, actions) = actions().await;
    let mails = mails(&actions);
    let mail = |what: &str, direction: Direction| {
        let found = mails.iter().find(|(word, side, _)| *word == what && *side == direction);
        found.map(|(_, _, mail)| mail.text.clone()).expect("such a mail")
    };
    let request = mail("request", Direction::Received);
    for part in ["Bo Lind of Bo's Academy", "A first campaign", "hear how you began", "the handbook", "fifteen minutes"]
    {
        assert!(request.contains(part), "{part}: {request}");
    }
    assert!(!request.contains("other.side@"), "no contact before a yes: {request}");
    assert!(mail("answer", Direction::Received).contains("The Gazette."));
    assert!(mail("contact", Direction::Received).contains("other.side@example.org"));
    assert!(mail("question", Direction::Sent).contains("Which paper?"));
    assert!(mail("accepted", Direction::Sent).contains("other.side@example.org"));
    let declined = mail("declined", Direction::Sent);
    for part in ["does not fit the mentor now", "Ask again in spring."] {
        assert!(declined.contains(part), "{part}: {declined}");
    }
}

#[test]
fn who_wants_less_gets_what_has_to_be_said_and_nothing_else() {
    let wanted = |choice: MailChoice| -> Vec<&str> {
        KINDS.into_iter().filter(|kind| !kind.is_wanted(choice)).map(|kind| kind.word).collect()
    };
    assert_eq!(wanted(MailChoice::All), Vec::<&str>::new());
    assert_eq!(wanted(MailChoice::NoReminders), ["reminder_4", "reminder_10"]);
    assert_eq!(
        wanted(MailChoice::Necessary),
        [SILENT, "delivered", MENTOR_PAUSED, "withdrawn", "reminder_4", "reminder_10"]
    );
}

#[test]
fn what_asks_for_an_answer_says_nothing_once_it_is_there() {
    let request = kind("request").expect("a kind");
    for state in ALL {
        assert_eq!(request.still_holds(state), state.is_open(), "{state:?}");
        assert!(kind("accepted").expect("a kind").still_holds(state), "an answer is always news");
    }
    let reminder = kind("reminder_4").expect("a kind");
    assert!(!reminder.still_holds(State::Question), "it is the mentee's turn");
    assert_eq!(kind("superseded").map(|kind| kind.word), Some("withdrawn"));
    assert!(kind("shouted").is_none());
}
