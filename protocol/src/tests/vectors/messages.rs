//! Vectors of what travels beside records: sync messages, batches, heads, tickets.

use serde::{Deserialize, Serialize};

use super::{MESSAGES, hex, unhex};
use crate::key::sha256;
use crate::reconcile::{Accumulator, Fingerprint};
use crate::signed::{Network, Signed};
use crate::testing::{NOW, Organisation, mentor};
use crate::ticket::Ticket;
use crate::wire::{
    Batch, HeadAnnounce, Hello, Place, Refusal, Scope, ScopeSummary, SummaryRow, SyncAnswer, SyncRequest,
};
use crate::{RecordId, Timestamp};

/// A file of messages.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Messages {
    about: String,
    vectors: Vec<Message>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Message {
    name: String,
    /// `request`, `answer`, `batch`, `head` or `ticket`.
    what: String,
    says: String,
    /// Hexadecimal; a ticket's own text.
    bytes: String,
}

fn message(what: &str, name: &str, says: &str, bytes: &[u8]) -> Message {
    Message { name: name.to_owned(), what: what.to_owned(), says: says.to_owned(), bytes: hex(bytes) }
}

fn hello() -> Hello {
    Hello {
        network: "main".to_owned(),
        least_version: 1,
        most_version: 1,
        clock: NOW,
        organisation: Organisation::ada().id(),
        mentors: 3,
        quota: 50_000,
        admits_you: true,
    }
}

fn requests() -> Vec<Message> {
    let ada = Organisation::ada().id();
    let (as_of, scope) = (NOW.minus(20_000), Scope::Register);
    let ids = vec![RecordId([0x11; 32]), RecordId([0x22; 32])];
    let after = Some(Place { sequence: 7, id: RecordId([0x11; 32]) });
    let of = |name: &str, says: &str, request: SyncRequest| message("request", name, says, &request.encode());
    let reconcile = SyncRequest::Reconcile { organisation: ada, scope, as_of, since: 0, message: vec![0x61].into() };
    vec![
        of(
            "request-hello",
            "network main, versions 1 to 1, 3 mentors, quota 50,000, admits you",
            SyncRequest::Hello(hello()),
        ),
        of("request-summary", "from the beginning: `after` is left off", SyncRequest::Summary { as_of, after: None }),
        of("request-summary-after", "the rows after Ada's", SyncRequest::Summary { as_of, after: Some(ada) }),
        of("request-reconcile", "scope register, since 0, a negentropy message of its version byte alone", reconcile),
        of("request-fetch", "two ids", SyncRequest::Fetch { ids }),
        of(
            "request-tail",
            "ids newer than as_of",
            SyncRequest::Tail { organisation: ada, scope: Scope::Identity, as_of },
        ),
        of(
            "request-snapshot",
            "the first page: `after` is left off at the end",
            SyncRequest::Snapshot { organisation: ada, scope, as_of, after: None },
        ),
        of(
            "request-snapshot-after",
            "the page after sequence 7",
            SyncRequest::Snapshot { organisation: ada, scope, as_of, after },
        ),
        of("request-ordered", "the hash of the ordered ids", SyncRequest::Ordered { organisation: ada, scope, as_of }),
        of("request-nudge", "come and compare", SyncRequest::Nudge),
    ]
}

fn answers() -> Vec<Message> {
    let ada = Organisation::ada();
    let ids = [RecordId([0x11; 32]), RecordId([0xff; 32])];
    let fingerprint = ids.iter().collect::<Accumulator>().fingerprint();
    let identity = ScopeSummary { count: 2, fingerprint, max_sequence: NOW.0 };
    let row = SummaryRow { organisation: ada.id(), tip: ada.genesis().id(), identity, register: None };
    let shown = SummaryRow {
        register: Some(ScopeSummary { count: 0, fingerprint: Fingerprint::default(), max_sequence: 0 }),
        ..row.clone()
    };
    let of = |name: &str, says: &str, answer: SyncAnswer| message("answer", name, says, &answer.encode());
    let place = Place { sequence: 7, id: ids[0] };
    vec![
        of("answer-hello", "as the request", SyncAnswer::Hello(hello())),
        of(
            "answer-summary",
            "one row without and one with a register; more follow",
            SyncAnswer::Summary(vec![row, shown], true),
        ),
        of("answer-reconcile", "a negentropy message", SyncAnswer::Reconcile(vec![0x61].into())),
        of(
            "answer-envelopes",
            "two envelopes (bytes 01 and 02 in place of real ones)",
            SyncAnswer::Envelopes(vec![vec![1].into(), vec![2].into()]),
        ),
        of("answer-tail", "two ids", SyncAnswer::Tail(ids.to_vec())),
        of("answer-snapshot-last", "the last page", SyncAnswer::Snapshot(vec![vec![1].into()], None)),
        of(
            "answer-snapshot",
            "a page, and where the next begins",
            SyncAnswer::Snapshot(vec![vec![1].into()], Some(place)),
        ),
        of("answer-ordered", "a hash", SyncAnswer::Ordered(sha256(b"").into())),
        of("answer-noted", "understood", SyncAnswer::Noted),
        of("refused-network", "the other network's name", SyncAnswer::Refused(Refusal::Network("demo".to_owned()))),
        of("refused-version", "speaks versions 2 to 3", SyncAnswer::Refused(Refusal::Version(2, 3))),
        of(
            "refused-clock",
            "the asker's clock and the asked one's",
            SyncAnswer::Refused(Refusal::Clock(NOW, Timestamp(0))),
        ),
        of("refused-not-admitted", "identity only", SyncAnswer::Refused(Refusal::NotAdmitted)),
        of("refused-busy", "come again after 5,000 ms", SyncAnswer::Refused(Refusal::Busy(5_000))),
        of("refused-malformed", "what was wrong", SyncAnswer::Refused(Refusal::Malformed("cut off".to_owned()))),
    ]
}

fn others() -> Vec<Message> {
    let ada = Organisation::ada();
    let envelopes = [1, 2].map(|n| ada.profile(n, NOW.0, mentor("Ada", "Sails"))).map(|r| (r.id(), r.bytes().to_vec()));
    let batch = Batch::pack(envelopes.to_vec());
    let head = HeadAnnounce {
        organisation: ada.id(),
        tip: ada.genesis().id(),
        count: 2,
        fingerprint: Fingerprint([0xab; 16]),
        max_sequence: NOW.0,
        as_of: NOW,
        node: ada.peer(),
        ordered: None,
    };
    let signed =
        |head: &HeadAnnounce| Signed::sign(head, ada.network(), &ada.node_key()).expect("fits").bytes().to_vec();
    let own = HeadAnnounce { ordered: Some(sha256(b"").into()), ..head.clone() };
    let ticket = Ticket {
        network: "main".to_owned(),
        organisation: ada.id(),
        peer: ada.peer(),
        addresses: vec!["/ip4/192.0.2.1/tcp/4101".to_owned()],
    };
    let mut others: Vec<_> = batch
        .iter()
        .map(|batch| message("batch", "batch", "two profiles, ascending by record id", &batch.encode()))
        .collect();
    others.push(message("head", "head", "a node's view, without the ordered hash", &signed(&head)));
    others.push(message("head", "head-own", "a node of the organisation itself", &signed(&own)));
    others.push(Message {
        name: "ticket".to_owned(),
        what: "ticket".to_owned(),
        says: "network main, Ada's organisation and node, one address".to_owned(),
        bytes: ticket.to_string(),
    });
    others
}

/// The file of messages.
pub(super) fn made() -> Messages {
    Messages {
        about: "Messages of the wire version 1, byte by byte.".to_owned(),
        vectors: [requests(), answers(), others()].into_iter().flatten().collect(),
    }
}

#[test]
fn every_message_is_read_and_written_again_alike() {
    let file: Messages = serde_json::from_str(MESSAGES).expect("a file of vectors");
    let network = Network::new("main").expect("a name");
    for vector in file.vectors {
        let again = match vector.what.as_str() {
            "request" => SyncRequest::decode(&unhex(&vector.bytes)).map(|m| hex(&m.encode())).ok(),
            "answer" => SyncAnswer::decode(&unhex(&vector.bytes)).map(|m| hex(&m.encode())).ok(),
            "batch" => Batch::decode(&unhex(&vector.bytes)).map(|m| hex(&m.encode())).ok(),
            "head" => {
                let head = Signed::<HeadAnnounce>::decode(&unhex(&vector.bytes)).expect("decodes");
                let node = head.claims().node.0;
                head.verify(&network, &[node]).map(|head| hex(head.bytes())).ok()
            }
            "ticket" => vector.bytes.parse::<Ticket>().map(|ticket| ticket.to_string()).ok(),
            _ => None,
        };
        assert_eq!(again, Some(vector.bytes), "{}", vector.name);
    }
}
