//! Requests about somebody's rights: those filed at this node, without what was asked, and those that this organisation
//! has to answer.

use mentormesh_protocol::duty::{RightsKind, RightsOutcome, RightsRequest, Settled};
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::{MessageId, OrganisationId, PeerId, Subject, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, bytes, count};
use super::{Desk, DeskError, Write, fold};

/// How long after its end a request that was filed here can be looked up, and how long a closed one stays in the
/// register: longer than any copy of it may be on its way.
const KEPT: u64 = 90 * DAY;

/// A request that was filed at this node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledRow {
    /// Its number.
    pub id: MessageId,
    /// Which right.
    pub kind: RightsKind,
    /// Who answers.
    pub organisation: OrganisationId,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// By when it is to be answered.
    pub due_at: Timestamp,
    /// When it was delivered, and the node that signed for it.
    pub delivered: Option<(Timestamp, PeerId)>,
    /// When it could not be delivered for good.
    pub failed_at: Option<Timestamp>,
    /// What became of it.
    pub settled: Option<Settled>,
}

/// A request that this organisation has to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RightsRow {
    /// Its number.
    pub id: MessageId,
    /// The organisation at whose node it was filed.
    pub door: OrganisationId,
    /// What is asked.
    pub request: RightsRequest,
    /// The language of the page where it was asked, if it was one of this node's.
    pub locale: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
    /// By when it is to be answered.
    pub due_at: Timestamp,
    /// What became of it.
    pub settled: Option<Settled>,
}

/// After which request a page begins: whether that is closed, when it is due, its number.
pub type RightsPlace = (bool, Timestamp, MessageId);

impl Desk {
    /// The request that was filed here under a reference of this hash.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn filed(&self, reference: &[u8; 32]) -> Result<Option<FiledRow>, DeskError> {
        let query = sqlx::query("SELECT * FROM rights_filed WHERE reference = $1").bind(reference.as_slice());
        query.fetch_optional(self.reads()).await?.as_ref().map(filed).transpose()
    }

    /// Requests that this organisation has to answer, or did: open ones first, the most urgent before the others; how
    /// many there are in all.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn rights_requests(
        &self,
        open: Option<bool>,
        after: RightsPlace,
        most: u32,
    ) -> Result<(Vec<RightsRow>, u64), DeskError> {
        let open = open.map(i64::from);
        let filter = "($1 IS NULL OR (closed_at IS NULL) = $1)";
        let query = format!(
            "SELECT * FROM rights_requests WHERE {filter}
            AND (closed_at IS NOT NULL, due_at, id) > ($2, $3, $4)
            ORDER BY closed_at IS NOT NULL, due_at, id LIMIT $5"
        );
        let (closed, due, id) = after;
        let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(open).bind(i64::from(closed)).bind(big(due.0));
        let query = query.bind(id.0.to_vec()).bind(i64::from(most));
        let rows = query.fetch_all(self.reads()).await?.iter().map(request).collect::<Result<_, _>>()?;
        let query = format!("SELECT COUNT(*) FROM rights_requests WHERE {filter}");
        let total = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).bind(open).fetch_one(self.reads()).await?;
        Ok((rows, count(total)))
    }

    /// Requests that this organisation has to answer, or did, from one address, however it is written.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn rights_of(&self, address: &str) -> Result<Vec<RightsRow>, DeskError> {
        let rows =
            sqlx::query("SELECT * FROM rights_requests ORDER BY received_at, id").fetch_all(self.reads()).await?;
        let is_own = |row: &&Row| row.try_get("reply").is_ok_and(|reply: &str| fold(reply) == fold(address));
        rows.iter().filter(is_own).map(request).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn rights_request(&self, id: &MessageId) -> Result<Option<RightsRow>, DeskError> {
        let query = sqlx::query("SELECT * FROM rights_requests WHERE id = $1").bind(id.0.as_slice());
        query.fetch_optional(self.reads()).await?.as_ref().map(request).transpose()
    }

    /// The numbers of requests from one to another.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn rights_between(&self, low: &MessageId, high: &MessageId) -> Result<Vec<MessageId>, DeskError> {
        let query = sqlx::query("SELECT id FROM rights_requests WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT 2");
        let rows = query.bind(low.0.as_slice()).bind(high.0.as_slice()).fetch_all(self.reads()).await?;
        rows.iter().map(|row| Ok(MessageId(bytes(row, "id", "rights_requests.id")?))).collect()
    }

    /// How many requests are open, and how many of these are overdue.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn rights_open(&self) -> Result<(u64, u64), DeskError> {
        let query = "SELECT COUNT(*) AS waiting, COALESCE(SUM(CASE WHEN due_at < $1 THEN 1 ELSE 0 END), 0) AS overdue
            FROM rights_requests WHERE closed_at IS NULL";
        let row = sqlx::query(query).bind(big(self.now().0)).fetch_one(self.reads()).await?;
        Ok((count(row.try_get("waiting")?), count(row.try_get("overdue")?)))
    }
}

impl Write {
    /// Notes a request that was filed here.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn file_rights(&mut self, row: &FiledRow, reference: &[u8; 32]) -> Result<(), DeskError> {
        let query = "INSERT INTO rights_filed (id, reference, kind, organisation, filed_at, due_at)
            VALUES ($1, $2, $3, $4, $5, $6)";
        let query = sqlx::query(query).bind(row.id.0.as_slice()).bind(reference.as_slice()).bind(row.kind.as_str());
        let query = query.bind(row.organisation.0.as_slice()).bind(big(row.filed_at.0)).bind(big(row.due_at.0));
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Notes that a request which was filed here is delivered.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn filed_delivered(&mut self, id: &MessageId, node: &PeerId, receipt: &[u8]) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "UPDATE rights_filed SET delivered_at = $2, node = $3, receipt = $4, failed_at = NULL
            WHERE id = $1 AND delivered_at IS NULL";
        let query = sqlx::query(query).bind(id.0.as_slice()).bind(now).bind(node.to_string()).bind(receipt);
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Notes that a request which was filed here cannot be delivered.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn filed_failed(&mut self, id: &MessageId) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = sqlx::query("UPDATE rights_filed SET failed_at = $2 WHERE id = $1 AND delivered_at IS NULL");
        query.bind(id.0.as_slice()).bind(now).execute(self.connection()).await?;
        Ok(())
    }

    /// Whether a request which was filed here is for this organisation to answer.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn filed_for(&mut self, id: &MessageId, organisation: &OrganisationId) -> Result<bool, DeskError> {
        let query = "SELECT COUNT(*) FROM rights_filed WHERE id = $1 AND organisation = $2";
        let query = sqlx::query_scalar(query).bind(id.0.as_slice()).bind(organisation.0.as_slice());
        Ok(count(query.fetch_one(self.connection()).await?) > 0)
    }

    /// Notes what became of a request which was filed here.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn filed_settled(&mut self, settled: &Settled) -> Result<(), DeskError> {
        let query = "UPDATE rights_filed SET outcome = $2, message = $3, answered_at = $4
            WHERE id = $1 AND answered_at IS NULL";
        let query = sqlx::query(query).bind(settled.request.0.as_slice()).bind(settled.outcome.as_str());
        query.bind(settled.message.as_deref()).bind(big(settled.at.0)).execute(self.connection()).await?;
        Ok(())
    }

    /// Puts a request into the register; false if it is there.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn register_rights(&mut self, row: &RightsRow) -> Result<bool, DeskError> {
        let RightsRequest { kind, subject, name, words, reply } = &row.request;
        let query =
            "INSERT INTO rights_requests (id, door, kind, subject, name, words, reply, received_at, due_at, locale)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING";
        let query = sqlx::query(query).bind(row.id.0.as_slice()).bind(row.door.0.as_slice()).bind(kind.as_str());
        let query = query.bind(subject.map(|subject| subject.0.to_vec())).bind(name.as_deref()).bind(words);
        let query = query.bind(reply).bind(big(row.received_at.0)).bind(big(row.due_at.0)).bind(row.locale.as_deref());
        Ok(query.execute(self.connection()).await?.rows_affected() > 0)
    }

    /// Whether a request is in the register.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn has_rights(&mut self, id: &MessageId) -> Result<bool, DeskError> {
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM rights_requests WHERE id = $1").bind(id.0.as_slice());
        Ok(count(query.fetch_one(self.connection()).await?) > 0)
    }

    /// How many requests are open, and how many of these came through one door.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn rights_room(&mut self, door: &OrganisationId) -> Result<(u64, u64), DeskError> {
        let query = "SELECT COUNT(*) AS waiting, COALESCE(SUM(CASE WHEN door = $1 THEN 1 ELSE 0 END), 0) AS of_door
            FROM rights_requests WHERE closed_at IS NULL";
        let row = sqlx::query(query).bind(door.0.as_slice()).fetch_one(self.connection()).await?;
        Ok((count(row.try_get("waiting")?), count(row.try_get("of_door")?)))
    }

    /// Closes a request; false if it was closed before.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn close_rights(&mut self, settled: &Settled) -> Result<bool, DeskError> {
        let query = "UPDATE rights_requests SET outcome = $2, message = $3, closed_at = $4
            WHERE id = $1 AND closed_at IS NULL";
        let query = sqlx::query(query).bind(settled.request.0.as_slice()).bind(settled.outcome.as_str());
        let query = query.bind(settled.message.as_deref()).bind(big(settled.at.0));
        Ok(query.execute(self.connection()).await?.rows_affected() > 0)
    }

    /// Forgets requests that ended long ago, with what was asked and where it was answered.
    pub(super) async fn sweep_rights(&mut self) -> Result<(), DeskError> {
        let before = big(self.now().minus(KEPT).0);
        for query in [
            "DELETE FROM rights_requests WHERE closed_at < $1",
            "DELETE FROM rights_filed WHERE COALESCE(answered_at, due_at) < $1",
        ] {
            sqlx::query(query).bind(before).execute(self.connection()).await?;
        }
        Ok(())
    }
}

fn time(row: &Row, column: &str) -> Result<Option<Timestamp>, DeskError> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(|at| Timestamp(count(at))))
}

fn word<T: std::str::FromStr>(row: &Row, column: &str, what: &'static str) -> Result<Option<T>, DeskError> {
    let word: Option<String> = row.try_get(column)?;
    word.map(|word| word.parse()).transpose().map_err(|_| DeskError::Unreadable { what })
}

fn settled(row: &Row, ended: &str) -> Result<Option<Settled>, DeskError> {
    let (outcome, at): (Option<RightsOutcome>, _) = (word(row, "outcome", "rights.outcome")?, time(row, ended)?);
    let (Some(outcome), Some(at)) = (outcome, at) else { return Ok(None) };
    let request = MessageId(bytes(row, "id", "rights.id")?);
    Ok(Some(Settled { request, outcome, message: row.try_get("message")?, at }))
}

fn kind(row: &Row) -> Result<RightsKind, DeskError> {
    word(row, "kind", "rights.kind")?.ok_or(DeskError::Unreadable { what: "rights.kind" })
}

fn filed(row: &Row) -> Result<FiledRow, DeskError> {
    let node: Option<PeerId> = word(row, "node", "rights_filed.node")?;
    Ok(FiledRow {
        id: MessageId(bytes(row, "id", "rights_filed.id")?),
        kind: kind(row)?,
        organisation: OrganisationId(bytes(row, "organisation", "rights_filed.organisation")?),
        filed_at: Timestamp(count(row.try_get("filed_at")?)),
        due_at: Timestamp(count(row.try_get("due_at")?)),
        delivered: time(row, "delivered_at")?.zip(node),
        failed_at: time(row, "failed_at")?,
        settled: settled(row, "answered_at")?,
    })
}

fn request(row: &Row) -> Result<RightsRow, DeskError> {
    let subject: Option<Vec<u8>> = row.try_get("subject")?;
    let subject = subject.map(|bytes| Subject::from_slice(&bytes)).transpose();
    let request = RightsRequest {
        kind: kind(row)?,
        subject: subject.map_err(|_| DeskError::Unreadable { what: "rights_requests.subject" })?,
        name: row.try_get("name")?,
        words: row.try_get("words")?,
        reply: row.try_get("reply")?,
    };
    Ok(RightsRow {
        id: MessageId(bytes(row, "id", "rights_requests.id")?),
        door: OrganisationId(bytes(row, "door", "rights_requests.door")?),
        request,
        locale: row.try_get("locale")?,
        received_at: Timestamp(count(row.try_get("received_at")?)),
        due_at: Timestamp(count(row.try_get("due_at")?)),
        settled: settled(row, "closed_at")?,
    })
}
