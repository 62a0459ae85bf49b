//! Mail about mentors who do not answer, from real introductions on real desks.

use std::collections::BTreeMap;

use mentormesh_protocol::PersonId;
use mentormesh_protocol::limits::INTRODUCTION_LIFETIME;
use mentormesh_protocol::record::ProfileId;

use super::super::*;
use crate::desk::{MailRow, PersonRow};
use crate::introductions::tests::{End, Pair, pair};

/// Somebody with these roles who reads this language.
async fn person(pair: &Pair, number: u8, locale: &str, roles: &[Role], disabled: bool) -> String {
    let (now, email) = (pair.clock.now(), format!("person{number}@example.org"));
    let row = PersonRow {
        id: PersonId([number; 16]),
        email: email.clone(),
        name: format!("Person {number}"),
        locale: Some(locale.to_owned()),
        roles: roles.iter().copied().collect(),
        disabled,
        created_at: now,
        changed_at: now,
    };
    let mut write = pair.ada.desk.write().await.expect("a turn");
    write.put_person(&row).await.expect("kept");
    write.commit().await.expect("durable");
    email
}

async fn composer(pair: &Pair) -> Composer {
    composer_at(&pair.ada, pair).await
}

async fn composer_at(end: &End, pair: &Pair) -> Composer {
    let desk = end.desk.clone();
    Composer {
        introductions: end.introductions.clone(),
        actions: Actions::open(&desk).await.expect("a secret"),
        views: end.views(),
        clock: pair.clock.clone(),
        readers: Readers::new(desk.clone(), Locale::Spanish),
        home: "https://mentors.example.org".to_owned(),
        from: String::new(),
        desk,
    }
}

/// A request that nobody answers, until it has run out.
async fn runs_out(pair: &Pair, mentor: &ProfileId, mentee: &str) {
    pair.asked(mentor, mentee).await;
    pair.clock.advance(INTRODUCTION_LIFETIME + 1);
    pair.ada.introductions.sweep().await.expect("swept");
    pair.bo.introductions.sweep().await.expect("swept");
}

/// Every mail of this kind that was written so far, by whom it is to.
async fn written(composer: &Composer, what: &str) -> BTreeMap<String, MailRow> {
    while composer.turn().await.expect("a turn") {}
    let (rows, _) = composer.desk.mails(None, None, 100).await.expect("read");
    rows.into_iter().filter(|row| row.what == what).map(|row| (row.to.clone(), row)).collect()
}

#[tokio::test]
async fn two_silences_are_mailed_to_every_registrar_and_the_third_to_the_mentor_who_may_appeal() {
    let pair = pair().await;
    let greta = person(&pair, 1, "de", &[Role::Registrar], false).await;
    let hana = person(&pair, 2, "fr", &[Role::Registrar, Role::Operator], false).await;
    person(&pair, 3, "en", &[Role::Registrar], true).await;
    person(&pair, 4, "en", &[Role::Operator], false).await;
    let composer = composer(&pair).await;

    runs_out(&pair, &pair.mentor(1, 2).await, "Cy").await;
    assert!(written(&composer, "silent").await.is_empty(), "once is nothing");
    runs_out(&pair, &pair.mentor(1, 2).await, "Di").await;
    let told = written(&composer, "silent").await;
    assert_eq!(told.keys().collect::<Vec<_>>(), [&greta, &hana], "registrars who are not barred, and nobody else");
    let subject = |email: &str| told.get(email).map(|row| row.subject.as_str());
    assert_eq!(subject(&greta), Some("Jemand könnte ein Wort von Ihnen brauchen"));
    assert_eq!(subject(&hana), Some("Quelqu’un aurait besoin d’un mot de vous"));
    let desk = format!("https://mentors.example.org/desk/listings/{}", pair.mentor(1, 2).await.subject);
    for mail in told.values() {
        assert!(mail.text.contains("Mentor 1") && !mail.subject.contains("Mentor 1"), "{}", mail.text);
        assert!(mail.text.contains(&desk), "it leads to where one acts: {}", mail.text);
        assert!(!mail.text.contains("Di") || !mail.text.contains("social media"), "nothing of the requests is said");
    }
    assert!(written(&composer, "paused").await.is_empty(), "two silences pause nobody");

    runs_out(&pair, &pair.mentor(1, 2).await, "Bo").await;
    let told = written(&composer, "paused").await;
    let paused = told.get("mentor1@mentors.example.org").expect("the mentor is told");
    assert_eq!(told.len(), 1);
    for part in ["https://mentors.example.org/listing", "without a word of yours", "who can undo it at once"] {
        assert!(paused.text.contains(part), "{part}: {}", paused.text);
    }
    assert_eq!(written(&composer, "silent").await.len(), 2, "registrars are not told again");
}

#[tokio::test]
async fn who_wants_only_what_has_to_be_said_is_not_told_of_silences() {
    let pair = pair().await;
    let greta = person(&pair, 1, "de", &[Role::Registrar], false).await;
    let hana = person(&pair, 2, "en", &[Role::Registrar], false).await;
    let mut write = pair.ada.desk.write().await.expect("a turn");
    write.choose_mail(&greta, MailChoice::Necessary, "person", "herself").await.expect("chosen");
    write.commit().await.expect("durable");
    let composer = composer(&pair).await;
    for mentee in ["Cy", "Di"] {
        runs_out(&pair, &pair.mentor(1, 2).await, mentee).await;
    }
    assert_eq!(written(&composer, "silent").await.into_keys().collect::<Vec<_>>(), [hana]);
}

#[tokio::test]
async fn a_mentee_who_waits_is_mailed_of_a_pause_unless_it_is_over_or_they_want_less() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 3).await;
    pair.asked(&mentor, "Cy").await;
    pair.asked(&mentor, "Di").await;
    let mut write = pair.bo.desk.write().await.expect("a turn");
    write.choose_mail("di@mentees.example.org", MailChoice::Necessary, "person", "herself").await.expect("chosen");
    write.commit().await.expect("durable");
    let composer = composer_at(&pair.bo, &pair).await;
    pair.goes_away(1, "2026-12-24").await;
    pair.bo.introductions.sweep().await.expect("swept");
    let told = written(&composer, "mentor_paused").await;
    assert_eq!(told.keys().collect::<Vec<_>>(), ["cy@mentees.example.org"]);
    let mail = told.values().next().expect("one");
    for part in ["Mentor 1 hace una pausa", "24 de diciembre de 2026", "Retirar su solicitud", "/requests/"] {
        assert!(mail.text.contains(part), "{part}: {}", mail.text);
    }
    pair.comes_back(1).await;
    pair.bo.introductions.sweep().await.expect("swept");
    pair.goes_away(1, "2026-12-26").await;
    pair.bo.introductions.sweep().await.expect("swept");
    pair.comes_back(1).await;
    assert_eq!(
        written(&composer, "mentor_paused").await.values().next().map(|row| row.id),
        Some(mail.id),
        "it is over"
    );
}
