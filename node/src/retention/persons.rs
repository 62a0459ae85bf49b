//! Everything about one person: given to them in one document, and forgotten in one act.
//!
//! A person is an address, whether or not they ever signed in. Who may ask for this is decided in `crate::http`; which
//! nodes confirmed that a listing went is told under the listing's id.

use std::collections::BTreeSet;
use std::time::Duration;

use mentormesh_protocol::api::{
    Direction, ErasureReceipt, ErasureReceiptOfPerson, ErrorCode, Introduction, OrganisationRef, PersonExport, Problem,
    WithdrawInput,
};
use mentormesh_protocol::limits::PAGE;
use mentormesh_protocol::{Subject, Timestamp};

use crate::clock::Clock;
use crate::desk::{Desk, OfPerson, OwnSide, PersonFilter, PersonRow, Whose};
use crate::folder::ErasedFile;
use crate::introductions::{Filter, Introductions, Step, why};
use crate::listings::Listings;
use crate::people::{Keeper, show};
use crate::rights::Rights;
use crate::view::Views;

/// The form of an export.
const FORMAT: &str = "mentormesh-person-1";
/// What each section of an export holds.
const SECTIONS: [(&str, &str); 10] = [
    ("person", "who can sign in with this address"),
    ("sessions", "where they are signed in, and links that were not used yet"),
    ("mail_choice", "which mail they want"),
    ("listing", "their listing as a mentor, what is public of it and what is not"),
    ("consents", "when they agreed to be listed, to which notice, and how far the profile may travel"),
    ("introductions", "what they asked for and what was asked of them, with every text that is still kept"),
    ("put_aside", "mentors whom they do not want to be offered again"),
    ("mail", "mail to them that waits or was written within thirty days"),
    ("rights", "requests about rights that this address made here, with what was asked and answered"),
    ("audit", "what was done by them and to them or their listing"),
];
/// What is held and not given.
const LEFT_OUT: [&str; 4] = [
    "requests about their rights that others made for them: the registrar gives them (mentormesh rights list)",
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

/// Who forgets what a backup brought back.
const RESTORE: &str = "restore";
/// How often, and how often at most, it is looked whether it is noted who is asked to confirm an erasure.
const LOOK: Duration = Duration::from_millis(100);
const LOOKS: u32 = 30;

/// What persons are looked up with.
#[derive(Debug)]
pub struct Parts {
    /// Where everything is kept.
    pub desk: Desk,
    /// What they asked and were asked.
    pub introductions: Introductions,
    /// Their listing.
    pub listings: Listings,
    /// What they asked as their right, and who confirmed that their listing went.
    pub rights: Rights,
    /// The list of who was forgotten.
    pub erased: ErasedFile,
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
    rights: Rights,
    erased: ErasedFile,
    views: Views,
    clock: Clock,
}

impl Persons {
    /// Puts them together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { desk, introductions, listings, rights, erased, views, clock } = parts;
        Self { desk, introductions, listings, rights, erased, views, clock }
    }

    /// Everything about whoever has this address; somebody else than themselves says why they ask, and is written down
    /// with it.
    ///
    /// # Errors
    /// When a reason is missing or too long, or the desk fails.
    pub async fn export(&self, address: &str, by: &Keeper, reason: Option<&str>) -> Result<PersonExport, Problem> {
        let (person, about) = self.about(address).await?;
        let Whose { person: digest, listing } = about.whose;
        let (id, listed) = (about.person.as_ref(), listing.as_ref());
        if !is_own(by, &about) {
            let whom = id.map_or_else(|| "an address".to_owned(), ToString::to_string);
            let reason = why(reason.unwrap_or_default())?;
            self.desk.audit(&by.word(), "person.exported", &whom, reason).await?;
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
            rights: self.rights.of_address(address).await?,
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
        self.forget(about, &by.word()).await
    }

    /// Forgets again whom a list names by their digests: a backup that was brought back knew them. Answers how many were
    /// there.
    ///
    /// # Errors
    /// When nothing may be signed now, or the desk fails; whoever is left is forgotten when it is tried again.
    pub async fn forget_again(&self, digests: &BTreeSet<[u8; 16]>) -> Result<u64, Problem> {
        let addresses = self.desk.addresses().await?;
        let known = self.introductions.digests(&addresses).await?;
        let mut left = digests.clone();
        let mut many = 0;
        for (address, digest) in addresses.iter().zip(known) {
            if left.remove(&digest) {
                let (_, about) = self.about(address).await?;
                self.forget(about, RESTORE).await?;
                many += 1;
            }
        }
        // Whoever only asked once has no address here any more, and may have words.
        for person in left {
            let whose = Whose { person, listing: None };
            if !self.desk.sides_of(&whose).await?.is_empty() {
                self.forget(OfPerson { address: String::new(), person: None, whose }, RESTORE).await?;
                many += 1;
            }
        }
        Ok(many)
    }

    async fn forget(&self, about: OfPerson, word: &str) -> Result<ErasureReceiptOfPerson, Problem> {
        if let Some(listing) = &about.whose.listing {
            self.listings.by(word).withdraw(listing, true).await?;
            // Mentees who wait for this mentor get their answer, and others to ask.
            self.introductions.sweep().await?;
        }
        let sides = self.desk.sides_of(&about.whose).await?;
        let withdrawn = self.take_back(&sides, word).await?;
        let mut write = self.desk.write().await?;
        let removed = write.forget_person(&about, &sides).await?;
        let whom = about.person.map_or_else(|| "an address".to_owned(), |id| id.to_string());
        write.note(word, "person.erased", &whom, "").await?;
        let erased_at = write.now();
        if !removed.is_empty() || about.whose.listing.is_some() {
            // Before the change: a line for somebody who is still here harms nobody, a missing one brings them back.
            self.list(erased_at, about.whose.person).await?;
        }
        write.commit().await?;
        self.desk.settle().await?;
        let receipts = match &about.whose.listing {
            Some(listing) => self.asked_to_confirm(listing).await?,
            None => Vec::new(),
        };
        Ok(ErasureReceiptOfPerson {
            organisation: self.organisation(),
            erased_at,
            removed,
            withdrawn,
            listing: about.whose.listing,
            receipts,
            stays: STAYS.map(ToOwned::to_owned).into(),
        })
    }

    async fn list(&self, at: Timestamp, digest: [u8; 16]) -> Result<(), Problem> {
        let erased = self.erased.clone();
        let written = tokio::task::spawn_blocking(move || erased.add(at, &digest)).await;
        let internal = |error: String| Problem::new(ErrorCode::Internal, error);
        written.map_err(|error| internal(error.to_string()))?.map_err(|error| internal(error.to_string()))
    }

    /// Who is asked to confirm that a listing went, and how each stands by now. Whom to ask is noted as the store learns
    /// of the withdrawal, a moment after it was signed.
    async fn asked_to_confirm(&self, listing: &Subject) -> Result<Vec<ErasureReceipt>, Problem> {
        for _ in 0..LOOKS {
            if let Some(receipts) = self.rights.receipts(listing).await? {
                return Ok(receipts.items);
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(Vec::new())
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
