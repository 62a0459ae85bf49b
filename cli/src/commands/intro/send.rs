//! `intro send`: a request, from flags, a file, or by answering questions.

use std::path::PathBuf;

use clap::Args;
use mentormesh_protocol::api::{Introduction, IntroductionInput, Mentee, SlotInput};
use mentormesh_protocol::record::OfferKind;

use super::show::brief;
use super::wait::until;
use crate::client::{Client, typed};
use crate::context::Context;
use crate::failure::Failure;
use crate::prompt::{address, ask_as, of_length, somebody_is_there};

const EXAMPLES: &str = "A first message that gets an answer:
  - a clear title: the one thing this is about
  - one limited request: fifteen minutes on one question, not a mentor for life
  - why this mentor: what in the profile made you ask
  - room to fit in: when and how you can meet, and that other times are fine
  - thanks, whatever the answer
  No e-mail addresses, telephone numbers or links: contacts follow a yes by themselves.

Examples:
  mentormesh intro send x7k2qd.abcdef
  mentormesh intro send x7k2qd.abcdef \\
      --title \"Moving from print to social media\" \\
      --purpose \"I start with social media in spring. What first? Thank you.\" \\
      --why \"Your profile tells of the same change.\" \\
      --mentee-name \"Bo Hansen\" --mentee-email bo.hansen@example.org
  mentormesh intro send x7k2qd.abcdef \\
      --slot 2026-12-01T09:30 --slot 2026-12-03T17:00 \\
      --slot-minutes 30 --time-zone Europe/London
  mentormesh intro send --file request.json --wait";

/// How long a call is when nothing is said.
const HALF_AN_HOUR: u16 = 30;

/// Ask a mentor of any organisation shown here, for a mentee of this one
///
/// The request is kept until the mentor's node has it, however long that node is away, and for fourteen days after
/// that the mentor can answer. At most five requests of one mentee may be open, one for each mentor.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Send {
    /// The mentor's profile, as search gives it, or the beginning of its id
    #[arg(value_name = "PROFILE")]
    profile: Option<String>,
    /// A request as JSON, - for stdin; flags are laid over it
    #[arg(long, value_name = "FILE|-")]
    file: Option<PathBuf>,
    /// First line, 10 to 120 characters
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// What it is for, 40 to 1,200 characters
    #[arg(long, value_name = "TEXT")]
    purpose: Option<String>,
    /// Why this mentor, up to 400 characters
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// What is asked for: intro_15, micro, standard, open_ended, peer, reverse, group [default: intro_15]
    #[arg(long, value_name = "KIND", value_parser = offer)]
    offer: Option<OfferKind>,
    /// The name the mentor sees
    #[arg(long, value_name = "NAME")]
    mentee_name: Option<String>,
    /// The mentee's address; stays here until a yes
    #[arg(long, value_name = "ADDRESS")]
    mentee_email: Option<String>,
    /// A time at which the mentee could have a first call, like 2026-12-01T09:30; at most six
    #[arg(long = "slot", value_name = "TIME")]
    slots: Vec<String>,
    /// How long these calls are, 10 to 180 minutes [default: 30]
    #[arg(long, value_name = "MINUTES", requires = "slots")]
    slot_minutes: Option<u16>,
    /// By which clock the times are meant, like Europe/London [default: this machine's, if there are times]
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Wait up to a minute until the mentor's node has it
    #[arg(long)]
    wait: bool,
}

impl Send {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let input = match &self.file {
            Some(file) => self.laid_over(&client, read(file)?)?,
            None => self.input(&client)?,
        };
        let mut answer = client.post("/introductions", &input)?;
        let sent: Introduction = typed(&answer)?;
        if !context.output.is_json() {
            context.output.line(&sent.id.to_string())?;
        }
        if self.wait {
            answer = until(&client, &sent.id, sent.direction, "it is on its way still and goes on by itself", has_it)?;
        }
        if context.output.answer(&answer)? { Ok(()) } else { brief(context, &typed(&answer)?) }
    }

    fn laid_over(&self, client: &Client, mut input: IntroductionInput) -> Result<IntroductionInput, Failure> {
        if let Some(text) = &self.profile {
            input.profile = super::profile(client, text)?;
        }
        let lay = |field: &mut String, flag: &Option<String>| {
            if let Some(text) = flag {
                field.clone_from(text);
            }
        };
        lay(&mut input.title, &self.title);
        lay(&mut input.purpose, &self.purpose);
        lay(&mut input.mentee.name, &self.mentee_name);
        lay(&mut input.mentee.email, &self.mentee_email);
        input.why_you = self.why.clone().or(input.why_you);
        input.offer = self.offer.unwrap_or(input.offer);
        if !self.slots.is_empty() {
            input.slots = self.slots();
        }
        input.time_zone = self.time_zone.clone().or(input.time_zone).or_else(|| self.own_zone());
        Ok(input)
    }

    /// What flags say; what they leave out is asked for, if somebody is there.
    fn input(&self, client: &Client) -> Result<IntroductionInput, Failure> {
        let missing = self.missing();
        let asks = somebody_is_there() && !missing.is_empty();
        if !asks && !missing.is_empty() {
            let problem = format!("{} missing", missing.join(", "));
            return Err(Failure::usage(problem).hint("give them as flags, or name a file with --file"));
        }
        let profile = given(&self.profile, "The mentor's profile, as search gives it", of_length(6, 128))?;
        let profile = super::profile(client, &profile)?;
        let title = "Title: the one thing this is about (10 to 120 characters)";
        let title = given(&self.title, title, of_length(10, 120))?;
        let purpose = "What for: one limited request, when you can meet, thanks (40 to 1,200)";
        let purpose = given(&self.purpose, purpose, of_length(40, 1_200))?;
        let why_you = match (&self.why, asks) {
            (None, true) => Some(ask_as("Why this mentor (may be empty)", Some(""), of_length(0, 400))?),
            (why, _) => why.clone(),
        };
        let why_you = why_you.filter(|text| !text.is_empty());
        let name = given(&self.mentee_name, "The mentee's name, as the mentor sees it", of_length(1, 200))?;
        let email = given(&self.mentee_email, "The mentee's e-mail (stays here until a yes)", address)?;
        let offer = self.offer.unwrap_or(OfferKind::Intro15);
        let (slots, time_zone) = (self.slots(), self.time_zone.clone().or_else(|| self.own_zone()));
        let mentee = Mentee { name, email };
        Ok(IntroductionInput { profile, title, purpose, why_you, offer, time_zone, slots, mentee })
    }

    fn slots(&self) -> Vec<SlotInput> {
        let minutes = self.slot_minutes.unwrap_or(HALF_AN_HOUR);
        self.slots.iter().map(|start| SlotInput { start: start.clone(), minutes }).collect()
    }

    /// The zone of this machine, where times are given without one.
    fn own_zone(&self) -> Option<String> {
        if self.slots.is_empty() {
            return None;
        }
        jiff::tz::TimeZone::try_system().ok().and_then(|zone| zone.iana_name().map(str::to_owned))
    }

    fn missing(&self) -> Vec<&'static str> {
        let needed = [
            (self.profile.is_none(), "PROFILE"),
            (self.title.is_none(), "--title"),
            (self.purpose.is_none(), "--purpose"),
            (self.mentee_name.is_none(), "--mentee-name"),
            (self.mentee_email.is_none(), "--mentee-email"),
        ];
        needed.into_iter().filter_map(|(missing, name)| missing.then_some(name)).collect()
    }
}

/// What a flag says, as it is; otherwise what somebody types, when it can be read.
fn given(
    flag: &Option<String>,
    question: &str,
    read: impl Fn(&str) -> Result<String, String>,
) -> Result<String, Failure> {
    flag.as_ref().map_or_else(|| ask_as(question, None, read), |text| Ok(text.clone()))
}

/// Whether the mentor's node has it, or never will.
fn has_it(seen: &Introduction) -> bool {
    use mentormesh_protocol::introduction::State;
    !matches!(seen.state, State::Queued | State::Relayed)
}

fn offer(word: &str) -> Result<OfferKind, String> {
    word.parse().map_err(|invalid: mentormesh_protocol::record::Invalid| invalid.problem)
}

fn read(file: &std::path::Path) -> Result<IntroductionInput, Failure> {
    let text = super::super::profile::read_text(file)?;
    serde_json::from_str(&text).map_err(|problem| {
        Failure::usage(format!("{} is not a request: {problem}", file.display())).hint(
            "a request looks like {\"profile\": …, \"title\": …, \"purpose\": …, \
             \"mentee\": {\"name\": …, \"email\": …}}",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing() -> Send {
        Send {
            profile: None,
            file: None,
            title: None,
            purpose: None,
            why: None,
            offer: None,
            mentee_name: None,
            mentee_email: None,
            slots: Vec::new(),
            slot_minutes: None,
            time_zone: None,
            wait: false,
        }
    }

    #[test]
    fn what_is_missing_is_named_as_it_would_be_typed() {
        let some = Send { title: Some("A title".to_owned()), mentee_name: Some("Bo".to_owned()), ..nothing() };
        assert_eq!(some.missing(), ["PROFILE", "--purpose", "--mentee-email"]);
    }

    #[test]
    fn flags_are_laid_over_a_file_and_the_rest_of_it_stays() {
        let client = Client::new("http://127.0.0.1:9").expect("an address");
        let file = IntroductionInput {
            profile: format!("{}.{}", "a".repeat(52), "a".repeat(26)).parse().expect("a profile"),
            title: "The file's title".to_owned(),
            purpose: "The file's purpose".to_owned(),
            why_you: Some("The file's reason".to_owned()),
            offer: OfferKind::Micro,
            time_zone: None,
            slots: Vec::new(),
            mentee: Mentee { name: "Bo".to_owned(), email: "bo@example.org".to_owned() },
        };
        let flags = Send { title: Some("The flag's".to_owned()), ..nothing() };
        let laid = flags.laid_over(&client, file.clone()).expect("laid over");
        assert_eq!(laid, IntroductionInput { title: "The flag's".to_owned(), ..file });
    }
}
