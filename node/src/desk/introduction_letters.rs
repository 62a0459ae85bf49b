//! The letters of introductions and what happened to them, in the order in which it happened here.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::{Fact, State, What};
use mentormesh_protocol::{IntroductionId, LetterId, MessageId, OrganisationId, Timestamp};
use sqlx::Row as _;

use super::handle::{Connection, Row, big, count};
use super::introduction_words::{direction_of, id_of, organisation_of, state_of};
use super::{Desk, DeskError, Write};

/// A letter of an introduction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// The introduction.
    pub introduction: IntroductionId,
    /// The side of it that keeps this.
    pub direction: Direction,
    /// The other side's organisation.
    pub organisation: OrganisationId,
    /// Whether this side wrote it.
    pub own: bool,
    /// What the exchange needs of it.
    pub fact: Fact,
    /// Its bytes; gone once they hold an address that must not be kept.
    pub signed: Option<Vec<u8>>,
}

/// Something that happened to an introduction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// When, by this node's clock.
    pub at: Timestamp,
    /// The state that it led to.
    pub state: State,
    /// Who did it: mentee, mentor or node.
    pub by: String,
    /// The letter that did it.
    pub message: Option<MessageId>,
}

/// Kinds of letters as the tables write them: what a letter does, whole.
const KINDS: [(&str, What); 10] = [
    ("request", What::Request),
    ("question", What::Question),
    ("answer", What::Answer),
    ("explore", What::Explore),
    ("accept", What::Accept),
    ("decline", What::Decline { blocked: false }),
    ("decline_blocked", What::Decline { blocked: true }),
    ("contact", What::Contact),
    ("withdraw", What::Withdraw { superseded: false }),
    ("withdraw_superseded", What::Withdraw { superseded: true }),
];

impl Desk {
    /// The letters of one side of an introduction, in the order in which they came.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn letters(&self, id: &IntroductionId, direction: Direction) -> Result<Vec<LetterRow>, DeskError> {
        letters(&mut *self.reads().acquire().await?, id, direction).await
    }

    /// What happened to one side of an introduction, oldest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn introduction_events(
        &self,
        id: &IntroductionId,
        direction: Direction,
    ) -> Result<Vec<EventRow>, DeskError> {
        let query = "SELECT at, state, doer, message FROM introduction_events
            WHERE introduction = $1 AND direction = $2 ORDER BY place";
        let query = sqlx::query(query).bind(id.0.as_slice()).bind(direction.as_str());
        let rows = query.fetch_all(self.reads()).await?;
        rows.iter()
            .map(|row| {
                let message: Option<&[u8]> = row.try_get("message")?;
                Ok(EventRow {
                    at: Timestamp(count(row.try_get("at")?)),
                    state: state_of(row.try_get("state")?)?,
                    by: row.try_get("doer")?,
                    message: message.map(message_of).transpose()?,
                })
            })
            .collect()
    }
}

impl Write {
    /// The letters of one side of an introduction, as this change sees them.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn letters(&mut self, id: &IntroductionId, direction: Direction) -> Result<Vec<LetterRow>, DeskError> {
        letters(self.connection(), id, direction).await
    }

    /// A letter that this side wrote.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn own_letter(
        &mut self,
        message: &MessageId,
        direction: Direction,
    ) -> Result<Option<LetterRow>, DeskError> {
        let query = "SELECT * FROM introduction_letters WHERE message = $1 AND direction = $2 AND own";
        let query = sqlx::query(query).bind(message.0.as_slice()).bind(direction.as_str());
        query.fetch_optional(self.connection()).await?.as_ref().map(read).transpose()
    }

    /// Keeps a letter; one that is there already stays as it is.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn add_letter(&mut self, letter: &LetterRow) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let fact = &letter.fact;
        let kind = KINDS.iter().find(|(_, what)| *what == fact.what).map_or("", |(word, _)| word);
        sqlx::query(
            "INSERT INTO introduction_letters (introduction, direction, message, place, organisation, own, letter,
                kind, step, issued_at, expires_at, arrives_by, recorded_at, signed, previous)
            SELECT $1, $2, $3, COALESCE(MAX(place), 0) + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
            FROM introduction_letters WHERE TRUE
            ON CONFLICT (introduction, direction, message) DO NOTHING",
        )
        .bind(letter.introduction.0.as_slice())
        .bind(letter.direction.as_str())
        .bind(fact.message.0.as_slice())
        .bind(letter.organisation.0.as_slice())
        .bind(letter.own)
        .bind(fact.letter.0.as_slice())
        .bind(kind)
        .bind(i64::from(fact.step))
        .bind(big(fact.issued_at.0))
        .bind(big(fact.expires_at.0))
        .bind(big(fact.arrives_by.0))
        .bind(now)
        .bind(letter.signed.as_deref())
        .bind(fact.previous.as_ref().map(|previous| previous.0.as_slice()))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Forgets a letter that does not count at the other side.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn remove_letter(&mut self, letter: &LetterRow) -> Result<(), DeskError> {
        let query = "DELETE FROM introduction_letters WHERE introduction = $1 AND direction = $2 AND message = $3";
        let query = sqlx::query(query).bind(letter.introduction.0.as_slice()).bind(letter.direction.as_str());
        query.bind(letter.fact.message.0.as_slice()).execute(self.connection()).await?;
        Ok(())
    }

    /// Forgets the bytes of a letter, which hold an address; that it was written stays.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn blank_letter(&mut self, letter: &LetterRow) -> Result<(), DeskError> {
        let query = "UPDATE introduction_letters SET signed = NULL
            WHERE introduction = $1 AND direction = $2 AND message = $3";
        let query = sqlx::query(query).bind(letter.introduction.0.as_slice()).bind(letter.direction.as_str());
        query.bind(letter.fact.message.0.as_slice()).execute(self.connection()).await?;
        Ok(())
    }

    /// Writes down what happened, as part of this change.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn introduction_event(
        &mut self,
        id: &IntroductionId,
        direction: Direction,
        event: &EventRow,
    ) -> Result<(), DeskError> {
        let query = "INSERT INTO introduction_events (introduction, direction, place, at, state, doer, message)
            SELECT $1, $2, COALESCE(MAX(place), 0) + 1, $3, $4, $5, $6 FROM introduction_events
            WHERE introduction = $1 AND direction = $2";
        let query = sqlx::query(query).bind(id.0.as_slice()).bind(direction.as_str()).bind(big(event.at.0));
        let query = query.bind(event.state.as_str()).bind(&event.by);
        let message = event.message.as_ref().map(|message| message.0.as_slice());
        query.bind(message).execute(self.connection()).await?;
        Ok(())
    }
}

async fn letters(
    connection: &mut Connection,
    id: &IntroductionId,
    direction: Direction,
) -> Result<Vec<LetterRow>, DeskError> {
    let query = "SELECT * FROM introduction_letters WHERE introduction = $1 AND direction = $2 ORDER BY place";
    let query = sqlx::query(query).bind(id.0.as_slice()).bind(direction.as_str());
    query.fetch_all(connection).await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<LetterRow, DeskError> {
    let kind: &str = row.try_get("kind")?;
    let what = KINDS.iter().find(|(word, _)| *word == kind).map(|(_, what)| *what);
    let moment = |column| Ok::<_, DeskError>(Timestamp(count(row.try_get(column)?)));
    let unreadable = |what| DeskError::Unreadable { what };
    Ok(LetterRow {
        introduction: id_of(row.try_get("introduction")?)?,
        direction: direction_of(row.try_get("direction")?, "introduction_letters.direction")?,
        organisation: organisation_of(row.try_get("organisation")?)?,
        own: row.try_get("own")?,
        fact: Fact {
            message: message_of(row.try_get("message")?)?,
            letter: letter_of(row.try_get("letter")?)?,
            previous: row.try_get::<Option<&[u8]>, _>("previous")?.map(letter_of).transpose()?,
            what: what.ok_or(unreadable("introduction_letters.kind"))?,
            step: u16::try_from(row.try_get::<i64, _>("step")?).map_err(|_| unreadable("introduction_letters.step"))?,
            issued_at: moment("issued_at")?,
            expires_at: moment("expires_at")?,
            arrives_by: moment("arrives_by")?,
        },
        signed: row.try_get("signed")?,
    })
}

fn message_of(bytes: &[u8]) -> Result<MessageId, DeskError> {
    MessageId::from_slice(bytes).map_err(|_| DeskError::Unreadable { what: "a letter's message id" })
}

fn letter_of(bytes: &[u8]) -> Result<LetterId, DeskError> {
    LetterId::from_slice(bytes).map_err(|_| DeskError::Unreadable { what: "a letter's id" })
}
