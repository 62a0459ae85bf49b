//! One side of an introduction inside a change: its row, its letters, and the exchange that they make.
//!
//! Every change of an introduction ends in [`Half::settle`], which writes what the exchange says and lets go of
//! addresses that nobody may see any more.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::{
    Contact, Delivery, Exchange, Fact, LETTER_VERSION, Letter, LetterBody, Request, State, TimeSlot, What,
};
use mentormesh_protocol::limits::LATE_ARRIVAL;
use mentormesh_protocol::{IntroductionId, LetterId, MessageId, Signed, Timestamp, Verified};

use crate::desk::{DeskError, EventRow, IntroductionRow, LetterRow, OutboxLetter, Write};
use crate::signing::{SignError, Signer};

/// Who acts when nobody did.
pub(super) const NODE: &str = "node";

/// One side of an introduction.
pub(super) struct Half {
    pub(super) row: IntroductionRow,
    pub(super) letters: Vec<LetterRow>,
    pub(super) exchange: Exchange,
}

impl Half {
    /// Puts a side together from what the desk holds; none while its request is missing.
    pub(super) fn of(row: IntroductionRow, letters: Vec<LetterRow>) -> Option<Self> {
        let request = letters.iter().find(|letter| letter.fact.what == What::Request)?;
        let mut exchange = Exchange::begin(request.fact, row.delivery);
        for letter in letters.iter().filter(|letter| letter.fact.what != What::Request) {
            exchange.add(letter.fact);
        }
        Some(Self { row, letters, exchange })
    }

    pub(super) async fn load(
        write: &mut Write,
        id: &IntroductionId,
        direction: Direction,
    ) -> Result<Option<Self>, DeskError> {
        let Some(row) = write.introduction(id, direction).await? else { return Ok(None) };
        let letters = write.letters(id, direction).await?;
        Ok(Self::of(row, letters))
    }

    /// Begins a side that was not here before, with letters of it that came back before its request did.
    pub(super) async fn begin(
        write: &mut Write,
        row: IntroductionRow,
        request: &Verified<Letter>,
        own: bool,
    ) -> Result<Self, DeskError> {
        let first = letter_row(&row, request, own);
        write.add_introduction(&row).await?;
        write.add_letter(&first).await?;
        let (fact, delivery) = (first.fact, row.delivery);
        let letters = write.letters(&row.id, row.direction).await?;
        let fresh =
            || Self { exchange: Exchange::begin(fact, delivery), letters: vec![first.clone()], row: row.clone() };
        Ok(Self::of(row.clone(), letters).unwrap_or_else(fresh))
    }

    /// Takes a letter into the exchange and keeps it.
    pub(super) async fn put(
        &mut self,
        write: &mut Write,
        letter: &Verified<Letter>,
        own: bool,
    ) -> Result<(), DeskError> {
        let row = letter_row(&self.row, letter, own);
        write.add_letter(&row).await?;
        self.exchange.add(row.fact);
        self.letters.push(row);
        Ok(())
    }

    /// Writes a letter of our own, and puts it on its way.
    pub(super) async fn say(
        &mut self,
        write: &mut Write,
        signer: &Signer,
        message: MessageId,
        body: LetterBody,
    ) -> Result<(), SignError> {
        let (step, previous) = self.exchange.next();
        let letter = Letter {
            version: LETTER_VERSION,
            sender: signer.organisation(),
            recipient: self.row.organisation,
            introduction: self.row.id,
            message,
            step,
            previous,
            issued_at: write.now(),
            expires_at: self.exchange.expires_at(),
            body,
        };
        let signed = signer.sign_letter(&letter)?;
        self.put(write, &signed, true).await?;
        Ok(write.queue_letter(&outbox_letter(&self.row, &signed)).await?)
    }

    /// Writes what the exchange says now, and an event if anything is to be told. Answers whether the state changed.
    pub(super) async fn settle(
        &mut self,
        write: &mut Write,
        by: &str,
        message: Option<MessageId>,
    ) -> Result<bool, DeskError> {
        let now = write.now();
        let state = self.exchange.state(now);
        let changed = state != self.row.state;
        self.row.delivery = self.exchange.delivery();
        self.row.expires_at = self.exchange.expires_at();
        if changed {
            (self.row.state, self.row.changed_at) = (state, now);
        }
        if changed {
            write.settle_call(&self.row.id, self.row.direction, self.agreed()).await?;
        }
        self.let_go(write).await?;
        write.keep_introduction(&self.row).await?;
        if changed || message.is_some() {
            self.event(write, by, message).await?;
        }
        Ok(changed)
    }

    /// Writes down what happened, in the state that it led to.
    pub(super) async fn event(&self, write: &mut Write, by: &str, message: Option<MessageId>) -> Result<(), DeskError> {
        let event = EventRow { at: write.now(), state: self.row.state, by: by.to_owned(), message };
        write.introduction_event(&self.row.id, self.row.direction, &event).await
    }

    /// Whether the delivery of the request is news.
    pub(super) fn fares(&mut self, delivery: Delivery) -> bool {
        let before = self.exchange.delivery();
        self.exchange.deliver(delivery);
        self.exchange.delivery() != before
    }

    /// Shows the other side's contact while the answer is yes, and drops it once it is a no. Our own mentee's address
    /// goes when the mentee was told (`forget_ended`).
    async fn let_go(&mut self, write: &mut Write) -> Result<(), DeskError> {
        let state = self.row.state;
        if state == State::Accepted {
            self.row.contact = self.contact();
            return Ok(());
        }
        self.row.contact = None;
        // A yes that was said in time may still be on its way, or wait for the question that made it timely.
        let yes_may_come = state == State::Expired && write.now() <= self.row.expires_at.plus(LATE_ARRIVAL);
        if state.is_open() || yes_may_come { Ok(()) } else { self.blank(write).await }
    }

    async fn blank(&mut self, write: &mut Write) -> Result<(), DeskError> {
        let addressed = |letter: &&mut LetterRow| letter.signed.is_some() && has_address(letter.fact.what);
        for letter in self.letters.iter_mut().filter(addressed) {
            write.blank_letter(letter).await?;
            if letter.own {
                write.unqueue_letter(&letter.fact.message, letter.direction).await?;
            }
            letter.signed = None;
        }
        Ok(())
    }

    /// What was asked, while it is here.
    pub(super) fn request(&self) -> Option<Request> {
        let request = self.letters.iter().find(|letter| letter.fact.what == What::Request)?;
        match body_of(request)? {
            LetterBody::Request(request) => Some(request),
            LetterBody::Question(_)
            | LetterBody::Answer(_)
            | LetterBody::Explore
            | LetterBody::Accept(..)
            | LetterBody::Decline { .. }
            | LetterBody::Contact(_)
            | LetterBody::Withdraw { .. } => None,
        }
    }

    /// The time of the call, if the mentor's yes took one and still stands.
    fn agreed(&self) -> Option<TimeSlot> {
        let yes = self.letters.iter().find(|letter| letter.fact.what == What::Accept)?;
        match body_of(yes).filter(|_| self.row.state == State::Accepted)? {
            LetterBody::Accept(_, _, slot) => self.request()?.slot(slot?),
            LetterBody::Request(_)
            | LetterBody::Question(_)
            | LetterBody::Answer(_)
            | LetterBody::Explore
            | LetterBody::Decline { .. }
            | LetterBody::Contact(_)
            | LetterBody::Withdraw { .. } => None,
        }
    }

    /// The other side's address, as its letters say it.
    pub(super) fn contact(&self) -> Option<Contact> {
        let theirs = self.letters.iter().filter(|letter| !letter.own && has_address(letter.fact.what));
        theirs.filter_map(body_of).find_map(|body| match body {
            LetterBody::Accept(_, contact, _) | LetterBody::Contact(contact) => Some(contact),
            LetterBody::Request(_)
            | LetterBody::Question(_)
            | LetterBody::Answer(_)
            | LetterBody::Explore
            | LetterBody::Decline { .. }
            | LetterBody::Withdraw { .. } => None,
        })
    }
}

/// What a letter at the desk says. It was verified before it was kept, so that reading its claims is enough.
pub(super) fn body_of(letter: &LetterRow) -> Option<LetterBody> {
    let signed = Signed::<Letter>::decode(letter.signed.as_deref()?).ok()?;
    Some(signed.claims().body.clone())
}

/// A side whose request came from another node: the mentor's, or the mentee's own that came back. The mentee's address
/// is in no request.
pub(super) fn row_of(letter: &Letter, request: &Request, direction: Direction, now: Timestamp) -> IntroductionRow {
    let (organisation, created_at) = match direction {
        Direction::Received => (letter.sender, now),
        Direction::Sent => (letter.recipient, letter.issued_at),
    };
    IntroductionRow {
        id: letter.introduction,
        direction,
        organisation,
        subject: request.profile.subject,
        mentee_ref: *request.mentee,
        person: None,
        mentee_name: request.name.clone(),
        mentee_email: None,
        title: request.title.clone(),
        purpose: request.purpose.clone(),
        why_you: request.why_you.clone(),
        offer: request.offer,
        delivery: Delivery::Delivered,
        state: State::Delivered,
        expires_at: letter.expires_at,
        created_at,
        changed_at: now,
        contact: None,
    }
}

/// A letter as the desk keeps it.
pub(super) fn letter_row(row: &IntroductionRow, letter: &Verified<Letter>, own: bool) -> LetterRow {
    LetterRow {
        introduction: row.id,
        direction: row.direction,
        organisation: row.organisation,
        own,
        fact: Fact::of(letter.payload(), LetterId(letter.id().0)),
        signed: Some(letter.bytes().to_vec()),
    }
}

/// A letter of our own as it is put on its way.
pub(super) fn outbox_letter(row: &IntroductionRow, letter: &Verified<Letter>) -> OutboxLetter {
    OutboxLetter {
        message: letter.payload().message,
        direction: row.direction,
        introduction: row.id,
        recipient: row.organisation,
        signed: letter.bytes().to_vec(),
        arrives_by: letter.payload().arrives_by(),
    }
}

const fn has_address(what: What) -> bool {
    matches!(what, What::Accept | What::Contact)
}
