//! `profile receipts`: who confirmed an erasure, who has not yet, and when every copy is gone anyway.

use clap::Args;
use mentormesh_protocol::api::ErasureReceipt;

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::Table;

const EXAMPLES: &str = "Examples:
  mentormesh profile receipts k3v9qa2mnbx4tq7zr5wd6yhcje
  mentormesh --json profile receipts k3v9qa2m | jq '.items[].state'";

/// Who confirmed that an erased profile is gone there
///
/// Every organisation is there that said it held profiles of yours: confirmed by a signed receipt of its node, pending,
/// or expired, which means that its copy has run out by itself.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Receipts {
    /// The listing's id, whole once the listing is gone
    #[arg(value_name = "ID")]
    id: String,
}

impl Receipts {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let answer = client.get(&format!("/listings/{}/receipts", super::super::segment(&self.id)?))?;
        if context.output.answer(&answer)? {
            return Ok(());
        }
        let items = answer.get("items").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
        if items.is_empty() {
            return context.output.line("erased; no other organisation said that it held profiles of yours");
        }
        let mut table = Table::new(&["organisation", "state", "at", "gone by", "node"]);
        for item in &items {
            let ErasureReceipt { organisation, node, state, at, by_date } = typed(item)?;
            table.row([
                organisation.name,
                state.as_str().to_owned(),
                at.map(|at| at.to_string()).unwrap_or_default(),
                by_date.to_string(),
                node.map(|node| node.to_string()).unwrap_or_default(),
            ]);
        }
        context.output.table(table)
    }
}
