//! The courier: what carries letters between this node and others, and what its tasks share.
//!
//! Five tasks run: `schedule.rs` brings our own letters out, `duties_out.rs` our duties, `answer.rs` answers what peers
//! ask, `custody.rs` hands on what is kept for others, `recall.rs` asks back what a bad day may have taken. None of them decides what a letter
//! means: that is `inbox.rs`. Here are the handles, the way to an organisation, and who may speak for it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use mentormesh_protocol::key::SealingKey;
use mentormesh_protocol::limits::CLOCK_APART;
use mentormesh_protocol::{OrganisationId, PeerId, SecretKey, Timestamp};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Introductions;
use super::answer::Answers;
use super::custody::Push;
use super::duties_out;
use super::recall::{self, BadDay};
use super::schedule::Schedule;
use crate::desk::DeskError;
use crate::ingest::Ingest;
use crate::post::{AskedReceiver, Post, PostError};
use crate::signing::Safety;
use crate::view::View;

/// Why what a node was asked has no answer, in words.
pub(super) const TOO_SLOW: &str = "its node answers too slowly";

/// What the courier is made of.
#[derive(Debug)]
pub struct CourierParts {
    /// Whose letters it carries.
    pub introductions: Introductions,
    /// The way to peers.
    pub post: Post,
    /// What peers ask.
    pub asked: AskedReceiver,
    /// The door, for cards that come with an unopened letter.
    pub ingest: Ingest,
    /// What signs receipts.
    pub node_key: SecretKey,
    /// Whether our clock is right.
    pub safety: watch::Receiver<Safety>,
    /// What happened before this start.
    pub bad_day: BadDay,
}

/// What the courier's tasks share; clones share it.
#[derive(Clone, Debug)]
pub(super) struct Courier {
    pub(super) introductions: Introductions,
    pub(super) post: Post,
    pub(super) ingest: Ingest,
    pub(super) node_key: Arc<SecretKey>,
    pub(super) safety: watch::Receiver<Safety>,
}

/// Why a peer's answer is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unanswered {
    /// It could not be asked, or said nothing.
    #[error(transparent)]
    Post(#[from] PostError),
    /// It said that it does not do it now.
    #[error(transparent)]
    Refused(#[from] CourierRefusal),
    /// What it said is no answer to the question.
    #[error("its answer was not of the protocol")]
    Malformed,
}

/// Starts the courier. What has to be asked back is noted before this returns.
///
/// # Errors
/// When the desk fails.
pub async fn spawn(parts: CourierParts, stop: watch::Receiver<bool>) -> Result<Vec<JoinHandle<()>>, DeskError> {
    let CourierParts { introductions, post, asked, ingest, node_key, safety, bad_day } = parts;
    let courier = Courier { introductions, post, ingest, node_key: Arc::new(node_key), safety };
    recall::owe(&courier, &bad_day).await?;
    let push = Push::new(courier.clone());
    let answers = Answers::new(courier.clone(), push.waker());
    Ok(vec![
        tokio::spawn(Schedule::new(courier.clone()).run(stop.clone())),
        tokio::spawn(answers.run(asked, stop.clone())),
        tokio::spawn(push.run(stop.clone())),
        tokio::spawn(duties_out::run(courier.clone(), stop.clone())),
        tokio::spawn(recall::run(courier, bad_day, stop)),
    ])
}

impl Courier {
    pub(super) fn view(&self) -> Arc<View> {
        Arc::clone(&self.introductions.views.borrow())
    }

    pub(super) fn now(&self) -> Timestamp {
        self.introductions.clock.now()
    }

    /// Whether our own clock is too far off for anything to be sent.
    pub(super) fn clock_is_off(&self) -> bool {
        self.safety.borrow().clock_off.is_some_and(|off| off > CLOCK_APART)
    }

    /// The nodes of an organisation that are connected now.
    pub(super) async fn nodes(&self, organisation: &OrganisationId) -> Vec<PeerId> {
        nodes(&self.view(), organisation, &self.post.connected().await)
    }

    /// The key that letters to an organisation are sealed to now.
    pub(super) fn sealing_key(&self, organisation: &OrganisationId) -> Option<SealingKey> {
        let (view, now) = (self.view(), self.now());
        if *organisation == view.own {
            return self.introductions.sealing.borrow().first().map(mentormesh_protocol::key::SealingSecret::public);
        }
        let card = view.organisations.get(organisation)?.card.as_ref()?;
        card.sealing_keys.iter().find(|notice| notice.use_until > now).map(|notice| notice.key)
    }

    /// Asks a peer, and waits for so long.
    pub(super) async fn ask_within(
        &self,
        patience: Duration,
        peer: PeerId,
        request: &CourierRequest,
    ) -> Result<CourierAnswer, Unanswered> {
        let answer = tokio::time::timeout(patience, self.ask(peer, request)).await;
        answer.unwrap_or_else(|_| Err(PostError::NoAnswer(TOO_SLOW.to_owned()).into()))
    }

    /// Asks a peer.
    pub(super) async fn ask(&self, peer: PeerId, request: &CourierRequest) -> Result<CourierAnswer, Unanswered> {
        let answer = self.post.ask(peer, request.encode()).await?;
        match CourierAnswer::decode(&answer) {
            Ok(CourierAnswer::Refused(refusal)) => Err(refusal.into()),
            Ok(answer) => Ok(answer),
            Err(_) => Err(Unanswered::Malformed),
        }
    }
}

/// The nodes of an organisation among those that are connected.
pub(super) fn nodes(view: &View, organisation: &OrganisationId, connected: &BTreeSet<PeerId>) -> Vec<PeerId> {
    let known = view.organisations.get(organisation);
    known.into_iter().flat_map(|known| known.nodes.keys()).filter(|peer| connected.contains(peer)).copied().collect()
}

/// What each of so many gets of a length of time.
pub(super) fn share(whole: Duration, among: usize) -> Duration {
    whole / u32::try_from(among.max(1)).unwrap_or(u32::MAX)
}

/// Doubles from `least` to `most`, more or less by a quarter, so that many do not keep step.
pub(super) fn back_off(least: u64, most: u64, attempts: u64) -> u64 {
    let doublings = u32::try_from(attempts.min(30)).unwrap_or(30);
    let wait = least.saturating_mul(1_u64.checked_shl(doublings).unwrap_or(u64::MAX)).min(most);
    let spread = wait / 2;
    let chance = getrandom::u64().map_or(0, |random| random % spread.max(1));
    (wait - wait / 4).saturating_add(chance)
}

/// The time until a moment, no shorter than `least` and no longer than a minute.
pub(super) fn until(moment: Option<Timestamp>, now: Timestamp, least: Duration) -> Duration {
    let most = Duration::from_secs(60);
    moment.map_or(most, |moment| Duration::from_millis(moment.0.saturating_sub(now.0)).clamp(least, most))
}

/// Waits until the node is told to stop.
pub(super) async fn stopped(stop: &mut watch::Receiver<bool>) {
    // A sender that is gone means the same.
    let _gone = stop.wait_for(|stop| *stop).await.is_err();
}

#[cfg(test)]
mod tests;
