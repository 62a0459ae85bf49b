//! Pauses: what the network is to see of a mentor's availability, and when that turns.
//!
//! A plan is written in the transaction of what decides it, and stays until what it says is signed and no date of it lies
//! ahead. So a pause that was promised is kept, whatever happens before it is signed.

use mentormesh_protocol::record::Availability;
use mentormesh_protocol::{Date, Subject, Timestamp};
use sqlx::Row as _;

use super::handle::{Connection, Row, big};
use super::introductions::subject_of;
use super::{Desk, DeskError, Write};

impl Desk {
    /// Plans whose time has come, at most `most`.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn due_plans(&self, most: u32) -> Result<Vec<(Subject, Availability)>, DeskError> {
        let query = "SELECT subject, availability FROM availability_plans WHERE turns_at <= $1
            ORDER BY turns_at, subject LIMIT $2";
        let query = sqlx::query(query).bind(big(self.now().0)).bind(i64::from(most));
        let plan = |row: &Row| Ok((subject_of(row.try_get("subject")?)?, read(row)?));
        query.fetch_all(self.reads()).await?.iter().map(plan).collect()
    }

    /// What is planned for one listing.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn availability_plan(&self, subject: &Subject) -> Result<Option<Availability>, DeskError> {
        plan_of(&mut *self.reads().acquire().await?, subject).await
    }
}

impl Write {
    /// What is planned for one listing, as this change sees it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn availability_plan(&mut self, subject: &Subject) -> Result<Option<Availability>, DeskError> {
        plan_of(self.connection(), subject).await
    }

    /// Plans what the network is to see, to be signed at a moment; with none, nothing is planned any more.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn plan_availability(
        &mut self,
        subject: &Subject,
        availability: &Availability,
        turns_at: Option<Timestamp>,
    ) -> Result<(), DeskError> {
        let Some(turns_at) = turns_at else {
            let query = sqlx::query("DELETE FROM availability_plans WHERE subject = $1").bind(subject.0.as_slice());
            query.execute(self.connection()).await?;
            return Ok(());
        };
        let text = serde_json::to_string(availability);
        let text = text.map_err(|_| DeskError::Unreadable { what: "the availability to be kept" })?;
        let query = "INSERT INTO availability_plans (subject, availability, turns_at) VALUES ($1, $2, $3)
            ON CONFLICT (subject) DO UPDATE SET availability = excluded.availability, turns_at = excluded.turns_at";
        let query = sqlx::query(query).bind(subject.0.as_slice()).bind(text).bind(big(turns_at.0));
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Changes the availability of a listing, and plans that the network sees it at once. Answers whether there is
    /// such a listing.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn set_availability(
        &mut self,
        subject: &Subject,
        availability: &Availability,
        by: &str,
    ) -> Result<bool, DeskError> {
        let Some(mut row) = self.listing(subject).await?.filter(|row| !row.is_erased()) else { return Ok(false) };
        row.content.profile.availability = availability.clone();
        self.put_listing(subject, &row.content, by).await?;
        let now = self.now();
        self.plan_availability(subject, availability, Some(now)).await?;
        Ok(true)
    }

    /// The availability of a listing, as its mentor last said it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn availability(&mut self, subject: &Subject) -> Result<Option<Availability>, DeskError> {
        let row = self.listing(subject).await?.filter(|row| !row.is_erased());
        Ok(row.map(|row| row.content.profile.availability))
    }
}

async fn plan_of(connection: &mut Connection, subject: &Subject) -> Result<Option<Availability>, DeskError> {
    let query = sqlx::query("SELECT availability FROM availability_plans WHERE subject = $1");
    query.bind(subject.0.as_slice()).fetch_optional(connection).await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<Availability, DeskError> {
    serde_json::from_str(row.try_get("availability")?).map_err(|_| DeskError::Unreadable { what: "availability_plans" })
}

/// When what was planned turns next, after a day.
pub(crate) fn next_turn(plan: &Availability, today: Date) -> Option<Timestamp> {
    plan.turns_after(today).map(Date::start)
}
