//! Of any bytes taken for what travels in an introduction: letters, seals, receipts and the courier's messages.

use std::sync::LazyLock;

use super::envelope::whole;
use super::scene::{SCENE, split_last};
use crate::duty::Duty;
use crate::introduction::courier::{CourierAnswer, CourierRequest};
use crate::introduction::{
    Delivery, Envelope, EnvelopeHeader, Exchange, Fact, Letter, LetterBody, Outcome, Receipt, Side, Taken, open, seal,
};
use crate::key::LetterId;
use crate::limits::{DAY, ENVELOPE_BYTES, LETTER_BYTES, RECALL_LETTERS, SEALED_BYTES, SIZE_CLASSES};
use crate::signed::{Payload, Signed, Verified};
use crate::testing::{NOW, seed, tamper};

/// A request of Ada's to Bo, and what follows it, each as a payload cut before what it says.
static LETTERS: LazyLock<(Verified<Letter>, [Vec<u8>; 2])> = LazyLock::new(|| {
    let request = SCENE.ada.request(&SCENE.bo.profile_id(1), "Mia", 1, NOW);
    let reply = SCENE.bo.reply(&request, LetterBody::Explore, NOW);
    let cut = |letter: &Verified<Letter>| split_last(&letter.payload().encode()).0;
    let cuts = [cut(&request), cut(&reply)];
    (request, cuts)
});

/// The law of letters. The first byte chooses what the rest is: 0 and 1 what a letter says (a request, a reply), 2 a
/// whole letter, 3 a receipt, 4 anything at all that is sealed, 5 a duty; any other, what arrives at a node.
pub fn letter(bytes: &[u8]) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    match choice {
        0 | 1 => {
            let start = LETTERS.1.get(usize::from(*choice)).map_or(&[][..], |start| start);
            payload(&[start, rest].concat());
        }
        2 => payload(rest),
        3 => receipt(rest),
        4 => sealed(rest),
        5 => duty(rest),
        _ => arrives(rest),
    }
}

/// The input that makes a law's letter of what this body says.
#[must_use]
pub fn letter_input(body: &LetterBody) -> Vec<u8> {
    let choice = u8::from(!matches!(body, LetterBody::Request(_)));
    [&[choice][..], &crate::codec::encode(body)].concat()
}

fn payload(payload: &[u8]) {
    let read = Letter::decode(payload);
    assert_eq!(read, Letter::decode(payload), "two readings differ");
    let sealed = tamper::sealed(payload, &SCENE.network, "letter", &SCENE.ada.signing_key(0));
    let signed = Signed::<Letter>::decode(&sealed);
    let is_whole = read.is_ok() && crate::codec::check(payload).is_ok() && sealed.len() <= ENVELOPE_BYTES;
    assert_eq!(signed.is_ok(), is_whole, "letter and envelope are not judged alike");
    let (Ok(letter), Ok(signed)) = (read, signed) else { return };
    assert!(payload.len() <= LETTER_BYTES);
    assert_eq!(letter.encode(), payload, "written again it is another");
    whole::<Letter>(&sealed);
    let verified = signed.verify(&SCENE.network, &SCENE.keys).expect("it is truly signed");
    assert!(letter.arrives_by().0.is_multiple_of(DAY) || letter.arrives_by().0 == u64::MAX);
    travels(&verified);
    counts(&letter, LetterId(verified.id().0));
    drop(format!("{letter:?}"));
}

/// Sealed to Bo and opened by Bo alone it is the same letter.
fn travels(letter: &Verified<Letter>) {
    let header = EnvelopeHeader::new(letter.payload().recipient, letter.payload().arrives_by());
    let (key, secret) = (SCENE.bo.sealing_secret().public(), SCENE.bo.sealing_secret());
    let sealed = seal(letter.bytes(), header, &SCENE.network, &key, &seed("a letter of the laws"));
    let Ok(envelope) = sealed else {
        assert!(letter.bytes().len() > LETTER_BYTES, "a letter that fits was not sealed");
        return;
    };
    assert!(envelope.is_of(letter.payload()));
    if letter.payload().arrives_by().0.is_multiple_of(DAY) {
        assert_eq!(Envelope::decode(&envelope.encode()).as_ref(), Ok(&envelope));
    }
    assert_eq!(open(&envelope, &SCENE.network, &[secret]).as_deref(), Ok(letter.bytes()));
    assert!(open(&envelope, &SCENE.network, &[SCENE.ada.sealing_secret()]).is_err(), "another key opens it");
    assert!(open(&envelope, &SCENE.elsewhere, &[SCENE.bo.sealing_secret()]).is_err(), "another network opens it");
}

/// In an introduction it counts at most once, and only for the side that may say it.
fn counts(letter: &Letter, id: LetterId) {
    let request = &LETTERS.0;
    let mut exchange = Exchange::begin(Fact::of(request.payload(), LetterId(request.id().0)), Delivery::Queued);
    let fact = Fact::of(letter, id);
    for side in [Side::Mentee, Side::Mentor] {
        if exchange.take(&fact, side, NOW) == Taken::New {
            assert_eq!(letter.body.side(), side, "the other side's word counts");
            exchange.add(fact);
            assert_eq!(exchange.take(&fact, side, NOW), Taken::Duplicate, "it counts twice");
        }
    }
    assert!(exchange.next().0 > request.payload().step, "the next letter would not follow the request");
}

fn receipt(payload: &[u8]) {
    let read = Receipt::decode(payload);
    assert_eq!(read, Receipt::decode(payload), "two readings differ");
    let Ok(receipt) = read else { return };
    assert_eq!(receipt.encode(), payload, "written again it is another");
    if let Outcome::Unopenable(card) = &receipt.outcome {
        assert!(card.len() <= ENVELOPE_BYTES);
    }
    whole::<Receipt>(&tamper::sealed(payload, &SCENE.network, "receipt", &SCENE.bo.node_key()));
}

/// A duty is never a letter, nor a letter a duty: whoever opens an envelope tells them by their fields.
fn duty(payload: &[u8]) {
    let read = Duty::decode(payload);
    assert_eq!(read, Duty::decode(payload), "two readings differ");
    let Ok(duty) = read else { return };
    assert_eq!(duty.encode(), payload, "written again it is another");
    assert!(payload.len() <= LETTER_BYTES && duty.sender != duty.recipient);
    assert!(duty.arrives_by().0.is_multiple_of(DAY) || duty.arrives_by().0 == u64::MAX);
    assert!(Letter::decode(payload).is_err(), "a duty passes for a letter");
    whole::<Duty>(&tamper::sealed(payload, &SCENE.network, "duty", &SCENE.bo.node_key()));
}

/// Any bytes sealed: they come out again as they went in, or the seal refused them for their length.
fn sealed(bytes: &[u8]) {
    let header = EnvelopeHeader::new(SCENE.bo.id(), crate::Timestamp(20_000 * DAY));
    let key = SCENE.bo.sealing_secret().public();
    let sealed = seal(bytes, header, &SCENE.network, &key, &seed("bytes of the laws"));
    assert_eq!(sealed.is_ok(), bytes.len() <= LETTER_BYTES);
    let Ok(envelope) = sealed else { return };
    assert!(envelope.size_class().is_some_and(|class| class > bytes.len() && SIZE_CLASSES.contains(&class)));
    assert_eq!(Envelope::decode(&envelope.encode()).as_ref(), Ok(&envelope));
    assert_eq!(open(&envelope, &SCENE.network, &[SCENE.bo.sealing_secret()]).as_deref(), Ok(bytes));
}

/// What a peer sends: envelopes, and the courier's requests and answers.
fn arrives(bytes: &[u8]) {
    if let Ok(envelope) = Envelope::decode(bytes) {
        assert_eq!(envelope.encode(), bytes, "written again it is another");
        assert!(bytes.len() <= SEALED_BYTES && envelope.size_class().is_some());
        assert!(envelope.header.expires_at.0.is_multiple_of(DAY));
        drop(open(&envelope, &SCENE.network, &[SCENE.ada.sealing_secret(), SCENE.bo.sealing_secret()]));
    }
    let request = CourierRequest::decode(bytes);
    assert_eq!(request, CourierRequest::decode(bytes), "two readings differ");
    if let Ok(request) = request {
        assert_eq!(request.encode(), bytes, "written again it is another");
        match &request {
            CourierRequest::Deliver(inner) | CourierRequest::Keep(inner) => assert!(inner.len() <= SEALED_BYTES),
            CourierRequest::Pass(inner) => assert!(inner.len() <= ENVELOPE_BYTES),
            CourierRequest::Recall { .. } => {}
        }
    }
    let answer = CourierAnswer::decode(bytes);
    assert_eq!(answer, CourierAnswer::decode(bytes), "two readings differ");
    let Ok(answer) = answer else { return };
    assert_eq!(answer.encode(), bytes, "written again it is another");
    match &answer {
        CourierAnswer::Receipt(inner) => assert!(inner.len() <= ENVELOPE_BYTES),
        CourierAnswer::Letters(letters, _) => assert!(letters.len() <= RECALL_LETTERS),
        CourierAnswer::Refused(refusal) => {
            let said = refusal.to_string();
            assert!(!said.contains(char::is_control), "a peer writes lines of its own into our log: {said:?}");
        }
        CourierAnswer::Noted => {}
    }
}
