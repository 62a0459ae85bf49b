//! Links that sign somebody in: made for somebody known, at most once used, at most a quarter of an hour old.

use mentormesh_protocol::api::{ErrorCode, Problem, SignInLink};
use mentormesh_protocol::key::sha256;
use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::{PersonId, Timestamp};

use super::handle::{Keeper, People, draw, token};
use super::keeping::{absent, enter};
use super::link_mail::mail;
use crate::desk::{PersonRow, Write};
use crate::speech::Locale;

/// How long a link can be used.
pub(super) const LIFETIME: u64 = 15 * MINUTE;
/// Unused links that are mailed to one person within that time; the desk counts them, so that no restart forgets.
const MAILED: u64 = 3;
/// Who made a link that was mailed to whoever asked for it.
pub(super) const MAIL: &str = "mail";
/// Who writes somebody down because they have a listing.
const NODE: &str = "node";

/// A link that was made, as the text that whoever has it opens.
struct Made {
    url: String,
    expires_at: Timestamp,
}

impl People {
    /// Makes a link for somebody, to hand over where no mail is set up.
    ///
    /// # Errors
    /// When there is nobody of this id, they are barred, or whoever asks has not all of their roles.
    pub async fn link(&self, id: &PersonId, by: &Keeper) -> Result<SignInLink, Problem> {
        let mut write = self.desk.write().await?;
        let person = write.person(id).await?.ok_or_else(|| absent(id))?;
        by.may_keep(id, &person.roles)?;
        if person.disabled {
            let next = format!("let them in again first: mentormesh person roles {} --enable", id.short());
            return Err(Problem::new(ErrorCode::Conflict, "this person is barred").with_next(next));
        }
        let word = by.word();
        let made = self.make(&mut write, id, &word).await?;
        write.note(&word, "person.link", &id.to_string(), "").await?;
        write.commit().await?;
        Ok(SignInLink { url: made.url, expires_at: made.expires_at })
    }

    /// Mails a link to whoever has this address, if they are known here and not barred, and were not mailed several
    /// within the last minutes. What they wanted follows the link. Nobody is told whether it was. Who chose no language
    /// is written to in that of the page.
    pub(super) async fn mail_link(&self, email: &str, page: Locale, wanted: &str) -> Result<(), Problem> {
        let organisation = self.desk.organisation().await?.map(|organisation| organisation.name);
        let mut write = self.desk.write().await?;
        let Some(person) = known(&mut write, email).await? else { return Ok(()) };
        let since = write.now().minus(LIFETIME);
        if person.disabled || write.links_since(&person.id, since).await? >= MAILED {
            return Ok(());
        }
        let made = self.make(&mut write, &person.id, MAIL).await?;
        let locale = person.locale.as_deref().and_then(Locale::of_tag).unwrap_or(page);
        let url = format!("{}{wanted}", made.url);
        let mail = mail(&person, locale, &organisation.unwrap_or_default(), &self.address, url)?;
        write.queue_mail(&mail).await?;
        Ok(write.commit().await?)
    }

    /// Makes a link for the mentor whose listing has this address, who holds a link that was mailed there. Answers the
    /// token. Whoever has a role signs in on their own: an old mail opens no desk.
    ///
    /// # Errors
    /// When they are barred, have a role, or the address is not known any more.
    pub async fn link_of_mentor(&self, email: &str) -> Result<String, Problem> {
        let refused = || {
            let problem = Problem::new(ErrorCode::Forbidden, "this link signs you in no more");
            problem.with_next("ask for a link at /sign-in")
        };
        let mut write = self.desk.write().await?;
        let person = known(&mut write, email).await?.ok_or_else(refused)?;
        if person.disabled || !person.roles.is_empty() {
            return Err(refused());
        }
        let made = self.make(&mut write, &person.id, MAIL).await?;
        write.commit().await?;
        made.url.rsplit('/').next().map(str::to_owned).ok_or_else(refused)
    }

    async fn make(&self, write: &mut Write, person: &PersonId, by: &str) -> Result<Made, Problem> {
        let token = token()?;
        let expires_at = write.now().plus(LIFETIME);
        write.add_link(&sha256(token.as_bytes()), person, by, expires_at).await?;
        Ok(Made { url: format!("{}/sign-in/{token}", self.address), expires_at })
    }
}

/// Who has this address: somebody written down, or a mentor, who is written down by this.
pub(super) async fn known(write: &mut Write, email: &str) -> Result<Option<PersonRow>, Problem> {
    if let Some(person) = write.person_of(email).await? {
        return Ok(Some(person));
    }
    let Some(listing) = write.listing_of(email).await?.filter(|row| !row.is_erased()) else { return Ok(None) };
    let contact = listing.content.contact;
    let name = contact.name.unwrap_or(listing.content.profile.display_name);
    let id = PersonId(draw()?);
    let person = enter(write, id, contact.email, name, None, [].into()).await?;
    write.note(NODE, "person.added", &id.to_string(), "has a listing").await?;
    Ok(Some(person))
}
