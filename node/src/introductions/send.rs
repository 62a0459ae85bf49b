//! Asking for an introduction: what is asked is checked, signed and durable with its place in the outbox before the
//! mentee is told so.

use mentormesh_protocol::api::{Direction, ErrorCode, Introduction, IntroductionInput, Problem};
use mentormesh_protocol::introduction::{Delivery, LETTER_VERSION, Letter, LetterBody, Request, State, mentee_ref};
use mentormesh_protocol::key::sha256;
use mentormesh_protocol::limits::INTRODUCTION_LIFETIME;
use mentormesh_protocol::record::Profile;
use mentormesh_protocol::{IntroductionId, MessageId, ProfileId, Record, Signed, Slot};

use super::Introductions;
use super::half::{Half, outbox_letter};
use super::rules::{how_long, may_ask, refuse_contacts, texts, tidy, tidy_note, welcomes};
use super::time_slots::{Wanted, wanted};
use crate::contacts;
use crate::desk::{IntroductionRow, fold};
use crate::store::StoreError;

/// The secret by which this node tells mentees apart.
pub(super) const MENTEES: &str = "mentees";

impl Introductions {
    /// Asks a mentor for an introduction; when this returns, the request is durable and on its way.
    ///
    /// # Errors
    /// Which rule the request breaks, or why it cannot be signed or kept now.
    pub async fn send(&self, input: IntroductionInput, by: &str) -> Result<Introduction, Problem> {
        self.send_once(input, by, None).await
    }

    /// As [`Introductions::send`], but only once under a name: asked again, even after a node that died before it
    /// could answer, it shows what was made the first time.
    ///
    /// # Errors
    /// As [`Introductions::send`].
    pub async fn send_once(
        &self,
        input: IntroductionInput,
        by: &str,
        name: Option<[u8; 32]>,
    ) -> Result<Introduction, Problem> {
        let profile = input.profile;
        let email = checked_address(&input.mentee.email)?;
        let Wanted { time_zone, slots } = wanted(input.time_zone.as_deref(), &input.slots, self.clock.now())?;
        let request = Request { time_zone, slots, ..checked(input)? };
        self.can_be_asked(&profile)?;
        let (drawn, message) = (IntroductionId(draw()?), MessageId(draw()?));
        let (fresh, person) = (draw()?, fold(&email));
        let own = self.signer.organisation();

        let mut write = self.desk.write().await?;
        let now = write.now();
        let secret = write.secret(MENTEES, &fresh).await?;
        let id = name.map_or(drawn, |name| named(&secret, &name));
        if write.introduction(&id, Direction::Sent).await?.is_some() {
            write.undo().await?;
            return self.show(&id, Some(Direction::Sent)).await;
        }
        let mentee = mentee_ref(&secret, &person, &profile.organisation);
        let person = mentee_ref(&secret, &person, &own);
        let open = write.open_of_person(&person).await?;
        let pair = write.pair(Direction::Sent, &profile.organisation, &profile.subject, &mentee).await?;
        may_ask(open, &pair, now)?;
        let request = Request { mentee: mentee.into(), ..request };
        let row = IntroductionRow {
            id,
            direction: Direction::Sent,
            organisation: profile.organisation,
            subject: profile.subject,
            mentee_ref: mentee,
            person: Some(person),
            mentee_name: request.name.clone(),
            mentee_email: Some(email),
            title: request.title.clone(),
            purpose: request.purpose.clone(),
            why_you: request.why_you.clone(),
            offer: request.offer,
            delivery: Delivery::Queued,
            state: State::Queued,
            expires_at: now.plus(INTRODUCTION_LIFETIME),
            created_at: now,
            changed_at: now,
            contact: None,
        };
        let letter = Letter {
            version: LETTER_VERSION,
            sender: own,
            recipient: profile.organisation,
            introduction: id,
            message,
            step: 1,
            previous: None,
            issued_at: now,
            expires_at: row.expires_at,
            body: LetterBody::Request(request),
        };
        let signed = self.signer.sign_letter(&letter)?;
        let half = Half::begin(&mut write, row, &signed, true).await?;
        half.event(&mut write, "mentee", Some(message)).await?;
        write.queue_letter(&outbox_letter(&half.row, &signed)).await?;
        write.note(by, "introduction.sent", &id.to_string(), "").await?;
        write.commit().await?;
        self.wake();
        self.changed(id, Direction::Sent);
        self.show(&id, Some(Direction::Sent)).await
    }

    /// Whether this mentor is on the network as this node sees it, takes requests, and can be written to.
    pub(super) fn can_be_asked(&self, id: &ProfileId) -> Result<(), Problem> {
        let view = self.views.borrow().clone();
        if !view.shows(&id.organisation) {
            let problem = format!("{} is not shown here, so its mentors cannot be asked", view.name(&id.organisation));
            let next = format!("pin it first, if you trust it: mentormesh trust pin {}", id.organisation);
            return Err(Problem::new(ErrorCode::NotRecognised, problem).with_next(next));
        }
        let unknown = || {
            Problem::new(ErrorCode::NotFound, format!("no profile has the id {id}"))
                .with_next("search again: the mentor may have left the network")
        };
        let profile = self.profile(id).map_err(|error| internal(&error))?.ok_or_else(unknown)?;
        if self.search.hides(id) {
            return Err(unknown());
        }
        if !welcomes(&profile.availability, self.clock.now().date()) {
            let problem = format!("this mentor takes no requests{}", how_long(&profile.availability));
            let next = match profile.availability.until {
                Some(until) => format!("ask another mentor, or this one again on {until}"),
                None => "ask another mentor".to_owned(),
            };
            return Err(Problem::new(ErrorCode::Conflict, problem).with_next(next));
        }
        let card = view.organisations.get(&id.organisation).and_then(|known| known.card.as_ref());
        if card.is_none_or(|card| card.sealing_keys.is_empty()) {
            let problem = format!("no key to seal letters to {} is known yet", view.name(&id.organisation));
            return Err(Problem::new(ErrorCode::Conflict, problem).with_next("wait until its card has come"));
        }
        Ok(())
    }

    /// The profile that stands under an id, if one does.
    pub(super) fn profile(&self, id: &ProfileId) -> Result<Option<Profile>, StoreError> {
        let standing = self.store.standing(&Slot::profile(id))?;
        let now = self.clock.now();
        let Some(standing) = standing.filter(|standing| !standing.withdraws && now < standing.expires_at) else {
            return Ok(None);
        };
        let Some(envelope) = self.store.envelope(&standing.id)? else { return Ok(None) };
        let record = Signed::<Record>::decode(&envelope).ok();
        Ok(record.and_then(|record| record.claims().profile().map(|body| body.profile.clone())))
    }
}

/// The id of what is made under a name: nobody without the secret can tell one from a drawn one.
fn named(secret: &[u8; 32], name: &[u8; 32]) -> IntroductionId {
    let hash = sha256(&[secret.as_slice(), name].concat());
    IntroductionId(hash.first_chunk().copied().unwrap_or_default())
}

/// The request that is sent, without who asks.
fn checked(input: IntroductionInput) -> Result<Request, Problem> {
    let request = Request {
        profile: input.profile,
        mentee: [0; 16].into(),
        name: tidy(&input.mentee.name),
        title: tidy(&input.title),
        purpose: tidy(&input.purpose),
        why_you: tidy_note(input.why_you),
        offer: input.offer,
        time_zone: None,
        slots: None,
    };
    refuse_contacts(texts(&request))?;
    request.check().map_err(|invalid| {
        let field = if invalid.field == "name" { "mentee.name".to_owned() } else { invalid.field };
        Problem::field(field, invalid.problem)
    })?;
    Ok(request)
}

fn checked_address(email: &str) -> Result<String, Problem> {
    let email = tidy(email);
    if contacts::is_address(&email) {
        return Ok(email);
    }
    let problem = format!("`{email}` is not an e-mail address like bo@example.org; it stays here until a yes");
    Err(Problem::field("mentee.email", problem))
}

/// Random bytes.
pub(super) fn draw<const N: usize>() -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    let drawn = getrandom::fill(&mut bytes);
    drawn.map_err(|e| Problem::new(ErrorCode::Internal, format!("the machine gives no random numbers: {e}")))?;
    Ok(bytes)
}

fn internal(error: &StoreError) -> Problem {
    Problem::new(ErrorCode::Internal, error.to_string())
}
