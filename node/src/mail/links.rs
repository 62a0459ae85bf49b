//! The links of one mail: each signed for one thing to do with one introduction or listing.

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::api::Introduction;
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::record::Availability;

use crate::actions::{Action, Actions, Purpose};
use crate::speech::Locale;
use crate::wording::{Block, Link};

/// How long a link about a listing or about mail itself works: a mail is looked for again after weeks, not after years.
const KEPT: u64 = 90 * DAY;
/// How long links about an introduction work after its wait: a question moves the wait, and a late click is told so.
const AFTER: u64 = 7 * DAY;

/// What a mail's links are made with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links<'a> {
    pub(super) actions: &'a Actions,
    pub(super) home: &'a str,
    pub(super) about: &'a Introduction,
    pub(super) now: Timestamp,
    /// The pause that the mentor shows today.
    pub(super) away: Option<&'a Availability>,
    /// The language of whoever gets them, in which days are written.
    pub(super) locale: Locale,
    /// Drawn for this mail; each link's own number comes of it and of its purpose.
    pub(super) drawn: [u8; 16],
}

impl Links<'_> {
    /// Something to do with the introduction.
    pub(super) fn step(&self, purpose: Purpose, label: &'static str) -> Block {
        Block::Do(self.link(purpose, label, self.about.id.0, self.about.expires_at.plus(AFTER)))
    }

    /// Until when the introduction waits, as people write a day.
    pub(super) fn until(&self) -> String {
        self.locale.moment(self.about.expires_at)
    }

    /// What every mail to a mentor ends with.
    pub(super) fn mentor_foot(&self) -> Vec<Link> {
        self.maker().mentor_foot(self.about.profile.subject.0, self.now)
    }

    /// What every mail to a mentee ends with.
    pub(super) fn mentee_foot(&self) -> Vec<Link> {
        let mut foot = Vec::new();
        if self.about.state.is_open() {
            let until = self.about.expires_at.plus(AFTER);
            foot.push(self.link(Purpose::TakeBack, "mail-do-take-back", self.about.id.0, until));
        }
        let until = self.now.plus(KEPT);
        foot.push(self.link(Purpose::MenteeMail, "mail-do-choose", self.about.id.0, until));
        foot
    }

    fn link(&self, purpose: Purpose, label: &'static str, about: [u8; 16], until: Timestamp) -> Link {
        self.maker().link(purpose, label, about, until)
    }

    const fn maker(&self) -> Maker<'_> {
        Maker { actions: self.actions, home: self.home, drawn: self.drawn }
    }
}

/// Makes the links of one mail, whatever they are about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Maker<'a> {
    pub(super) actions: &'a Actions,
    pub(super) home: &'a str,
    /// As in [`Links`].
    pub(super) drawn: [u8; 16],
}

impl Maker<'_> {
    pub(super) fn link(&self, purpose: Purpose, label: &'static str, about: [u8; 16], until: Timestamp) -> Link {
        let mut nonce = self.drawn;
        if let Some(last) = nonce.last_mut() {
            *last ^= purpose.number();
        }
        let text = self.actions.link(&Action { purpose, about, until, nonce });
        Link { label, url: format!("{}/act/{text}", self.home) }
    }

    /// What every mail to a mentor ends with.
    pub(super) fn mentor_foot(&self, listing: [u8; 16], now: Timestamp) -> Vec<Link> {
        let until = now.plus(KEPT);
        vec![
            self.link(Purpose::Pause, "mail-do-pause", listing, until),
            self.link(Purpose::Withdraw, "mail-do-leave", listing, until),
            self.link(Purpose::MentorMail, "mail-do-choose", listing, until),
        ]
    }
}
