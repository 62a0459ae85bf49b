//! What somebody typed, cut into words and phrases. There is no grammar to get wrong: quotation marks make a phrase,
//! everything else that is not a letter or a digit only separates.

use mentormesh_protocol::limits::{QUERY_CHARACTERS, QUERY_TERMS};

use super::fold::{Piece, pieces};

/// Words of one phrase that are looked up; the rest of a longer one is not.
const PHRASE_WORDS: usize = 12;

/// Function words that say nothing about a mentor, folded, of the languages most queries come in. They are left out
/// unless a query has no other word.
const FILLERS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "i", "if", "in", "into", "is", "it", "me",
    "my", "need", "of", "on", "or", "our", "so", "that", "the", "their", "they", "this", "to", "want", "was", "we",
    "what", "who", "with", "you", "your", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "en", "est",
    "et", "l", "la", "le", "les", "ou", "par", "pour", "que", "qui", "sur", "un", "une", "der", "die", "das", "den",
    "dem", "ein", "eine", "einen", "fur", "im", "ist", "mit", "oder", "um", "und", "von", "zu", "zum", "zur", "con",
    "del", "el", "las", "los", "para", "por", "se", "sus", "una", "y", "di", "e", "il", "per", "o", "da", "do", "dos",
    "com", "het", "een", "van", "voor", "d", "s", "t",
];

/// A query's words, each once, and its phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// What is looked for and scored.
    pub(super) words: Vec<Word>,
    /// What must stand somewhere word for word.
    pub(super) phrases: Vec<Vec<String>>,
}

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// As it was typed.
    pub(super) typed: String,
    /// Folded.
    pub(super) piece: Piece,
}

/// Whether a folded word says nothing by itself.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// Cuts what somebody typed into words and phrases, within the limits of a query.
pub(super) fn read(typed: &str) -> Words {
    let typed: String = typed.chars().take(QUERY_CHARACTERS).collect();
    let mut words: Vec<Word> = Vec::new();
    let mut phrases = Vec::new();
    let mut rest = typed.as_str();
    while !rest.is_empty() {
        let (plain, after) = rest.split_once(is_quote).unwrap_or((rest, ""));
        add(&mut words, plain);
        let Some((phrase, after)) = after.split_once(is_quote) else {
            add(&mut words, after);
            break;
        };
        let found = pieces(phrase);
        let positions = super::document::positions(&found);
        let phrase_words: Vec<_> = positions.split(' ').filter(|w| !w.is_empty()).take(PHRASE_WORDS).collect();
        if !phrase_words.is_empty() {
            phrases.push(phrase_words.into_iter().map(str::to_owned).collect());
        }
        add(&mut words, phrase);
        rest = after;
    }
    phrases.truncate(QUERY_TERMS);
    let says = |word: &Word| !is_filler(&word.piece.text) && !is_particle(&word.piece);
    if words.iter().any(says) {
        words.retain(says);
    }
    words.truncate(QUERY_TERMS);
    Words { words, phrases }
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」')
}

/// Short hiragana between other words is grammar, not meaning.
fn is_particle(piece: &Piece) -> bool {
    piece.run && piece.text.chars().count() <= 2 && piece.text.chars().all(|c| ('\u{3041}'..='\u{3096}').contains(&c))
}

fn add(words: &mut Vec<Word>, text: &str) {
    for piece in pieces(text) {
        if words.iter().all(|word| word.piece.text != piece.text) {
            let typed = text.get(piece.from..piece.to).unwrap_or_default().to_owned();
            words.push(Word { typed, piece });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Vec<String> {
        read(typed).words.into_iter().map(|word| word.piece.text).collect()
    }

    #[test]
    fn fillers_count_only_when_there_is_nothing_else() {
        assert_eq!(found("Social media for the PR"), ["social", "media", "pr"]);
        assert_eq!(found("the who"), ["the", "who"]);
    }

    #[test]
    fn a_pair_of_quotation_marks_makes_a_phrase_and_a_lone_one_nothing() {
        let words = read("help with “Social Media” now");
        assert_eq!(words.phrases, [["social", "media"]]);
        assert!(words.words.iter().any(|word| word.typed == "Media"));
        assert!(read("5\" disks").phrases.is_empty());
        assert!(read("\"\" \"!\"").phrases.is_empty());
    }

    #[test]
    fn signs_of_other_search_engines_only_separate() {
        assert_eq!(found("title:(mining AND -coal)^2 OR *"), ["title", "mining", "coal", "2"]);
        assert_eq!(found("- * ( ^ \\"), Vec::<String>::new());
    }
}
