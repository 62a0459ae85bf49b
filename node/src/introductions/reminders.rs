//! Reminders: a mentor who has been silent for four days is told again, and once more after ten.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::limits::DAY;

use super::Introductions;
use crate::desk::DeskError;

/// The word of each notice, from how many days of silence on, and until how many.
const REMINDERS: [(&str, u64, u64); 2] = [("reminder_4", 4, 10), ("reminder_10", 10, 60)];
/// Reminders written in one change, so that nobody waits long for the desk.
const AT_ONCE: u32 = 64;

impl Introductions {
    /// Writes the reminders that are due, each once for each silence.
    pub(super) async fn remind(&self) -> Result<(), DeskError> {
        for (what, from, until) in REMINDERS {
            loop {
                let mut write = self.desk.write().await?;
                let silent = write.silent(what, from * DAY, until * DAY, AT_ONCE).await?;
                for id in &silent {
                    write.notice(id, Direction::Received, what).await?;
                }
                write.commit().await?;
                for id in &silent {
                    self.changed(*id, Direction::Received);
                }
                if silent.len() < AT_ONCE as usize {
                    break;
                }
            }
        }
        Ok(())
    }
}
