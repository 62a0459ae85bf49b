//! Introductions as they are found: pages, one by its id, and what still waits.

use mentormesh_protocol::api::{Direction, Introduction, List, OpenRequest, Problem};
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::limits::PAGE;
use mentormesh_protocol::{IntroductionId, Timestamp};

use super::pauses::pause_on;
use super::show::{Showing, show};
use super::steps::absent;
use super::{Filter, Introductions, Waiting};
use crate::desk::{IntroductionFilter, IntroductionRow};

impl Introductions {
    /// A page of introductions, newest first.
    ///
    /// # Errors
    /// When `after` is not the `next` of another page, or the desk fails.
    pub async fn list(&self, filter: &Filter) -> Result<List<Introduction>, Problem> {
        let after = filter.after.as_deref().map(place).transpose()?;
        let limit = u32::try_from(filter.limit.clamp(1, PAGE)).unwrap_or(1);
        let Filter { direction, state, open, of, .. } = *filter;
        // One more than asked tells whether there is a next page.
        let filter = IntroductionFilter { direction, state, open, of, after, limit: limit + 1 };
        let (mut rows, total) = self.desk.introductions(&filter).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(next);
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            items.push(self.seen(row).await?);
        }
        Ok(List { items, total, next })
    }

    /// One introduction. Where both sides are of this organisation and no direction is asked for, what was received.
    ///
    /// # Errors
    /// When there is none.
    pub async fn show(&self, id: &IntroductionId, direction: Option<Direction>) -> Result<Introduction, Problem> {
        let sides = direction.map_or([Direction::Received, Direction::Sent], |direction| [direction, direction]);
        for side in sides {
            if let Some(row) = self.desk.introduction(id, side).await? {
                let person = row.person;
                let mut one = self.seen(row).await?;
                one.alternatives = self.alternatives(&one, person).await?;
                return Ok(one);
            }
        }
        Err(absent(id))
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
        Ok(self.desk.introductions_between(low, high).await?)
    }

    /// What still waits for somebody.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn waiting(&self) -> Result<Waiting, Problem> {
        let (count, oldest) = self.desk.introductions_waiting().await?;
        let (outbox, _at_relays) = self.desk.outbox_counts().await?;
        Ok(Waiting { count, oldest, outbox, kept: self.desk.custody_count().await? })
    }

    pub(super) async fn seen(&self, row: IntroductionRow) -> Result<Introduction, Problem> {
        let (id, direction) = (row.id, row.direction);
        let letters = self.desk.letters(&id, direction).await?;
        let events = self.desk.introduction_events(&id, direction).await?;
        let on_the_way = self.desk.letters_on_their_way(&id, direction).await?;
        let view = self.views.borrow().clone();
        let own = self.signer.organisation();
        let of = if direction == Direction::Sent { row.organisation } else { own };
        let profile = mentormesh_protocol::ProfileId { organisation: of, subject: row.subject };
        // A mentor whose profile cannot be read is shown without a name; the introduction matters more.
        let shown = self.profile(&profile).ok().flatten();
        let now = self.clock.now();
        let away = shown.as_ref().and_then(|profile| pause_on(profile, now.date()));
        let (mentor, mentor_zone) = shown
            .map(|profile| (profile.display_name, profile.time_zone))
            .map_or((None, None), |(name, zone)| (Some(name), zone));
        let organisation = view.name(&row.organisation);
        let also_open = self.also_open(&row).await?;
        let put_aside = match row.person {
            Some(person) => self.desk.is_put_aside(&person, &profile).await?,
            None => false,
        };
        let mut one = show(
            row,
            &Showing {
                letters,
                events,
                on_the_way,
                profile,
                mentor,
                mentor_zone,
                organisation,
                also_open,
                put_aside,
                away,
                now,
            },
        );
        if one.state == State::Blocked {
            one.block = Some(self.desk.block(&id, direction).await?);
        }
        Ok(one)
    }

    /// Once a mentor said yes, the other requests of that mentee: nobody should be kept waiting by somebody who has
    /// found a mentor.
    async fn also_open(&self, row: &IntroductionRow) -> Result<Vec<OpenRequest>, Problem> {
        match row.person.filter(|_| row.state == State::Accepted) {
            Some(person) => Ok(self.desk.open_requests(&person).await?),
            None => Ok(Vec::new()),
        }
    }
}

/// What the page after this introduction is asked for with.
fn next(last: &IntroductionRow) -> String {
    format!("{}.{}", last.created_at.0, last.id)
}

/// Where a page ended, from the text that its `next` said.
fn place(next: &str) -> Result<(Timestamp, IntroductionId), Problem> {
    let place = next.split_once('.').and_then(|(at, id)| Some((Timestamp(at.parse().ok()?), id.parse().ok()?)));
    place.ok_or_else(|| Problem::field("after", format!("`{next}` is not the `next` of a page of introductions")))
}
