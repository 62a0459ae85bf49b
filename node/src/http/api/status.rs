//! `/status`: how the node is, in one answer.

use axum::Json as Answered;
use axum::extract::State;
use mentormesh_protocol::api::{Operator, RecordCounts, Status};
use mentormesh_protocol::limits::SILENCES_TOLD;

use super::health;
use super::trust::word;
use crate::http::app::App;
use crate::http::error::Failure;
use crate::signing::HomeFirst;
use crate::view::View;

/// Listings whose confirmation runs out within this many days are counted.
const SOON: u64 = 30;
/// Mentors whom one state names.
const NAMED: usize = 5;

/// Shows how the node is.
#[utoipa::path(get, path = "/status", operation_id = "status", tag = "node",
    responses((status = 200, description = "How it is", body = Status)))]
pub(in crate::http) async fn show(State(app): State<App>) -> Result<Answered<Status>, Failure> {
    let view = app.view();
    let peers = app.network.peers().await;
    let trouble = health::trouble(&app).await;
    let mut states = app.states.borrow().clone();
    states.extend(trouble.iter().map(|failure| failure.problem().detail.clone()));
    let waiting = app.introductions.waiting().await?;
    let safety = app.signer.safety();
    if safety.home_first != HomeFirst::Done {
        states.push("nothing new is signed before a peer has shown what it holds of ours".to_owned());
    }
    let unlisted = app.desk.unlisted().await?;
    if !unlisted.is_empty() {
        let ids: Vec<_> = unlisted.iter().map(ToString::to_string).collect();
        states.push(format!(
            "profiles of ours stand on the network that this desk does not know: {}; end each with `mentormesh profile \
             withdraw ID`, or restore a newer backup",
            ids.join(", ")
        ));
    }
    let disputed = view.organisations.iter().filter(|(_, known)| known.disputed);
    states.extend(disputed.map(|(id, _)| format!("the key chain of {} ({id}) is disputed", view.name(id))));
    let notices = app.desk.notice_counts().await?;
    if notices.given_up > 0 {
        let count = notices.given_up;
        states.push(format!("notify.command failed too often for {count} notices; the log says why"));
    }
    states.extend(unheard(&app).await?);
    Ok(Answered(Status {
        ready: trouble.is_none(),
        states,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        organisation: Operator {
            id: view.own,
            name: view.name(&view.own),
            peer: app.network.peer(),
            network: app.network_name.to_string(),
        },
        listening: app.network.listening().await,
        peers: peers.iter().filter(|peer| peer.connected).count() as u64,
        peers_known: peers.len() as u64,
        records: records(&view),
        listings: app.desk.listing_counts().await?,
        listings_to_confirm: app.listings.to_confirm(SOON).await?,
        introductions_waiting: waiting.count,
        introductions_oldest: waiting.oldest,
        letters_waiting: waiting.outbox,
        letters_kept: waiting.kept,
        notices_waiting: notices.waiting,
        notices_given_up: notices.given_up,
        trust: word(view.settings.policy),
        home_first: match safety.home_first {
            HomeFirst::Waiting => "waiting",
            HomeFirst::Done => "done",
            HomeFirst::RenewalsOnly => "renewals_only",
        }
        .to_owned(),
        started_at: app.started_at,
    }))
}

/// People who do not answer, and people who are not reached.
async fn unheard(app: &App) -> Result<Vec<String>, Failure> {
    let mut states = Vec::new();
    let silent = app.desk.silent_mentors(SILENCES_TOLD).await?;
    if !silent.is_empty() {
        let ids: Vec<_> = silent.iter().take(NAMED).map(ToString::to_string).collect();
        states.push(format!(
            "mentors who let {SILENCES_TOLD} requests or more in a row run out: {}, such as {}; `mentormesh profile \
             show ID` says more",
            silent.len(),
            ids.join(", ")
        ));
    }
    let (open, overdue) = app.desk.rights_open().await?;
    if overdue > 0 {
        states.push(format!(
            "{overdue} of {open} open requests about somebody's rights are overdue; `mentormesh rights list` names them, \
             and `mentormesh rights close ID` answers one"
        ));
    }
    let mail = app.desk.mail_counts().await?;
    if mail.given_up > 0 {
        let count = mail.given_up;
        states.push(format!("{count} mails were given up; `mentormesh mail list --state given_up` says why"));
    }
    Ok(states)
}

/// How many records the view counts.
pub(super) fn records(view: &View) -> RecordCounts {
    let mut counts = RecordCounts::default();
    for (id, known) in &view.organisations {
        let sum = if *id == view.own { &mut counts.own } else { &mut counts.others };
        *sum = sum.saturating_add(known.records);
        if known.why.shown() {
            counts.searchable = counts.searchable.saturating_add(known.mentors);
        }
    }
    counts
}
