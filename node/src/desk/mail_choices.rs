//! Which mail somebody wants, by their address: everything, no reminders, or only what has to be said.

use super::{Desk, DeskError, Write, fold};

/// What somebody wants to be mailed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailChoice {
    /// Everything.
    #[default]
    All,
    /// No reminders.
    NoReminders,
    /// Only what asks for an answer or gives one.
    Necessary,
}

impl MailChoice {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::All, Self::NoReminders, Self::Necessary];

    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::NoReminders => "no_reminders",
            Self::Necessary => "necessary",
        }
    }
}

impl Desk {
    /// What whoever has this address chose.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn mail_choice(&self, address: &str) -> Result<MailChoice, DeskError> {
        let query = sqlx::query_scalar("SELECT choice FROM mail_choices WHERE address = $1").bind(fold(address));
        let word: Option<String> = query.fetch_optional(self.reads()).await?;
        let Some(word) = word else { return Ok(MailChoice::All) };
        let mut known = MailChoice::ALL.into_iter();
        known.find(|choice| choice.as_str() == word).ok_or(DeskError::Unreadable { what: "mail_choices.choice" })
    }
}

impl Write {
    /// Writes down what whoever has this address chose; nothing is kept of who wants everything. The trail names who acted
    /// and the listing or introduction whose mail led there, never the address.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn choose_mail(
        &mut self,
        address: &str,
        choice: MailChoice,
        by: &str,
        about: &str,
    ) -> Result<(), DeskError> {
        self.note(by, "mail.chosen", about, choice.as_str()).await?;
        let address = fold(address);
        let query = sqlx::query("DELETE FROM mail_choices WHERE address = $1").bind(&address);
        query.execute(self.connection()).await?;
        if choice != MailChoice::All {
            let now = super::handle::big(self.now().0);
            let query = "INSERT INTO mail_choices (address, choice, chosen_at) VALUES ($1, $2, $3)";
            let query = sqlx::query(query).bind(&address).bind(choice.as_str()).bind(now);
            query.execute(self.connection()).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::desk;
    use super::*;

    #[tokio::test]
    async fn a_choice_holds_for_an_address_however_it_is_written_until_another_is_made() {
        let (_folder, desk, _clock) = desk().await;
        let choice = async |address: &str| desk.mail_choice(address).await.expect("read");
        assert_eq!(choice("ada@example.org").await, MailChoice::All);
        for chosen in [MailChoice::Necessary, MailChoice::NoReminders, MailChoice::All] {
            let mut write = desk.write().await.expect("a turn");
            write.choose_mail("Ada@Example.org", chosen, "mentor", "her listing").await.expect("written");
            write.commit().await.expect("kept");
            assert_eq!(choice("ada@example.org").await, chosen);
            assert_eq!(choice("bo@example.org").await, MailChoice::All);
        }
        let trail = desk.audit_trail(9).await.expect("read");
        let said: Vec<_> = trail.iter().map(|row| (row.act.as_str(), row.detail.as_str())).collect();
        assert_eq!(said, [("mail.chosen", "all"), ("mail.chosen", "no_reminders"), ("mail.chosen", "necessary")]);
        assert!(!format!("{trail:?}").to_lowercase().contains("ada@example.org"), "{trail:?}");
    }
}
