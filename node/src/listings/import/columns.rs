//! The columns of a membership list, and what a row of cells says of a listing.
//!
//! A row speaks of the columns that its header names and of nothing else: what a listing holds beyond them stays.
//! An empty cell empties its field, except consent: what somebody agreed to is not undone by a blank.

use std::str::FromStr;

use mentormesh_protocol::api::{Consent, Contact, ListingInput, Reach};
use mentormesh_protocol::record::{
    Area, Fluency, Invalid, Language, Level, Offer, OfferKind, Practice, PracticeStatus, Profile, Skill,
};

/// What parts several values in one cell.
const SEVERAL: char = ';';

/// Every column, in the order in which the documentation names them.
pub(super) const KNOWN: [&str; 20] = [
    "display_name",
    "email",
    "headline",
    "summary",
    "bio",
    "skills",
    "languages",
    "country",
    "region",
    "time_zone",
    "offers",
    "places",
    "practice_status",
    "programme",
    "award_sought",
    "trainee_ends_on",
    "supervised",
    "consent_given_on",
    "consent_notice_version",
    "reach",
];
/// Columns without which no row can be saved.
const NEEDED: [&str; 3] = ["display_name", "email", "headline"];

/// A header as it is compared: lower case, words joined by `_`.
pub(super) fn fold(header: &str) -> String {
    header.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Which cell of a row is which column.
#[derive(Debug)]
pub(super) struct Columns(Vec<String>);

impl Columns {
    /// Reads a header; answers what is wrong with it as a whole.
    pub(super) fn new(header: &[String]) -> Result<Self, String> {
        let columns: Vec<_> = header.iter().map(|cell| fold(cell)).collect();
        let lacks: Vec<_> =
            NEEDED.into_iter().filter(|needed| !columns.iter().any(|column| column == needed)).collect();
        if !lacks.is_empty() {
            return Err(format!("the header lacks {}; it may name {}", lacks.join(", "), KNOWN.join(", ")));
        }
        let repeated = columns.iter().enumerate().find(|(at, column)| columns.iter().take(*at).any(|c| c == *column));
        match repeated {
            Some((_, column)) if KNOWN.contains(&column.as_str()) => {
                Err(format!("the header names {column} twice; remove one"))
            }
            Some(_) | None => Ok(Self(columns)),
        }
    }

    /// Columns that are not read.
    pub(super) fn unknown(&self) -> Vec<String> {
        self.0.iter().filter(|column| !KNOWN.contains(&column.as_str())).cloned().collect()
    }

    /// A row under this header.
    pub(super) const fn row<'r>(&'r self, cells: &'r [String]) -> Cells<'r> {
        Cells { columns: self, cells }
    }
}

/// The cells of one row by their columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells<'r> {
    columns: &'r Columns,
    cells: &'r [String],
}

impl<'r> Cells<'r> {
    /// The cell of a column, trimmed; `None` when the header lacks it.
    pub(super) fn cell(self, column: &str) -> Option<&'r str> {
        let at = self.columns.0.iter().position(|known| known == column)?;
        self.cells.get(at).map(|cell| cell.trim())
    }

    /// What the row makes of a listing, or of none.
    pub(super) fn onto(self, base: Option<&ListingInput>) -> Result<ListingInput, Invalid> {
        let mut listing = base.cloned().unwrap_or_else(|| ListingInput {
            profile: Profile::default(),
            contact: Contact::default(),
            consent: None,
        });
        if let Some(email) = self.cell("email") {
            email.clone_into(&mut listing.contact.email);
        }
        self.texts(&mut listing.profile);
        self.lists(&mut listing.profile)?;
        self.area(&mut listing.profile)?;
        self.practice(&mut listing.profile)?;
        self.consent(&mut listing.consent)?;
        Ok(listing)
    }

    fn texts(self, profile: &mut Profile) {
        let Profile { display_name, headline, summary, bio, time_zone, .. } = profile;
        for (column, field) in
            [("display_name", display_name), ("headline", headline), ("summary", summary), ("bio", bio)]
        {
            if let Some(cell) = self.cell(column) {
                cell.clone_into(field);
            }
        }
        if let Some(cell) = self.cell("time_zone") {
            *time_zone = filled(cell).map(str::to_owned);
        }
    }

    fn lists(self, profile: &mut Profile) -> Result<(), Invalid> {
        if let Some(cell) = self.cell("skills") {
            profile.knows_about =
                several(cell).map(|value| skill(value, &profile.knows_about)).collect::<Result<_, _>>()?;
        }
        if let Some(cell) = self.cell("languages") {
            profile.languages = several(cell).map(spoken).collect::<Result<_, _>>()?;
        }
        if let Some(cell) = self.cell("offers") {
            profile.offers = several(cell).map(|value| offer(value, &profile.offers)).collect::<Result<_, _>>()?;
        }
        if let Some(places) = self.cell("places").and_then(filled) {
            let wrong = || Invalid::new("places", format!("`{places}` is not a number from 0 to 5"));
            profile.availability.places = places.parse().map_err(|_| wrong())?;
        }
        Ok(())
    }

    fn area(self, profile: &mut Profile) -> Result<(), Invalid> {
        let (country, region) = (self.cell("country"), self.cell("region"));
        if country.is_none() && region.is_none() {
            return Ok(());
        }
        let (was_country, was_region) =
            profile.area.take().map_or((None, None), |area| (Some(area.country), area.region));
        let country = country.map_or(was_country, |cell| filled(cell).map(str::to_uppercase));
        let region = region.map_or(was_region, |cell| filled(cell).map(str::to_owned));
        profile.area = match (country, region) {
            (Some(country), region) => Some(Area { country, region }),
            (None, None) => None,
            (None, Some(_)) => return Err(Invalid::new("country", "missing beside region; write its two letters")),
        };
        Ok(())
    }

    fn practice(self, profile: &mut Profile) -> Result<(), Invalid> {
        let columns = ["practice_status", "programme", "award_sought", "trainee_ends_on", "supervised"];
        if columns.iter().all(|column| self.cell(column).is_none()) {
            return Ok(());
        }
        let said = |column| self.cell(column).and_then(filled);
        let was = profile.practice.take();
        let status = match (self.cell("practice_status"), &was) {
            (Some(cell), _) => filled(cell).map(|word| parse::<PracticeStatus>("practice_status", word)).transpose()?,
            (None, was) => was.as_ref().map(|was| was.status),
        };
        let Some(status) = status else {
            let stray = columns.iter().skip(1).find(|column| said(column).is_some());
            let lone = |column: &&str| {
                Invalid::new(*column, "stands without practice_status; write trainee or qualified there")
            };
            return stray.map_or(Ok(()), |column| Err(lone(column)));
        };
        let mut practice = was.unwrap_or_else(|| Practice::new(status));
        practice.status = status;
        if self.cell("programme").is_some() {
            practice.programme = said("programme").map(str::to_owned);
        }
        if self.cell("award_sought").is_some() {
            practice.award_sought = said("award_sought").map(str::to_owned);
        }
        if self.cell("trainee_ends_on").is_some() {
            practice.ends_on = said("trainee_ends_on").map(|day| date("trainee_ends_on", day)).transpose()?;
        }
        if self.cell("supervised").is_some() {
            practice.supervised = said("supervised").map(yes_or_no).transpose()?;
        }
        profile.practice = Some(practice);
        Ok(())
    }

    fn consent(self, consent: &mut Option<Consent>) -> Result<(), Invalid> {
        if let Some(day) = self.cell("consent_given_on").and_then(filled) {
            let given_on = date("consent_given_on", day)?;
            match consent {
                Some(consent) => consent.given_on = given_on,
                None => {
                    *consent = Some(Consent { given_on, notice_version: None, reach: Reach::Network, open_web: false })
                }
            }
        }
        let (version, reach) =
            (self.cell("consent_notice_version").and_then(filled), self.cell("reach").and_then(filled));
        let reach = reach.map(reach_of).transpose()?;
        if let Some(consent) = consent {
            consent.notice_version = version.map(str::to_owned).or_else(|| consent.notice_version.take());
            consent.reach = reach.unwrap_or(consent.reach);
        }
        Ok(())
    }
}

fn filled(cell: &str) -> Option<&str> {
    Some(cell).filter(|cell| !cell.is_empty())
}

fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(SEVERAL).map(str::trim).filter(|value| !value.is_empty())
}

/// A value and what follows its last colon.
fn tagged(value: &str) -> (&str, Option<&str>) {
    value.rsplit_once(':').map_or((value, None), |(value, tag)| (value.trim(), filled(tag.trim())))
}

/// `label[:level]`. What follows the colon is a level if it is one word of letters; `ISO 9001:2015` is a label whole.
fn skill(value: &str, before: &[Skill]) -> Result<Skill, Invalid> {
    let (label, level) = match tagged(value) {
        (label, Some(word)) if word.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            (label, Some(parse::<Level>("skills", &word.to_ascii_lowercase())?))
        }
        _ => (value, None),
    };
    let was = before.iter().find(|was| was.label == label);
    let (uri, years) = was.map_or((None, None), |was| (was.uri.clone(), was.years));
    Ok(Skill { label: label.to_owned(), uri, level, years })
}

/// `tag[:fluency]`.
fn spoken(value: &str) -> Result<Language, Invalid> {
    let (tag, fluency) = tagged(value);
    let fluency = fluency.map(|word| parse("languages", &word.to_ascii_lowercase())).transpose()?;
    Ok(Language { tag: tag.to_owned(), fluency: fluency.unwrap_or(Fluency::Working) })
}

/// `kind[:minutes]`.
fn offer(value: &str, before: &[Offer]) -> Result<Offer, Invalid> {
    let (kind, minutes) = tagged(value);
    let kind: OfferKind = parse("offers", &kind.to_ascii_lowercase())?;
    let wrong = |text: &str| Invalid::new("offers", format!("`{text}` is not a number of minutes"));
    let minutes = minutes.map(|text| text.parse().map_err(|_| wrong(text))).transpose()?;
    let was = before.iter().find(|was| was.kind == kind).cloned();
    let blank = Offer { kind, minutes, meetings_per_month: None, group_max: None, fee: None, fee_note: None };
    Ok(was.map_or(blank, |was| Offer { minutes, ..was }))
}

fn parse<T: FromStr<Err = Invalid>>(column: &str, word: &str) -> Result<T, Invalid> {
    word.parse().map_err(|invalid: Invalid| Invalid::new(column, invalid.problem))
}

fn date(column: &str, day: &str) -> Result<mentormesh_protocol::Date, Invalid> {
    day.parse().map_err(|wrong| Invalid::new(column, format!("`{day}` is {wrong}")))
}

fn yes_or_no(word: &str) -> Result<bool, Invalid> {
    match word.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        _ => Err(Invalid::new("supervised", format!("`{word}` is neither yes nor no"))),
    }
}

fn reach_of(word: &str) -> Result<Reach, Invalid> {
    match word.to_lowercase().as_str() {
        "local" => Ok(Reach::Local),
        "partners" => Ok(Reach::Partners),
        "network" => Ok(Reach::Network),
        _ => Err(Invalid::new("reach", format!("`{word}` is none of local, partners, network"))),
    }
}
