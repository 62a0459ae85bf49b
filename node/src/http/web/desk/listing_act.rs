//! `/desk/listings/{id}/{act}`: what an act on a listing would change, for how many people, and the act.

use axum::extract::{Path, State};
use axum::response::Response;
use mentormesh_protocol::Date;
use mentormesh_protocol::api::{Listing, ListingState, PauseInput, Problem, WithdrawRequest};
use mentormesh_protocol::record::AvailabilityStatus;

use super::frame::{Frame, answer, many};
use super::invitations;
use super::listing::HERE;
use super::look::{self, LookPage};
use crate::http::api::listings;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::{MaybeJson, Pairs};
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;

/// What can be done with a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Invite,
    Publish,
    Confirm,
    Pause,
    Resume,
    Withdraw,
    Delete,
    Erase,
}

impl Act {
    pub(super) const ALL: [Self; 8] = [
        Self::Invite,
        Self::Publish,
        Self::Confirm,
        Self::Pause,
        Self::Resume,
        Self::Withdraw,
        Self::Delete,
        Self::Erase,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Publish => "publish",
            Self::Confirm => "confirm",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Withdraw => "withdraw",
            Self::Delete => "delete",
            Self::Erase => "erase",
        }
    }

    /// As the button says it.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Invite => "Ask the mentor by mail",
            Self::Publish => "Publish",
            Self::Confirm => "Confirm that it is still right",
            Self::Pause => "Pause requests",
            Self::Resume => "Resume",
            Self::Withdraw => "Withdraw from the network",
            Self::Delete => "Delete the draft",
            Self::Erase => "Erase for good",
        }
    }

    /// Whether it makes sense where the listing stands; what is refused anyway is not offered.
    pub(super) fn fits(self, listing: &Listing) -> bool {
        let paused = listing.profile.availability.status == AvailabilityStatus::Paused;
        let (draft, ended, on) = match listing.state {
            ListingState::Draft => (true, false, false),
            ListingState::Withdrawn => (false, true, false),
            ListingState::Published | ListingState::Expired => (false, false, true),
        };
        match self {
            Self::Invite => listing.consent.is_none(),
            Self::Publish => draft || ended || listing.edited || listing.state == ListingState::Expired,
            Self::Confirm | Self::Withdraw => on,
            Self::Pause => !paused,
            Self::Resume => paused,
            Self::Delete => draft,
            Self::Erase => !draft,
        }
    }

    fn of(word: &str) -> Result<Self, Failure> {
        let known = Self::ALL.into_iter().find(|act| act.word() == word);
        known.ok_or_else(|| Failure::not_found("act", word))
    }

    /// What it would change: for how many people here, at how many organisations.
    fn says(self, waiting: u64, elsewhere: u64, listing: &Listing) -> Vec<String> {
        let others = many(elsewhere, "other organisation", "other organisations");
        let people = many(waiting, "person whose request waits", "people whose requests wait");
        let mut says = match self {
            Self::Invite => invitations::says(listing),
            Self::Publish => vec![
                format!("The public half is signed and sent to {others}, and shown to whoever searches there."),
                "The private half stays here.".to_owned(),
            ],
            Self::Confirm => vec![
                "You say that what it shows is still right and wanted.".to_owned(),
                format!("It goes on being shown here and at {others}."),
            ],
            Self::Pause => vec![
                format!("Here and at {others} it is seen that requests are not welcome, and new ones are refused."),
                format!("It changes nothing for {people} already: those go on."),
            ],
            Self::Resume => vec![format!("Requests are welcome again, here and at {others}.")],
            Self::Withdraw => vec![
                format!("It disappears here and at {others}, as soon as their nodes hear of it."),
                format!("It concerns {people} for this mentor: each is told that they are no longer listed."),
                "It can be published again.".to_owned(),
            ],
            Self::Delete => vec!["Nobody outside ever saw it. It and its address are gone from here.".to_owned()],
            Self::Erase => vec![
                format!("Every copy goes, here and at {others}, and its address and consent go from this desk."),
                format!("It concerns {people} for this mentor: each is told that they are no longer listed."),
                "This cannot be undone: who returns gets a new listing.".to_owned(),
            ],
        };
        if self == Self::Publish {
            says.extend(listing.missing.iter().map(|missing| format!("Still missing: {missing}.")));
        }
        says
    }

    async fn apply(self, app: &App, asker: &Asker, id: String, fields: &Pairs) -> Result<(), Failure> {
        let (state, path, asker) = (State(app.clone()), Path(id), asker.clone());
        match self {
            Self::Invite => listings::invite(state, path, asker).await.map(drop),
            Self::Publish => listings::publish(state, path, asker).await.map(drop),
            Self::Confirm => listings::confirm(state, path, asker).await.map(drop),
            Self::Pause => {
                let pause = PauseInput { from: day(fields, "from")?, until: day(fields, "until")? };
                listings::pause(state, path, asker, MaybeJson(pause)).await.map(drop)
            }
            Self::Resume => listings::resume(state, path, asker).await.map(drop),
            Self::Withdraw | Self::Erase => {
                let how = WithdrawRequest { erase: self == Self::Erase };
                listings::withdraw(state, path, asker, MaybeJson(how)).await.map(drop)
            }
            Self::Delete => listings::delete(state, path, asker).await.map(drop),
        }
    }
}

fn day(fields: &Pairs, name: &str) -> Result<Option<Date>, Failure> {
    let wrong = |text: &str| Failure::from(Problem::field(name, format!("`{text}` is not a day like 2026-12-24")));
    fields.last(name).map(|text| text.parse().map_err(|_| wrong(text))).transpose()
}

/// Says what an act would change.
pub(in crate::http) async fn look(
    State(app): State<App>,
    asker: Asker,
    Path((id, act)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let act = Act::of(&act)?;
    answer(&page(&app, &asker, &id, act, &Pairs(Vec::new())).await?, None)
}

/// Does it, if whoever does it saw that.
pub(in crate::http) async fn apply(
    State(app): State<App>,
    asker: Asker,
    Path((id, act)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Failure> {
    check_form(signed_in(&asker)?, &form)?;
    let (act, Form(fields)) = (Act::of(&act)?, form);
    let now = page(&app, &asker, &id, act, &fields).await?;
    let there = if matches!(act, Act::Delete | Act::Erase) { HERE.to_owned() } else { now.back.clone() };
    look::applied(now, &fields, &there, act.apply(&app, &asker, id, &fields)).await
}

async fn page(app: &App, asker: &Asker, id: &str, act: Act, fields: &Pairs) -> Result<LookPage, Failure> {
    let who = signed_in(asker)?;
    let listing = app.listings.find(&app.subject(id).await?).await?;
    let view = app.view();
    let elsewhere = view.shown().filter(|shown| **shown != view.own).count() as u64;
    let says = act.says(app.desk.open_for(&listing.id).await?, elsewhere, &listing);
    let seen = look::seen(who, &[act.word(), &listing.id.to_string(), &listing.etag, &says.join("\n")]);
    let typed = |name| fields.last(name).unwrap_or_default().to_owned();
    let days = vec![
        ("from", "First day (today if left empty)", typed("from")),
        ("until", "Day on which requests are welcome again (open if left empty)", typed("until")),
    ];
    Ok(LookPage {
        site: Site::of(app),
        desk: Frame::of(who, HERE),
        heading: format!("{}: {}", listing.profile.display_name, act.label()),
        back: format!("{HERE}/{}", listing.id),
        says,
        days: if act == Act::Pause { days } else { Vec::new() },
        button: act.label(),
        seen,
    })
}
