//! Two ends of introductions on real disks. Ada's organisation lists the mentors, Bo's the mentees; letters are carried
//! between them by hand, sealed as on the wire.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unreachable,
    reason = "a test that cannot go on should stop"
)]

mod answering;
mod asking;
mod blocking;
mod calling;
mod clock;
mod others;
mod pausing;
mod recalling;
mod reminding;
mod retaining;
mod silences;
mod taking;

use std::path::PathBuf;
use std::sync::Arc;

use mentormesh_protocol::api::{
    Consent, Contact, Direction, ErrorCode, Introduction, IntroductionInput, ListingInput, Mentee, Problem, Reach,
    WithdrawInput,
};
use mentormesh_protocol::introduction::{EnvelopeHeader, Letter, Outcome, State, seal};
use mentormesh_protocol::record::{Availability, AvailabilityStatus, Body, OfferKind};
use mentormesh_protocol::testing::{self, NOW, Organisation};
use mentormesh_protocol::trust::{Policy, Settings};
use mentormesh_protocol::{IntroductionId, ProfileId, Slot, Verified};
use tokio::sync::watch;

use super::send::draw;
use super::{Introductions, Parts, Step};
use crate::clock::Clock;
use crate::desk::{Desk, OutboxRow};
use crate::event::Events;
use crate::ingest::{Ingest, Origin};
use crate::search::testing::over;
use crate::search::{Follower, Hiding};
use crate::signing::Signer;
use crate::signing::tests::{Ground, ground};
use crate::view::Views;

/// One organisation's end.
pub(crate) struct End {
    pub(crate) introductions: Introductions,
    pub(crate) desk: Desk,
    pub(super) body: Organisation,
    signer: Signer,
    ingest: Ingest,
    pub(super) hiding: Hiding,
    folder: tempfile::TempDir,
    _follower: Follower,
}

/// Ada's and Bo's ends, which pinned each other, and the clock of both.
pub(crate) struct Pair {
    pub(crate) ada: End,
    pub(crate) bo: End,
    pub(crate) clock: Clock,
}

/// An end that pinned these organisations, and knows those it has not.
pub(super) async fn end(body: Organisation, pinned: &[&Organisation], known: &[&Organisation], clock: &Clock) -> End {
    let pins = pinned.iter().map(|organisation| organisation.id()).collect();
    let settings = Settings { policy: Policy::Open, pinned: pins, ..Settings::default() };
    let Ground { desk, store, ingest, signer, folder, .. } = ground(&body, settings, clock).await;
    for organisation in pinned.iter().chain(known).copied().chain([&body]) {
        let records = vec![organisation.genesis().bytes().to_vec(), organisation.card(NOW.0 - 1).bytes().to_vec()];
        ingest.accept(records, Origin::Local).await.expect("verdicts");
    }
    let hiding = Hiding::open(desk.clone(), body.id()).await.expect("a list");
    let (search, follower) = over(&store, &ingest, hiding.hidden(), clock, folder.path());
    let rights = crate::rights::testing::over(&desk, ingest.views(), clock, &body);
    let introductions = Introductions::new(Parts {
        desk: desk.clone(),
        signer: signer.clone(),
        store,
        views: ingest.views(),
        clock: clock.clone(),
        events: Events::default(),
        network: body.network().clone(),
        sealing: watch::channel(Arc::new(vec![body.sealing_secret()])).1,
        search,
        rights,
    });
    End { introductions, desk, body, signer, ingest, hiding, folder, _follower: follower }
}

pub(crate) async fn pair() -> Pair {
    let clock = Clock::set_at(NOW);
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let (ada, bo) = (end(ada.clone(), &[&bo], &[], &clock).await, end(bo, &[&ada], &[], &clock).await);
    Pair { ada, bo, clock }
}

impl Pair {
    /// Ada's mentor of this number, as both know them.
    pub(crate) async fn mentor(&self, number: u64, places: u8) -> ProfileId {
        let profile = self.ada.lists(number, places).await;
        self.bo.hears(&self.ada, &profile).await;
        profile
    }

    /// Carries every letter that waits at either end until none is left.
    pub(super) async fn carry(&self) {
        for _ in 0..4 {
            self.bo.hands_to(&self.ada).await;
            self.ada.hands_to(&self.bo).await;
        }
    }

    /// A request of Bo's mentee that reached Ada's mentor.
    pub(crate) async fn asked(&self, mentor: &ProfileId, mentee: &str) -> IntroductionId {
        let sent = self.bo.introductions.send(input(mentor, mentee), "registrar").await.expect("sent");
        self.carry().await;
        sent.id
    }

    /// Ada's mentor of this number takes a pause until a day, and Bo's end hears of it.
    pub(crate) async fn goes_away(&self, number: u64, until: &str) {
        let away =
            Availability { status: AvailabilityStatus::Paused, until: until.parse().ok(), ..Availability::default() };
        let profile = self.ada.lists_as(number, away).await;
        self.bo.hears(&self.ada, &profile).await;
    }

    /// Ada's mentor of this number takes requests again, and Bo's end hears of it.
    pub(crate) async fn comes_back(&self, number: u64) {
        self.mentor(number, 3).await;
    }

    pub(super) async fn states(&self, id: &IntroductionId) -> (State, State) {
        (self.bo.sees(id, Direction::Sent).await.state, self.ada.sees(id, Direction::Received).await.state)
    }
}

impl End {
    /// What this organisation and others are called.
    pub(crate) fn views(&self) -> Views {
        self.ingest.views()
    }

    /// Publishes the listing of this number.
    pub(super) async fn lists(&self, number: u64, places: u8) -> ProfileId {
        self.lists_as(number, Availability { places, ..Availability::default() }).await
    }

    pub(super) async fn lists_as(&self, number: u64, availability: Availability) -> ProfileId {
        let id = self.body.profile_id(number);
        let mut profile = testing::mentor(&format!("Mentor {number}"), "Social media for charities");
        profile.availability = availability;
        let given_on = "2026-11-01".parse().expect("a date");
        let consent = Consent { given_on, notice_version: None, reach: Reach::Network, open_web: false };
        let contact = Contact { email: format!("mentor{number}@mentors.example.org"), name: None };
        let input = ListingInput { profile: profile.clone(), contact, consent: Some(consent) };
        let mut write = self.desk.write().await.expect("a turn");
        write.put_listing(&id.subject, &input, "registrar").await.expect("kept");
        write.commit().await.expect("durable");
        let body = Body::Profile(Box::new(self.body.profile_body(profile)));
        self.signer.issue(Slot::profile(&id), body).await.expect("published");
        id
    }

    /// Takes the listing off the network.
    pub(super) async fn withdraws(&self, profile: &ProfileId) {
        self.signer.withdraw(Slot::profile(profile), false).await.expect("withdrawn");
    }

    /// Hears of a profile that another end published.
    pub(super) async fn hears(&self, other: &Self, profile: &ProfileId) {
        let own = other.desk.own_envelope(&Slot::profile(profile)).await.expect("read").expect("published");
        self.ingest.accept(vec![own.envelope], Origin::Local).await.expect("verdicts");
    }

    pub(super) async fn waiting(&self) -> Vec<OutboxRow> {
        let mut waiting = Vec::new();
        for recipient in [Organisation::ada(), Organisation::bo()] {
            waiting.extend(self.desk.due_letters(&recipient.id(), 100).await.expect("read"));
        }
        waiting
    }

    /// Hands every waiting letter over and learns what became of it.
    pub(super) async fn hands_to(&self, other: &Self) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for row in self.waiting().await {
            let header = EnvelopeHeader::new(other.body.id(), row.letter.arrives_by);
            let (key, random) = (other.body.sealing_secret().public(), draw().expect("randomness"));
            let sealed = seal(&row.letter.signed, header, other.body.network(), &key, &random).expect("sealed");
            let Ok(outcome) = other.introductions.receive(&sealed.encode()).await else { continue };
            let (message, direction) = (row.letter.message, row.letter.direction);
            self.introductions.learn(&message, direction, &outcome).await.expect("learnt");
            outcomes.push(outcome);
        }
        outcomes
    }

    /// Takes a letter that somebody else wrote, sealed anew.
    pub(super) async fn takes(&self, letter: &Verified<Letter>) -> Outcome {
        self.tries(letter).await.expect("an outcome")
    }

    pub(super) async fn tries(&self, letter: &Verified<Letter>) -> Result<Outcome, super::letter_in::NotTaken> {
        self.introductions.receive(&self.body.seal_for(letter, 1).encode()).await
    }

    pub(super) async fn sees(&self, id: &IntroductionId, direction: Direction) -> Introduction {
        self.introductions.show(id, Some(direction)).await.expect("shown")
    }

    pub(super) async fn does(&self, id: &IntroductionId, step: Step) -> Introduction {
        self.introductions.step(id, step, "registrar").await.expect("done")
    }

    pub(super) async fn cannot(&self, id: &IntroductionId, step: Step) -> ErrorCode {
        self.introductions.step(id, step, "registrar").await.expect_err("refused").code
    }

    /// Everybody is told what there is to tell; then comes the next sweep.
    pub(super) async fn tells(&self) {
        self.desk.end_due_notices().await.expect("told");
        while let Some(notice) = self.desk.next_notice_to_mail().await.expect("read") {
            let mut write = self.desk.write().await.expect("a change");
            write.notice_mailed(notice.place).await.expect("marked");
            write.commit().await.expect("kept");
        }
        self.introductions.sweep().await.expect("swept");
    }

    /// Whether these bytes are anywhere in the desk's files.
    pub(super) async fn remembers(&self, text: &str) -> bool {
        self.desk.settle().await.expect("settled");
        let files: [PathBuf; 2] = ["desk.sqlite", "desk.sqlite-wal"].map(|name| self.folder.path().join(name));
        let bytes: Vec<u8> = files.iter().flat_map(|file| std::fs::read(file).unwrap_or_default()).collect();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    }
}

/// What Bo's mentee of this name asks.
pub(super) fn input(mentor: &ProfileId, mentee: &str) -> IntroductionInput {
    IntroductionInput {
        profile: *mentor,
        title: "Fifteen minutes on social media".to_owned(),
        purpose: "I begin to write for a small charity and would like to hear what works.".to_owned(),
        why_you: Some("You have done it for years.".to_owned()),
        offer: OfferKind::Intro15,
        time_zone: None,
        slots: Vec::new(),
        mentee: Mentee { name: mentee.to_owned(), email: address(mentee) },
    }
}

pub(super) fn address(mentee: &str) -> String {
    format!("{}@mentees.example.org", mentee.to_lowercase())
}

pub(super) fn paused() -> Availability {
    Availability { status: AvailabilityStatus::Paused, ..Availability::default() }
}

pub(super) fn code<T>(answer: Result<T, Problem>) -> Option<ErrorCode> {
    answer.err().map(|problem| problem.code)
}

pub(super) fn accept() -> Step {
    Step::Accept(mentormesh_protocol::api::AcceptInput::default())
}

pub(super) fn decline() -> Step {
    let reason = mentormesh_protocol::introduction::DeclineReason::Timing;
    Step::Decline(mentormesh_protocol::api::DeclineInput {
        reason,
        message: None,
        referral: None,
        report: None,
        pause_until: None,
    })
}
