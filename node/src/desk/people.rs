//! People as rows: who can sign in at this node, known by an address however it is written.
//!
//! Owns what a row says and how people are found. Refuses to know what a role allows (`crate::http`) and who may give
//! one (`crate::people`). Their links and sessions are `sign_in_links.rs` and `sessions.rs`.

use std::collections::BTreeSet;

use mentormesh_protocol::api::Role;
use mentormesh_protocol::{PersonId, Subject, Timestamp};
use sqlx::Row as _;

use super::handle::{Connection, Row, big, count};
use super::listings::fold;
use super::{Desk, DeskError, Write};

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Their random id.
    pub id: PersonId,
    /// Their address, as it was written.
    pub email: String,
    /// Their name.
    pub name: String,
    /// The language they read.
    pub locale: Option<String>,
    /// Their roles.
    pub roles: BTreeSet<Role>,
    /// Whether they cannot sign in any more.
    pub disabled: bool,
    /// When they were added.
    pub created_at: Timestamp,
    /// When anything of this last changed.
    pub changed_at: Timestamp,
}

/// Which people to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonFilter {
    /// Only who has this role.
    pub role: Option<Role>,
    /// Only who has this address, however it is written.
    pub email: Option<String>,
    /// Only those who were added before this one.
    pub after: Option<(Timestamp, PersonId)>,
    /// How many at most.
    pub limit: u32,
}

macro_rules! found {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM people WHERE ($1 = '' OR roles LIKE $1) AND ($2 = '' OR email_key = $2) ",
            $rest
        )
    };
}

impl Desk {
    /// Somebody by their id.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn person(&self, id: &PersonId) -> Result<Option<PersonRow>, DeskError> {
        one(&mut *self.reads().acquire().await?, id).await
    }

    /// The language that whoever has this address reads, if they said so.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn locale_of(&self, email: &str) -> Result<Option<String>, DeskError> {
        let query = sqlx::query_scalar::<_, Option<String>>("SELECT locale FROM people WHERE email_key = $1");
        Ok(query.bind(fold(email)).fetch_optional(self.reads()).await?.flatten())
    }

    /// The people that a filter finds, newest first, and how many there are in all.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn people(&self, filter: &PersonFilter) -> Result<(Vec<PersonRow>, u64), DeskError> {
        let role = filter.role.map(|role| format!("% {} %", role.as_str())).unwrap_or_default();
        let email = filter.email.as_deref().map(fold).unwrap_or_default();
        let (at, id) = filter.after.unwrap_or((Timestamp(u64::MAX), PersonId([u8::MAX; 16])));
        let query = found!(
            "*",
            "AND (created_at < $3 OR (created_at = $3 AND id < $4)) ORDER BY created_at DESC, id DESC LIMIT $5"
        );
        let query = sqlx::query(query).bind(&role).bind(&email).bind(big(at.0)).bind(id.0.as_slice());
        let rows = query.bind(i64::from(filter.limit)).fetch_all(self.reads()).await?;
        let query = sqlx::query_scalar(found!("COUNT(*)", "")).bind(&role).bind(&email);
        let total = query.fetch_one(self.reads()).await?;
        Ok((rows.iter().map(read).collect::<Result<_, _>>()?, count(total)))
    }

    /// The listing with this address, however it is written, unless it was erased: whose it is, is a mentor here.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn listing_by_email(&self, email: &str) -> Result<Option<Subject>, DeskError> {
        let query = "SELECT l.subject FROM listings l WHERE l.email_key = $1 AND NOT EXISTS
            (SELECT 1 FROM own_slots s WHERE s.kind = 'profile' AND s.about = l.subject AND s.erased)";
        let found: Option<Vec<u8>> = sqlx::query_scalar(query).bind(fold(email)).fetch_optional(self.reads()).await?;
        let read = |bytes: Vec<u8>| Subject::from_slice(&bytes);
        found.map(read).transpose().map_err(|_| DeskError::Unreadable { what: "listings.subject" })
    }

    /// The ids between two, both included: at most two, enough to tell whether a short id is unambiguous.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn people_between(&self, low: &PersonId, high: &PersonId) -> Result<Vec<PersonId>, DeskError> {
        let query = sqlx::query_scalar("SELECT id FROM people WHERE id BETWEEN $1 AND $2 LIMIT 2");
        let query = query.bind(low.0.as_slice()).bind(high.0.as_slice());
        let found: Vec<Vec<u8>> = query.fetch_all(self.reads()).await?;
        found.iter().map(|bytes| id_of(bytes, "people.id")).collect()
    }
}

impl Write {
    /// Somebody by their id, as this change sees them.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn person(&mut self, id: &PersonId) -> Result<Option<PersonRow>, DeskError> {
        one(self.connection(), id).await
    }

    /// Who has this address, however it is written.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn person_of(&mut self, email: &str) -> Result<Option<PersonRow>, DeskError> {
        let query = sqlx::query("SELECT * FROM people WHERE email_key = $1").bind(fold(email));
        query.fetch_optional(self.connection()).await?.as_ref().map(read).transpose()
    }

    /// People with a role who may sign in, who were added first before the others.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn people_with(&mut self, role: Role, most: u32) -> Result<Vec<PersonRow>, DeskError> {
        let query = "SELECT * FROM people WHERE roles LIKE $1 AND NOT disabled ORDER BY created_at, id LIMIT $2";
        let query = sqlx::query(query).bind(format!("% {} %", role.as_str())).bind(i64::from(most));
        query.fetch_all(self.connection()).await?.iter().map(read).collect()
    }

    /// How many people there are.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn people_kept(&mut self) -> Result<u64, DeskError> {
        Ok(count(sqlx::query_scalar("SELECT COUNT(*) FROM people").fetch_one(self.connection()).await?))
    }

    /// Keeps somebody, new or changed.
    ///
    /// # Errors
    /// When the desk fails, an address that somebody else has included.
    pub async fn put_person(&mut self, row: &PersonRow) -> Result<(), DeskError> {
        let roles: String = row.roles.iter().map(|role| format!(" {} ", role.as_str())).collect();
        let now = big(self.now().0);
        sqlx::query(
            "INSERT INTO people (id, email, email_key, name, locale, roles, disabled, created_at, changed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
            ON CONFLICT (id) DO UPDATE SET email = excluded.email, email_key = excluded.email_key,
                name = excluded.name, locale = excluded.locale, roles = excluded.roles, disabled = excluded.disabled,
                changed_at = excluded.changed_at",
        )
        .bind(row.id.0.as_slice())
        .bind(&row.email)
        .bind(fold(&row.email))
        .bind(&row.name)
        .bind(&row.locale)
        .bind(roles)
        .bind(row.disabled)
        .bind(now)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

async fn one(connection: &mut Connection, id: &PersonId) -> Result<Option<PersonRow>, DeskError> {
    let query = sqlx::query("SELECT * FROM people WHERE id = $1").bind(id.0.as_slice());
    query.fetch_optional(connection).await?.as_ref().map(read).transpose()
}

pub(super) fn id_of(bytes: &[u8], what: &'static str) -> Result<PersonId, DeskError> {
    PersonId::from_slice(bytes).map_err(|_| DeskError::Unreadable { what })
}

pub(super) fn read(row: &Row) -> Result<PersonRow, DeskError> {
    let roles = row.try_get::<&str, _>("roles")?.split_whitespace().map(str::parse).collect::<Result<_, _>>();
    Ok(PersonRow {
        id: id_of(row.try_get("id")?, "people.id")?,
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        locale: row.try_get("locale")?,
        roles: roles.map_err(|_| DeskError::Unreadable { what: "people.roles" })?,
        disabled: row.try_get("disabled")?,
        created_at: Timestamp(count(row.try_get("created_at")?)),
        changed_at: Timestamp(count(row.try_get("changed_at")?)),
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::tests::{NOW, desk};
    use super::*;

    pub(in crate::desk) fn person(number: u8, email: &str, roles: &[Role]) -> PersonRow {
        PersonRow {
            id: PersonId([number; 16]),
            email: email.to_owned(),
            name: "Somebody".to_owned(),
            locale: None,
            roles: roles.iter().copied().collect(),
            disabled: false,
            created_at: NOW,
            changed_at: NOW,
        }
    }

    pub(in crate::desk) async fn keeps(desk: &Desk, row: &PersonRow) {
        let mut write = desk.write().await.expect("a change");
        write.put_person(row).await.expect("kept");
        write.commit().await.expect("durable");
    }

    #[tokio::test]
    async fn an_address_is_one_person_however_it_is_written() {
        let (_folder, desk, _clock) = desk().await;
        keeps(&desk, &person(1, "Ada@Example.org", &[])).await;
        let mut write = desk.write().await.expect("a change");
        let ada = write.person_of(" ada@example.ORG").await.expect("read").expect("known");
        assert_eq!((ada.id, ada.email.as_str()), (PersonId([1; 16]), "Ada@Example.org"));
        assert!(write.put_person(&person(2, "ADA@example.org", &[])).await.is_err(), "a second of the same address");
    }

    #[tokio::test]
    async fn people_are_found_by_role_and_address_and_paged_newest_first() {
        let (_folder, desk, clock) = desk().await;
        for (number, roles) in
            [&[Role::Registrar][..], &[Role::Operator, Role::Registrar], &[], &[Role::Operator]].into_iter().enumerate()
        {
            let number = u8::try_from(number).expect("few");
            keeps(&desk, &person(number, &format!("p{number}@example.org"), roles)).await;
            clock.advance(1);
        }
        let found = async |filter: PersonFilter| {
            let (rows, total) = desk.people(&PersonFilter { limit: 2, ..filter }).await.expect("read");
            (rows.iter().map(|row| row.id.0[0]).collect::<Vec<_>>(), total, rows.last().cloned())
        };
        let (first, total, last) = found(PersonFilter::default()).await;
        assert_eq!((first, total), (vec![3, 2], 4));
        let after = last.map(|last| (last.created_at, last.id));
        assert_eq!(found(PersonFilter { after, ..PersonFilter::default() }).await.0, [1, 0]);
        assert_eq!(found(PersonFilter { role: Some(Role::Registrar), ..PersonFilter::default() }).await.0, [1, 0]);
        let email = Some("P2@example.org".to_owned());
        assert_eq!(found(PersonFilter { email, ..PersonFilter::default() }).await.0, [2]);
    }
}
