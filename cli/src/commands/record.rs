//! `record`: signed records as they are, and the check that needs no node: bytes, keys and arithmetic.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, Subcommand};
use mentormesh_protocol::chain::Chain;
use mentormesh_protocol::key::base32;
use mentormesh_protocol::record::{Body, Header};
use mentormesh_protocol::signed::Network;
use mentormesh_protocol::{Kind, PublicKey, Record, RecordId, Signed, Timestamp, Verified, rules};
use serde_json::{Value, json};

use crate::client::Client;
use crate::context::Context;
use crate::failure::{Failure, FailureKind};
use crate::output::Table;

const EXAMPLES: &str = "Examples:
  mentormesh record show x7k2qd.abcdef
  mentormesh record export x7k2qd.abcdef ada.cose --chain
  mentormesh record verify ada.cose --chain ada.cose.chain";
const SHOW_EXAMPLES: &str = "Examples:
  mentormesh record show x7k2qd.abcdef
  mentormesh record show x7k2qd --json";
const EXPORT_EXAMPLES: &str = "Examples:
  mentormesh record export x7k2qd.abcdef ada.cose
  mentormesh record export x7k2qd.abcdef ada.cose --chain";
const VERIFY_EXAMPLES: &str = "Examples:
  mentormesh record verify ada.cose --chain ada.cose.chain
  mentormesh record verify ada.cose \\
      --key did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw
  mentormesh record verify ada.cose --chain ada.cose.chain --network demo";

/// Signed records: show, export, verify without a node
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct RecordCommand {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// What a record says
    #[command(after_long_help = SHOW_EXAMPLES)]
    Show {
        /// A record's id, or a profile's (with a dot)
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Write a record's signed bytes (application/cose) to a file
    #[command(after_long_help = EXPORT_EXAMPLES)]
    Export {
        /// A record's id, or a profile's (with a dot)
        #[arg(value_name = "ID")]
        id: String,
        /// Where to
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Write its organisation's operations beside it, to FILE.chain
        #[arg(long)]
        chain: bool,
    },
    /// Check a record's form and signature; needs neither node nor data folder
    #[command(after_long_help = VERIFY_EXAMPLES)]
    Verify(Verify),
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("against").required(true))]
struct Verify {
    /// The record
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The key that should have signed it
    #[arg(long, value_name = "did:key:…", group = "against")]
    key: Option<PublicKey>,
    /// The operations of its organisation, as `record export --chain` writes them
    #[arg(long, value_name = "FILE", group = "against")]
    chain: Option<PathBuf>,
    /// The network it was signed for
    #[arg(long, default_value = "main")]
    network: String,
}

impl RecordCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        match &self.act {
            Act::Show { id } => {
                let bytes = fetch(&context.client()?, id)?;
                let signed = decode(&bytes)?;
                if context.output.is_json() {
                    return context.output.json(&as_json(&signed));
                }
                let mut table = Table::fields();
                describe(&mut table, &signed);
                context.output.table(table)
            }
            Act::Export { id, file, chain } => export(context, id, file, *chain),
            Act::Verify(verify) => verify.run(context),
        }
    }
}

fn fetch(client: &Client, id: &str) -> Result<Vec<u8>, Failure> {
    let id = super::segment(id)?;
    if id.contains('.') {
        return client.bytes(&format!("/profiles/{id}/record"));
    }
    let hint = "a mentor's is found by the profile's id, as `mentormesh search` prints it";
    client
        .bytes(&format!("/records/{id}"))
        .map_err(|failure| if matches!(failure.kind, FailureKind::NotFound) { failure.hint(hint) } else { failure })
}

fn decode(bytes: &[u8]) -> Result<Signed<Record>, Failure> {
    Signed::decode(bytes).map_err(|problem| Failure::failed(format!("not a record: {problem}")))
}

fn export(context: &Context, id: &str, file: &Path, chain: bool) -> Result<(), Failure> {
    let client = context.client()?;
    let bytes = fetch(&client, id)?;
    write(file, &bytes)?;
    let mut written = vec![file.to_path_buf()];
    if chain {
        let signed = decode(&bytes)?;
        let header = signed.claims().header();
        // The first operation has no organisation in its header: it makes the organisation's id.
        let organisation = header.organisation.map_or_else(|| signed.id().to_string(), |id| id.to_string());
        let answer = client.get(&format!("/organisations/{organisation}/operations"))?;
        let mut beside = file.as_os_str().to_owned();
        beside.push(".chain");
        let beside = PathBuf::from(beside);
        write(&beside, &operations(&answer)?)?;
        written.push(beside);
    }
    if context.output.is_json() {
        return context.output.json(&json!({ "files": written }));
    }
    for file in written {
        context.output.say(&format!("wrote {}", file.display()));
    }
    Ok(())
}

/// The envelopes of a list of operations, one after the other (a CBOR sequence).
fn operations(answer: &Value) -> Result<Vec<u8>, Failure> {
    let items = answer.get("items").and_then(Value::as_array);
    let texts = items.into_iter().flatten().map(|item| item.as_str().and_then(base64url));
    let envelopes: Option<Vec<_>> = texts.collect();
    let envelopes = envelopes.filter(|envelopes| !envelopes.is_empty());
    envelopes
        .map(|envelopes| envelopes.concat())
        .ok_or_else(|| Failure::failed("the node's answer holds no operations"))
}

fn base64url(text: &str) -> Option<Vec<u8>> {
    data_encoding::BASE64URL_NOPAD.decode(text.trim_end_matches('=').as_bytes()).ok()
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(file, bytes).map_err(|source| Failure::file("write", file, &source))
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|source| Failure::file("read", file, &source))
}

impl Verify {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let network = Network::new(&self.network).map_err(|problem| Failure::usage(problem.to_string()))?;
        let signed = decode(&read(&self.file)?)?;
        let description = as_json(&signed);
        let mut table = Table::fields();
        describe(&mut table, &signed);
        let verified = match (&self.key, &self.chain) {
            (Some(key), _) => signed.verify(&network, [key]).map_err(|problem| problem.to_string()),
            (None, Some(file)) => against_chain(signed, &network, file)?,
            (None, None) => return Err(Failure::usage("name what to check against: --key or --chain")),
        };
        let verified = verified.map_err(|problem| Failure::failed(format!("{}: {problem}", self.file.display())))?;
        let now = mentormesh_node::clock::Clock::system().now();
        let expired = verified.payload().header().expires_at.filter(|at| *at <= now);
        if context.output.is_json() {
            let mut answer = json!({ "valid": true, "signer": verified.signer(), "expired": expired.is_some() });
            if let (Value::Object(answer), Value::Object(description)) = (&mut answer, description) {
                answer.extend(description);
            }
            return context.output.json(&answer);
        }
        context.output.line(&format!("{}: the signature holds", context.output.paint.good("valid")))?;
        table.field("signer", verified.signer().to_string());
        table.field("note", expired.map(|at| format!("it expired on {at}")).unwrap_or_default());
        context.output.table(table)
    }
}

/// Founds the chain that the file holds and checks the record against the keys that stood at its sequence.
fn against_chain(
    signed: Signed<Record>,
    network: &Network,
    file: &Path,
) -> Result<Result<Verified<Record>, String>, Failure> {
    let wrong = |problem: &str| {
        Failure::failed(format!("{} is not a chain of network {}: {problem}", file.display(), network.as_str()))
    };
    let bytes = read(file)?;
    let mut waiting = Vec::new();
    for envelope in split(&bytes).ok_or_else(|| wrong("its bytes are not a sequence of envelopes"))? {
        waiting.push(decode(envelope)?);
    }
    let first = waiting.iter().position(|operation| operation.claims().header().organisation.is_none());
    let genesis = waiting.swap_remove(first.ok_or_else(|| wrong("the first operation is missing"))?);
    let known: Vec<RecordId> = waiting.iter().map(Signed::id).chain([genesis.id()]).collect();
    let (mut chain, founded) =
        Chain::found(genesis, network, Timestamp(0)).map_err(|problem| wrong(&problem.to_string()))?;
    let mut operations = vec![founded];
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut left = Vec::new();
        for operation in waiting {
            match chain.add(operation.clone(), network, Timestamp(0)) {
                Ok(added) => operations.push(added),
                Err(mentormesh_protocol::chain::ChainError::Orphan) => left.push(operation),
                Err(problem) => return Err(wrong(&problem.to_string())),
            }
        }
        if left.len() == before {
            return Err(wrong("an operation follows none of the others"));
        }
        waiting = left;
    }
    if known.contains(&signed.id()) {
        let own = operations.into_iter().find(|operation| operation.id() == signed.id());
        return Ok(own.ok_or_else(|| "the operation is not on the chain".to_owned()));
    }
    if signed.claims().header().organisation != Some(chain.organisation()) {
        return Ok(Err(format!("it is of another organisation than the chain, which is {}'s", chain.organisation())));
    }
    Ok(rules::verify(signed, network, &chain).map_err(|problem| problem.to_string()))
}

/// Takes a CBOR sequence apart.
fn split(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let mut parts = Vec::new();
    while decoder.position() < bytes.len() {
        let start = decoder.position();
        decoder.skip().ok()?;
        parts.push(bytes.get(start..decoder.position())?);
    }
    Some(parts)
}

/// What the record is about, in the words of its kind.
fn about(header: &Header) -> String {
    if header.about.is_empty() { String::new() } else { base32().encode(&header.about) }
}

fn describe(table: &mut Table, signed: &Signed<Record>) {
    let header = signed.claims().header();
    table.field("record", signed.id().to_string());
    table.field("kind", format!("{} (version {})", header.kind.as_str(), header.version));
    table.field("organisation", header.organisation.map(|id| id.to_string()).unwrap_or_default());
    table.field("about", about(header));
    table.field("sequence", header.sequence.to_string());
    table.field("issued", header.issued_at.to_string());
    table.field("expires", header.expires_at.map(|at| at.to_string()).unwrap_or_default());
    table.field("size", format!("{} bytes", signed.bytes().len()));
    if let Some(profile) = signed.claims().profile() {
        table.field("name", &profile.profile.display_name);
        table.field("headline", &profile.profile.headline);
        table.field("consent", format!("given on {}", profile.consented.given_on));
    }
    if let Some(withdrawal) = signed.claims().withdrawal() {
        table.field("erases", if withdrawal.erase { "yes" } else { "no" });
    }
    if let Body::Card(card) = signed.claims().body() {
        table.field("name", &card.name);
    }
    if matches!(header.kind, Kind::Other(_)) {
        table.field("note", "a kind that this version carries without reading it");
    }
}

fn as_json(signed: &Signed<Record>) -> Value {
    let header = signed.claims().header();
    json!({
        "id": signed.id(),
        "kind": header.kind.as_str(),
        "version": header.version,
        "organisation": header.organisation,
        "about": about(header),
        "sequence": header.sequence,
        "issued_at": header.issued_at,
        "expires_at": header.expires_at,
        "bytes": signed.bytes().len(),
        "profile": signed.claims().profile().map(|body| &body.profile),
    })
}
