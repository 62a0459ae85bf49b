//! A mentor agrees in person: to what was shown, byte for byte, and to nothing that came after it.
//!
//! What the consent rests on is kept in the change that records it, before anything is signed.

use mentormesh_protocol::api::{
    Consent, ConsentMethod, ErrorCode, Evidence, InvitationAnswer, Listing, ListingState, Problem, Reach,
};
use mentormesh_protocol::key::sha256;
use mentormesh_protocol::record::{Consented, Profile, ProfileBody};
use mentormesh_protocol::{Subject, codec};

use super::handle::Listings;
use super::prepare::prepare;
use crate::desk::ListingRow;

/// What the network would see of a listing today, and the private side beside it.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The listing as its home node sees it.
    pub listing: Listing,
    /// What would be signed.
    pub profile: Profile,
    /// The SHA-256 of that, in hexadecimal: what a consent binds to.
    pub shown: String,
    /// How many other organisations would see it now.
    pub visible_to: u64,
    /// The wording of the privacy notice that holds now.
    pub notice: String,
}

/// What a mentor agreed to, and how.
#[derive(Clone, Debug)]
pub struct Agreed {
    /// To whom.
    pub reach: Reach,
    /// Whether the open web may see it too.
    pub open_web: bool,
    /// The `shown` of the preview that they saw.
    pub shown: String,
    /// In which way.
    pub method: ConsentMethod,
    /// The address that the link went to, or of who is signed in.
    pub address: Option<String>,
    /// The number of the link.
    pub link: Option<[u8; 16]>,
}

impl Listings {
    /// What the network would see of a listing today.
    ///
    /// # Errors
    /// When there is none.
    pub async fn preview(&self, id: &Subject) -> Result<Preview, Problem> {
        let Some(row) = self.desk.listing(id).await?.filter(|row| !row.is_erased()) else {
            return Err(self.absent(id).await?);
        };
        let notice = self.notice().await?;
        let profile = self.seen(&row, &notice).await?;
        let shown = hex(&digest(&profile));
        let listing = self.told(self.show(row)).await?;
        Ok(Preview { listing, profile, shown, visible_to: self.visible_to(), notice })
    }

    /// Records what a mentor agreed to and what that rests on; then publishes, or withdraws where less was agreed to
    /// than what is published.
    ///
    /// # Errors
    /// When there is no such listing, it is not any more what the mentor was shown, or it cannot be signed; a consent
    /// that was recorded stays recorded.
    pub async fn consent(&self, id: &Subject, agreed: Agreed) -> Result<Listing, Problem> {
        self.signer.at_home().await;
        let _turn = self.turn().await?;
        let (row, notice) = (self.listed(id).await?, self.notice().await?);
        let shown = digest(&self.seen(&row, &notice).await?);
        if hex(&shown) != agreed.shown {
            let problem = "the listing was changed since this page was shown; nothing was agreed to";
            let next = "look at it as it is now, and say so again";
            return Err(Problem::new(ErrorCode::PreconditionFailed, problem).with_next(next));
        }
        if agreed.reach != Reach::Network && row.state(self.clock.now()) == ListingState::Published {
            self.withdraw_in_turn(id, false).await?;
        }
        let consent = Consent {
            given_on: self.clock.now().date(),
            notice_version: Some(notice.clone()),
            reach: agreed.reach,
            open_web: agreed.open_web,
        };
        let mut content = row.content;
        content.consent = Some(consent);
        let content = prepare(content, &notice, self.clock.now())?;
        let mut write = self.desk.write().await?;
        let evidence = Evidence {
            given_at: write.now(),
            notice_version: notice,
            reach: agreed.reach,
            open_web: agreed.open_web,
            shown: agreed.shown,
            method: agreed.method,
            address: agreed.address,
            link: None,
        };
        write.put_listing(id, &content, &self.by).await?;
        write.put_evidence(id, &evidence, &shown, agreed.link.as_ref()).await?;
        write.answer_invitation(id, InvitationAnswer::Consented).await?;
        write.note(&self.by, "listing.consented", &id.to_string(), reach_word(agreed.reach)).await?;
        write.commit().await?;
        if agreed.reach == Reach::Network {
            return Ok(self.publish_in_turn(id).await?.listing);
        }
        self.find(id).await
    }

    /// A mentor does not want to be listed: what is published is withdrawn, no consent is left to publish with, and it
    /// is remembered.
    ///
    /// # Errors
    /// When there is no such listing, or its withdrawal cannot be signed.
    pub async fn decline(&self, id: &Subject) -> Result<Listing, Problem> {
        self.signer.at_home().await;
        let _turn = self.turn().await?;
        let row = self.listed(id).await?;
        match row.state(self.clock.now()) {
            ListingState::Published | ListingState::Expired => {
                self.withdraw_in_turn(id, false).await?;
            }
            ListingState::Draft | ListingState::Withdrawn => {}
        }
        let mut content = row.content;
        content.consent = None;
        let mut write = self.desk.write().await?;
        write.put_listing(id, &content, &self.by).await?;
        write.answer_invitation(id, InvitationAnswer::Declined).await?;
        write.note(&self.by, "listing.declined", &id.to_string(), "").await?;
        write.commit().await?;
        self.find(id).await
    }

    pub(super) async fn listed(&self, id: &Subject) -> Result<ListingRow, Problem> {
        match self.desk.listing(id).await?.filter(|row| !row.is_erased()) {
            Some(row) => Ok(row),
            None => Err(self.absent(id).await?),
        }
    }

    /// The profile that publishing would sign today.
    async fn seen(&self, row: &ListingRow, notice: &str) -> Result<Profile, Problem> {
        let now = self.clock.now();
        // What breaks a rule of today cannot be published; it is shown as it is, to be mended.
        let content = prepare(row.content.clone(), notice, now).unwrap_or_else(|_| row.content.clone());
        let consented = Consented { given_on: now.date(), notice_version: notice.to_owned(), open_web: false };
        let mut profile = content.profile;
        profile.availability = profile.availability.on(now.date());
        let mut body = ProfileBody { profile, consented, also_listed: Vec::new() };
        self.tell_responsiveness(&row.subject, &mut body).await?;
        Ok(body.profile)
    }
}

fn digest(profile: &Profile) -> [u8; 32] {
    sha256(&codec::encode(profile))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

const fn reach_word(reach: Reach) -> &'static str {
    match reach {
        Reach::Local => "local",
        Reach::Partners => "partners",
        Reach::Network => "network",
    }
}

#[cfg(test)]
#[path = "consenting/tests.rs"]
mod tests;
