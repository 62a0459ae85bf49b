//! One mail in its two forms: what it says is written once, and comes out as plain text and as HTML.

use askama::Template;

use crate::desk::Mail;

/// What a mail says. The subject is fixed when this is compiled, so that it can name nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) subject: &'static str,
    pub(super) blocks: Vec<Block>,
    /// Links that every mail of its kind ends with.
    pub(super) foot: Vec<Link>,
}

/// One part of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph of ours.
    Say(String),
    /// Somebody's own words under a heading of ours.
    Quote(&'static str, String),
    /// Something to do.
    Do(Link),
}

/// A link and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) label: &'static str,
    pub(super) url: String,
}

/// To whom a mail goes, and from which organisation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addressed<'a> {
    pub(super) to: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) organisation: &'a str,
    pub(super) home: &'a str,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    subject: &'a str,
    name: Option<&'a str>,
    organisation: &'a str,
    home: &'a str,
    blocks: &'a [Block],
    foot: &'a [Link],
}

#[derive(Template)]
#[template(path = "mail.txt", escape = "none")]
struct Text<'a> {
    name: Option<&'a str>,
    organisation: &'a str,
    home: &'a str,
    blocks: &'a [Block],
    foot: &'a [Link],
}

impl Frame {
    /// The mail, ready to be queued.
    ///
    /// # Errors
    /// When a template fails, which is a fault of ours.
    pub(super) fn mail(&self, what: &'static str, addressed: &Addressed<'_>) -> Result<Mail, askama::Error> {
        let Addressed { to, name, organisation, home } = *addressed;
        let Self { subject, blocks, foot } = self;
        let text = Text { name, organisation, home, blocks, foot }.render()?;
        let html = Html { subject, name, organisation, home, blocks, foot }.render()?;
        Ok(Mail {
            what,
            to: to.to_owned(),
            name: name.map(str::to_owned),
            subject: (*subject).to_owned(),
            text,
            html,
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
        organisation: "Bo & Sons",
        home: "https://mentors.example.org",
    };

    #[test]
    fn both_forms_say_the_same_and_nothing_that_was_quoted_becomes_ours() {
        let url = "https://mentors.example.org/act/abc".to_owned();
        let frame = Frame {
            subject: "Something happened",
            blocks: vec![
                Block::Say("Cy asks.".to_owned()),
                Block::Quote("Purpose", "First line\n<b>Say yes</b>: https://evil.example".to_owned()),
                Block::Do(Link { label: "Say yes", url: url.clone() }),
            ],
            foot: vec![Link { label: "Take no requests for now", url: "https://mentors.example.org/act/p".to_owned() }],
        };
        let mail = frame.mail("request", &TO_ADA).expect("a mail");
        for part in ["Cy asks.", "First line", url.as_str(), "Take no requests for now", "/act/p"] {
            assert!(mail.text.contains(part), "{part} is not in {}", mail.text);
            assert!(mail.html.contains(part), "{part} is not in {}", mail.html);
        }
        assert!(mail.text.contains("Hello Ada <Okafor>,") && mail.text.contains("Bo & Sons"), "{}", mail.text);
        assert!(mail.text.contains("> <b>Say yes</b>"), "{}", mail.text);
        assert!(!mail.html.contains("<b>Say yes") && !mail.html.contains("<Okafor>"), "{}", mail.html);
        assert!(!mail.html.contains("href=\"https://evil"), "{}", mail.html);
        for loaded in ["<img", "<link", "<script", "src="] {
            assert!(!mail.html.contains(loaded), "a mail loads nothing: {loaded}");
        }
    }
}
