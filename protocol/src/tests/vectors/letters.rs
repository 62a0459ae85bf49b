//! Vectors of introductions: each of the eight letters, sealed, with the receipts and messages that carry it.

use serde::{Deserialize, Serialize};

use super::letters_bad::bad;
use super::{LETTERS, duties, hex};
use crate::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use crate::introduction::{DeclineReason, Letter, LetterBody, Outcome, Refused, TimeSlot, mentee_ref};
use crate::limits::{DAY, INTRODUCTION_LIFETIME, MINUTE, SLOTS_AHEAD};
use crate::signed::Verified;
use crate::testing::{NOW, Organisation, contact, introduction, seed};
use crate::{EnvelopeId, Timestamp};

/// The file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Letters {
    pub(super) about: String,
    pub(super) network: String,
    /// Whose letters are sealed to what, and the secret that opens them.
    pub(super) sealing: Vec<Sealing>,
    /// Who may sign: signing keys of the two organisations, and the keys of three nodes.
    pub(super) signers: Vec<Signer>,
    /// HMAC of a person under a home secret.
    pub(super) mentee: Mentee,
    pub(super) vectors: Vec<LetterVector>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sealing {
    pub(super) organisation: String,
    pub(super) secret: String,
    pub(super) key: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Signer {
    pub(super) who: String,
    pub(super) organisation: String,
    pub(super) key: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Mentee {
    pub(super) secret: String,
    pub(super) person: String,
    pub(super) recipient: String,
    pub(super) reference: String,
}

/// One letter, duty, envelope, receipt or message, and its fate.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LetterVector {
    pub(super) name: String,
    /// `letter`, `duty`, `envelope`, `receipt`, `request` or `answer`.
    pub(super) what: String,
    pub(super) note: String,
    /// `taken`, or the name of the error.
    pub(super) fate: String,
    /// SHA-256 of a letter, duty or envelope that is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    /// Of an envelope: the letter inside, and what the ephemeral key was derived from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) randomness: Option<String>,
    /// Of a letter or duty: the last moment at which it may arrive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) arrives_by: Option<u64>,
    pub(super) bytes: String,
}

/// A vector of these bytes.
pub(super) fn vector(what: &str, name: &str, fate: &str, note: &str, bytes: &[u8]) -> LetterVector {
    let (id, of, randomness, arrives_by) = (None, None, None, None);
    let (name, what, note, fate) = (name.to_owned(), what.to_owned(), note.to_owned(), fate.to_owned());
    LetterVector { name, what, note, fate, id, of, randomness, arrives_by, bytes: hex(bytes) }
}

/// The request that all vectors are about: Mia of Ada's asks a mentor of Bo's.
pub(super) fn request() -> Verified<Letter> {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    ada.request(&bo.profile_id(1), "Mia", 1, NOW)
}

/// The same with a zone and the earliest and latest slots that it may offer.
pub(super) fn request_with_slots() -> Verified<Letter> {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let last = (NOW.0 + INTRODUCTION_LIFETIME + SLOTS_AHEAD) / MINUTE * MINUTE;
    let slot = |start, minutes| TimeSlot { start: Timestamp(start), minutes };
    let asks = crate::introduction::Request {
        time_zone: Some("Australia/Lord_Howe".to_owned()),
        slots: Some(vec![slot((NOW.0 / MINUTE + 1) * MINUTE, 10), slot(last, 180)]),
        ..crate::testing::request(bo.profile_id(1), "Mia")
    };
    ada.sign_letter(&ada.letter(LetterBody::Request(asks), &bo.id(), introduction(2), None, NOW))
}

fn letters() -> Vec<(&'static str, &'static str, Verified<Letter>)> {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let at = |days: u64| NOW.plus(days * DAY);
    let request = request();
    let question = bo.reply(&request, LetterBody::Question("How long have you led them?".to_owned()), at(1));
    let answer = ada.reply(&question, LetterBody::Answer("Since March.\nIt is my first team.".to_owned()), at(2));
    let explore = bo.reply(&answer, LetterBody::Explore, at(3));
    let accept = bo.reply(&explore, LetterBody::Accept(Some("Gladly.".to_owned()), contact("Bo"), None), at(4));
    let brief = bo.reply(&explore, LetterBody::Accept(None, contact("Bo"), None), at(4));
    let slots = request_with_slots();
    let suits = bo.reply(&slots, LetterBody::Accept(None, contact("Bo"), Some(1)), at(1));
    let given = ada.reply(&accept, LetterBody::Contact(contact("Mia")), at(5));
    let withdraw = ada.reply(&request, LetterBody::Withdraw { superseded: true }, at(1));
    let no = |reason, message: Option<&str>, referral| {
        bo.reply(&request, LetterBody::Decline { reason, message: message.map(ToOwned::to_owned), referral }, at(1))
    };
    vec![
        ("letter-request", "step 1, no letter before it, waits 14 days", request.clone()),
        ("letter-question", "step 2, after the request", question),
        ("letter-answer", "step 3; two lines", answer),
        ("letter-explore", "step 4: its list of fields is empty", explore),
        ("letter-accept", "step 5, with a message", accept),
        ("letter-accept-brief", "without one: null, because a field follows", brief),
        ("letter-contact", "step 6, written by the mentee's node", given),
        ("letter-decline", "step 2; message and referral are left off", no(DeclineReason::Timing, None, None)),
        (
            "letter-decline-referral",
            "blocked, with a message and somebody else's profile",
            no(DeclineReason::Blocked, Some("No."), Some(ada.profile_id(2))),
        ),
        (
            "letter-decline-referral-alone",
            "no message before the referral: null",
            no(DeclineReason::SomeoneElseBetter, None, Some(ada.profile_id(2))),
        ),
        ("letter-withdraw", "step 2, because another mentor said yes", withdraw),
        ("letter-request-slots", "with a zone and two slots, the first and the last that may be", slots),
        ("letter-accept-slot", "the second of them suits", suits),
    ]
}

fn sealed() -> Vec<LetterVector> {
    let mut vectors = Vec::new();
    for (name, note, letter) in letters() {
        let to = if letter.payload().recipient == Organisation::bo().id() { "bo" } else { "ada" };
        let envelope = Organisation::new(to).seal_for(&letter, 1);
        let id = Some(letter.id().to_string());
        let arrives_by = Some(letter.payload().arrives_by().0);
        vectors.push(LetterVector { id, arrives_by, ..vector("letter", name, "taken", note, letter.bytes()) });
        let about = format!("{name} sealed to {to}, size class {}", envelope.size_class().unwrap_or_default());
        vectors.push(LetterVector {
            id: Some(envelope.id().to_string()),
            of: Some(name.to_owned()),
            randomness: Some(hex(&seed(&format!("seal {} 1", letter.id())))),
            ..vector("envelope", &name.replace("letter", "envelope"), "taken", &about, &envelope.encode())
        });
    }
    vectors
}

fn receipts() -> Vec<LetterVector> {
    let (bo, cy) = (Organisation::bo(), Organisation::cy());
    let envelope = bo.seal_for(&request(), 1);
    let until = envelope.header.expires_at;
    let said = |name: &str, note: &str, who: &Organisation, outcome: Outcome| {
        vector("receipt", name, "taken", note, who.receipt(&envelope.id(), outcome, NOW.plus(1_000)).bytes())
    };
    let mut vectors = vec![
        said("receipt-delivered", "on the recipient's disk", &bo, Outcome::Delivered),
        said("receipt-not-recognised", "the recipient does not show the sender", &bo, Outcome::NotRecognised),
        said(
            "receipt-unopenable",
            "with the recipient's card",
            &bo,
            Outcome::Unopenable(bo.card(NOW.0).bytes().to_vec().into()),
        ),
        said("receipt-late", "after its last moment", &bo, Outcome::Late),
        said("receipt-kept", "by Cy's node, a relay", &cy, Outcome::Kept(until)),
    ];
    for why in Refused::ALL {
        let name = format!("receipt-refused-{}", why.as_str().replace('_', "-"));
        vectors.push(said(&name, why.as_str(), &bo, Outcome::Refused(why)));
    }
    vectors
}

fn messages() -> Vec<LetterVector> {
    let bo = Organisation::bo();
    let envelope = bo.seal_for(&request(), 1);
    let receipt = bo.receipt(&EnvelopeId([0x33; 32]), Outcome::Delivered, NOW).bytes().to_vec();
    let asks = |name: &str, note: &str, request: CourierRequest| {
        vector("request", &format!("courier-{name}"), "taken", note, &request.encode())
    };
    let says = |name: &str, note: &str, answer: CourierAnswer| {
        vector("answer", &format!("courier-{name}"), "taken", note, &answer.encode())
    };
    let no = |name: &str, note: &str, refusal| says(&format!("refused-{name}"), note, CourierAnswer::Refused(refusal));
    vec![
        asks("deliver", "envelope-request", CourierRequest::Deliver(envelope.encode().into())),
        asks("keep", "bytes 01 in place of an envelope", CourierRequest::Keep(vec![1].into())),
        asks("pass", "a receipt", CourierRequest::Pass(receipt.clone().into())),
        asks("recall", "the first page: `after` is left off", CourierRequest::Recall { since: NOW, after: None }),
        asks("recall-after", "the page after place 7", CourierRequest::Recall { since: NOW, after: Some(7) }),
        says("receipt", "a receipt", CourierAnswer::Receipt(receipt.into())),
        says("noted", "understood", CourierAnswer::Noted),
        says("letters-last", "the last page", CourierAnswer::Letters(vec![vec![1].into()], None)),
        says("letters", "two letters (01 and 02 in place of real ones), the next page begins after 7", {
            CourierAnswer::Letters(vec![vec![1].into(), vec![2].into()], Some(7))
        }),
        no("busy", "come again after 5,000 ms", CourierRefusal::Busy(5_000)),
        no("storage-full", "no room on its disk", CourierRefusal::StorageFull),
        no("not-admitted", "shown organisations only", CourierRefusal::NotAdmitted),
        no("not-a-relay", "the recipient does not name it", CourierRefusal::NotARelay),
        no("custody-full", "it keeps as much as it may", CourierRefusal::CustodyFull),
        no("unknown-key", "it does not know the signer yet", CourierRefusal::UnknownKey),
        no("clock", "its clock", CourierRefusal::Clock(Timestamp(NOW.0 + 1))),
        no("malformed", "what was wrong", CourierRefusal::Malformed("cut off".to_owned())),
    ]
}

/// The file of letters.
pub(super) fn made() -> Letters {
    let organisations = [Organisation::ada(), Organisation::bo()];
    let sealing = organisations.iter().map(|organisation| Sealing {
        organisation: organisation.id().to_string(),
        secret: hex(organisation.sealing_secret().seed().as_slice()),
        key: organisation.sealing_secret().public().to_string(),
    });
    let signer = |who: &str, organisation: &Organisation, key: String| Signer {
        who: who.to_owned(),
        organisation: organisation.id().to_string(),
        key,
    };
    let [ada, bo] = &organisations;
    let cy = Organisation::cy();
    let (secret, person) = (seed("home"), "mia@example.org");
    Letters {
        about: "Introductions: letters, duties, envelopes, receipts and courier messages, and the name of each fault."
            .to_owned(),
        network: "main".to_owned(),
        sealing: sealing.collect(),
        signers: vec![
            signer("organisation", ada, ada.signing_key(0).public().to_string()),
            signer("organisation", bo, bo.signing_key(0).public().to_string()),
            signer("node", ada, ada.node_key().public().to_string()),
            signer("node", bo, bo.node_key().public().to_string()),
            signer("node", &cy, cy.node_key().public().to_string()),
        ],
        mentee: Mentee {
            secret: hex(&secret),
            person: person.to_owned(),
            recipient: bo.id().to_string(),
            reference: hex(&mentee_ref(&secret, person, &bo.id())),
        },
        vectors: [sealed(), receipts(), messages(), bad(), duties::made()].into_iter().flatten().collect(),
    }
}

#[test]
fn the_letters_are_what_this_build_makes() {
    super::golden("letters.json", LETTERS, &made());
}
