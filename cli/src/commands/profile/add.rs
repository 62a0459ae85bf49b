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
use crate::prompt::{ask, ask_many, somebody_is_there};

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
    let optional = |question: &str| ask(question, Some("")).map(|answer| Some(answer).filter(|text| !text.is_empty()));
    let wrong = |problem: String| Failure::usage(problem);
    Ok(Fields {
        name: Some(ask("Name the mentor goes by", None)?),
        email: Some(ask("E-mail (stays here)", None)?),
        headline: Some(ask("Headline: what the mentor is, in a line", None)?),
        summary: optional("Summary: whom they help with what, in a sentence or two")?,
        bio: optional("A longer text, in one line")?,
        skill: read_each(&ask_many("Skills, separated by commas (label or label:expert)", "")?, skill)
            .map_err(wrong)?,
        language: read_each(&ask_many("Languages (en or en:native)", "en")?, language).map_err(wrong)?,
        country: optional("Country, two letters")?,
        time_zone: optional("Time zone, like Europe/London")?,
        offer: read_each(&ask_many("Offers (intro_15, micro, standard, …)", "intro_15")?, offer).map_err(wrong)?,
        places: Some(number(&ask("How many mentees can they take, 0 to 5", Some("1"))?)?),
        consent: day(&ask("Day on which they agreed to be listed, empty if they have not yet", Some(""))?)?,
        ..Fields::default()
    })
}

fn read_each<T>(texts: &[String], read: fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    texts.iter().map(|text| read(text)).collect()
}

fn number(text: &str) -> Result<u8, Failure> {
    text.parse().map_err(|_| Failure::usage(format!("`{text}` is not a number from 0 to 5")))
}

fn day(text: &str) -> Result<Option<Date>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|problem| Failure::usage(format!("`{text}` is {problem}")))
}
