//! Letters, receipts and what carries them: nothing is lost on the way, and nothing else passes for one.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::codec::CodecError;
use crate::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use crate::introduction::{
    Contact, DeclineReason, Envelope, Letter, LetterBody, Outcome, Receipt, Request, mentee_ref, open,
};
use crate::limits::{DAY, ENVELOPE_BYTES, LETTER_BYTES, RECALL_LETTERS, SEALED_BYTES};
use crate::signed::{EnvelopeError, Network, Payload, PayloadError, Signed};
use crate::testing::{NOW, Organisation, contact, introduction, request, seed, strategies, tamper};
use crate::{EnvelopeId, LetterId, Timestamp};

fn request_letter() -> Letter {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    ada.request(&bo.profile_id(1), "Mia", 1, NOW).payload().clone()
}

fn later(body: LetterBody) -> Letter {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let request = ada.request(&bo.profile_id(1), "Mia", 1, NOW);
    bo.letter(body, &ada.id(), introduction(1), Some(&request), NOW.plus(DAY))
}

/// The field that a letter is refused for.
fn refused_for(letter: &Letter) -> Option<String> {
    match Letter::decode(&letter.encode()) {
        Err(PayloadError::Invalid(invalid)) => Some(invalid.field),
        Err(PayloadError::Codec(_)) | Ok(_) => None,
    }
}

proptest! {
    #[test]
    fn any_letter_comes_out_of_its_envelopes_as_it_went_in(letter in strategies::letter()) {
        let (ada, bo) = (Organisation::ada(), Organisation::bo());
        let bytes = bo.seal_for(&letter, 1).encode();
        let envelope = Envelope::decode(&bytes).expect("an envelope");
        prop_assert!(envelope.is_of(letter.payload()));
        let opened = open(&envelope, bo.network(), &[bo.sealing_secret()]).expect("opens");
        let signed = Signed::<Letter>::decode(&opened).expect("a letter");
        let again = signed.verify(ada.network(), &[ada.signing_key(0).public()]).expect("verifies");
        prop_assert_eq!(again, letter);
    }

    #[test]
    fn any_receipt_comes_out_of_its_envelope_as_it_went_in(outcome in strategies::outcome(), id in any::<[u8; 32]>()) {
        let bo = Organisation::bo();
        let receipt = bo.receipt(&EnvelopeId(id), outcome, NOW);
        let again = Signed::<Receipt>::decode(receipt.bytes()).expect("decodes");
        let again = again.verify(bo.network(), &[bo.peer().0]).expect("verifies");
        prop_assert_eq!(again, receipt);
    }

    #[test]
    fn any_courier_message_is_read_as_it_was_written(
        bytes in vec(any::<u8>(), 0..200),
        letters in vec(vec(any::<u8>(), 0..50), 0..=RECALL_LETTERS),
        number in any::<u64>(),
        place in proptest::option::of(any::<u64>()),
        why in strategies::line(80),
    ) {
        for request in [
            CourierRequest::Deliver(bytes.clone().into()),
            CourierRequest::Keep(bytes.clone().into()),
            CourierRequest::Pass(bytes.clone().into()),
            CourierRequest::Recall { since: Timestamp(number), after: place },
        ] {
            prop_assert_eq!(CourierRequest::decode(&request.encode()).ok(), Some(request));
        }
        let letters = letters.into_iter().map(Into::into).collect();
        let refusals = [
            CourierRefusal::Busy(number),
            CourierRefusal::StorageFull,
            CourierRefusal::NotAdmitted,
            CourierRefusal::NotARelay,
            CourierRefusal::CustodyFull,
            CourierRefusal::UnknownKey,
            CourierRefusal::Clock(Timestamp(number)),
            CourierRefusal::Malformed(why),
        ];
        let answers = [
            CourierAnswer::Receipt(bytes.into()),
            CourierAnswer::Noted,
            CourierAnswer::Letters(letters, place),
        ];
        for answer in answers.into_iter().chain(refusals.map(CourierAnswer::Refused)) {
            prop_assert_eq!(CourierAnswer::decode(&answer.encode()).ok(), Some(answer));
        }
    }

    #[test]
    fn bytes_of_any_sort_are_refused_or_whole(bytes in vec(any::<u8>(), 0..300)) {
        if let Ok(letter) = Letter::decode(&bytes) {
            prop_assert_eq!(letter.encode(), bytes.clone());
        }
        if let Ok(receipt) = Receipt::decode(&bytes) {
            prop_assert_eq!(receipt.encode(), bytes.clone());
        }
        if let Ok(envelope) = Envelope::decode(&bytes) {
            prop_assert_eq!(envelope.encode(), bytes.clone());
        }
        if let Ok(request) = CourierRequest::decode(&bytes) {
            prop_assert_eq!(request.encode(), bytes.clone());
        }
        if let Ok(answer) = CourierAnswer::decode(&bytes) {
            prop_assert_eq!(answer.encode(), bytes);
        }
    }

    #[test]
    fn a_damaged_letter_truly_signed_is_refused_or_whole(
        letter in strategies::letter(),
        at in any::<prop::sample::Index>(),
        with in any::<u8>(),
    ) {
        let mallory = Organisation::mallory();
        let mut payload = letter.payload().encode();
        let at = at.index(payload.len());
        if let Some(byte) = payload.get_mut(at) {
            *byte = with;
        }
        let bytes = tamper::sealed(&payload, mallory.network(), "letter", &mallory.signing_key(0));
        if let Ok(signed) = Signed::<Letter>::decode(&bytes) {
            prop_assert_eq!(signed.claims().encode(), payload);
        }
    }

    #[test]
    fn a_letter_may_arrive_until_a_midnight_at_least_fourteen_days_off(letter in strategies::letter()) {
        let letter = letter.payload();
        let by = letter.arrives_by();
        prop_assert!(by.0.is_multiple_of(DAY));
        prop_assert!(by >= letter.expires_at && by < letter.expires_at.max(letter.issued_at).plus(15 * DAY));
    }

    #[test]
    fn a_mentee_is_the_same_to_one_organisation_and_unknown_to_the_next(
        person in strategies::line(60),
        other in strategies::line(60),
        secret in any::<[u8; 32]>(),
    ) {
        let (bo, cy) = (Organisation::bo().id(), Organisation::cy().id());
        prop_assert_eq!(mentee_ref(&secret, &person, &bo), mentee_ref(&secret, &person, &bo));
        prop_assert_ne!(mentee_ref(&secret, &person, &bo), mentee_ref(&secret, &person, &cy));
        prop_assert_ne!(mentee_ref(&secret, &person, &bo), mentee_ref(&seed("another home"), &person, &bo));
        prop_assert_eq!(person == other, mentee_ref(&secret, &person, &bo) == mentee_ref(&secret, &other, &bo));
    }
}

#[test]
fn a_letter_of_one_network_or_signer_is_none_of_another() {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let letter = ada.request(&bo.profile_id(1), "Mia", 1, NOW);
    let again = || Signed::<Letter>::decode(letter.bytes()).expect("decodes");
    let demo = Network::new("demo").expect("a name");
    let bad = Err(EnvelopeError::BadSignature);
    assert_eq!(again().verify(&demo, &[ada.signing_key(0).public()]), bad);
    assert_eq!(again().verify(ada.network(), &[bo.signing_key(0).public()]), bad);
}

#[test]
fn a_letter_has_its_place_in_the_introduction() {
    let (first, accept) = (request_letter(), later(LetterBody::Accept(None, contact("Bo"), None)));
    let wrong = [
        ("version", Letter { version: 2, ..first.clone() }),
        ("step", Letter { step: 2, ..first.clone() }),
        ("step", Letter { step: 0, ..first.clone() }),
        ("step", Letter { previous: Some(LetterId([1; 32])), ..first.clone() }),
        ("step", Letter { step: 1, ..accept.clone() }),
        ("step", Letter { step: 0, ..accept.clone() }),
        ("step", Letter { previous: None, ..accept.clone() }),
        ("profile", Letter { recipient: Organisation::cy().id(), ..first.clone() }),
        ("expires_at", Letter { expires_at: first.expires_at.plus(1), ..first.clone() }),
        ("expires_at", Letter { expires_at: first.expires_at.minus(1), ..first.clone() }),
        ("expires_at", Letter { expires_at: NOW.plus(400 * DAY), ..accept.clone() }),
    ];
    assert_eq!((refused_for(&first), refused_for(&accept)), (None, None));
    for (field, letter) in wrong {
        assert_eq!(refused_for(&letter).as_deref(), Some(field), "{letter:?}");
    }
}

#[test]
fn every_text_of_a_letter_has_its_limits() {
    let asks = request(Organisation::bo().profile_id(1), "Mia");
    let first = |request: Request| Letter { body: LetterBody::Request(request), ..request_letter() };
    let reach = |name: &str, email: &str| Contact { name: name.to_owned(), email: email.to_owned() };
    let contact = |contact: Contact| later(LetterBody::Contact(contact));
    let decline = |message: String| {
        later(LetterBody::Decline { reason: DeclineReason::Timing, message: Some(message), referral: None })
    };
    let wrong = [
        ("name", first(Request { name: String::new(), ..asks.clone() })),
        ("name", first(Request { name: "n".repeat(201), ..asks.clone() })),
        ("title", first(Request { title: "too short".to_owned(), ..asks.clone() })),
        ("title", first(Request { title: "t".repeat(121), ..asks.clone() })),
        ("title", first(Request { title: "two lines\nof title".to_owned(), ..asks.clone() })),
        ("purpose", first(Request { purpose: "p".repeat(39), ..asks.clone() })),
        ("purpose", first(Request { purpose: "p".repeat(1_201), ..asks.clone() })),
        ("why_you", first(Request { why_you: Some("w".repeat(401)), ..asks.clone() })),
        ("why_you", first(Request { why_you: Some(String::new()), ..asks })),
        ("text", later(LetterBody::Question(String::new()))),
        ("text", later(LetterBody::Answer("a".repeat(1_201)))),
        ("message", later(LetterBody::Accept(Some("m".repeat(401)), reach("Bo", "bo@example.org"), None))),
        ("message", decline("m".repeat(401))),
        ("contact.name", contact(reach("", "bo@example.org"))),
        ("contact.email", contact(reach("Bo", "bo.example.org"))),
        ("contact.email", contact(reach("Bo", "@example.org"))),
        ("contact.email", contact(reach("Bo", "bo cy@example.org"))),
        ("contact.email", contact(reach("Bo", "bo@example.org\nBcc: x@example.org"))),
        ("contact.email", contact(reach("Bo", &format!("{}@example.org", "ö".repeat(130))))),
    ];
    for (field, letter) in wrong {
        assert_eq!(refused_for(&letter).as_deref(), Some(field), "{letter:?}");
    }
}

#[test]
fn only_an_accept_and_a_contact_have_a_place_for_an_address() {
    // A request with a tenth field, the address of the mentee.
    let mut bytes = request_letter().encode();
    let at = bytes.windows(2).position(|two| two == [0xa7, 0x00]).expect("a request is a map of seven");
    bytes.splice(at..=at, [0xa8]);
    bytes.extend([0x09, 0x6f]);
    bytes.extend(b"mia@example.org");
    assert_eq!(Letter::decode(&bytes), Err(PayloadError::Codec(CodecError::NotExact)));
}

#[test]
fn what_is_too_large_is_not_read() {
    let named = |result: Result<(), PayloadError>| match result {
        Err(PayloadError::Invalid(invalid)) => invalid.field,
        Err(PayloadError::Codec(_)) | Ok(()) => String::new(),
    };
    assert_eq!(named(Letter::decode(&vec![0; LETTER_BYTES + 1]).map(drop)), "letter");
    assert_eq!(named(Envelope::decode(&vec![0; SEALED_BYTES + 1]).map(drop)), "envelope");
    let keep = CourierRequest::Keep(vec![0; SEALED_BYTES + 1].into());
    assert_eq!(named(CourierRequest::decode(&keep.encode()).map(drop)), "envelope");
    let pass = CourierRequest::Pass(vec![0; ENVELOPE_BYTES + 1].into());
    assert_eq!(named(CourierRequest::decode(&pass.encode()).map(drop)), "receipt");
    let many = CourierAnswer::Letters(vec![Vec::new().into(); RECALL_LETTERS + 1], None);
    assert_eq!(named(CourierAnswer::decode(&many.encode()).map(drop)), "letters");
    let long = CourierAnswer::Letters(vec![vec![0; LETTER_BYTES + 257].into()], None);
    assert_eq!(named(CourierAnswer::decode(&long.encode()).map(drop)), "letter");
    let talk = CourierAnswer::Refused(CourierRefusal::Malformed("x".repeat(513)));
    assert_eq!(named(CourierAnswer::decode(&talk.encode()).map(drop)), "malformed");
}

#[test]
fn an_envelope_with_another_address_than_its_letter_s_is_not_its_own() {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let letter = ada.request(&bo.profile_id(1), "Mia", 1, NOW);
    let mut envelope = bo.seal_for(&letter, 1);
    assert!(envelope.is_of(letter.payload()));
    envelope.header.expires_at = envelope.header.expires_at.plus(DAY);
    assert!(!envelope.is_of(letter.payload()));
    envelope = bo.seal_for(&letter, 1);
    envelope.header.recipient = ada.id();
    assert!(!envelope.is_of(letter.payload()));
}

#[test]
fn the_longest_letter_that_its_limits_allow_can_be_sealed() {
    let bo = Organisation::bo();
    let wide = |characters: usize| "😀".repeat(characters);
    let asks = Request {
        name: wide(200),
        title: wide(120),
        purpose: wide(1_200),
        why_you: Some(wide(400)),
        ..request(bo.profile_id(1), "Mia")
    };
    let letter = Letter { body: LetterBody::Request(asks), ..request_letter() };
    let sealed = bo.seal_for(&Organisation::ada().sign_letter(&letter), 1);
    assert!(sealed.size_class().is_some());
}

#[test]
fn a_receipt_says_nothing_that_it_must_not() {
    let bo = Organisation::bo();
    let receipt = Receipt {
        envelope: EnvelopeId([1; 32]),
        organisation: bo.id(),
        node: bo.peer(),
        at: NOW,
        outcome: Outcome::Unopenable(vec![0; ENVELOPE_BYTES + 1].into()),
    };
    assert!(Receipt::decode(&receipt.encode()).is_err());
}
