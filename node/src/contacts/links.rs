//! Links in folded text, told apart from abbreviations, versions, names of files and of technology.
//!
//! A link is a scheme and `://`, `www.`, or the bare name of a site. Bare names are known by their ending: those that
//! are also words or kinds of file count only with a path after them, because prose lacks blanks and people name
//! files. A body named by its site (`booking.com`) is taken for a link: its name alone says as much.

use std::sync::LazyLock;

use regex::Regex;

/// Endings that prose has no other use for.
const PLAIN: &str = "com|org|net|info|biz|edu|gov|int|io|dev|app|ai|co|xyz|site|online|website|page|blog|link|club|shop|tech|cloud|online|social|email|agency|consulting|academy|coach|museum|eu|uk|de|fr|nl|ch|es|pt|pl|se|dk|fi|cz|ie|ca|au|nz|jp|cn|ru|br|za|kr|hu|gr|ro|mx|sk|lt|lv|ee|hr|tv|fm|gg|ly|example|invalid|test";
/// Endings that are also words or kinds of file.
const AMBIGUOUS: &str = "me|it|at|be|is|in|us|to|so|no|am|as|by|do|my|cc|id|la|rs|py|md|sh|ml|ps|vi|st|gl|gd|si|ws|mobi|pro|name|news|work|works|live|life|today|world|one|work|zone|team|space|expert|guru|media|design|studio|digital";
/// A part of a site's name. One letter is part of an abbreviation.
const PART: &str = r"[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}]";

static LINKS: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    [
        // https://example.org, hxxp://example.org
        r"(?i)\b[a-z][a-z0-9+.-]{1,15} ?: ?//[^\s]+".to_owned(),
        r"(?i)\bwww\d?[.][\p{L}\p{N}][^\s]+".to_owned(),
        // example.org, www2.example.co.uk/path
        format!(r"(?i)\b(?:{PART}\.)+(?:{PLAIN}|xn--[a-z0-9-]+)\b(?:[/?#:][^\s]*)?"),
        // t.me/ada, is.gd/x, linkedin.it/in/ada
        format!(r"(?i)\b(?:[\p{{L}}\p{{N}}-]+\.)+(?:{PLAIN}|{AMBIGUOUS})/[\p{{L}}\p{{N}}@~_+][^\s]*"),
        // example[.]org, example (dot) org/path, linkedin dot com slash in slash ada
        format!(
            r"(?i)\b{PART} ?(?:[\[({{<] ?(?:\.|dot|punkt|punto|ponto|point) ?[\])}}>] ?(?:{PLAIN}|{AMBIGUOUS})\b|dot (?:{PLAIN}|{AMBIGUOUS}) slash\b)[^\s]*"
        ),
    ]
    .map(|pattern| Regex::new(&pattern).expect("patterns are fixed and tested"))
});

/// Technology whose name looks like a site.
static TECHNOLOGY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:asp|ado|vb|ml|xaml|c#|f#|socket|core|lucene|paint|nunit|json)\.(?:net|io)$|^asp\.net/[a-z]+$")
        .expect("patterns are fixed and tested")
});

/// Finds the first link in a folded text.
pub(super) fn find(text: &str) -> Option<String> {
    let mut found = LINKS.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.as_str().trim());
    found.find(|found| is_link(found)).map(str::to_owned)
}

fn is_link(found: &str) -> bool {
    !TECHNOLOGY.is_match(found)
}

#[cfg(test)]
mod tests {
    use super::super::find_or_link;

    #[test]
    fn links_are_found_however_they_are_written() {
        for text in [
            "https://example.org",
            "See http://localhost:8080/x for more",
            "hxxps://example.org/ada",
            "HTTPS://EXAMPLE.ORG",
            "ftp://files.example.org",
            "www.example.org",
            "Visit www.ada-lovelace.berlin now",
            "example.org",
            "my work is on ada.dev, have a look",
            "example.co.uk/ada",
            "Example.COM",
            "linkedin.com/in/ada",
            "(github.com/ada)",
            "t.me/ada",
            "bit.ly/3xYz",
            "is.gd/abc",
            "calendly.com/ada?month=5",
            "пример.xn--p1ai",
            "münchen.de",
            "ada[.]dev",
            "ada (dot) me",
            "linkedin dot com slash in slash ada",
            "exam\u{ad}ple.org",
            "example．org",
            "www2.example.se",
        ] {
            let found = find_or_link(text);
            assert!(found.as_ref().is_some_and(|found| found.what == "a link"), "{text}: {found:?}");
        }
    }

    #[test]
    fn prose_with_dots_and_slashes_is_left_alone() {
        for text in [
            "e.g. this, i.e. that",
            "e.g.in the evening",
            "Node.js and Vue.js/React",
            "ASP.NET, VB.NET and ASP.NET/Blazor",
            "and/or",
            "v1.2.3 or 3.5",
            "St.Gallen",
            "U.S.A.",
            "the U.K., the E.U.",
            "books, talks etc.Then we meet",
            "I tried it.It failed. So I stopped.So be it",
            "I came home.in the evening I wrote",
            "my main.rs, script.py and notes.md",
            "24/7, 50/50, w/o, c/o",
            "10:30//11:00",
            "a sentence.And another",
            "Ph.D., M.Sc., B.A.",
            "the dot com years and dot net",
            "Mr.Smith of St.Mary's",
            "z.B. abends, d.h. nach 18.30 Uhr",
            "pp.12-14, vol.2",
            "input/output and/or I/O",
            "Who am I? A maker...",
        ] {
            assert_eq!(find_or_link(text), None, "{text}");
        }
    }

    #[test]
    fn a_link_beside_the_name_of_technology_is_found_all_the_same() {
        let found = find_or_link("I know ASP.NET, see ada.example").expect("a link");
        assert_eq!(found.text, "ada.example");
    }
}
