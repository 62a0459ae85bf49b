//! What a link offers, in words: what will happen, what it is about, and what can be said with it.

use mentormesh_protocol::api::{Direction, Introduction, ListingState, Problem};
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::record::AvailabilityStatus;
use mentormesh_protocol::{IntroductionId, Subject};

use crate::actions::{Action, Purpose};
use crate::desk::MailChoice;
use crate::http::app::App;
use crate::http::error::Failure;
use crate::http::web::words;
use crate::speech::Locale;

/// What a page of a link shows.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) heading: &'static str,
    pub(super) says: Vec<String>,
    /// Somebody's own words, each under what it is.
    pub(super) quotes: Vec<(&'static str, String)>,
    /// What can be filled in and sent; none where there is nothing left to do.
    pub(super) form: Option<Ask>,
}

/// A form: fields and one button.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) choice: Option<Choice>,
    pub(super) text: Option<Text>,
    pub(super) button: &'static str,
}

/// One of several.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    /// The word, what it says, whether it is set.
    pub(super) options: Vec<(&'static str, &'static str, bool)>,
}

/// A text.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) most: usize,
    pub(super) needed: bool,
}

/// Reasons of a no that a person gives, in the order in which they are offered.
pub(super) const REASONS: [(&str, &str); 7] = [
    ("no_capacity", "I have no time or place left"),
    ("not_right_expertise", "It is not what I know"),
    ("timing", "Not now"),
    ("language_or_mode", "We have no language or way to meet in common"),
    ("someone_else_better", "Somebody else would fit better"),
    ("conflict_of_interest", "It would not be right for me to take it on"),
    ("other", "Another reason"),
];

/// What a link offers now.
pub(super) async fn of(app: &App, action: &Action) -> Result<Offer, Failure> {
    let used = app.desk.action_used(&action.nonce).await?;
    let mut offer = fresh(app, action).await?;
    if let Some(at) = used {
        offer.says =
            vec![format!("You used this link on {}; it does what it is for once.", words::moment(Locale::English, at))];
        offer.says.push(standing(app, action).await?);
        offer.form = None;
    }
    Ok(offer)
}

/// What is shown once it was done.
pub(super) async fn after(app: &App, action: &Action) -> Result<Offer, Failure> {
    let mut offer = fresh(app, action).await?;
    offer.heading = "Done";
    offer.says = vec![standing(app, action).await?];
    offer.form = None;
    Ok(offer)
}

async fn fresh(app: &App, action: &Action) -> Result<Offer, Failure> {
    match action.purpose {
        Purpose::Accept | Purpose::Explore | Purpose::Ask | Purpose::Decline => {
            step(app, action, Direction::Received).await
        }
        Purpose::Answer | Purpose::TakeBack => step(app, action, Direction::Sent).await,
        Purpose::Pause | Purpose::Withdraw => listing(app, action).await,
        Purpose::MentorMail | Purpose::MenteeMail => mail(app, action).await,
    }
}

/// The introduction that a link is about.
pub(super) async fn introduction(app: &App, action: &Action, side: Direction) -> Result<Introduction, Problem> {
    app.introductions.show(&IntroductionId(action.about), Some(side)).await
}

async fn step(app: &App, action: &Action, side: Direction) -> Result<Offer, Failure> {
    let about = introduction(app, action, side).await?;
    let (heading, says, mut form) = words_of(action.purpose, &about);
    let mut says = vec![says];
    let too_late = match action.purpose {
        Purpose::Answer => about.state != State::Question,
        Purpose::Accept
        | Purpose::Explore
        | Purpose::Ask
        | Purpose::Decline
        | Purpose::TakeBack
        | Purpose::Pause
        | Purpose::Withdraw
        | Purpose::MentorMail
        | Purpose::MenteeMail => !about.state.is_open(),
    };
    if too_late {
        says = vec!["There is nothing left to do here.".to_owned(), stands(&about)];
        form = None;
    }
    let mut quotes = vec![("About", about.title.clone())];
    if side == Direction::Received {
        quotes.push(("What it is for", about.purpose.clone()));
        quotes.extend(about.why_you.clone().map(|why| ("Why you", why)));
    }
    if action.purpose == Purpose::Answer {
        let asked = about.events.iter().rev().find(|event| event.state == State::Question);
        quotes.extend(asked.and_then(|event| event.text.clone()).map(|text| ("The question", text)));
    }
    Ok(Offer { heading, says, quotes, form })
}

fn words_of(purpose: Purpose, about: &Introduction) -> (&'static str, String, Option<Ask>) {
    let (mentee, mentor) = (&about.mentee, about.mentor.as_deref().unwrap_or("the mentor"));
    let note = |label| Some(Text { name: "message", label, most: 400, needed: false });
    let said = |label| Some(Text { name: "text", label, most: 1_200, needed: true });
    let button = |button, choice, text| Some(Ask { choice, text, button });
    match purpose {
        Purpose::Accept => (
            "Say yes",
            format!("{mentee} will be told, and each of you gets the other’s address."),
            button("Say yes", None, note("A word to them, if you like")),
        ),
        Purpose::Explore => (
            "Agree to a short first call",
            format!("{mentee} will be told that you agree to a short call before deciding. You can still say no."),
            button("Agree to a call", None, None),
        ),
        Purpose::Ask => (
            "Ask something first",
            format!("{mentee} will get your question, and the request waits for their answer."),
            button("Send the question", None, said("Your question, without addresses or links")),
        ),
        Purpose::Decline => (
            "Say no",
            format!("{mentee} will be told kindly, with the reason you choose."),
            button("Say no", Some(reasons()), note("A kind word, if you like")),
        ),
        Purpose::Answer => (
            "Answer the question",
            format!("{mentor} will get your answer."),
            button("Send the answer", None, said("Your answer, without addresses or links")),
        ),
        Purpose::TakeBack | Purpose::Pause | Purpose::Withdraw | Purpose::MentorMail | Purpose::MenteeMail => (
            "Take the request back",
            format!("{mentor} will be told, without a reason. You can ask others right away."),
            button("Take it back", None, None),
        ),
    }
}

fn reasons() -> Choice {
    let options = REASONS.iter().map(|(word, says)| (*word, *says, *word == "no_capacity")).collect();
    Choice { name: "reason", label: "Why", options }
}

async fn listing(app: &App, action: &Action) -> Result<Offer, Failure> {
    let listing = app.listings.find(&Subject(action.about)).await?;
    let on = listing.state == ListingState::Published;
    let paused = listing.profile.availability.status == AvailabilityStatus::Paused;
    let pause = action.purpose == Purpose::Pause;
    let (heading, says, label) = if pause {
        let says = "You stay in the register and are shown as taking no requests for now. Requests that wait for you \
                    stay; answer or decline them.";
        ("Take no requests for now", says, "Pause")
    } else {
        let says = "Your profile is taken out of the register, here and at every other organisation. Requests that \
                    wait for you are declined. To be listed again, ask your organisation.";
        ("Leave the register", says, "Leave the register")
    };
    let left = if pause { on && !paused } else { on };
    let form = left.then_some(Ask { choice: None, text: None, button: label });
    let says = if left { says.to_owned() } else { standing(app, action).await? };
    Ok(Offer { heading, says: vec![says], quotes: Vec::new(), form })
}

async fn mail(app: &App, action: &Action) -> Result<Offer, Failure> {
    let heading = "Choose which mail you get";
    let Some(address) = address(app, action).await? else {
        let says = vec!["Your address is not kept here any more, so no mail can come.".to_owned()];
        return Ok(Offer { heading, says, quotes: Vec::new(), form: None });
    };
    let chosen = app.desk.mail_choice(&address).await?;
    let options = MailChoice::ALL.into_iter().map(|choice| (choice.as_str(), choice_words(choice), choice == chosen));
    let choice = Choice { name: "mail", label: "What may we send you?", options: options.collect() };
    let says = vec!["What asks for an answer or gives you one is always sent.".to_owned()];
    let form = Some(Ask { choice: Some(choice), text: None, button: "Save" });
    Ok(Offer { heading, says, quotes: Vec::new(), form })
}

/// The address that a link about mail is for.
pub(super) async fn address(app: &App, action: &Action) -> Result<Option<String>, Failure> {
    if action.purpose == Purpose::MenteeMail {
        return Ok(app.desk.mentee_email(&IntroductionId(action.about)).await?);
    }
    let listing = app.desk.listing(&Subject(action.about)).await?.filter(|row| !row.is_erased());
    Ok(listing.map(|row| row.content.contact.email))
}

const fn choice_words(choice: MailChoice) -> &'static str {
    match choice {
        MailChoice::All => "Everything, reminders too",
        MailChoice::NoReminders => "No reminders",
        MailChoice::Necessary => "Only what has to be said",
    }
}

/// Where that which a link is about stands now.
async fn standing(app: &App, action: &Action) -> Result<String, Failure> {
    let side = match action.purpose {
        Purpose::Accept | Purpose::Explore | Purpose::Ask | Purpose::Decline => Direction::Received,
        Purpose::Answer | Purpose::TakeBack => Direction::Sent,
        Purpose::Pause | Purpose::Withdraw => {
            let listing = app.listings.find(&Subject(action.about)).await?;
            let paused = listing.profile.availability.status == AvailabilityStatus::Paused;
            return Ok(match listing.state {
                ListingState::Published if paused => "You are listed, and shown as taking no requests for now.",
                ListingState::Published => "You are listed, and can be asked.",
                ListingState::Draft | ListingState::Withdrawn | ListingState::Expired => {
                    "You are not in the register now."
                }
            }
            .to_owned());
        }
        Purpose::MentorMail | Purpose::MenteeMail => {
            let chosen = match address(app, action).await? {
                Some(address) => app.desk.mail_choice(&address).await?,
                None => MailChoice::default(),
            };
            return Ok(format!("You now get: {}.", choice_words(chosen).to_lowercase()));
        }
    };
    Ok(stands(&introduction(app, action, side).await?))
}

/// Where an introduction stands, in a sentence.
fn stands(about: &Introduction) -> String {
    let (mentee, mentor) = (&about.mentee, about.mentor.as_deref().unwrap_or("the mentor"));
    match about.state {
        State::Queued | State::Relayed => "The request is on its way.".to_owned(),
        State::Delivered | State::Notified => "The request waits for the mentor’s answer.".to_owned(),
        State::Question => format!("{mentor} asked something, and {mentee} has not answered yet."),
        State::Answered => format!("{mentee} answered, and it waits for {mentor}."),
        State::Exploring => "A short first call is agreed.".to_owned(),
        State::Accepted => format!("{mentor} said yes; the addresses are exchanged by mail."),
        State::Declined | State::Blocked => format!("{mentor} said no."),
        State::Refused | State::Undeliverable => "The request could not be delivered.".to_owned(),
        State::Expired => "The request was not answered in time.".to_owned(),
        State::Withdrawn | State::Superseded => format!("{mentee} took the request back."),
    }
}
