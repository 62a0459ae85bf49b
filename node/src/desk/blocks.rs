//! Blocks of persons by mentors: what was reported of them, and which were lifted. That a block was made is told by the
//! introduction, which stands `blocked`.

use mentormesh_protocol::api::{Block, Direction};
use mentormesh_protocol::{IntroductionId, ProfileId, Timestamp};
use sqlx::Row as _;

use super::handle::{big, count};
use super::{Desk, DeskError, Write};

/// That the block which an introduction made stands still.
macro_rules! not_lifted {
    () => {
        "NOT EXISTS (SELECT 1 FROM blocks_lifted b
            WHERE b.introduction = introductions.id AND b.direction = introductions.direction)"
    };
}
pub(super) use not_lifted;

impl Desk {
    /// What is kept beside the block that an introduction made. Reports are the mentor's side's.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn block(&self, id: &IntroductionId, direction: Direction) -> Result<Block, DeskError> {
        let query = "SELECT lifted_at FROM blocks_lifted WHERE introduction = $1 AND direction = $2";
        let query = sqlx::query_scalar(query).bind(id.0.as_slice()).bind(direction.as_str());
        let lifted_at: Option<i64> = query.fetch_optional(self.reads()).await?;
        let report = match direction {
            Direction::Sent => None,
            Direction::Received => {
                let query = sqlx::query("SELECT text FROM reports WHERE introduction = $1").bind(id.0.as_slice());
                query.fetch_optional(self.reads()).await?.map(|row| row.try_get("text")).transpose()?
            }
        };
        Ok(Block { report, lifted_at: lifted_at.map(|at| Timestamp(count(at))) })
    }

    /// Whether a person put a mentor aside.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn is_put_aside(&self, person: &[u8; 16], mentor: &ProfileId) -> Result<bool, DeskError> {
        let query = "SELECT COUNT(*) FROM mentors_put_aside WHERE person = $1 AND organisation = $2 AND subject = $3";
        let query = sqlx::query_scalar(query).bind(person.as_slice());
        let query = query.bind(mentor.organisation.0.as_slice()).bind(mentor.subject.0.as_slice());
        Ok(count(query.fetch_one(self.reads()).await?) > 0)
    }
}

impl Write {
    /// Lifts the block that an introduction made, for the node's own side of it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn lift_block(&mut self, id: &IntroductionId, direction: Direction, by: &str) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO blocks_lifted (introduction, direction, lifted_at, lifted_by) VALUES ($1, $2, $3, $4)
            ON CONFLICT (introduction, direction) DO NOTHING";
        let query = sqlx::query(query).bind(id.0.as_slice()).bind(direction.as_str()).bind(now).bind(by);
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Keeps what a mentor reports of a person.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn report(&mut self, id: &IntroductionId, text: &str, by: &str) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO reports (introduction, text, recorded_at, recorded_by) VALUES ($1, $2, $3, $4)
            ON CONFLICT (introduction) DO NOTHING";
        let query = sqlx::query(query).bind(id.0.as_slice()).bind(text).bind(now).bind(by);
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Puts a mentor aside for a person, or takes that back.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn put_aside(&mut self, person: &[u8; 16], mentor: &ProfileId, aside: bool) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = if aside {
            "INSERT INTO mentors_put_aside (person, organisation, subject, recorded_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (person, organisation, subject) DO NOTHING"
        } else {
            "DELETE FROM mentors_put_aside
            WHERE person = $1 AND organisation = $2 AND subject = $3 AND recorded_at <= $4"
        };
        let query = sqlx::query(query).bind(person.as_slice()).bind(mentor.organisation.0.as_slice());
        query.bind(mentor.subject.0.as_slice()).bind(now).execute(self.connection()).await?;
        Ok(())
    }
}
