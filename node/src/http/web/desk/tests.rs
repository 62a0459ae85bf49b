//! Stories of the desk's pages, as they are rendered and as they decide.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use mentormesh_protocol::api::{
    Consent, Contact, ImportReport, ImportRow, Listing, ListingState, OrganisationRef, OrganisationView, PeerView,
    Problem, Reach, Role, RowOutcome, Standing,
};
use mentormesh_protocol::record::{Card, Profile, ProfileId};
use mentormesh_protocol::trust::{Policy, Settings, Why};
use mentormesh_protocol::{OrganisationId, PeerId, PersonId, RecordId, SecretKey, Subject, Timestamp};

use super::audit::{Act as Told, AuditPage};
use super::frame::{Frame, asked, following};
use super::import::{ImportPage, checked};
use super::import_form::{Sent, mark};
use super::listings::{ListingsPage, row};
use super::organisation_act::{Act, says};
use super::policy::Choice;
use super::shown_there::shown_there;
use super::{listing, look, policy};
use crate::desk::{PersonRow, SessionRow};
use crate::http::api::organisations;
use crate::http::extract::Pairs;
use crate::http::form::Form;
use crate::http::web::home::tests::site;
use crate::people::SignedIn;
use crate::view::{Known, View};

const OWN: OrganisationId = OrganisationId([1; 32]);
const BO: OrganisationId = OrganisationId([2; 32]);
const MALLORY: OrganisationId = OrganisationId([3; 32]);
const AT: Timestamp = Timestamp(1_795_000_000_000);

fn who(number: u8, roles: &[Role]) -> SignedIn {
    let id = PersonId([number; 16]);
    let person = PersonRow {
        id,
        email: "rae@example.org".to_owned(),
        name: "Rae".to_owned(),
        locale: None,
        roles: roles.iter().copied().collect(),
        disabled: false,
        created_at: AT,
        changed_at: AT,
    };
    let made_by = "mail".to_owned();
    let session = SessionRow { digest: [number; 32], person: id, made_by, created_at: AT, seen_at: AT, expires_at: AT };
    SignedIn { person, session, listing: None }
}

fn frame() -> Frame {
    Frame::of(&who(1, &[Role::Registrar]), "/desk")
}

fn pairs(all: &[(&str, &str)]) -> Pairs {
    Pairs(all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn entry(number: u8, name: &str) -> Listing {
    let consent =
        Consent { given_on: AT.date(), notice_version: Some("1".to_owned()), reach: Reach::Network, open_web: false };
    Listing {
        id: Subject([number; 16]),
        profile_id: ProfileId { organisation: OWN, subject: Subject([number; 16]) },
        state: ListingState::Published,
        missing: vec!["confirmation: confirm it, or it leaves the network by 2027-01-01".to_owned()],
        profile: Profile {
            display_name: name.to_owned(),
            headline: "Knows the press".to_owned(),
            ..Profile::default()
        },
        contact: Contact { email: "di@example.org".to_owned(), name: None },
        consent: Some(consent),
        evidence: None,
        invitation: None,
        confirmed_at: Some(AT),
        expires_at: Some(AT),
        edited: false,
        etag: "abc".to_owned(),
        created_at: AT,
        changed_at: AT,
    }
}

#[test]
fn tabs_are_those_that_somebody_may_open() {
    let tabs = |roles: &[Role]| {
        let tabs = Frame::of(&who(1, roles), "/desk").tabs;
        tabs.into_iter().map(|tab| tab.address).collect::<Vec<_>>()
    };
    assert_eq!(tabs(&[Role::ProgrammeLead]), ["/desk", "/desk/listings", "/desk/organisations"]);
    assert_eq!(tabs(&[Role::Operator]), ["/desk", "/desk/organisations", "/desk/mail", "/desk/people", "/desk/audit"]);
    assert_eq!(tabs(&[Role::Registrar]).len(), 9);
    assert!(tabs(&[]).is_empty());
}

#[test]
fn fifty_rows_stay_under_sixty_kilobytes_and_everything_is_escaped() {
    let listings = (0..50).map(|number| entry(number, "Zoë <b>Bell</b> of the Institute"));
    let page = ListingsPage {
        site: site(),
        desk: frame(),
        states: Vec::new(),
        words: "\"><script>".to_owned(),
        to_confirm: false,
        unasked: 2,
        imports: true,
        total: 51,
        rows: listings.map(|one| row(&one)).collect(),
        next: Some("/desk/listings?after=1".to_owned()),
    };
    let page = page.render().expect("a page");
    let all = page.len() + include_str!("../static/style.css").len();
    assert!(all < 60_000, "{all} bytes with the sheet");
    assert!(page.contains("Zoë &#60;b&#62;Bell") && !page.contains("<b>") && !page.contains("<script"), "{page}");
    assert_eq!(page.matches("/desk/listings/").count(), 50);
}

#[test]
fn a_listing_shows_what_stays_here_beside_what_the_network_sees() {
    let page = listing::page(site(), frame(), &entry(7, "Di Duarte"), true).render().expect("a page");
    let (shown, kept) = page.split_once("What stays here").expect("two halves");
    assert!(shown.contains("Knows the press") && !shown.contains("di@example.org"), "{page}");
    assert!(kept.contains("di@example.org") && kept.contains("to be shown to the whole network"), "{page}");
    assert!(page.contains("/withdraw\"") && page.contains("/erase\"") && !page.contains("/delete\""), "{page}");
    let looked = listing::page(site(), frame(), &entry(7, "Di Duarte"), false).render().expect("a page");
    assert!(!looked.contains("/withdraw\""), "who may not act is offered nothing");
}

#[test]
fn an_act_is_taken_from_the_page_that_said_what_it_changes_and_from_no_other() {
    let (rae, other) = (who(1, &[Role::Registrar]), who(2, &[Role::Registrar]));
    let seen = look::seen(&rae, &["pin", "abc", "2 mentors"]);
    assert!(look::unseen(&pairs(&[("seen", &seen)]), &seen).is_none());
    for changed in [
        look::seen(&other, &["pin", "abc", "2 mentors"]),
        look::seen(&rae, &["pin", "abc", "3 mentors"]),
        look::seen(&rae, &["pin", "ab", "c2 mentors"]),
        look::seen(&rae, &["pinabc", "2 mentors"]),
    ] {
        assert!(look::unseen(&pairs(&[("seen", &changed)]), &seen).is_some());
    }
    assert!(look::unseen(&pairs(&[]), &seen).is_some(), "nobody acts unlooked");
}

fn known(name: &str, why: Why, mentors: u64) -> Known {
    let card = Card { name: name.to_owned(), ..organisations::tests::card() };
    Known {
        card: Some(card),
        tip: RecordId([9; 32]),
        disputed: false,
        signing_keys: Vec::new(),
        why,
        nodes: BTreeMap::new(),
        mentors,
        records: mentors,
    }
}

fn view(bo: Why, pinned: &[OrganisationId]) -> View {
    let settings = Settings { pinned: pinned.iter().copied().collect::<BTreeSet<_>>(), ..Settings::default() };
    let organisations = [
        (OWN, known("Ada's Institute", Why::Own, 1)),
        (BO, known("Bo's Guild", bo, 4)),
        (MALLORY, known("BO’S GUILD", Why::NotTrusted, 9)),
    ];
    View { own: OWN, settings, organisations: BTreeMap::from(organisations) }
}

fn bo(view: &View) -> OrganisationView {
    organisations::of(view, &BO, view.organisations.get(&BO))
}

#[test]
fn before_a_pin_is_said_who_comes_into_sight_and_that_each_side_pins() {
    let view = view(Why::NotTrusted, &[]);
    let told = says(&view, &bo(&view), Act::Pin, 0, 3).join(" ");
    assert!(told.contains("4 mentors of theirs become visible") && told.contains("3 published listings"), "{told}");
    assert!(told.contains("Each side pins for itself"), "{told}");
    assert!(told.contains("a name that reads the same") && told.contains(&MALLORY.short()), "{told}");
}

#[test]
fn before_a_block_is_said_who_disappears_and_which_requests_cannot_go_on() {
    let view = view(Why::Pinned, &[BO]);
    assert_eq!(bo(&view).standing, Standing::Pinned);
    let told = says(&view, &bo(&view), Act::Block, 2, 3).join(" ");
    assert!(told.contains("4 mentors of theirs disappear") && told.contains("2 requests are under way"), "{told}");
    assert!(told.contains("none of these can go on"), "{told}");
    let told = says(&view, &bo(&view), Act::Unpin, 2, 3).join(" ");
    assert!(told.contains("disappear") && told.contains("go on as before"), "{told}");
}

#[test]
fn before_another_policy_is_said_who_comes_who_goes_and_who_stays() {
    let mut view = view(Why::Pinned, &[BO]);
    let told = policy::says(&view, Choice::Open, 3).join(" ");
    assert!(told.contains("1 organisation comes into sight, 0 go out of it, 1 is shown as before"), "{told}");
    assert!(told.contains(&format!("({}): 9 mentors become visible", MALLORY.short())), "{told}");
    assert!(told.contains("3 published listings"), "{told}");
    assert!(policy::says(&view, Choice::Closed, 3).join(" ").contains("nothing changes"));
    view.settings.policy = Policy::Open;
    view.settings.blocked.insert(MALLORY);
    let told = policy::says(&view, Choice::Closed, 3).join(" ");
    assert!(told.contains("0 organisations come into sight, 0 go out of it, 1 is shown"), "a pin stays: {told}");
    view.settings.pinned.clear();
    let told = policy::says(&view, Choice::Closed, 3).join(" ");
    assert!(told.contains("Goes: Bo's Guild") && told.contains("4 mentors disappear"), "{told}");
}

#[test]
fn an_organisation_shows_us_when_one_of_its_nodes_says_so() {
    let peer = |organisation, shows_us| PeerView {
        id: PeerId(SecretKey::new(&[2; 32]).public()),
        organisation: Some(OrganisationRef { id: organisation, name: String::new() }),
        connected: true,
        admitted: true,
        shows_us,
        blocked: false,
        addresses: Vec::new(),
        last_seen: None,
        problem: None,
    };
    let said = shown_there(&[peer(BO, Some(false)), peer(BO, Some(true)), peer(BO, None), peer(MALLORY, None)]);
    assert_eq!(said, BTreeMap::from([(BO, true)]));
    assert!(shown_there(&[peer(BO, Some(false))]).get(&BO) == Some(&false));
}

#[test]
fn a_check_says_what_each_line_would_do_and_is_of_this_text_alone() {
    let refused =
        ImportRow { line: 4, outcome: RowOutcome::Refused, id: None, problem: Some("email: <none>".to_owned()) };
    let report = ImportReport {
        dry_run: true,
        added: 1,
        changed: 2,
        unchanged: 3,
        refused: 1,
        rows: vec![refused],
        ignored: vec!["shoe_size".to_owned()],
    };
    let rae = who(1, &[Role::Registrar]);
    let seen = checked(&rae, "a,b", &report).seen;
    assert_eq!(seen, checked(&rae, "a,b", &report).seen);
    assert_ne!(seen, checked(&rae, "a,c", &report).seen, "another text");
    let other = ImportReport { added: 2, ..report.clone() };
    assert_ne!(seen, checked(&rae, "a,b", &other).seen, "the same text, which would do something else by now");
    let page = ImportPage {
        site: site(),
        desk: frame(),
        text: "\na,<b>".to_owned(),
        brought: None,
        checked: Some(checked(&rae, "a,<b>", &report)),
        lately: Vec::new(),
    };
    let page = page.render().expect("a page");
    assert!(page.contains("Line 4: <bdi>email: &#60;none&#62;</bdi>") && page.contains("shoe_size"), "{page}");
    assert!(page.contains("Import these 3 mentors") && page.contains(">\n\na,&#60;b&#62;</textarea>"), "{page}");
    let nothing = ImportReport { added: 0, changed: 0, ..report };
    assert!(checked(&rae, "a,b", &nothing).button.is_none(), "there is nothing to import");
}

#[test]
fn a_file_takes_the_place_of_another_file_and_of_nothing_that_was_typed() {
    let rae = who(1, &[Role::Registrar]);
    let table = |fields: &[(&str, &str)], file: Option<&[u8]>| {
        let sent = Sent { form: Form(pairs(fields)), file: file.map(<[u8]>::to_vec) };
        sent.table(&rae).map(|table| (table.text, table.brought)).map_err(|(table, _)| table.text)
    };
    let first = mark(&rae, "a,b\n");
    assert_eq!(table(&[("text", "")], Some(b"a,b\r\n")), Ok(("a,b\n".to_owned(), true)));
    assert_eq!(table(&[("text", "a,b\r\n"), ("brought", &first)], None), Ok(("a,b\n".to_owned(), true)));
    let second = table(&[("text", "a,b\r\n"), ("brought", &first)], Some(b"c,d"));
    assert_eq!(second, Ok(("c,d".to_owned(), true)), "nobody touched what the first file brought");
    let touched = table(&[("text", "a,b\nmine"), ("brought", &first)], Some(b"c,d"));
    assert_eq!(touched, Err("a,b\nmine".to_owned()), "somebody typed into it");
    assert_eq!(table(&[("text", "mine")], Some(b"c,d")), Err("mine".to_owned()));
    assert_eq!(table(&[("text", "mine")], None), Ok(("mine".to_owned(), false)));
    assert_eq!(table(&[], Some(b"PK\x03\x00\x00")), Err(String::new()), "that is no text");
}

#[test]
fn a_problem_leads_to_its_field_and_the_trail_to_who_acted() {
    let desk = frame().with(Some(Problem::field("about", "is <too> long")));
    let told = Told {
        at: "today".to_owned(),
        by: "Rae <R>".to_owned(),
        person: Some("/desk/people/abc".to_owned()),
        act: "listing.published".to_owned(),
        about: "abc".to_owned(),
        detail: String::new(),
    };
    let page = AuditPage {
        site: site(),
        desk,
        act: String::new(),
        by: String::new(),
        about: String::new(),
        total: 1,
        rows: vec![told],
        next: None,
    };
    let page = page.render().expect("a page");
    assert!(page.contains("href=\"#about\"") && page.contains("&#60;too&#62;"), "{page}");
    assert!(page.contains("<a href=\"/desk/people/abc\"><bdi>Rae &#60;R&#62;</bdi></a>"), "{page}");
}

#[test]
fn a_form_s_empty_fields_ask_for_nothing_and_the_next_page_asks_the_same() {
    let asked = asked(&pairs(&[("state", ""), ("q", "R&D"), ("other", "x"), ("limit", "9")]), &["state", "q"]);
    assert_eq!(asked.0, pairs(&[("q", "R&D"), ("limit", "50")]).0);
    assert_eq!(following("/desk/listings", &asked, Some("1.a")).as_deref(), Some("/desk/listings?q=R%26D&after=1.a"));
    assert_eq!(following("/desk/listings", &asked, None), None);
}
