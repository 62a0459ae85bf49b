//! `search`: mentors of all organisations shown here, each with the reasons why it was found.

use clap::Args;
use mentormesh_protocol::api::{Hit, NotShown, SearchPage};
use mentormesh_protocol::record::{AvailabilityStatus, Profile};

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Paint, clean};

const EXAMPLES: &str = "Examples:
  mentormesh search social media for PR --available
  mentormesh search --skill \"public relations\" --language en --language cy
  mentormesh search crisis --country GB --offer intro_15 --limit 5
  mentormesh search --trainee
  mentormesh search statistics --json | jq '.hits[].profile.display_name'";

/// Find mentors of all organisations shown here
///
/// A filter given several times means either value; different filters must all hold. No words find everybody, best
/// ready first. No query leaves this organisation.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Search {
    /// What the mentor should know or help with
    words: Vec<String>,
    /// Only mentors with this skill
    #[arg(long, value_name = "LABEL")]
    skill: Vec<String>,
    /// Only mentors who speak it; en also finds en-GB
    #[arg(long, value_name = "TAG")]
    language: Vec<String>,
    /// Only mentors in this country, like GB
    #[arg(long, value_name = "CODE")]
    country: Vec<String>,
    /// Only mentors who offer it: intro_15, micro, standard, open_ended, peer, reverse, group
    #[arg(long, value_name = "KIND")]
    offer: Vec<String>,
    /// Only mentors of this organisation: its id, or six or more characters of its beginning
    #[arg(long, value_name = "ORGANISATION")]
    organisation: Vec<String>,
    /// Only mentors who say that they are trainees (or not, with =false)
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    trainee: Option<bool>,
    /// Only mentors who take requests and have a place (or not, with =false)
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    available: Option<bool>,
    /// At most so many, 1 to 100 [default: 20]
    #[arg(long)]
    limit: Option<usize>,
    /// Leave out so many at the beginning
    #[arg(long, default_value_t = 0)]
    offset: usize,
}

impl Search {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let answer = context.client()?.get_with("/search", &self.filters())?;
        if context.output.answer(&answer)? {
            return Ok(());
        }
        let page: SearchPage = typed(&answer)?;
        let paint = context.output.paint;
        for (place, hit) in page.hits.iter().enumerate() {
            context.output.line(&card(paint, self.offset + place + 1, hit))?;
        }
        context.output.line(&self.summary(&page))?;
        let hidden = hidden(&page.not_shown);
        if hidden.is_empty() { Ok(()) } else { context.output.line(&hidden) }
    }

    fn filters(&self) -> Vec<(&'static str, String)> {
        let mut filters = vec![("q", self.words.join(" "))];
        let lists = [
            ("skill", &self.skill),
            ("language", &self.language),
            ("country", &self.country),
            ("offer", &self.offer),
            ("organisation", &self.organisation),
        ];
        for (name, values) in lists {
            filters.extend(values.iter().map(|value| (name, value.clone())));
        }
        filters.extend(self.trainee.map(|is| ("trainee", is.to_string())));
        filters.extend(self.available.map(|is| ("available", is.to_string())));
        filters.extend(self.limit.map(|limit| ("limit", limit.to_string())));
        filters.extend((self.offset > 0).then(|| ("offset", self.offset.to_string())));
        filters
    }

    /// Filters that nobody's profile can have, because they are no codes; a search takes any word for one.
    fn mistaken(&self) -> Vec<String> {
        let plain =
            |code: &str, most: usize| (2..=most).contains(&code.len()) && code.chars().all(|c| c.is_ascii_alphabetic());
        let country = |code: &&String| !plain(code, 2) || code.eq_ignore_ascii_case("UK");
        let language = |tag: &&String| !plain(tag.split('-').next().unwrap_or_default(), 3);
        let countries = self.country.iter().filter(country);
        let languages = self.language.iter().filter(language);
        let countries = countries.map(|code| format!("`{code}` is no country code; write two letters, like GB"));
        let languages = languages.map(|tag| format!("`{tag}` is no language tag; write one like en or pt-BR"));
        countries.chain(languages).collect()
    }

    fn summary(&self, page: &SearchPage) -> String {
        let shown = page.hits.len();
        match (page.total, shown) {
            (0, _) => {
                let advice = "nobody found; try fewer words or filters, or `mentormesh search` for everybody";
                [vec![advice.to_owned()], self.mistaken()].concat().join("\n")
            }
            (total, 0) => format!("nobody at this place; {total} found in all"),
            (total, shown) => {
                let (first, last) = (self.offset + 1, self.offset + shown);
                let more = if (last as u64) < total { format!("; more with --offset {last}") } else { String::new() };
                format!("{first} to {last} of {total} found in {:.1} ms{more}", page.took_ms)
            }
        }
    }
}

/// One hit: who, what, why, and how to see more.
fn card(paint: Paint, place: usize, hit: &Hit) -> String {
    let profile = &hit.profile;
    let mut lines = vec![
        format!(
            "{place:>3}. {}  {}",
            paint.bold(&clean(&profile.display_name)),
            paint.dim(&format!("{:.0} points", hit.score))
        ),
        format!("     {}", clean(&profile.headline)),
        format!("     {}", paint.dim(&clean(&format!("{} · {}", hit.organisation.name, at_a_glance(profile))))),
    ];
    let snippet = hit.snippet.replace('\n', " ");
    if !snippet.trim().is_empty() && clean(&snippet) != profile.headline {
        lines.push(format!("     “{}”", paint.marked(&snippet)));
    }
    // A reason without points is there to be read, not to be added up.
    let points = |points: f64| if points.abs() < 0.05 { String::new() } else { format!("{points:.1}") };
    let why = hit.reasons.iter().map(|reason| format!("     {:>5}  {}", points(reason.points), clean(&reason.text)));
    lines.extend(why);
    lines.push(format!("     {}", paint.dim(&format!("mentormesh profile show {}", hit.id))));
    lines.push(String::new());
    lines.join("\n")
}

/// Place, languages, offers, availability, in one line.
pub(super) fn at_a_glance(profile: &Profile) -> String {
    let mut parts = Vec::new();
    parts.extend(profile.area.as_ref().map(|area| area.country.clone()));
    let languages: Vec<_> = profile.languages.iter().map(|language| language.tag.as_str()).collect();
    parts.push(languages.join(", "));
    let offers: Vec<_> = profile.offers.iter().map(|offer| offer.kind.as_str()).collect();
    parts.push(offers.join(", "));
    parts.push(availability(profile));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn availability(profile: &Profile) -> String {
    match (profile.availability.status, profile.availability.places) {
        (AvailabilityStatus::Accepting, 0) => "no place free".to_owned(),
        (AvailabilityStatus::Accepting, 1) => "1 place free".to_owned(),
        (AvailabilityStatus::Accepting, places) => format!("{places} places free"),
        (AvailabilityStatus::Waitlist, _) => "waiting list".to_owned(),
        (AvailabilityStatus::Paused, _) => match profile.availability.until {
            Some(until) => format!("paused until {until}"),
            None => "paused".to_owned(),
        },
        (AvailabilityStatus::Closed, _) => "takes no requests".to_owned(),
    }
}

/// What was left out for lack of trust, and what to do.
fn hidden(not_shown: &NotShown) -> String {
    let lines = not_shown.organisations.iter().map(|organisation| {
        format!(
            "not shown: {} ({}), {} {}: {}; {}",
            organisation.name,
            organisation.id.short(),
            organisation.mentors,
            if organisation.mentors == 1 { "mentor" } else { "mentors" },
            organisation.why,
            organisation.next
        )
    });
    clean(&lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        search: Search,
    }

    #[test]
    fn who_finds_nobody_is_told_of_a_filter_that_is_no_code() {
        let mistaken = |words: &[&str]| {
            let line = Line::try_parse_from([&["search"], words].concat()).expect("a search");
            line.search.mistaken()
        };
        for filter in [["--country", "UK"], ["--country", "Sweden"], ["--language", "English"], ["--language", ""]] {
            let said = mistaken(&filter);
            assert!(said.len() == 1 && said.concat().contains(filter[1]), "{filter:?}: {said:?}");
        }
        for filter in [["--country", "gb"], ["--country", "GB"], ["--language", "pt-BR"], ["--language", "gsw"]] {
            assert_eq!(mistaken(&filter), Vec::<String>::new(), "{filter:?}");
        }
    }
}
