//! Numbers and enumerations as each language writes them, by what CLDR says of these four.

use super::Locale;

/// Digits between two separators.
const GROUP: usize = 3;

impl Locale {
    /// A number with its thousands set apart. Spanish leaves four digits together.
    pub(crate) fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let (separator, least) = match self {
            Self::English => (',', 4),
            Self::German => ('.', 4),
            // A narrow space at which no line breaks.
            Self::French => ('\u{202F}', 4),
            Self::Spanish => ('.', 5),
        };
        if digits.len() < least {
            return digits;
        }
        let mut grouped = String::with_capacity(digits.len() * 2);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(GROUP) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// Several things in one sentence: "a, b and c".
    pub(crate) fn listed(self, items: &[String]) -> String {
        let Some((last, before)) = items.split_last() else { return String::new() };
        if before.is_empty() {
            return last.clone();
        }
        let and = match self {
            Self::English => "and",
            Self::German => "und",
            Self::French => "et",
            Self::Spanish if sounds_like_i(last) => "e",
            Self::Spanish => "y",
        };
        format!("{} {and} {last}", before.join(", "))
    }
}

/// Whether a Spanish word begins as "y" sounds: "padres e hijos", but "agua y hielo".
fn sounds_like_i(word: &str) -> bool {
    let word = word.to_lowercase();
    let rest = word.strip_prefix('h').unwrap_or(&word);
    let diphthong = ["ia", "ie", "io", "iu"].iter().any(|sound| rest.starts_with(sound));
    (rest.starts_with('i') || rest.starts_with('í')) && !diphthong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_as_the_language_does() {
        let written = |number| Locale::ALL.map(|locale| locale.number(number));
        assert_eq!(written(999), ["999"; 4]);
        assert_eq!(written(1_000), ["1,000", "1.000", "1\u{202F}000", "1000"]);
        assert_eq!(written(100_000), ["100,000", "100.000", "100\u{202F}000", "100.000"]);
        assert_eq!(written(1_234_567), ["1,234,567", "1.234.567", "1\u{202F}234\u{202F}567", "1.234.567"]);
    }

    #[test]
    fn a_message_that_counts_writes_its_number_so() {
        let said = Locale::ALL.map(|locale| locale.count("hidden-mentors", 12_345));
        for (said, number) in said.iter().zip(["12,345", "12.345", "12\u{202F}345", "12.345"]) {
            assert!(said.starts_with(number), "{said}");
        }
    }

    #[test]
    fn several_things_are_joined_by_the_word_of_the_language() {
        let items = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
        let written = Locale::ALL.map(|locale| locale.listed(&items(&["a", "b", "c"])));
        assert_eq!(written, ["a, b and c", "a, b und c", "a, b et c", "a, b y c"]);
        assert_eq!(Locale::German.listed(&items(&["a"])), "a");
        assert_eq!(Locale::German.listed(&[]), "");
        for (last, joined) in [("inglés", "e"), ("Italiano", "e"), ("hijos", "e"), ("hielo", "y"), ("yoga", "y")] {
            assert_eq!(Locale::Spanish.listed(&items(&["x", last])), format!("x {joined} {last}"));
        }
    }
}
