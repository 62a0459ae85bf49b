//! Stories of one organisation's backup, without a node.

use std::path::{Path, PathBuf};

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::record::BodyKind;
use mentormesh_protocol::signed::Network;

use super::*;
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::Desk;
use crate::folder::Folder;
use crate::init::{InitRequest, init};

const NOW: Timestamp = Timestamp(1_795_315_200_000);

async fn ada(room: &Path) -> Folder {
    let network = Network::new("main").expect("a name");
    let request = InitRequest {
        name: "Ada's Institute".to_owned(),
        kind: BodyKind::ProfessionalBody,
        country: None,
        website: None,
        privacy_notice: None,
        complaints: None,
        rotation_key_out: None,
        config: Config::template("main"),
        network,
    };
    init(&Folder::new(room.join("ada")), request, Clock::set_at(NOW)).await.expect("founded").folder
}

async fn backed_up(room: &Path) -> (Folder, PathBuf) {
    let (folder, file) = (ada(room).await, room.join("ada.tar"));
    let request = CreateRequest { folder: folder.clone(), config: None, file: file.clone(), force: false };
    create(request, Clock::set_at(NOW)).await.expect("backed up");
    (folder, file)
}

#[tokio::test]
async fn what_was_backed_up_is_verified_and_restored() {
    use std::os::unix::fs::PermissionsExt as _;
    let room = tempfile::tempdir().expect("a room");
    let (folder, file) = backed_up(room.path()).await;
    let mode = std::fs::metadata(&file).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "it holds every key");
    let verified = verify(&file, Clock::set_at(NOW)).await.expect("sound");
    assert_eq!(verified.manifest.name, "Ada's Institute");
    assert!(verified.rotation_key);
    let place = Folder::new(room.path().join("again"));
    let restored = restore(&file, &place, None, Clock::set_at(NOW)).await.expect("restored");
    assert_eq!(restored.folder.token().expect("a token"), folder.token().expect("a token"));
    assert_eq!(restored.folder.keys().expect("keys").peer(), folder.keys().expect("keys").peer());
    let desk = Desk::open(&restored.folder.desk(), Clock::set_at(NOW)).await.expect("a desk");
    assert_eq!(desk.restored().await.expect("read"), Some(NOW));
    assert!(desk.awaits_comparison().await.expect("read"));
    let left: Vec<_> = std::fs::read_dir(room.path()).expect("readable").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left.len(), 3, "no work in progress stays: {left:?}");
}

#[tokio::test]
async fn a_file_that_is_there_is_replaced_only_when_told_to() {
    let room = tempfile::tempdir().expect("a room");
    let (folder, file) = backed_up(room.path()).await;
    let request = CreateRequest { folder, config: None, file, force: false };
    let refused = create(request.clone(), Clock::set_at(NOW)).await.expect_err("refused");
    assert!(matches!(refused, BackupError::Exists(_)), "{refused}");
    create(CreateRequest { force: true, ..request }, Clock::set_at(NOW)).await.expect("replaced");
}

#[tokio::test]
async fn a_flipped_byte_anywhere_is_found_and_named() {
    let room = tempfile::tempdir().expect("a room");
    let (_, file) = backed_up(room.path()).await;
    let bytes = std::fs::read(&file).expect("readable");
    let named = ["manifest.json", "config.toml", "token", "desk.sqlite", "keys/", "headers or padding", "digests.txt"];
    let mut seen = std::collections::BTreeSet::<&str>::new();
    // Every block's first, some middle and last byte: headers, contents, padding and the end of the archive.
    let places = (0..bytes.len()).step_by(512).flat_map(|block| [block, block + 130, block + 300, block + 511]);
    // The desk is most of the file, and one of its pages is as good as another.
    let desk = |place: &usize| (16_384..bytes.len() - 16_384).contains(place) && place % 16_384 > 511;
    for place in places.filter(|place| !desk(place)) {
        let mut wrong = bytes.clone();
        *wrong.get_mut(place).expect("inside") ^= 0x10;
        let damaged = room.path().join("damaged.tar");
        std::fs::write(&damaged, wrong).expect("written");
        let fault = match verify(&damaged, Clock::set_at(NOW)).await {
            Ok(_) => unreachable!("byte {place} was flipped and nobody saw it"),
            Err(fault) => fault.to_string(),
        };
        let name = named.iter().find(|name| fault.contains(*name));
        seen.extend(name);
        assert!(name.is_some() || fault.contains("archive") || fault.contains("follows"), "byte {place}: {fault}");
    }
    assert_eq!(seen.len(), named.len(), "each part was tried: {seen:?}");
}

#[tokio::test]
async fn a_backup_with_somebody_else_s_key_is_not_sound() {
    let room = tempfile::tempdir().expect("a room");
    let (folder, _) = backed_up(room.path()).await;
    let other = tempfile::tempdir().expect("a room");
    let bo = ada(other.path()).await;
    for key in ["signing.key", "rotation.key"] {
        std::fs::copy(bo.keys_directory().join(key), folder.keys_directory().join(key)).expect("copied");
    }
    let file = room.path().join("mixed.tar");
    let request = CreateRequest { folder, config: None, file: file.clone(), force: false };
    create(request, Clock::set_at(NOW)).await.expect("backed up");
    let fault = verify(&file, Clock::set_at(NOW)).await.expect_err("not sound").to_string();
    assert!(fault.contains("keys/signing.key") && fault.contains("keys/rotation.key"), "{fault}");
    let place = Folder::new(room.path().join("again"));
    restore(&file, &place, None, Clock::set_at(NOW)).await.expect_err("not restored");
    assert!(!place.path().exists(), "nothing is left behind");
}

#[tokio::test]
async fn a_folder_that_is_not_empty_is_not_restored_into() {
    let room = tempfile::tempdir().expect("a room");
    let (folder, file) = backed_up(room.path()).await;
    let refused = restore(&file, &folder, None, Clock::set_at(NOW)).await.expect_err("refused");
    assert!(refused.to_string().contains("not empty"), "{refused}");
}
