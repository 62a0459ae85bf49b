//! Everything at the desk about one person: found for them, and forgotten for good.
//!
//! A person is an address, however it is written: what they asked for is kept under a digest of it, what was asked of
//! them under their listing. The list of tables in the tests below says of each what becomes of it here.

use std::collections::BTreeMap;

use mentormesh_protocol::api::{Direction, ExportedAct, ExportedConsent, ExportedMail, ExportedSession};
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::{IntroductionId, PersonId, ProfileId, Subject, Timestamp};
use sqlx::Row as _;

use super::handle::{Connection, Row, count};
use super::introduction_words::{direction_of, id_of, organisation_of, state_of};
use super::introductions::subject_of;
use super::{Desk, DeskError, Whose, Write, fold};

/// Lines of the audit trail that are given at most.
const ACTS: i64 = 10_000;

/// One person, by everything under which the desk knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfPerson {
    /// Their address.
    pub address: String,
    /// Their row, if they can sign in.
    pub person: Option<PersonId>,
    /// What introductions know them by.
    pub whose: Whose,
}

/// One side of an introduction that is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnSide {
    /// Which introduction.
    pub id: IntroductionId,
    /// Which side.
    pub direction: Direction,
    /// Where it stood when it last changed.
    pub state: State,
}

impl Desk {
    /// The sides of introductions that are somebody's, oldest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn sides_of(&self, whose: &Whose) -> Result<Vec<OwnSide>, DeskError> {
        let query = "SELECT id, direction, state FROM introductions
            WHERE (direction = 'sent' AND person = $1) OR (direction = 'received' AND subject = $2)
            ORDER BY created_at, id";
        let listing = whose.listing.map(|subject| subject.0.to_vec());
        let rows = sqlx::query(query).bind(whose.person.as_slice()).bind(listing).fetch_all(self.reads()).await?;
        let side = |row: &Row| {
            let direction = direction_of(row.try_get("direction")?, "introductions.direction")?;
            Ok(OwnSide { id: id_of(row.try_get("id")?)?, direction, state: state_of(row.try_get("state")?)? })
        };
        rows.iter().map(side).collect()
    }

    /// Sessions of somebody, and links that can begin one.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn sign_ins_of(&self, person: &PersonId) -> Result<Vec<ExportedSession>, DeskError> {
        let query = "SELECT 'session' AS kind, made_by, created_at, expires_at FROM sessions WHERE person = $1
            UNION ALL SELECT 'link', made_by, created_at, expires_at FROM sign_in_links WHERE person = $1";
        let rows = sqlx::query(query).bind(person.0.as_slice()).fetch_all(self.reads()).await?;
        let session = |row: &Row| {
            let (created_at, expires_at) = (moment(row, "created_at")?, moment(row, "expires_at")?);
            Ok(ExportedSession { kind: row.try_get("kind")?, made_by: row.try_get("made_by")?, created_at, expires_at })
        };
        rows.iter().map(session).collect()
    }

    /// Every consent that was recorded for a listing.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn consents_of(&self, listing: &Subject) -> Result<Vec<ExportedConsent>, DeskError> {
        let query = "SELECT given_on, notice_version, reach, recorded_at, recorded_by FROM consents
            WHERE subject = $1 ORDER BY place";
        let rows = sqlx::query(query).bind(listing.0.as_slice()).fetch_all(self.reads()).await?;
        let consent = |row: &Row| {
            Ok(ExportedConsent {
                given_on: row.try_get("given_on")?,
                notice_version: row.try_get("notice_version")?,
                reach: row.try_get("reach")?,
                recorded_at: moment(row, "recorded_at")?,
                recorded_by: row.try_get("recorded_by")?,
            })
        };
        rows.iter().map(consent).collect()
    }

    /// Mentors whom somebody put aside.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn put_aside_by(&self, person: &[u8; 16]) -> Result<Vec<ProfileId>, DeskError> {
        let query = "SELECT organisation, subject FROM mentors_put_aside WHERE person = $1 ORDER BY recorded_at";
        let rows = sqlx::query(query).bind(person.as_slice()).fetch_all(self.reads()).await?;
        let profile = |row: &Row| {
            let organisation = organisation_of(row.try_get("organisation")?)?;
            Ok(ProfileId { organisation, subject: subject_of(row.try_get("subject")?)? })
        };
        rows.iter().map(profile).collect()
    }

    /// Mail to an address. A text that signs somebody in is nobody's to keep.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn mail_of(&self, address: &str) -> Result<Vec<ExportedMail>, DeskError> {
        let mut mails = Vec::new();
        for place in places(&mut *self.reads().acquire().await?, address).await? {
            let query = "SELECT what, subject, CASE WHEN urgent THEN '' ELSE body_text END AS body_text, state,
                recorded_at FROM mail WHERE place = $1";
            let Some(row) = sqlx::query(query).bind(place).fetch_optional(self.reads()).await? else { continue };
            mails.push(ExportedMail {
                what: row.try_get("what")?,
                subject: row.try_get("subject")?,
                text: row.try_get("body_text")?,
                state: row.try_get("state")?,
                queued_at: moment(&row, "recorded_at")?,
            });
        }
        Ok(mails)
    }

    /// What the audit trail says was done by somebody, or to them or their listing, oldest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn acts_of(
        &self,
        person: Option<&PersonId>,
        of: Option<&Subject>,
    ) -> Result<Vec<ExportedAct>, DeskError> {
        let query = "SELECT recorded_at, actor, act, about, detail FROM audit
            WHERE actor = $1 OR about = $2 OR about = $3 ORDER BY place LIMIT $4";
        let query =
            sqlx::query(query).bind(person.map(|id| format!("person {id}"))).bind(person.map(PersonId::to_string));
        let rows = query.bind(of.map(Subject::to_string)).bind(ACTS).fetch_all(self.reads()).await?;
        let act = |row: &Row| {
            let (by, act) = (row.try_get("actor")?, row.try_get("act")?);
            let (about, detail) = (row.try_get("about")?, row.try_get("detail")?);
            Ok(ExportedAct { at: moment(row, "recorded_at")?, by, act, about, detail })
        };
        rows.iter().map(act).collect()
    }
}

impl Write {
    /// Forgets everything about a person, as part of this change: rows that are theirs go, introductions keep that they
    /// were and how they ended. Letters that tell the other side that it is over stay on their way. Answers how many
    /// rows went or were emptied, by kind.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn forget_person(
        &mut self,
        about: &OfPerson,
        sides: &[OwnSide],
    ) -> Result<BTreeMap<String, u64>, DeskError> {
        let mut gone = BTreeMap::new();
        for side in sides {
            self.forget_side(side, &mut gone).await?;
        }
        for place in places(self.connection(), &about.address).await? {
            let query = sqlx::query("DELETE FROM mail WHERE place = $1").bind(place);
            tally(&mut gone, "mail", query.execute(self.connection()).await?.rows_affected());
        }
        self.forget_answers(about, sides, &mut gone).await?;
        let query = sqlx::query("DELETE FROM mail_choices WHERE address = $1").bind(fold(&about.address));
        tally(&mut gone, "mail_choices", query.execute(self.connection()).await?.rows_affected());
        let query = sqlx::query("DELETE FROM mentors_put_aside WHERE person = $1").bind(about.whose.person.as_slice());
        tally(&mut gone, "mentors_put_aside", query.execute(self.connection()).await?.rows_affected());
        if let Some(listing) = about.whose.listing {
            for (kind, query) in [
                ("availability_plans", "DELETE FROM availability_plans WHERE subject = $1"),
                ("silences", "DELETE FROM silences WHERE subject = $1"),
            ] {
                let query = sqlx::query(query).bind(listing.0.as_slice());
                tally(&mut gone, kind, query.execute(self.connection()).await?.rows_affected());
            }
        }
        if let Some(person) = about.person {
            for (kind, query) in [
                ("sessions", "DELETE FROM sessions WHERE person = $1"),
                ("sign_in_links", "DELETE FROM sign_in_links WHERE person = $1"),
                ("people", "DELETE FROM people WHERE id = $1"),
            ] {
                let query = sqlx::query(query).bind(person.0.as_slice());
                tally(&mut gone, kind, query.execute(self.connection()).await?.rows_affected());
            }
        }
        Ok(gone)
    }

    /// Where both sides are of this organisation, a mentee's words go from the mentor's side, too, and a mentor's from
    /// the mentee's; what the other one wrote is theirs.
    async fn forget_side(&mut self, side: &OwnSide, gone: &mut BTreeMap<String, u64>) -> Result<(), DeskError> {
        let mentee = [
            (
                "introductions",
                "UPDATE introductions SET title = '', purpose = '', mentee_name = '', why_you = NULL,
                mentee_email = NULL, contact_name = NULL, contact_email = NULL, person = NULL WHERE id = $1",
            ),
            ("letters", "UPDATE introduction_letters SET signed = NULL WHERE introduction = $1 AND signed IS NOT NULL"),
            ("reports", "DELETE FROM reports WHERE introduction = $1"),
            ("notices", "DELETE FROM notices WHERE introduction = $1 AND direction = 'sent'"),
            ("mail", "DELETE FROM mail WHERE introduction = $1"),
            (
                "outbox",
                "DELETE FROM outbox WHERE introduction = $1 AND direction = 'sent' AND message NOT IN
                (SELECT message FROM introduction_letters WHERE introduction = $1 AND direction = 'sent'
                    AND kind IN ('withdraw', 'withdraw_superseded'))",
            ),
        ];
        let mentor = [
            (
                "introductions",
                "UPDATE introductions SET title = '', purpose = '', mentee_name = '', why_you = NULL,
                contact_name = NULL, contact_email = NULL WHERE id = $1 AND direction = 'received'",
            ),
            (
                "contacts",
                "UPDATE introductions SET contact_name = NULL, contact_email = NULL
                WHERE id = $1 AND direction = 'sent' AND contact_email IS NOT NULL",
            ),
            (
                "letters",
                "UPDATE introduction_letters SET signed = NULL WHERE introduction = $1
                AND (direction = 'received' OR NOT own) AND signed IS NOT NULL",
            ),
            ("notices", "DELETE FROM notices WHERE introduction = $1 AND direction = 'received'"),
            ("mail", "DELETE FROM mail WHERE introduction = $1"),
            (
                "outbox",
                "DELETE FROM outbox WHERE introduction = $1 AND direction = 'received' AND message NOT IN
                (SELECT message FROM introduction_letters WHERE introduction = $1 AND direction = 'received'
                    AND kind IN ('decline', 'decline_blocked'))",
            ),
        ];
        let queries = if side.direction == Direction::Sent { mentee } else { mentor };
        for (kind, query) in queries {
            let query = sqlx::query(query).bind(side.id.0.as_slice());
            tally(gone, kind, query.execute(self.connection()).await?.rows_affected());
        }
        Ok(())
    }

    /// Answers to repeated requests, of the last day, that name the person or an introduction of theirs.
    async fn forget_answers(
        &mut self,
        about: &OfPerson,
        sides: &[OwnSide],
        gone: &mut BTreeMap<String, u64>,
    ) -> Result<(), DeskError> {
        let mut names: Vec<String> = sides.iter().map(|side| side.id.to_string()).collect();
        names.extend([about.address.trim().to_lowercase()]);
        names.extend(about.person.map(|id| id.to_string()));
        names.extend(about.whose.listing.map(|id| id.to_string()));
        let rows = sqlx::query("SELECT request_key, body FROM requests WHERE body IS NOT NULL")
            .fetch_all(self.connection())
            .await?;
        for row in rows {
            let (key, body): (String, Vec<u8>) = (row.try_get("request_key")?, row.try_get("body")?);
            let body = String::from_utf8_lossy(&body).to_lowercase();
            if names.iter().any(|name| body.contains(name.as_str())) {
                let query = sqlx::query("DELETE FROM requests WHERE request_key = $1").bind(key);
                tally(gone, "requests", query.execute(self.connection()).await?.rows_affected());
            }
        }
        Ok(())
    }
}

fn tally(gone: &mut BTreeMap<String, u64>, kind: &str, rows: u64) {
    if rows > 0 {
        *gone.entry(kind.to_owned()).or_default() += rows;
    }
}

/// The mails to an address, however it is written.
async fn places(connection: &mut Connection, address: &str) -> Result<Vec<i64>, DeskError> {
    let rows = sqlx::query("SELECT place, recipient FROM mail ORDER BY place").fetch_all(connection).await?;
    let mut places = Vec::new();
    for row in rows {
        if fold(row.try_get("recipient")?) == fold(address) {
            places.push(row.try_get("place")?);
        }
    }
    Ok(places)
}

fn moment(row: &Row, column: &str) -> Result<Timestamp, DeskError> {
    Ok(Timestamp(count(row.try_get(column)?)))
}

#[cfg(test)]
mod tests;
