//! Introductions as rows: one side of each, as its exchange left it.
//!
//! Where an introduction stands is decided by its letters; this file finds, keeps and counts. Numbers that a rule
//! bounds are counted inside the change that obeys it, so that two at once cannot both be the last.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::{Contact, Delivery, Refused, State};
use mentormesh_protocol::record::OfferKind;
use mentormesh_protocol::{IntroductionId, OrganisationId, Subject, Timestamp};
use sqlx::Row as _;

use super::handle::{Connection, Row, big, count};
use super::introduction_words::{
    delivery_of, delivery_word, direction_of, id_of, organisation_of, refusal, sixteen, state_of,
};
use super::{Desk, DeskError, Write};

/// One side of an introduction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntroductionRow {
    /// Its id, the same on both nodes.
    pub id: IntroductionId,
    /// Whether this side asked or was asked.
    pub direction: Direction,
    /// The other side's organisation.
    pub organisation: OrganisationId,
    /// The listing of the mentor who is asked.
    pub subject: Subject,
    /// The mentee, as the mentor's organisation tells them apart.
    pub mentee_ref: [u8; 16],
    /// The mentee, as this organisation tells its own apart; only where they asked.
    pub person: Option<[u8; 16]>,
    /// The name the mentee chose.
    pub mentee_name: String,
    /// The mentee's address, while a yes may still come; only where they asked.
    pub mentee_email: Option<String>,
    /// First line.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Why this mentor.
    pub why_you: Option<String>,
    /// What is asked for.
    pub offer: OfferKind,
    /// How the request fares.
    pub delivery: Delivery,
    /// Where it stood when it last changed.
    pub state: State,
    /// Until when it waits.
    pub expires_at: Timestamp,
    /// When it was asked.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// The other side's contact, while the state is accepted.
    pub contact: Option<Contact>,
}

/// One person of this organisation, as the tables know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whose {
    /// Them as a mentee.
    pub person: [u8; 16],
    /// Their listing, if they are a mentor.
    pub listing: Option<Subject>,
}

impl Whose {
    /// Whether this side of an introduction is theirs.
    #[must_use]
    pub fn has(&self, row: &IntroductionRow) -> bool {
        match row.direction {
            Direction::Sent => row.person == Some(self.person),
            Direction::Received => self.listing == Some(row.subject),
        }
    }
}

/// Which introductions to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IntroductionFilter {
    /// Only this side.
    pub direction: Option<Direction>,
    /// Only those that stand so.
    pub state: Option<State>,
    /// Only those where somebody still has to say something.
    pub open: bool,
    /// Only what is this person's.
    pub of: Option<Whose>,
    /// Only those that are older than this one.
    pub after: Option<(Timestamp, IntroductionId)>,
    /// How many at most.
    pub limit: u32,
}

/// The states in which somebody still has to say something, as the tables write them.
macro_rules! open_states {
    () => {
        "('queued', 'relayed', 'delivered', 'notified', 'question', 'answered', 'exploring')"
    };
}
pub(super) use open_states;

macro_rules! found {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM introductions WHERE ($1 = '' OR direction = $1) AND ($2 = '' OR state = $2)
            AND ($3 = 0 OR state IN ",
            open_states!(),
            ") AND ($4 = 0 OR (direction = 'sent' AND person = $5) OR (direction = 'received' AND subject = $6)) ",
            $rest
        )
    };
}

impl Desk {
    /// One side of an introduction.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn introduction(
        &self,
        id: &IntroductionId,
        direction: Direction,
    ) -> Result<Option<IntroductionRow>, DeskError> {
        one(&mut *self.reads().acquire().await?, id, direction).await
    }

    /// The introductions that a filter finds, newest first, and how many there are in all.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn introductions(&self, filter: &IntroductionFilter) -> Result<(Vec<IntroductionRow>, u64), DeskError> {
        let direction = filter.direction.map_or("", Direction::as_str);
        let state = filter.state.map_or("", State::as_str);
        let open = i64::from(filter.open);
        let (at, id) = filter.after.unwrap_or((Timestamp(u64::MAX), IntroductionId([u8::MAX; 16])));
        let query = found!(
            "*",
            "AND (created_at < $7 OR (created_at = $7 AND id < $8))
            ORDER BY created_at DESC, id DESC, direction LIMIT $9"
        );
        let (owned, person) = (i64::from(filter.of.is_some()), filter.of.map(|whose| whose.person.to_vec()));
        let listing = filter.of.and_then(|whose| whose.listing).map(|subject| subject.0.to_vec());
        let query = sqlx::query(query).bind(direction).bind(state).bind(open).bind(owned).bind(&person).bind(&listing);
        let query = query.bind(big(at.0)).bind(id.0.as_slice()).bind(i64::from(filter.limit));
        let rows = query.fetch_all(self.reads()).await?;
        let query = sqlx::query_scalar(found!("COUNT(*)", "")).bind(direction).bind(state).bind(open);
        let query = query.bind(owned).bind(&person).bind(&listing);
        let total = query.fetch_one(self.reads()).await?;
        Ok((rows.iter().map(read).collect::<Result<_, _>>()?, count(total)))
    }

    /// The ids between two, both included: at most two, enough to tell whether a short id is unambiguous.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn introductions_between(
        &self,
        low: &IntroductionId,
        high: &IntroductionId,
    ) -> Result<Vec<IntroductionId>, DeskError> {
        let query = "SELECT DISTINCT id FROM introductions WHERE id BETWEEN $1 AND $2 LIMIT 2";
        let query = sqlx::query_scalar(query).bind(low.0.as_slice()).bind(high.0.as_slice());
        let found: Vec<Vec<u8>> = query.fetch_all(self.reads()).await?;
        found.iter().map(|bytes| id_of(bytes)).collect()
    }

    /// How many requests wait for a mentor's word, and when the oldest of them came.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn introductions_waiting(&self) -> Result<(u64, Option<Timestamp>), DeskError> {
        let query = "SELECT COUNT(*) AS many, MIN(created_at) AS oldest FROM introductions
            WHERE direction = 'received' AND state IN ('delivered', 'notified', 'answered', 'exploring')
            AND expires_at >= $1";
        let row = sqlx::query(query).bind(big(self.now().0)).fetch_one(self.reads()).await?;
        let oldest: Option<i64> = row.try_get("oldest")?;
        Ok((count(row.try_get("many")?), oldest.map(|at| Timestamp(count(at)))))
    }
}

impl Write {
    /// One side of an introduction, as this change sees it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn introduction(
        &mut self,
        id: &IntroductionId,
        direction: Direction,
    ) -> Result<Option<IntroductionRow>, DeskError> {
        one(self.connection(), id, direction).await
    }

    /// Keeps a new introduction.
    ///
    /// # Errors
    /// When the desk fails, one with this id and direction included.
    pub async fn add_introduction(&mut self, row: &IntroductionRow) -> Result<(), DeskError> {
        sqlx::query(
            "INSERT INTO introductions (id, direction, organisation, subject, mentee_ref, person, mentee_name,
                mentee_email, title, purpose, why_you, offer, delivery, refusal, state, expires_at, created_at,
                changed_at, contact_name, contact_email)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        )
        .bind(row.id.0.as_slice())
        .bind(row.direction.as_str())
        .bind(row.organisation.0.as_slice())
        .bind(row.subject.0.as_slice())
        .bind(row.mentee_ref.as_slice())
        .bind(row.person.as_ref().map(<[u8; 16]>::as_slice))
        .bind(&row.mentee_name)
        .bind(&row.mentee_email)
        .bind(&row.title)
        .bind(&row.purpose)
        .bind(&row.why_you)
        .bind(row.offer.as_str())
        .bind(delivery_word(row.delivery))
        .bind(refusal(row.delivery).map(Refused::as_str))
        .bind(row.state.as_str())
        .bind(big(row.expires_at.0))
        .bind(big(row.created_at.0))
        .bind(big(row.changed_at.0))
        .bind(row.contact.as_ref().map(|contact| contact.name.as_str()))
        .bind(row.contact.as_ref().map(|contact| contact.email.as_str()))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Keeps what can change of an introduction: how it fares, where it stands, and the addresses.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn keep_introduction(&mut self, row: &IntroductionRow) -> Result<(), DeskError> {
        sqlx::query(
            "UPDATE introductions SET delivery = $3, refusal = $4, state = $5, expires_at = $6, changed_at = $7,
                mentee_email = $8, contact_name = $9, contact_email = $10 WHERE id = $1 AND direction = $2",
        )
        .bind(row.id.0.as_slice())
        .bind(row.direction.as_str())
        .bind(delivery_word(row.delivery))
        .bind(refusal(row.delivery).map(Refused::as_str))
        .bind(row.state.as_str())
        .bind(big(row.expires_at.0))
        .bind(big(row.changed_at.0))
        .bind(&row.mentee_email)
        .bind(row.contact.as_ref().map(|contact| contact.name.as_str()))
        .bind(row.contact.as_ref().map(|contact| contact.email.as_str()))
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

async fn one(
    connection: &mut Connection,
    id: &IntroductionId,
    direction: Direction,
) -> Result<Option<IntroductionRow>, DeskError> {
    let query = sqlx::query("SELECT * FROM introductions WHERE id = $1 AND direction = $2");
    let row = query.bind(id.0.as_slice()).bind(direction.as_str()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub(super) fn read(row: &Row) -> Result<IntroductionRow, DeskError> {
    let person: Option<&[u8]> = row.try_get("person")?;
    let name: Option<String> = row.try_get("contact_name")?;
    let email: Option<String> = row.try_get("contact_email")?;
    let moment = |column| Ok::<_, DeskError>(Timestamp(count(row.try_get(column)?)));
    Ok(IntroductionRow {
        id: id_of(row.try_get("id")?)?,
        direction: direction_of(row.try_get("direction")?, "introductions.direction")?,
        organisation: organisation_of(row.try_get("organisation")?)?,
        subject: subject_of(row.try_get("subject")?)?,
        mentee_ref: sixteen(row.try_get("mentee_ref")?)?,
        person: person.map(sixteen).transpose()?,
        mentee_name: row.try_get("mentee_name")?,
        mentee_email: row.try_get("mentee_email")?,
        title: row.try_get("title")?,
        purpose: row.try_get("purpose")?,
        why_you: row.try_get("why_you")?,
        offer: row
            .try_get::<&str, _>("offer")?
            .parse()
            .map_err(|_| DeskError::Unreadable { what: "introductions.offer" })?,
        delivery: delivery_of(row.try_get("delivery")?, row.try_get("refusal")?)?,
        state: state_of(row.try_get("state")?)?,
        expires_at: moment("expires_at")?,
        created_at: moment("created_at")?,
        changed_at: moment("changed_at")?,
        contact: name.zip(email).map(|(name, email)| Contact { name, email }),
    })
}

pub(super) fn subject_of(bytes: &[u8]) -> Result<Subject, DeskError> {
    Subject::from_slice(bytes).map_err(|_| DeskError::Unreadable { what: "introductions.subject" })
}
