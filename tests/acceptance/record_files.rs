//! A record as a file: anybody can check it later, with no node and no data folder.

use std::fs;

use tempfile::TempDir;

use crate::harness::clients;
use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::tampered::forged;

#[test]
fn an_exported_record_verifies_anywhere_and_a_forged_one_nowhere() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    let profile = ada.profile_id(&id);
    ada.run(&["record", "show", &profile]).says("Ada Okafor");
    ada.run(&["record", "export", &profile, "ada.cose", "--chain"]).done();
    let (file, chain) = (ada.home().join("ada.cose"), ada.home().join("ada.cose.chain"));
    let signed = fs::read(&file).unwrap();
    assert_eq!(signed, ada.api().get(&format!("/api/v1/profiles/{profile}/record")).body);
    let shown = ada.run(&["--json", "org", "show", &ada.org]).json();
    let key = shown["signing_keys"][0]["key"].as_str().unwrap().to_owned();
    assert!(key.starts_with("did:key:z6Mk"), "{key}");

    // On another machine, with nothing but the files.
    let elsewhere = TempDir::new().unwrap();
    let verify = |file: &str, flags: &[&str]| {
        let mut arguments = vec!["record", "verify", file];
        arguments.extend(flags);
        clients::run(elsewhere.path(), &arguments, b"")
    };
    let (file, chain) = (file.display().to_string(), chain.display().to_string());
    verify(&file, &["--chain", &chain]).done();
    verify(&file, &["--key", &key]).done();

    let forgery = elsewhere.path().join("forged.cose");
    fs::write(&forgery, forged(&signed, "Ada Okafor", "Eve Okafor")).unwrap();
    let forgery = forgery.display().to_string();
    for flags in [["--chain", &chain], ["--key", &key]] {
        let outcome = verify(&forgery, &flags);
        assert!([1, 4].contains(&outcome.code), "{}: {}", outcome.code, outcome.said());
    }
    let foreign = verify(&file, &["--key", &key, "--network", "demo"]);
    assert!([1, 4].contains(&foreign.code), "a record of another network: {}", foreign.said());
    let wrong = verify(&file, &["--key", "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"]);
    assert!([1, 4].contains(&wrong.code), "another key: {}", wrong.said());
    for cut in [0, 1, 40, signed.len() - 1] {
        let short = elsewhere.path().join("short.cose");
        fs::write(&short, &signed[..cut]).unwrap();
        let outcome = verify(&short.display().to_string(), &["--key", &key]);
        assert!([1, 2, 4].contains(&outcome.code), "cut to {cut}: {} {}", outcome.code, outcome.said());
    }
}
