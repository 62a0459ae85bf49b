//! `/desk/organisations/{id}/{act}`: what pinning or blocking would change, and the act.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::Response;
use mentormesh_protocol::api::{OrganisationView, Standing, StandingRequest};
use mentormesh_protocol::trust::{self, Settings};

use super::frame::{Frame, answer, many};
use super::look::{self, LookPage};
use super::organisations::{HERE, alike, found};
use crate::http::api::trust::set_standing;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Json;
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;
use crate::view::View;

/// What can be done about an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Pin,
    Unpin,
    Block,
    Unblock,
}

impl Act {
    pub(super) const ALL: [Self; 4] = [Self::Pin, Self::Unpin, Self::Block, Self::Unblock];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Unpin => "unpin",
            Self::Block => "block",
            Self::Unblock => "unblock",
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Pin => "Pin",
            Self::Unpin => "Unpin",
            Self::Block => "Block",
            Self::Unblock => "Unblock",
        }
    }

    /// Whether it changes anything.
    pub(super) fn fits(self, standing: Standing) -> bool {
        match self {
            Self::Pin => standing != Standing::Pinned,
            Self::Unpin => standing == Standing::Pinned,
            Self::Block => standing != Standing::Blocked,
            Self::Unblock => standing == Standing::Blocked,
        }
    }

    const fn standing(self) -> Standing {
        match self {
            Self::Pin => Standing::Pinned,
            Self::Block => Standing::Blocked,
            Self::Unpin | Self::Unblock => Standing::None,
        }
    }

    fn of(word: &str) -> Result<Self, Failure> {
        let known = Self::ALL.into_iter().find(|act| act.word() == word);
        known.ok_or_else(|| Failure::not_found("act", word))
    }
}

/// The settings as an act would leave them.
fn after(view: &View, one: &OrganisationView, act: Act) -> Settings {
    let mut settings = view.settings.clone();
    settings.pinned.remove(&one.id);
    settings.blocked.remove(&one.id);
    match act.standing() {
        Standing::Pinned => settings.pinned.insert(one.id),
        Standing::Blocked => settings.blocked.insert(one.id),
        Standing::None => true,
    };
    settings
}

/// What it would change here, for them and for requests under way.
pub(super) fn says(view: &View, one: &OrganisationView, act: Act, open: u64, own: u64) -> Vec<String> {
    // Recognitions count under no policy that can be chosen yet.
    let then = trust::decide(&view.own, &one.id, &after(view, one, act), &BTreeSet::new()).shown();
    let (theirs, ours) = (many(one.mentors, "mentor", "mentors"), many(own, "published listing", "published listings"));
    let mut says = match (one.shown, then) {
        (false, true) if one.mentors > 0 => {
            vec![format!("{theirs} of theirs become visible to everybody who searches here.")]
        }
        (false, true) => vec!["Their mentors become visible here, as soon as their node has brought them.".to_owned()],
        (true, false) => {
            vec![format!("{theirs} of theirs disappear from every search here, and their copies are purged.")]
        }
        (true, true) => vec!["Their mentors stay visible here.".to_owned()],
        (false, false) => vec!["Their mentors stay out of sight here.".to_owned()],
    };
    says.push(match (one.shown, then) {
        (false, true) => format!("This node begins to send them what we publish: {ours}."),
        (true, false) => {
            "This node sends them nothing of ours any more; what they hold of ours runs out there.".to_owned()
        }
        (true, true) => format!("This node goes on sending them what we publish: {ours}."),
        (false, false) => "This node sends them nothing of ours, as before.".to_owned(),
    });
    let requests = many(open, "request is", "requests are");
    says.push(match act {
        Act::Block => {
            format!("{requests} under way with them: none of these can go on, and their letters are refused.")
        }
        Act::Pin | Act::Unpin | Act::Unblock => format!("{requests} under way with them, and go on as before."),
    });
    says.push(
        "Each side pins for itself: whether they show our mentors and take our requests is for their registrar to \
         decide."
            .to_owned(),
    );
    let alike = alike(view, one);
    if !alike.is_empty() {
        says.push(format!("Take care, others have a name that reads the same: {}.", alike.join(", ")));
    }
    says
}

/// Says what an act would change.
pub(in crate::http) async fn look(
    State(app): State<App>,
    asker: Asker,
    Path((id, act)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let act = Act::of(&act)?;
    answer(&page(&app, &asker, id, act).await?, None)
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
    let now = page(&app, &asker, id.clone(), act).await?;
    let there = now.back.clone();
    look::applied(now, &fields, &there, set(&app, &asker, id, act)).await
}

async fn set(app: &App, asker: &Asker, id: String, act: Act) -> Result<(), Failure> {
    let value = StandingRequest { standing: act.standing() };
    // Nothing is known again by this digest: a standing is the same however often it is set.
    let body = Json { value, digest: [0; 32] };
    set_standing(State(app.clone()), Path(id), asker.clone(), body).await.map(drop)
}

async fn page(app: &App, asker: &Asker, id: String, act: Act) -> Result<LookPage, Failure> {
    let (who, one) = (signed_in(asker)?, found(app, id).await?);
    let open = app.desk.open_with(&one.id).await?;
    let own = app.desk.listing_counts().await?.get("published").copied().unwrap_or_default();
    let mut says = vec![format!("{} has the id {}.", one.name, one.id)];
    says.extend(self::says(&app.view(), &one, act, open, own));
    let seen = look::seen(who, &[act.word(), &one.id.to_string(), &says.join("\n")]);
    Ok(LookPage {
        site: Site::of(app),
        desk: Frame::of(who, HERE),
        heading: format!("{}: {}", one.name, act.label()),
        back: format!("{HERE}/{}", one.id),
        says,
        days: Vec::new(),
        button: act.label(),
        seen,
    })
}
