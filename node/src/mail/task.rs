//! The loop: what happened becomes mail, and mail leaves, one after the other; woken by what happens and by the clock.

use std::time::Duration;

use mentormesh_protocol::api::{Direction, Problem};
use tokio::sync::{broadcast, watch};
use tokio::time::sleep;

use super::compose::Composer;
use super::hours::Hours;
use super::listing_mail::ListingComposer;
use super::sending::Sending;
use super::smtp::{MailStartError, Smtp};
use crate::actions::Actions;
use crate::clock::Clock;
use crate::config::MailConfig;
use crate::desk::{Desk, MailRow, REQUEST};
use crate::event::{Event, Events};
use crate::introductions::Introductions;
use crate::listings::Listings;
use crate::view::Views;
use crate::wording::Readers;

/// How often the queue is looked at when nothing wakes the loop: somebody may wait for a sign-in link.
const EVERY: Duration = Duration::from_secs(2);
/// How long a mail on its way may take once the node stops; the node itself has ten seconds.
const GRACE: Duration = Duration::from_secs(5);

/// What the loop is made of.
#[derive(Debug)]
pub struct Parts {
    /// Where notices and mail wait.
    pub desk: Desk,
    /// What notices are about.
    pub introductions: Introductions,
    /// Whose mentors are asked and reminded.
    pub listings: Listings,
    /// Makes links.
    pub actions: Actions,
    /// What this organisation is called.
    pub views: Views,
    /// The time.
    pub clock: Clock,
    /// What wakes it.
    pub events: Events,
    /// The mail server and what goes with it.
    pub config: MailConfig,
    /// Where this node's pages are reached, without a slash at its end.
    pub home: String,
}

/// Writes mail and sends it.
#[derive(Debug)]
pub struct Mailer {
    composer: Composer,
    listing: ListingComposer,
    sending: Sending,
    smtp: Option<Smtp>,
    events: Events,
}

impl Mailer {
    /// Puts it together; nothing runs yet.
    ///
    /// # Errors
    /// When mail cannot be sent as it is configured.
    pub fn new(parts: Parts) -> Result<Self, MailStartError> {
        let Parts { desk, introductions, listings, actions, views, clock, events, config, home } = parts;
        let quiet = config.quiet().map(|(from, until, zone)| Hours::new(from, until, zone));
        let sending = Sending::new(desk.clone(), clock.clone(), quiet);
        let smtp = Smtp::of(&config)?;
        let readers = Readers::speaking(desk.clone(), config.language.as_str());
        let listing = ListingComposer {
            desk: desk.clone(),
            listings,
            actions: actions.clone(),
            views: views.clone(),
            clock: clock.clone(),
            readers: readers.clone(),
            home: home.clone(),
        };
        let from = config.from;
        let composer = Composer { desk, introductions, actions, views, clock, readers, home, from };
        Ok(Self { composer, listing, sending, smtp, events })
    }

    /// Writes and sends until the node stops.
    pub async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        let mut heard = self.events.listen();
        while !*stopped.borrow() {
            if let Err(problem) = self.round(&mut stopped).await {
                tracing::warn!(problem = problem.detail, "mail cannot be written or sent now; it waits");
            }
            let mut stop = stopped.clone();
            tokio::select! {
                () = sleep(EVERY) => {}
                () = introduced(&mut heard) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        }
    }

    async fn round(&mut self, stopped: &mut watch::Receiver<bool>) -> Result<(), Problem> {
        while !*stopped.borrow() && (self.composer.turn().await? || self.listing.turn().await?) {}
        let Some(smtp) = &self.smtp else { return Ok(()) };
        while !*stopped.borrow() {
            let Some(row) = self.sending.next().await? else { return Ok(()) };
            let organisation = {
                let view = self.composer.views.borrow();
                view.name(&view.own)
            };
            let sent = tokio::select! {
                sent = smtp.send(&row, &organisation) => sent,
                // It is tried again after the next start, under the same name.
                () = out_of_time(stopped) => return Ok(()),
            };
            match sent {
                Ok(()) => {
                    self.sending.sent(&row).await?;
                    self.handed_over(&row).await?;
                }
                Err(refusal) => {
                    let given_up = self.sending.refused(&row, &refusal).await?;
                    // What a server says may hold an address: the queue has it, the log has not.
                    let (id, what, attempt) = (row.id.0, &row.what, row.attempts.saturating_add(1));
                    tracing::warn!(
                        mail = id,
                        what,
                        attempt,
                        given_up,
                        "a mail was not taken; `mentormesh mail show` says why"
                    );
                }
            }
        }
        Ok(())
    }

    /// A mentor to whom the request was mailed counts as told.
    async fn handed_over(&self, row: &MailRow) -> Result<(), Problem> {
        match row.about {
            Some((introduction, Direction::Received)) if row.what == REQUEST => {
                Ok(self.composer.introductions.notified(&introduction).await?)
            }
            Some(_) | None => Ok(()),
        }
    }
}

async fn out_of_time(stopped: &mut watch::Receiver<bool>) {
    let _gone = stopped.wait_for(|stop| *stop).await.is_err();
    sleep(GRACE).await;
}

/// Waits until something happened to an introduction, or may have.
async fn introduced(heard: &mut broadcast::Receiver<Event>) {
    loop {
        match heard.recv().await {
            Ok(Event::Introduced { .. }) | Err(broadcast::error::RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}
