//! After a block: lifting it, and the quiet way in which a mentee puts a mentor aside.
//!
//! A block is a letter, so both nodes hold to it: the mentor's refuses what comes, the mentee's what would be sent. Each
//! registrar lifts it at the own node; requests come through again once both have.

use mentormesh_protocol::IntroductionId;
use mentormesh_protocol::api::{Direction, ErrorCode, Introduction, Problem};
use mentormesh_protocol::introduction::State;

use super::Introductions;
use super::steps::absent;
use crate::desk::{IntroductionRow, Write};

impl Introductions {
    /// Lifts the block that an introduction made, at this node.
    ///
    /// # Errors
    /// When there is no such introduction, or it made no block.
    pub async fn lift_block(
        &self,
        id: &IntroductionId,
        direction: Option<Direction>,
        by: &str,
    ) -> Result<Introduction, Problem> {
        let mut write = self.desk.write().await?;
        let row = side(&mut write, id, direction).await?;
        if row.state != State::Blocked {
            let problem = format!("introduction {id} is {} and made no block", row.state.as_str());
            return Err(Problem::new(ErrorCode::Conflict, problem)
                .with_next("see what did: mentormesh intro list --state blocked"));
        }
        write.lift_block(id, row.direction, by).await?;
        write.note(by, "introduction.block_lifted", &id.to_string(), row.direction.as_str()).await?;
        write.commit().await?;
        self.changed(*id, row.direction);
        self.show(id, Some(row.direction)).await
    }

    /// Puts the mentor of an introduction aside for its mentee, or takes that back. Nobody else is told.
    ///
    /// # Errors
    /// When no mentee of ours sent it.
    pub async fn put_aside(&self, id: &IntroductionId, aside: bool) -> Result<Introduction, Problem> {
        let mut write = self.desk.write().await?;
        let row = side(&mut write, id, Some(Direction::Sent)).await?;
        let Some(person) = row.person else {
            let problem = "this introduction came back from a backup, and whose it was is not known here any more";
            return Err(Problem::new(ErrorCode::Conflict, problem));
        };
        let mentor = mentormesh_protocol::ProfileId { organisation: row.organisation, subject: row.subject };
        write.put_aside(&person, &mentor, aside).await?;
        write.commit().await?;
        self.show(id, Some(Direction::Sent)).await
    }
}

/// One side of an introduction; the mentor's where both are here and none is named.
async fn side(
    write: &mut Write,
    id: &IntroductionId,
    direction: Option<Direction>,
) -> Result<IntroductionRow, Problem> {
    for side in direction.map_or([Direction::Received, Direction::Sent], |direction| [direction, direction]) {
        if let Some(row) = write.introduction(id, side).await? {
            return Ok(row);
        }
    }
    Err(absent(id))
}
