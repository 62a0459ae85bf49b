//! The mail that carries a link to sign in: who asked, for how long it is good, and what to do if it was not oneself.

use mentormesh_protocol::api::{ErrorCode, Problem};

use crate::desk::{Mail, PersonRow};
use crate::speech::Locale;
use crate::wording::{Addressed, Block, Frame, Link};

/// What a mail with a link to sign in is, in one word.
pub const SIGN_IN_MAIL: &str = "sign_in";

/// The mail to somebody, from the organisation of this name whose pages are there.
pub(super) fn mail(
    person: &PersonRow,
    locale: Locale,
    organisation: &str,
    home: &str,
    url: String,
) -> Result<Mail, Problem> {
    let blocks = vec![
        Block::say("mail-sign-in", &[("organisation", organisation)]),
        Block::say("mail-sign-in-once", &[]),
        Block::Do(Link { label: "mail-sign-in-link", url }),
        Block::say("mail-sign-in-else", &[]),
    ];
    let frame = Frame { subject: "mail-subject-sign-in", blocks, foot: Vec::new() };
    let addressed = Addressed { to: &person.email, name: Some(&person.name), locale, organisation, home };
    let mail = frame.mail(SIGN_IN_MAIL, &addressed);
    let mail = mail.map_err(|e| Problem::new(ErrorCode::Internal, format!("a mail was not written: {e}")))?;
    Ok(Mail { urgent: true, ..mail })
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::{PersonId, Timestamp};

    use super::*;

    #[test]
    fn the_link_is_in_both_parts_and_nobody_is_in_the_subject() {
        let person = PersonRow {
            id: PersonId([1; 16]),
            email: "ada@example.org".to_owned(),
            name: "Ada <script> O'Hara".to_owned(),
            locale: None,
            roles: [].into(),
            disabled: false,
            created_at: Timestamp(0),
            changed_at: Timestamp(0),
        };
        let (home, url) = ("https://ada.example", "https://ada.example/sign-in/abc");
        for (locale, subject) in [
            (Locale::English, "Your link to sign in"),
            (Locale::German, "Ihr Link zum Anmelden"),
            (Locale::French, "Votre lien pour ouvrir une session"),
            (Locale::Spanish, "Su enlace para entrar"),
        ] {
            let mail = mail(&person, locale, "Ada & Sons", home, url.to_owned()).expect("a mail");
            assert!(mail.urgent && mail.text.contains(url) && mail.text.contains("Ada & Sons"), "{}", mail.text);
            assert!(mail.html.contains(&format!("href=\"{url}\"")), "{}", mail.html);
            assert!(mail.html.contains("Ada &#60;script&#62; O&#39;Hara") && !mail.html.contains("<script>"));
            assert_eq!(mail.subject, subject);
        }
    }
}
