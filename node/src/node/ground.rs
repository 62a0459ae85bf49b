//! What a node stands on before it knows any record: a folder that is its alone, keys, a desk, and the address at which
//! it will serve.

use std::net::SocketAddr;

use mentormesh_protocol::signed::Network as NetworkName;
use tokio::net::TcpListener;

use super::StartError;
use crate::actions::Actions;
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::Desk;
use crate::folder::{Folder, Keys, Lock};

/// The ground of one node.
pub(super) struct Ground {
    pub(super) folder: Folder,
    pub(super) config: Config,
    pub(super) clock: Clock,
    pub(super) network: NetworkName,
    pub(super) keys: Keys,
    pub(super) token: String,
    /// Bound before anything is changed, so that an address that is taken costs nothing.
    pub(super) listener: TcpListener,
    pub(super) http: SocketAddr,
    pub(super) desk: Desk,
    pub(super) actions: Actions,
    /// The organisation's own sign-in, if it has one.
    #[cfg(feature = "openid")]
    pub(super) openid: Option<crate::openid::OpenId>,
    /// Where people reach its pages, without a slash at its end.
    pub(super) home: String,
    pub(super) lock: Lock,
}

impl Ground {
    pub(super) async fn open(
        folder: Folder,
        config: Config,
        http: Option<SocketAddr>,
        clock: Clock,
    ) -> Result<Self, StartError> {
        folder.founded()?;
        let lock = folder.lock()?;
        let (keys, token) = (folder.keys()?, folder.token()?);
        let network = NetworkName::new(&config.network.name)?;
        let address = http.unwrap_or(config.http.listen);
        let refused = |source| StartError::Http { address, source };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let http = listener.local_addr().map_err(refused)?;
        let desk = Desk::open(&folder.desk(), clock.clone()).await?;
        desk.release_all().await?;
        let actions = Actions::open(&desk).await?;
        let home = match config.mail.public_url.trim_end_matches('/') {
            "" => format!("http://{http}"),
            public => public.to_owned(),
        };
        Ok(Self {
            #[cfg(feature = "openid")]
            openid: crate::openid::OpenId::of(&config.openid, &home)?,
            folder,
            config,
            clock,
            network,
            keys,
            token,
            listener,
            http,
            desk,
            actions,
            home,
            lock,
        })
    }
}
