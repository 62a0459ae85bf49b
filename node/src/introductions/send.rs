//! Asking for an introduction.

use mentormesh_protocol::api::{Introduction, IntroductionInput, Problem};

use super::Introductions;

impl Introductions {
    /// Asks a mentor for an introduction; when this returns, the request is durable and on its way.
    ///
    /// # Errors
    /// Which rule the request breaks, or why it cannot be signed or kept now.
    pub async fn send(&self, input: IntroductionInput, by: &str) -> Result<Introduction, Problem> {
        let _ = by;
        self.signer.at_home().await;
        Err(Problem::field("profile", format!("{} cannot be asked yet", input.profile)))
    }
}
