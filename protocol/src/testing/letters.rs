//! Letters as Ada's and Bo's organisations would write, seal and acknowledge them.
//!
//! Ids and randomness are made of what they are for, so that the same call makes the same bytes.

use crate::introduction::{Contact, Envelope, EnvelopeHeader, Letter, LetterBody, Outcome, Receipt, Request, seal};
use crate::key::{EnvelopeId, IntroductionId, LetterId, MessageId, OrganisationId};
use crate::limits::INTRODUCTION_LIFETIME;
use crate::record::{OfferKind, ProfileId};
use crate::signed::{Signed, Verified};
use crate::testing::{Organisation, seed};
use crate::time::Timestamp;

/// The id of the introduction of this number.
#[must_use]
pub fn introduction(number: u64) -> IntroductionId {
    IntroductionId(short(&format!("introduction {number}")))
}

/// What a mentee of this name asks the mentor of a listing.
#[must_use]
pub fn request(profile: ProfileId, name: &str) -> Request {
    Request {
        profile,
        mentee: short(&format!("mentee {name}")).into(),
        name: name.to_owned(),
        title: "Fifteen minutes on leading a first team".to_owned(),
        purpose: "I lead four people since spring and would like to hear how you found your own way.".to_owned(),
        why_you: Some("You wrote about it.".to_owned()),
        offer: OfferKind::Intro15,
        time_zone: None,
        slots: None,
    }
}

/// How to reach somebody of this name.
#[must_use]
pub fn contact(name: &str) -> Contact {
    Contact { name: name.to_owned(), email: format!("{}@example.org", name.to_lowercase()) }
}

fn short(text: &str) -> [u8; 16] {
    *seed(text).first_chunk().expect("32 bytes begin with 16")
}

impl Organisation {
    /// A letter of its own: the first of its introduction, or the one after `previous`. Nothing checks that it makes
    /// sense there.
    #[must_use]
    pub fn letter(
        &self,
        body: LetterBody,
        to: &OrganisationId,
        introduction: IntroductionId,
        previous: Option<&Verified<Letter>>,
        at: Timestamp,
    ) -> Letter {
        let before = previous.map(Verified::payload);
        let step = before.map_or(1, |letter| letter.step.saturating_add(1));
        // Fields that came later and are absent are left out, so that letters from before them stay what they were.
        let said = format!("{body:?}").replace(", time_zone: None, slots: None }", " }").replace(" }, None)", " })");
        let message = MessageId(short(&format!("{} {introduction} {step} {} {said}", self.id(), at.0)));
        Letter {
            version: crate::introduction::LETTER_VERSION,
            sender: self.id(),
            recipient: *to,
            introduction,
            message,
            step,
            previous: previous.map(|letter| LetterId(letter.id().0)),
            issued_at: at,
            expires_at: before.map_or_else(|| at.plus(INTRODUCTION_LIFETIME), |letter| letter.expires_at),
            body,
        }
    }

    /// The request of introduction `number`: a mentee of this organisation, of that name, asks a mentor.
    #[must_use]
    pub fn request(&self, mentor: &ProfileId, name: &str, number: u64, at: Timestamp) -> Verified<Letter> {
        let body = LetterBody::Request(request(*mentor, name));
        self.sign_letter(&self.letter(body, &mentor.organisation, introduction(number), None, at))
    }

    /// Signs and answers a letter: what this organisation says after `previous`, to whoever wrote that or back to the
    /// same recipient when it was written here.
    #[must_use]
    pub fn reply(&self, previous: &Verified<Letter>, body: LetterBody, at: Timestamp) -> Verified<Letter> {
        let before = previous.payload();
        let to = if before.sender == self.id() { before.recipient } else { before.sender };
        self.sign_letter(&self.letter(body, &to, before.introduction, Some(previous), at))
    }

    /// Signs a letter with its first signing key.
    #[must_use]
    pub fn sign_letter(&self, letter: &Letter) -> Verified<Letter> {
        Signed::sign(letter, self.network(), &self.signing_key(0)).expect("the letter obeys its schema")
    }

    /// Seals a signed letter to this organisation; each `time` is another envelope.
    #[must_use]
    pub fn seal_for(&self, letter: &Verified<Letter>, time: u64) -> Envelope {
        let header = EnvelopeHeader::new(self.id(), letter.payload().arrives_by());
        let randomness = seed(&format!("seal {} {time}", letter.id()));
        let key = self.sealing_secret().public();
        seal(letter.bytes(), header, self.network(), &key, &randomness).expect("the letter is sealed")
    }

    /// What its node says about an envelope.
    #[must_use]
    pub fn receipt(&self, envelope: &EnvelopeId, outcome: Outcome, at: Timestamp) -> Verified<Receipt> {
        let receipt = Receipt { envelope: *envelope, organisation: self.id(), node: self.peer(), at, outcome };
        Signed::sign(&receipt, self.network(), &self.node_key()).expect("the receipt obeys its schema")
    }
}
