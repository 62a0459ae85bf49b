//! Stories of people at a desk of their own, on a clock that is set.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use std::net::IpAddr;

use mentormesh_protocol::api::{Contact, ErrorCode, ListingInput, Person, PersonChange, PersonInput, Problem, Role};
use mentormesh_protocol::limits::{DAY, MINUTE};
use mentormesh_protocol::record::Profile;
use mentormesh_protocol::testing::NOW;
use mentormesh_protocol::{PersonId, Subject};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Asking, Filter, Keeper, Parts, People, SignedIn};
use crate::clock::Clock;
use crate::desk::{Desk, IDLE};
use crate::speech::Locale;

/// A desk of people, its clock, and the task that mails links.
pub(crate) struct House {
    pub(crate) people: People,
    pub(crate) desk: Desk,
    pub(crate) clock: Clock,
    mailing: JoinHandle<()>,
    stop: watch::Sender<bool>,
    _folder: tempfile::TempDir,
}

pub(crate) async fn house() -> House {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::set_at(NOW);
    let desk = Desk::open(&folder.path().join("desk.sqlite"), clock.clone()).await.expect("a desk");
    let (asking, asked) = Asking::new(clock.clone());
    let address = "https://ada.example/".to_owned();
    let people = People::new(Parts { desk: desk.clone(), clock: clock.clone(), address }, asking);
    let (stop, stopped) = watch::channel(false);
    let mailing = tokio::spawn(asked.run(people.clone(), stopped));
    House { people, desk, clock, mailing, stop, _folder: folder }
}

impl House {
    pub(crate) async fn adds(&self, name: &str, roles: &[Role]) -> Person {
        let email = format!("{}@example.org", name.to_lowercase());
        let input = PersonInput { email, name: name.to_owned(), locale: None, roles: roles.to_vec() };
        self.people.add(input, &Keeper::Token).await.expect("added")
    }

    /// A link, as its token.
    pub(crate) async fn link(&self, person: &PersonId) -> String {
        let link = self.people.link(person, &Keeper::Token).await.expect("a link");
        link.url.strip_prefix("https://ada.example/sign-in/").expect("an address of this node").to_owned()
    }

    /// A session, as its token.
    pub(crate) async fn signs_in(&self, person: &PersonId) -> String {
        self.people.enter(&self.link(person).await, Locale::English).await.expect("a session").0
    }

    pub(crate) async fn who(&self, token: &str) -> Option<SignedIn> {
        self.people.who(token).await.expect("looked up")
    }

    /// Lists a mentor with an address.
    pub(crate) async fn lists(&self, number: u8, email: &str) -> Subject {
        let profile = Profile { display_name: "Ada".to_owned(), ..Profile::default() };
        let contact = Contact { email: email.to_owned(), name: None };
        let mut write = self.desk.write().await.expect("a change");
        let content = ListingInput { profile, contact, consent: None };
        write.put_listing(&Subject([number; 16]), &content, "registrar").await.expect("listed");
        write.commit().await.expect("durable");
        Subject([number; 16])
    }

    /// Waits until so many mails are queued.
    async fn comes_to_mail(&self, many: u64) {
        for _ in 0..2_000 {
            if self.desk.mails(None, None, 1).await.expect("read").1 == many {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("{many} mails never came");
    }

    /// Waits until every address that was asked for was looked up, and says to whom mail is queued.
    async fn mailed(self) -> Vec<String> {
        self.stop.send_replace(true);
        self.mailing.await.expect("it ended");
        let (mut rows, _) = self.desk.mails(None, None, 100).await.expect("read");
        rows.reverse();
        rows.into_iter().map(|row| row.to).collect()
    }

    async fn acts(&self) -> Vec<String> {
        let mut trail = self.desk.audit_trail(50).await.expect("read");
        trail.reverse();
        trail.into_iter().map(|row| row.act).collect()
    }
}

fn from(number: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, number])
}

fn code<T: std::fmt::Debug>(answer: Result<T, Problem>) -> ErrorCode {
    answer.expect_err("refused").code
}

#[tokio::test]
async fn a_stolen_link_is_worthless_once_its_owner_used_it() {
    let house = house().await;
    let ada = house.adds("Ada", &[]).await;
    let link = house.link(&ada.id).await;
    let (token, _) = house.people.enter(&link, Locale::English).await.expect("a session");
    assert_eq!(house.who(&token).await.expect("signed in").person.id, ada.id);
    assert_eq!(code(house.people.enter(&link, Locale::English).await), ErrorCode::NotFound, "Mallory comes second");
}

#[tokio::test]
async fn a_replayed_link_begins_one_session_however_many_try_at_once() {
    let house = house().await;
    let ada = house.adds("Ada", &[]).await;
    let link = house.link(&ada.id).await;
    let tries = (0..8).map(|_| {
        let (people, link) = (house.people.clone(), link.clone());
        tokio::spawn(async move { people.enter(&link, Locale::English).await.is_ok() })
    });
    let mut succeeded = 0;
    for one in tries.collect::<Vec<_>>() {
        succeeded += usize::from(one.await.expect("it ended"));
    }
    assert_eq!(succeeded, 1);
    assert_eq!(house.people.sessions(&ada.id).await.expect("read").len(), 1);
}

#[tokio::test]
async fn a_link_is_worthless_after_fifteen_minutes() {
    let house = house().await;
    let ada = house.adds("Ada", &[]).await;
    let (first, second) = (house.link(&ada.id).await, house.link(&ada.id).await);
    house.clock.advance(15 * MINUTE - 1);
    assert!(house.people.enter(&first, Locale::English).await.is_ok());
    house.clock.advance(1);
    assert_eq!(code(house.people.enter(&second, Locale::English).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn what_leads_nowhere_is_told_alike_whatever_the_reason() {
    let house = house().await;
    let ada = house.adds("Ada", &[]).await;
    let (used, old) = (house.link(&ada.id).await, house.link(&ada.id).await);
    house.people.enter(&used, Locale::English).await.expect("a session");
    house.clock.advance(15 * MINUTE);
    let mut told = Vec::new();
    for link in [used, old, "a".repeat(52), "a".to_owned(), String::new()] {
        told.push(house.people.enter(&link, Locale::English).await.expect_err("refused").to_string());
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
}

#[tokio::test]
async fn a_forged_session_is_nobody() {
    let house = house().await;
    let ada = house.adds("Ada", &[Role::Registrar]).await;
    let token = house.signs_in(&ada.id).await;
    let digest = house.who(&token).await.expect("signed in").session.digest;
    let forged = mentormesh_protocol::key::base32().encode(&digest);
    for token in [forged, "a".repeat(52), "a".repeat(60_000), String::new(), token.to_uppercase()] {
        assert_eq!(house.who(&token).await, None);
    }
}

#[tokio::test]
async fn a_session_ends_unused_after_two_weeks_and_used_after_thirty_days() {
    let house = house().await;
    let ada = house.adds("Ada", &[]).await;
    let (used, unused) = (house.signs_in(&ada.id).await, house.signs_in(&ada.id).await);
    house.clock.advance(IDLE - 1);
    assert!(house.who(&used).await.is_some());
    house.clock.advance(1);
    assert_eq!(house.who(&unused).await, None);
    house.clock.advance(IDLE - 2);
    assert!(house.who(&used).await.is_some());
    house.clock.advance(2 * DAY + 2);
    assert_eq!(house.who(&used).await, None, "thirty days are over");
    assert!(house.people.sessions(&ada.id).await.expect("read").is_empty());
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_session_and_every_link() {
    let house = house().await;
    let (ada, bo) = (house.adds("Ada", &[]).await, house.adds("Bo", &[]).await);
    let (here, there) = (house.signs_in(&ada.id).await, house.signs_in(&ada.id).await);
    let (stolen, other) = (house.link(&ada.id).await, house.signs_in(&bo.id).await);
    let who = house.who(&here).await.expect("signed in");
    assert_eq!(house.people.sign_out_everywhere(&who).await.expect("done"), 2);
    assert_eq!((house.who(&here).await, house.who(&there).await), (None, None));
    assert!(house.people.enter(&stolen, Locale::English).await.is_err(), "a link that lies somewhere is over too");
    assert!(house.who(&other).await.is_some(), "nobody else is signed out");
}

#[tokio::test]
async fn signing_out_ends_one_session() {
    let house = house().await;
    let ada = house.adds("Ada", &[]).await;
    let (here, there) = (house.signs_in(&ada.id).await, house.signs_in(&ada.id).await);
    house.people.sign_out(&house.who(&here).await.expect("signed in")).await.expect("done");
    assert!(house.who(&here).await.is_none() && house.who(&there).await.is_some());
}

#[tokio::test]
async fn who_is_barred_is_signed_out_and_gets_no_link() {
    let house = house().await;
    let ada = house.adds("Ada", &[]).await;
    let (token, link) = (house.signs_in(&ada.id).await, house.link(&ada.id).await);
    let bar = PersonChange { disabled: Some(true), ..PersonChange::default() };
    assert!(house.people.change(&ada.id, bar, &Keeper::Token).await.expect("changed").disabled);
    assert_eq!(house.who(&token).await, None);
    assert!(house.people.enter(&link, Locale::English).await.is_err());
    assert_eq!(code(house.people.link(&ada.id, &Keeper::Token).await), ErrorCode::Conflict);
    house.people.ask_for_link("ada@example.org", Locale::English, from(1), "").await.expect("told nothing");
    assert!(house.mailed().await.is_empty());
}

#[tokio::test]
async fn an_unknown_address_is_told_nothing_and_only_a_known_one_is_mailed() {
    let house = house().await;
    house.adds("Ada", &[]).await;
    house.lists(7, "Bo@example.org").await;
    for (number, email) in ["mallory@example.org", "ADA@example.org", "bo@EXAMPLE.org"].into_iter().enumerate() {
        let number = u8::try_from(number).expect("few");
        assert_eq!(house.people.ask_for_link(email, Locale::English, from(number), "").await, Ok(()), "{email}");
    }
    assert_eq!(house.mailed().await, ["ada@example.org", "Bo@example.org"], "to the address that is kept");
}

#[tokio::test]
async fn a_mentor_is_written_down_by_asking_and_is_one_by_their_listing() {
    let house = house().await;
    let subject = house.lists(7, "ada@example.org").await;
    let ada = house.adds("Ada", &[]).await;
    let token = house.signs_in(&ada.id).await;
    assert_eq!(house.who(&token).await.expect("signed in").listing, Some(subject));
    let bo = house.adds("Bo", &[]).await;
    let token = house.signs_in(&bo.id).await;
    assert_eq!(house.who(&token).await.expect("signed in").listing, None);
}

#[tokio::test]
async fn a_link_for_one_address_can_be_asked_for_three_times_in_a_quarter_of_an_hour() {
    let house = house().await;
    house.adds("Ada", &[]).await;
    let ask = async |number| house.people.ask_for_link("ada@example.org", Locale::English, from(number), "").await;
    for number in 0..3 {
        assert_eq!(ask(number).await, Ok(()));
    }
    let known = ask(3).await.expect_err("refused");
    assert_eq!(known.code, ErrorCode::TooMany);
    for _ in 0..3 {
        house.people.ask_for_link("mallory@example.org", Locale::English, from(4), "").await.expect("told nothing");
    }
    let unknown = house.people.ask_for_link("mallory@example.org", Locale::English, from(5), "").await;
    assert_eq!(unknown, Err(known), "a refusal says nothing either");
    house.comes_to_mail(3).await;
    house.clock.advance(15 * MINUTE);
    assert_eq!(ask(3).await, Ok(()));
    assert_eq!(house.mailed().await.len(), 4);
}

#[tokio::test]
async fn one_network_asks_twenty_times_and_another_is_not_hindered() {
    let house = house().await;
    for number in 0..20 {
        let email = format!("guess{number}@example.org");
        assert_eq!(house.people.ask_for_link(&email, Locale::English, from(1), "").await, Ok(()), "{number}");
    }
    assert_eq!(
        code(house.people.ask_for_link("ada@example.org", Locale::English, from(1), "").await),
        ErrorCode::TooMany
    );
    assert_eq!(house.people.ask_for_link("ada@example.org", Locale::English, from(2), "").await, Ok(()));
}

#[tokio::test]
async fn nobody_gives_takes_or_lends_a_role_they_do_not_have() {
    let house = house().await;
    let (ada, bo) = (house.adds("Ada", &[Role::Registrar]).await, house.adds("Bo", &[Role::Operator]).await);
    let cy = house.adds("Cy", &[]).await;
    let registrar = Keeper::Person { id: ada.id, roles: [Role::Registrar].into() };
    let roles = |roles: &[Role]| PersonChange { roles: Some(roles.to_vec()), disabled: None };
    let change = async |whom: &Person, change| house.people.change(&whom.id, change, &registrar).await;
    assert_eq!(code(change(&cy, roles(&[Role::Operator])).await), ErrorCode::Forbidden, "gives");
    assert_eq!(code(change(&bo, roles(&[])).await), ErrorCode::Forbidden, "takes");
    assert_eq!(code(house.people.link(&bo.id, &registrar).await), ErrorCode::Forbidden, "signs in as");
    assert_eq!(code(change(&ada, roles(&[Role::Registrar])).await), ErrorCode::Forbidden, "one's own");
    let bar = PersonChange { disabled: Some(true), ..PersonChange::default() };
    assert_eq!(code(change(&bo, bar).await), ErrorCode::Forbidden, "bars");
    assert_eq!(change(&cy, roles(&[Role::Registrar])).await.expect("given").roles, [Role::Registrar]);
    assert!(house.people.link(&cy.id, &registrar).await.is_ok());
}

#[tokio::test]
async fn every_act_on_people_is_on_the_trail_and_names_nobody() {
    let house = house().await;
    let ada = house.adds("Ada", &[]).await;
    let change = PersonChange { roles: Some(vec![Role::Operator, Role::Registrar]), disabled: Some(true) };
    house.people.change(&ada.id, change, &Keeper::Token).await.expect("changed");
    let again = PersonChange { disabled: Some(false), ..PersonChange::default() };
    house.people.change(&ada.id, again, &Keeper::Token).await.expect("changed");
    house.signs_in(&ada.id).await;
    let acts = ["person.added", "person.roles", "person.disabled", "person.enabled", "person.link", "person.signed_in"];
    assert_eq!(house.acts().await, acts);
    let trail = house.desk.audit_trail(50).await.expect("read");
    assert!(trail.iter().all(|row| row.about == ada.id.to_string()));
    assert!(trail.iter().all(|row| !format!("{row:?}").contains("example.org") && !row.detail.contains("Ada")));
    assert_eq!(trail[4].detail, "registrar operator");
}

#[tokio::test]
async fn an_address_is_added_once_and_has_the_form_of_one() {
    let house = house().await;
    let ada = house.adds("Ada", &[]).await;
    let input =
        |email: &str| PersonInput { email: email.to_owned(), name: "Ada".to_owned(), locale: None, roles: Vec::new() };
    assert_eq!(code(house.people.add(input("ADA@example.org "), &Keeper::Token).await), ErrorCode::Conflict);
    assert_eq!(code(house.people.add(input("ada"), &Keeper::Token).await), ErrorCode::Invalid);
    let filter = Filter { email: Some("Ada@Example.org".to_owned()), limit: 5, ..Filter::default() };
    assert_eq!(house.people.list(&filter).await.expect("listed").items, [ada]);
    let wrong = Filter { after: Some("page two".to_owned()), limit: 5, ..Filter::default() };
    assert_eq!(code(house.people.list(&wrong).await), ErrorCode::Invalid);
}
