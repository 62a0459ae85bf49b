//! The mail that carries a link to sign in: who asked, for how long it is good, and what to do if it was not oneself.

use crate::desk::{Mail, PersonRow};

/// What a mail with a link to sign in is, in one word.
pub const SIGN_IN_MAIL: &str = "sign_in";

/// The mail to somebody, from the organisation of this name.
pub(super) fn mail(person: &PersonRow, organisation: &str, url: &str) -> Mail {
    let asked = format!("somebody, most likely you, asked to sign in to the mentor register of {organisation}.");
    let once = "Open this within fifteen minutes and press the button there. It works once.";
    let else_ = "If it was not you, do nothing: nobody gets in without this link.";
    let text = format!("Hello {},\n\n{asked}\n\n{once}\n\n{url}\n\n{else_}\n", person.name);
    let (name, asked) = (escaped(&person.name), escaped(&asked));
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sign in</title></head><body>\n\
         <p>Hello {name},</p>\n<p>{asked}</p>\n<p>{once}</p>\n<p><a href=\"{url}\">Sign in</a></p>\n\
         <p>{url}</p>\n<p>{else_}</p>\n</body></html>\n",
        url = escaped(url),
    );
    Mail {
        what: SIGN_IN_MAIL,
        to: person.email.clone(),
        name: Some(person.name.clone()),
        subject: "Your link to sign in".to_owned(),
        text,
        html,
        urgent: true,
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
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
        let mail = mail(&person, "Ada & Sons", "https://ada.example/sign-in/abc");
        assert!(mail.text.contains("https://ada.example/sign-in/abc") && mail.text.contains("Ada & Sons"));
        assert!(mail.html.contains("href=\"https://ada.example/sign-in/abc\""));
        assert!(mail.html.contains("Ada &lt;script&gt; O&#39;Hara") && !mail.html.contains("<script>"));
        assert!(!mail.subject.contains("Ada") && !mail.subject.contains('@'));
    }
}
