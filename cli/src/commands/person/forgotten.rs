//! `person erase`: what was removed of somebody, who is asked to confirm that their listing went, and what stays.

use mentormesh_protocol::api::{ErasureReceipt, ErasureReceiptOfPerson};
use serde_json::json;

use crate::client::{Client, typed};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};
use crate::prompt;

/// Forgets everything about somebody, once whoever asks is sure, and says what was removed.
pub(super) fn erase(context: &Context, client: &Client, person: &str, yes: bool) -> Result<(), Failure> {
    let path = format!("/people/{}/erase", super::whom(person)?);
    let person = clean(person.trim()).to_string();
    prompt::confirm(yes, &format!("Everything about {person} is forgotten and cannot be brought back."))?;
    let answer = client.post(&path, &json!({}))?;
    if context.output.answer(&answer)? {
        return Ok(());
    }
    let receipt: ErasureReceiptOfPerson = typed(&answer)?;
    context.output.line(&format!("everything about them was forgotten at {}", receipt.erased_at))?;
    let mut table = Table::new(&["removed or emptied", "entries"]);
    for (kind, rows) in &receipt.removed {
        table.row([kind.clone(), rows.to_string()]);
    }
    table.row(["requests taken back".to_owned(), receipt.withdrawn.to_string()]);
    context.output.table(table)?;
    if let Some(listing) = receipt.listing {
        context.output.line(&format!("listing {listing} was taken off every node that hears of it"))?;
        receipts(context, &listing.to_string(), &receipt.receipts)?;
    }
    for stays in &receipt.stays {
        context.output.line(&format!("stays: {stays}"))?;
    }
    Ok(())
}

/// Who is asked to confirm that a listing went, and where that is seen later.
fn receipts(context: &Context, listing: &str, receipts: &[ErasureReceipt]) -> Result<(), Failure> {
    if receipts.is_empty() {
        return context.output.line("no other organisation said that it held it");
    }
    let mut table = Table::new(&["asked to confirm", "now", "gone by itself on"]);
    for receipt in receipts {
        let state = receipt.state.as_str().to_owned();
        table.row([receipt.organisation.name.clone(), state, receipt.by_date.date().to_string()]);
    }
    context.output.table(table)?;
    context.output.line(&format!("see later who did: mentormesh profile receipts {listing}"))
}
