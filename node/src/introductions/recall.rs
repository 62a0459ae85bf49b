//! Recall: after a node that was not stopped, or a desk restored from a backup, each organisation is asked which
//! letters of ours it holds and to send its own again. Until it has said so, nothing is answered in introductions
//! with it, so that nothing answered is answered twice.

use std::time::Duration;

use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRequest};
use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::{OrganisationId, PeerId, Timestamp};
use tokio::sync::watch;

use super::courier::{Courier, Unanswered, stopped};
use crate::desk::{DeskError, RecallRow};

/// How much earlier than the last thing that is known letters are asked for.
const EARLIER: u64 = 60 * MINUTE;
/// After a node that was not stopped, the desk has lost nothing but on a disk that lied: no longer than this waits
/// anybody for a node that cannot be reached.
const HOLDS_UNCLEAN: u64 = MINUTE / 3;
/// Pages of one recall: more letters than one organisation may have open with another.
const PAGES: usize = 256;
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
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Notes what has to be asked back, before anybody can answer anything.
pub(super) async fn owe(courier: &Courier, bad_day: &BadDay) -> Result<(), DeskError> {
    let (desk, now) = (&courier.introductions.desk, courier.now());
    let organisations = others_shown(courier);
    if bad_day.unclean {
        let since = desk.last_letter_at().await?.map_or(Timestamp(0), |last| last.minus(EARLIER));
        desk.owe_recalls(&organisations, 0, since, now.plus(HOLDS_UNCLEAN)).await?;
    }
    if let Some(made) = bad_day.restored {
        desk.owe_recalls(&organisations, made.0, made.minus(EARLIER), Timestamp(u64::MAX)).await?;
    }
    Ok(())
}

fn others_shown(courier: &Courier) -> Vec<OrganisationId> {
    let view = courier.view();
    view.shown().filter(|organisation| **organisation != view.own).copied().collect()
}

/// Asks until everybody has answered. On a restored desk, organisations that only become known are asked too.
pub(super) async fn run(courier: Courier, bad_day: BadDay, mut stop: watch::Receiver<bool>) {
    let mut views = courier.introductions.views.clone();
    loop {
        let owed = match round(&courier).await {
            Ok(owed) => owed,
            Err(error) => {
                tracing::warn!(%error, "what is asked back could not be read or noted");
                true
            }
        };
        if !owed && bad_day.restored.is_none() {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY), if owed => {}
            Ok(()) = views.changed() => {
                let restored = BadDay { unclean: false, ..bad_day };
                if let Err(error) = owe(&courier, &restored).await {
                    tracing::warn!(%error, "what has to be asked back could not be noted");
                }
            }
            () = stopped(&mut stop) => return,
        }
    }
}

/// Asks each organisation that is reachable, and answers whether something is still owed.
pub(super) async fn round(courier: &Courier) -> Result<bool, DeskError> {
    let mut owed = false;
    for recall in courier.introductions.desk.owed_recalls().await? {
        let mut done = false;
        for peer in courier.nodes(&recall.organisation).await {
            match ask_back(courier, &recall, peer).await {
                Ok(letters) => {
                    tracing::info!(organisation = %courier.view().name(&recall.organisation), letters, "asked back");
                    courier.introductions.desk.recall_done(&recall).await?;
                    done = true;
                    break;
                }
                Err(NotYet::Desk(error)) => return Err(error),
                Err(NotYet::Unanswered(unanswered)) => {
                    tracing::debug!(%peer, %unanswered, "could not be asked back yet");
                }
            }
        }
        owed |= !done;
    }
    Ok(owed)
}

async fn ask_back(courier: &Courier, recall: &RecallRow, peer: PeerId) -> Result<usize, NotYet> {
    let (mut after, mut count) = (None, 0_usize);
    for _ in 0..PAGES {
        let request = CourierRequest::Recall { since: recall.since, after };
        let CourierAnswer::Letters(letters, next) = courier.ask(peer, &request).await? else {
            return Err(Unanswered::Malformed.into());
        };
        count = count.saturating_add(letters.len());
        if !letters.is_empty() {
            courier.introductions.recalled(letters.into_iter().map(Into::into).collect()).await?;
        }
        match next {
            Some(next) if after.is_none_or(|after| next > after) => after = Some(next),
            Some(_) => return Err(Unanswered::Malformed.into()),
            None => break,
        }
    }
    Ok(count)
}
