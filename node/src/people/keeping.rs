//! Adding people, finding them, giving and taking roles. Each act is on the audit trail with its change.

use std::collections::BTreeSet;

use mentormesh_protocol::api::{ErrorCode, List, Person, PersonChange, PersonInput, Problem, Role};
use mentormesh_protocol::limits::PAGE;
use mentormesh_protocol::{PersonId, Timestamp};
use unicode_normalization::UnicodeNormalization as _;

use super::handle::{Filter, Keeper, People, draw};
use crate::contacts;
use crate::desk::{PersonFilter, PersonRow, Write};

/// People that one node keeps: the largest of such bodies has fewer members.
const PEOPLE: u64 = 200_000;

impl People {
    /// A page of people, newest first.
    ///
    /// # Errors
    /// When `after` is not the `next` of another page, or the desk fails.
    pub async fn list(&self, filter: &Filter) -> Result<List<Person>, Problem> {
        let after = filter.after.as_deref().map(place).transpose()?;
        let limit = u32::try_from(filter.limit.clamp(1, PAGE)).unwrap_or(1);
        // One more than asked tells whether there is a next page.
        let filter = PersonFilter { role: filter.role, email: filter.email.clone(), after, limit: limit + 1 };
        let (mut rows, total) = self.desk.people(&filter).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.created_at.0, last.id));
        Ok(List { items: rows.into_iter().map(show).collect(), total, next })
    }

    /// Adds somebody.
    ///
    /// # Errors
    /// When a field breaks its rule, somebody has this address, or a role may not be given.
    pub async fn add(&self, input: PersonInput, by: &Keeper) -> Result<Person, Problem> {
        let name: String = input.name.trim().nfc().collect();
        let input = PersonInput { email: input.email.trim().to_owned(), name, ..input };
        input.check()?;
        if !contacts::is_address(&input.email) {
            let problem = format!("`{}` is not an e-mail address like bo@example.org", input.email);
            return Err(Problem::field("email", problem));
        }
        let roles: BTreeSet<_> = input.roles.into_iter().collect();
        let id = PersonId(draw()?);
        by.may_keep(&id, &roles)?;
        let mut write = self.desk.write().await?;
        if let Some(other) = write.person_of(&input.email).await? {
            let problem = format!("person {} has this e-mail address already", other.id);
            let next = format!("give them other roles instead: mentormesh person roles {}", other.id.short());
            return Err(Problem::new(ErrorCode::Conflict, problem).with_next(next));
        }
        let (email, locale) = (input.email, input.locale);
        let row = enter(&mut write, id, email, input.name, locale, roles).await?;
        write.note(&by.word(), "person.added", &id.to_string(), &words(&row.roles)).await?;
        write.commit().await?;
        Ok(show(row))
    }

    /// Gives and takes roles, bars somebody or lets them in again. Who is barred is signed out by it.
    ///
    /// # Errors
    /// When there is nobody of this id, or a role may not be given or taken.
    pub async fn change(&self, id: &PersonId, change: PersonChange, by: &Keeper) -> Result<Person, Problem> {
        let mut write = self.desk.write().await?;
        let mut row = write.person(id).await?.ok_or_else(|| absent(id))?;
        by.may_keep(id, &row.roles)?;
        if let Some(roles) = change.roles {
            let roles: BTreeSet<_> = roles.into_iter().collect();
            by.may_keep(id, &roles)?;
            if roles != row.roles {
                row.roles = roles;
                write.note(&by.word(), "person.roles", &id.to_string(), &words(&row.roles)).await?;
            }
        }
        if let Some(disabled) = change.disabled.filter(|disabled| *disabled != row.disabled) {
            row.disabled = disabled;
            let act = if disabled { "person.disabled" } else { "person.enabled" };
            write.note(&by.word(), act, &id.to_string(), "").await?;
        }
        if row.disabled {
            write.end_links(id).await?;
            write.end_sessions(id).await?;
        }
        write.put_person(&row).await?;
        write.commit().await?;
        Ok(show(row))
    }

    /// The ids between two, both included: at most two, enough to tell whether a short id is unambiguous.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn ids_between(&self, low: &PersonId, high: &PersonId) -> Result<Vec<PersonId>, Problem> {
        Ok(self.desk.people_between(low, high).await?)
    }
}

/// Writes somebody new down, if there is room.
pub(super) async fn enter(
    write: &mut Write,
    id: PersonId,
    email: String,
    name: String,
    locale: Option<String>,
    roles: BTreeSet<Role>,
) -> Result<PersonRow, Problem> {
    if write.people_kept().await? >= PEOPLE {
        return Err(Problem::new(ErrorCode::Conflict, format!("{PEOPLE} people are kept, as many as may be")));
    }
    let now = write.now();
    let row = PersonRow { id, email, name, locale, roles, disabled: false, created_at: now, changed_at: now };
    write.put_person(&row).await?;
    Ok(row)
}

/// Somebody as others see them.
pub(crate) fn show(row: PersonRow) -> Person {
    Person {
        id: row.id,
        email: row.email,
        name: row.name,
        locale: row.locale,
        roles: row.roles.into_iter().collect(),
        disabled: row.disabled,
        created_at: row.created_at,
    }
}

fn words(roles: &BTreeSet<Role>) -> String {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ")
}

/// There is nobody with this id.
pub(crate) fn absent(id: &PersonId) -> Problem {
    Problem::new(ErrorCode::NotFound, format!("no person has the id {id}"))
        .with_next("see who there is: mentormesh person list")
}

/// Where a page ended, from the text that its `next` said.
fn place(next: &str) -> Result<(Timestamp, PersonId), Problem> {
    let place = next.split_once('.').and_then(|(at, id)| Some((Timestamp(at.parse().ok()?), id.parse().ok()?)));
    place.ok_or_else(|| Problem::field("after", format!("`{next}` is not the `next` of a page of people")))
}
