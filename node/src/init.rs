//! Founding an organisation: four keys, the first operation of its chain, and a data folder that has them all.
//!
//! Owns the order in which a folder comes to be; `folder` makes it whole or not at all, `desk` keeps the operation
//! and the card's fields. It signs nothing but that first operation: the card is signed when the node starts.

use std::path::PathBuf;

use mentormesh_protocol::key::SealingKey;
use mentormesh_protocol::record::{
    BODY_VERSION, Body, BodyKind, Header, Invalid, Operation, SealingKeyNotice, SigningKeyNotice,
};
use mentormesh_protocol::signed::{EnvelopeError, Network};
use mentormesh_protocol::{Kind, OrganisationId, PeerId, PublicKey, Record, Signed, Timestamp, Verified};

use crate::clock::Clock;
use crate::desk::{Desk, DeskError, OrganisationRow};
use crate::folder::{Folder, FolderError, KeyName, Staging};

/// The wording of the privacy notice that a new organisation begins with.
const FIRST_NOTICE: &str = "1";

/// What an organisation begins with.
#[derive(Clone, Debug)]
pub struct InitRequest {
    /// The name people know it by.
    pub name: String,
    /// What sort of body it is.
    pub kind: BodyKind,
    /// Two-letter country of its seat.
    pub country: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// Where its privacy notice is; absent for the node's own.
    pub privacy_notice: Option<String>,
    /// Where complaints go; absent for the node's own page.
    pub complaints: Option<String>,
    /// Where the rotation key goes, if not into the folder.
    pub rotation_key_out: Option<PathBuf>,
    /// The text of `config.toml`.
    pub config: String,
    /// The network that the first operation is signed for.
    pub network: Network,
}

/// What was founded.
#[derive(Clone, Debug)]
pub struct Founded {
    /// Its data folder.
    pub folder: Folder,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its first node.
    pub peer: PeerId,
    /// Where the rotation key lies.
    pub rotation_key: PathBuf,
}

/// Why nothing was founded.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// What the organisation says of itself breaks a rule.
    #[error("{0}")]
    Invalid(#[from] Invalid),
    /// The folder cannot be made.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The desk cannot be made.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The first operation cannot be signed.
    #[error("the first operation cannot be signed: {0}")]
    Envelope(#[from] EnvelopeError),
}

/// Makes the data folder of a new organisation at `place`. Whatever fails, nothing half-made stays.
///
/// # Errors
/// When a field breaks its rule, the folder is not empty, or the disk says no.
pub async fn init(place: &Folder, request: InitRequest, clock: Clock) -> Result<Founded, InitError> {
    let now = clock.now();
    check(&request, now)?;
    let mut staging = Staging::begin(place)?;
    let (keys, rotation) = staging.write_keys(request.rotation_key_out.as_deref())?;
    let genesis = first_operation(rotation.public(), keys.signing.public(), now)?;
    let genesis: Verified<Record> = Signed::sign(&genesis, &request.network, &rotation)?;
    staging.write_settings(&request.config)?;
    let desk = Desk::open(&staging.folder().desk(), clock).await?;
    let written = write_down(&desk, &genesis, &request).await;
    // The file is moved next: nobody may hold it open, and its log must be in it.
    desk.close().await;
    written?;
    let folder = staging.finish()?;
    let rotation_key = request.rotation_key_out.unwrap_or_else(|| folder.key_file(KeyName::Rotation));
    Ok(Founded { organisation: OrganisationId(genesis.id().0), peer: keys.peer(), rotation_key, folder })
}

async fn write_down(desk: &Desk, genesis: &Verified<Record>, request: &InitRequest) -> Result<(), DeskError> {
    desk.add_own_operation(genesis.bytes()).await?;
    desk.set_organisation(&described(request), "init").await
}

fn described(request: &InitRequest) -> OrganisationRow {
    OrganisationRow {
        name: request.name.clone(),
        kind: request.kind,
        country: request.country.clone(),
        website: request.website.clone(),
        privacy_notice: request.privacy_notice.clone(),
        notice_version: FIRST_NOTICE.to_owned(),
        complaints: request.complaints.clone(),
        relays: Vec::new(),
    }
}

fn first_operation(rotation: PublicKey, signing: PublicKey, now: Timestamp) -> Result<Record, Invalid> {
    let header = Header {
        kind: Kind::Operation,
        version: BODY_VERSION,
        organisation: None,
        about: Vec::new(),
        sequence: now.0,
        issued_at: now,
        expires_at: None,
    };
    let notice = SigningKeyNotice { key: signing, from: now, retired_at: None, compromised: false };
    let operation = Operation { prev: None, rotation_keys: vec![rotation], signing_keys: vec![notice] };
    Record::new(header, Body::Operation(operation))
}

/// Tries the card that the node will sign, so that a wrong field is found before anything is made.
fn check(request: &InitRequest, now: Timestamp) -> Result<(), Invalid> {
    let card = described(request).card(vec![SealingKeyNotice { key: SealingKey([0; 32]), use_until: now }]);
    Record::issue(OrganisationId([0; 32]), Vec::new(), now.0, now, Body::Card(card)).map(|_| ())
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::chain::Chain;

    use super::*;

    fn ada() -> InitRequest {
        InitRequest {
            name: "Ada's Institute".to_owned(),
            kind: BodyKind::ProfessionalBody,
            country: Some("GB".to_owned()),
            website: None,
            privacy_notice: None,
            complaints: None,
            rotation_key_out: None,
            config: String::new(),
            network: Network::new("main").expect("a name"),
        }
    }

    #[tokio::test]
    async fn what_was_founded_is_found_again_and_its_key_stands() {
        let room = tempfile::tempdir().expect("a room");
        let clock = Clock::set_at(Timestamp(1_795_315_200_000));
        let founded = init(&Folder::new(room.path().join("ada")), ada(), clock.clone()).await.expect("founded");
        let desk = Desk::open(&founded.folder.desk(), clock.clone()).await.expect("the desk opens");
        let operations = desk.own_operations().await.expect("readable");
        let genesis = Signed::decode(operations.first().expect("one operation")).expect("an envelope");
        let network = Network::new("main").expect("a name");
        let (chain, _) = Chain::found(genesis, &network, clock.now()).expect("a first operation");
        assert_eq!(chain.organisation(), founded.organisation);
        let keys = founded.folder.keys().expect("keys");
        assert!(chain.keys_at(clock.now().0).any(|key| *key == keys.signing.public()));
        let card = desk.organisation().await.expect("readable").expect("written down");
        assert_eq!(card.name, "Ada's Institute");
    }

    #[tokio::test]
    async fn a_field_that_breaks_its_rule_makes_nothing() {
        let room = tempfile::tempdir().expect("a room");
        let wrong = InitRequest { country: Some("Britain".to_owned()), ..ada() };
        let refused = init(&Folder::new(room.path().join("ada")), wrong, Clock::system()).await.expect_err("refused");
        assert!(refused.to_string().contains("country"), "{refused}");
        assert_eq!(std::fs::read_dir(room.path()).expect("readable").count(), 0);
    }
}
