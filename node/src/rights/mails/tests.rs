//! Mail about rights from a real register, in the language of whoever reads it.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use mentormesh_protocol::PersonId;
use mentormesh_protocol::api::{RightsClose, RightsInput};
use mentormesh_protocol::duty::RightsKind;
use mentormesh_protocol::testing::Organisation;

use super::*;
use crate::desk::PersonRow;
use crate::introductions::tests::{Pair, pair};
use crate::rights::testing::over;

/// Somebody who reads this language.
async fn person(pair: &Pair, number: u8, email: &str, locale: Option<&str>, roles: &[Role]) {
    let row = PersonRow {
        id: PersonId([number; 16]),
        email: email.to_owned(),
        name: format!("Person {number}"),
        locale: locale.map(str::to_owned),
        roles: roles.iter().copied().collect(),
        disabled: false,
        created_at: pair.clock.now(),
        changed_at: pair.clock.now(),
    };
    let mut write = pair.ada.desk.write().await.expect("a turn");
    write.put_person(&row).await.expect("kept");
    write.commit().await.expect("durable");
}

/// Subjects and texts of this kind of mail, by whom it is to.
async fn written(pair: &Pair, what: &str) -> BTreeMap<String, (String, String)> {
    let (rows, _) = pair.ada.desk.mails(None, None, 100).await.expect("read");
    let of_kind = rows.into_iter().filter(|row| row.what == what);
    of_kind.map(|row| (row.to, (row.subject, row.text))).collect()
}

#[tokio::test]
async fn registrars_and_askers_are_mailed_in_their_own_languages() {
    let pair = pair().await;
    person(&pair, 1, "rae@example.org", Some("fr"), &[Role::Registrar]).await;
    person(&pair, 2, "sam@example.org", None, &[Role::Registrar]).await;
    person(&pair, 3, "cy@example.org", Some("es"), &[]).await;
    let rights = over(&pair.ada.desk, pair.ada.views(), &pair.clock, &Organisation::ada());
    for (reply, asked_in) in
        [("bo@example.org", Some(Locale::German)), ("cy@example.org", None), ("di@example.org", None)]
    {
        let input = RightsInput {
            kind: RightsKind::Access,
            profile: None,
            name: Some("Ada".to_owned()),
            organisation: Some(Organisation::ada().id()),
            words: "What do you have about me?".to_owned(),
            reply: reply.to_owned(),
        };
        let filed = rights.file(input, IpAddr::V4(Ipv4Addr::LOCALHOST), asked_in).await.expect("filed");
        let how = RightsClose { outcome: RightsOutcome::Done, message: Some("Here it is.".to_owned()) };
        rights.close(&filed.number, how, "registrar").await.expect("closed");
    }
    let told = written(&pair, "rights").await;
    let (subject, text) = told.get("rae@example.org").expect("a mail to Rae");
    assert_eq!(subject, "Une demande sur les droits d’une personne");
    assert!(text.contains("mentormesh rights show") && !text.contains("about me?"), "{text}");
    let to_sam = told.get("sam@example.org").map(|(subject, _)| subject.as_str());
    assert_eq!(to_sam, Some("A request about somebody’s rights"));
    let answers = written(&pair, "rights_answer").await;
    for (reply, subject, said) in [
        ("bo@example.org", "Eine Antwort zu Ihren Daten", "Was Sie verlangt haben, ist geschehen."),
        ("cy@example.org", "Una respuesta sobre sus datos", "autoridad de protección de datos"),
        ("di@example.org", "An answer about your data", "What you asked for was done."),
    ] {
        let (seen, text) = answers.get(reply).expect("an answer");
        assert_eq!(seen, subject);
        assert!(text.contains(said) && text.contains("> Here it is."), "{text}");
    }
}
