//! The flags of `add` and `edit`: each changes one field of a listing, the others stay.

use clap::Args;
use mentormesh_protocol::Date;
use mentormesh_protocol::api::{Consent, ListingInput, Reach};
use mentormesh_protocol::record::{
    Area, Availability, AvailabilityStatus, Fluency, Language, Level, Offer, OfferKind, Practice, PracticeStatus, Skill,
};

use crate::failure::Failure;

/// What flags say of a mentor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "The mentor")]
pub(super) struct Fields {
    /// The name the mentor goes by
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Where this organisation reaches the mentor; never published
    #[arg(long)]
    pub(super) email: Option<String>,
    /// What the mentor is, in up to 120 characters
    #[arg(long, value_name = "TEXT")]
    pub(super) headline: Option<String>,
    /// What a result card says, up to 280 characters
    #[arg(long, value_name = "TEXT")]
    pub(super) summary: Option<String>,
    /// The longer text, up to 4,000 characters
    #[arg(long, value_name = "TEXT")]
    pub(super) bio: Option<String>,
    /// What the mentor knows about, with a level of beginner, average or expert if you like; repeat it
    #[arg(long, value_name = "LABEL[:LEVEL]", value_parser = skill)]
    pub(super) skill: Vec<Skill>,
    /// A free word; repeat it
    #[arg(long, value_name = "WORD")]
    pub(super) tag: Vec<String>,
    /// A language the mentor can mentor in: native, fluent or working; repeat it
    #[arg(long, value_name = "TAG[:FLUENCY]", value_parser = language)]
    pub(super) language: Vec<Language>,
    /// Two-letter country, like GB
    #[arg(long, value_name = "CODE")]
    pub(super) country: Option<String>,
    /// Region, never finer
    #[arg(long, value_name = "TEXT")]
    pub(super) region: Option<String>,
    /// Time zone by its IANA name, like Europe/London
    #[arg(long, value_name = "ZONE")]
    pub(super) time_zone: Option<String>,
    /// intro_15, micro, standard, open_ended, peer, reverse or group, with minutes if you like; repeat it
    #[arg(long, value_name = "KIND[:MINUTES]", value_parser = offer)]
    pub(super) offer: Vec<Offer>,
    /// How many more mentees the mentor can take, 0 to 5
    #[arg(long, value_name = "COUNT")]
    pub(super) places: Option<u8>,
    /// accepting, waitlist, paused or closed
    #[arg(long, value_name = "STATUS", value_parser = word::<AvailabilityStatus>)]
    pub(super) availability: Option<AvailabilityStatus>,
    /// The first day of a pause
    #[arg(long, value_name = "DATE")]
    pub(super) paused_from: Option<Date>,
    /// The day on which requests are welcome again
    #[arg(long, value_name = "DATE")]
    pub(super) paused_until: Option<Date>,
    /// qualified, trainee or experienced_unaccredited
    #[arg(long, value_name = "STATUS", value_parser = word::<PracticeStatus>)]
    pub(super) practice: Option<PracticeStatus>,
    /// A trainee's programme
    #[arg(long, value_name = "TEXT")]
    pub(super) programme: Option<String>,
    /// The award a trainee works for
    #[arg(long, value_name = "TEXT")]
    pub(super) award_sought: Option<String>,
    /// The day a trainee's programme ends
    #[arg(long, value_name = "DATE")]
    pub(super) ends_on: Option<Date>,
    /// The day the mentor agreed to be listed, like 2026-11-22
    #[arg(long, value_name = "DATE")]
    pub(super) consent: Option<Date>,
    /// To whom the mentor agreed to be shown: local, partners or network
    #[arg(long, value_name = "REACH", value_parser = reach)]
    pub(super) reach: Option<Reach>,
    /// The wording of the privacy notice the mentor agreed to [default: the current one]
    #[arg(long, value_name = "VERSION")]
    pub(super) notice: Option<String>,
    /// The mentor agreed to be seen on the open web, too
    #[arg(long)]
    pub(super) open_web: bool,
}

/// Reads a word of one of the closed vocabularies.
fn word<T>(text: &str) -> Result<T, String>
where
    T: std::str::FromStr<Err = mentormesh_protocol::record::Invalid>,
{
    text.parse().map_err(|invalid: mentormesh_protocol::record::Invalid| invalid.problem)
}

fn reach(text: &str) -> Result<Reach, String> {
    match text {
        "local" => Ok(Reach::Local),
        "partners" => Ok(Reach::Partners),
        "network" => Ok(Reach::Network),
        _ => Err(format!("`{text}` is none of local, partners, network")),
    }
}

/// A label may hold colons; only a level after the last one is a level.
pub(super) fn skill(text: &str) -> Result<Skill, String> {
    let parts = text.rsplit_once(':').and_then(|(label, level)| Some((label, level.trim().parse::<Level>().ok()?)));
    let (label, level) = parts.map_or((text, None), |(label, level)| (label, Some(level)));
    let label = label.trim().to_owned();
    if label.is_empty() {
        return Err("a skill needs a label".to_owned());
    }
    Ok(Skill { label, uri: None, level, years: None })
}

pub(super) fn language(text: &str) -> Result<Language, String> {
    let (tag, fluency) = text.split_once(':').unwrap_or((text, "working"));
    Ok(Language { tag: tag.trim().to_owned(), fluency: word::<Fluency>(fluency.trim())? })
}

pub(super) fn offer(text: &str) -> Result<Offer, String> {
    let (kind, minutes) = text.split_once(':').map_or((text, None), |(kind, minutes)| (kind, Some(minutes)));
    let minutes =
        minutes.map(|minutes| minutes.trim().parse().map_err(|_| format!("`{minutes}` is no number of minutes")));
    Ok(Offer {
        kind: word::<OfferKind>(kind.trim())?,
        minutes: minutes.transpose()?,
        meetings_per_month: None,
        group_max: None,
        fee: None,
        fee_note: None,
    })
}

impl Fields {
    /// Whether no flag was given.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Lays the flags over a listing.
    pub(super) fn lay_over(self, listing: &mut ListingInput) -> Result<(), Failure> {
        let profile = &mut listing.profile;
        set(&mut profile.display_name, self.name);
        set(&mut listing.contact.email, self.email);
        set(&mut profile.headline, self.headline);
        set(&mut profile.summary, self.summary);
        set(&mut profile.bio, self.bio);
        set_list(&mut profile.knows_about, self.skill);
        set_list(&mut profile.tags, self.tag);
        set_list(&mut profile.languages, self.language);
        set_list(&mut profile.offers, self.offer);
        set(&mut profile.availability.places, self.places);
        lay_availability(&mut profile.availability, self.availability, self.paused_from, self.paused_until);
        profile.time_zone = self.time_zone.or(profile.time_zone.take());
        match (self.country, &mut profile.area) {
            (Some(country), Some(area)) => area.country = country,
            (Some(country), empty @ None) => *empty = Some(Area { country, region: None }),
            (None, _) => {}
        }
        match (self.region, &mut profile.area) {
            (Some(region), Some(area)) => area.region = Some(region),
            (Some(_), None) => return Err(Failure::usage("--region needs --country")),
            (None, _) => {}
        }
        lay_practice(profile, self.practice, self.programme, self.award_sought, self.ends_on)?;
        lay_consent(&mut listing.consent, self.consent, self.reach, self.notice, self.open_web)
    }
}

/// Dates make a pause; another status has none.
fn lay_availability(
    availability: &mut Availability,
    status: Option<AvailabilityStatus>,
    from: Option<Date>,
    until: Option<Date>,
) {
    let dated = from.is_some() || until.is_some();
    if status.is_some() || dated {
        (availability.from, availability.until) = (from, until);
    }
    set(&mut availability.status, status.or(dated.then_some(AvailabilityStatus::Paused)));
}

fn lay_practice(
    profile: &mut mentormesh_protocol::record::Profile,
    status: Option<PracticeStatus>,
    programme: Option<String>,
    award_sought: Option<String>,
    ends_on: Option<Date>,
) -> Result<(), Failure> {
    if let Some(status) = status {
        let before = profile.practice.take().unwrap_or_else(|| Practice::new(status));
        profile.practice = Some(Practice { status, ..before });
    }
    if programme.is_none() && award_sought.is_none() && ends_on.is_none() {
        return Ok(());
    }
    let practice = profile.practice.as_mut();
    let practice =
        practice.ok_or_else(|| Failure::usage("--programme, --award-sought and --ends-on need --practice"))?;
    practice.programme = programme.or(practice.programme.take());
    practice.award_sought = award_sought.or(practice.award_sought.take());
    practice.ends_on = ends_on.or(practice.ends_on);
    Ok(())
}

fn lay_consent(
    consent: &mut Option<Consent>,
    given_on: Option<Date>,
    reach: Option<Reach>,
    notice: Option<String>,
    open_web: bool,
) -> Result<(), Failure> {
    match (consent.as_mut(), given_on) {
        (Some(consent), Some(given_on)) => consent.given_on = given_on,
        (None, Some(given_on)) => {
            *consent = Some(Consent { given_on, notice_version: None, reach: Reach::default(), open_web: false });
        }
        (_, None) => {}
    }
    if reach.is_none() && notice.is_none() && !open_web {
        return Ok(());
    }
    let consent = consent.as_mut();
    let consent = consent.ok_or_else(|| Failure::usage("--reach, --notice and --open-web need --consent DATE"))?;
    set(&mut consent.reach, reach);
    consent.notice_version = notice.or(consent.notice_version.take());
    consent.open_web |= open_web;
    Ok(())
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

fn set_list<T>(field: &mut Vec<T>, values: Vec<T>) {
    if !values.is_empty() {
        *field = values;
    }
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::Contact;
    use mentormesh_protocol::record::Profile;

    use super::*;

    fn nobody() -> ListingInput {
        ListingInput { profile: Profile::default(), contact: Contact::default(), consent: None }
    }

    #[test]
    fn a_colon_in_a_label_is_not_a_level() {
        assert_eq!(
            skill("C++: The Good Parts").map(|skill| (skill.label, skill.level)).ok(),
            Some(("C++: The Good Parts".to_owned(), None))
        );
        assert_eq!(skill("media relations:expert").map(|skill| skill.level).ok(), Some(Some(Level::Expert)));
        assert!(skill(":expert").is_err());
    }

    #[test]
    fn words_of_no_vocabulary_are_refused_with_the_vocabulary() {
        assert!(offer("coffee").is_err_and(|problem| problem.contains("intro_15")));
        assert!(offer("micro:soon").is_err_and(|problem| problem.contains("soon")));
        assert!(language("en:perfect").is_err_and(|problem| problem.contains("native")));
        assert!(reach("everybody").is_err_and(|problem| problem.contains("network")));
    }

    #[test]
    fn what_no_flag_names_stays_as_it_was() {
        let mut listing = nobody();
        let ada = Fields { name: Some("Ada".to_owned()), tag: vec!["evenings".to_owned()], ..Fields::default() };
        ada.lay_over(&mut listing).expect("fits");
        Fields { places: Some(2), ..Fields::default() }.lay_over(&mut listing).expect("fits");
        assert_eq!(listing.profile.display_name, "Ada");
        assert_eq!(listing.profile.tags, ["evenings"]);
        assert_eq!(listing.profile.availability.places, 2);
    }

    #[test]
    fn a_date_makes_a_pause_and_another_status_ends_it() {
        let mut listing = nobody();
        let until = "2027-03-01".parse().ok();
        Fields { paused_until: until, ..Fields::default() }.lay_over(&mut listing).expect("fits");
        assert_eq!(listing.profile.availability.status, AvailabilityStatus::Paused);
        assert_eq!(listing.profile.availability.until, until);
        Fields { places: Some(2), ..Fields::default() }.lay_over(&mut listing).expect("fits");
        assert_eq!(listing.profile.availability.until, until, "what no flag names stays");
        let accepting = Some(AvailabilityStatus::Accepting);
        Fields { availability: accepting, ..Fields::default() }.lay_over(&mut listing).expect("fits");
        assert_eq!((listing.profile.availability.until, listing.profile.availability.places), (None, 2));
    }

    #[test]
    fn consent_is_never_made_up() {
        let mut listing = nobody();
        let wide = Fields { reach: Some(Reach::Network), ..Fields::default() };
        assert!(wide.lay_over(&mut listing).is_err());
        assert_eq!(listing.consent, None);
    }
}
