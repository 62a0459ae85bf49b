//! Hiding: which mentors of other organisations are out of sight at this node, whatever is signed of them.
//!
//! Owns the list and tells everybody who shows profiles of each change. The record stays held and is passed on; requests
//! under way are untouched. Refuses to know who shows profiles: they watch [`Hidden`].

use std::collections::BTreeSet;
use std::sync::Arc;

use mentormesh_protocol::api::{ErrorCode, HiddenProfile, Problem};
use mentormesh_protocol::{OrganisationId, ProfileId};
use tokio::sync::{Semaphore, watch};

use crate::desk::{Desk, DeskError};

/// Profiles that can be hidden: each search skips all of them.
const MOST: u64 = 1_000;
/// Longest reason in characters.
const WHY: usize = 200;

/// The profiles that are out of sight now.
pub type Hidden = watch::Receiver<Arc<BTreeSet<ProfileId>>>;

/// The list of who is hidden; clones share it.
#[derive(Clone, Debug)]
pub struct Hiding {
    desk: Desk,
    own: OrganisationId,
    tell: watch::Sender<Arc<BTreeSet<ProfileId>>>,
    /// One change at a time, so that nobody is told of an older list after a newer one.
    turns: Arc<Semaphore>,
}

impl Hiding {
    /// Reads the list.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn open(desk: Desk, own: OrganisationId) -> Result<Self, DeskError> {
        let hiding = Self { desk, own, tell: watch::channel(Arc::default()).0, turns: Arc::new(Semaphore::new(1)) };
        hiding.announce().await?;
        Ok(hiding)
    }

    /// Who is hidden, for those who show profiles.
    #[must_use]
    pub fn hidden(&self) -> Hidden {
        self.tell.subscribe()
    }

    /// The list, the latest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn list(&self) -> Result<Vec<HiddenProfile>, DeskError> {
        self.desk.hidden_profiles().await
    }

    /// Keeps a profile out of sight.
    ///
    /// # Errors
    /// When it is of our own organisation, the reason breaks its rule, or too many are hidden.
    pub async fn hide(&self, id: &ProfileId, why: &str, by: &str) -> Result<(), Problem> {
        if id.organisation == self.own {
            let problem = "this mentor is of this organisation; hiding is for mentors of others";
            let next = format!("pause or withdraw the listing: mentormesh profile pause {}", id.subject);
            return Err(Problem::new(ErrorCode::Conflict, problem).with_next(next));
        }
        // One line, whatever was typed; it is for the registrar's own eyes.
        let parts = why.split(|c: char| c.is_whitespace() || c.is_control()).filter(|part| !part.is_empty());
        let why = &parts.collect::<Vec<_>>().join(" ");
        let length = why.chars().count();
        if length > WHY {
            return Err(Problem::field("why", format!("{length} characters, at most {WHY}")));
        }
        let _turn = self.turn().await?;
        let mut write = self.desk.write().await?;
        if write.hidden_count().await? >= MOST && !self.tell.borrow().contains(id) {
            let problem = format!("{MOST} profiles are hidden, which is the most");
            let next =
                format!("unhide others, or block their organisation: mentormesh trust block {}", id.organisation);
            return Err(Problem::new(ErrorCode::Capacity, problem).with_next(next));
        }
        write.hide(id, why, by).await?;
        write.note(by, "profile.hidden", &id.to_string(), why).await?;
        write.commit().await?;
        Ok(self.announce().await?)
    }

    /// Shows a profile again; one that was not hidden is shown as before.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn unhide(&self, id: &ProfileId, by: &str) -> Result<(), Problem> {
        let _turn = self.turn().await?;
        let mut write = self.desk.write().await?;
        if write.unhide(id).await? {
            write.note(by, "profile.unhidden", &id.to_string(), "").await?;
            write.commit().await?;
        }
        Ok(self.announce().await?)
    }

    async fn turn(&self) -> Result<tokio::sync::SemaphorePermit<'_>, Problem> {
        self.turns.acquire().await.map_err(|_| Problem::new(ErrorCode::Busy, "the node is stopping"))
    }

    async fn announce(&self) -> Result<(), DeskError> {
        let hidden = self.desk.hidden_profiles().await?.into_iter().map(|hidden| hidden.id).collect();
        self.tell.send_replace(Arc::new(hidden));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::Timestamp;
    use mentormesh_protocol::testing::Organisation;

    use super::*;
    use crate::clock::Clock;

    async fn hiding(folder: &tempfile::TempDir) -> Hiding {
        let clock = Clock::set_at(Timestamp(1_795_000_000_000));
        let desk = Desk::open(&folder.path().join("desk.sqlite"), clock).await.expect("a desk");
        Hiding::open(desk, Organisation::ada().id()).await.expect("a list")
    }

    fn mentor(number: u64) -> ProfileId {
        Organisation::bo().profile_id(number)
    }

    #[tokio::test]
    async fn who_is_hidden_is_told_at_once_and_stays_hidden_across_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = hiding(&folder).await;
        let hidden = before.hidden();
        before.hide(&mentor(1), " asked by the\nsafeguarding officer", "registrar").await.expect("hidden");
        before.hide(&mentor(1), "again", "registrar").await.expect("twice is once");
        assert_eq!(**hidden.borrow(), BTreeSet::from([mentor(1)]));
        before.desk.close().await;

        let after = hiding(&folder).await;
        assert_eq!(**after.hidden().borrow(), BTreeSet::from([mentor(1)]));
        let list = after.list().await.expect("read");
        assert_eq!(list.first().map(|one| one.why.as_str()), Some("asked by the safeguarding officer"));
        after.unhide(&mentor(1), "registrar").await.expect("shown");
        after.unhide(&mentor(1), "registrar").await.expect("shown as before");
        assert!(after.hidden().borrow().is_empty());
        let acts: Vec<_> = after.desk.audit_trail(9).await.expect("read").into_iter().map(|row| row.act).collect();
        assert_eq!(acts, ["profile.unhidden", "profile.hidden", "profile.hidden"]);
    }

    #[tokio::test]
    async fn our_own_mentors_are_not_hidden_and_a_reason_has_bounds() {
        let folder = tempfile::tempdir().expect("a folder");
        let hiding = hiding(&folder).await;
        let code = |answer: Result<(), Problem>| answer.map_err(|problem| problem.code);
        let own = Organisation::ada().profile_id(1);
        assert_eq!(code(hiding.hide(&own, "", "registrar").await), Err(ErrorCode::Conflict));
        let long = "x".repeat(201);
        assert_eq!(code(hiding.hide(&mentor(1), &long, "registrar").await), Err(ErrorCode::Invalid));
        assert!(hiding.hidden().borrow().is_empty());
    }

    #[tokio::test]
    async fn no_more_are_hidden_than_a_search_can_skip() {
        let folder = tempfile::tempdir().expect("a folder");
        let hiding = hiding(&folder).await;
        let mut write = hiding.desk.write().await.expect("a change");
        for number in 0..MOST {
            write.hide(&mentor(number), "", "registrar").await.expect("kept");
        }
        write.commit().await.expect("durable");
        hiding.announce().await.expect("told");
        let more = hiding.hide(&mentor(MOST), "", "registrar").await.map_err(|problem| problem.code);
        assert_eq!(more, Err(ErrorCode::Capacity));
        assert_eq!(hiding.hide(&mentor(0), "", "registrar").await.map_err(|problem| problem.code), Ok(()));
    }
}
