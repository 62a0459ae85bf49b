//! What somebody answered to the four questions, and which words a search takes from it.
//!
//! Answers live in addresses alone: nothing here keeps them. What a person brings is theirs to say to a mentor and is
//! never searched for.

use mentormesh_protocol::api::Problem;
use mentormesh_protocol::limits::{QUERY_CHARACTERS, QUERY_TERMS};
use mentormesh_protocol::query::Query;
use mentormesh_protocol::record::HELPS_WITH;

use crate::http::error::Failure;
use crate::http::extract::Pairs;

/// Characters of an answer about one's situation.
pub(super) const CONTEXT: usize = 160;
/// Characters of an answer about what one brings.
pub(super) const BRING: usize = 400;

/// The answers that are not words of the search itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answers {
    /// Why a mentor is looked for, in words of `helps_with`.
    pub(super) why: Vec<&'static str>,
    /// Where somebody stands.
    pub(super) context: String,
    /// What somebody brings.
    pub(super) bring: String,
}

impl Answers {
    /// Under which names they stand in an address.
    pub(super) const NAMES: [&'static str; 3] = ["why", "context", "bring"];

    /// Reads them; a reason that nobody knows is left alone.
    pub(super) fn of(pairs: &Pairs) -> Result<Self, Failure> {
        let given: Vec<&str> =
            pairs.0.iter().filter(|(name, _)| name == "why").map(|(_, value)| value.trim()).collect();
        let why = HELPS_WITH.into_iter().filter(|word| given.contains(word)).collect();
        Ok(Self { why, context: short(pairs, "context", CONTEXT)?, bring: short(pairs, "bring", BRING)? })
    }

    /// As they stand in an address.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<_> = self.why.iter().map(|word| ("why", (*word).to_owned())).collect();
        let texts = [("context", &self.context), ("bring", &self.bring)];
        pairs.extend(texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name, text.clone())));
        pairs
    }

    /// The search with the words of the answers after those that were typed, as many as a search takes: any of them
    /// finds somebody, and who fits more of them comes first.
    pub(super) fn widen(&self, query: &Query) -> Query {
        let why = self.why.iter().flat_map(|word| word.split('_'));
        let more = why.chain(self.context.split(|letter: char| !letter.is_alphanumeric()));
        let mut words = query.words.clone();
        for word in more.filter(|word| word.chars().count() > 2) {
            let longer = if words.is_empty() { word.to_owned() } else { format!("{words} {word}") };
            let known = words.split_whitespace().any(|before| before.eq_ignore_ascii_case(word));
            let fits = longer.chars().count() <= QUERY_CHARACTERS && longer.split_whitespace().count() <= QUERY_TERMS;
            if !known && fits {
                words = longer;
            }
        }
        Query { words, ..query.clone() }
    }
}

fn short(pairs: &Pairs, name: &'static str, most: usize) -> Result<String, Failure> {
    let text = pairs.last(name).unwrap_or_default();
    let long = text.chars().count();
    if long > most {
        return Err(Problem::field(name, format!("{long} characters, at most {most}")).into());
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(pairs: &[(&str, &str)]) -> Result<Answers, Failure> {
        Answers::of(&Pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()))
    }

    #[test]
    fn every_question_may_be_skipped() {
        let skipped = answered(&[("why", ""), ("context", "  "), ("bring", "")]).expect("answers");
        assert!(skipped.pairs().is_empty());
        assert_eq!(skipped.widen(&Query::words("PR")), Query::words("PR"));
    }

    #[test]
    fn answers_become_words_of_the_search_but_what_one_brings_does_not() {
        let pairs =
            [("why", "returning_to_work"), ("context", "nurse, leading a team"), ("bring", "ten years of sailing")];
        let answers = answered(&pairs).expect("answers");
        assert_eq!(answers.widen(&Query::words("rota work")).words, "rota work returning nurse leading team");
        let typed = Query { available: Some(true), ..Query::words("") };
        assert_eq!(answers.widen(&typed).available, Some(true), "filters stay");
    }

    #[test]
    fn answers_are_read_back_from_the_address_they_are_written_to() {
        let pairs = [("why", "skills"), ("why", "confidence"), ("context", "a \"new\" job & more"), ("bring", "time")];
        let answers = answered(&pairs).expect("answers");
        let written: Vec<_> = answers.pairs();
        let again: Vec<_> = written.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(answered(&again).expect("answers"), answers);
    }

    #[test]
    fn no_answer_makes_a_search_that_is_refused() {
        let typed = Query::words("word ".repeat(30).trim());
        let context: Vec<_> = (10..40).map(|number| format!("wd{number}")).collect();
        let widened = answered(&[("context", &context.join(" "))]).expect("answers").widen(&typed);
        assert!(widened.check().is_ok(), "{}", widened.words);
    }

    #[test]
    fn an_answer_that_is_too_long_says_so_and_an_unknown_reason_counts_for_nothing() {
        let failure = answered(&[("context", &"x".repeat(CONTEXT + 1))]).expect_err("too long");
        assert_eq!(failure.problem().errors.first().map(|error| error.field.as_str()), Some("context"));
        assert!(answered(&[("bring", &"x".repeat(BRING + 1))]).is_err());
        assert_eq!(answered(&[("why", "world_domination")]).expect("answers"), Answers::default());
    }
}
