//! What each consent rests on that a mentor gave in person: what was shown, when, by which way. It outlives the listing
//! and then names nobody: the address goes with the profile.

use mentormesh_protocol::api::{ConsentMethod, Evidence};
use mentormesh_protocol::{Subject, Timestamp};
use sqlx::{AssertSqlSafe, Row as _};

use super::handle::{Row, big, bytes, count};
use super::listing_row::{reach_of, reach_word};
use super::{Desk, DeskError, Write};

impl Desk {
    /// The latest evidence for a listing, also for one that was erased.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn evidence(&self, subject: &Subject) -> Result<Option<Evidence>, DeskError> {
        let query = "SELECT * FROM consent_evidence WHERE subject = $1 ORDER BY place DESC LIMIT 1";
        let query = sqlx::query(query).bind(subject.0.as_slice());
        query.fetch_optional(self.reads()).await?.as_ref().map(read).transpose()
    }
}

impl Write {
    /// Keeps what a consent rests on; what was kept before stays.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn put_evidence(
        &mut self,
        subject: &Subject,
        evidence: &Evidence,
        shown: &[u8; 32],
        link: Option<&[u8; 16]>,
    ) -> Result<(), DeskError> {
        let query = "INSERT INTO consent_evidence
                (subject, place, given_at, notice_version, reach, open_web, shown, method, address, link)
            SELECT $1, COALESCE(MAX(place), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9
            FROM consent_evidence WHERE subject = $1";
        sqlx::query(query)
            .bind(subject.0.as_slice())
            .bind(big(evidence.given_at.0))
            .bind(&evidence.notice_version)
            .bind(reach_word(evidence.reach))
            .bind(evidence.open_web)
            .bind(shown.as_slice())
            .bind(word(evidence.method))
            .bind(&evidence.address)
            .bind(link.map(<[u8; 16]>::as_slice))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Forgets the addresses in the evidence of every listing that was erased, and whom of them was invited.
    pub(super) async fn forget_invited(&mut self) -> Result<(), DeskError> {
        let erased = "(SELECT about FROM own_slots WHERE kind = 'profile' AND erased)";
        for query in [
            format!("UPDATE consent_evidence SET address = NULL WHERE address IS NOT NULL AND subject IN {erased}"),
            format!("DELETE FROM invitations WHERE subject IN {erased}"),
            format!("DELETE FROM confirm_reminders WHERE subject IN {erased}"),
        ] {
            sqlx::query(AssertSqlSafe(query)).execute(self.connection()).await?;
        }
        Ok(())
    }
}

const fn word(method: ConsentMethod) -> &'static str {
    match method {
        ConsentMethod::MailedLink => "mailed_link",
        ConsentMethod::SignedIn => "signed_in",
    }
}

fn read(row: &Row) -> Result<Evidence, DeskError> {
    let said: &str = row.try_get("method")?;
    let method = [ConsentMethod::MailedLink, ConsentMethod::SignedIn].into_iter().find(|known| word(*known) == said);
    let shown: [u8; 32] = bytes(row, "shown", "consent_evidence.shown")?;
    let link: Option<&[u8]> = row.try_get("link")?;
    Ok(Evidence {
        given_at: Timestamp(count(row.try_get("given_at")?)),
        notice_version: row.try_get("notice_version")?,
        reach: reach_of(row.try_get("reach")?)?,
        open_web: row.try_get("open_web")?,
        shown: hex(&shown),
        method: method.ok_or(DeskError::Unreadable { what: "consent_evidence.method" })?,
        address: row.try_get("address")?,
        link: link.map(hex),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
