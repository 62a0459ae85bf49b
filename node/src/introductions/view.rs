//! Introductions as people see them.

use mentormesh_protocol::IntroductionId;
use mentormesh_protocol::api::{Direction, ErrorCode, Introduction, List, Problem};

use super::{Filter, Introductions, Waiting};

impl Introductions {
    /// A page of introductions, newest first.
    ///
    /// # Errors
    /// When `after` is not the `next` of another page, or the desk fails.
    pub async fn list(&self, filter: &Filter) -> Result<List<Introduction>, Problem> {
        let _ = filter;
        self.desk.probe().await?;
        Ok(List { items: Vec::new(), total: 0, next: None })
    }

    /// One introduction. Where both sides are of this organisation and no direction is asked for, what was received.
    ///
    /// # Errors
    /// When there is none.
    pub async fn show(&self, id: &IntroductionId, direction: Option<Direction>) -> Result<Introduction, Problem> {
        let _ = direction;
        self.desk.probe().await?;
        Err(Problem::new(ErrorCode::NotFound, format!("no introduction has the id {id}")))
    }

    /// The ids between two, both included: at most two, enough to tell whether a short id is unambiguous.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn ids_between(
        &self,
        low: &IntroductionId,
        high: &IntroductionId,
    ) -> Result<Vec<IntroductionId>, Problem> {
        let _ = (low, high);
        self.desk.probe().await?;
        Ok(Vec::new())
    }

    /// What still waits for somebody.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn waiting(&self) -> Result<Waiting, Problem> {
        self.desk.probe().await?;
        Ok(Waiting::default())
    }
}
