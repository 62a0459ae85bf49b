//! One mail in its two forms and in one language: what it says is named once, and comes out as plain text and as HTML.

use askama::Template;
use askama::filters::Safe;

use crate::desk::Mail;
use crate::speech::Locale;

/// What a mail says. Everything of ours is the name of a message; into a subject nothing is put, so that it can name
/// nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) subject: &'static str,
    pub(crate) blocks: Vec<Block>,
    /// Links that every mail of its kind ends with.
    pub(crate) foot: Vec<Link>,
}

/// One part of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph of ours.
    Say(Said),
    /// Somebody's own words under a heading of ours.
    Quote(&'static str, String),
    /// Something to do.
    Do(Link),
    /// An address to go to, as it is.
    Go(String),
}

/// A message, and the words that are put into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    id: &'static str,
    words: Vec<(&'static str, String)>,
}

/// A link and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) label: &'static str,
    pub(crate) url: String,
}

/// To whom a mail goes, in which language, and from which organisation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addressed<'a> {
    pub(crate) to: &'a str,
    pub(crate) name: Option<&'a str>,
    pub(crate) locale: Locale,
    pub(crate) organisation: &'a str,
    pub(crate) home: &'a str,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    frame: &'a Frame,
    addressed: &'a Addressed<'a>,
    locale: Locale,
}

#[derive(Template)]
#[template(path = "mail.txt", escape = "none")]
struct Text<'a> {
    frame: &'a Frame,
    addressed: &'a Addressed<'a>,
    locale: Locale,
}

impl Block {
    /// A paragraph, with what stands in it.
    pub(crate) fn say(id: &'static str, words: &[(&'static str, &str)]) -> Self {
        Self::Say(Said { id, words: words.iter().map(|(name, word)| (*name, (*word).to_owned())).collect() })
    }
}

impl Said {
    fn words(&self) -> Vec<(&'static str, &str)> {
        self.words.iter().map(|(name, word)| (*name, word.as_str())).collect()
    }
}

impl Html<'_> {
    fn hello(&self) -> Safe<String> {
        match self.addressed.name {
            Some(name) => self.locale.naming("mail-hello-name", &[("name", name)]),
            None => Safe(self.locale.say("mail-hello")),
        }
    }

    fn said(&self, said: &Said) -> Safe<String> {
        self.locale.naming(said.id, &said.words())
    }

    fn written_by(&self) -> Safe<String> {
        self.locale.naming("mail-written-by", &[("organisation", self.addressed.organisation)])
    }
}

impl Text<'_> {
    fn hello(&self) -> String {
        match self.addressed.name {
            Some(name) => self.locale.with("mail-hello-name", &[("name", name)]),
            None => self.locale.say("mail-hello"),
        }
    }

    fn said(&self, said: &Said) -> String {
        self.locale.with(said.id, &said.words())
    }

    fn written_by(&self) -> String {
        self.locale.with("mail-written-by", &[("organisation", self.addressed.organisation)])
    }
}

impl Frame {
    /// The mail, ready to be queued.
    ///
    /// # Errors
    /// When a template fails, which is a fault of ours.
    pub(crate) fn mail(&self, what: &'static str, addressed: &Addressed<'_>) -> Result<Mail, askama::Error> {
        let locale = addressed.locale;
        Ok(Mail {
            what,
            to: addressed.to.to_owned(),
            name: addressed.name.map(str::to_owned),
            subject: locale.say(self.subject),
            text: Text { frame: self, addressed, locale }.render()?,
            html: Html { frame: self, addressed, locale }.render()?,
            urgent: false,
        })
    }
}

/// Somebody's words, set off line by line, so that none of them passes for ours.
fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TO_ADA: Addressed<'static> = Addressed {
        to: "ada@example.org",
        name: Some("Ada <Okafor>"),
        locale: Locale::English,
        organisation: "Bo & Sons",
        home: "https://mentors.example.org",
    };

    #[test]
    fn both_forms_say_the_same_and_nothing_that_was_quoted_becomes_ours() {
        let url = "https://mentors.example.org/act/abc".to_owned();
        let frame = Frame {
            subject: "mail-subject-request",
            blocks: vec![
                Block::say("mail-answer", &[("mentee", "Cy <i>Novak</i>")]),
                Block::Quote("mail-purpose", "First line\n<b>Say yes</b>: https://evil.example".to_owned()),
                Block::Do(Link { label: "mail-do-accept", url: url.clone() }),
            ],
            foot: vec![Link { label: "mail-do-pause", url: "https://mentors.example.org/act/p".to_owned() }],
        };
        let mail = frame.mail("request", &TO_ADA).expect("a mail");
        for part in ["answered what you asked.", "First line", url.as_str(), "Take no requests for now", "/act/p"] {
            assert!(mail.text.contains(part), "{part} is not in {}", mail.text);
            assert!(mail.html.contains(part), "{part} is not in {}", mail.html);
        }
        assert!(mail.text.contains("Hello Ada <Okafor>,") && mail.text.contains("Bo & Sons"), "{}", mail.text);
        assert!(mail.text.contains("> <b>Say yes</b>"), "{}", mail.text);
        for markup in ["<b>Say yes", "<Okafor>", "<i>Novak"] {
            assert!(!mail.html.contains(markup), "{}", mail.html);
        }
        assert!(!mail.html.contains("href=\"https://evil"), "{}", mail.html);
        for loaded in ["<img", "<link", "<script", "src="] {
            assert!(!mail.html.contains(loaded), "a mail loads nothing: {loaded}");
        }
    }

    #[test]
    fn a_mail_is_in_one_language_and_says_in_which() {
        let frame = Frame { subject: "mail-subject-request", blocks: Vec::new(), foot: Vec::new() };
        for (locale, subject, hello) in [
            (Locale::English, "A request waits for your answer", "Hello Ada"),
            (Locale::German, "Eine Anfrage wartet auf Ihre Antwort", "Guten Tag Ada"),
            (Locale::French, "Une demande attend votre réponse", "Bonjour Ada"),
            (Locale::Spanish, "Una solicitud espera su respuesta", "Hola, Ada"),
        ] {
            let mail = frame.mail("request", &Addressed { locale, name: Some("Ada"), ..TO_ADA }).expect("a mail");
            assert_eq!(mail.subject, subject);
            assert!(mail.text.starts_with(hello), "{}", mail.text);
            assert!(mail.html.contains(&format!("<html lang=\"{}\"", locale.tag())), "{}", mail.html);
        }
    }
}
