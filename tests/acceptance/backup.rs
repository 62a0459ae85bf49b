//! Backups: made beside a node that writes, checked without one, brought back into an empty folder.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::wait::until_true;

/// Puts a backup in the place of the node's folder, which is gone.
pub(crate) fn restore(node: &Node, file: &Path) {
    fs::remove_dir_all(node.data()).unwrap();
    node.run(&["backup", "restore", &file.display().to_string()]).done();
}

#[test]
fn a_backup_beside_a_node_that_writes_holds_everything_acknowledged_before_it_began() {
    let _places = places(1);
    let mut ada = Node::start("Ada's Institute");
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let enough = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let (api, acknowledged, enough) = (ada.api(), Arc::clone(&acknowledged), Arc::clone(&enough));
            std::thread::spawn(move || {
                for number in (0..).take_while(|_| !enough.load(Ordering::SeqCst)) {
                    let made = api.post("/api/v1/listings", &mentor(&format!("Busy {writer} {number}"), "Writing"));
                    let id = made.done()["id"].as_str().unwrap().to_owned();
                    acknowledged.lock().unwrap().push(id);
                }
            })
        })
        .collect();
    until_true("the node is busy", || acknowledged.lock().unwrap().len() >= 20);
    let file = ada.home().join("ada.tar");
    let name = file.display().to_string();
    let before = acknowledged.lock().unwrap().clone();
    let made = ada.run(&["--json", "backup", "create", &name]).json();
    let after = acknowledged.lock().unwrap().len();
    enough.store(true, Ordering::SeqCst);
    for writer in writers {
        writer.join().unwrap();
    }
    assert!(made["next"].as_str().unwrap().contains("backup verify"), "{made}");
    let verified = ada.run(&["--json", "backup", "verify", &name]).json();
    let drafts = verified["listings"]["draft"].as_u64().unwrap();
    assert!(before.len() as u64 <= drafts && drafts <= after as u64 + 4, "{} {drafts} {after}", before.len());

    ada.stop();
    restore(&ada, &file);
    ada.serve();
    for id in &before {
        ada.api().get(&format!("/api/v1/listings/{id}")).done();
    }
    let states = ada.api().get("/readyz").done()["states"].clone();
    assert_eq!(states.as_array().map(Vec::len), Some(0), "nobody is known whom it could compare with: {states}");
}

#[test]
fn a_backup_that_was_changed_is_refused_with_the_name_of_what_was() {
    let ada = Node::init("Ada's Institute");
    let file = ada.home().join("ada.tar");
    let name = file.display().to_string();
    ada.run(&["backup", "create", &name]).done();
    ada.run(&["backup", "create", &name]).exits(4).says("--force");
    ada.run(&["backup", "create", "--force", &name]).done();
    let mut bytes = fs::read(&file).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(&file, bytes).unwrap();
    ada.run(&["backup", "verify", &name]).exits(1).says("desk.sqlite");
    ada.run(&["backup", "restore", &name]).exits(1).says("not empty");
    fs::remove_dir_all(ada.data()).unwrap();
    ada.run(&["backup", "restore", &name]).exits(1).says("desk.sqlite");
    assert!(!ada.data().exists(), "nothing half-restored stays");
}

#[test]
fn a_store_and_an_index_are_repaired_by_name_and_only_when_the_node_is_stopped() {
    let _places = places(1);
    let mut ada = Node::start("Ada's Institute");
    ada.publish(&mentor("Ada Okafor", "Social media for charities"));
    ada.run(&["repair", "store"]).exits(1).says("in use");
    ada.stop();
    ada.run(&["repair"]).done();
    ada.run(&["repair", "store"]).says("at the next start").done();
    ada.run(&["repair", "index"]).says("at the next start").done();
    assert!(!ada.data().join("store").exists() && !ada.data().join("index").exists());
    ada.serve();
    ada.comes_to_find("Ada Okafor");
}
