//! The follower: one thread that owns the index writer and keeps the index behind the store's change log.
//!
//! It is woken, but trusts only the log: a missed wake-up costs time, never a profile. It reads no change that the
//! store could still lose, so the index is never ahead of it. Whatever goes wrong, it begins again from its last
//! commit, or from the store's slots when the log no longer reaches back that far.

use std::collections::BTreeMap;
use std::io;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use mentormesh_protocol::record::ProfileId;
use mentormesh_protocol::{Kind, Record, RecordId, Signed, Slot};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::index::{IndexError, ProfileDocument, Writer};
use crate::store::{Store, StoreError};

/// Changes read at once.
const BATCH: usize = 256;
/// Changed profiles after which a commit is made however busy the log is.
const COMMIT_PROFILES: usize = 1_000;
/// The longest a changed profile waits for its commit.
const COMMIT_AFTER: Duration = Duration::from_millis(500);
/// How long the log must be silent before a commit is made early.
const LULL: Duration = Duration::from_millis(5);
/// Commits may take a quarter of the time: each rests this many times as long as it took.
const REST: u32 = 3;
/// Profiles between two commits while everything is indexed anew.
const REBUILD_COMMIT: usize = 10_000;
/// Changes that are not of profiles after which the position is committed all the same, so that trimming the log
/// never overtakes it.
const POSITION_AFTER: u64 = 5_000;
/// The first and the longest pause after a failure.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A follower at work. It ends when the sender of its wake-ups is dropped, having committed what it had.
#[derive(Debug)]
pub struct Follower {
    indexed: watch::Receiver<u64>,
    thread: JoinHandle<()>,
}

#[derive(Debug, thiserror::Error)]
enum FollowError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Whether to go on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    GoOn,
    End,
}

impl Follower {
    /// Starts following. `wake` says where the store's log ends whenever it has grown.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn spawn(store: Store, writer: Writer, wake: watch::Receiver<u64>) -> io::Result<Self> {
        // Its own small runtime: the thread must be able to wait whatever becomes of the node's.
        let runtime = Builder::new_current_thread().enable_time().build()?;
        let (tell, indexed) = watch::channel(writer.committed());
        let done = writer.committed();
        let work =
            Work { store, writer, wake, runtime, tell, done, waiting: 0, since: Instant::now(), rest: Duration::ZERO };
        let thread = thread::Builder::new().name("index".to_owned()).spawn(move || work.run())?;
        Ok(Self { indexed, thread })
    }

    /// The position up to which searches find everything.
    #[must_use]
    pub fn indexed(&self) -> watch::Receiver<u64> {
        self.indexed.clone()
    }

    /// Waits until the thread has ended, after the sender of its wake-ups was dropped.
    pub fn join(self) {
        if self.thread.join().is_err() {
            tracing::error!("the thread that follows the store panicked; the index is caught up at the next start");
        }
    }
}

struct Work {
    store: Store,
    writer: Writer,
    wake: watch::Receiver<u64>,
    runtime: Runtime,
    tell: watch::Sender<u64>,
    /// The position up to which everything was given to the writer.
    done: u64,
    /// Changed profiles since the last commit.
    waiting: usize,
    /// When the first of them was given.
    since: Instant,
    /// How long the last commit is rested from.
    rest: Duration,
}

impl Work {
    fn run(mut self) {
        let mut pause = PAUSE;
        loop {
            match self.follow() {
                Ok(()) => return,
                Err(error) => {
                    tracing::warn!(%error, cause = ?error, "the index cannot follow the store; trying again");
                    self.done = self.writer.committed();
                    self.waiting = 0;
                }
            }
            if self.pause(pause) == Next::End {
                return;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn follow(&mut self) -> Result<(), FollowError> {
        if self.done == 0 && self.rebuild()? == Next::End {
            return Ok(());
        }
        loop {
            let changes = self.store.changes_after(self.done, BATCH)?;
            if let (Some(first), Some(last)) = (changes.first(), changes.last()) {
                let (begin, end) = (first.position, last.position);
                if begin != self.done + 1 {
                    tracing::info!("the change log was trimmed past the index; indexing everything anew");
                    self.done = 0;
                    return self.follow();
                }
                // Within a batch only the last word on a slot counts.
                let latest: BTreeMap<_, _> = changes.into_iter().map(|change| (change.slot, change.record)).collect();
                for (slot, record) in &latest {
                    self.apply(slot, record.as_ref())?;
                }
                self.done = end;
                if self.waiting >= COMMIT_PROFILES || (self.waiting > 0 && self.since.elapsed() >= COMMIT_AFTER) {
                    self.commit()?;
                }
                if self.wake.has_changed().is_err() {
                    return self.end();
                }
            } else if self.idle()? == Next::End {
                return self.end();
            }
        }
    }

    /// The log has nothing more: commits what waits after a short lull, else waits to be woken.
    fn idle(&mut self) -> Result<Next, FollowError> {
        if self.waiting > 0 {
            let lull = LULL.max(self.rest.min(COMMIT_AFTER.saturating_sub(self.since.elapsed())));
            self.rest = Duration::ZERO;
            let mut wake = self.wake.clone();
            let woken = self.runtime.block_on(async { tokio::time::timeout(lull, wake.changed()).await });
            return match woken {
                Ok(Err(_)) => Ok(Next::End),
                Ok(Ok(())) if self.store.last_position() > self.done => {
                    self.wake.mark_unchanged();
                    Ok(Next::GoOn)
                }
                Ok(Ok(())) | Err(_) => self.commit().map(|()| Next::GoOn),
            };
        }
        if self.done.saturating_sub(self.writer.committed()) > POSITION_AFTER {
            self.commit()?;
        }
        self.tell.send_replace(self.done);
        let woken = self.runtime.block_on(self.wake.changed());
        Ok(if woken.is_ok() { Next::GoOn } else { Next::End })
    }

    fn end(&mut self) -> Result<(), FollowError> {
        if self.done > self.writer.committed() { self.commit() } else { Ok(()) }
    }

    fn commit(&mut self) -> Result<(), FollowError> {
        let began = Instant::now();
        self.writer.commit(self.done)?;
        self.rest = began.elapsed() * REST;
        self.waiting = 0;
        self.tell.send_replace(self.done);
        Ok(())
    }

    /// Indexes everything that stands. Until the end the position stays 0, so that a crash begins again.
    fn rebuild(&mut self) -> Result<Next, FollowError> {
        let end = self.store.last_position();
        if end == 0 {
            return Ok(Next::GoOn);
        }
        self.writer.clear()?;
        self.waiting = 0;
        for organisation in self.store.organisations()? {
            for standing in self.store.slots(&organisation) {
                let standing = standing?;
                if !standing.withdraws {
                    self.apply(&standing.slot, Some(&standing.id))?;
                }
                if self.waiting >= REBUILD_COMMIT {
                    self.writer.commit(0)?;
                    self.waiting = 0;
                    if self.wake.has_changed().is_err() {
                        return Ok(Next::End);
                    }
                }
            }
        }
        self.done = end;
        self.commit()?;
        Ok(Next::GoOn)
    }

    /// Brings one slot of the index to what the store holds of it.
    fn apply(&mut self, slot: &Slot, record: Option<&RecordId>) -> Result<(), FollowError> {
        if slot.kind != Kind::Profile {
            return Ok(());
        }
        let Some(id) = slot.profile_id() else { return Ok(()) };
        if self.waiting == 0 {
            self.since = Instant::now();
        }
        self.waiting += 1;
        let envelope = match record {
            Some(record) => self.store.envelope(record)?,
            None => None,
        };
        match envelope {
            Some(envelope) => self.index(id, &envelope),
            // A record that is gone again has a later change, which says what became of it.
            None => Ok(self.writer.delete(&id)?),
        }
    }

    fn index(&mut self, id: ProfileId, envelope: &[u8]) -> Result<(), FollowError> {
        // The store holds only what was verified; the envelope need not be verified again to be read.
        let signed = Signed::<Record>::decode(envelope).ok();
        let record = signed.as_ref().map(Signed::claims);
        let standing = record.and_then(|record| Some((record.profile()?, record.header().expires_at?)));
        match standing {
            Some((body, expires_at)) => {
                let open_web = body.consented.open_web;
                self.writer.upsert(&ProfileDocument { id, profile: &body.profile, expires_at, open_web })?;
            }
            // A version that this build does not read is never shown.
            None => self.writer.delete(&id)?,
        }
        Ok(())
    }

    fn pause(&mut self, pause: Duration) -> Next {
        let closed = async { while self.wake.changed().await.is_ok() {} };
        let ended = self.runtime.block_on(async { tokio::time::timeout(pause, closed).await });
        if ended.is_ok() { Next::End } else { Next::GoOn }
    }
}
