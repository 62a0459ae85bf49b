//! Start order and shutdown order: the only place that knows every part of a node.
//!
//! [`Node::start`] is the order, lowest layer first. What each step makes lies in the file of its name: what a node
//! stands on, its register, its voice, how it meets others, and the rooms that do its work.

mod ground;
mod meeting;
mod register;
mod request;
mod voice;
mod work;

use std::net::SocketAddr;
use std::time::Duration;

use mentormesh_protocol::OrganisationId;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use self::ground::Ground;
use self::meeting::Ways;
use self::register::Register;
pub use self::request::{StartError, StartRequest};
use self::voice::Voice;
use self::work::Rooms;
use crate::desk::Desk;
use crate::event::Events;
use crate::folder::{Folder, Lock, Run};
use crate::http;
use crate::ingest::Ingest;
use crate::introductions::CourierParts;
use crate::network::Network;
use crate::post::Post;
use crate::search::{Follower, Hiding};

/// How long parts may take to stop before they are left behind.
const STOPPING: Duration = Duration::from_secs(8);

/// A running node.
#[derive(Debug)]
pub struct Node {
    organisation: OrganisationId,
    http: SocketAddr,
    token: String,
    network: Network,
    folder: Folder,
    desk: Desk,
    follower: Follower,
    stop: watch::Sender<bool>,
    stop_network: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    network_tasks: Vec<JoinHandle<()>>,
    ingest: Ingest,
    ingest_thread: std::thread::JoinHandle<()>,
    _lock: Lock,
}

impl Node {
    /// Starts every part, lowest layer first. When this returns, the node serves.
    ///
    /// # Errors
    /// The first part that did not start, in words for the operator.
    pub async fn start(request: StartRequest) -> Result<Self, StartError> {
        let StartRequest { folder, config, http, listen, join, clock } = request;
        let ground = Ground::open(folder, config, http, clock).await?;
        let (register, door) = Register::open(&ground).await?;
        let (voice, safety) = Voice::open(&ground, &register).await?;

        let ((post, errands), (asking, asked), events) = (Post::new(), Post::asked(), Events::default());
        let ways = Ways { announcements: door.announcements, errands, asked: asking, safety };
        let opening = meeting::opening(&ground, &register, &voice, &events, ways, listen);
        let (met, listening) = meeting::meet(&ground.folder, opening).await?;
        let network = met.network;

        let hiding = Hiding::open(ground.desk.clone(), register.organisation).await?;
        let mut rooms = Rooms::new(&ground, &register, &voice, &events, met.claimed, hiding);
        let (stop, stopped) = watch::channel(false);
        let (states, looking) = work::states(&ground, &register, &voice).spawn(network.clone(), stopped.clone());
        let courier = CourierParts {
            introductions: rooms.introductions.clone(),
            post,
            asked,
            ingest: register.ingest.clone(),
            node_key: ground.keys.node.clone(),
            safety: voice.safety.clone(),
            bad_day: voice.bad_day,
        };
        let mut tasks = rooms.spawn(&ground, &register, events, courier, &stopped).await?;
        tasks.push(looking);

        let app = rooms.app(&ground, &register, voice, network.clone(), states);
        let Ground { folder, token, listener, http, desk, lock, .. } = ground;
        let Register { organisation, ingest, follower, .. } = register;
        let mut until = stopped;
        let serving = http::serve(listener, app, async move {
            let _gone = until.wait_for(|stop| *stop).await.is_err();
        });
        tasks.push(tokio::spawn(serving));
        folder.announce(&Run { pid: std::process::id(), http: format!("http://{http}"), listening, organisation })?;
        tasks.push(tokio::spawn(meeting::join_all(network.clone(), join)));
        Ok(Self {
            organisation,
            http,
            token,
            network,
            folder,
            desk,
            follower,
            stop,
            stop_network: met.stop,
            tasks,
            network_tasks: met.tasks,
            ingest,
            ingest_thread: door.thread,
            _lock: lock,
        })
    }

    /// Where HTTP is served.
    #[must_use]
    pub fn http_url(&self) -> String {
        format!("http://{}", self.http)
    }

    /// The registrar's token.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Whose node it is.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// The handle on its network.
    #[must_use]
    pub const fn network(&self) -> &Network {
        &self.network
    }

    /// Stops every part, in the reverse of the start order, and makes everything durable.
    pub async fn shutdown(self) {
        let _already = self.folder.conceal();
        self.stop.send_replace(true);
        finish(self.tasks).await;
        self.stop_network.send_replace(true);
        finish(self.network_tasks).await;
        drop(self.network);
        drop(self.ingest);
        let (door, follower) = (self.ingest_thread, self.follower);
        // The door closes when nobody can knock any more, and the follower when there is nothing left to follow.
        let joined = tokio::task::spawn_blocking(move || {
            let closed = door.join().is_ok();
            follower.join();
            closed
        });
        if tokio::time::timeout(STOPPING, joined).await.is_err() {
            tracing::warn!("the door did not close in time; what was acknowledged is durable");
        }
        self.desk.close().await;
    }
}

async fn finish(tasks: Vec<JoinHandle<()>>) {
    for mut task in tasks {
        if tokio::time::timeout(STOPPING, &mut task).await.is_err() {
            task.abort();
        }
    }
}
