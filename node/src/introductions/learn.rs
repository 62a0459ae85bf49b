//! What is learnt of our own letters: the recipient's last word, custody, a mentor who was told, and letters that come
//! back after a bad day.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::{Delivery, Letter, LetterBody, Outcome, Side, State, What};
use mentormesh_protocol::{IntroductionId, MessageId, Signed, Verified};

use super::Introductions;
use super::half::{Half, NODE, row_of};
use crate::desk::{DeskError, IntroductionRow, LetterRow, Write};

impl Introductions {
    /// The recipient's last word on a letter of ours: `Delivered`, `NotRecognised`, `Late` or `Refused`. Settles the
    /// introduction and takes the letter out of the outbox in one change. A later letter that was not recognised stays
    /// there, because we may be shown again; then, and for what is no last word, false is answered.
    pub(super) async fn learn(
        &self,
        message: &MessageId,
        direction: Direction,
        outcome: &Outcome,
    ) -> Result<bool, DeskError> {
        let mut write = self.desk.write().await?;
        let Some(letter) = write.own_letter(message, direction).await? else {
            write.unqueue_letter(message, direction).await?;
            write.commit().await?;
            return Ok(true);
        };
        let request = letter.fact.what == What::Request;
        let delivery = match outcome {
            Outcome::Delivered => Delivery::Delivered,
            Outcome::NotRecognised if !request => return Ok(false),
            Outcome::NotRecognised => Delivery::NotRecognised,
            Outcome::Late => Delivery::Undeliverable,
            Outcome::Refused(code) => Delivery::Refused(*code),
            Outcome::Unopenable(_) | Outcome::Kept(_) => return Ok(false),
        };
        write.unqueue_letter(message, direction).await?;
        let half = Half::load(&mut write, &letter.introduction, direction).await?;
        let Some(mut half) = half else {
            write.commit().await?;
            return Ok(true);
        };
        let news = if request {
            self.request_fared(&mut write, &mut half, delivery).await?
        } else if delivery == Delivery::Delivered {
            false
        } else {
            letter_refused(&mut write, &mut half, &letter, delivery).await?
        };
        write.commit().await?;
        if news {
            self.tell(&half.row);
        }
        Ok(true)
    }

    /// A relay keeps this letter of ours.
    pub(super) async fn relayed(&self, message: &MessageId, direction: Direction) -> Result<(), DeskError> {
        let mut write = self.desk.write().await?;
        let Some(letter) = write.own_letter(message, direction).await? else { return Ok(()) };
        if letter.fact.what != What::Request {
            return Ok(());
        }
        let Some(mut half) = Half::load(&mut write, &letter.introduction, direction).await? else { return Ok(()) };
        let news = self.request_fared(&mut write, &mut half, Delivery::Relayed).await?;
        write.commit().await?;
        if news {
            self.tell(&half.row);
        }
        Ok(())
    }

    /// The mentor was told of a request.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn notified(&self, id: &IntroductionId) -> Result<(), DeskError> {
        let mut write = self.desk.write().await?;
        let Some(mut half) = Half::load(&mut write, id, Direction::Received).await? else { return Ok(()) };
        let news = self.request_fared(&mut write, &mut half, Delivery::Notified).await?;
        write.commit().await?;
        if news {
            self.changed(*id, Direction::Received);
        }
        Ok(())
    }

    async fn request_fared(&self, write: &mut Write, half: &mut Half, delivery: Delivery) -> Result<bool, DeskError> {
        if !half.fares(delivery) {
            return Ok(false);
        }
        let changed = half.settle(write, NODE, None).await?;
        if changed && matches!(half.row.state, State::Refused | State::Undeliverable) {
            write.notice(&half.row.id, half.row.direction, half.row.state.as_str()).await?;
        }
        if changed && half.row.direction == Direction::Sent && half.row.state == State::Delivered {
            write.notice_to_mail(&half.row.id, half.row.direction, half.row.state.as_str()).await?;
        }
        Ok(changed)
    }

    /// Merges signed letters of our own that another node holds and our desk may have lost. What is not ours, or was
    /// signed by no key of ours, is left alone.
    pub(super) async fn recalled(&self, letters: Vec<Vec<u8>>) -> Result<(), DeskError> {
        let own = self.signer.organisation();
        let keys = {
            let view = self.views.borrow();
            view.organisations.get(&own).map(|known| known.signing_keys.clone()).unwrap_or_default()
        };
        let mut write = self.desk.write().await?;
        let mut changed = Vec::new();
        for bytes in letters {
            let Ok(letter) = Signed::<Letter>::decode(&bytes) else { continue };
            let (sender, issued_at) = (letter.claims().sender, letter.claims().issued_at);
            let standing = keys.iter().filter(|notice| notice.stands_at(issued_at.0)).map(|notice| &notice.key);
            match letter.verify(&self.network, standing) {
                Ok(letter) if sender == own => changed.extend(merge(&mut write, &letter).await?),
                Ok(_) | Err(_) => tracing::warn!("a letter that was called back is not ours"),
            }
        }
        write.commit().await?;
        for row in &changed {
            self.tell(row);
        }
        Ok(())
    }
}

/// Takes back a letter of ours that does not count at the other side, and answers whether it did. A no needs nobody's
/// consent: it stays here, whatever is said of it, unless it came too late to count anywhere.
async fn letter_refused(
    write: &mut Write,
    half: &mut Half,
    letter: &LetterRow,
    delivery: Delivery,
) -> Result<bool, DeskError> {
    let too_late = delivery == Delivery::Undeliverable && write.now() > letter.fact.arrives_by;
    if matches!(letter.fact.what, What::Decline { .. } | What::Withdraw { .. }) && !too_late {
        tracing::warn!(introduction = %half.row.id, "the other side does not take our no; here it stands");
        return Ok(false);
    }
    half.exchange.remove(&letter.fact.message);
    half.letters.retain(|kept| kept.fact.message != letter.fact.message);
    write.remove_letter(letter).await?;
    half.settle(write, NODE, None).await?;
    write.notice(&half.row.id, half.row.direction, "not_taken").await?;
    Ok(true)
}

/// Merges one letter of ours. One whose request is not here yet is kept until that comes back too.
async fn merge(write: &mut Write, letter: &Verified<Letter>) -> Result<Option<IntroductionRow>, DeskError> {
    let said = letter.payload();
    let direction = match said.body.side() {
        Side::Mentee => Direction::Sent,
        Side::Mentor => Direction::Received,
    };
    let held = Half::load(write, &said.introduction, direction).await?;
    let (mut half, new) = match (held, &said.body) {
        (Some(half), _) if half.row.organisation != said.recipient => return Ok(None),
        (Some(mut half), _) => {
            let new = !half.letters.iter().any(|kept| kept.fact.message == said.message);
            if new {
                half.put(write, letter, true).await?;
            }
            (half, new)
        }
        (None, LetterBody::Request(request)) => {
            let row = row_of(said, request, Direction::Sent, write.now());
            (Half::begin(write, row, letter, true).await?, true)
        }
        (
            None,
            LetterBody::Question(_)
            | LetterBody::Answer(_)
            | LetterBody::Explore
            | LetterBody::Accept(..)
            | LetterBody::Decline { .. }
            | LetterBody::Contact(_)
            | LetterBody::Withdraw { .. },
        ) => {
            write.add_letter(&stray(said, letter, direction)).await?;
            return Ok(None);
        }
    };
    // They hold it, so it arrived.
    write.unqueue_letter(&said.message, direction).await?;
    if matches!(said.body, LetterBody::Request(_)) {
        half.fares(Delivery::Delivered);
    }
    // One that was here all the time is nothing that happened now.
    let changed = half.settle(write, NODE, new.then_some(said.message)).await?;
    Ok((new || changed).then_some(half.row))
}

fn stray(said: &Letter, letter: &Verified<Letter>, direction: Direction) -> LetterRow {
    LetterRow {
        introduction: said.introduction,
        direction,
        organisation: said.recipient,
        own: true,
        fact: mentormesh_protocol::introduction::Fact::of(said, mentormesh_protocol::LetterId(letter.id().0)),
        signed: Some(letter.bytes().to_vec()),
    }
}
