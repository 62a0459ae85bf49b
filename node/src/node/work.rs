//! The rooms that do a node's work, and the tasks that keep it going until it stops.

use std::time::Duration;

use mentormesh_protocol::limits::DAY;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::StartError;
use super::ground::Ground;
use super::register::Register;
use super::voice::Voice;
use crate::desk::Desk;
use crate::event::Events;
use crate::http;
use crate::ingest::Ingest;
use crate::introductions::{self, CourierParts, Introductions};
use crate::listings::{self, Listings, Upkeep};
use crate::mail::{self, Mailer};
use crate::network::{Claimed, Network};
use crate::notify::{self, Notify};
use crate::people::{self, Asking, People};
use crate::retention::{self, Again, Persons, Purging};
use crate::rights::{self, Follow, Rights, Throttle, Throttled};
use crate::search::{self, Hiding, Search};
use crate::states::{self, States};

/// How often expired records are swept and parked ones looked at.
const SWEEP_EVERY: Duration = Duration::from_secs(30);

/// What HTTP asks; each is a handle.
pub(super) struct Rooms {
    search: Search,
    hiding: Hiding,
    listings: Listings,
    pub(super) introductions: Introductions,
    people: People,
    asked: Option<people::Asked>,
    rights: Rights,
    throttled: Option<Throttled>,
}

impl Rooms {
    pub(super) fn new(
        ground: &Ground,
        register: &Register,
        voice: &Voice,
        events: &Events,
        claimed: watch::Receiver<Claimed>,
        hiding: Hiding,
    ) -> Self {
        let Ground { config, desk, clock, network, .. } = ground;
        let views = || register.ingest.views();
        let search = Search::new(search::Parts {
            store: register.store.clone(),
            index: register.index.clone(),
            indexed: register.follower.indexed(),
            views: views(),
            hidden: hiding.hidden(),
            claimed,
            clock: clock.clone(),
        });
        let (throttle, throttled) = Throttle::new(clock.clone());
        let rights = Rights::new(rights::Parts {
            desk: desk.clone(),
            views: views(),
            clock: clock.clone(),
            network: network.clone(),
            node_key: ground.keys.node.clone(),
            throttle,
            home: ground.home.clone(),
            language: config.mail.language.as_str().to_owned(),
        });
        let introductions = Introductions::new(introductions::Parts {
            desk: desk.clone(),
            signer: voice.signer.clone(),
            store: register.store.clone(),
            views: views(),
            clock: clock.clone(),
            events: events.clone(),
            network: network.clone(),
            sealing: voice.sealing.secrets(),
            search: search.clone(),
            rights: rights.clone(),
        });
        let listings = Listings::new(listings::Parts {
            desk: desk.clone(),
            signer: voice.signer.clone(),
            clock: clock.clone(),
            views: views(),
            events: events.clone(),
            confirm_every: u64::from(config.listings.confirm_every_days) * DAY,
        });
        let (asking, asked) = Asking::new(clock.clone());
        let address = ground.home.clone();
        let people = People::new(people::Parts { desk: desk.clone(), clock: clock.clone(), address }, asking);
        let (asked, throttled) = (Some(asked), Some(throttled));
        Self { search, hiding, listings, introductions, people, asked, rights, throttled }
    }

    /// Starts the tasks that stop with the node.
    pub(super) async fn spawn(
        &mut self,
        ground: &Ground,
        register: &Register,
        events: Events,
        courier: CourierParts,
        stopped: &watch::Receiver<bool>,
    ) -> Result<Vec<JoinHandle<()>>, StartError> {
        let Ground { config, desk, clock, .. } = ground;
        let ingest = &register.ingest;
        let upkeep = Upkeep::new(self.listings.clone(), desk.clone(), register.store.clone(), register.organisation);
        let notify = Notify::new(notify::Parts {
            desk: desk.clone(),
            introductions: self.introductions.clone(),
            clock: clock.clone(),
            events: events.clone(),
            config: config.notify.clone(),
        });
        let mailer = Mailer::new(mail::Parts {
            desk: desk.clone(),
            introductions: self.introductions.clone(),
            listings: self.listings.clone(),
            actions: ground.actions.clone(),
            views: ingest.views(),
            clock: clock.clone(),
            events,
            config: config.mail.clone(),
            home: ground.home.clone(),
        })?;
        let mut tasks = vec![
            tokio::spawn(upkeep.run(ingest.position(), stopped.clone())),
            tokio::spawn(sweep(ingest.clone(), desk.clone(), stopped.clone())),
            tokio::spawn(notify.run(stopped.clone())),
            tokio::spawn(mailer.run(stopped.clone())),
        ];
        if let Some(asked) = self.asked.take() {
            tasks.push(tokio::spawn(asked.run(self.people.clone(), stopped.clone())));
        }
        if let Some(throttled) = self.throttled.take() {
            tasks.push(tokio::spawn(throttled.run(stopped.clone())));
        }
        let follow = Follow::new(self.rights.clone(), register.store.clone(), register.organisation);
        tasks.push(tokio::spawn(follow.run(ingest.position(), stopped.clone())));
        tasks.extend(introductions::spawn(courier, stopped.clone()).await?);
        let limits = retention::limits(&config.retention);
        let purging = Purging::new(desk.clone(), self.introductions.clone(), clock.clone(), limits);
        tasks.push(tokio::spawn(purging.run(stopped.clone())));
        let erased = ground.folder.erased();
        let persons = Persons::new(retention::Parts {
            desk: desk.clone(),
            introductions: self.introductions.clone(),
            listings: self.listings.clone(),
            rights: self.rights.clone(),
            erased: erased.clone(),
            views: ingest.views(),
            clock: clock.clone(),
        });
        tasks.push(tokio::spawn(Again::new(persons, desk.clone(), erased).run(stopped.clone())));
        // Not before it is noted what may be missing here: no wait ends, and nothing is declined, for want of that.
        tasks.push(tokio::spawn(self.introductions.clone().keep_swept(stopped.clone())));
        Ok(tasks)
    }

    /// What HTTP serves.
    pub(super) fn app(
        self,
        ground: &Ground,
        register: &Register,
        voice: Voice,
        network: Network,
        states: watch::Receiver<Vec<String>>,
    ) -> http::App {
        let Self { search, hiding, listings, introductions, people, rights, .. } = self;
        let Ground { config, desk, clock, token, .. } = ground;
        http::App::new(http::Parts {
            search,
            hiding,
            listings,
            introductions,
            rights,
            actions: ground.actions.clone(),
            people,
            #[cfg(feature = "openid")]
            openid: ground.openid.clone(),
            views: register.ingest.views(),
            desk: desk.clone(),
            store: register.store.clone(),
            ingest: register.ingest.clone(),
            network,
            signer: voice.signer,
            sealing: voice.sealing,
            clock: clock.clone(),
            network_name: config.network.name.clone(),
            token: token.clone(),
            public: config.search.public,
            mail_server: !config.mail.server.is_empty(),
            language: config.mail.language.as_str().to_owned(),
            erased: ground.folder.erased(),
            started_at: clock.now(),
            states,
        })
    }
}

/// The states that somebody should know of, computed from what the parts say.
pub(super) fn states(ground: &Ground, register: &Register, voice: &Voice) -> States {
    States::new(states::Parts {
        refetching: register.empty && voice.knows_somebody,
        indexed: register.follower.indexed(),
        index_until: register.index_until,
        store: register.store.clone(),
        desk: ground.desk.clone(),
        views: register.ingest.views(),
        safety: voice.safety.clone(),
        peer: ground.keys.peer(),
        clock: ground.clock.clone(),
    })
}

async fn sweep(ingest: Ingest, desk: Desk, mut stopped: watch::Receiver<bool>) {
    let mut every = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            _ = every.tick() => {
                if let Err(error) = ingest.sweep().await {
                    tracing::warn!(%error, "expired records could not be swept");
                }
                if let Err(error) = desk.sweep().await {
                    tracing::warn!(%error, "old requests could not be swept from the desk");
                }
                // Addresses that were let go of leave the write-ahead log as well.
                if let Err(error) = desk.settle().await {
                    tracing::warn!(%error, "the desk's write-ahead log could not be emptied");
                }
            }
            _ = stopped.changed() => return,
        }
    }
}
