//! What a node is started with, and why it did not start.

use std::net::SocketAddr;

use mentormesh_protocol::signed::NotANetwork;

use crate::clock::Clock;
use crate::config::Config;
use crate::desk::DeskError;
use crate::folder::{Folder, FolderError};
use crate::index::IndexError;
use crate::ingest::{IngestError, SpawnError};
use crate::mail::MailStartError;
use crate::network;
use crate::store::StoreError;

/// What a node is started with.
#[derive(Debug)]
pub struct StartRequest {
    /// Its data folder, already founded.
    pub folder: Folder,
    /// Its configuration.
    pub config: Config,
    /// Where to serve HTTP, if not as configured.
    pub http: Option<SocketAddr>,
    /// Where to listen, if not as configured.
    pub listen: Vec<String>,
    /// Tickets of nodes to join once it runs.
    pub join: Vec<String>,
    /// The time.
    pub clock: Clock,
}

/// Why a node did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The folder is missing, in use or not private.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The folder has no first operation.
    #[error("the data folder holds no organisation; make one with `mentormesh init --name NAME` in an empty folder")]
    NoOrganisation,
    /// The network's name is none.
    #[error("network.name: {0}")]
    Network(#[from] NotANetwork),
    /// The desk did not open.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// Mail cannot be sent as it is configured.
    #[error(transparent)]
    Mail(#[from] MailStartError),
    /// Nobody can sign in with the provider that is configured.
    #[cfg(feature = "openid")]
    #[error(transparent)]
    OpenId(#[from] crate::openid::OpenIdStartError),
    /// The store did not open.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The door did not open.
    #[error(transparent)]
    Ingest(#[from] SpawnError),
    /// Our own records could not be taken in again.
    #[error("our own records could not be taken in again: {0}")]
    Replay(#[from] IngestError),
    /// The index did not open.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The system gave no thread.
    #[error("no thread could be started")]
    Thread(#[from] std::io::Error),
    /// The network did not start.
    #[error(transparent)]
    Listen(#[from] network::StartError),
    /// The address for HTTP is taken or not ours.
    #[error("{address} cannot be served ({source}); choose another address with --http or http.listen")]
    Http {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
}
