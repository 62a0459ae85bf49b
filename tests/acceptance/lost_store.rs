//! A register that is lost is fetched again: own records from the desk, everybody else's from peers, and the index
//! from the register.

use std::fs;

use serde_json::Value;

use crate::harness::gate::places;
use crate::harness::node::{Node, become_equal};
use crate::harness::people::mentor;
use crate::harness::wait::until_true;

fn states(node: &Node) -> Vec<String> {
    let status = node.api().get("/api/v1/status").done();
    status["states"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn a_damaged_store_is_set_aside_and_everything_in_it_comes_back() {
    let _places = places(2);
    let (ada, mut bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    ada.befriend(&bo);
    ada.publish(&mentor("Ada Okafor", "Social media for charities"));
    bo.publish(&mentor("Bo Lindqvist", "Bridges and the people who build them"));
    bo.comes_to_find("Ada Okafor");
    ada.comes_to_find("Bo Lindqvist");
    bo.stop();
    fs::write(bo.data().join("store").join("db"), vec![0xa5; 3 * 1024 * 1024]).unwrap();

    bo.serve();
    assert!(bo.log().contains("set aside"), "the operator is told: {}", bo.log());
    assert!(bo.finds("Bo Lindqvist"), "our own come back from the desk, at once");
    bo.comes_to_find("Ada Okafor");
    become_equal(&[&ada, &bo]);
    until_true("the node no longer says that it rebuilds", || !states(&bo).contains(&"rebuilding".to_owned()));
    let kept = fs::read_dir(bo.data()).unwrap().flatten();
    let kept = kept.filter(|entry| entry.file_name().to_string_lossy().starts_with("store.corrupt"));
    assert_eq!(kept.count(), 1, "what was damaged is kept for whoever wants to look");
}

#[test]
fn an_index_that_is_gone_or_broken_is_built_again() {
    let _places = places(1);
    let mut ada = Node::start("Ada's Institute");
    ada.publish(&mentor("Ada Okafor", "Social media for charities"));
    for damage in ["deleted", "broken"] {
        ada.stop();
        let index = ada.data().join("index");
        if damage == "deleted" {
            fs::remove_dir_all(&index).unwrap();
        } else {
            fs::write(index.join("meta.json"), b"{ not what was written").unwrap();
        }
        ada.serve();
        ada.comes_to_find("Ada Okafor");
    }
}
