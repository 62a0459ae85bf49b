//! The passage of a profile that shows best why it was found, as plain text with marks around the words that match.

use std::collections::BTreeSet;

use mentormesh_protocol::record::Profile;

use crate::index::{Piece, Plan, PlannedWord, Stems, fold, pieces, stemmed_in};

/// Characters of a snippet, marks not counted.
const CHARACTERS: usize = 200;
/// Characters before the first match of a cut snippet.
const BEFORE: usize = 50;
/// Before and after a word that matches.
const BEGIN: char = '\u{2}';
const END: char = '\u{3}';

/// What matches in one text: ranges of bytes, in order, and which words of the query they are.
#[derive(Default)]
struct Marks {
    ranges: Vec<(usize, usize)>,
    words: BTreeSet<usize>,
}

/// Picks and marks the passage. Without words it is the summary, or the headline when there is none.
pub(super) fn snippet(profile: &Profile, plan: &Plan, stems: &mut Stems) -> String {
    let skills: Vec<&str> = profile.knows_about.iter().map(|skill| skill.label.as_str()).collect();
    let (skills, tags) = (skills.join(", "), profile.tags.join(", "));
    let fit = profile.mentee_fit.as_deref().unwrap_or_default();
    let first = if profile.summary.is_empty() { &profile.headline } else { &profile.summary };
    if plan.words.is_empty() {
        return cut(first, &Marks::default());
    }
    let languages = stemmed_in(profile);
    let mut best = (first.as_str(), Marks::default());
    // The longest comes last and is read only when no shorter one shows every word.
    for text in [&profile.summary, &skills, &profile.headline, &tags, fit, &profile.bio] {
        let marks = marks(text, plan, &languages, stems);
        if marks.words.len() > best.1.words.len() {
            best = (text, marks);
        }
        if best.1.words.len() == plan.words.len() {
            break;
        }
    }
    cut(best.0, &best.1)
}

fn marks(text: &str, plan: &Plan, languages: &[&str], stems: &mut Stems) -> Marks {
    let found = pieces(text);
    let spoken: Vec<&str> = found.iter().map(|piece| piece.text.as_str()).collect();
    let stemmed: Vec<Vec<String>> = languages.iter().map(|language| stems.of(language, &spoken)).collect();
    let mut marks = Marks::default();
    for (at, piece) in found.iter().enumerate() {
        for (number, word) in plan.words.iter().enumerate() {
            let by_stem = stemmed.iter().filter_map(|stems| stems.get(at)).any(|stem| word.stems.contains(stem));
            let ranges = if piece.run {
                within_run(text, piece, word)
            } else if word.forms.contains(&piece.text) || by_stem {
                vec![(piece.from, piece.to)]
            } else {
                Vec::new()
            };
            if !ranges.is_empty() {
                marks.words.insert(number);
                ranges.into_iter().for_each(|range| marks.add(range));
            }
        }
    }
    marks
}

impl Marks {
    fn add(&mut self, (from, to): (usize, usize)) {
        match self.ranges.last_mut().filter(|(_, end)| *end >= from) {
            Some((_, end)) => *end = to.max(*end),
            None => self.ranges.push((from, to)),
        }
    }
}

/// The neighbouring characters of a run that a word is made of.
fn within_run(text: &str, piece: &Piece, word: &PlannedWord) -> Vec<(usize, usize)> {
    let raw = text.get(piece.from..piece.to).unwrap_or_default();
    let characters: Vec<(usize, usize, String)> = raw
        .char_indices()
        .map(|(at, c)| (piece.from + at, piece.from + at + c.len_utf8(), fold(c.encode_utf8(&mut [0; 4]))))
        .collect();
    let singles = characters.iter().filter(|(_, _, c)| word.forms.contains(c)).map(|(from, to, _)| (*from, *to));
    let pairs = characters.windows(2).filter_map(|pair| match pair {
        [(from, _, first), (_, to, second)] => word.forms.contains(&format!("{first}{second}")).then_some((*from, *to)),
        _ => None,
    });
    let mut ranges: Vec<_> = singles.chain(pairs).collect();
    ranges.sort_unstable();
    ranges
}

/// At most [`CHARACTERS`] of the text around its first match, cut between words where there are spaces.
fn cut(text: &str, marks: &Marks) -> String {
    let first = marks.ranges.first().map_or(0, |(from, _)| *from);
    let whole = text.chars().count() <= CHARACTERS;
    let before = text.get(..first).unwrap_or_default();
    let from = if whole || before.chars().count() <= BEFORE {
        0
    } else {
        let back = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        let space = text.get(back..first).and_then(|near| near.find(char::is_whitespace));
        space.map_or(back, |space| back + space)
    };
    // Room for the signs that say something was left out.
    let room = if whole { CHARACTERS } else { CHARACTERS - 2 };
    let rest = text.get(from..).unwrap_or_default();
    let to = match rest.char_indices().nth(room) {
        None => text.len(),
        Some((end, _)) => {
            let space =
                rest.get(..end).and_then(|near| near.rfind(char::is_whitespace)).filter(|space| *space > end / 2);
            from + space.unwrap_or(end)
        }
    };
    let mut out = String::new();
    if from > 0 {
        out.push('…');
    }
    mark(&mut out, text, (from, to), marks);
    if to < text.len() {
        out.push('…');
    }
    out
}

fn mark(out: &mut String, text: &str, (from, to): (usize, usize), marks: &Marks) {
    let copy = |out: &mut String, from: usize, to: usize| {
        let plain = text.get(from..to).unwrap_or_default().chars();
        out.extend(plain.map(|c| if c.is_control() { ' ' } else { c }));
    };
    let mut at = from;
    for (begin, end) in marks.ranges.iter().filter(|(begin, end)| *begin >= from && *end <= to) {
        copy(out, at, *begin);
        out.push(BEGIN);
        copy(out, *begin, *end);
        out.push(END);
        at = *end;
    }
    copy(out, at, to);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_around_its_first_match() {
        let text = format!("{} needle {}", "hay ".repeat(100), "stack ".repeat(100));
        let at = text.find("needle").expect("it is there");
        let snippet = cut(&text, &Marks { ranges: vec![(at, at + 6)], words: BTreeSet::from([0]) });
        assert!(snippet.contains("\u{2}needle\u{3}"), "{snippet}");
        assert!(snippet.starts_with('…') && snippet.ends_with('…'), "{snippet}");
        assert!(snippet.chars().filter(|c| !matches!(*c, BEGIN | END)).count() <= CHARACTERS, "{snippet}");
    }

    #[test]
    fn control_characters_never_pass_for_marks() {
        assert_eq!(cut("a\u{2}b\nc", &Marks::default()), "a b c");
    }
}
