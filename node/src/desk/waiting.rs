//! What waits, for whoever keeps the desk: open requests by age, and how many hang on a mentor or an organisation.

use mentormesh_protocol::{OrganisationId, Subject};

use super::handle::count;
use super::introductions::{open_states, read};
use super::{Desk, DeskError, IntroductionRow};

impl Desk {
    /// The requests where somebody still has to say something, oldest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn open_by_age(&self, most: u32) -> Result<Vec<IntroductionRow>, DeskError> {
        let query = sqlx::query(concat!(
            "SELECT * FROM introductions WHERE state IN ",
            open_states!(),
            " ORDER BY created_at, id, direction LIMIT $1"
        ));
        query.bind(i64::from(most)).fetch_all(self.reads()).await?.iter().map(read).collect()
    }

    /// How many open requests there are with an organisation, either way.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn open_with(&self, organisation: &OrganisationId) -> Result<u64, DeskError> {
        let query = sqlx::query_scalar(concat!(
            "SELECT COUNT(*) FROM introductions WHERE organisation = $1 AND state IN ",
            open_states!()
        ));
        Ok(count(query.bind(organisation.0.as_slice()).fetch_one(self.reads()).await?))
    }

    /// How many open requests wait for a mentor of ours.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn open_for(&self, mentor: &Subject) -> Result<u64, DeskError> {
        let query = sqlx::query_scalar(concat!(
            "SELECT COUNT(*) FROM introductions WHERE direction = 'received' AND subject = $1 AND state IN ",
            open_states!()
        ));
        Ok(count(query.bind(mentor.0.as_slice()).fetch_one(self.reads()).await?))
    }
}
