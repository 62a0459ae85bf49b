//! What each side can do once a request is under way.

use mentormesh_protocol::IntroductionId;
use mentormesh_protocol::api::{ErrorCode, Introduction, Problem};

use super::{Introductions, Step};

impl Introductions {
    /// Takes a step; when this returns, it is durable and on its way to the other side.
    ///
    /// # Errors
    /// When there is no such introduction, it is not the time for this step, or a text breaks a rule.
    pub async fn step(&self, id: &IntroductionId, step: Step, by: &str) -> Result<Introduction, Problem> {
        let _ = (step, by);
        self.signer.at_home().await;
        Err(Problem::new(ErrorCode::NotFound, format!("no introduction has the id {id}")))
    }
}
