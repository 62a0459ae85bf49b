//! E-mail addresses in free text, told apart from prose, and the way in for telephone numbers and links.
//!
//! A profile is public for ever once it is published, and a request is the first word of a stranger: contacts belong
//! elsewhere. Texts are looked at as a reader sees them: width, digits of other scripts, invisible characters and
//! kinds of dash are folded first. Numbers are judged in `telephone.rs`, links in `links.rs`.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::{links, telephone};

/// A contact found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What it is, with its article.
    pub what: &'static str,
    /// The text found, as it was read.
    pub text: String,
}

/// Finds the first e-mail address or telephone number in a text.
#[must_use]
pub fn find(text: &str) -> Option<Contact> {
    find_in(&fold(text))
}

/// Finds the first e-mail address, telephone number or link in a text.
#[must_use]
pub fn find_or_link(text: &str) -> Option<Contact> {
    let plain = fold(text);
    find_in(&plain).or_else(|| links::find(&plain).map(|text| Contact { what: "a link", text }))
}

fn find_in(plain: &str) -> Option<Contact> {
    let email = EMAILS.iter().find_map(|pattern| pattern.find(plain));
    if let Some(found) = email {
        return Some(Contact { what: "an e-mail address", text: found.as_str().trim().to_owned() });
    }
    let found = telephone::find(plain)?;
    Some(Contact { what: "a telephone number", text: found })
}

/// How e-mail addresses are written, plainly and in disguise. Plain `at` with a plain dot is left alone: that is how
/// people name their employer.
static EMAILS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        // ada@example.org, ada @ example . org, ada%40example.org
        r"(?i)[\w.%+'-]+ ?(?:@|%40|&#0*64;) ?[\w-]+(?:(?:\.| \. )[\w-]+)*(?:\.| \. )(?:xn--[a-z0-9-]+|[^\W\d_]{2,})",
        r"(?i)\bmailto ?:",
        // ada (at) example.org, ada [at] example [dot] org
        r"(?i)[\w.%+'-]+ ?[\[({<] ?(?:at|@|arroba|chez|bei) ?[\])}>] ?[\w-]+(?: ?(?:\.|[\[({<] ?(?:dot|punkt|punto|ponto|point|\.) ?[\])}>]|\b(?:dot|punkt|punto|ponto|point)\b) ?[\w-]+)+",
        // ada at example dot org, ada-at-example-dot-org
        r"(?i)\b[\w.+]+[ _-]{1,2}at[ _-]{1,2}[^\W_]+(?:[ _-]{1,2}dot[ _-]{1,2}[^\W_]+)+",
    ]
    .map(|pattern| Regex::new(pattern).expect("patterns are fixed and tested"))
});

/// A text as a reader sees it: compatibility forms, digits and dashes folded, invisible characters dropped.
fn fold(text: &str) -> String {
    text.nfkc().filter(|c| !is_invisible(*c)).map(|c| digit(c).unwrap_or(c)).map(dash).collect()
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

const fn dash(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{30fc}' => '-',
        '\u{2019}' | '\u{2bc}' => '\'',
        '\u{3002}' | '\u{ff61}' => '.',
        '\t' | '\u{1680}' => ' ',
        other => other,
    }
}

/// The zero of each run of ten decimal digits that compatibility folding leaves alone.
const ZEROS: [u32; 36] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x11066,
];

fn digit(c: char) -> Option<char> {
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn e_mail_addresses_are_found_however_they_are_dressed() {
        for text in [
            "ada@example.org",
            "Write to Ada.Lovelace+mentor@mail.example.co.uk, please",
            "ada @ example.org",
            "ada@ example . org",
            "ada＠example．org",
            "ada (at) example (dot) org",
            "ada [at] example.org",
            "ada{AT}example{DOT}org",
            "ada at example dot org",
            "ada-at-example-dot-org",
            "mailto:ada",
            "ada%40example.org",
            "a\u{200b}da@exam\u{ad}ple.org",
            "адa@пример.рф",
            "ada@xn--e1afmkfd.xn--p1ai",
            "ada (arroba) ejemplo punto es",
        ] {
            let found = find(text);
            assert!(found.as_ref().is_some_and(|found| found.what == "an e-mail address"), "{text}: {found:?}");
        }
    }

    #[test]
    fn prose_with_at_signs_and_dots_is_left_alone() {
        for text in [
            "Engineer at example.org",
            "Find @ada on the fediverse",
            "https://social.example/@ada.lovelace",
            "Speaker @work, 3 @ 2.50 each",
            "Look at this. Dot by dot.",
            "10 @ 1.5 ms",
            "she works at Dot Foods",
            "C@fé owner",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange_to_look_at(text in "\\PC{0,200}") {
            let _found = find_or_link(&text);
        }

        #[test]
        fn an_address_is_found_wherever_it_stands(
            before in "[a-z ]{0,20}", local in "[a-z]{1,10}", host in "[a-z]{2,10}", after in "[a-z ]{0,20}"
        ) {
            let text = format!("{before} {local}@{host}.org {after}");
            prop_assert!(find(&text).is_some(), "{}", text);
        }
    }
}
