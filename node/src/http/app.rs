//! What every handler shares: handles on the parts of the node, and the few facts that are the HTTP folder's own.

use std::sync::Arc;

use mentormesh_protocol::Timestamp;
use tokio::sync::{Semaphore, watch};

use super::cookie::Cookie;
use super::error::Failure;
use super::guard::{Gate, Guard};
use super::load::Load;
use super::meters::Meters;
use crate::actions::Actions;
use crate::clock::Clock;
use crate::desk::Desk;
use crate::folder::ErasedFile;
use crate::ingest::Ingest;
use crate::introductions::Introductions;
use crate::listings::Listings;
use crate::network::Network;
use crate::people::People;
use crate::retention::{self, Persons};
use crate::rights::Rights;
use crate::sealing::Sealing;
use crate::search::{Hiding, Search};
use crate::signing::Signer;
use crate::store::Store;
use crate::view::{View, Views};
use crate::wording::Readers;

/// What the HTTP interface is made of.
#[derive(Debug)]
pub struct Parts {
    /// Answers searches.
    pub search: Search,
    /// Who is kept out of sight.
    pub hiding: Hiding,
    /// The home node's side of profiles.
    pub listings: Listings,
    /// Introductions, sent and received.
    pub introductions: Introductions,
    /// What is owed to people across organisations.
    pub rights: Rights,
    /// Reads links from mail.
    pub actions: Actions,
    /// Who can sign in.
    pub people: People,
    /// The organisation's own sign-in, if it has one.
    #[cfg(feature = "openid")]
    pub openid: Option<crate::openid::OpenId>,
    /// What is believed of every organisation.
    pub views: Views,
    /// The private database.
    pub desk: Desk,
    /// The register.
    pub store: Store,
    /// The door.
    pub ingest: Ingest,
    /// Peers and sync.
    pub network: Network,
    /// Signs what is ours.
    pub signer: Signer,
    /// The keys that open letters.
    pub sealing: Sealing,
    /// The time.
    pub clock: Clock,
    /// The name of the network.
    pub network_name: String,
    /// The registrar's token.
    pub token: String,
    /// Whether anybody may search profiles that their mentors opened to the web.
    pub public: bool,
    /// The list of who was forgotten here.
    pub erased: ErasedFile,
    /// The language of mail to whoever said nothing of theirs.
    pub language: String,
    /// Whether a mail server takes what is written to people.
    pub mail_server: bool,
    /// When the node started.
    pub started_at: Timestamp,
    /// Named states that somebody should know of, such as a store that was set aside.
    pub states: watch::Receiver<Vec<String>>,
}

/// The state of every handler.
#[derive(Clone, Debug)]
pub struct App {
    pub(super) search: Search,
    pub(super) hiding: Hiding,
    pub(super) listings: Listings,
    pub(super) introductions: Introductions,
    pub(super) persons: Persons,
    pub(super) rights: Rights,
    pub(super) actions: Actions,
    /// One link at a time.
    pub(super) acts: Arc<Semaphore>,
    #[cfg(feature = "openid")]
    pub(super) openid: Option<crate::openid::OpenId>,
    pub(super) views: Views,
    pub(super) desk: Desk,
    pub(super) store: Store,
    pub(super) ingest: Ingest,
    pub(super) network: Network,
    pub(super) signer: Signer,
    pub(super) sealing: Sealing,
    pub(super) clock: Clock,
    pub(super) network_name: Arc<str>,
    pub(super) people: People,
    pub(super) guard: Guard,
    pub(super) load: Load,
    pub(super) meters: Meters,
    pub(super) readers: Readers,
    pub(super) mail_server: bool,
    pub(super) started_at: Timestamp,
    pub(super) states: watch::Receiver<Vec<String>>,
    changes: Arc<Semaphore>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let cookie = Cookie::new(&parts.signer.organisation(), parts.people.is_secure());
        let guard = Guard { gate: Gate::new(&parts.token, parts.public), people: parts.people.clone(), cookie };
        let persons = Persons::new(retention::Parts {
            desk: parts.desk.clone(),
            introductions: parts.introductions.clone(),
            listings: parts.listings.clone(),
            rights: parts.rights.clone(),
            erased: parts.erased,
            views: parts.views.clone(),
            clock: parts.clock.clone(),
        });
        Self {
            persons,
            search: parts.search,
            hiding: parts.hiding,
            listings: parts.listings,
            introductions: parts.introductions,
            rights: parts.rights,
            actions: parts.actions,
            acts: Arc::new(Semaphore::new(1)),
            #[cfg(feature = "openid")]
            openid: parts.openid,
            views: parts.views,
            readers: Readers::speaking(parts.desk.clone(), &parts.language),
            mail_server: parts.mail_server,
            desk: parts.desk,
            store: parts.store,
            ingest: parts.ingest,
            network: parts.network,
            signer: parts.signer,
            sealing: parts.sealing,
            clock: parts.clock,
            network_name: parts.network_name.into(),
            people: parts.people,
            guard,
            load: Load::new(),
            meters: Meters::new(),
            started_at: parts.started_at,
            states: parts.states,
            changes: Arc::new(Semaphore::new(1)),
        }
    }

    /// The latest view of every organisation.
    pub(super) fn view(&self) -> Arc<View> {
        Arc::clone(&self.views.borrow())
    }

    /// Runs `read` where it may wait for the disk.
    pub(super) async fn reading<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || read(&store)).await.map_err(|error| Failure::fault(&error))?
    }

    /// Waits for one's turn to change settings: what is read back from the desk after a change must not be older
    /// than what the next one read.
    pub(super) async fn turn(&self) -> Result<tokio::sync::SemaphorePermit<'_>, Failure> {
        self.changes.acquire().await.map_err(|error| Failure::fault(&error))
    }
}
