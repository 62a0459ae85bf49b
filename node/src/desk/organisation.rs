//! What the organisation's card says of it, as its registrar last wrote it; signing it is another room's.

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::record::{BodyKind, Card, SealingKeyNotice};
use sqlx::Row as _;

use super::handle::{Row, big};
use super::{Desk, DeskError, Write};

/// The card's fields that people write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRow {
    /// The name people know it by.
    pub name: String,
    /// What sort of body it is.
    pub kind: BodyKind,
    /// Two-letter country of its seat.
    pub country: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// Where its privacy notice is; the node's own when absent.
    pub privacy_notice: Option<String>,
    /// Which wording of the notice stands.
    pub notice_version: String,
    /// Where a complaint goes; the node's own route when absent.
    pub complaints: Option<String>,
    /// Organisations that keep letters while no node of this one is reachable.
    pub relays: Vec<OrganisationId>,
}

impl OrganisationRow {
    /// What a card of ours says, as it was written here when the card was signed.
    #[must_use]
    pub fn of(card: &Card) -> Self {
        Self {
            name: card.name.clone(),
            kind: card.kind,
            country: card.country.clone(),
            website: card.website.clone(),
            privacy_notice: card.privacy_notice.clone(),
            notice_version: card.notice_version.clone(),
            complaints: card.complaints.clone(),
            relays: card.relays.clone(),
        }
    }

    /// The card that says this, with the keys that letters are sealed to.
    #[must_use]
    pub fn card(&self, sealing_keys: Vec<SealingKeyNotice>) -> Card {
        Card {
            name: self.name.clone(),
            kind: self.kind,
            country: self.country.clone(),
            website: self.website.clone(),
            privacy_notice: self.privacy_notice.clone(),
            notice_version: self.notice_version.clone(),
            complaints: self.complaints.clone(),
            relays: self.relays.clone(),
            sealing_keys,
        }
    }
}

impl Desk {
    /// The organisation, once it was written down.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn organisation(&self) -> Result<Option<OrganisationRow>, DeskError> {
        let row = sqlx::query("SELECT * FROM organisation").fetch_optional(self.reads()).await?;
        row.as_ref().map(read).transpose()
    }

    /// Writes the organisation down.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn set_organisation(&self, organisation: &OrganisationRow, by: &str) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        write.put_organisation(organisation).await?;
        write.note(by, "organisation.changed", "self", "").await?;
        write.commit().await
    }
}

impl Write {
    /// Writes the organisation down, as part of this change.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn put_organisation(&mut self, organisation: &OrganisationRow) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let relays: Vec<_> = organisation.relays.iter().map(ToString::to_string).collect();
        sqlx::query(
            "INSERT INTO organisation (only_row, name, kind, country, website, privacy_notice, notice_version,
                complaints, relays, changed_at) VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (only_row) DO UPDATE SET name = excluded.name, kind = excluded.kind,
                country = excluded.country, website = excluded.website, privacy_notice = excluded.privacy_notice,
                notice_version = excluded.notice_version, complaints = excluded.complaints,
                relays = excluded.relays, changed_at = excluded.changed_at",
        )
        .bind(&organisation.name)
        .bind(word(organisation.kind))
        .bind(&organisation.country)
        .bind(&organisation.website)
        .bind(&organisation.privacy_notice)
        .bind(&organisation.notice_version)
        .bind(&organisation.complaints)
        .bind(relays.join(" "))
        .bind(now)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

fn read(row: &Row) -> Result<OrganisationRow, DeskError> {
    let kind: String = row.try_get("kind")?;
    let kind = KINDS.into_iter().find(|(_, word)| *word == kind);
    let relays: String = row.try_get("relays")?;
    let relays: Result<_, _> = relays.split_whitespace().map(str::parse).collect();
    Ok(OrganisationRow {
        name: row.try_get("name")?,
        kind: kind.ok_or(DeskError::Unreadable { what: "organisation.kind" })?.0,
        country: row.try_get("country")?,
        website: row.try_get("website")?,
        privacy_notice: row.try_get("privacy_notice")?,
        notice_version: row.try_get("notice_version")?,
        complaints: row.try_get("complaints")?,
        relays: relays.map_err(|_| DeskError::Unreadable { what: "organisation.relays" })?,
    })
}

const KINDS: [(BodyKind, &str); 5] = [
    (BodyKind::ProfessionalBody, "professional_body"),
    (BodyKind::TrainingProvider, "training_provider"),
    (BodyKind::Employer, "employer"),
    (BodyKind::Network, "network"),
    (BodyKind::Charity, "charity"),
];

const fn word(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::ProfessionalBody => "professional_body",
        BodyKind::TrainingProvider => "training_provider",
        BodyKind::Employer => "employer",
        BodyKind::Network => "network",
        BodyKind::Charity => "charity",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[tokio::test]
    async fn ada_s_body_is_written_down_changed_and_found_again_after_reopening() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.sqlite");
        let desk = Desk::open(&file, Clock::system()).await.expect("a desk");
        assert_eq!(desk.organisation().await.expect("read"), None);
        for kind in KINDS {
            let body = OrganisationRow {
                name: format!("Ada's {}", kind.1),
                kind: kind.0,
                country: Some("GB".to_owned()),
                website: None,
                privacy_notice: None,
                notice_version: "1".to_owned(),
                complaints: Some("mailto:office@ada.example".to_owned()),
                relays: vec![OrganisationId([2; 32]), OrganisationId([3; 32])],
            };
            desk.set_organisation(&body, "registrar").await.expect("written");
            let again = Desk::open(&file, Clock::system()).await.expect("a desk");
            assert_eq!(again.organisation().await.expect("read"), Some(body));
        }
    }
}
