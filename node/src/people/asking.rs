//! Asking for a link: counted, answered, and only then looked at.
//!
//! Whoever asks gets an answer before anybody here knows whether the address is known, so that neither its words nor
//! the time that it takes can say. One task counts; another, behind a queue, does the rest.

use std::net::IpAddr;

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::limits::MINUTE;
use tokio::sync::{mpsc, oneshot, watch};

use super::handle::People;
use crate::clock::Clock;
use crate::counter::{Counter, Network};
use crate::speech::Locale;

/// Askers that wait to be counted; one more is told to come again.
const WAITING: usize = 64;
/// Addresses that wait to be looked up; while it is full, everybody is told to come again.
const TO_LOOK_UP: usize = 256;
/// The while in which askers are counted.
const WITHIN: u64 = 15 * MINUTE;
/// How often a link for one address may be asked for.
const PER_ADDRESS: u32 = 3;
/// How often one network may ask for links: a house full of people shares one.
const PER_NETWORK: u32 = 20;
/// Addresses and networks that are remembered.
const REMEMBERED: usize = 4_096;

/// Somebody asks.
#[derive(Debug)]
struct Request {
    email: String,
    /// The language of the page on which they asked.
    locale: Locale,
    /// What follows the address of the link.
    wanted: String,
    from: Network,
    reply: oneshot::Sender<Result<(), Problem>>,
}

/// Where requests for links go; clones share it.
#[derive(Clone, Debug)]
pub struct Asking(mpsc::Sender<Request>);

/// The other end, to be run.
#[derive(Debug)]
pub struct Asked {
    requests: mpsc::Receiver<Request>,
    clock: Clock,
}

impl Asking {
    /// Both ends.
    #[must_use]
    pub fn new(clock: Clock) -> (Self, Asked) {
        let (asking, requests) = mpsc::channel(WAITING);
        (Self(asking), Asked { requests, clock })
    }
}

impl People {
    /// Asks for a link by mail, in the language of a page unless they chose another, with `wanted` after its address:
    /// what whoever asks wanted to see. The answer says nothing of whether the address is known.
    ///
    /// # Errors
    /// When this address or this network asked too often, or too many ask at once.
    pub(crate) async fn ask_for_link(
        &self,
        email: &str,
        locale: Locale,
        from: IpAddr,
        wanted: &str,
    ) -> Result<(), Problem> {
        let (reply, answer) = oneshot::channel();
        let (email, wanted) = (crate::desk::fold(email), wanted.to_owned());
        let request = Request { email, locale, wanted, from: Network::of(from), reply };
        self.asking.0.try_send(request).map_err(|_| busy())?;
        answer.await.map_err(|_| busy())?
    }
}

impl Asked {
    /// Counts and answers until the node stops.
    pub async fn run(mut self, people: People, mut stopped: watch::Receiver<bool>) {
        let (look_up, to_look_up) = mpsc::channel(TO_LOOK_UP);
        let looking = tokio::spawn(look(people, to_look_up));
        let mut addresses = Counter::new(PER_ADDRESS, WITHIN, REMEMBERED);
        let mut networks = Counter::new(PER_NETWORK, WITHIN, REMEMBERED);
        loop {
            let request = tokio::select! {
                request = self.requests.recv() => request,
                _ = stopped.changed() => None,
            };
            let Some(Request { email, locale, wanted, from, reply }) = request else { break };
            let now = self.clock.now();
            let counted = networks.pass(&from, now).and_then(|()| addresses.pass(&email, now)).map_err(too_often);
            let answer = counted.and_then(|()| look_up.try_send((email, locale, wanted)).map_err(|_| busy()));
            // Whoever asked may have left.
            drop(reply.send(answer));
        }
        drop(look_up);
        if let Err(error) = looking.await {
            tracing::error!(%error, "links are mailed no more");
        }
    }
}

/// Mails a link to each address that is known.
async fn look(people: People, mut emails: mpsc::Receiver<(String, Locale, String)>) {
    while let Some((email, locale, wanted)) = emails.recv().await {
        if let Err(problem) = people.mail_link(&email, locale, &wanted).await {
            tracing::error!(%problem, "a link to sign in could not be mailed");
        }
    }
}

fn busy() -> Problem {
    Problem::new(ErrorCode::Busy, "too many people ask to sign in at this moment")
}

fn too_often(wait: u64) -> Problem {
    let minutes = wait.div_ceil(MINUTE).max(1);
    let next = format!("look whether a link has come already, or ask again in {minutes} minutes");
    Problem::new(ErrorCode::TooMany, "links were asked for too often from here").with_next(next)
}
