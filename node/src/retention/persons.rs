//! Everything about one person: given to them in one document, and forgotten in one act.
//!
//! A person is an address, whether or not they ever signed in. Who may ask for this is decided in `crate::http`; which
//! nodes confirmed that a listing went is told under the listing's id.

use mentormesh_protocol::api::{
    Direction, ErasureReceiptOfPerson, ErrorCode, Introduction, OrganisationRef, PersonExport, Problem, WithdrawInput,
};
use mentormesh_protocol::limits::PAGE;

use crate::clock::Clock;
use crate::desk::{Desk, OfPerson, OwnSide, PersonFilter, PersonRow, Whose};
use crate::introductions::{Filter, Introductions, Step};
use crate::listings::Listings;
use crate::people::{Keeper, show};
use crate::view::Views;

/// The form of an export.
const FORMAT: &str = "mentormesh-person-1";
/// What each section of an export holds.
const SECTIONS: [(&str, &str); 9] = [
    ("person", "who can sign in with this address"),
    ("sessions", "where they are signed in, and links that were not used yet"),
    ("mail_choice", "which mail they want"),
    ("listing", "their listing as a mentor, what is public of it and what is not"),
    ("consents", "when they agreed to be listed, to which notice, and how far the profile may travel"),
    ("introductions", "what they asked for and what was asked of them, with every text that is still kept"),
    ("put_aside", "mentors whom they do not want to be offered again"),
    ("mail", "mail to them that waits or was written within thirty days"),
    ("audit", "what was done by them and to them or their listing"),
];
/// What is held and not given.
const LEFT_OUT: [&str; 4] = [
    "requests about their rights and how they were answered: the registrar gives them (mentormesh rights list)",
    "what a mentor reported of them to the registrar: it is the mentor's word in confidence, and asked for from the registrar",
    "tokens of sessions, links and forms: whoever had them could act as them; only digests are held",
    "what other organisations hold: each of their nodes gives its own, and takes a request at the address in its notice",
];
/// What stays of somebody who was forgotten.
const STAYS: [&str; 5] = [
    "requests about their rights, with the words they sent, as proof that they were answered, until the audit trail forgets",
    "that introductions were, when, and how they ended, under random numbers and a digest that only this node can make, \
     so that blocks and the time between two requests hold",
    "the audit trail, which names them by a random number that leads nowhere now",
    "that a listing was consented to and erased, under its random number, so that an old copy never comes back",
    "addresses that were exchanged after a yes: whoever has them was given them, and can be asked",
];

/// What persons are looked up with.
#[derive(Debug)]
pub struct Parts {
    /// Where everything is kept.
    pub desk: Desk,
    /// What they asked and were asked.
    pub introductions: Introductions,
    /// Their listing.
    pub listings: Listings,
    /// The organisation's name.
    pub views: Views,
    /// The time.
    pub clock: Clock,
}

/// Gives and forgets what is held about persons; clones share it.
#[derive(Clone, Debug)]
pub struct Persons {
    desk: Desk,
    introductions: Introductions,
    listings: Listings,
    views: Views,
    clock: Clock,
}

impl Persons {
    /// Puts them together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { desk, introductions, listings, views, clock } = parts;
        Self { desk, introductions, listings, views, clock }
    }

    /// Everything about whoever has this address; somebody else than themselves is written down as having asked.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn export(&self, address: &str, by: &Keeper) -> Result<PersonExport, Problem> {
        let (person, about) = self.about(address).await?;
        let Whose { person: digest, listing } = about.whose;
        let (id, listed) = (about.person.as_ref(), listing.as_ref());
        if !is_own(by, &about) {
            let whom = id.map_or_else(|| "an address".to_owned(), ToString::to_string);
            self.desk.audit(&by.word(), "person.exported", &whom, "").await?;
        }
        Ok(PersonExport {
            format: FORMAT.to_owned(),
            sections: SECTIONS.map(|(name, says)| (name.to_owned(), says.to_owned())).into(),
            address: about.address.clone(),
            organisation: self.organisation(),
            made_at: self.clock.now(),
            sessions: match id {
                Some(id) => self.desk.sign_ins_of(id).await?,
                None => Vec::new(),
            },
            mail_choice: self.desk.mail_choice(address).await?.as_str().to_owned(),
            listing: match listed {
                Some(subject) => Some(self.listings.find(subject).await?),
                None => None,
            },
            consents: match listed {
                Some(subject) => self.desk.consents_of(subject).await?,
                None => Vec::new(),
            },
            introductions: self.introductions_of(about.whose).await?,
            put_aside: self.desk.put_aside_by(&digest).await?,
            mail: self.desk.mail_of(address).await?,
            audit: if id.is_some() || listed.is_some() { self.desk.acts_of(id, listed).await? } else { Vec::new() },
            person: person.map(show),
            left_out: LEFT_OUT.map(ToOwned::to_owned).into(),
        })
    }

    /// Forgets everything about whoever has this address: the listing goes off every node, open requests are taken back,
    /// whoever waits for them is told no and offered others, and nothing that says who it was stays here. Done again, it
    /// finds nothing.
    ///
    /// # Errors
    /// When whoever asks may not, nothing may be signed now, or the desk fails; then it can be asked for again.
    pub async fn erase(&self, address: &str, by: &Keeper) -> Result<ErasureReceiptOfPerson, Problem> {
        let (person, about) = self.about(address).await?;
        if let Some(person) = person.as_ref().filter(|_| !is_own(by, &about)) {
            by.may_keep(&person.id, &person.roles)?;
        }
        let word = by.word();
        if let Some(listing) = &about.whose.listing {
            self.listings.by(&word).withdraw(listing, true).await?;
            // Mentees who wait for this mentor get their answer, and others to ask.
            self.introductions.sweep().await?;
        }
        let sides = self.desk.sides_of(&about.whose).await?;
        let withdrawn = self.take_back(&sides, &word).await?;
        let mut write = self.desk.write().await?;
        let removed = write.forget_person(&about, &sides).await?;
        let whom = about.person.map_or_else(|| "an address".to_owned(), |id| id.to_string());
        write.note(&word, "person.erased", &whom, "").await?;
        let erased_at = write.now();
        write.commit().await?;
        self.desk.settle().await?;
        Ok(ErasureReceiptOfPerson {
            organisation: self.organisation(),
            erased_at,
            removed,
            withdrawn,
            listing: about.whose.listing,
            stays: STAYS.map(ToOwned::to_owned).into(),
        })
    }

    async fn take_back(&self, sides: &[OwnSide], by: &str) -> Result<u64, Problem> {
        let mut taken_back = 0;
        for side in sides.iter().filter(|side| side.direction == Direction::Sent && side.state.is_open()) {
            match self.introductions.step(&side.id, Step::Withdraw(WithdrawInput::default()), by).await {
                Ok(_) => taken_back += 1,
                // It ended in the same moment.
                Err(problem) if problem.code == ErrorCode::Conflict => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(taken_back)
    }

    async fn introductions_of(&self, whose: Whose) -> Result<Vec<Introduction>, Problem> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let filter = Filter { of: Some(whose), limit: PAGE, after, ..Filter::default() };
            let page = self.introductions.list(&filter).await?;
            all.extend(page.items);
            after = page.next;
            if after.is_none() {
                return Ok(all);
            }
        }
    }

    async fn about(&self, address: &str) -> Result<(Option<PersonRow>, OfPerson), Problem> {
        let filter = PersonFilter { email: Some(address.to_owned()), limit: 1, ..PersonFilter::default() };
        let person = self.desk.people(&filter).await?.0.pop();
        let listing = self.desk.listing_by_email(address).await?;
        let whose = self.introductions.whose(address, listing).await?;
        let about = OfPerson { address: address.trim().to_owned(), person: person.as_ref().map(|row| row.id), whose };
        Ok((person, about))
    }

    fn organisation(&self) -> OrganisationRef {
        let view = self.views.borrow();
        OrganisationRef { id: view.own, name: view.name(&view.own) }
    }
}

/// Whether somebody acts for themselves.
fn is_own(by: &Keeper, about: &OfPerson) -> bool {
    match by {
        Keeper::Token => false,
        Keeper::Person { id, .. } => about.person == Some(*id),
    }
}
