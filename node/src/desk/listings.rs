//! Listings: finding, keeping and forgetting them. What one row says is `listing_row.rs`; what may be done with a listing
//! is decided in `crate::listings`.

use std::collections::BTreeMap;

use mentormesh_protocol::api::{Consent, ListingInput, ListingState};
use mentormesh_protocol::limits::PROFILE_LIFETIME;
use mentormesh_protocol::{Subject, Timestamp};
use sqlx::Row as _;

use super::handle::{big, count};
use super::listing_row::{ListingRow, reach_word, read, state_word, subject_of};
use super::{Desk, DeskError, Write};

/// Which listings to find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingFilter {
    /// Only those that stand so.
    pub state: Option<ListingState>,
    /// Only those that have this in their address or anywhere in their profile.
    pub words: String,
    /// Only published ones that nobody confirmed after this moment.
    pub unconfirmed: Option<Timestamp>,
    /// Only those that are older than this one, told by when it was made and its id.
    pub after: Option<(Timestamp, Subject)>,
    /// How many at most.
    pub limit: u32,
}

macro_rules! listings_where {
    ($rest:literal) => {
        concat!(
            "SELECT l.*, s.sequence, s.envelope, s.withdrawn, s.erased,
                (SELECT q.many FROM silences q WHERE q.subject = l.subject) AS silences FROM listings l
            LEFT JOIN own_slots s ON s.kind = 'profile' AND s.about = l.subject ",
            $rest
        )
    };
}

/// Finds a filtered listing; `$1` is the sequence at and below which a profile has expired.
macro_rules! filtered {
    ($columns:literal, $rest:expr) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM (SELECT l.*, s.sequence, s.envelope, s.withdrawn, s.erased,
                (SELECT q.many FROM silences q WHERE q.subject = l.subject) AS silences, CASE WHEN s.sequence IS NULL THEN 'draft'
                WHEN s.withdrawn THEN 'withdrawn' WHEN s.sequence > $1 THEN 'published' ELSE 'expired' END AS state
            FROM listings l LEFT JOIN own_slots s ON s.kind = 'profile' AND s.about = l.subject) found ",
            $rest
        )
    };
}

/// What a filter asks of a listing; `$2` is the state, `$3` the words between two `%`, `$4` and `$5` whether it must
/// be unconfirmed and since when.
macro_rules! asked {
    ($rest:literal) => {
        concat!(
            "WHERE ($2 = '' OR state = $2)
            AND ($3 = '' OR LOWER(profile) LIKE $3 ESCAPE '!' OR email_key LIKE $3 ESCAPE '!')
            AND ($4 = 0 OR (state = 'published' AND COALESCE(confirmed_at, 0) <= $5)) ",
            $rest
        )
    };
}

/// The words as SQL finds them anywhere; nothing for no words.
fn pattern(words: &str) -> String {
    let words = words.trim().to_ascii_lowercase();
    if words.is_empty() {
        return words;
    }
    let plain: String = words
        .chars()
        .flat_map(|letter| matches!(letter, '%' | '_' | '!').then_some('!').into_iter().chain([letter]))
        .collect();
    format!("%{plain}%")
}

impl Desk {
    /// One listing.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn listing(&self, subject: &Subject) -> Result<Option<ListingRow>, DeskError> {
        let query = sqlx::query(listings_where!("WHERE l.subject = $1")).bind(subject.0.as_slice());
        query.fetch_optional(self.reads()).await?.as_ref().map(read).transpose()
    }

    /// The ids between two, both included: at most two, enough to tell whether a short id is unambiguous.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn subjects_between(&self, low: &Subject, high: &Subject) -> Result<Vec<Subject>, DeskError> {
        // One that stands without a listing can be ended, so it has to be named.
        let query = "SELECT subject FROM listings WHERE subject BETWEEN $1 AND $2
            UNION SELECT about FROM own_slots WHERE kind = 'profile' AND NOT withdrawn AND about BETWEEN $1 AND $2
            LIMIT 2";
        let query = sqlx::query_scalar(query).bind(low.0.as_slice()).bind(high.0.as_slice());
        let found: Vec<Vec<u8>> = query.fetch_all(self.reads()).await?;
        found.iter().map(|bytes| subject_of(bytes)).collect()
    }

    /// The listings that a filter finds, newest first, and how many of its state there are in all.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn listings(&self, filter: &ListingFilter) -> Result<(Vec<ListingRow>, u64), DeskError> {
        let state = filter.state.map_or("", state_word);
        let (at, subject) = filter.after.unwrap_or((Timestamp(u64::MAX), Subject([u8::MAX; 16])));
        let (edge, words) = (self.expired_at_and_below(), pattern(&filter.words));
        let (unconfirmed, since) = (i64::from(filter.unconfirmed.is_some()), filter.unconfirmed.unwrap_or_default());
        let query = filtered!(
            "*",
            asked!(
                "AND (created_at < $6 OR (created_at = $6 AND subject < $7))
                ORDER BY created_at DESC, subject DESC LIMIT $8"
            )
        );
        let query = sqlx::query(query).bind(edge).bind(state).bind(&words).bind(unconfirmed).bind(big(since.0));
        let query = query.bind(big(at.0)).bind(subject.0.as_slice()).bind(i64::from(filter.limit));
        let rows = query.fetch_all(self.reads()).await?;
        let query = sqlx::query_scalar(filtered!("COUNT(*)", asked!("")));
        let query = query.bind(edge).bind(state).bind(&words).bind(unconfirmed).bind(big(since.0));
        let total = query.fetch_one(self.reads()).await?;
        Ok((rows.iter().map(read).collect::<Result<_, _>>()?, count(total)))
    }

    /// How many listings stand how.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn listing_counts(&self) -> Result<BTreeMap<String, u64>, DeskError> {
        let query = sqlx::query(filtered!("state, COUNT(*) AS many", "GROUP BY state"));
        let rows = query.bind(self.expired_at_and_below()).fetch_all(self.reads()).await?;
        rows.iter().map(|row| Ok((row.try_get("state")?, count(row.try_get("many")?)))).collect()
    }

    /// Listings whose record is of `before` or older, is no withdrawal, and that somebody confirmed after
    /// `confirmed_after`: at most `most`, those that expire first before the others.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn listings_to_renew(
        &self,
        before: Timestamp,
        confirmed_after: Timestamp,
        most: u32,
    ) -> Result<Vec<ListingRow>, DeskError> {
        let query = listings_where!(
            "WHERE NOT s.withdrawn AND s.sequence <= $1 AND l.confirmed_at > $2
            ORDER BY s.sequence LIMIT $3"
        );
        let query = sqlx::query(query).bind(big(before.0)).bind(big(confirmed_after.0)).bind(i64::from(most));
        query.fetch_all(self.reads()).await?.iter().map(read).collect()
    }

    /// How many published listings nobody confirmed after a moment.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn listings_unconfirmed(&self, confirmed_after: Timestamp) -> Result<u64, DeskError> {
        let query = filtered!("COUNT(*)", "WHERE state = 'published' AND COALESCE(confirmed_at, 0) <= $2");
        let query = sqlx::query_scalar(query).bind(self.expired_at_and_below()).bind(big(confirmed_after.0));
        Ok(count(query.fetch_one(self.reads()).await?))
    }

    fn expired_at_and_below(&self) -> i64 {
        big(self.now().minus(PROFILE_LIFETIME).0)
    }
}

impl Write {
    /// One listing, as this change sees it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn listing(&mut self, subject: &Subject) -> Result<Option<ListingRow>, DeskError> {
        let query = sqlx::query(listings_where!("WHERE l.subject = $1")).bind(subject.0.as_slice());
        query.fetch_optional(self.connection()).await?.as_ref().map(read).transpose()
    }

    /// The listing with this e-mail address, case folded.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn listing_of(&mut self, email: &str) -> Result<Option<ListingRow>, DeskError> {
        let query = sqlx::query(listings_where!("WHERE l.email_key = $1")).bind(fold(email));
        query.fetch_optional(self.connection()).await?.as_ref().map(read).transpose()
    }

    /// Keeps the content of a listing, new or changed, and evidence of a consent that changed with it.
    ///
    /// # Errors
    /// When the desk fails, another listing with this e-mail included.
    pub async fn put_listing(&mut self, subject: &Subject, content: &ListingInput, by: &str) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let before = self.listing(subject).await?.map(|row| row.content.consent);
        if before.unwrap_or_default() != content.consent {
            self.put_consent(subject, content.consent.as_ref(), by).await?;
        }
        let profile = serde_json::to_string(&content.profile);
        let profile = profile.map_err(|_| DeskError::Unreadable { what: "the profile to be kept" })?;
        let consent = content.consent.as_ref();
        sqlx::query(
            "INSERT INTO listings (subject, email, email_key, contact_name, profile, consent_given_on,
                consent_notice, consent_reach, consent_open_web, created_at, changed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
            ON CONFLICT (subject) DO UPDATE SET email = excluded.email, email_key = excluded.email_key,
                contact_name = excluded.contact_name, profile = excluded.profile,
                consent_given_on = excluded.consent_given_on, consent_notice = excluded.consent_notice,
                consent_reach = excluded.consent_reach, consent_open_web = excluded.consent_open_web,
                changed_at = excluded.changed_at",
        )
        .bind(subject.0.as_slice())
        .bind(&content.contact.email)
        .bind(fold(&content.contact.email))
        .bind(&content.contact.name)
        .bind(profile)
        .bind(consent.map(|consent| consent.given_on.to_string()))
        .bind(consent.and_then(|consent| consent.notice_version.clone()))
        .bind(consent.map(|consent| reach_word(consent.reach)))
        .bind(consent.map(|consent| consent.open_web))
        .bind(now)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn put_consent(&mut self, subject: &Subject, consent: Option<&Consent>, by: &str) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO consents
                (subject, place, given_on, notice_version, reach, open_web, recorded_at, recorded_by)
            SELECT $1, COALESCE(MAX(place), 0) + 1, $2, $3, $4, $5, $6, $7 FROM consents WHERE subject = $1";
        sqlx::query(query)
            .bind(subject.0.as_slice())
            .bind(consent.map(|consent| consent.given_on.to_string()))
            .bind(consent.and_then(|consent| consent.notice_version.clone()))
            .bind(consent.map(|consent| reach_word(consent.reach)))
            .bind(consent.map(|consent| consent.open_web))
            .bind(now)
            .bind(by)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Writes down that somebody confirmed a listing now.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn confirm_listing(&mut self, subject: &Subject) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = sqlx::query("UPDATE listings SET confirmed_at = $2 WHERE subject = $1");
        query.bind(subject.0.as_slice()).bind(now).execute(self.connection()).await?;
        Ok(())
    }

    /// Forgets a draft: listing, contact and consent evidence.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn delete_draft(&mut self, subject: &Subject) -> Result<(), DeskError> {
        for query in [
            "DELETE FROM consents WHERE subject = $1",
            "DELETE FROM consent_evidence WHERE subject = $1",
            "DELETE FROM invitations WHERE subject = $1",
            "DELETE FROM listings WHERE subject = $1",
        ] {
            sqlx::query(query).bind(subject.0.as_slice()).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Forgets draft and contact of every listing whose slot was erased; the consent evidence, which names nobody,
    /// stays. Answers how many there were.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn forget_erased(&mut self) -> Result<u64, DeskError> {
        self.forget_invited().await?;
        let query = "DELETE FROM listings WHERE subject IN
            (SELECT about FROM own_slots WHERE kind = 'profile' AND erased)";
        Ok(sqlx::query(query).execute(self.connection()).await?.rows_affected())
    }

    /// The listings that have run out since this was last asked, each told once.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn newly_expired(&mut self) -> Result<Vec<Subject>, DeskError> {
        let edge = big(self.now().minus(PROFILE_LIFETIME).0);
        let query = "SELECT l.subject FROM listings l JOIN own_slots s ON s.kind = 'profile' AND s.about = l.subject
            WHERE NOT s.withdrawn AND s.sequence <= $1 AND COALESCE(l.expiry_noted, 0) <> s.sequence";
        let found: Vec<Vec<u8>> = sqlx::query_scalar(query).bind(edge).fetch_all(self.connection()).await?;
        let query = "UPDATE listings SET expiry_noted = (SELECT s.sequence FROM own_slots s
            WHERE s.kind = 'profile' AND s.about = listings.subject) WHERE subject = $1";
        for subject in &found {
            sqlx::query(query).bind(subject).execute(self.connection()).await?;
        }
        found.iter().map(|bytes| subject_of(bytes)).collect()
    }
}

/// What two e-mail addresses are compared by.
pub(crate) fn fold(email: &str) -> String {
    email.trim().to_lowercase()
}
