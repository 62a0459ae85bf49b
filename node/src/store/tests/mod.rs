//! Stories of the store, on real disks: Ada and Bo are organisations, and what they sign has short times.

mod clearing;
mod merging;
mod opening;
mod sets;

use std::error::Error;

use mentormesh_protocol::record::{Body, Header, Operation, Recognition, SigningKeyNotice, Withdrawal};
use mentormesh_protocol::signed::Network;
use mentormesh_protocol::{Kind, OrganisationId, Record, RecordId, SecretKey, Signed, Slot, Timestamp, Verified};
use tempfile::TempDir;

use super::{Incoming, Opened, Put, Store, StoreError, Writer};

pub(super) type Told = Result<(), Box<dyn Error>>;

pub(super) const ADA: OrganisationId = OrganisationId([0xad; 32]);
pub(super) const BO: OrganisationId = OrganisationId([0xb0; 32]);

/// A store in a folder of its own.
pub(super) struct Shelf {
    pub(super) folder: TempDir,
    pub(super) store: Store,
    pub(super) writer: Writer,
}

impl Shelf {
    pub(super) fn new() -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let Opened { store, writer, .. } = Store::open(&folder.path().join("store"))?;
        Ok(Self { folder, store, writer })
    }

    /// Lets go of the folder and opens it again.
    pub(super) fn reopened(self) -> Result<Self, Box<dyn Error>> {
        let Self { folder, store, writer } = self;
        drop((store, writer));
        let Opened { store, writer, .. } = Store::open(&folder.path().join("store"))?;
        Ok(Self { folder, store, writer })
    }

    pub(super) fn put(&mut self, records: &[Verified<Record>]) -> Result<Vec<Put>, StoreError> {
        let incoming = |record| Incoming { record, first_seen: Timestamp(7) };
        self.writer.put(&records.iter().map(incoming).collect::<Vec<_>>())
    }
}

fn signed(record: &Record) -> Result<Verified<Record>, Box<dyn Error>> {
    Ok(Signed::sign(record, &Network::new("test")?, &SecretKey::new(&[1; 32]))?)
}

/// The slot of a note: a kind that this build carries unread, which may live as short as a story needs.
pub(super) fn note_slot(organisation: OrganisationId, about: u8) -> Slot {
    Slot { organisation, kind: Kind::Other("note".into()), about: vec![about] }
}

/// A note that stands from `sequence` for `lifetime`.
pub(super) fn note(
    organisation: OrganisationId,
    about: u8,
    sequence: u64,
    lifetime: u64,
    text: &str,
) -> Result<Verified<Record>, Box<dyn Error>> {
    let header = Header {
        kind: Kind::Other("note".into()),
        version: 1,
        organisation: Some(organisation),
        about: vec![about],
        sequence,
        issued_at: Timestamp(sequence),
        expires_at: Some(Timestamp(sequence + lifetime)),
    };
    // A CBOR map of one text, its length in two bytes; the text must be longer than 255 to be in shortest form.
    let text = format!("{text:<256}");
    let mut body = vec![0xa1, 0x00, 0x79];
    body.extend_from_slice(&u16::try_from(text.len())?.to_be_bytes());
    body.extend_from_slice(text.as_bytes());
    signed(&Record::new(header, Body::Unread(body))?)
}

/// The end of a slot.
pub(super) fn withdrawal(slot: &Slot, sequence: u64, erase: bool) -> Result<Verified<Record>, Box<dyn Error>> {
    let body = Body::Withdrawal(Withdrawal { erase });
    signed(&Record::issue(slot.organisation, slot.withdrawn(), sequence, Timestamp(sequence), body)?)
}

/// An identity record: one organisation recognises another.
pub(super) fn recognition(by: OrganisationId, of: u8, sequence: u64) -> Result<Verified<Record>, Box<dyn Error>> {
    let body = Recognition { as_register: true, as_awarding_body: false, scope: Vec::new(), level: None };
    signed(&Record::issue(by, vec![of; 32], sequence, Timestamp(sequence), Body::Recognition(body))?)
}

/// An operation, which has no slot and never expires.
pub(super) fn operation(of: OrganisationId, prev: u8, sequence: u64) -> Result<Verified<Record>, Box<dyn Error>> {
    let key = |seed: u8| SecretKey::new(&[seed; 32]).public();
    let signing = SigningKeyNotice { key: key(1), from: Timestamp(0), retired_at: None, compromised: false };
    let prev = Some(RecordId([prev; 32]));
    let body = Body::Operation(Operation { prev, rotation_keys: vec![key(2)], signing_keys: vec![signing] });
    signed(&Record::issue(of, Vec::new(), sequence, Timestamp(sequence), body)?)
}
