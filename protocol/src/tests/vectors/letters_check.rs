//! Reads the vectors of introductions from their file and judges each as a node would, naming the error.

use coset::{CoseSign1, TaggedCborSerializable};
use ed25519_dalek::{Signature, VerifyingKey};

use super::check::name;
use super::letters::{LetterVector, Letters, Signer};
use super::{LETTERS, hex, unhex};
use crate::duty::Duty;
use crate::introduction::courier::{CourierAnswer, CourierRequest};
use crate::introduction::{Envelope, Letter, OpenError, Receipt, mentee_ref, open, seal};
use crate::key::{SealingKey, SealingSecret, sha256};
use crate::signed::{EnvelopeError, Network, PayloadError, Signed, Verified};
use crate::{LetterId, OrganisationId, PublicKey};

fn file() -> Letters {
    serde_json::from_str(LETTERS).expect("a file of vectors")
}

fn network(file: &Letters) -> Network {
    Network::new(&file.network).expect("a network")
}

fn bytes32(text: &str) -> [u8; 32] {
    unhex(text).try_into().expect("32 bytes")
}

fn fault(error: PayloadError) -> String {
    name(&EnvelopeError::Payload(error))
}

fn letter(file: &Letters, bytes: &[u8]) -> Result<Verified<Letter>, String> {
    let signed = Signed::<Letter>::decode(bytes).map_err(|e| name(&e))?;
    let sender = signed.claims().sender.to_string();
    let of = |signer: &&Signer| signer.who == "organisation" && signer.organisation == sender;
    let keys: Vec<PublicKey> = file.signers.iter().filter(of).map(|s| s.key.parse().expect("a key")).collect();
    signed.verify(&network(file), &keys).map_err(|e| name(&e))
}

fn envelope(file: &Letters, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let envelope = Envelope::decode(bytes).map_err(fault)?;
    let recipient = envelope.header.recipient.to_string();
    let own = file.sealing.iter().filter(|sealing| sealing.organisation == recipient);
    let secrets: Vec<_> = own.map(|sealing| SealingSecret::new(&bytes32(&sealing.secret))).collect();
    let opened = open(&envelope, &network(file), &secrets).map_err(|error| match error {
        OpenError::NoKey => "no_key".to_owned(),
        OpenError::Padding => "padding".to_owned(),
    })?;
    let letter = letter(file, &opened)?;
    if envelope.is_of(letter.payload()) { Ok(opened) } else { Err("not_its_envelope".to_owned()) }
}

fn receipt(file: &Letters, bytes: &[u8]) -> Result<Verified<Receipt>, String> {
    let signed = Signed::<Receipt>::decode(bytes).map_err(|e| name(&e))?;
    let node = signed.claims().node.0;
    signed.verify(&network(file), &[node]).map_err(|e| name(&e))
}

fn duty(file: &Letters, bytes: &[u8]) -> Result<Verified<Duty>, String> {
    let signed = Signed::<Duty>::decode(bytes).map_err(|e| name(&e))?;
    let node = signed.claims().node.0;
    signed.verify(&network(file), &[node]).map_err(|e| name(&e))
}

/// `taken`, or the name of the error.
fn fate(file: &Letters, vector: &LetterVector) -> String {
    let bytes = unhex(&vector.bytes);
    let judged = match vector.what.as_str() {
        "letter" => letter(file, &bytes).map(drop),
        "envelope" => envelope(file, &bytes).map(drop),
        "receipt" => receipt(file, &bytes).map(drop),
        "duty" => duty(file, &bytes).map(drop),
        "request" => CourierRequest::decode(&bytes).map(|again| assert_eq!(again.encode(), bytes)).map_err(fault),
        _ => CourierAnswer::decode(&bytes).map(|again| assert_eq!(again.encode(), bytes)).map_err(fault),
    };
    judged.map_or_else(|error| error, |()| "taken".to_owned())
}

#[test]
fn every_vector_of_introductions_has_the_fate_that_is_written() {
    let file = file();
    for vector in &file.vectors {
        assert_eq!(fate(&file, vector), vector.fate, "{}: {}", vector.name, vector.note);
    }
    assert!(file.vectors.iter().filter(|vector| vector.fate != "taken").count() >= 40);
}

#[test]
fn every_sealed_letter_is_the_letter_it_says_and_is_sealed_again_alike() {
    let file = file();
    let mut sealed = 0;
    for vector in file.vectors.iter().filter(|vector| vector.of.is_some()) {
        let inside = file.vectors.iter().find(|other| Some(&other.name) == vector.of.as_ref()).expect("its letter");
        let bytes = unhex(&vector.bytes);
        assert_eq!(envelope(&file, &bytes).map(|letter| hex(&letter)), Ok(inside.bytes.clone()), "{}", vector.name);
        let read = Envelope::decode(&bytes).expect("an envelope");
        assert_eq!(vector.id, Some(read.id().to_string()), "{}", vector.name);
        let recipient = read.header.recipient.to_string();
        let to = file.sealing.iter().find(|sealing| sealing.organisation == recipient).expect("its key");
        let to: SealingKey = to.key.parse().expect("a key");
        let randomness = bytes32(vector.randomness.as_ref().expect("what it was made of"));
        let again = seal(&unhex(&inside.bytes), read.header.clone(), &network(&file), &to, &randomness);
        assert_eq!(again, Ok(read), "{}", vector.name);
        sealed += 1;
    }
    assert!(sealed >= 8, "{sealed}");
}

#[test]
fn every_vector_of_a_duty_says_its_id_and_last_moment() {
    let file = file();
    for vector in file.vectors.iter().filter(|vector| vector.what == "duty" && vector.fate == "taken") {
        let duty = duty(&file, &unhex(&vector.bytes)).expect("a duty");
        assert_eq!(vector.id, Some(duty.id().to_string()), "{}", vector.name);
        assert_eq!(vector.arrives_by, Some(duty.payload().arrives_by().0), "{}", vector.name);
    }
}

#[test]
fn every_letter_vector_says_its_id_and_last_moment() {
    let file = file();
    for vector in file.vectors.iter().filter(|vector| vector.what == "letter" && vector.fate == "taken") {
        let bytes = unhex(&vector.bytes);
        assert_eq!(vector.id, Some(LetterId(sha256(&bytes)).to_string()), "{}", vector.name);
        let letter = letter(&file, &bytes).expect("a letter");
        assert_eq!(vector.arrives_by, Some(letter.payload().arrives_by().0), "{}", vector.name);
    }
}

#[test]
fn the_mentee_s_reference_is_what_is_written() {
    let mentee = file().mentee;
    let recipient: OrganisationId = mentee.recipient.parse().expect("an id");
    assert_eq!(hex(&mentee_ref(&bytes32(&mentee.secret), &mentee.person, &recipient)), mentee.reference);
}

#[test]
fn another_cose_library_verifies_every_letter_receipt_and_duty() {
    let file = file();
    let kinds = ["letter", "receipt", "duty"];
    let signed = file.vectors.iter().filter(|v| v.fate == "taken" && kinds.contains(&v.what.as_str()));
    for vector in signed {
        let bytes = unhex(&vector.bytes);
        let signer = match vector.what.as_str() {
            "letter" => letter(&file, &bytes).expect("a letter").signer(),
            "duty" => duty(&file, &bytes).expect("a duty").signer(),
            _ => receipt(&file, &bytes).expect("a receipt").signer(),
        };
        let sign1 = CoseSign1::from_tagged_slice(&bytes).expect("tagged COSE_Sign1");
        let aad = format!("mentormesh/1/main/{}", vector.what);
        let key = VerifyingKey::from_bytes(&signer.0).expect("a key");
        let verified = sign1.verify_signature(aad.as_bytes(), |signature, data| {
            key.verify_strict(data, &Signature::from_slice(signature).expect("64 bytes"))
        });
        assert!(verified.is_ok(), "{}", vector.name);
    }
}
