//! Vectors of duties: a receipt for an erasure, a request for what somebody has a right to, its outcome, and what is
//! wrong with others.

use super::letters::{LetterVector, vector};
use crate::MessageId;
use crate::duty::{Applied, DUTY_VERSION, Duty, DutyBody, Erased, RightsKind, RightsOutcome, RightsRequest, Settled};
use crate::limits::DAY;
use crate::signed::{Network, Payload, Signed};
use crate::testing::{NOW, Organisation, tamper};

/// Bo's node says it to Ada's organisation.
fn duty(number: u8, body: DutyBody) -> Duty {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let id = MessageId([number; 16]);
    let (sender, node, issued_at) = (bo.id(), bo.peer(), NOW.plus(DAY));
    Duty { version: DUTY_VERSION, sender, recipient: ada.id(), node, id, issued_at, body }
}

fn erased() -> DutyBody {
    let ada = Organisation::ada();
    let withdrawal = ada.withdrawal(&ada.profile_slot(1), NOW.0, true).id();
    DutyBody::Erased(Erased { subject: ada.subject(1), withdrawal, state: Applied::Removed, at: NOW.plus(1_000) })
}

fn request() -> RightsRequest {
    RightsRequest {
        kind: RightsKind::Access,
        subject: Some(Organisation::ada().subject(1)),
        name: None,
        words: "What do you hold about me?".to_owned(),
        reply: "mia@example.org".to_owned(),
    }
}

fn good() -> Vec<LetterVector> {
    let bo = Organisation::bo();
    let named = RightsRequest {
        kind: RightsKind::Complaint,
        subject: None,
        name: Some("Mia Lindqvist".to_owned()),
        words: "I wrote twice.\nNobody answered.".to_owned(),
        ..request()
    };
    let settled = |outcome, message: Option<&str>| {
        let message = message.map(ToOwned::to_owned);
        DutyBody::Settled(Settled { request: MessageId([2; 16]), outcome, message, at: NOW.plus(1_000) })
    };
    let taken = [
        ("duty-erased", "the withdrawal of Ada's first mentor is applied at Bo's", erased()),
        ("duty-asked", "about a profile: its name is left off", DutyBody::Asked(request())),
        ("duty-asked-name", "about a name: the profile is left off; two lines", DutyBody::Asked(named)),
        ("duty-settled", "done, without a word", settled(RightsOutcome::Done, None)),
        (
            "duty-settled-message",
            "nothing is held, and why",
            settled(RightsOutcome::NothingHeld, Some("No such name.")),
        ),
    ];
    let made = taken.into_iter().zip(1..).map(|((name, note, body), number)| {
        let duty = duty(number, body);
        let signed = Signed::sign(&duty, bo.network(), &bo.node_key()).expect("fits");
        let (id, arrives_by) = (Some(signed.id().to_string()), Some(duty.arrives_by().0));
        LetterVector { id, arrives_by, ..vector("duty", name, "taken", note, signed.bytes()) }
    });
    made.collect()
}

fn bad() -> Vec<LetterVector> {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let demo = Network::new("demo").expect("a name");
    let wrong = |name: &str, fate: &str, note: &str, duty: &Duty| {
        vector("duty", name, fate, note, &tamper::sealed(&duty.encode(), bo.network(), "duty", &bo.node_key()))
    };
    let asked = |request: RightsRequest| duty(9, DutyBody::Asked(request));
    let whole = duty(9, erased());
    let as_letter = tamper::sealed(&whole.encode(), bo.network(), "letter", &bo.node_key());
    let elsewhere = Signed::sign(&whole, &demo, &bo.node_key()).expect("fits");
    let by_another = Signed::sign(&whole, bo.network(), &ada.node_key()).expect("fits");
    vec![
        wrong("duty-version", "invalid.version", "version 2", &Duty { version: 2, ..whole }),
        wrong(
            "duty-about-nobody",
            "invalid.name",
            "neither a profile nor a name",
            &asked(RightsRequest { subject: None, ..request() }),
        ),
        wrong(
            "duty-words-long",
            "invalid.words",
            "1,201 characters",
            &asked(RightsRequest { words: "x".repeat(1_201), ..request() }),
        ),
        wrong(
            "duty-reply",
            "invalid.reply",
            "no e-mail address",
            &asked(RightsRequest { reply: "mia.example.org".to_owned(), ..request() }),
        ),
        vector("duty", "duty-network", "bad_signature", "signed for the network demo", elsewhere.bytes()),
        vector("duty", "duty-signer", "bad_signature", "not by the node it names", by_another.bytes()),
        vector("duty", "duty-as-letter", "bad_signature", "signed under the kind letter", &as_letter),
    ]
}

/// All of them.
pub(super) fn made() -> Vec<LetterVector> {
    [good(), bad()].into_iter().flatten().collect()
}
