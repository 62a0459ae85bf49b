//! What many registers of one story check once.
//!
//! Whether bytes are an envelope, and whether a key of an operation signed it, are pure functions of these bytes and of
//! that operation. A story with two hundred nodes asks the same question two hundred times; the answers are kept
//! here. No answer depends on who asks or when, so sharing them changes nothing that a node could see.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::chain::{Chain, ChainError};
use crate::key::{RecordId, sha256};
use crate::record::Record;
use crate::rules::{self, Rejection};
use crate::signed::{EnvelopeError, Network, Signed, Verified};
use crate::time::Timestamp;

/// An envelope that was read, and its id.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) id: RecordId,
    pub(super) signed: Signed<Record>,
}

/// What the keys of one operation say of an envelope.
#[derive(Clone, Debug)]
pub(super) enum Signature {
    Stands(Rc<Verified<Record>>),
    /// By a key that the operation does not name: perhaps another one does.
    Unknown,
    /// By a key of the organisation that does not stand at this sequence.
    NotStanding,
    /// By nobody who may: the sender could have known.
    False,
}

/// Answers that are the same for every node of a story.
#[derive(Clone, Debug, Default)]
pub struct Checks(Rc<RefCell<Answers>>);

#[derive(Debug, Default)]
struct Answers {
    read: BTreeMap<RecordId, Option<Rc<Read>>>,
    founded: BTreeMap<RecordId, Option<(Chain, Rc<Verified<Record>>)>>,
    /// By envelope, and by the operation whose keys were asked about.
    signed: BTreeMap<(RecordId, RecordId), Signature>,
}

impl Checks {
    pub(super) fn read(&self, bytes: &[u8]) -> Option<Rc<Read>> {
        let id = RecordId(sha256(bytes));
        let mut answers = self.0.borrow_mut();
        let read = || Signed::<Record>::decode(bytes).ok().map(|signed| Rc::new(Read { id, signed }));
        answers.read.entry(id).or_insert_with(read).clone()
    }

    /// The chain of a first operation. When a first operation was first seen decides nothing.
    pub(super) fn found(
        &self,
        genesis: &Read,
        network: &Network,
        now: Timestamp,
    ) -> Option<(Chain, Rc<Verified<Record>>)> {
        let found = || -> Result<_, ChainError> {
            let (chain, verified) = Chain::found(genesis.signed.clone(), network, now)?;
            Ok((chain, Rc::new(verified)))
        };
        self.0.borrow_mut().founded.entry(genesis.id).or_insert_with(|| found().ok()).clone()
    }

    /// Which keys stand is a function of the tip alone.
    pub(super) fn signature(&self, envelope: &Read, network: &Network, chain: &Chain) -> Signature {
        let mut answers = self.0.borrow_mut();
        answers.signed.entry((envelope.id, chain.tip())).or_insert_with(|| check(envelope, network, chain)).clone()
    }
}

fn check(envelope: &Read, network: &Network, chain: &Chain) -> Signature {
    let signed = &envelope.signed;
    match rules::verify(signed.clone(), network, chain) {
        Ok(verified) => Signature::Stands(Rc::new(verified)),
        Err(Rejection::Envelope(EnvelopeError::BadSignature)) => {
            let notices = chain.standing().map(|tip| tip.signing_keys.as_slice()).unwrap_or_default();
            let keys: Vec<_> = notices.iter().map(|notice| notice.key).filter(|key| signed.hints_at(key)).collect();
            match signed.clone().verify(network, &keys) {
                _ if keys.is_empty() => Signature::Unknown,
                Ok(_) => Signature::NotStanding,
                Err(_) => Signature::False,
            }
        }
        Err(_) => Signature::False,
    }
}
