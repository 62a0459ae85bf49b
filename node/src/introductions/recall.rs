//! Recall: after a node that was not stopped, or a desk restored from a backup, each organisation is asked which
//! letters of ours it holds and to send its own again. Until it has said so, nothing is answered in introductions
//! with it, so that nothing answered is answered twice.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRequest};
use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::{OrganisationId, PeerId, Timestamp};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::courier::{Courier, Unanswered, stopped};
use crate::desk::{DeskError, RecallRow};

/// How much earlier than the last thing that is known letters are asked for.
const EARLIER: u64 = 60 * MINUTE;
/// After a node that was not stopped, the desk has lost nothing but on a disk that lied: no longer than this waits
/// anybody for a node that cannot be reached.
const HOLDS_UNCLEAN: u64 = MINUTE / 3;
/// Pages of one recall: more letters than one organisation may have open with another.
const PAGES: usize = 4_096;
/// Organisations that are asked at once.
const AT_ONCE: usize = 8;
/// How long one page is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long one organisation may take in all before others have its place; what came until then is kept.
const WHOLE: Duration = Duration::from_secs(120);
/// How often those who were not reached are tried again.
const EVERY: Duration = Duration::from_secs(5);

/// What happened before this start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BadDay {
    /// Whether the node was not stopped as it should be.
    pub unclean: bool,
    /// When the backup was made that this desk comes from, if it comes from one.
    pub restored: Option<Timestamp>,
}

/// Why a recall is not done yet.
#[derive(Debug, thiserror::Error)]
enum NotYet {
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    #[error("it takes too long")]
    Slow,
    #[error("it has more letters than one organisation may have open with another")]
    Endless,
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Notes what has to be asked back, before anybody can answer anything.
pub(super) async fn owe(courier: &Courier, bad_day: &BadDay) -> Result<(), DeskError> {
    let (desk, now) = (&courier.introductions.desk, courier.now());
    let organisations = others(courier).await?;
    if bad_day.unclean {
        let since = desk.last_letter_at().await?.map_or(Timestamp(0), |last| last.minus(EARLIER));
        desk.owe_recalls(&organisations, 0, since, now.plus(HOLDS_UNCLEAN)).await?;
    }
    if let Some(made) = bad_day.restored {
        desk.owe_recalls(&organisations, made.0, made.minus(EARLIER), Timestamp(u64::MAX)).await?;
    }
    Ok(())
}

/// Whoever may hold something of ours: those we show, and those with whom introductions are kept here. A backup holds
/// no register, so that at first the desk alone knows them.
async fn others(courier: &Courier) -> Result<Vec<OrganisationId>, DeskError> {
    let view = courier.view();
    let introduced = courier.introductions.desk.introduced_organisations(&view.own).await?;
    let shown = view.shown().filter(|organisation| **organisation != view.own).copied();
    Ok(shown.chain(introduced).collect::<BTreeSet<_>>().into_iter().collect())
}

/// Asks until everybody has answered. On a restored desk, organisations that only become known are asked too.
pub(super) async fn run(courier: Courier, bad_day: BadDay, mut stop: watch::Receiver<bool>) {
    let mut views = courier.introductions.views.clone();
    let restored = BadDay { unclean: false, ..bad_day };
    loop {
        views.mark_unchanged();
        let round = async {
            owe(&courier, &restored).await?;
            round(&courier).await
        };
        let asked = tokio::select! {
            asked = round => asked,
            () = stopped(&mut stop) => return,
        };
        let owed = asked.unwrap_or_else(|error| {
            tracing::warn!(%error, "what is asked back could not be read or noted");
            true
        });
        if !owed && bad_day.restored.is_none() {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY), if owed => {}
            Ok(()) = views.changed() => {}
            () = stopped(&mut stop) => return,
        }
    }
}

/// Asks each organisation that is reachable, a few at once, and answers whether something is still owed.
pub(super) async fn round(courier: &Courier) -> Result<bool, DeskError> {
    let mut by_organisation: BTreeMap<_, Vec<RecallRow>> = BTreeMap::new();
    for recall in courier.introductions.desk.owed_recalls().await? {
        by_organisation.entry(recall.organisation).or_default().push(recall);
    }
    let mut left = by_organisation.into_values();
    let (mut under_way, mut owed, mut failed) = (JoinSet::new(), false, Ok(()));
    loop {
        while under_way.len() < AT_ONCE {
            let Some(recalls) = left.next() else { break };
            let courier = courier.clone();
            under_way.spawn(async move { one(&courier, &recalls).await });
        }
        match under_way.join_next().await {
            Some(Ok(Ok(done))) => owed |= !done,
            Some(Ok(Err(error))) => failed = Err(error),
            Some(Err(_)) => owed = true,
            None => return failed.map(|()| owed),
        }
    }
}

/// Asks one organisation for all that it owes us, and answers whether it gave it.
async fn one(courier: &Courier, recalls: &[RecallRow]) -> Result<bool, DeskError> {
    let Some((organisation, since)) = recalls.iter().map(|recall| (recall.organisation, recall.since)).min() else {
        return Ok(true);
    };
    for peer in courier.nodes(&organisation).await {
        match timeout(WHOLE, ask_back(courier, since, peer)).await.unwrap_or(Err(NotYet::Slow)) {
            Ok(letters) => {
                tracing::info!(organisation = %courier.view().name(&organisation), letters, "asked back");
                for recall in recalls {
                    courier.introductions.desk.recall_done(recall).await?;
                }
                return Ok(true);
            }
            Err(NotYet::Desk(error)) => return Err(error),
            Err(not_yet @ (NotYet::Unanswered(_) | NotYet::Slow | NotYet::Endless)) => {
                tracing::debug!(%peer, %not_yet, "could not be asked back yet");
            }
        }
    }
    Ok(false)
}

async fn ask_back(courier: &Courier, since: Timestamp, peer: PeerId) -> Result<usize, NotYet> {
    let (mut after, mut count) = (None, 0_usize);
    for _ in 0..PAGES {
        let request = CourierRequest::Recall { since, after };
        let answer = timeout(PATIENCE, courier.ask(peer, &request)).await.map_err(|_| NotYet::Slow)?;
        let CourierAnswer::Letters(letters, next) = answer? else {
            return Err(Unanswered::Malformed.into());
        };
        count = count.saturating_add(letters.len());
        if !letters.is_empty() {
            courier.introductions.recalled(letters.into_iter().map(Into::into).collect()).await?;
        }
        match next {
            Some(next) if after.is_none_or(|after| next > after) => after = Some(next),
            Some(_) => return Err(Unanswered::Malformed.into()),
            None => return Ok(count),
        }
    }
    Err(NotYet::Endless)
}
