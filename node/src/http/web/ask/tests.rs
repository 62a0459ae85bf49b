//! Stories of writing to a mentor.

use mentormesh_protocol::api::{ErrorCode, OrganisationRef, Problem};
use mentormesh_protocol::introduction::Request;
use mentormesh_protocol::record::{Offer, Profile};
use mentormesh_protocol::testing::mentor;
use mentormesh_protocol::{IntroductionId, OrganisationId, PersonId, ProfileId, RecordId, Subject, Timestamp};

use super::super::home::tests::{keep, site};
use super::*;
use crate::desk::{PersonRow, SessionRow};

/// Most bytes of a page, with the sheet and the icon that it loads.
const WEIGHT: usize = 60 * 1024;
const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn bo() -> SignedIn {
    let (id, at) = (PersonId([1; 16]), Timestamp(1_795_000_000_000));
    let person = PersonRow {
        id,
        email: "bo@example.org".to_owned(),
        name: "Bo <b>Berg</b>".to_owned(),
        locale: None,
        roles: [].into(),
        disabled: false,
        created_at: at,
        changed_at: at,
    };
    let made_by = "mail".to_owned();
    let session = SessionRow { digest: [7; 32], person: id, made_by, created_at: at, seen_at: at, expires_at: at };
    SignedIn { person, session, listing: None }
}

fn ada() -> ProfileView {
    let organisation = OrganisationId([1; 32]);
    ProfileView {
        id: ProfileId { organisation, subject: Subject([1; 16]) },
        organisation: OrganisationRef { id: organisation, name: "Institute of <i>Practice</i>".to_owned() },
        record: RecordId([7; 32]),
        profile: Profile { display_name: "آدا Okafor <b>".to_owned(), ..mentor("Ada", "Social media") },
        issued_at: Timestamp(1_795_315_200_000),
        expires_at: Timestamp(1_798_339_200_000),
        open_web: false,
    }
}

const CHANCE: Chance = Chance { left: 4, open: None, refused: None };

fn pairs(pairs: &[(&str, &str)]) -> Pairs {
    Pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn typed() -> Draft {
    Draft::read(&pairs(&[
        ("name", "Bo <b>"),
        ("title", "Fifteen minutes on social media"),
        ("purpose", "I move from accountancy to public relations.\r\nHow did you <begin>?"),
        ("why_you", "Your talk \"on\" radio"),
        ("offer", "intro_15"),
        ("once", "abc"),
    ]))
}

fn form(draft: Draft) -> AskPage {
    ask(site(), whom(&bo(), &ada()), &ada(), draft, &CHANCE)
}

#[test]
fn the_form_gives_advice_says_its_limits_and_begins_with_fifteen_minutes() {
    let html = form(Draft::blank(&bo().person.name, "abc")).render().expect("a page");
    keep("ask", &html);
    for expected in [
        "5 requests open at a time; 4 are left",
        "10 to 120 characters",
        "40 to 1,200 characters",
        "Up to 400 characters",
        "A clear title",
        "One limited request",
        "Be flexible",
        "Say thanks",
        "value=\"intro_15\" checked",
        "value=\"Bo &#60;b&#62;Berg&#60;/b&#62;\"",
        "name=\"form\" value=\"",
    ] {
        assert!(html.contains(expected), "the page lacks {expected}: {html}");
    }
    assert!(!html.contains("bo@example.org") && !html.contains("role=\"alert\""), "{html}");
    for field in ["title", "purpose", "why_you", "name"] {
        assert!(html.contains(&format!("<label for=\"{field}\">")) && html.contains(&format!("id=\"{field}-hint\"")));
    }
}

#[test]
fn the_preview_shows_every_word_that_is_sent_and_names_the_address_only_as_what_is_not() {
    let page = PreviewPage {
        site: site(),
        whom: whom(&bo(), &ada()),
        offer: "A talk".to_owned(),
        draft: typed(),
        slots: Vec::new(),
    };
    let html = page.render().expect("a page");
    keep("ask-preview", &html);
    for expected in [
        "<bdi>آدا Okafor &#60;b&#62;</bdi> will read",
        "<bdi>Bo &#60;b&#62;</bdi>",
        "<dd dir=\"auto\">Fifteen minutes on social media</dd>",
        "I move from accountancy to public relations.\nHow did you &#60;begin&#62;?</dd>",
        "Your talk &#34;on&#34; radio</dd>",
    ] {
        assert!(html.contains(expected), "the page lacks {expected}: {html}");
    }
    let (_, kept) = html.split_once("id=\"kept\"").expect("what is kept");
    assert_eq!((html.matches("bo@example.org").count(), kept.matches("bo@example.org").count()), (1, 1), "{html}");
}

#[test]
fn going_back_from_the_preview_loses_nothing() {
    let page = PreviewPage {
        site: site(),
        whom: whom(&bo(), &ada()),
        offer: "A talk".to_owned(),
        draft: typed(),
        slots: Vec::new(),
    };
    let html = page.render().expect("a page");
    let hidden = html.split("<input type=\"hidden\" name=\"").skip(1);
    let fields = hidden.filter_map(|rest| {
        let (name, rest) = rest.split_once("\" value=\"")?;
        let value = rest.split_once('"')?.0.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"");
        Some((name.to_owned(), value))
    });
    assert_eq!(Draft::read(&Pairs(fields.collect())), typed());
}

#[test]
fn what_is_wrong_is_said_beside_its_field_and_above_and_nothing_typed_is_lost() {
    let typed = Draft::read(&pairs(&[
        ("title", "Too <b>"),
        ("purpose", "Write to me at bo@example.org, I would like to hear how you began."),
        ("why_you", &"ل".repeat(401)),
    ]));
    let wrong = typed.wrong(Locale::English, NOW);
    let fields: Vec<_> = wrong.listed().map(|(field, _)| field).collect();
    assert_eq!(fields, ["title", "purpose", "why_you", "name"], "in the order of the form");
    let html = AskPage { wrong, ..form(typed) }.render().expect("a page");
    keep("ask-wrong", &html);
    for expected in [
        "<a href=\"#title\">The title has 7 characters; 10 to 120 are taken.</a>",
        "<p id=\"title-wrong\" class=\"wrong\">",
        "aria-describedby=\"title-hint title-wrong\" aria-invalid=\"true\"",
        "value=\"Too &#60;b&#62;\"",
        "“bo@example.org” looks like an address",
        "Your name is missing",
        &"ل".repeat(401),
    ] {
        assert!(html.contains(expected), "the page lacks {expected}: {html}");
    }
}

#[test]
fn the_limits_said_here_are_those_of_the_letter() {
    let fits = |name: usize, title: usize, purpose: usize, why: usize| {
        let text = |characters| "é".repeat(characters);
        let draft =
            Draft { name: text(name), title: text(title), purpose: text(purpose), why_you: text(why), ..typed() };
        let profile = ada().id;
        let why_you = Some(draft.why_you.clone()).filter(|why| !why.is_empty());
        let (name, title, purpose) = (draft.name.clone(), draft.title.clone(), draft.purpose.clone());
        let (mentee, offer) = ([0; 16].into(), draft.offer);
        let request = Request { profile, mentee, name, title, purpose, why_you, offer, time_zone: None, slots: None };
        assert_eq!(draft.wrong(Locale::English, NOW).is_empty(), request.check().is_ok(), "{draft:?}");
        request.check().is_ok()
    };
    assert!(fits(1, 10, 40, 0) && fits(200, 120, 1_200, 400));
    for wrong in [
        (0, 10, 40, 0),
        (201, 10, 40, 0),
        (1, 9, 40, 0),
        (1, 121, 40, 0),
        (1, 10, 39, 0),
        (1, 10, 1_201, 0),
        (1, 10, 40, 401),
    ] {
        assert!(!fits(wrong.0, wrong.1, wrong.2, wrong.3), "{wrong:?}");
    }
}

#[test]
fn the_same_form_is_one_request_and_a_changed_one_another() {
    let name = |draft: &Draft| draft.name_of(&bo(), &ada().id);
    let first = typed();
    assert_eq!(name(&first), name(&typed()));
    for other in [
        Draft { once: "abd".to_owned(), ..typed() },
        Draft { title: "Sixteen minutes on social media".to_owned(), ..typed() },
        Draft { title: String::new(), purpose: first.title.clone() + &first.purpose, ..typed() },
        Draft { offer: OfferKind::Micro, ..typed() },
    ] {
        assert_ne!(name(&first), name(&other), "{other:?}");
    }
    let other = SignedIn { person: PersonRow { id: PersonId([2; 16]), ..bo().person }, ..bo() };
    assert_ne!(name(&first), typed().name_of(&other, &ada().id), "another person's form");
}

#[test]
fn who_cannot_ask_now_hears_why_and_what_else_there_is() {
    let problem = Problem::new(ErrorCode::PairOpen, "a request is open");
    let chance = Chance { open: Some(IntroductionId([3; 16])), refused: Some(problem.clone()), left: 4 };
    let html = not_now(site(), whom(&bo(), &ada()), &ada(), refusal(Locale::English, &problem), &chance);
    let html = html.render().expect("a page");
    keep("ask-not-now", &html);
    let open = format!("href=\"/requests/{}?side=sent\"", IntroductionId([3; 16]));
    assert!(html.contains(&open) && html.contains("is open already") && html.contains("href=\"/\""), "{html}");
}

#[test]
fn every_reason_not_to_send_is_said_in_every_language() {
    use ErrorCode::{Busy, Capacity, Conflict, Cooldown, Invalid, NotFound, NotRecognised, PairOpen, StorageFull};
    for locale in Locale::ALL {
        for code in [Busy, Capacity, Conflict, Cooldown, Invalid, NotFound, NotRecognised, PairOpen, StorageFull] {
            let said = refusal(locale, &Problem::new(code, "in English"));
            assert!(!said.english && !said.text.starts_with("asking-"), "{locale:?} {code:?}");
        }
    }
    let other = refusal(Locale::German, &Problem::new(ErrorCode::Forbidden, "in English"));
    assert_eq!((other.text.as_str(), other.english), ("in English", true), "what nobody put into words is marked");
}

#[test]
fn the_longest_request_makes_a_light_page() {
    let text = |characters: usize| "&".repeat(characters);
    let draft = Draft { name: text(200), title: text(120), purpose: text(1_200), why_you: text(400), ..typed() };
    let offers = |kind: &OfferKind| Offer {
        kind: *kind,
        minutes: None,
        meetings_per_month: None,
        group_max: None,
        fee: None,
        fee_note: None,
    };
    let mut view = ada();
    view.profile.display_name = text(200);
    view.profile.offers = OfferKind::ALL.iter().map(offers).collect();
    view.organisation.name = text(200);
    let loaded = include_str!("../static/style.css").len() + include_str!("../static/icon.svg").len();
    for locale in Locale::ALL {
        let site = || Site { locale, name: text(200), ..site() };
        let preview = PreviewPage {
            site: site(),
            whom: whom(&bo(), &view),
            offer: String::new(),
            draft: draft.clone(),
            slots: Vec::new(),
        };
        let wrong = Draft { title: text(9), ..draft.clone() }.wrong(locale, NOW);
        let form = AskPage { wrong, ..ask(site(), whom(&bo(), &view), &view, draft.clone(), &CHANCE) };
        for html in [preview.render(), form.render()] {
            let weight = html.expect("a page").len() + loaded;
            assert!(weight < WEIGHT, "{weight} bytes");
        }
    }
}
