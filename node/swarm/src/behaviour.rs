//! What the swarm is made of: transports and protocols.
//!
//! Owns their order and settings. The two that refuse connections stand first, because gossipsub remembers a peer
//! as soon as it is asked about a connection, and never hears that a later one refused it.

use libp2p::allow_block_list::{self, BlockedPeers};
use libp2p::connection_limits::{self, ConnectionLimits};
use libp2p::identity::Keypair;
use libp2p::request_response::{self, ProtocolSupport};
use libp2p::swarm::NetworkBehaviour;
use libp2p::swarm::behaviour::toggle::Toggle;
use libp2p::{SwarmBuilder, identify, mdns, noise, ping, tcp, yamux};

use crate::codec::FrameCodec;
use crate::gossip::{self, Gossip};
use crate::limits;
use crate::{Protocol, SwarmConfig, SwarmError};

pub(crate) type Requests = request_response::Behaviour<FrameCodec>;

#[derive(NetworkBehaviour)]
pub(crate) struct Behaviour {
    pub(crate) limits: connection_limits::Behaviour,
    pub(crate) blocked: allow_block_list::Behaviour<BlockedPeers>,
    pub(crate) gossip: Gossip,
    pub(crate) sync: Requests,
    pub(crate) courier: Requests,
    pub(crate) identify: identify::Behaviour,
    pub(crate) ping: ping::Behaviour,
    pub(crate) mdns: Toggle<mdns::tokio::Behaviour>,
}

impl Behaviour {
    fn new(key: &Keypair, config: &SwarmConfig) -> Result<Self, SwarmError> {
        let local = key.public().to_peer_id();
        let mdns = if config.mdns {
            let found = mdns::tokio::Behaviour::new(mdns::Config::default(), local);
            Some(found.map_err(|error| setup("discovery on the local network", &error))?)
        } else {
            None
        };
        let identify = identify::Config::new(config.protocol_version(), key.public())
            .with_agent_version(format!("mentormesh/{}", env!("CARGO_PKG_VERSION")))
            // Only addresses the operator named go out: those of inner networks are nobody's business.
            .with_hide_listen_addrs(true)
            .with_cache_size(100);
        Ok(Self {
            limits: connection_limits::Behaviour::new(connection_limits()),
            blocked: allow_block_list::Behaviour::default(),
            gossip: gossip::build(&config.topics).map_err(SwarmError::Config)?,
            sync: requests(Protocol::Sync),
            courier: requests(Protocol::Courier),
            identify: identify::Behaviour::new(identify),
            ping: ping::Behaviour::new(ping::Config::new().with_interval(limits::PING_INTERVAL)),
            mdns: mdns.into(),
        })
    }

    pub(crate) fn requests_mut(&mut self, protocol: Protocol) -> &mut Requests {
        match protocol {
            Protocol::Sync => &mut self.sync,
            Protocol::Courier => &mut self.courier,
        }
    }
}

fn connection_limits() -> ConnectionLimits {
    ConnectionLimits::default()
        .with_max_pending_incoming(Some(limits::PENDING_MAX))
        .with_max_pending_outgoing(Some(limits::PENDING_MAX))
        .with_max_established_incoming(Some(limits::INBOUND_MAX))
        .with_max_established_outgoing(Some(limits::OUTBOUND_MAX))
        .with_max_established(Some(limits::CONNECTIONS_MAX))
        .with_max_established_per_peer(Some(limits::CONNECTIONS_PER_PEER))
}

/// One behaviour for each protocol: a single one with both would let the remote choose which it speaks.
fn requests(protocol: Protocol) -> Requests {
    let config = request_response::Config::default()
        .with_request_timeout(limits::REQUEST_TIMEOUT)
        .with_max_concurrent_streams(limits::REQUEST_STREAMS);
    Requests::with_codec(FrameCodec, [(protocol.stream_protocol(), ProtocolSupport::Full)], config)
}

/// Builds the swarm; it listens nowhere yet.
pub(crate) fn build(config: &SwarmConfig) -> Result<libp2p::Swarm<Behaviour>, SwarmError> {
    let key = Keypair::ed25519_from_bytes(config.node_key).map_err(|error| SwarmError::Config(error.to_string()))?;
    let behaviour = Behaviour::new(&key, config)?;
    let transports = || {
        let tcp = tcp::Config::default().nodelay(true);
        SwarmBuilder::with_existing_identity(key.clone())
            .with_tokio()
            .with_tcp(tcp, noise::Config::new, yamux::Config::default)
            .map(|builder| builder.with_quic())
            .map_err(|error| setup("encryption", &error))
    };
    let idle = |config: libp2p::swarm::Config| config.with_idle_connection_timeout(limits::IDLE_TIMEOUT);
    let swarm = match transports()?.with_dns() {
        Ok(named) => infallible(named.with_behaviour(|_| behaviour)).with_swarm_config(idle).build(),
        Err(error) => {
            tracing::warn!(%error, "the system's resolver settings cannot be read; peers can be dialled by number only");
            infallible(transports()?.with_behaviour(|_| behaviour)).with_swarm_config(idle).build()
        }
    };
    Ok(swarm)
}

fn infallible<T>(result: Result<T, std::convert::Infallible>) -> T {
    let Ok(value) = result;
    value
}

fn setup(what: &'static str, error: &dyn std::error::Error) -> SwarmError {
    SwarmError::Setup { what, reason: error.to_string() }
}
