//! Mentors asked by mail whether they agree to be listed, and what they said.

use mentormesh_protocol::api::{Invitation, InvitationAnswer};
use mentormesh_protocol::{Subject, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, count};
use super::{Desk, DeskError, Write};

macro_rules! never {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM listings l WHERE l.consent_given_on IS NULL
                AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.subject = l.subject)
                AND NOT EXISTS (SELECT 1 FROM own_slots s WHERE s.kind = 'profile' AND s.about = l.subject) ",
            $rest
        )
    };
}

impl Desk {
    /// How a mentor was asked, if they were.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn invitation(&self, subject: &Subject) -> Result<Option<Invitation>, DeskError> {
        let query = sqlx::query("SELECT * FROM invitations WHERE subject = $1").bind(subject.0.as_slice());
        query.fetch_optional(self.reads()).await?.as_ref().map(read).transpose()
    }

    /// Drafts without consent whose mentors were never asked, those made first before the others: `most` at most, and
    /// how many there are in all.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn never_invited(&self, most: u32) -> Result<(Vec<Subject>, u64), DeskError> {
        let query = sqlx::query_scalar(never!("l.subject", "ORDER BY l.created_at, l.subject LIMIT $1"));
        let found: Vec<Vec<u8>> = query.bind(i64::from(most)).fetch_all(self.reads()).await?;
        let total = sqlx::query_scalar(never!("COUNT(*)", "")).fetch_one(self.reads()).await?;
        let read = |bytes: &Vec<u8>| Subject::from_slice(bytes);
        let found = found.iter().map(read).collect::<Result<_, _>>();
        Ok((found.map_err(|_| DeskError::Unreadable { what: "listings.subject" })?, count(total)))
    }

    /// Whose invitation is to be mailed next: the one that waits longest.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn next_invitation_to_mail(&self) -> Result<Option<Subject>, DeskError> {
        let query = "SELECT subject FROM invitations WHERE to_mail ORDER BY invited_at, subject LIMIT 1";
        let row: Option<Vec<u8>> = sqlx::query_scalar(query).fetch_optional(self.reads()).await?;
        row.map(|bytes| Subject::from_slice(&bytes).map_err(|_| DeskError::Unreadable { what: "invitations.subject" }))
            .transpose()
    }
}

impl Write {
    /// How a mentor was asked, as this change sees it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn invitation(&mut self, subject: &Subject) -> Result<Option<Invitation>, DeskError> {
        let query = sqlx::query("SELECT * FROM invitations WHERE subject = $1").bind(subject.0.as_slice());
        query.fetch_optional(self.connection()).await?.as_ref().map(read).transpose()
    }

    /// Asks a mentor, once more if they were asked before. What they said before stays said.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn invite(&mut self, subject: &Subject) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO invitations (subject, invited_at, times, to_mail, answer, answered_at)
            VALUES ($1, $2, 1, TRUE, 'waiting', NULL)
            ON CONFLICT (subject) DO UPDATE SET invited_at = excluded.invited_at, times = invitations.times + 1,
                to_mail = TRUE";
        sqlx::query(query).bind(subject.0.as_slice()).bind(now).execute(self.connection()).await?;
        Ok(())
    }

    /// The mail is queued, or there is nobody to mail it to.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn invitation_mailed(&mut self, subject: &Subject) -> Result<(), DeskError> {
        let query = sqlx::query("UPDATE invitations SET to_mail = FALSE WHERE subject = $1");
        query.bind(subject.0.as_slice()).execute(self.connection()).await?;
        Ok(())
    }

    /// Writes down what a mentor said; who was never asked and says so on their own has nothing to be written down here.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn answer_invitation(&mut self, subject: &Subject, answer: InvitationAnswer) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "UPDATE invitations SET answer = $2, answered_at = $3, to_mail = FALSE WHERE subject = $1";
        let query = sqlx::query(query).bind(subject.0.as_slice()).bind(word(answer)).bind(now);
        query.execute(self.connection()).await?;
        Ok(())
    }
}

const fn word(answer: InvitationAnswer) -> &'static str {
    match answer {
        InvitationAnswer::Waiting => "waiting",
        InvitationAnswer::Consented => "consented",
        InvitationAnswer::Declined => "declined",
    }
}

fn read(row: &Row) -> Result<Invitation, DeskError> {
    let said: &str = row.try_get("answer")?;
    let known = [InvitationAnswer::Waiting, InvitationAnswer::Consented, InvitationAnswer::Declined];
    let answer = known.into_iter().find(|answer| word(*answer) == said);
    Ok(Invitation {
        invited_at: Timestamp(count(row.try_get("invited_at")?)),
        times: count(row.try_get("times")?),
        answer: answer.ok_or(DeskError::Unreadable { what: "invitations.answer" })?,
        answered_at: row.try_get::<Option<i64>, _>("answered_at")?.map(|at| Timestamp(count(at))),
    })
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::{Consent, Contact, ListingInput, Reach};
    use mentormesh_protocol::record::Profile;

    use super::super::tests::{NOW, desk};
    use super::*;

    const ADA: Subject = Subject([1; 16]);

    #[tokio::test]
    async fn who_is_asked_again_is_mailed_again_and_what_was_said_stays_said() {
        let (_folder, desk, clock) = desk().await;
        let mut write = desk.write().await.expect("a change");
        write.invite(&ADA).await.expect("asked");
        write.commit().await.expect("durable");
        assert_eq!(desk.next_invitation_to_mail().await.expect("read"), Some(ADA));
        let mut write = desk.write().await.expect("a change");
        write.invitation_mailed(&ADA).await.expect("noted");
        write.answer_invitation(&ADA, InvitationAnswer::Declined).await.expect("noted");
        write.commit().await.expect("durable");
        assert_eq!(desk.next_invitation_to_mail().await.expect("read"), None);
        clock.advance(5);
        let mut write = desk.write().await.expect("a change");
        write.invite(&ADA).await.expect("asked again");
        write.commit().await.expect("durable");
        let asked = desk.invitation(&ADA).await.expect("read").expect("asked");
        assert_eq!((asked.times, asked.invited_at), (2, NOW.plus(5)));
        assert_eq!((asked.answer, asked.answered_at), (InvitationAnswer::Declined, Some(NOW)));
        assert_eq!(desk.next_invitation_to_mail().await.expect("read"), Some(ADA));
    }

    #[tokio::test]
    async fn who_was_never_asked_and_agreed_to_nothing_is_found_the_oldest_first() {
        let (_folder, desk, clock) = desk().await;
        let consent = Consent { given_on: NOW.date(), notice_version: None, reach: Reach::Network, open_web: false };
        for (number, consent) in [(1, None), (2, None), (3, None), (4, Some(consent))] {
            let contact = Contact { email: format!("mentor{number}@example.org"), name: None };
            let content = ListingInput { profile: Profile::default(), contact, consent };
            let mut write = desk.write().await.expect("a change");
            write.put_listing(&Subject([5 - number; 16]), &content, "registrar").await.expect("kept");
            write.commit().await.expect("durable");
            clock.advance(1);
        }
        let mut write = desk.write().await.expect("a change");
        write.invite(&Subject([4; 16])).await.expect("asked");
        write.commit().await.expect("durable");
        let found = desk.never_invited(1).await.expect("read");
        assert_eq!(found, (vec![Subject([3; 16])], 2), "one of two: neither who was asked nor who agreed");
    }
}
