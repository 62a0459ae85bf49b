//! `/desk/listings/{id}`: what the network sees of a mentor beside what stays here, and what can be done.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::response::Response;
use mentormesh_protocol::api::Listing;

use super::frame::{Frame, answer, when};
use super::listing_act::Act;
use super::listings::{reach, state};
use crate::http::access;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::web::me::signed_in;
use crate::http::web::site::Site;
use crate::http::web::words;
use crate::speech::Locale;

/// Under which tab these pages are.
pub(super) const HERE: &str = "/desk/listings";

#[derive(Template)]
#[template(path = "desk_listing.html")]
pub(super) struct ListingPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) state: &'static str,
    pub(super) edited: bool,
    pub(super) missing: Vec<String>,
    /// Where the network's view of it is.
    pub(super) seen_at: Option<String>,
    pub(super) shown: Vec<Fact>,
    pub(super) kept: Vec<Fact>,
    /// Whether whoever looks may change it.
    pub(super) edits: bool,
    pub(super) acts: Vec<Act>,
}

/// What is said under one heading.
pub(super) type Fact = (&'static str, String);

/// Shows one listing.
pub(in crate::http) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    let listing = app.listings.find(&app.subject(&id).await?).await?;
    let acts = access::opens(who, &Method::POST, "/desk/listings/{id}/{act}");
    answer(&page(Site::of(&app), Frame::of(who, HERE), &listing, acts), None)
}

/// The page of a listing, with what can be done if whoever looks may do it.
pub(super) fn page(site: Site, desk: Frame, listing: &Listing, acts: bool) -> ListingPage {
    let offered = Act::ALL.into_iter().filter(|act| acts && act.fits(listing));
    let seen = matches!(listing.state, mentormesh_protocol::api::ListingState::Published);
    ListingPage {
        site,
        desk,
        id: listing.id.to_string(),
        name: listing.profile.display_name.clone(),
        state: state(listing.state),
        edited: listing.edited,
        missing: listing.missing.clone(),
        seen_at: seen.then(|| format!("/mentors/{}", listing.profile_id)),
        shown: shown(listing),
        kept: kept(listing),
        edits: acts,
        acts: offered.collect(),
    }
}

/// What publishing puts on the network.
pub(super) fn shown(listing: &Listing) -> Vec<Fact> {
    let (locale, profile) = (Locale::English, &listing.profile);
    let joined = |all: Vec<String>| all.join(", ");
    let facts = [
        ("Name", profile.display_name.clone()),
        ("Headline", profile.headline.clone()),
        ("Summary", profile.summary.clone()),
        ("About", profile.bio.clone()),
        ("Knows about", joined(profile.knows_about.iter().map(|skill| skill.label.clone()).collect())),
        ("Helps with", joined(profile.helps_with.iter().map(|word| words::plain(locale, "helps", word)).collect())),
        ("Sectors", joined(profile.sectors.clone())),
        ("Employer", profile.employer_name.clone().unwrap_or_default()),
        ("Offers", joined(profile.offers.iter().map(|offer| words::offer(locale, offer)).collect())),
        ("Languages", joined(profile.languages.iter().map(|one| words::language(locale, &one.tag)).collect())),
        ("Place", profile.area.as_ref().map(|area| words::place(locale, area)).unwrap_or_default()),
        ("Time zone", profile.time_zone.clone().unwrap_or_default()),
        ("Requests", words::availability(locale, &profile.availability)),
        ("Standing", profile.practice.as_ref().map(|practice| words::practice(locale, practice)).unwrap_or_default()),
        ("Whom they help", profile.mentee_fit.clone().unwrap_or_default()),
        ("Links", profile.links.join(" ")),
    ];
    facts.into_iter().filter(|(_, said)| !said.is_empty()).collect()
}

/// What stays at this organisation.
pub(super) fn kept(listing: &Listing) -> Vec<Fact> {
    let consent = listing.consent.as_ref().map_or_else(
        || "none recorded".to_owned(),
        |consent| {
            let web = if consent.open_web { ", and on the open web" } else { "" };
            let day = words::day(Locale::English, consent.given_on);
            format!("given on {day}, to be shown to {}{web}", reach(consent.reach))
        },
    );
    let mut facts = vec![("E-mail", listing.contact.email.clone())];
    facts.extend(listing.contact.name.clone().map(|name| ("Written to as", name)));
    facts.push(("Consent", consent));
    let notice = listing.consent.as_ref().and_then(|consent| consent.notice_version.clone());
    facts.extend(notice.map(|version| ("Notice they read", version)));
    facts.extend(listing.confirmed_at.map(|at| ("Confirmed", when(at))));
    facts.extend(listing.expires_at.map(|at| ("On the network until", when(at))));
    facts.push(("Added", when(listing.created_at)));
    facts.push(("Changed", when(listing.changed_at)));
    facts
}
