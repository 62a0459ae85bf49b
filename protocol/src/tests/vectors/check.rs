//! Reads the vectors from their files and judges every envelope as a node would, naming the error.

use std::collections::BTreeMap;

use coset::{CoseSign1, TaggedCborSerializable};
use ed25519_dalek::{Signature, VerifyingKey};

use super::{BAD, Envelopes, GOOD, Says, Vector, hex, moment, unhex};
use crate::chain::{Chain, ChainError};
use crate::codec::CodecError;
use crate::record::{Body, Kind, Record};
use crate::rules::{self, Rejection, Timeliness};
use crate::signed::{EnvelopeError, Network, PayloadError, Signed, Verified};
use crate::{OrganisationId, Timestamp};

type Chains = BTreeMap<OrganisationId, Chain>;

/// The names of errors in the vectors, which other implementations should use too.
pub(super) fn name(error: &EnvelopeError) -> String {
    let codec = |error: &CodecError| match error {
        CodecError::Truncated => "truncated",
        CodecError::Trailing => "trailing",
        CodecError::NotShortest => "not_shortest",
        CodecError::KeyOrder => "key_order",
        CodecError::NotUtf8 => "not_utf8",
        CodecError::Unsupported => "unsupported",
        CodecError::TooDeep => "too_deep",
        CodecError::Shape(_) => "shape",
        CodecError::NotExact => "not_exact",
    };
    match error {
        EnvelopeError::TooLarge(_) => "too_large".to_owned(),
        EnvelopeError::NotCanonical => "not_canonical".to_owned(),
        EnvelopeError::Payload(PayloadError::Codec(error)) => format!("payload.{}", codec(error)),
        EnvelopeError::Payload(PayloadError::Invalid(error)) => format!("invalid.{}", error.field),
        EnvelopeError::BadSignature => "bad_signature".to_owned(),
    }
}

fn verified(chains: &mut Chains, bytes: &[u8], network: &Network) -> Result<Verified<Record>, String> {
    let signed = Signed::<Record>::decode(bytes).map_err(|e| name(&e))?;
    let id = signed.id();
    let header = signed.claims().header();
    let organisation = header.organisation.unwrap_or(OrganisationId(id.0));
    let known = chains.get_mut(&organisation);
    if header.kind != Kind::Operation {
        let chain = known.ok_or("unknown_organisation")?;
        return rules::verify(signed, network, chain).map_err(|e| match e {
            Rejection::Envelope(e) => name(&e),
            Rejection::NotAgreed => "not_agreed".to_owned(),
            Rejection::Future(_) | Rejection::Expired(_) => "not about time".to_owned(),
            Rejection::NotStanding | Rejection::NotShown | Rejection::OverQuota(_) => "not about form".to_owned(),
            Rejection::ChainFull => "not about form".to_owned(),
        });
    }
    let joined = match known {
        Some(chain) => chain.add(signed, network, moment(0)),
        None => Chain::found(signed, network, moment(0)).map(|(chain, verified)| {
            chains.insert(organisation, chain);
            verified
        }),
    };
    joined.map_err(|e| match e {
        ChainError::Signature(e) => name(&e),
        ChainError::Orphan => "orphan".to_owned(),
        ChainError::NotAnOperation => "not_an_operation".to_owned(),
        ChainError::TooLong => "chain_too_long".to_owned(),
    })
}

/// What a node makes of an envelope: the record, or the name of the error.
fn judged(chains: &mut Chains, bytes: &[u8], network: &Network, now: Timestamp) -> Result<Verified<Record>, String> {
    let record = verified(chains, bytes, network)?;
    match rules::timeliness(record.payload().header(), now) {
        Timeliness::Now => Ok(record),
        Timeliness::Later(_) => Err("parked".to_owned()),
        Timeliness::Future(_) => Err("future".to_owned()),
        Timeliness::Expired(_) => Err("expired".to_owned()),
    }
}

/// What an admitted record says.
pub(super) fn says(record: &Verified<Record>) -> Says {
    let header = record.payload().header();
    Says {
        kind: header.kind.as_str().to_owned(),
        version: header.version,
        organisation: record.organisation(),
        about: hex(&header.about),
        sequence: header.sequence,
        issued_at: header.issued_at.0,
        expires_at: header.expires_at.map(|at| at.0),
        record_id: record.id(),
        signer: record.signer(),
        slot: record.payload().slot().map(|slot| hex(&slot.hash())),
        body_is_read: !matches!(record.payload().body(), Body::Unread(_)),
        erases: record.payload().withdrawal().is_some_and(|withdrawal| withdrawal.erase),
    }
}

fn each(file: &str, check: impl Fn(&Vector, &Network, Result<Verified<Record>, String>)) {
    let file: Envelopes = serde_json::from_str(file).expect("a file of vectors");
    let network = Network::new(&file.network).expect("a network");
    let mut chains = Chains::new();
    for operation in &file.operations {
        judged(&mut chains, &unhex(operation), &network, moment(file.now)).expect("the chains known beforehand");
    }
    assert!(!file.vectors.is_empty());
    for vector in &file.vectors {
        let judged = judged(&mut chains.clone(), &unhex(&vector.envelope), &network, moment(file.now));
        check(vector, &network, judged);
    }
}

#[test]
fn every_good_vector_is_admitted_and_says_what_is_written() {
    each(GOOD, |vector, _, judged| {
        assert_eq!(
            judged.as_ref().map(says).as_ref(),
            Ok(vector.says.as_ref().expect("it says something")),
            "{}",
            vector.name
        );
        assert_eq!(vector.fate, "admitted", "{}", vector.name);
    });
}

#[test]
fn every_bad_vector_has_the_fate_that_is_written() {
    each(BAD, |vector, _, judged| {
        let fate = judged.map_or_else(|error| error, |_| "admitted".to_owned());
        assert_eq!(fate, vector.fate, "{}: {}", vector.name, vector.note);
    });
}

#[test]
fn another_cose_library_verifies_every_good_vector() {
    each(GOOD, |vector, network, _| {
        let said = vector.says.as_ref().expect("a good vector says something");
        let sign1 = CoseSign1::from_tagged_slice(&unhex(&vector.envelope)).expect("tagged COSE_Sign1");
        let algorithm = coset::RegisteredLabelWithPrivate::Assigned(coset::iana::Algorithm::EdDSA);
        assert_eq!(sign1.protected.header.alg, Some(algorithm), "{}", vector.name);
        assert_eq!(sign1.protected.header.key_id, said.signer.kid(), "{}", vector.name);
        assert!(sign1.unprotected.is_empty(), "{}", vector.name);
        let aad = format!("mentormesh/1/{}/{}", network.as_str(), said.kind);
        let key = VerifyingKey::from_bytes(&said.signer.0).expect("a key");
        let verified = sign1.verify_signature(aad.as_bytes(), |signature, data| {
            key.verify_strict(data, &Signature::from_slice(signature).expect("64 bytes"))
        });
        assert!(verified.is_ok(), "{}", vector.name);
    });
}
