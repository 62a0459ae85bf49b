//! In which language somebody reads: as they chose, else as their listing speaks, else as the organisation does.

use crate::desk::{Desk, DeskError, ListingRow};
use crate::speech::Locale;

/// Everybody who is mailed.
#[derive(Clone, Debug)]
pub(crate) struct Readers {
    desk: Desk,
    /// The language of who said nothing.
    otherwise: Locale,
}

impl Readers {
    pub(crate) const fn new(desk: Desk, otherwise: Locale) -> Self {
        Self { desk, otherwise }
    }

    /// Readers of an organisation that writes in this language itself.
    pub(crate) fn speaking(desk: Desk, language: &str) -> Self {
        Self::new(desk, Locale::of_tag(language).unwrap_or(Locale::English))
    }

    /// The language of whoever has this address and, if they are a mentor here, this listing.
    pub(crate) async fn language(&self, address: &str, listing: Option<&ListingRow>) -> Result<Locale, DeskError> {
        let chosen = self.desk.locale_of(address).await?.and_then(|tag| Locale::of_tag(&tag));
        Ok(chosen.or_else(|| listing.and_then(spoken)).unwrap_or(self.otherwise))
    }
}

/// The first language of a listing that is one of ours.
fn spoken(listing: &ListingRow) -> Option<Locale> {
    listing.content.profile.languages.iter().find_map(|spoken| Locale::of_tag(&spoken.tag))
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::{PersonId, Timestamp};

    use super::*;
    use crate::clock::Clock;
    use crate::desk::PersonRow;

    #[tokio::test]
    async fn what_somebody_chose_counts_and_otherwise_the_organisation_s_language() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, clock) = (folder.path().join("desk.sqlite"), Clock::set_at(Timestamp(1_795_000_000_000)));
        let desk = Desk::open(&file, clock).await.expect("a desk");
        let ada = PersonRow {
            id: PersonId([1; 16]),
            email: "Ada@example.org".to_owned(),
            name: "Ada".to_owned(),
            locale: Some("fr-CA".to_owned()),
            roles: [].into(),
            disabled: false,
            created_at: Timestamp(0),
            changed_at: Timestamp(0),
        };
        let mut write = desk.write().await.expect("a turn");
        write.put_person(&ada).await.expect("kept");
        write.commit().await.expect("durable");
        let readers = Readers::new(desk, Locale::German);
        let reads = async |address: &str| readers.language(address, None).await.expect("read");
        assert_eq!(reads("ada@example.org").await, Locale::French);
        assert_eq!(reads("bo@example.org").await, Locale::German);
    }
}
