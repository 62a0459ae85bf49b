//! What one of our own mentees has under way: requests that still wait, and mentors whom it would be vain to ask again.

use std::collections::BTreeSet;

use mentormesh_protocol::api::OpenRequest;
use mentormesh_protocol::limits::{COOLDOWN, OPEN_PER_MENTEE};
use mentormesh_protocol::{OrganisationId, ProfileId};
use sqlx::Row as _;

use super::blocks::not_lifted;
use super::handle::{Row, big, count};
use super::introduction_words::{id_of, organisation_of};
use super::introductions::{open_states, subject_of};
use super::{Desk, DeskError};

/// Mentors looked at; more than this nobody asks within the time that counts.
const ASKED: i64 = 500;

impl Desk {
    /// The requests of a person that still wait, oldest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn open_requests(&self, person: &[u8; 16]) -> Result<Vec<OpenRequest>, DeskError> {
        let query = concat!(
            "SELECT id, organisation, subject, title FROM introductions
            WHERE person = $1 AND direction = 'sent' AND expires_at >= $2 AND state IN ",
            open_states!(),
            " ORDER BY created_at, id LIMIT $3"
        );
        let query = sqlx::query(query).bind(person.as_slice()).bind(big(self.now().0));
        let rows = query.bind(big(OPEN_PER_MENTEE)).fetch_all(self.reads()).await?;
        let request = |row: &Row| {
            Ok(OpenRequest { id: id_of(row.try_get("id")?)?, profile: profile_of(row)?, title: row.try_get("title")? })
        };
        rows.iter().map(request).collect()
    }

    /// How many requests of one person of another organisation wait here, whomever they ask.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn open_of_mentee(&self, organisation: &OrganisationId, mentee: &[u8; 16]) -> Result<u64, DeskError> {
        let query = concat!(
            "SELECT COUNT(*) FROM introductions WHERE mentee_ref = $1 AND organisation = $2
            AND direction = 'received' AND expires_at >= $3 AND state IN ",
            open_states!()
        );
        let query = sqlx::query_scalar(query).bind(mentee.as_slice()).bind(organisation.0.as_slice());
        Ok(count(query.bind(big(self.now().0)).fetch_one(self.reads()).await?))
    }

    /// Mentors whom this person asks now, has, may not ask again yet, or has put aside.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn not_to_be_asked(&self, person: &[u8; 16]) -> Result<BTreeSet<ProfileId>, DeskError> {
        let query = concat!(
            "SELECT DISTINCT organisation, subject FROM introductions WHERE person = $1 AND direction = 'sent'
            AND (state = 'accepted' OR (state = 'blocked' AND ",
            not_lifted!(),
            ") OR (state = 'declined' AND changed_at > $3) OR (expires_at >= $2 AND state IN ",
            open_states!(),
            ")) UNION SELECT organisation, subject FROM mentors_put_aside WHERE person = $1 LIMIT $4"
        );
        let now = self.now();
        let query = sqlx::query(query).bind(person.as_slice()).bind(big(now.0)).bind(big(now.minus(COOLDOWN).0));
        query.bind(ASKED).fetch_all(self.reads()).await?.iter().map(profile_of).collect()
    }
}

fn profile_of(row: &Row) -> Result<ProfileId, DeskError> {
    let organisation = organisation_of(row.try_get("organisation")?)?;
    Ok(ProfileId { organisation, subject: subject_of(row.try_get("subject")?)? })
}
