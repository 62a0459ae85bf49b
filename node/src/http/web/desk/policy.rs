//! `/desk/trust/{policy}`: whom another policy would bring into sight or take out of it, and the change.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::Response;
use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::api::{TrustPolicy, TrustRequest};
use mentormesh_protocol::trust::{self, Policy, Settings};

use super::frame::{Frame, answer, many};
use super::look::{self, LookPage};
use super::organisations::HERE;
use crate::http::api;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Json;
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;
use crate::view::{Known, View};

/// Organisations that are named one by one.
const NAMED: usize = 50;

/// A policy that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Closed,
    Open,
}

impl Choice {
    pub(super) const ALL: [Self; 2] = [Self::Closed, Self::Open];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
        }
    }

    /// As the button says it.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Closed => "Show pinned organisations alone",
            Self::Open => "Show every organisation that is not blocked",
        }
    }

    /// Whether it changes anything.
    pub(super) fn fits(self, view: &View) -> bool {
        view.settings.policy != self.policy()
    }

    const fn policy(self) -> Policy {
        match self {
            Self::Closed => Policy::Closed,
            Self::Open => Policy::Open,
        }
    }

    const fn asked(self) -> TrustPolicy {
        match self {
            Self::Closed => TrustPolicy::Closed,
            Self::Open => TrustPolicy::Open,
        }
    }

    fn of(word: &str) -> Result<Self, Failure> {
        let known = Self::ALL.into_iter().find(|choice| choice.word() == word);
        known.ok_or_else(|| Failure::not_found("policy", word))
    }
}

/// What the policy would change here: who comes, who goes, and what becomes of our own mentors there.
pub(super) fn says(view: &View, choice: Choice, own: u64) -> Vec<String> {
    if !choice.fits(view) {
        return vec![format!("The policy is `{}` already; nothing changes.", choice.word())];
    }
    let settings = Settings { policy: choice.policy(), ..view.settings.clone() };
    // Recognitions count under no policy that can be chosen yet.
    let then = |id: &OrganisationId| trust::decide(&view.own, id, &settings, &BTreeSet::new()).shown();
    let others = || view.organisations.iter().filter(|(id, _)| **id != view.own);
    let (mut come, mut go) = (Vec::new(), Vec::new());
    for (id, known) in others() {
        match (known.why.shown(), then(id)) {
            (false, true) => come.push((id, known)),
            (true, false) => go.push((id, known)),
            (true, true) | (false, false) => {}
        }
    }
    let stay = others().filter(|(id, known)| known.why.shown() && then(id)).count() as u64;
    let ours = many(own, "published listing", "published listings");
    let mut says = vec![
        format!("{} into sight, {} out of it, {}.", comes(come.len()), leaves(go.len()), stays(stay)),
        match choice {
            Choice::Open => {
                format!("This node begins to send whoever comes into sight what we publish: {ours}.")
            }
            Choice::Closed => "Copies of whoever leaves are purged here. This node sends them nothing of ours any \
                               more; what they hold of ours runs out there."
                .to_owned(),
        },
        match choice {
            Choice::Open => "Whoever joins the network later is shown at once, unless you block them.",
            Choice::Closed => "Whoever joins the network later is shown once you pin them.",
        }
        .to_owned(),
        "Each side decides for itself: whether they show our mentors is for their registrar to decide.".to_owned(),
    ];
    says.extend(come.iter().take(NAMED).map(|(id, known)| came(view, id, known)));
    says.extend(go.iter().take(NAMED).map(|(id, known)| went(view, id, known)));
    let unnamed = come.len().saturating_sub(NAMED) + go.len().saturating_sub(NAMED);
    if unnamed > 0 {
        says.push(format!("And {unnamed} more, which the list of organisations names."));
    }
    says
}

fn comes(count: usize) -> String {
    format!("{} {}", many(count as u64, "organisation", "organisations"), if count == 1 { "comes" } else { "come" })
}

fn leaves(count: usize) -> String {
    format!("{count} {}", if count == 1 { "goes" } else { "go" })
}

fn stays(count: u64) -> String {
    format!("{count} {} shown as before", if count == 1 { "is" } else { "are" })
}

fn came(view: &View, id: &OrganisationId, known: &Known) -> String {
    let mentors = match known.mentors {
        0 => "its mentors become visible as soon as its node has brought them".to_owned(),
        count => format!("{} visible", many(count, "mentor becomes", "mentors become")),
    };
    format!("Comes: {} ({}): {mentors}.", view.name(id), id.short())
}

fn went(view: &View, id: &OrganisationId, known: &Known) -> String {
    let mentors = many(known.mentors, "mentor disappears", "mentors disappear");
    format!("Goes: {} ({}): {mentors} from every search here.", view.name(id), id.short())
}

/// Says what a policy would change.
pub(in crate::http) async fn look(
    State(app): State<App>,
    asker: Asker,
    Path(policy): Path<String>,
) -> Result<Response, Failure> {
    answer(&page(&app, &asker, Choice::of(&policy)?).await?, None)
}

/// Sets it, if whoever sets it saw that.
pub(in crate::http) async fn apply(
    State(app): State<App>,
    asker: Asker,
    Path(policy): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    check_form(signed_in(&asker)?, &form)?;
    let (choice, Form(fields)) = (Choice::of(&policy)?, form);
    let now = page(&app, &asker, choice).await?;
    let set = async {
        // Nothing is known again by this digest: a policy is the same however often it is set.
        let body = Json { value: TrustRequest { policy: choice.asked() }, digest: [0; 32] };
        api::trust::set_policy(State(app.clone()), asker.clone(), body).await.map(drop)
    };
    look::applied(now, &fields, HERE, set).await
}

async fn page(app: &App, asker: &Asker, choice: Choice) -> Result<LookPage, Failure> {
    let (who, view) = (signed_in(asker)?, app.view());
    let own = app.desk.listing_counts().await?.get("published").copied().unwrap_or_default();
    let says = says(&view, choice, own);
    let seen = look::seen(who, &[choice.word(), &says.join("\n")]);
    Ok(LookPage {
        site: Site::of(app),
        desk: Frame::of(who, HERE),
        heading: format!("Trust: {}", choice.label()),
        back: HERE.to_owned(),
        says,
        days: Vec::new(),
        button: if choice.fits(&view) { choice.label() } else { "" },
        seen,
    })
}
