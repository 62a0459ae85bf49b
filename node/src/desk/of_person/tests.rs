//! What becomes of each table when a person asks for everything, or is to be forgotten.

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::introduction::{Contact, Delivery};
use mentormesh_protocol::record::OfferKind;

use super::super::people::tests::{keeps, person};
use super::super::tests::{NOW, desk};
use super::super::{IntroductionRow, Mail, MailChoice};
use super::*;

/// Every table of the desk, with the section in which a person finds what it holds of them, or why it is not given.
const TABLES: &[(&str, &str)] = &[
    ("_sqlx_migrations", "not: the versions of the tables"),
    ("actions_used", "not: random numbers of links that were used"),
    ("audit", "audit"),
    ("availability_plans", "listing: its availability"),
    ("blocks_lifted", "introductions: block"),
    ("confirm_reminders", "listing: by when it needs confirming"),
    ("consent_evidence", "listing: evidence"),
    ("consents", "consents"),
    ("custody", "not: sealed letters of others, which nobody here can open"),
    ("custody_receipts", "not: receipts of other organisations"),
    ("duties", "not: what is on its way between nodes, gone once it is there"),
    ("erasure_receipts", "not: nodes, by the number of a listing that is gone"),
    ("erasures", "not: numbers of listings that are gone"),
    ("erasures_asked", "not: organisations"),
    ("erasures_confirmed", "not: digests of withdrawals of others"),
    ("erasures_followed", "not: a place in the log"),
    ("hidden_profiles", "not: mentors of other organisations, by their public ids"),
    ("holders", "not: organisations"),
    ("introduction_events", "introductions: events"),
    ("introduction_letters", "introductions: texts, reason, message, contact"),
    ("introductions", "introductions"),
    ("invitations", "listing: invitation"),
    ("letters_seen", "not: digests of letters of other organisations"),
    ("listings", "listing"),
    ("mail", "mail"),
    ("mail_choices", "mail_choice"),
    ("mentors_put_aside", "put_aside"),
    ("notices", "introductions: events; a notice copies nothing"),
    ("organisation", "not: about the organisation"),
    ("outbox", "introductions: on_its_way"),
    ("outbox_envelopes", "not: digests of sealed letters"),
    ("own_operations", "not: keys of the organisation"),
    ("own_slots", "listing: what is public of it"),
    ("peers", "not: nodes"),
    ("people", "person"),
    ("purges", "not: counts"),
    ("recalls", "not: organisations"),
    ("reports", "left_out"),
    ("requests", "not: answers of the last day, whose content stands in the other sections"),
    ("restored", "not: moments"),
    ("rights_filed", "not: that something was asked elsewhere, under the digest of a reference"),
    ("rights_requests", "rights; those of others about them: left_out"),
    ("secrets", "not: random bytes of the node"),
    ("sessions", "sessions"),
    ("sign_in_links", "sessions"),
    ("silences", "listing: silences in a row"),
    ("trust_policy", "not: about organisations"),
    ("trust_standings", "not: about organisations"),
];

/// Tables that hold something which tells who a person is or what they wrote, by the names of their columns.
const TELLING: [&str; 12] = [
    "person",
    "email",
    "recipient",
    "mentee_name",
    "contact_name",
    "name",
    "body_text",
    "signed",
    "text",
    "profile",
    "address",
    "subject",
];

#[tokio::test]
async fn every_table_is_given_to_the_person_or_it_is_said_why_not() {
    let (_folder, desk, _) = desk().await;
    let query = "SELECT m.name AS held, c.name AS what FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table'";
    let rows = sqlx::query(query).fetch_all(desk.reads()).await.expect("read");
    assert!(rows.len() > 100, "the tables were found");
    for row in rows {
        let (held, what): (String, String) =
            (row.try_get("held").expect("a name"), row.try_get("what").expect("a name"));
        let line = TABLES.iter().find(|(name, _)| *name == held);
        let says = line.unwrap_or_else(|| unreachable!("`{held}` is new: say in which section of an export it is")).1;
        let telling = TELLING.contains(&what.as_str());
        let public = [
            "hidden_profiles",
            "organisation",
            "own_operations",
            "secrets",
            "outbox_envelopes",
            "duties",
            "erasures",
            "erasures_asked",
            "erasure_receipts",
        ];
        let silent = says.starts_with("not:") && !public.contains(&held.as_str());
        let of_others = held.starts_with("custody") && what == "recipient";
        assert!(!(telling && silent) || of_others, "{held}.{what} tells of a person and is not given: {says}");
    }
}

fn row(number: u8, direction: Direction) -> IntroductionRow {
    IntroductionRow {
        id: IntroductionId([number; 16]),
        direction,
        organisation: OrganisationId([2; 32]),
        subject: Subject([7; 16]),
        mentee_ref: [5; 16],
        person: (direction == Direction::Sent).then_some([5; 16]),
        mentee_name: "Cyrus Cooper".to_owned(),
        mentee_email: Some("cyrus@example.org".to_owned()),
        title: "Unmistakable title".to_owned(),
        purpose: "Unmistakable purpose".to_owned(),
        why_you: Some("Unmistakable reason".to_owned()),
        offer: OfferKind::Intro15,
        delivery: Delivery::Delivered,
        state: State::Accepted,
        expires_at: NOW,
        created_at: NOW,
        changed_at: NOW,
        contact: Some(Contact { name: "Ada".to_owned(), email: "ada@example.org".to_owned() }),
    }
}

#[tokio::test]
async fn who_is_forgotten_is_in_no_page_of_the_file_and_nobody_else_is_touched() {
    let (folder, desk, _) = desk().await;
    keeps(&desk, &person(1, "Cyrus@example.org", &[])).await;
    keeps(&desk, &person(2, "di@example.org", &[])).await;
    let mail = |to: &str| Mail {
        what: "accepted",
        to: to.to_owned(),
        name: None,
        subject: "An answer".to_owned(),
        text: format!("Unmistakable mail to {to}"),
        html: String::new(),
        urgent: false,
    };
    let mut write = desk.write().await.expect("a change");
    write.add_introduction(&row(1, Direction::Sent)).await.expect("kept");
    let other = IntroductionRow {
        person: Some([6; 16]),
        title: "Another's title".to_owned(),
        purpose: "Another's purpose".to_owned(),
        why_you: None,
        mentee_name: "Di Duarte".to_owned(),
        mentee_email: Some("di@example.org".to_owned()),
        ..row(2, Direction::Sent)
    };
    write.add_introduction(&other).await.expect("kept");
    write.queue_mail(&mail("CYRUS@example.org")).await.expect("queued");
    write.queue_mail(&mail("di@example.org")).await.expect("queued");
    write.choose_mail("cyrus@example.org", MailChoice::Necessary, "person 1", "request").await.expect("chosen");
    let aside = ProfileId { organisation: OrganisationId([2; 32]), subject: Subject([7; 16]) };
    write.put_aside(&[5; 16], &aside, true).await.expect("put aside");
    write.commit().await.expect("durable");
    desk.recall("k", &[1; 32]).await.expect("claimed");
    desk.remember("k", 201, b"{\"mentee\":{\"email\":\"cyrus@example.org\"}}").await.expect("kept");

    let whose = Whose { person: [5; 16], listing: None };
    let about = OfPerson { address: "cyrus@example.org".to_owned(), person: Some(PersonId([1; 16])), whose };
    let sides = desk.sides_of(&whose).await.expect("read");
    assert_eq!(sides.len(), 1);
    assert_eq!(desk.mail_of("cyrus@example.org").await.expect("read").len(), 1);
    assert_eq!(desk.put_aside_by(&[5; 16]).await.expect("read"), [aside]);
    let mut write = desk.write().await.expect("a change");
    let gone = write.forget_person(&about, &sides).await.expect("forgotten");
    write.commit().await.expect("durable");
    for kind in ["introductions", "mail", "mail_choices", "mentors_put_aside", "people", "requests"] {
        assert_eq!(gone.get(kind), Some(&1), "{kind}: {gone:?}");
    }
    desk.settle().await.expect("settled");
    let files = ["desk.sqlite", "desk.sqlite-wal"].map(|name| folder.path().join(name));
    let bytes: Vec<u8> = files.iter().flat_map(|file| std::fs::read(file).unwrap_or_default()).collect();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()));
    for text in ["cyrus@example", "Unmistakable title", "Unmistakable purpose", "Unmistakable reason", "mail to CYRUS"]
    {
        assert!(!holds(text), "{text}");
    }
    for text in ["Another's title", "Unmistakable mail to di", "di@example.org"] {
        assert!(holds(text), "{text}");
    }
    let mut write = desk.write().await.expect("a change");
    assert!(write.forget_person(&about, &[]).await.expect("again").is_empty(), "nothing is left to forget");
}
