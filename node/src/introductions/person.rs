//! Who stands on this node's side of an introduction, and how to reach them.

use mentormesh_protocol::api::{Contact, Direction, Introduction};

use super::Introductions;
use crate::desk::DeskError;

impl Introductions {
    /// The person on this side: the mentor by the listing, the mentee by the request while their address is kept.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn own_person(&self, about: &Introduction) -> Result<Option<Contact>, DeskError> {
        match about.direction {
            Direction::Received => {
                let Some(listing) = self.desk.listing(&about.profile.subject).await? else { return Ok(None) };
                let Contact { email, name } = listing.content.contact;
                Ok(Some(Contact { email, name: name.or(Some(listing.content.profile.display_name)) }))
            }
            Direction::Sent => {
                let email = self.desk.mentee_email(&about.id).await?;
                Ok(email.map(|email| Contact { email, name: Some(about.mentee.clone()) }))
            }
        }
    }
}
