//! Letters, envelopes and messages with one fault each, and its name.

use super::letters::{LetterVector, request, request_with_slots, vector};
use crate::codec;
use crate::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use crate::introduction::{
    Contact, Envelope, EnvelopeHeader, Letter, LetterBody, Outcome, Receipt, Request, TimeSlot, seal, seal_bytes,
};
use crate::limits::{DAY, LETTER_BYTES, MINUTE, RECALL_LETTERS, SEALED_BYTES};
use crate::signed::{Network, Payload, Signed};
use crate::testing::{NOW, Organisation, introduction, seed, tamper};
use crate::{LetterId, Timestamp};

fn main() -> Network {
    Network::new("main").expect("a name")
}

/// Any payload, truly signed by Ada's organisation as a letter.
fn signed(payload: &[u8]) -> Vec<u8> {
    let ada = Organisation::ada();
    tamper::sealed(payload, ada.network(), "letter", &ada.signing_key(0))
}

fn wrong(name: &str, fate: &str, note: &str, letter: &Letter) -> LetterVector {
    vector("letter", name, fate, note, &signed(&letter.encode()))
}

fn fields() -> Vec<LetterVector> {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let first = request().payload().clone();
    let body = LetterBody::Answer("An answer.".to_owned());
    let later = ada.letter(body, &bo.id(), introduction(1), Some(&request()), NOW.plus(DAY));
    let texts = |title: &str, purpose: &str| {
        let LetterBody::Request(asks) = first.body.clone() else { return first.clone() };
        let asks = Request { title: title.to_owned(), purpose: purpose.to_owned(), ..asks };
        Letter { body: LetterBody::Request(asks), ..first.clone() }
    };
    let purpose = "x".repeat(40);
    let contact = Contact { name: "Mia".to_owned(), email: "mia.example.org".to_owned() };
    let asked = |text: String| Letter { body: LetterBody::Answer(text), ..later.clone() };
    vec![
        wrong("letter-version", "invalid.version", "version 2", &Letter { version: 2, ..first.clone() }),
        wrong("letter-step-2", "invalid.step", "a request of step 2", &Letter { step: 2, ..first.clone() }),
        wrong(
            "letter-step-previous",
            "invalid.step",
            "a request that follows a letter",
            &Letter { previous: Some(LetterId([1; 32])), ..first.clone() },
        ),
        wrong("letter-step-1", "invalid.step", "an answer of step 1", &Letter { step: 1, ..later.clone() }),
        wrong("letter-step-0", "invalid.step", "step 0", &Letter { step: 0, ..later.clone() }),
        wrong("letter-no-previous", "invalid.step", "follows nothing", &Letter { previous: None, ..later.clone() }),
        wrong(
            "letter-elsewhere",
            "invalid.profile",
            "asks for a mentor whom the recipient does not list",
            &Letter { recipient: Organisation::cy().id(), ..first.clone() },
        ),
        wrong(
            "letter-waits-longer",
            "invalid.expires_at",
            "a request that waits 14 days and a millisecond",
            &Letter { expires_at: first.expires_at.plus(1), ..first.clone() },
        ),
        wrong(
            "letter-waits-forever",
            "invalid.expires_at",
            "an answer that knows of a wait of 400 days",
            &Letter { expires_at: NOW.plus(400 * DAY), ..later.clone() },
        ),
        wrong("letter-title-short", "invalid.title", "nine characters", &texts("123456789", &purpose)),
        wrong("letter-title-lines", "invalid.title", "two lines", &texts("a title of\ntwo lines", &purpose)),
        wrong("letter-purpose-short", "invalid.purpose", "39 characters", &texts("A good title", &"x".repeat(39))),
        wrong("letter-text-empty", "invalid.text", "an empty answer", &asked(String::new())),
        wrong("letter-text-long", "invalid.text", "1,201 characters", &asked("x".repeat(1_201))),
        wrong(
            "letter-contact-email",
            "invalid.contact.email",
            "no e-mail address",
            &Letter { body: LetterBody::Contact(contact), ..later },
        ),
    ]
}

fn slots() -> Vec<LetterVector> {
    let first = request_with_slots().payload().clone();
    let of = |name: &str, field: &str, note: &str, change: &dyn Fn(&mut Request)| {
        let mut letter = first.clone();
        if let LetterBody::Request(asks) = &mut letter.body {
            change(asks);
        }
        wrong(&format!("letter-{name}"), &format!("invalid.{field}"), note, &letter)
    };
    let at = |minutes_from_now: u64| TimeSlot {
        start: Timestamp((NOW.0 / MINUTE + minutes_from_now) * MINUTE),
        minutes: 30,
    };
    let only = |name: &str, note: &str, slots: Vec<TimeSlot>| {
        of(name, "slots", note, &|asks| asks.slots = Some(slots.clone()))
    };
    let zone = |name: &str, note: &str, zone: &str| {
        of(name, "time_zone", note, &|asks| asks.time_zone = Some(zone.to_owned()))
    };
    let (bo, ada) = (Organisation::bo(), Organisation::ada());
    let seventh = LetterBody::Accept(None, crate::testing::contact("Bo"), Some(6));
    let seventh = bo.letter(seventh, &ada.id(), introduction(2), Some(&request_with_slots()), NOW.plus(DAY));
    vec![
        zone("zone-empty", "a zone without a name", ""),
        zone("zone-long", "65 bytes", &"Z".repeat(65)),
        zone("zone-mail", "an address in place of a zone", "mia@example.org"),
        of("zone-missing", "time_zone", "slots of no zone", &|asks| asks.time_zone = None),
        only("slots-none", "an empty list in place of none", Vec::new()),
        only("slots-seven", "seven slots", (1..8).map(|day| at(day * 1_440)).collect()),
        only("slots-twice", "one slot twice", vec![at(60), at(60)]),
        only("slots-second", "begins within a minute", vec![TimeSlot { start: at(60).start.plus(1), minutes: 30 }]),
        only("slots-short", "nine minutes", vec![TimeSlot { minutes: 9, ..at(60) }]),
        only("slots-long", "181 minutes", vec![TimeSlot { minutes: 181, ..at(60) }]),
        only("slots-past", "begins before the request is written", vec![at(0)]),
        only("slots-far", "begins 56 days and a minute after the request", vec![at(56 * 1_440 + 1)]),
        vector(
            "letter",
            "letter-slot-seventh",
            "invalid.slot",
            "a yes to a seventh slot",
            &tamper::sealed(&seventh.encode(), &main(), "letter", &bo.signing_key(0)),
        ),
    ]
}

fn forms() -> Vec<LetterVector> {
    let (ada, bo, letter) = (Organisation::ada(), Organisation::bo(), request());
    let payload = letter.payload().encode();
    let of = |name: &str, fate: &str, note: &str, bytes: &[u8]| vector("letter", name, fate, note, bytes);
    let demo = Network::new("demo").expect("a name");
    let elsewhere = tamper::sealed(&payload, &demo, "letter", &ada.signing_key(0));
    let record = tamper::sealed(&payload, &main(), "card", &ada.signing_key(0));
    let mut extra = payload.clone();
    let at = extra.windows(2).position(|two| two == [0xa7, 0x00]).expect("a request is a map of seven");
    extra.splice(at..=at, [0xa8]);
    extra.extend([0x09, 0x6f]);
    extra.extend(b"mia@example.org");
    // {1: sender, 0: version, …}: the first two fields change places.
    let part = |range: std::ops::Range<usize>| payload.get(range).unwrap_or_default();
    let swapped = [part(0..1), part(3..38), part(1..3), part(38..payload.len())].concat();
    let mut null = payload.clone();
    null.splice(..1, [0xaa]);
    let place = null.windows(2).position(|two| two == [0x07, 0x1b]).expect("issued_at follows step");
    null.splice(place..place, [0x06, 0xf6]);
    let mut unknown = payload.clone();
    let body = unknown.windows(3).position(|three| three == [0x09, 0x82, 0x00]).expect("a body of variant 0");
    unknown.splice(body + 2..=body + 2, [0x08]);
    let long = codec::encode(&minicbor::bytes::ByteVec::from(vec![0; LETTER_BYTES]));
    let mut trailing = payload.clone();
    trailing.push(0);
    vec![
        of("letter-network", "bad_signature", "signed for the network demo", &elsewhere),
        of("letter-kind", "bad_signature", "signed as a card", &record),
        of(
            "letter-signer",
            "bad_signature",
            "signed by Bo's organisation, whose it is not",
            &tamper::sealed(&payload, &main(), "letter", &bo.signing_key(0)),
        ),
        of("letter-bit", "bad_signature", "one bit of the signature", &tamper::flipped(letter.bytes(), -3)),
        of("letter-key-order", "payload.key_order", "sender before version", &signed(&swapped)),
        of("letter-address", "payload.not_exact", "a request with an eighth field, an e-mail address", &signed(&extra)),
        of("letter-null", "payload.not_exact", "previous is null in place of absent", &signed(&null)),
        of("letter-unknown", "payload.shape", "a ninth kind of letter", &signed(&unknown)),
        of("letter-trailing", "payload.trailing", "a byte after the end", &signed(&trailing)),
        of("letter-large", "invalid.letter", "more than 12 KiB", &signed(&long)),
    ]
}

fn envelopes() -> Vec<LetterVector> {
    let bo = Organisation::bo();
    let (letter, key) = (request(), bo.sealing_secret().public());
    let good = bo.seal_for(&letter, 1);
    let of = |name: &str, fate: &str, note: &str, bytes: &[u8]| vector("envelope", name, fate, note, bytes);
    let with = |change: &dyn Fn(&mut Envelope)| {
        let mut envelope = good.clone();
        change(&mut envelope);
        envelope.encode()
    };
    let sealed = |plain: &[u8]| {
        let info = b"mentormesh/1/main/letter";
        let bytes = seal_bytes(plain, info, &good.header.bound(), &key, &seed("bad")).expect("sealed");
        Envelope { header: good.header.clone(), sealed: bytes.into() }.encode()
    };
    let demo = Network::new("demo").expect("a name");
    let elsewhere = seal(letter.bytes(), good.header.clone(), &demo, &key, &seed("bad")).expect("sealed").encode();
    let other_day = EnvelopeHeader::new(bo.id(), good.header.expires_at.plus(DAY));
    let not_its_own = seal(letter.bytes(), other_day, &main(), &key, &seed("bad")).expect("sealed").encode();
    let unended = [letter.bytes(), &vec![0; 2_048 - letter.bytes().len()]].concat();
    let ended_twice = [letter.bytes(), &[0x80], &vec![1; 2_047 - letter.bytes().len()]].concat();
    vec![
        of("envelope-version", "invalid.version", "version 2", &with(&|e| e.header.version = 2)),
        of(
            "envelope-readdressed",
            "no_key",
            "sealed for Bo, addressed to Ada",
            &with(&|e| e.header.recipient = Organisation::ada().id()),
        ),
        of(
            "envelope-later",
            "no_key",
            "another day than it was sealed with",
            &with(&|e| e.header.expires_at = e.header.expires_at.plus(DAY)),
        ),
        of("envelope-day", "invalid.expires_at", "not a midnight", &with(&|e| e.header.expires_at = Timestamp(1))),
        of("envelope-network", "no_key", "sealed on the network demo", &elsewhere),
        of("envelope-bit", "no_key", "one bit of the tag", &tamper::flipped(&good.encode(), -1)),
        of(
            "envelope-zero-key",
            "no_key",
            "an encapsulated key without a shared secret",
            &with(&|e| e.sealed.iter_mut().take(32).for_each(|byte| *byte = 0)),
        ),
        of("envelope-size", "invalid.sealed", "a byte less than its size class", &with(&|e| e.sealed.truncate(2_095))),
        of("envelope-large", "invalid.envelope", "more than 17 KiB", &vec![0; SEALED_BYTES + 1]),
        of("envelope-trailing", "payload.not_exact", "a byte after the end", &tamper::with_trailing(&good.encode())),
        of("envelope-unpadded", "padding", "zeros without the byte 80 before them", &sealed(&unended)),
        of("envelope-padding", "padding", "ones after the byte 80", &sealed(&ended_twice)),
        of("envelope-blank", "padding", "nothing but zeros", &sealed(&[0; 2_048])),
        of(
            "envelope-no-letter",
            "not_canonical",
            "an empty letter, well padded",
            &sealed(&[vec![0x80], vec![0; 2_047]].concat()),
        ),
        of("envelope-not-its-own", "not_its_envelope", "a day later than its letter may arrive", &not_its_own),
    ]
}

fn others() -> Vec<LetterVector> {
    let bo = Organisation::bo();
    let envelope = bo.seal_for(&request(), 1).id();
    let good = Receipt { envelope, organisation: bo.id(), node: bo.peer(), at: NOW, outcome: Outcome::Delivered };
    let demo = Network::new("demo").expect("a name");
    let elsewhere = Signed::sign(&good, &demo, &bo.node_key()).expect("fits");
    let organisation = Signed::sign(&good, &main(), &bo.signing_key(0)).expect("fits");
    let many = CourierAnswer::Letters(vec![Vec::new().into(); RECALL_LETTERS + 1], None).encode();
    let talk = CourierAnswer::Refused(CourierRefusal::Malformed("x".repeat(513))).encode();
    let keep = CourierRequest::Keep(vec![0; SEALED_BYTES + 1].into()).encode();
    vec![
        vector("receipt", "receipt-network", "bad_signature", "signed for the network demo", elsewhere.bytes()),
        vector("receipt", "receipt-signer", "bad_signature", "not by the node it names", organisation.bytes()),
        vector("request", "courier-unknown", "payload.shape", "variant 4", &[0x82, 0x04, 0x80]),
        vector("request", "courier-large", "invalid.envelope", "an envelope of more than 17 KiB", &keep),
        vector("answer", "courier-many", "invalid.letters", "33 letters", &many),
        vector("answer", "courier-talk", "invalid.malformed", "a reason of 513 bytes", &talk),
    ]
}

/// All of them.
pub(super) fn bad() -> Vec<LetterVector> {
    [fields(), slots(), forms(), envelopes(), others()].into_iter().flatten().collect()
}
