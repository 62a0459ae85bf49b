//! The register of requests that this organisation has to answer within thirty days, and how one is closed.

use mentormesh_protocol::api::{ErrorCode, List, Problem, RightsClose, RightsRequestView};
use mentormesh_protocol::duty::{DutyBody, RightsRequest, Settled};
use mentormesh_protocol::limits::PAGE;
use mentormesh_protocol::{MessageId, Timestamp};

use super::Rights;
use super::handle::draw;
use crate::desk::{DeskError, RightsPlace, RightsRow, Write};

/// Requests that may be open at once, and of these through one other organisation's door: more are no longer people.
const OPEN: u64 = 2_000;
const OPEN_OF_DOOR: u64 = 500;

impl Rights {
    /// Puts a request into the register and tells the registrars; false if as many are open as may.
    pub(super) async fn register(&self, write: &mut Write, row: &RightsRow) -> Result<bool, DeskError> {
        let (open, of_door) = write.rights_room(&row.door).await?;
        if open >= OPEN || (row.door != self.own() && of_door >= OPEN_OF_DOOR) {
            return Ok(false);
        }
        if write.register_rights(row).await? {
            write.note("node", "rights.received", &row.id.to_string(), row.request.kind.as_str()).await?;
            self.tell_registrars(write, row).await?;
        }
        Ok(true)
    }

    /// A page of requests to answer, the most urgent first; closed ones after them.
    ///
    /// # Errors
    /// When `after` is not the `next` of another page, or the desk fails.
    pub async fn list(
        &self,
        open: Option<bool>,
        limit: usize,
        after: Option<&str>,
    ) -> Result<List<RightsRequestView>, Problem> {
        let after = after.map_or(Ok((false, Timestamp(0), MessageId([0; 16]))), place)?;
        let limit = u32::try_from(limit.clamp(1, PAGE)).unwrap_or(1);
        // One more than asked tells whether there is a next page.
        let (mut rows, total) = self.desk.rights_requests(open, after, limit + 1).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|last| {
            let closed = u8::from(last.settled.is_some());
            format!("{closed}.{}.{}", last.due_at.0, last.id)
        });
        Ok(List { items: rows.into_iter().map(|row| self.view(row)).collect(), total, next })
    }

    /// What was asked from this address, the oldest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn of_address(&self, address: &str) -> Result<Vec<RightsRequestView>, Problem> {
        let rows = self.desk.rights_of(address).await?;
        Ok(rows.into_iter().map(|row| self.view(row)).collect())
    }

    /// One of them.
    ///
    /// # Errors
    /// When there is none of this number.
    pub async fn show(&self, id: &MessageId) -> Result<RightsRequestView, Problem> {
        let row = self.desk.rights_request(id).await?.ok_or_else(|| absent(id))?;
        Ok(self.view(row))
    }

    /// Closes a request: the asker learns of it at the door where it was filed, and by mail.
    ///
    /// # Errors
    /// When there is none of this number, it is closed, or the message is too long.
    pub async fn close(&self, id: &MessageId, how: RightsClose, by: &str) -> Result<RightsRequestView, Problem> {
        let row = self.desk.rights_request(id).await?.ok_or_else(|| absent(id))?;
        let mut write = self.desk.write().await?;
        let message = how.message.map(|text| text.trim().replace("\r\n", "\n")).filter(|text| !text.is_empty());
        let settled = Settled { request: *id, outcome: how.outcome, message, at: write.now() };
        settled.check()?;
        if !write.close_rights(&settled).await? {
            return Err(Problem::new(ErrorCode::Conflict, "this request is closed already"));
        }
        if row.door == self.own() {
            write.filed_settled(&settled).await?;
        } else {
            let id = MessageId(draw()?);
            write.queue_duty(&self.duty("settled", id, row.door, DutyBody::Settled(settled.clone()))?).await?;
        }
        self.tell_asker(&mut write, &row, &settled).await?;
        write.note(by, "rights.closed", &id.to_string(), settled.outcome.as_str()).await?;
        write.commit().await?;
        self.wake();
        self.show(id).await
    }

    /// The numbers of requests from one to another.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn ids_between(&self, low: &MessageId, high: &MessageId) -> Result<Vec<MessageId>, Problem> {
        Ok(self.desk.rights_between(low, high).await?)
    }

    fn view(&self, row: RightsRow) -> RightsRequestView {
        let RightsRequest { kind, subject, name, words, reply } = row.request;
        RightsRequestView {
            id: row.id,
            kind,
            door: self.organisation(row.door),
            listing: subject,
            name,
            words,
            reply,
            received_at: row.received_at,
            due_at: row.due_at,
            overdue: row.settled.is_none() && row.due_at < self.clock.now(),
            outcome: row.settled.as_ref().map(|settled| settled.outcome),
            closed_at: row.settled.as_ref().map(|settled| settled.at),
            message: row.settled.and_then(|settled| settled.message),
        }
    }
}

/// Where a page ended: whether the last request was closed, when it is due, its number.
fn place(next: &str) -> Result<RightsPlace, Problem> {
    let read = || {
        let (closed, rest) = next.split_once('.')?;
        let (due, id) = rest.split_once('.')?;
        let closed = match closed {
            "0" => false,
            "1" => true,
            _ => return None,
        };
        Some((closed, Timestamp(due.parse().ok()?), id.parse().ok()?))
    };
    read().ok_or_else(|| Problem::field("after", format!("`{next}` is not the `next` of a page of requests")))
}

fn absent(id: &MessageId) -> Problem {
    let problem = format!("no request about somebody's rights has the number {}", id.short());
    Problem::new(ErrorCode::NotFound, problem).with_next("mentormesh rights list")
}
