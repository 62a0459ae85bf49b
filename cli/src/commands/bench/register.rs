//! How fast foreign records become durable and searchable, beside the signature checks alone.

use std::time::Instant;

use clap::Args;
use mentormesh_node::clock::Clock;
use mentormesh_node::index;
use mentormesh_node::ingest::{Ingest, Limits, Origin, Verdict};
use mentormesh_node::search::Follower;
use mentormesh_node::store::Store;
use mentormesh_protocol::signed::Network;
use mentormesh_protocol::trust::Settings;
use mentormesh_protocol::{PeerId, PublicKey, Record, SecretKey, Signed};

use super::sample::Organisation;
use super::{Figure, anonymous_memory_of, memory_of};
use crate::context::Context;
use crate::failure::Failure;

/// Records of one organisation; more would be over its quota.
const EACH: u32 = 50_000;
/// Records that one answer of a sync session holds.
const BATCH: usize = 32;
/// Records made before they are offered, so that making them is not timed and they do not fill the memory.
const CHUNK: u32 = 8_192;

const EXAMPLES: &str = "Examples:
  mentormesh bench register
  mentormesh bench register --records 20000";

/// Foreign records a second
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Register {
    /// How many records
    #[arg(long, default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1_000..=400_000))]
    records: u32,
}

impl Register {
    pub(super) fn run(&self, context: &Context) -> Result<Vec<Figure>, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(self.measure(context))
    }

    async fn measure(&self, context: &Context) -> Result<Vec<Figure>, Failure> {
        let folder = tempfile::tempdir()?;
        let filled = Filled::open(folder.path(), self.records)?;
        let (mut taken, mut verifying) = (0.0, 0.0);
        for chunk in filled.chunks(self.records) {
            let envelopes = filled.make(chunk)?;
            let began = Instant::now();
            for envelope in &envelopes {
                filled.only_verify(envelope)?;
            }
            verifying += began.elapsed().as_secs_f64();
            let began = Instant::now();
            filled.offer(envelopes).await?;
            taken += began.elapsed().as_secs_f64();
            context.output.say(&format!("{} of {} records", chunk.1.min(self.records), self.records));
        }
        let began = Instant::now();
        filled.until_searchable().await?;
        taken += began.elapsed().as_secs_f64();
        let records = f64::from(self.records);
        Ok(vec![
            Figure::new("foreign records decoded, verified, durable, searchable", records / taken, "records/s")
                .against("decoding and verifying alone, one core", records / verifying),
            Figure::new("memory with all of them held and indexed", memory_of(std::process::id()), "MB"),
            Figure::new("of it, without pages of the index's files", anonymous_memory_of(std::process::id()), "MB"),
            #[expect(clippy::cast_precision_loss, reason = "a size in megabytes")]
            Figure::new("store on disk", filled.store.size() as f64 / 1_048_576.0, "MB"),
        ])
    }
}

/// A register that is being filled in a folder of its own.
pub(super) struct Filled {
    pub(super) store: Store,
    pub(super) ingest: Ingest,
    pub(super) index: index::Index,
    follower: Follower,
    door: std::thread::JoinHandle<()>,
    organisations: Vec<Organisation>,
    peer: PeerId,
    clock: Clock,
}

impl Filled {
    /// Opens an empty register for this many records of organisations that are all pinned.
    pub(super) fn open(folder: &std::path::Path, records: u32) -> Result<Self, Failure> {
        let clock = Clock::system();
        let failed = |error: &dyn std::fmt::Display| Failure::failed(error.to_string());
        let bodies: Result<Vec<_>, _> = (0..records.div_ceil(EACH))
            .map(|at| Organisation::found(u8::try_from(at).unwrap_or(0), clock.now()))
            .collect();
        let organisations = bodies?;
        let opened = Store::open(&folder.join("store")).map_err(|error| failed(&error))?;
        let settings = Settings { pinned: organisations.iter().map(|body| body.id).collect(), ..Settings::default() };
        let own = Organisation::found(99, clock.now())?.id;
        let network = Network::new("bench").map_err(|error| failed(&error))?;
        let store = opened.store;
        let door =
            Ingest::spawn(store.clone(), opened.writer, network, own, settings, Limits::default(), clock.clone())
                .map_err(|error| failed(&error))?;
        let index = index::open(&folder.join("index"), store.generation(), store.last_position());
        let index = index.map_err(|error| failed(&error))?;
        let follower = Follower::spawn(store.clone(), index.writer, door.ingest.position())?;
        let peer = PeerId(SecretKey::new(&[42; 32]).public());
        Ok(Self {
            store,
            ingest: door.ingest,
            index: index.index,
            follower,
            door: door.thread,
            organisations,
            peer,
            clock,
        })
    }

    /// The numbers of records to make at once.
    pub(super) fn chunks(&self, records: u32) -> impl Iterator<Item = (u32, u32)> + use<> {
        (0..records.div_ceil(CHUNK)).map(move |at| (at * CHUNK, ((at + 1) * CHUNK).min(records)))
    }

    pub(super) fn make(&self, (from, to): (u32, u32)) -> Result<Vec<Vec<u8>>, Failure> {
        (from..to)
            .map(|number| {
                let at = usize::try_from(number / EACH).unwrap_or(0);
                self.organisations.get(at).ok_or_else(|| Failure::failed("too many records"))?.profile(number % EACH)
            })
            .collect()
    }

    fn only_verify(&self, envelope: &[u8]) -> Result<(), Failure> {
        let signed = Signed::<Record>::decode(envelope).map_err(|error| Failure::failed(error.to_string()))?;
        let of = signed.claims().header().organisation;
        let body = self.organisations.iter().find(|body| Some(body.id) == of);
        let keys: Vec<PublicKey> = body.map(|body| vec![body.key()]).unwrap_or_default();
        let network = Network::new("bench").map_err(|error| Failure::failed(error.to_string()))?;
        signed.verify(&network, &keys).map(drop).map_err(|error| Failure::failed(error.to_string()))
    }

    /// Offers envelopes in batches as a sync session would bring them; two offers are under way at a time.
    pub(super) async fn offer(&self, envelopes: Vec<Vec<u8>>) -> Result<(), Failure> {
        let origin = |claims| Origin::Sync { peer: self.peer, as_of: self.clock.now(), claims };
        for body in &self.organisations {
            let genesis = self.ingest.accept(vec![body.genesis.clone()], origin(body.id)).await;
            genesis.map_err(|error| Failure::failed(error.to_string()))?;
        }
        let mut under_way = std::collections::VecDeque::new();
        for batch in envelopes.chunks(BATCH) {
            let (ingest, batch, from) = (self.ingest.clone(), batch.to_vec(), origin(self.peer_organisation()));
            under_way.push_back(tokio::spawn(async move { ingest.accept(batch, from).await }));
            if under_way.len() > 2
                && let Some(first) = under_way.pop_front()
            {
                check(first.await)?;
            }
        }
        for offer in under_way {
            check(offer.await)?;
        }
        Ok(())
    }

    /// Whose records these are.
    pub(super) fn organisations(&self) -> Vec<mentormesh_protocol::OrganisationId> {
        self.organisations.iter().map(|body| body.id).collect()
    }

    fn peer_organisation(&self) -> mentormesh_protocol::OrganisationId {
        self.organisations.first().map_or(mentormesh_protocol::OrganisationId([0; 32]), |body| body.id)
    }

    /// Lets everything go, so that a node can open the folder.
    pub(super) async fn close(self) -> Result<(), Failure> {
        let Self { store, ingest, index, follower, door, .. } = self;
        drop((ingest, index));
        let closed = tokio::task::spawn_blocking(move || {
            let closed = door.join().is_ok();
            follower.join();
            drop(store);
            closed
        });
        if closed.await.is_ok_and(|closed| closed) { Ok(()) } else { Err(Failure::failed("the door did not close")) }
    }

    /// How far the index has come.
    pub(super) fn indexed(&self) -> tokio::sync::watch::Receiver<u64> {
        self.follower.indexed()
    }

    /// Waits until the index has caught up with the store.
    pub(super) async fn until_searchable(&self) -> Result<(), Failure> {
        let last = self.store.last_position();
        let mut indexed = self.follower.indexed();
        indexed.wait_for(|at| *at >= last).await.map(drop).map_err(|_| Failure::failed("the index stopped"))
    }
}

type Offered = Result<Result<Vec<Verdict>, mentormesh_node::ingest::IngestError>, tokio::task::JoinError>;

fn check(offered: Offered) -> Result<(), Failure> {
    let verdicts = offered
        .map_err(|error| Failure::failed(error.to_string()))?
        .map_err(|error| Failure::failed(error.to_string()))?;
    match verdicts.iter().find(|verdict| **verdict != Verdict::Stored) {
        None => Ok(()),
        Some(verdict) => Err(Failure::failed(format!("a record was not stored: {verdict:?}"))),
    }
}
