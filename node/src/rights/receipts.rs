//! Who confirmed an erasure of ours: readable by the home node when the profile itself is long gone.

use mentormesh_protocol::Subject;
use mentormesh_protocol::api::{ErasureReceipt, ErasureState, List, Problem};

use super::Rights;
use crate::desk::HolderRow;

impl Rights {
    /// Every organisation that said it held this profile, and how it stands there. None if it was not erased here.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn receipts(&self, subject: &Subject) -> Result<Option<List<ErasureReceipt>>, Problem> {
        let Some(erasure) = self.desk.erasure(subject).await? else { return Ok(None) };
        let now = self.clock.now();
        let item = |HolderRow { organisation, confirmed }| {
            let state = match confirmed {
                Some(_) => ErasureState::Confirmed,
                None if now < erasure.by_date => ErasureState::Pending,
                None => ErasureState::Expired,
            };
            ErasureReceipt {
                organisation: self.organisation(organisation),
                node: confirmed.map(|(node, _)| node),
                state,
                at: confirmed.map(|(_, at)| at),
                by_date: erasure.by_date,
            }
        };
        let holders = self.desk.erasure_holders(subject).await?;
        Ok(Some(List::whole(holders.into_iter().map(item).collect())))
    }
}
