//! Organisations with keys made of their name, and the records they sign.

use crate::chain::Chain;
use crate::key::{OrganisationId, PeerId, RecordId, SealingSecret, SecretKey, Subject, sha256};
use crate::limits::DAY;
use crate::record::{
    Attestation, AttestationKind, AttestationStatus, BODY_VERSION, Body, BodyKind, Card, Consented, Delegation, Header,
    Kind, Operation, Profile, ProfileBody, ProfileId, Recognition, Record, SealingKeyNotice, SigningKeyNotice, Slot,
    Withdrawal,
};
use crate::signed::{Network, Signed, Verified};
use crate::time::Timestamp;

/// The moment at which stories happen: 2026-11-22T10:00:00Z.
pub const NOW: Timestamp = Timestamp(1_795_341_600_000);

/// 32 bytes made of a text, in place of random ones.
#[must_use]
pub fn seed(text: &str) -> [u8; 32] {
    sha256(format!("mentormesh testing {text}").as_bytes())
}

/// The keys that an operation names, as a test wants them.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Rotation keys, strongest first.
    pub rotation: Vec<SecretKey>,
    /// Signing keys and from when to when they stand.
    pub signing: Vec<SigningKeyNotice>,
}

/// An organisation of a story: all its secrets, and a pen.
#[derive(Clone, Debug)]
pub struct Organisation {
    name: String,
    network: Network,
    founded: Timestamp,
    genesis: Verified<Record>,
}

impl Organisation {
    /// The organisation of `name` on the network `main`, founded 300 days before [`NOW`].
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self::on(name, "main")
    }

    /// The organisation of `name` on another network.
    #[must_use]
    pub fn on(name: &str, network: &str) -> Self {
        let network = Network::new(network).expect("tests name networks that exist");
        let founded = NOW.minus(300 * DAY);
        let rotation = vec![rotation_key(name, 0), rotation_key(name, 1)];
        let signing = vec![notice(&signing_key(name, 0), founded)];
        let record = operation_record(None, &Keys { rotation, signing }, None, founded);
        let genesis =
            Signed::sign(&record, &network, &rotation_key(name, 0)).expect("a first operation obeys its schema");
        Self { name: name.to_owned(), network, founded, genesis }
    }

    /// Ada's.
    #[must_use]
    pub fn ada() -> Self {
        Self::new("ada")
    }

    /// Bo's.
    #[must_use]
    pub fn bo() -> Self {
        Self::new("bo")
    }

    /// Cy's.
    #[must_use]
    pub fn cy() -> Self {
        Self::new("cy")
    }

    /// Di's.
    #[must_use]
    pub fn di() -> Self {
        Self::new("di")
    }

    /// Mallory's, the adversary's.
    #[must_use]
    pub fn mallory() -> Self {
        Self::new("mallory")
    }

    /// Who it is on the network.
    #[must_use]
    pub fn id(&self) -> OrganisationId {
        self.genesis.organisation()
    }

    /// Its network.
    #[must_use]
    pub const fn network(&self) -> &Network {
        &self.network
    }

    /// When it was founded.
    #[must_use]
    pub const fn founded(&self) -> Timestamp {
        self.founded
    }

    /// Its first operation.
    #[must_use]
    pub const fn genesis(&self) -> &Verified<Record> {
        &self.genesis
    }

    /// Its chain when only the first operation is known.
    #[must_use]
    pub fn chain(&self) -> Chain {
        let genesis = Signed::decode(self.genesis.bytes()).expect("an envelope of one's own decodes");
        Chain::found(genesis, &self.network, self.founded).expect("a first operation founds its chain").0
    }

    /// The rotation key of this index; the first operation names 0 and 1.
    #[must_use]
    pub fn rotation_key(&self, index: usize) -> SecretKey {
        rotation_key(&self.name, index)
    }

    /// The signing key of this index; the first operation names 0.
    #[must_use]
    pub fn signing_key(&self, index: usize) -> SecretKey {
        signing_key(&self.name, index)
    }

    /// The key of its one node.
    #[must_use]
    pub fn node_key(&self) -> SecretKey {
        SecretKey::new(&seed(&format!("{} node", self.name)))
    }

    /// The transport identity of its one node.
    #[must_use]
    pub fn peer(&self) -> PeerId {
        PeerId(self.node_key().public())
    }

    /// The key that letters to it are sealed to.
    #[must_use]
    pub fn sealing_secret(&self) -> SealingSecret {
        SealingSecret::new(&seed(&format!("{} sealing", self.name)))
    }

    /// The random id of its listing of this number.
    #[must_use]
    pub fn subject(&self, number: u64) -> Subject {
        let bytes = seed(&format!("{} subject {number}", self.name));
        Subject(*bytes.first_chunk().expect("32 bytes begin with 16"))
    }

    /// The profile id of its listing of this number.
    #[must_use]
    pub fn profile_id(&self, number: u64) -> ProfileId {
        ProfileId { organisation: self.id(), subject: self.subject(number) }
    }

    /// The slot of its listing of this number.
    #[must_use]
    pub fn profile_slot(&self, number: u64) -> Slot {
        Slot::profile(&self.profile_id(number))
    }

    /// The keys that the first operation names, to be changed and given to [`Organisation::rotate`].
    #[must_use]
    pub fn keys(&self) -> Keys {
        Keys {
            rotation: vec![self.rotation_key(0), self.rotation_key(1)],
            signing: vec![notice(&self.signing_key(0), self.founded)],
        }
    }

    /// The notice of a signing key that stands from this moment on.
    #[must_use]
    pub fn signing_notice(&self, index: usize, from: Timestamp) -> SigningKeyNotice {
        notice(&self.signing_key(index), from)
    }

    /// An operation that follows `prev`, signed by the rotation key of this index.
    #[must_use]
    pub fn rotate(&self, prev: RecordId, keys: &Keys, by: usize, at: Timestamp) -> Verified<Record> {
        self.rotate_with(prev, keys, &self.rotation_key(by), at)
    }

    /// An operation that follows `prev`, signed by any key at all.
    #[must_use]
    pub fn rotate_with(&self, prev: RecordId, keys: &Keys, by: &SecretKey, at: Timestamp) -> Verified<Record> {
        let record = operation_record(Some(self.id()), keys, Some(prev), at);
        Signed::sign(&record, &self.network, by).expect("the operation obeys its schema")
    }

    /// Signs a record of its own with the signing key of this index.
    #[must_use]
    pub fn sign_with(&self, key: usize, about: Vec<u8>, sequence: u64, body: Body) -> Verified<Record> {
        let record = Record::issue(self.id(), about, sequence, Timestamp(sequence), body);
        let record = record.expect("the record obeys its schema");
        Signed::sign(&record, &self.network, &self.signing_key(key)).expect("the record fits an envelope")
    }

    /// Signs a record of its own.
    #[must_use]
    pub fn sign(&self, about: Vec<u8>, sequence: u64, body: Body) -> Verified<Record> {
        self.sign_with(0, about, sequence, body)
    }

    /// Its card.
    #[must_use]
    pub fn card(&self, sequence: u64) -> Verified<Record> {
        let card = Card {
            name: format!("{} mentors", self.name),
            kind: BodyKind::ProfessionalBody,
            country: Some("GB".to_owned()),
            website: Some("https://mentors.example.org/".to_owned()),
            privacy_notice: Some("https://mentors.example.org/privacy".to_owned()),
            notice_version: "2026-01".to_owned(),
            complaints: Some("mailto:complaints@mentors.example.org".to_owned()),
            relays: Vec::new(),
            sealing_keys: vec![SealingKeyNotice {
                key: self.sealing_secret().public(),
                use_until: Timestamp(sequence).plus(90 * DAY),
            }],
        };
        self.sign(Vec::new(), sequence, Body::Card(card))
    }

    /// The delegation of its node.
    #[must_use]
    pub fn delegation(&self, sequence: u64, addresses: &[&str]) -> Verified<Record> {
        let addresses = addresses.iter().map(|address| (*address).to_owned()).collect();
        let delegation = Delegation::new(addresses, &self.network, &self.id(), &self.node_key());
        self.sign(self.peer().to_bytes(), sequence, Body::Delegation(delegation))
    }

    /// The body of a profile with consent, closed to the open web.
    #[must_use]
    pub fn profile_body(&self, profile: Profile) -> ProfileBody {
        let given_on = NOW.minus(30 * DAY).date();
        let consented = Consented { given_on, notice_version: "2026-01".to_owned(), open_web: false };
        ProfileBody { profile, consented, also_listed: Vec::new() }
    }

    /// The profile of its listing of this number.
    #[must_use]
    pub fn profile(&self, number: u64, sequence: u64, profile: Profile) -> Verified<Record> {
        let body = Body::Profile(Box::new(self.profile_body(profile)));
        self.sign(self.subject(number).0.to_vec(), sequence, body)
    }

    /// An active membership that it attests of a profile.
    #[must_use]
    pub fn attestation(&self, of: &ProfileId, display_name: &str, sequence: u64) -> Verified<Record> {
        let attestation = Attestation {
            kind: AttestationKind::Membership,
            name: "Fellow".to_owned(),
            level: None,
            scheme: Some("Register of mentors".to_owned()),
            status: AttestationStatus::Active,
            valid_from: Some(NOW.minus(100 * DAY).date()),
            valid_until: Some(NOW.plus(265 * DAY).date()),
            hours_total: None,
            clients_total: None,
            name_hash: sha256(display_name.as_bytes()).into(),
        };
        let mut about = of.organisation.0.to_vec();
        about.extend_from_slice(&of.subject.0);
        about.extend(seed(&format!("{} credential", self.name)).iter().take(16));
        self.sign(about, sequence, Body::Attestation(attestation))
    }

    /// Its recognition of another organisation, as a register and nothing else.
    #[must_use]
    pub fn recognition(&self, of: &OrganisationId, sequence: u64) -> Verified<Record> {
        let recognition = Recognition { as_register: true, as_awarding_body: false, scope: Vec::new(), level: None };
        self.sign(of.0.to_vec(), sequence, Body::Recognition(recognition))
    }

    /// The end of one of its slots.
    #[must_use]
    pub fn withdrawal(&self, slot: &Slot, sequence: u64, erase: bool) -> Verified<Record> {
        self.sign(slot.withdrawn(), sequence, Body::Withdrawal(Withdrawal { erase }))
    }

    /// A record of a kind that no build knows, 30 days long.
    #[must_use]
    pub fn unknown(&self, about: &[u8], sequence: u64) -> Verified<Record> {
        let kind = Kind::parse("vacancy").expect("a kind word");
        // {0: "something new"}
        let body = [&[0xa1, 0x00, 0x6d][..], b"something new"].concat();
        self.unread(kind, BODY_VERSION, about, sequence, 30 * DAY, body)
    }

    /// A profile of a version that no build knows.
    #[must_use]
    pub fn profile_of_version(&self, version: u16, number: u64, sequence: u64) -> Verified<Record> {
        let body = [&[0xa1, 0x00, 0x6d][..], b"something new"].concat();
        let lifetime = crate::limits::PROFILE_LIFETIME;
        self.unread(Kind::Profile, version, &self.subject(number).0, sequence, lifetime, body)
    }

    fn unread(
        &self,
        kind: Kind,
        version: u16,
        about: &[u8],
        sequence: u64,
        lifetime: u64,
        body: Vec<u8>,
    ) -> Verified<Record> {
        let header = Header {
            kind,
            version,
            organisation: Some(self.id()),
            about: about.to_vec(),
            sequence,
            issued_at: Timestamp(sequence),
            expires_at: Some(Timestamp(sequence + lifetime)),
        };
        let record = Record::new(header, Body::Unread(body)).expect("an unread record obeys the header's rules");
        Signed::sign(&record, &self.network, &self.signing_key(0)).expect("the record fits an envelope")
    }
}

fn rotation_key(name: &str, index: usize) -> SecretKey {
    SecretKey::new(&seed(&format!("{name} rotation {index}")))
}

fn signing_key(name: &str, index: usize) -> SecretKey {
    SecretKey::new(&seed(&format!("{name} signing {index}")))
}

fn notice(key: &SecretKey, from: Timestamp) -> SigningKeyNotice {
    SigningKeyNotice { key: key.public(), from, retired_at: None, compromised: false }
}

fn operation_record(
    organisation: Option<OrganisationId>,
    keys: &Keys,
    prev: Option<RecordId>,
    at: Timestamp,
) -> Record {
    let rotation_keys = keys.rotation.iter().map(SecretKey::public).collect();
    let operation = Operation { prev, rotation_keys, signing_keys: keys.signing.clone() };
    let header = Header {
        kind: Kind::Operation,
        version: BODY_VERSION,
        organisation,
        about: Vec::new(),
        sequence: at.0,
        issued_at: at,
        expires_at: None,
    };
    Record::new(header, Body::Operation(operation)).expect("the operation obeys its schema")
}
