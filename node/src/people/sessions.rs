//! Sessions: begun by a link, looked up by a token, ended one by one or all at once.

use mentormesh_protocol::PersonId;
use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::key::sha256;
use mentormesh_protocol::limits::{DAY, MINUTE};

use super::handle::{People, SignedIn, token};
#[cfg(feature = "openid")]
use super::links::known;
use crate::desk::{PersonRow, SessionRow, Write};
use crate::speech::Locale;

/// How long a session lasts, used or not.
pub(super) const LIFETIME: u64 = 30 * DAY;
/// How often it is written down that a session is used.
const SEEN_EVERY: u64 = 5 * MINUTE;
/// Who made a session that the organisation's own sign-in vouched for.
pub const OPENID: &str = "openid";
/// Characters of a token; nothing longer is hashed.
const TOKEN: usize = 52;

impl People {
    /// Uses a link and begins a session, in one change: of two who try at once only one succeeds. Answers the session's
    /// token, which is nowhere else, and how many seconds it lasts. Who chose no language reads that of the page.
    ///
    /// # Errors
    /// When the link was used, is too old or never was, all told alike.
    pub(crate) async fn enter(&self, link: &str, page: Locale) -> Result<(String, u64), Problem> {
        let mut write = self.desk.write().await?;
        let used = if link.len() == TOKEN { write.use_link(&sha256(link.as_bytes())).await? } else { None };
        let used = used.ok_or_else(worthless)?;
        let mut person = write.person(&used.person).await?.filter(|person| !person.disabled).ok_or_else(worthless)?;
        reads(&mut write, &mut person, page).await?;
        let token = begin(&mut write, &person, &used.made_by).await?;
        write.commit().await?;
        Ok((token, LIFETIME / 1000))
    }

    /// Begins a session for whoever has an address of mail, which the organisation's own sign-in vouches for. Answers as
    /// [`People::enter`].
    ///
    /// # Errors
    /// When nobody here has this address, or they are barred, told alike.
    #[cfg(feature = "openid")]
    pub(crate) async fn enter_with(&self, email: &str, page: Locale) -> Result<(String, u64), Problem> {
        let mut write = self.desk.write().await?;
        let mut person = known(&mut write, email).await?.filter(|person| !person.disabled).ok_or_else(unknown)?;
        reads(&mut write, &mut person, page).await?;
        let token = begin(&mut write, &person, OPENID).await?;
        write.commit().await?;
        Ok((token, LIFETIME / 1000))
    }

    /// Whose session this is, if it stands.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn who(&self, token: &str) -> Result<Option<SignedIn>, Problem> {
        if token.len() != TOKEN {
            return Ok(None);
        }
        let Some((session, person)) = self.desk.session(&sha256(token.as_bytes())).await? else { return Ok(None) };
        let now = self.clock.now();
        if session.is_over(now) || person.disabled {
            return Ok(None);
        }
        if now >= session.seen_at.plus(SEEN_EVERY)
            && let Err(error) = self.desk.session_seen(&session.digest).await
        {
            // A full disk signs nobody out.
            tracing::warn!(%error, "that a session is used could not be written down");
        }
        let listing = self.desk.listing_by_email(&person.email).await?;
        Ok(Some(SignedIn { person, session, listing }))
    }

    /// Writes down which language somebody reads, on pages and in mail.
    ///
    /// # Errors
    /// When the desk fails.
    pub(crate) async fn read_in(&self, who: &SignedIn, locale: Locale) -> Result<(), Problem> {
        let mut write = self.desk.write().await?;
        let Some(mut person) = write.person(&who.person.id).await? else { return Ok(()) };
        person.locale = Some(locale.tag().to_owned());
        write.put_person(&person).await?;
        Ok(write.commit().await?)
    }

    /// The sessions of somebody that stand, the one used last first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn sessions(&self, person: &PersonId) -> Result<Vec<SessionRow>, Problem> {
        let now = self.clock.now();
        let mut sessions = self.desk.sessions_of(person).await?;
        sessions.retain(|session| !session.is_over(now));
        Ok(sessions)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn sign_out(&self, who: &SignedIn) -> Result<(), Problem> {
        let mut write = self.desk.write().await?;
        write.end_session(&who.session.digest).await?;
        Ok(write.commit().await?)
    }

    /// Ends every session of somebody, and every link that could begin another.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn sign_out_everywhere(&self, who: &SignedIn) -> Result<u64, Problem> {
        let mut write = self.desk.write().await?;
        write.end_links(&who.person.id).await?;
        let ended = write.end_sessions(&who.person.id).await?;
        write.commit().await?;
        Ok(ended)
    }
}

/// Somebody who never said in which language they read is written to in that of the page where they signed in.
async fn reads(write: &mut Write, person: &mut PersonRow, page: Locale) -> Result<(), Problem> {
    if person.locale.is_none() {
        person.locale = Some(page.tag().to_owned());
        write.put_person(person).await?;
    }
    Ok(())
}

/// Writes a session down and answers its token.
async fn begin(write: &mut Write, person: &PersonRow, made_by: &str) -> Result<String, Problem> {
    let token = token()?;
    let now = write.now();
    let session = SessionRow {
        digest: sha256(token.as_bytes()),
        person: person.id,
        made_by: made_by.to_owned(),
        created_at: now,
        seen_at: now,
        expires_at: now.plus(LIFETIME),
    };
    write.add_session(&session).await?;
    if !person.roles.is_empty() {
        let by = format!("person {}", person.id);
        write.note(&by, "person.signed_in", &person.id.to_string(), made_by).await?;
    }
    Ok(token)
}

/// That the organisation knows somebody whom this node does not.
#[cfg(feature = "openid")]
fn unknown() -> Problem {
    Problem::new(ErrorCode::Forbidden, "nobody at this node has the e-mail address that you signed in with")
        .with_next("ask the registrar to add you")
}

/// That a link leads nowhere, whatever the reason: who found one learns nothing from it.
fn worthless() -> Problem {
    Problem::new(ErrorCode::NotFound, "this link was used already, is older than fifteen minutes, or is not whole")
        .with_next("ask for a new one at /sign-in")
}
