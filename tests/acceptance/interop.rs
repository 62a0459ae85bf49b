//! A second implementation: `tests/interop/`, one Python script written from `docs/PROTOCOL.md` alone, judges our vectors
//! and our records, and what it signs and seals is taken by a real node over real sockets.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use mentormesh_protocol::introduction::{self, Receipt};
use mentormesh_protocol::key::{base32, sha256};
use mentormesh_protocol::{OrganisationId, Record, RecordId, Signed};
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::clients::Outcome;
use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::python;
use crate::harness::raw_peer::{Claimed, RawPeer, Served};
use crate::harness::wait::{say, until};
use crate::tampered::forged;

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The interpreter with the script's two packages; without one the story is skipped.
fn interpreter() -> Option<PathBuf> {
    python::with(&repository("tests/interop/requirements.txt"))
}

/// Runs a script with paths and words for arguments.
fn run(python: &Path, script: &Path, arguments: &[&str]) -> Outcome {
    // Nothing is written beside the sources.
    let output = Command::new(python).arg("-B").arg(script).args(arguments).output().unwrap();
    Outcome::new(format!("{} {}", script.display(), arguments.join(" ")), &output)
}

fn script(python: &Path, arguments: &[&str]) -> Outcome {
    run(python, &repository("tests/interop/mentormesh.py"), arguments)
}

#[test]
fn the_second_implementation_is_one_script_of_at_most_two_hundred_lines() {
    let folder = fs::read_dir(repository("tests/interop")).unwrap().map(|entry| entry.unwrap().file_name());
    let scripts: Vec<_> = folder.filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "py")).collect();
    assert_eq!(scripts, ["mentormesh.py"]);
    let text = fs::read_to_string(repository("tests/interop/mentormesh.py")).unwrap();
    assert!(text.lines().count() <= 200, "{} lines", text.lines().count());
    assert!(text.lines().all(|line| line.chars().count() <= 120), "lines of at most 120 characters");
}

const VECTORS: [&str; 4] = ["records.json", "bad.json", "messages.json", "letters.json"];

/// A copy of the vectors in which `change` was made to each that it is for; gives their names, too.
fn altered(change: impl Fn(&mut Value) -> bool) -> (TempDir, Vec<String>) {
    let (folder, mut changed) = (TempDir::new().unwrap(), Vec::new());
    for name in VECTORS {
        let text = fs::read_to_string(repository("protocol/tests/vectors").join(name)).unwrap();
        let mut file: Value = serde_json::from_str(&text).unwrap();
        for vector in file["vectors"].as_array_mut().unwrap() {
            if change(vector) {
                changed.push(format!("{name}, {}", vector["name"].as_str().unwrap()));
            }
        }
        fs::write(folder.path().join(name), file.to_string()).unwrap();
    }
    (folder, changed)
}

fn is_good(vector: &Value) -> bool {
    vector["fate"].as_str().is_none_or(|fate| ["admitted", "taken"].contains(&fate))
}

/// Changes the last character of what is signed, sealed or summed.
fn flip(vector: &mut Value) -> bool {
    let guarded = ["letter", "duty", "envelope", "receipt", "head", "ticket"];
    if !is_good(vector) || vector["what"].as_str().is_some_and(|what| !guarded.contains(&what)) {
        return false;
    }
    let field = if vector["bytes"].is_string() { "bytes" } else { "envelope" };
    let mut bytes = vector[field].as_str().unwrap().to_owned();
    let other = if bytes.pop() == Some('0') { '1' } else { '0' };
    // The last character of a ticket is base32, which has neither.
    bytes.push(if vector["what"] == "ticket" { 'a' } else { other });
    vector[field] = bytes.into();
    true
}

/// Calls what is bad good.
fn absolve(vector: &mut Value) -> bool {
    let bad = !is_good(vector);
    if bad {
        vector["fate"] = "taken".into();
    }
    bad
}

/// Says of a record that it is a millisecond newer than its bytes say.
fn misquote(vector: &mut Value) -> bool {
    let sequence = vector["says"]["sequence"].as_u64();
    sequence.inspect(|sequence| vector["says"]["sequence"] = (sequence + 1).into()).is_some()
}

#[test]
fn a_second_implementation_judges_every_golden_vector_as_we_do() {
    let Some(python) = interpreter() else { return };
    let judge = |folder: &Path| script(&python, &["vectors", folder.to_str().unwrap()]);
    let (untouched, none) = altered(|_| false);
    assert!(none.is_empty());
    let said = judge(untouched.path()).done().to_owned();
    assert!(said.ends_with(" vectors, 0 judged otherwise\n"), "{said}");
    say(&format!("the second implementation: {said}"));

    // It can say no, and of whom.
    for (what, change) in [("flipped", flip as fn(&mut Value) -> bool), ("absolved", absolve), ("misquoted", misquote)]
    {
        let (folder, changed) = altered(change);
        assert!(changed.len() > 10, "only {changed:?}");
        let outcome = judge(folder.path());
        let named: Vec<_> = outcome.exits(1).out.lines().skip(1).filter_map(|line| line.split_once(": ")).collect();
        let named: Vec<_> = named.iter().map(|(vector, _)| (*vector).to_owned()).collect();
        assert_eq!(named, changed, "{what}");
    }
}

/// The Python of a page, as it stands there.
fn snippet(page: &str) -> String {
    let text = fs::read_to_string(repository(page)).unwrap();
    let (_, rest) = text.split_once("```python\n").expect("the page holds Python");
    rest.split_once("```").unwrap().0.to_owned()
}

#[test]
fn what_a_node_exports_is_verified_by_a_second_implementation_and_by_ten_lines_of_our_page() {
    let Some(python) = interpreter() else { return };
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let profile = ada.profile_id(&ada.publish(&mentor("Ada Okafor", "Social media for public relations")));
    ada.run(&["record", "export", &profile, "ada.cose", "--chain"]).done();
    let file = |name: &str| ada.home().join(name).display().to_string();
    let (record, chain) = (file("ada.cose"), file("ada.cose.chain"));
    let lines = snippet("docs/PROTOCOL.md");
    assert_eq!(lines.lines().count(), 10, "ten lines were promised:\n{lines}");
    fs::write(file("ten.py"), lines).unwrap();
    let ten = |record: &str, chain: &str| run(&python, Path::new(&file("ten.py")), &[record, chain]);
    let verify = |record: &str, chain: &str| script(&python, &["verify", record, chain]);

    let id = base32().encode(&sha256(&fs::read(&record).unwrap()));
    for outcome in [verify(&record, &chain), ten(&record, &chain)] {
        assert_eq!(outcome.done(), format!("profile {id} holds\n"));
    }
    fs::write(file("eve.cose"), forged(&fs::read(&record).unwrap(), "Ada Okafor", "Eve Okafor")).unwrap();
    let stranger = Node::init("Mallory's Society");
    stranger.run(&["record", "verify", &record, "--chain", &chain]).done();
    verify(&file("eve.cose"), &chain).exits(1).says("bad_signature");
    ten(&file("eve.cose"), &chain).exits(1).says("InvalidSignature");
    // Another organisation's chain: the record itself is not one of them.
    verify(&record, &record).exits(1);
    ten(&record, &record).exits(1);
}

/// The records that the script has built, in order, each with its kind.
fn built(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = (0..8).map(|place| fs::read(folder.join(format!("{place}.cose"))).unwrap());
    let kind = |bytes: &[u8]| Signed::<Record>::decode(bytes).unwrap().claims().header().kind.to_string();
    files.map(|bytes| (kind(&bytes), bytes)).collect()
}

/// Lets the script judge a receipt like a golden vector: it must be signed by the node that it names.
fn judged(python: &Path, receipt: &[u8]) -> Outcome {
    let folder = TempDir::new().unwrap();
    for name in VECTORS {
        fs::write(folder.path().join(name), r#"{"vectors": []}"#).unwrap();
    }
    let bytes: String = receipt.iter().map(|byte| format!("{byte:02x}")).collect();
    let file = serde_json::json!({"vectors": [{"name": "receipt", "what": "receipt", "bytes": bytes}]});
    fs::write(folder.path().join("letters.json"), file.to_string()).unwrap();
    script(python, &["vectors", folder.path().to_str().unwrap()])
}

/// What a peer claims to hold of one half when these are all it has.
fn claimed(organisation: OrganisationId, files: &[(String, Vec<u8>)], identity: bool) -> Vec<Claimed> {
    let half = |name: &str| ["operation", "card", "delegation", "recognition"].contains(&name);
    let chosen = files.iter().filter(|(name, _)| half(name) == identity);
    let sequence = |bytes: &[u8]| Signed::<Record>::decode(bytes).unwrap().claims().header().sequence;
    chosen.map(|(_, bytes)| (organisation, sequence(bytes), RecordId(sha256(bytes)), bytes.clone())).collect()
}

#[test]
fn what_a_second_implementation_signs_and_seals_is_taken_by_a_running_node() {
    let Some(python) = interpreter() else { return };
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let profile = ada.profile_id(&ada.publish(&mentor("Ada Okafor", "Social media for public relations")));
    let file = |name: &str| ada.home().join(name).display().to_string();

    // What Ada's node shows to everybody: a stranger sees which records there are, and the node exports them.
    let mut stranger = RawPeer::spawn([7; 32], &ada.org, Served::default());
    let peer = stranger.join(&ada.ticket());
    for envelope in stranger.identity_of(peer, ada.org.parse().unwrap()) {
        let signed = Signed::<Record>::decode(&envelope).unwrap();
        let kind = signed.claims().header().kind.to_string();
        ada.run(&["record", "export", &signed.id().to_string(), &kind, "--chain"]).done();
    }
    for kind in ["operation", "card", "delegation"] {
        script(&python, &["verify", &file(kind), &file(&format!("{kind}.chain"))]).done();
    }
    drop(stranger);

    let room = TempDir::new().unwrap();
    script(&python, &["build", room.path().to_str().unwrap(), &profile, &file("card")]).done();
    let files = built(room.path());
    let kinds: Vec<_> = files.iter().map(|(kind, _)| kind.as_str()).collect();
    let every = ["operation", "card", "delegation", "recognition", "profile", "profile", "attestation", "withdrawal"];
    assert_eq!(kinds, every);
    let about = |place: usize| Signed::<Record>::decode(&files[place].1).unwrap().claims().header().about.to_vec();
    let [pia, quinn] = [base32().encode(&about(4)), base32().encode(&about(5))];
    let org = &base32().encode(&sha256(&files[0].1));
    let organisation: OrganisationId = org.parse().unwrap();
    let (name, withdrawal) = &files[7];
    let served = Served {
        identity: claimed(organisation, &files, true),
        records: claimed(organisation, &files[..7], false),
        ..Served::default()
    };

    // A peer with the key that the delegation names; Ada's node has only been told to trust the organisation. Everything
    // but the withdrawal comes by sync, the withdrawal by gossip.
    ada.run(&["trust", "pin", org]).done();
    let wire = RawPeer::spawn(sha256(b"node"), org, served);
    let peer = wire.join(&ada.ticket());
    let holds = |name: &str, bytes: &[u8]| {
        let path = format!("/api/v1/records/{}", RecordId(sha256(bytes)));
        let held = until(&format!("Ada holds {name}"), || Some(ada.api().get(&path)).filter(|held| held.status == 200));
        assert_eq!(held.body, bytes, "{name}");
    };
    for (name, bytes) in &files[..7] {
        holds(name, bytes);
    }
    ada.comes_to_find("Pia Serpente");
    ada.comes_to_find("Quinn Serpente");
    wire.gossip(std::slice::from_ref(withdrawal));
    ada.comes_to_miss("Quinn Serpente");
    holds(name, withdrawal);
    ada.api().get(&format!("/api/v1/profiles/{org}.{quinn}")).refused(404, "not_found");
    assert!(ada.finds("Pia Serpente"));
    let shown = ada.api().get(&format!("/api/v1/profiles/{org}.{pia}")).done();
    assert_eq!(shown["organisation"]["name"], "Pia's Society", "{shown}");

    // The letter, sealed to the key on Ada's card, is taken, and the receipt is one that the script takes in turn.
    let sealed = fs::read(room.path().join("letter.sealed")).unwrap();
    let receipt = wire.deliver(peer, &sealed);
    assert!(judged(&python, &receipt).done().ends_with(" 0 judged otherwise\n"));
    let signed = Signed::<Receipt>::decode(&receipt).unwrap();
    let said = signed.claims();
    assert_eq!(said.outcome, introduction::Outcome::Delivered);
    assert_eq!((said.organisation.to_string(), said.envelope.0), (ada.org.clone(), sha256(&sealed)));
    let delegation = Signed::<Record>::decode(&fs::read(file("delegation")).unwrap()).unwrap();
    assert_eq!(
        delegation.claims().header().about.to_vec(),
        said.node.to_bytes(),
        "the node that Ada's organisation delegates to"
    );
    let list = ada.run(&["--json", "intro", "list", "--received"]).json();
    assert_eq!(list["items"][0]["id"], base32().encode(b"one introduction"), "{list}");
    assert_eq!(list["items"][0]["organisation"]["id"], org.as_str());
    assert_eq!(list["items"][0]["title"], "Fifteen minutes on serpents");

    // That it is one can fail: a receipt whose signature is another.
    let mut forged = receipt;
    *forged.last_mut().unwrap() ^= 1;
    judged(&python, &forged).exits(1).says("bad_signature");
}
