//! `profile add`: one mentor, as a draft that nobody outside sees.

use std::path::PathBuf;

use clap::Args;
use mentormesh_protocol::Date;
use mentormesh_protocol::api::{Contact, ListingInput};
use mentormesh_protocol::record::Profile;
use serde_json::Value;

use super::fields::{Fields, language, offer, skill};
use crate::context::Context;
use crate::failure::Failure;
use crate::prompt::{address, ask_as, of_length, somebody_is_there};

const EXAMPLES: &str = "Examples:
  mentormesh profile add
  mentormesh profile add ada.json
  mentormesh profile add --name \"Ada Okafor\" --email ada@example.org \\
      --headline \"Social media lead\" --skill \"social media:expert\" \\
      --language en:native --country GB --offer intro_15 --places 2 \\
      --consent 2026-01-15";

/// List a mentor: from a JSON file, from flags, or by answering questions
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Add {
    /// A listing as JSON, - for stdin
    #[arg(value_name = "FILE|-")]
    file: Option<PathBuf>,
    #[command(flatten)]
    fields: Fields,
}

impl Add {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let mut listing = match &self.file {
            Some(file) => super::read_listing(file)?,
            None => ListingInput { profile: Profile::default(), contact: Contact::default(), consent: None },
        };
        let fields = match (&self.file, self.fields.is_empty()) {
            (None, true) if somebody_is_there() => questions()?,
            (None, true) => {
                return Err(Failure::usage("nothing to add").hint("name a file, - for stdin, or flags like --name"));
            }
            (Some(_), _) | (None, false) => self.fields.clone(),
        };
        fields.lay_over(&mut listing)?;
        let answer = context.client()?.post("/listings", &listing)?;
        if context.output.answer(&answer)? {
            return Ok(());
        }
        let id = answer.get("id").and_then(Value::as_str).unwrap_or_default();
        context.output.line(id)?;
        let missing: Vec<_> = answer.get("missing").and_then(Value::as_array).into_iter().flatten().collect();
        if missing.is_empty() {
            context.output.say(&format!("a draft; put it on the network with: mentormesh profile publish {id}"));
        } else {
            let words: Vec<_> = missing.iter().filter_map(|word| word.as_str()).collect();
            context.output.say(&format!("a draft; before it can be published: {}", words.join("; ")));
        }
        Ok(())
    }
}

fn questions() -> Result<Fields, Failure> {
    let optional = |question: &str, most: usize| {
        ask_as(question, Some(""), of_length(0, most)).map(|answer| Some(answer).filter(|text| !text.is_empty()))
    };
    Ok(Fields {
        name: Some(ask_as("Name the mentor goes by", None, of_length(1, 200))?),
        email: Some(ask_as("E-mail (stays here)", None, address)?),
        headline: Some(ask_as("Headline: what the mentor is, in a line", None, of_length(1, 120))?),
        summary: optional("Summary: whom they help with what, in a sentence or two", 280)?,
        bio: optional("A longer text, in one line", 4_000)?,
        skill: ask_as("Skills, separated by commas (label or label:expert)", Some(""), many(skill))?,
        language: ask_as("Languages (en or en:native)", Some("en"), many(language))?,
        country: ask_as("Country, two letters", Some(""), country)?,
        time_zone: optional("Time zone, like Europe/London", 64)?,
        offer: ask_as("Offers (intro_15, micro, standard, …)", Some("intro_15"), many(offer))?,
        places: Some(ask_as("How many mentees can they take, 0 to 5", Some("1"), places)?),
        consent: ask_as("Day on which they agreed to be listed, empty if they have not yet", Some(""), day)?,
        ..Fields::default()
    })
}

/// Reads a list with commas.
fn many<T>(read: fn(&str) -> Result<T, String>) -> impl Fn(&str) -> Result<Vec<T>, String> {
    move |text| text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(read).collect()
}

fn country(text: &str) -> Result<Option<String>, String> {
    let code = text.to_ascii_uppercase();
    let plain = code.len() == 2 && code.chars().all(|letter| letter.is_ascii_uppercase());
    match (text.is_empty(), plain) {
        (true, _) => Ok(None),
        (false, true) => Ok(Some(code)),
        (false, false) => Err(format!("`{text}` is not a country code: two letters, like GB")),
    }
}

fn places(text: &str) -> Result<u8, String> {
    text.parse().ok().filter(|places| *places <= 5).ok_or_else(|| format!("`{text}` is not a number from 0 to 5"))
}

fn day(text: &str) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|problem| format!("`{text}` is {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_they_are_typed() {
        assert_eq!(country("gb"), Ok(Some("GB".to_owned())));
        assert_eq!(country(""), Ok(None));
        assert!(country("Sweden").is_err());
        assert_eq!(places("5"), Ok(5));
        assert!(places("6").is_err() && places("many").is_err());
        assert_eq!(day(""), Ok(None));
        assert!(day("2026-01-15").is_ok() && day("15/01/2026").is_err());
        assert_eq!(many(offer)("intro_15, micro,").map(|offers| offers.len()), Ok(2));
        assert!(many(offer)("coffee").is_err());
    }
}
