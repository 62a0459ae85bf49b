//! `profile show`: one listing with its private side, or a profile of any organisation shown here.

use clap::Args;
use mentormesh_protocol::api::{
    ConsentMethod, Evidence, Invitation, InvitationAnswer, Listing, ListingState, ProfileView, Reach,
};
use mentormesh_protocol::record::Profile;

use super::one;
use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};

const EXAMPLES: &str = "Examples:
  mentormesh profile show abcdef
  mentormesh profile show x7k2qd.abcdef
  mentormesh profile show abcdef --json > ada.json";

/// One listing, or a profile of any organisation shown here
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Show {
    /// The id of a listing of this node, or that of a profile (with a dot)
    #[arg(value_name = "ID")]
    id: String,
}

impl Show {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        if self.id.contains('.') {
            let answer = client.get(&format!("/profiles/{}", super::super::segment(&self.id)?))?;
            return if context.output.answer(&answer)? { Ok(()) } else { profile(context, &typed(&answer)?) };
        }
        let answer = one(&client, &self.id)?;
        if context.output.answer(&answer)? { Ok(()) } else { listing(context, &typed(&answer)?) }
    }
}

fn profile(context: &Context, view: &ProfileView) -> Result<(), Failure> {
    head(context, &view.profile)?;
    let mut table = Table::fields();
    table.field("listed by", format!("{} ({})", view.organisation.name, view.organisation.id.short()));
    fields(&mut table, &view.profile);
    table.field("profile", view.id.to_string());
    table.field("record", view.record.to_string());
    table.field("signed", view.issued_at.to_string());
    table.field("until", view.expires_at.to_string());
    context.output.table(table)
}

fn listing(context: &Context, listing: &Listing) -> Result<(), Failure> {
    head(context, &listing.profile)?;
    let mut table = Table::fields();
    let edited = if listing.edited { ", edited since" } else { "" };
    table.field("state", format!("{}{edited}", state_word(listing.state)));
    table.field("missing", listing.missing.join("\n"));
    fields(&mut table, &listing.profile);
    table.field("e-mail", format!("{} (stays here)", listing.contact.email));
    let consent = listing.consent.as_ref().map(|consent| {
        let reach = match consent.reach {
            Reach::Local => "this body alone",
            Reach::Partners => "partners",
            Reach::Network => "the network",
        };
        format!("given on {} for {reach}", consent.given_on)
    });
    table.field("consent", consent.unwrap_or_else(|| "none recorded".to_owned()));
    table.field("evidence", listing.evidence.as_ref().map(evidence).unwrap_or_default());
    table.field("invited", listing.invitation.as_ref().map(invitation).unwrap_or_default());
    table.field("confirmed", listing.confirmed_at.map(|at| at.to_string()).unwrap_or_default());
    table.field("until", listing.expires_at.map(|at| at.to_string()).unwrap_or_default());
    table.field("listing", listing.id.to_string());
    table.field("profile", listing.profile_id.to_string());
    context.output.table(table)
}

/// What a consent rests on, in a line.
fn evidence(evidence: &Evidence) -> String {
    let way = match evidence.method {
        ConsentMethod::MailedLink => "by a mailed link",
        ConsentMethod::SignedIn => "signed in",
    };
    let from = evidence.address.as_ref().map(|address| format!(" from {address}")).unwrap_or_default();
    let Evidence { given_at, notice_version, shown, .. } = evidence;
    format!("{way}{from} at {given_at}, notice {notice_version}, shown {shown}")
}

fn invitation(invitation: &Invitation) -> String {
    let said = match invitation.answer {
        InvitationAnswer::Waiting => "no answer yet".to_owned(),
        InvitationAnswer::Consented => "agreed".to_owned(),
        InvitationAnswer::Declined => "declined".to_owned(),
    };
    format!("{}, {} times in all: {said}", invitation.invited_at, invitation.times)
}

fn head(context: &Context, profile: &Profile) -> Result<(), Failure> {
    context.output.line(&context.output.paint.bold(&clean(&profile.display_name)))?;
    context.output.line(&clean(&profile.headline))
}

fn fields(table: &mut Table, profile: &Profile) {
    table.field("summary", &profile.summary);
    table.field("about", &profile.bio);
    let skills = profile.knows_about.iter().map(|skill| {
        let level = skill.level.map(|level| format!(" ({level})")).unwrap_or_default();
        format!("{}{level}", skill.label)
    });
    table.field("knows about", skills.collect::<Vec<_>>().join(", "));
    table.field("helps with", profile.helps_with.join(", ").replace('_', " "));
    table.field("tags", profile.tags.join(", "));
    table.field("at a glance", super::super::search::at_a_glance(profile));
    table.field("region", profile.area.as_ref().and_then(|area| area.region.clone()).unwrap_or_default());
    table.field("time zone", profile.time_zone.clone().unwrap_or_default());
    let modes: Vec<_> = profile.modes.iter().map(|mode| mode.as_str().replace('_', " ")).collect();
    table.field("meets by", modes.join(", "));
    if let Some(practice) = &profile.practice {
        let mut words = vec![practice.status.as_str().replace('_', " ")];
        words.extend(practice.programme.clone());
        words.extend(practice.award_sought.as_ref().map(|award| format!("for {award}")));
        words.extend(practice.ends_on.map(|day| format!("until {day}")));
        table.field("says of practice", words.join(", "));
    }
    table.field("whom to help", profile.mentee_fit.clone().unwrap_or_default());
    table.field("links", profile.links.join("\n"));
}

/// A state, in one word.
pub(super) const fn state_word(state: ListingState) -> &'static str {
    match state {
        ListingState::Draft => "draft",
        ListingState::Published => "published",
        ListingState::Withdrawn => "withdrawn",
        ListingState::Expired => "expired",
    }
}
