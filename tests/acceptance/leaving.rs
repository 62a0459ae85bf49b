//! Who leaves is gone: withdrawn from every connected node's search, and erased for ever.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::harness::gate::places;
use crate::harness::node::{Node, become_equal};
use crate::harness::people::mentor;
use crate::harness::wait::until_true;

#[test]
fn a_withdrawn_mentor_leaves_every_nodes_search_and_may_come_back() {
    let _places = places(3);
    let (ada, bo, cy) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"), Node::start("Cy's Academy"));
    bo.befriend(&ada);
    cy.befriend(&ada);
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.comes_to_find("Ada Okafor");
    cy.comes_to_find("Ada Okafor");

    ada.run(&["profile", "withdraw", &id]).done();
    for node in [&ada, &bo, &cy] {
        node.comes_to_miss("Ada Okafor");
        node.api().get(&format!("/api/v1/profiles/{}.{id}", ada.org)).refused(404, "not_found");
    }
    assert_eq!(ada.api().get(&format!("/api/v1/listings/{id}")).done()["state"], "withdrawn");

    ada.api().post(&format!("/api/v1/listings/{id}/publish"), &json!({})).done();
    bo.comes_to_find("Ada Okafor");
    cy.comes_to_find("Ada Okafor");
}

#[test]
fn an_edited_mentor_is_found_as_she_is_now() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.comes_to_find("Ada Okafor");
    ada.run(&["profile", "edit", &id, "--headline", "Pottery for beginners"]).done();
    ada.run(&["profile", "publish", &id, "--yes"]).done();
    until_true("Bo finds her by the new headline", || bo.names("pottery") == ["Ada Okafor"]);
    assert_eq!(bo.search("pottery")["hits"][0]["profile"]["headline"], "Pottery for beginners");
}

#[test]
fn an_erased_mentor_is_gone_everywhere_and_cannot_be_published_again() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.comes_to_find("Ada Okafor");

    ada.run(&["profile", "withdraw", &id, "--erase"]).done();
    for node in [&ada, &bo] {
        node.comes_to_miss("Ada Okafor");
    }
    let again = ada.api().post(&format!("/api/v1/listings/{id}/publish"), &json!({}));
    assert!(
        (400..500).contains(&again.status),
        "an erased listing is not published: {} {}",
        again.status,
        again.text()
    );
    become_equal(&[&ada, &bo]);
}

#[test]
fn an_erased_mentor_does_not_return_through_a_stale_peer() {
    let _places = places(3);
    let (ada, mut bo, cy) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"), Node::start("Cy's Academy"));
    bo.befriend(&ada);
    cy.befriend(&ada);
    cy.befriend(&bo);
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.comes_to_find("Ada Okafor");
    cy.comes_to_find("Ada Okafor");

    // Bo sleeps with the old copy on disk while Ada leaves.
    bo.stop();
    ada.run(&["profile", "withdraw", &id, "--erase"]).done();
    cy.comes_to_miss("Ada Okafor");
    bo.serve();
    bo.comes_to_miss("Ada Okafor");
    become_equal(&[&ada, &bo, &cy]);
    assert!(!ada.finds("Ada Okafor") && !cy.finds("Ada Okafor"));
    cy.api().get(&format!("/api/v1/profiles/{}.{id}", ada.org)).refused(404, "not_found");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn an_erased_mentor_does_not_return_through_our_own_restored_backup() {
    let _places = places(2);
    let (mut ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.comes_to_find("Ada Okafor");

    // A backup of the whole folder, as an operator takes it: node stopped, files copied.
    ada.stop();
    let backup = ada.home().join("backup");
    copy_folder(&ada.data(), &backup);
    ada.serve();
    ada.erase(&id);
    bo.comes_to_miss("Ada Okafor");
    become_equal(&[&ada, &bo]);

    // Disaster: yesterday's backup comes back. It knows nothing of the erasure; Bo does.
    ada.stop();
    fs::remove_dir_all(ada.data()).unwrap();
    copy_folder(&backup, &ada.data());
    ada.serve();
    ada.comes_to_miss("Ada Okafor");
    until_true("the restored desk learns of the erasure", || ada.is_over(&id));
    let again = ada.api().post(&format!("/api/v1/listings/{id}/publish"), &json!({}));
    assert!((400..500).contains(&again.status), "{} {}", again.status, again.text());
    become_equal(&[&ada, &bo]);
    assert!(!bo.finds("Ada Okafor"));
}

#[test]
fn only_the_desk_is_restored_and_the_erased_mentor_stays_gone() {
    let _places = places(1);
    let mut ada = Node::start("Ada's Institute");
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.comes_to_find("Ada Okafor");
    ada.stop();
    let kept = ada.home().join("desk.kept");
    fs::copy(ada.data().join("desk.sqlite"), &kept).unwrap();
    ada.serve();
    ada.erase(&id);
    ada.comes_to_miss("Ada Okafor");
    ada.stop();
    for name in ["desk.sqlite-wal", "desk.sqlite-shm"] {
        // They exist only while the last transactions wait in them.
        fs::remove_file(ada.data().join(name)).ok();
    }
    fs::copy(&kept, ada.data().join("desk.sqlite")).unwrap();

    ada.serve();
    until_true("the restored desk learns of the erasure from the store", || ada.is_over(&id));
    assert!(!ada.finds("Ada Okafor"));
    let again = ada.api().post(&format!("/api/v1/listings/{id}/publish"), &json!({}));
    assert!((400..500).contains(&again.status), "{} {}", again.status, again.text());
}
