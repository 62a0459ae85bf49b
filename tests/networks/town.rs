//! A town: one namespace for each node, links between some of them, and nothing else in the world.
//!
//! [`Town::at`] moves the story's thread to where a node lives, so that whatever it does next, over HTTP or over the
//! command line, happens there. The town is gone when the story ends, however it ends.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::link::{Link, Quality};
use super::space::{Home, Space};
use super::wire::Yard;
use crate::harness::chance::Chance;
use crate::harness::node::Node;
use crate::harness::wait::{say, skipped};

static TOWNS: AtomicUsize = AtomicUsize::new(0);

/// The fields are dropped in this order: nodes end before their links, links before their namespaces.
#[derive(Debug)]
pub(crate) struct Town {
    number: usize,
    pub(crate) nodes: Vec<Node>,
    links: Vec<Link>,
    yard: Option<Yard>,
    spaces: Vec<Space>,
    chance: Chance,
    home: Home,
}

impl Town {
    /// A town of organisations with these names, without a link; `None` where namespaces may not be made.
    pub(crate) fn found(names: &[&str]) -> Option<Self> {
        let (number, home) = (TOWNS.fetch_add(1, Ordering::SeqCst), Home::here());
        let spaces: Result<Vec<_>, _> = (0..names.len()).map(|at| Space::make(number, &at.to_string())).collect();
        let spaces = match spaces {
            Ok(spaces) => spaces,
            Err(why) => {
                let demanded = std::env::var("MENTORMESH_NO_SKIPS").is_ok_and(|kinds| kinds.contains("networks"));
                assert!(!demanded, "this story may not be skipped here: {why}");
                skipped(&format!("network namespaces cannot be made here ({why}); it needs Linux, iproute2 and root"));
                return None;
            }
        };
        let nodes = names.iter().map(|name| Node::init(name)).collect();
        Some(Self { number, nodes, links: Vec::new(), yard: None, spaces, chance: Chance::fresh(), home })
    }

    /// Lays a link and gives its number.
    pub(crate) fn link(&mut self, one: usize, other: usize, quality: Option<Quality>) -> usize {
        let number = self.links.len();
        let link = self.lay(number, [one, other], quality).unwrap_or_else(|why| panic!("no link: {why}"));
        self.links.push(link);
        number
    }

    fn lay(&mut self, number: usize, ends: [usize; 2], quality: Option<Quality>) -> Result<Link, String> {
        let spaces = ends.map(|end| &self.spaces[end]);
        let (device, number) = (format!("link{number}"), u16::try_from(number).expect("few links"));
        let mut wire = None;
        if let Some(quality) = quality {
            if self.yard.is_none() && !has_netem(spaces[0]) {
                say("this kernel has no netem: frames are lost and delayed by a wire of our own");
                self.yard = Some(Yard::dig(self.number)?);
            }
            if let Some(yard) = &self.yard {
                wire = Some(yard.lay(number, &device, spaces, quality, &mut self.chance)?);
            } else {
                Link::plug(&device, spaces)?;
                spaces.into_iter().try_for_each(|space| quality.netem(space, &device))?;
            }
        } else {
            Link::plug(&device, spaces)?;
        }
        Link::of(number, device, ends, spaces, wire)
    }

    /// Has every node listen on its ends of links, and serve with these keys of its configuration.
    pub(crate) fn serve(&mut self, keys: &[(&str, &str, &str)]) {
        for who in 0..self.nodes.len() {
            let own = self.links.iter().filter_map(|link| link.address(who));
            let listen: Vec<_> =
                own.flat_map(|own| [format!("/ip4/{own}/tcp/0"), format!("/ip4/{own}/udp/0/quic-v1")]).collect();
            let listen: Vec<_> = listen.iter().map(String::as_str).collect();
            for (section, key, value) in keys {
                self.nodes[who].set(section, key, value);
            }
            self.spaces[who].enter();
            self.nodes[who].listen_on(&listen).serve();
        }
    }

    /// Moves this thread to where a node lives.
    pub(crate) fn enter(&self, who: usize) {
        self.spaces[who].enter();
    }

    /// The address of a node on one of its links.
    pub(crate) fn address(&self, link: usize, who: usize) -> &str {
        self.links[link].address(who).expect("it is an end of this link")
    }

    /// The node, from where it lives: this thread is there from now on.
    pub(crate) fn at(&self, who: usize) -> &Node {
        self.enter(who);
        &self.nodes[who]
    }

    /// One joins the other with a ticket, and each pins the other.
    pub(crate) fn join(&self, one: usize, other: usize) {
        let ticket = self.at(other).ticket();
        self.at(one).run(&["--json", "peer", "join", &ticket, "--pin"]).json();
        self.at(other).pin(&self.nodes[one]);
    }

    /// Everybody shows everybody.
    pub(crate) fn pin_all(&self) {
        for one in 0..self.nodes.len() {
            for other in (0..self.nodes.len()).filter(|other| *other != one) {
                self.at(one).pin(&self.nodes[other]);
            }
        }
    }

    /// Whom a node is connected with.
    pub(crate) fn connected(&self, who: usize) -> Vec<usize> {
        let peers = self.at(who).api().get("/api/v1/peers").done();
        let peers = peers["items"].as_array().expect("items");
        let known = |node: &Node| {
            peers.iter().any(|peer| peer["connected"] == true && peer["organisation"]["id"] == node.org.as_str())
        };
        (0..self.nodes.len()).filter(|other| *other != who && known(&self.nodes[*other])).collect()
    }

    /// Whether all of these hold the same sets.
    pub(crate) fn are_equal(&self, who: &[usize]) -> bool {
        let first = self.at(who[0]).fingerprints();
        who.iter().all(|other| self.at(*other).fingerprints() == first)
    }

    pub(crate) fn cut(&self, link: usize) {
        let link = &self.links[link];
        link.cut(link.ends.map(|end| &self.spaces[end]));
    }

    pub(crate) fn heal(&self, link: usize) {
        let link = &self.links[link];
        link.heal(link.ends.map(|end| &self.spaces[end]));
    }

    /// Bytes that were sent on all links so far.
    pub(crate) fn sent(&self) -> u64 {
        self.links.iter().map(|link| link.sent(link.ends.map(|end| &self.spaces[end]))).sum()
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.home.enter();
    }
}

/// Whether the kernel can shape links itself.
fn has_netem(space: &Space) -> bool {
    let tried = super::space::run("tc", &format!("-n {} qdisc add dev lo root netem delay 0ms", space.name));
    tried.is_ok() && super::space::run("tc", &format!("-n {} qdisc del dev lo root", space.name)).is_ok()
}
