//! The three organisations and their nodes, all in this process.

use std::net::SocketAddr;
use std::path::Path;

use mentormesh_node::clock::Clock;
use mentormesh_node::config::Config;
use mentormesh_node::folder::Folder;
use mentormesh_node::init::{InitRequest, init};
use mentormesh_node::node::{Node, StartRequest};
use mentormesh_protocol::record::BodyKind;
use mentormesh_protocol::signed::Network;

use super::show::Place;
use crate::context::Context;
use crate::failure::Failure;

/// The demo's network: its records can never stand in a real one.
const NETWORK: &str = "demo";

struct Cast {
    folder: &'static str,
    name: &'static str,
    kind: BodyKind,
    country: &'static str,
}

/// Who plays; the numbers in `people.jsonl` count from the first.
const CAST: [Cast; 3] = [
    Cast {
        folder: "public-relations",
        name: "Institute of Public Relations Practice",
        kind: BodyKind::ProfessionalBody,
        country: "GB",
    },
    Cast { folder: "nordic-engineering", name: "Nordic Engineering Mentors", kind: BodyKind::Network, country: "SE" },
    Cast { folder: "asha-coaching", name: "Asha Coaching Academy", kind: BodyKind::TrainingProvider, country: "IN" },
];

/// Three running nodes.
pub(super) struct Town {
    nodes: Vec<(Node, Place)>,
}

impl Town {
    /// Makes the folders that are missing and starts all three.
    pub(super) async fn start(context: &Context, stage: &Path) -> Result<Self, Failure> {
        let network = Network::new(NETWORK).map_err(|problem| Failure::failed(problem.to_string()))?;
        let mut town = Self { nodes: Vec::new() };
        for (number, cast) in CAST.iter().enumerate() {
            let folder = Folder::new(stage.join(cast.folder));
            let started = town.start_one(number, cast, &folder, &network).await;
            if let Err(failure) = started {
                town.stop().await;
                return Err(failure);
            }
            context.output.say(&format!("{} is up", cast.name));
        }
        Ok(town)
    }

    async fn start_one(
        &mut self,
        number: usize,
        cast: &Cast,
        folder: &Folder,
        network: &Network,
    ) -> Result<(), Failure> {
        if !folder.is_founded() {
            let request = InitRequest {
                name: cast.name.to_owned(),
                kind: cast.kind,
                country: Some(cast.country.to_owned()),
                website: None,
                privacy_notice: None,
                complaints: None,
                rotation_key_out: None,
                config: Config::template(network.as_str()),
                network: network.clone(),
            };
            init(folder, request, Clock::system()).await?;
        }
        let config = Config::load(folder.path(), None)?;
        if number == 0 {
            super::super::serve::log_to_stderr(&quiet(&config));
        }
        let request = StartRequest {
            folder: folder.clone(),
            config,
            http: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
            listen: vec!["/ip4/127.0.0.1/tcp/0".to_owned(), "/ip4/127.0.0.1/udp/0/quic-v1".to_owned()],
            join: Vec::new(),
            clock: Clock::system(),
        };
        let node = Node::start(request).await?;
        let place = Place {
            number,
            name: cast.name.to_owned(),
            organisation: node.organisation().to_string(),
            url: node.http_url().trim_end_matches('/').to_owned(),
            folder: folder.path().to_owned(),
            token: folder.token()?,
        };
        self.nodes.push((node, place));
        Ok(())
    }

    /// Where each of them answers.
    pub(super) fn places(&self) -> Vec<Place> {
        self.nodes.iter().map(|(_, place)| place.clone()).collect()
    }

    /// Stops all three, the last first.
    pub(super) async fn stop(&mut self) {
        for (node, _) in self.nodes.drain(..).rev() {
            node.shutdown().await;
        }
    }
}

/// Three nodes' everyday news would bury the demo's; what fails is still told.
fn quiet(config: &Config) -> Config {
    let mut config = config.clone();
    config.log.level = mentormesh_node::config::LogLevel::Warn;
    config
}
