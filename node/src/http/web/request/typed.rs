//! What somebody typed into a form of a request: kept whatever becomes of it, and judged in their language.

use mentormesh_protocol::Date;
use mentormesh_protocol::limits::PAUSE_AHEAD;

use crate::contacts;
use crate::http::extract::Pairs;
use crate::introductions::tidy;
use crate::speech::Locale;

/// Most characters of a question, an answer or a report.
const TEXT: usize = 1_200;
/// Most characters of a kind word.
const NOTE: usize = 400;

/// What was typed, into which form, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) step: String,
    pub(super) text: String,
    pub(super) message: String,
    pub(super) reason: String,
    pub(super) referral: String,
    pub(super) until: String,
    pub(super) report: String,
    /// The number of the time that suits.
    pub(super) slot: String,
    /// The field, and what is wrong with it.
    pub(super) wrong: Option<(&'static str, String)>,
}

impl Typed {
    pub(super) fn read(step: &str, pairs: &Pairs) -> Self {
        let text = |name| tidy(pairs.last(name).unwrap_or_default());
        Self {
            step: step.to_owned(),
            text: text("text"),
            message: text("message"),
            reason: text("reason"),
            referral: text("referral"),
            until: text("until"),
            report: text("report"),
            slot: text("slot"),
            wrong: None,
        }
    }

    /// Whether it was this form.
    pub(super) fn is(&self, step: &str) -> bool {
        self.step == step
    }

    /// Whether this field of this form is wrong.
    pub(super) fn wrong(&self, step: &str, field: &str) -> Option<&str> {
        let (wrong, said) = self.wrong.as_ref()?;
        (self.step == step && *wrong == field).then_some(said.as_str())
    }

    /// What was written in it, to be shown where its form is gone.
    pub(super) fn said(&self) -> impl Iterator<Item = &str> {
        [&self.text, &self.message, &self.report].into_iter().map(String::as_str).filter(|said| !said.is_empty())
    }

    /// What is wrong with its texts.
    pub(super) fn judged(&self, locale: Locale) -> Option<(&'static str, String)> {
        let count = |text: &str| u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if matches!(self.step.as_str(), "question" | "answer") && !(1..=TEXT).contains(&self.text.chars().count()) {
            return Some(("text", locale.count("answering-text-length", count(&self.text))));
        }
        if self.message.chars().count() > NOTE {
            return Some(("message", locale.count("answering-note-length", count(&self.message))));
        }
        if self.report.chars().count() > TEXT {
            return Some(("report", locale.count("answering-text-length", count(&self.report))));
        }
        let said = [("text", &self.text, "answering-text"), ("message", &self.message, "answering-note")];
        said.into_iter().find_map(|(field, text, label)| {
            let found = contacts::find_or_link(text)?;
            let words = [("field", locale.say(label)), ("found", found.text)];
            let words: Vec<_> = words.iter().map(|(name, word)| (*name, word.as_str())).collect();
            Some((field, locale.with("asking-contact", &words)))
        })
    }

    /// The day until which the mentor takes a pause: after today, within a year.
    pub(super) fn pause_until(&self, today: Date) -> Option<Date> {
        let until: Date = self.until.parse().ok()?;
        let furthest = today.start().plus(PAUSE_AHEAD).date();
        (today < until && until <= furthest).then_some(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(step: &str, pairs: &[(&str, &str)]) -> Typed {
        Typed::read(step, &Pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()))
    }

    #[test]
    fn a_question_without_words_and_a_note_with_an_address_are_told_by_their_field() {
        let wrong = |typed: &Typed| typed.judged(Locale::English).map(|(field, _)| field);
        assert_eq!(wrong(&typed("question", &[])), Some("text"));
        assert_eq!(wrong(&typed("answer", &[("text", &"x".repeat(TEXT + 1))])), Some("text"));
        assert_eq!(wrong(&typed("accept", &[("message", &"x".repeat(NOTE + 1))])), Some("message"));
        assert_eq!(wrong(&typed("decline", &[("message", "mail ada@example.org")])), Some("message"));
        assert_eq!(wrong(&typed("block", &[("report", &"x".repeat(TEXT + 1))])), Some("report"));
        assert_eq!(wrong(&typed("block", &[("report", "He wrote from mallory@example.org")])), None, "it stays here");
        assert_eq!(wrong(&typed("accept", &[])), None);
        assert_eq!(wrong(&typed("answer", &[("text", &"ä".repeat(TEXT))])), None);
    }

    #[test]
    fn a_pause_ends_after_today_and_within_a_year() {
        let today: Date = "2026-11-22".parse().expect("a day");
        let until = |day: &str| typed("pause", &[("until", day)]).pause_until(today).map(|day| day.to_string());
        assert_eq!(until("2026-11-23").as_deref(), Some("2026-11-23"));
        for wrong in ["2026-11-22", "2026-01-01", "2028-01-01", "", "tomorrow", "2026-02-30"] {
            assert_eq!(until(wrong), None, "{wrong}");
        }
    }
}
