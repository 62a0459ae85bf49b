//! Pauses as those who wait hear of them: their mentor's profile says so, and their own node tells them.
//!
//! A pause is no step of an introduction and sends no letter. Each mentee is told once of each pause.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::record::{Availability, AvailabilityStatus, Profile};
use mentormesh_protocol::{Date, ProfileId};

use super::Introductions;
use crate::desk::{DeskError, WaitedFor};

/// The word of the notice.
pub(crate) const MENTOR_PAUSED: &str = "mentor_paused";
/// Mentors looked at, and notices written, in one go, so that nobody waits long for the desk.
const AT_ONCE: u32 = 64;

/// The pause that a profile shows on a day.
pub(super) fn pause_on(profile: &Profile, day: Date) -> Option<Availability> {
    Some(profile.availability.on(day)).filter(|availability| availability.status == AvailabilityStatus::Paused)
}

impl Introductions {
    /// The pause that a mentor shows today, as far as this node knows.
    pub(crate) fn away(&self, mentor: &ProfileId) -> Option<Availability> {
        // What cannot be read is told by nobody; it is read again with the next look.
        let shown = self.profile(mentor).ok().flatten()?;
        pause_on(&shown, self.clock.now().date())
    }

    /// Tells mentees whose mentor takes a pause, and notes who is back.
    pub(super) async fn tell_of_pauses(&self) -> Result<(), DeskError> {
        let mut after = None;
        loop {
            let page = self.desk.waited_for(after.as_ref(), AT_ONCE).await?;
            for one in &page {
                self.tell_of_pause(one).await?;
            }
            after = page.last().map(|last| last.mentor);
            if page.len() < AT_ONCE as usize {
                return Ok(());
            }
        }
    }

    async fn tell_of_pause(&self, one: &WaitedFor) -> Result<(), DeskError> {
        let away = self.away(&one.mentor).is_some();
        if !away && one.told > 0 {
            let mut write = self.desk.write().await?;
            write.back_from_pause(&one.mentor).await?;
            return write.commit().await;
        }
        let mut left = if away { one.untold } else { 0 };
        while left > 0 {
            let mut write = self.desk.write().await?;
            let told = write.told_of_pause(&one.mentor, AT_ONCE).await?;
            for id in &told {
                write.notice(id, Direction::Sent, MENTOR_PAUSED).await?;
            }
            write.commit().await?;
            for id in &told {
                self.changed(*id, Direction::Sent);
            }
            left = if told.len() < AT_ONCE as usize { 0 } else { left.saturating_sub(u64::from(AT_ONCE)) };
        }
        Ok(())
    }
}
