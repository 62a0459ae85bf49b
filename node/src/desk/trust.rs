//! Trust as the operator set it: the policy, and whom they pinned or blocked. What follows from it is the protocol's.

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::api::Standing;
use mentormesh_protocol::trust::{Policy, Settings};
use sqlx::Row as _;

use super::handle::big;
use super::{Desk, DeskError};

impl Desk {
    /// Policy, pins and blocks.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn trust(&self) -> Result<Settings, DeskError> {
        // One transaction, so that policy and standings are of the same moment.
        let mut read = self.reads().begin().await?;
        let policy: Option<String> =
            sqlx::query_scalar("SELECT policy FROM trust_policy").fetch_optional(&mut *read).await?;
        let rows = sqlx::query("SELECT organisation, standing FROM trust_standings").fetch_all(&mut *read).await?;
        let mut settings =
            Settings { policy: policy.as_deref().map_or(Ok(Policy::Closed), policy_of)?, ..Settings::default() };
        for row in rows {
            let organisation = row.try_get::<&str, _>("organisation")?.parse::<OrganisationId>();
            let organisation =
                organisation.map_err(|_| DeskError::Unreadable { what: "trust_standings.organisation" })?;
            match row.try_get("standing")? {
                "pinned" => settings.pinned.insert(organisation),
                "blocked" => settings.blocked.insert(organisation),
                _ => return Err(DeskError::Unreadable { what: "trust_standings.standing" }),
            };
        }
        Ok(settings)
    }

    /// Sets the policy.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn set_policy(&self, policy: Policy, by: &str) -> Result<(), DeskError> {
        let word = policy_word(policy);
        let mut write = self.write().await?;
        let query = "INSERT INTO trust_policy (only_row, policy) VALUES (1, $1)
            ON CONFLICT (only_row) DO UPDATE SET policy = excluded.policy";
        sqlx::query(query).bind(word).execute(write.connection()).await?;
        write.note(by, "trust.policy", "self", word).await?;
        write.commit().await
    }

    /// Pins an organisation, blocks it, or neither.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn set_standing(
        &self,
        organisation: &OrganisationId,
        standing: Standing,
        by: &str,
    ) -> Result<(), DeskError> {
        let id = organisation.to_string();
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let word = match standing {
            Standing::Pinned => "pinned",
            Standing::Blocked => "blocked",
            Standing::None => "none",
        };
        let query = if standing == Standing::None {
            sqlx::query("DELETE FROM trust_standings WHERE organisation = $1").bind(&id)
        } else {
            let query = "INSERT INTO trust_standings (organisation, standing, changed_at) VALUES ($1, $2, $3)
                ON CONFLICT (organisation) DO UPDATE SET standing = excluded.standing,
                    changed_at = excluded.changed_at";
            sqlx::query(query).bind(&id).bind(word).bind(now)
        };
        query.execute(write.connection()).await?;
        write.note(by, "trust.standing", &id, word).await?;
        write.commit().await
    }
}

const fn policy_word(policy: Policy) -> &'static str {
    match policy {
        Policy::Closed => "closed",
        Policy::Recognised => "recognised",
        Policy::Open => "open",
    }
}

fn policy_of(word: &str) -> Result<Policy, DeskError> {
    let known = [Policy::Closed, Policy::Recognised, Policy::Open].into_iter();
    known.into_iter().find(|policy| policy_word(*policy) == word).ok_or(DeskError::Unreadable { what: "trust_policy" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[tokio::test]
    async fn pins_blocks_and_policy_replace_each_other_and_are_on_the_trail() {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Desk::open(&folder.path().join("desk.sqlite"), Clock::system()).await.expect("a desk");
        let (bo, mallory) = (OrganisationId([2; 32]), OrganisationId([13; 32]));
        assert_eq!(desk.trust().await.expect("read"), Settings::default(), "closed, nobody pinned");
        desk.set_standing(&bo, Standing::Pinned, "registrar").await.expect("set");
        desk.set_standing(&mallory, Standing::Pinned, "registrar").await.expect("set");
        desk.set_standing(&mallory, Standing::Blocked, "registrar").await.expect("set");
        desk.set_policy(Policy::Open, "registrar").await.expect("set");
        let expected = Settings { policy: Policy::Open, pinned: [bo].into(), blocked: [mallory].into() };
        assert_eq!(desk.trust().await.expect("read"), expected);
        desk.set_standing(&bo, Standing::None, "registrar").await.expect("set");
        assert_eq!(desk.trust().await.expect("read"), Settings { pinned: [].into(), ..expected });
        assert_eq!(desk.audit_trail(9).await.expect("read").len(), 5);
    }
}
