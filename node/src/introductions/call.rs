//! The call that the two agreed on, for their calendars.
//!
//! Each side's node writes to its own person alone, and only once it has both addresses: what it says travels in no
//! letter. Both write of one event, which has one name.

use mentormesh_protocol::ProfileId;
use mentormesh_protocol::api::{Introduction, Problem};
use mentormesh_protocol::introduction::{Contact, LetterBody};

use super::Introductions;
use super::half::body_of;
use crate::calendar::{Event, Party, Purpose};
use crate::desk::CallRow;

impl Introductions {
    /// The call as a file for a calendar; none unless the two agreed on a time and have each other's address.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn call_file(&self, one: &Introduction) -> Result<Option<String>, Problem> {
        let Some(call) = self.standing_call(one).await? else { return Ok(None) };
        let Some((mentor, mentee)) = self.both(one).await? else { return Ok(None) };
        Ok(Some(event(one, &call, None, Some((&mentor, &mentee))).text(Purpose::Publish)))
    }

    /// The call as a mail of `from` invites to it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn call_invitation(&self, one: &Introduction, from: Option<Party>) -> Result<Option<String>, Problem> {
        let Some(call) = self.standing_call(one).await? else { return Ok(None) };
        let Some((mentor, mentee)) = self.both(one).await? else { return Ok(None) };
        Ok(Some(event(one, &call, from, Some((&mentor, &mentee))).text(Purpose::Request)))
    }

    /// That the call to which `to` was invited takes place no more; none if they were not invited, or it does.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn call_cancelled(
        &self,
        one: &Introduction,
        from: Option<Party>,
        to: Party,
    ) -> Result<Option<String>, Problem> {
        let call = self.desk.call(&one.id, one.direction).await?;
        let Some(call) = call.filter(|call| call.cancelled && call.invited) else { return Ok(None) };
        // The other side's address is gone with the yes.
        let from = from.unwrap_or_else(|| to.clone());
        let event = Event { attendees: vec![to], ..event(one, &call, Some(from), None) };
        Ok(Some(event.text(Purpose::Cancel)))
    }

    /// The time zone of a mentor's profile, if it says one.
    #[must_use]
    pub fn mentor_zone(&self, mentor: &ProfileId) -> Option<String> {
        // Without it a time is shown by the other clock alone.
        self.profile(mentor).ok().flatten()?.time_zone
    }

    async fn standing_call(&self, one: &Introduction) -> Result<Option<CallRow>, Problem> {
        Ok(self.desk.call(&one.id, one.direction).await?.filter(|call| !call.cancelled))
    }

    /// The mentor's and the mentee's contact, as their letters say them.
    async fn both(&self, one: &Introduction) -> Result<Option<(Contact, Contact)>, Problem> {
        let (mut mentor, mut mentee) = (None, None);
        for letter in &self.desk.letters(&one.id, one.direction).await? {
            match body_of(letter) {
                Some(LetterBody::Accept(_, contact, _)) => mentor = Some(contact),
                Some(LetterBody::Contact(contact)) => mentee = Some(contact),
                Some(
                    LetterBody::Request(_)
                    | LetterBody::Question(_)
                    | LetterBody::Answer(_)
                    | LetterBody::Explore
                    | LetterBody::Decline { .. }
                    | LetterBody::Withdraw { .. },
                )
                | None => {}
            }
        }
        Ok(mentor.zip(mentee))
    }
}

/// The event of a call. Without a sender, it is the mentor who invites: they chose the time.
fn event(one: &Introduction, call: &CallRow, from: Option<Party>, both: Option<(&Contact, &Contact)>) -> Event {
    let party = |contact: &Contact| Party { name: contact.name.clone(), email: contact.email.clone() };
    let attendees: Vec<_> = both.map(|(mentor, mentee)| vec![party(mentor), party(mentee)]).unwrap_or_default();
    let nobody = || Party { name: one.organisation.name.clone(), email: String::new() };
    let mentor = both.map_or_else(|| one.mentor.clone().unwrap_or_default(), |(mentor, _)| mentor.name.clone());
    let reach = both.map(|(mentor, mentee)| {
        let line = |contact: &Contact| format!("{}: {}", contact.name, contact.email);
        format!("How to meet is for the two of you to agree.\n{}\n{}", line(mentor), line(mentee))
    });
    Event {
        uid: format!("{}@mentormesh", one.id),
        sequence: call.sequence,
        stamped_at: call.changed_at,
        start: call.slot.start,
        end: call.slot.end(),
        organiser: from.or_else(|| attendees.first().cloned()).unwrap_or_else(nobody),
        attendees,
        summary: format!("Mentoring: {mentor}, {}", one.mentee),
        description: reach,
    }
}
