//! Letters that come in: each is taken once, whatever brings it again, and answered alike for as long as its sender
//! may ask.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::courier::CourierRefusal;
use mentormesh_protocol::introduction::{
    Contact, Fact, Letter, LetterBody, Outcome, Refused, Request, Side, State, Taken, What,
};
use mentormesh_protocol::limits::OUTCOME_REMEMBERED;
use mentormesh_protocol::{LetterId, MessageId, Verified};

use super::Introductions;
use super::half::{Half, row_of};
use super::letter_in::{Checked, NotTaken, Opened, direction_of};
use super::rules::{Sender, may_come, refuse_contacts, texts};
use super::send::draw;
use super::steps::side_word;
use crate::desk::{IntroductionRow, Seen, Write};

/// Outcomes remembered of one organisation: half a year of a large body's letters.
const SEEN: u64 = 50_000;
/// What became of a letter inside the change that takes it.
struct Arrival {
    outcome: Outcome,
    /// The side that it changed.
    half: Option<Half>,
    /// Whether a letter of ours follows it.
    queued: bool,
}

impl From<Outcome> for Arrival {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, half: None, queued: false }
    }
}

impl Introductions {
    /// Takes an envelope that another node, or our own outbox, handed over. On return the outcome is durable; the
    /// same letter gets the same outcome again. `Kept` is never among them.
    pub(super) async fn receive(&self, envelope: &[u8]) -> Result<Outcome, NotTaken> {
        let letter = match self.open(envelope).await? {
            Opened::Letter(letter) => *letter,
            Opened::Duty(duty) => return self.take_duty(*duty).await,
            Opened::Answer(outcome) => return Ok(outcome),
        };
        match self.check(letter).await? {
            Checked::Letter(letter) => self.take(&letter).await,
            Checked::Answer(outcome) => Ok(outcome),
        }
    }

    async fn take(&self, letter: &Verified<Letter>) -> Result<Outcome, NotTaken> {
        let (said, id) = (letter.payload(), LetterId(letter.id().0));
        let follow = MessageId(draw().map_err(|_| NotTaken::soon())?);
        let mut write = self.desk.write().await?;
        // What we answered before may be missing here: nothing is answered twice.
        let other = said.sender != self.signer.organisation();
        if write.recall_waits(&said.sender).await? || (other && write.recall_unnoted(&said.sender).await?) {
            return Err(NotTaken::soon());
        }
        if let Some(seen) = write.seen(&said.sender, &said.message).await? {
            let same = seen.letter == id;
            return Ok(if same { seen.outcome } else { Outcome::Refused(Refused::Malformed) });
        }
        if write.seen_of(&said.sender).await? >= SEEN {
            return Err(NotTaken::soon());
        }
        let arrival = match &said.body {
            LetterBody::Request(request) => self.take_request(&mut write, letter, request).await?,
            LetterBody::Question(_)
            | LetterBody::Answer(_)
            | LetterBody::Explore
            | LetterBody::Accept(..)
            | LetterBody::Decline { .. }
            | LetterBody::Contact(_)
            | LetterBody::Withdraw { .. } => self.take_later(&mut write, letter, follow).await?,
        };
        let seen = Seen { letter: id, outcome: arrival.outcome.clone() };
        // Never shorter than from now on, because what is late already is asked about as well.
        let until = said.arrives_by().max(write.now()).plus(OUTCOME_REMEMBERED);
        write.remember_letter(&said.sender, &said.message, &seen, until).await?;
        write.commit().await?;
        if let Some(half) = &arrival.half {
            self.tell(&half.row);
        }
        if arrival.queued {
            self.wake();
        }
        Ok(arrival.outcome)
    }

    async fn take_request(
        &self,
        write: &mut Write,
        letter: &Verified<Letter>,
        request: &Request,
    ) -> Result<Arrival, NotTaken> {
        let (said, now) = (letter.payload(), write.now());
        if now > said.expires_at {
            return Ok(Outcome::Late.into());
        }
        if write.introduction(&said.introduction, Direction::Received).await?.is_some() {
            return Ok(Outcome::Refused(Refused::Malformed).into());
        }
        // What we said of it came back after a bad day: it was taken once, and is no longer for the rules.
        let answered = !write.letters(&said.introduction, Direction::Received).await?.is_empty();
        if !answered && let Err(refused) = self.judge(write, said, request).await? {
            return Ok(Outcome::Refused(refused).into());
        }
        let row = row_of(said, request, Direction::Received, now);
        let mut half = Half::begin(write, row, letter, false).await?;
        half.event(write, side_word(Direction::Sent), Some(said.message)).await?;
        half.settle(write, super::half::NODE, None).await?;
        write.notice(&said.introduction, Direction::Received, "request").await?;
        Ok(Arrival { outcome: Outcome::Delivered, half: Some(half), queued: false })
    }

    async fn judge(
        &self,
        write: &mut Write,
        letter: &Letter,
        request: &Request,
    ) -> Result<Result<(), Refused>, NotTaken> {
        if refuse_contacts(texts(request)).is_err() {
            return Ok(Err(Refused::Malformed));
        }
        let (subject, sender) = (request.profile.subject, letter.sender);
        let listing = write.listing(&subject).await?.filter(|row| !row.is_erased());
        let pair = write.pair(Direction::Received, &sender, &subject, &request.mentee).await?;
        let inbox = write.inbox(&subject, &sender).await?;
        let standing = if sender == self.signer.organisation() {
            Sender::Own
        } else if self.views.borrow().settings.pinned.contains(&sender) {
            Sender::Pinned
        } else {
            Sender::Other
        };
        Ok(may_come(listing.as_ref(), &pair, &inbox, standing, write.now()))
    }

    async fn take_later(
        &self,
        write: &mut Write,
        letter: &Verified<Letter>,
        follow: MessageId,
    ) -> Result<Arrival, NotTaken> {
        let (said, direction) = (letter.payload(), direction_of(&letter.payload().body));
        let half = Half::load(write, &said.introduction, direction).await?;
        let Some(mut half) = half.filter(|half| half.row.organisation == said.sender) else {
            return nothing_known(write, said).await;
        };
        let fact = Fact::of(said, LetterId(letter.id().0));
        match half.exchange.take(&fact, said.body.side(), write.now()) {
            Taken::New => {}
            Taken::Duplicate => return Ok(Outcome::Delivered.into()),
            Taken::Late => return Ok(Outcome::Late.into()),
            Taken::Wrong => return Ok(Outcome::Refused(Refused::Malformed).into()),
        }
        if let LetterBody::Accept(_, _, Some(place)) = &said.body
            && half.request().and_then(|request| request.slot(*place)).is_none()
        {
            return Ok(Outcome::Refused(Refused::Malformed).into());
        }
        half.put(write, letter, false).await?;
        let queued = self.answer_a_yes(write, &mut half, follow).await?;
        let changed = half.settle(write, by(said.body.side()), Some(said.message)).await?;
        if changed && half.row.state == State::Blocked {
            // What the mentee's own registrar is to know: that it happened, and nothing of what was said.
            write.note(by(Side::Mentor), "introduction.blocked", &said.introduction.to_string(), "").await?;
        }
        if changed || fact.what == What::Contact {
            write.notice(&said.introduction, direction, told(&fact, half.row.state)).await?;
        }
        Ok(Arrival { outcome: Outcome::Delivered, half: Some(half), queued })
    }

    /// The mentee's contact follows a yes by itself.
    async fn answer_a_yes(&self, write: &mut Write, half: &mut Half, message: MessageId) -> Result<bool, NotTaken> {
        if half.exchange.may(Side::Mentee, What::Contact, write.now()).is_err() {
            return Ok(false);
        }
        // A side that came back without the address, which no other node had, can only show the mentor's.
        if half.row.direction != Direction::Sent {
            return Ok(false);
        }
        let Some(email) = half.row.mentee_email.clone() else { return Ok(false) };
        let contact = Contact { name: half.row.mentee_name.clone(), email };
        half.say(write, &self.signer, message, LetterBody::Contact(contact)).await?;
        Ok(true)
    }

    /// Tells the log and whoever listens; names, texts and addresses of people are not for either.
    pub(super) fn tell(&self, row: &IntroductionRow) {
        let organisation = self.views.borrow().name(&row.organisation);
        let (direction, state) = (row.direction.as_str(), row.state.as_str());
        tracing::info!(introduction = %row.id, direction, state, %organisation, "an introduction changed");
        self.changed(row.id, row.direction);
    }
}

/// A letter of no introduction here. One whose request we refused has none for good; else the request may still be on
/// its way by another road.
async fn nothing_known(write: &mut Write, letter: &Letter) -> Result<Arrival, NotTaken> {
    let before = match (letter.body.side(), letter.previous) {
        (Side::Mentee, Some(previous)) if !write.saw(&letter.sender, &previous).await? => {
            return Err(CourierRefusal::Busy(5_000).into());
        }
        (Side::Mentee | Side::Mentor, _) => Refused::NoIntroduction,
    };
    Ok(Outcome::Refused(before).into())
}

const fn by(side: Side) -> &'static str {
    match side {
        Side::Mentee => side_word(Direction::Sent),
        Side::Mentor => side_word(Direction::Received),
    }
}

/// What a person is told that a letter did.
const fn told(fact: &Fact, state: State) -> &'static str {
    match fact.what {
        What::Request | What::Question | What::Answer | What::Contact => fact.what.as_str(),
        What::Explore | What::Accept | What::Decline { .. } | What::Withdraw { .. } => state.as_str(),
    }
}
