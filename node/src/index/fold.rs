//! What a word is: text cut into pieces, each folded so that case, accents and width do not matter.
//!
//! Scripts that put spaces between words give one piece a word. Han, kana, hangul, Thai and their like give one piece
//! a run of one script, which is indexed by its characters and pairs of neighbours, because nobody here knows where
//! its words end. Pure functions of their text; the stems of a piece are [`super::stem`]'s.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of one piece that count; nothing longer is a word.
const PIECE_CHARACTERS: usize = 64;

/// One word, or one run of a script without spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The folded text.
    pub(crate) text: String,
    /// Where it begins in the text it was cut from, in bytes.
    pub(crate) from: usize,
    /// Where it ends.
    pub(crate) to: usize,
    /// Whether it is a run of a script that puts no spaces between words.
    pub(crate) run: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Spaced,
    Han,
    Hiragana,
    Katakana,
    Hangul,
    Thai,
    Lao,
    Myanmar,
    Khmer,
}

impl Piece {
    /// What a run is indexed by: each character, and each pair of neighbours.
    pub(crate) fn grams(&self) -> Vec<String> {
        let characters: Vec<char> = self.text.chars().collect();
        let singles = characters.iter().map(char::to_string);
        singles.chain(pairs(&characters)).collect()
    }

    /// What a run is looked up by: its pairs of neighbours, or its only character.
    pub(crate) fn sought(&self) -> Vec<String> {
        let characters: Vec<char> = self.text.chars().collect();
        let mut sought: Vec<String> =
            if characters.len() == 1 { vec![self.text.clone()] } else { pairs(&characters).collect() };
        sought.sort_unstable();
        sought.dedup();
        sought
    }
}

fn pairs(characters: &[char]) -> impl Iterator<Item = String> + '_ {
    characters.windows(2).map(|pair| pair.iter().collect())
}

/// Cuts a text into its pieces, in order.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Script)> = None;
    let mut close = |open: &mut Option<(usize, Script)>, to: usize| {
        if let Some((from, script)) = open.take() {
            found.extend(piece(text, from, to, script));
        }
    };
    for (at, c) in text.char_indices() {
        let belongs = c.is_alphanumeric() || is_combining_mark(c);
        let glue = matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}');
        match (open, belongs) {
            (Some(_), false) if glue => {}
            (None, false) => {}
            (Some(_), false) => close(&mut open, at),
            (Some((_, script)), true) if script_of(c, script) == script => {}
            (_, true) => {
                close(&mut open, at);
                open = Some((at, script_of(c, Script::Spaced)));
            }
        }
    }
    close(&mut open, text.len());
    found
}

fn piece(text: &str, from: usize, to: usize, script: Script) -> Option<Piece> {
    let raw = text.get(from..to)?;
    let mut folded: String = fold(raw).chars().take(PIECE_CHARACTERS).collect();
    if folded.is_empty() {
        return None;
    }
    let mut end = to;
    if script == Script::Spaced && folded.chars().count() <= 2 {
        // "C++", "C#", "F#": the sign is the name.
        let signs = text.get(to..)?.bytes().take(2).take_while(|byte| matches!(byte, b'+' | b'#')).count();
        end = to + signs;
        folded.push_str(text.get(to..end)?);
    }
    Some(Piece { text: folded, from, to: end, run: script != Script::Spaced })
}

/// The script of a character; marks take that of what they follow.
fn script_of(c: char, before: Script) -> Script {
    match c {
        '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Script::Han,
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' => Script::Han,
        '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' => Script::Hiragana,
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Script::Katakana,
        '\u{ff66}'..='\u{ff9d}' => Script::Katakana,
        '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        '\u{e01}'..='\u{e4e}' => Script::Thai,
        '\u{e81}'..='\u{edf}' => Script::Lao,
        '\u{1000}'..='\u{109f}' => Script::Myanmar,
        '\u{1780}'..='\u{17d3}' => Script::Khmer,
        c if is_combining_mark(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}') => before,
        _ => Script::Spaced,
    }
}

/// Folds case, width, and those marks that people leave out when they type.
pub(crate) fn fold(raw: &str) -> String {
    // Most words of most registers are ASCII, and most of the time of indexing was spent here.
    if raw.is_ascii() {
        return raw.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    let mut base = ' ';
    let mut out = String::with_capacity(raw.len());
    for c in raw.nfkd() {
        if is_combining_mark(c) {
            if !is_dropped(base, c) {
                out.push(c);
            }
            continue;
        }
        base = c;
        for c in c.to_lowercase().filter(|c| c.is_alphanumeric()) {
            match unlike_ascii(c) {
                Some(plain) => out.push_str(plain),
                None => out.push(c),
            }
        }
    }
    out.nfc().collect()
}

/// Accents on Latin and Greek letters, stress and the dots of ё, and the vowel points of Arabic and Hebrew; a mark
/// that makes another letter of its script (й, が, and Indic vowels) stays.
fn is_dropped(base: char, mark: char) -> bool {
    match mark {
        '\u{300}'..='\u{36f}' => {
            let latin_or_greek = base < '\u{400}' || ('\u{1e00}'..='\u{1fff}').contains(&base);
            latin_or_greek || mark == '\u{301}' || (mark == '\u{308}' && matches!(base, 'е' | 'Е'))
        }
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{591}'..='\u{5c7}' => true,
        _ => false,
    }
}

/// Lower-case letters that do not decompose although people type them in ASCII.
const fn unlike_ascii(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "n",
        'ς' => "σ",
        'ـ' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        pieces(text).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn case_accents_and_width_do_not_matter() {
        assert_eq!(texts("Zoë's ÉCOLE, Straße; Ｆｕｌｌ"), ["zoe", "s", "ecole", "strasse", "full"]);
        assert_eq!(texts("Łódź Ærø İstanbul Ёлка"), ["lodz", "aero", "istanbul", "елка"]);
    }

    #[test]
    fn a_letter_that_is_another_letter_stays_one() {
        assert_ne!(texts("йод"), texts("иод"));
        assert_ne!(texts("が"), texts("か"));
        assert_eq!(texts("हिन्दी"), ["हिन्दी"]);
    }

    #[test]
    fn the_sign_of_a_short_name_belongs_to_it() {
        assert_eq!(texts("C++/C# and R, C."), ["c++", "c#", "and", "r", "c"]);
    }

    #[test]
    fn a_script_without_spaces_gives_runs_and_their_pairs() {
        let found = pieces("東京でSNS広報");
        let runs: Vec<_> = found.iter().map(|piece| (piece.text.as_str(), piece.run)).collect();
        assert_eq!(runs, [("東京", true), ("で", true), ("sns", false), ("広報", true)]);
        assert_eq!(found.first().map(Piece::sought), Some(vec!["東京".to_owned()]));
        assert_eq!(found.first().map(|run| run.grams().len()), Some(3));
    }

    #[test]
    fn offsets_cut_the_text_where_the_piece_stands() {
        let text = "— l’École d’été";
        let cut: Vec<_> = pieces(text).iter().filter_map(|piece| text.get(piece.from..piece.to)).collect();
        assert_eq!(cut, ["l", "École", "d", "été"]);
    }
}
