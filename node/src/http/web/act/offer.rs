//! What a link offers, in words: what will happen, what it is about, and what can be said with it.

use askama::filters::Safe;
use mentormesh_protocol::api::{Direction, Introduction, ListingState, Problem};
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::limits::SLOTS;
use mentormesh_protocol::record::AvailabilityStatus;
use mentormesh_protocol::{IntroductionId, Subject};

use crate::actions::{Action, Purpose};
use crate::desk::MailChoice;
use crate::http::app::App;
use crate::http::error::Failure;
use crate::http::web::{times, words};
use crate::speech::Locale;

/// What a page of a link shows.
pub(super) struct Offer {
    pub(super) heading: String,
    pub(super) says: Vec<Safe<String>>,
    /// Somebody's own words, each under what it is.
    pub(super) quotes: Vec<(String, String)>,
    /// What can be filled in and sent; none where there is nothing left to do.
    pub(super) form: Option<Ask>,
}

/// A form: fields and one button.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) choice: Option<Choice>,
    pub(super) text: Option<Text>,
    pub(super) button: String,
}

/// One of several.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) name: &'static str,
    pub(super) label: String,
    /// The word, what it says, whether it is set.
    pub(super) options: Vec<(&'static str, String, bool)>,
}

/// A text.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) most: usize,
    pub(super) needed: bool,
    /// What was typed before.
    pub(super) typed: String,
}

/// Reasons of a no that a person gives, in the order in which they are offered.
pub(super) const REASONS: [&str; 7] = [
    "no_capacity",
    "not_right_expertise",
    "timing",
    "language_or_mode",
    "someone_else_better",
    "conflict_of_interest",
    "other",
];

/// A link, and in which language it is looked at.
#[derive(Clone, Copy)]
struct Shown<'a> {
    app: &'a App,
    action: &'a Action,
    locale: Locale,
}

/// What a link offers now.
pub(super) async fn of(app: &App, action: &Action, locale: Locale) -> Result<Offer, Failure> {
    let used = app.desk.action_used(&action.nonce).await?;
    let shown = Shown { app, action, locale };
    let mut offer = shown.fresh().await?;
    if let Some(at) = used {
        offer.says = vec![locale.naming("act-used", &[("day", &words::moment(locale, at))]), shown.standing().await?];
        offer.form = None;
    }
    Ok(offer)
}

/// What is shown once it was done.
pub(super) async fn after(app: &App, action: &Action, locale: Locale) -> Result<Offer, Failure> {
    let shown = Shown { app, action, locale };
    let mut offer = shown.fresh().await?;
    offer.heading = locale.say("act-done");
    offer.says = vec![shown.standing().await?];
    offer.form = None;
    Ok(offer)
}

impl Offer {
    /// With what was said before in its fields, so that nothing that somebody typed is lost.
    pub(super) fn keep(&mut self, said: &[(String, String)]) {
        let given = |name: &str| said.iter().find(|(given, _)| given == name).map(|(_, text)| text.clone());
        let Some(form) = &mut self.form else { return };
        if let Some(text) = &mut form.text {
            text.typed = given(text.name).unwrap_or_default();
        }
        if let Some(choice) = &mut form.choice
            && let Some(word) = given(choice.name)
        {
            for (known, _, set) in &mut choice.options {
                *set = *known == word;
            }
        }
    }
}

impl Shown<'_> {
    async fn fresh(self) -> Result<Offer, Failure> {
        match self.action.purpose {
            Purpose::Accept | Purpose::Explore | Purpose::Ask | Purpose::Decline => {
                self.step(Direction::Received).await
            }
            Purpose::Answer | Purpose::TakeBack => self.step(Direction::Sent).await,
            Purpose::Pause | Purpose::Withdraw | Purpose::Listing(_) => self.listing().await,
            Purpose::MentorMail | Purpose::MenteeMail => self.mail().await,
        }
    }

    /// The introduction that a link is about.
    async fn introduction(self, side: Direction) -> Result<Introduction, Problem> {
        self.app.introductions.show(&IntroductionId(self.action.about), Some(side)).await
    }

    async fn step(self, side: Direction) -> Result<Offer, Failure> {
        let locale = self.locale;
        let about = self.introduction(side).await?;
        let (heading, says, mut form) = self.words_of(&about);
        let mut says = vec![says];
        let too_late = match self.action.purpose {
            Purpose::Answer => about.state != State::Question,
            Purpose::Accept
            | Purpose::Explore
            | Purpose::Ask
            | Purpose::Decline
            | Purpose::TakeBack
            | Purpose::Pause
            | Purpose::Withdraw
            | Purpose::MentorMail
            | Purpose::MenteeMail
            | Purpose::Listing(_) => !about.state.is_open(),
        };
        if too_late {
            says = vec![Safe(locale.say("act-nothing-left")), stands(locale, &about)];
            form = None;
        }
        let mut quotes = vec![(locale.say("act-title"), about.title.clone())];
        if side == Direction::Received {
            quotes.push((locale.say("act-purpose"), about.purpose.clone()));
            quotes.extend(about.why_you.clone().map(|why| (locale.say("act-why-you"), why)));
        }
        if self.action.purpose == Purpose::Answer {
            let asked = about.events.iter().rev().find(|event| event.state == State::Question);
            quotes.extend(asked.and_then(|event| event.text.clone()).map(|text| (locale.say("act-question"), text)));
        }
        Ok(Offer { heading, says, quotes, form })
    }

    fn words_of(self, about: &Introduction) -> (String, Safe<String>, Option<Ask>) {
        let locale = self.locale;
        let mentor = mentor(locale, about);
        let names = [("mentee", about.mentee.as_str()), ("mentor", mentor.as_str())];
        let words = |heading, says, form| (locale.say(heading), locale.naming(says, &names), Some(form));
        let typed = String::new;
        let note = |label| Text { name: "message", label: locale.say(label), most: 400, needed: false, typed: typed() };
        let said = |label| Text { name: "text", label: locale.say(label), most: 1_200, needed: true, typed: typed() };
        let ask = |button, choice, text| Ask { choice, text, button: locale.say(button) };
        match self.action.purpose {
            Purpose::Accept => words(
                "act-accept",
                "act-accept-says",
                ask("act-accept", slots(locale, about), Some(note("act-accept-note"))),
            ),
            Purpose::Explore => words("act-explore", "act-explore-says", ask("act-explore-button", None, None)),
            Purpose::Ask => words("act-ask", "act-ask-says", ask("act-ask-button", None, Some(said("act-ask-text")))),
            Purpose::Decline => words(
                "act-decline",
                "act-decline-says",
                ask("act-decline", Some(reasons(locale)), Some(note("act-decline-note"))),
            ),
            Purpose::Answer => {
                words("act-answer", "act-answer-says", ask("act-answer-button", None, Some(said("act-answer-text"))))
            }
            Purpose::TakeBack
            | Purpose::Pause
            | Purpose::Withdraw
            | Purpose::MentorMail
            | Purpose::MenteeMail
            | Purpose::Listing(_) => {
                words("act-take-back", "act-take-back-says", ask("act-take-back-button", None, None))
            }
        }
    }

    async fn listing(self) -> Result<Offer, Failure> {
        let locale = self.locale;
        let listing = self.app.listings.find(&Subject(self.action.about)).await?;
        let on = listing.state == ListingState::Published;
        let paused = listing.profile.availability.status == AvailabilityStatus::Paused;
        let pause = self.action.purpose == Purpose::Pause;
        let (heading, says, button) = if pause {
            ("act-pause", "act-pause-says", "act-pause-button")
        } else {
            ("act-leave", "act-leave-says", "act-leave")
        };
        let left = if pause { on && !paused } else { on };
        let form = left.then(|| Ask { choice: None, text: None, button: locale.say(button) });
        let says = if left { Safe(locale.say(says)) } else { self.standing().await? };
        Ok(Offer { heading: locale.say(heading), says: vec![says], quotes: Vec::new(), form })
    }

    async fn mail(self) -> Result<Offer, Failure> {
        let (app, locale) = (self.app, self.locale);
        let heading = locale.say("act-mail");
        let Some(address) = address(app, self.action).await? else {
            return Ok(Offer {
                heading,
                says: vec![Safe(locale.say("act-mail-gone"))],
                quotes: Vec::new(),
                form: None,
            });
        };
        let chosen = app.desk.mail_choice(&address).await?;
        let options =
            MailChoice::ALL.map(|choice| (choice.as_str(), choice_words(locale, choice), choice == chosen)).to_vec();
        let choice = Choice { name: "mail", label: locale.say("act-mail-what"), options };
        let form = Some(Ask { choice: Some(choice), text: None, button: locale.say("act-mail-button") });
        Ok(Offer { heading, says: vec![Safe(locale.say("act-mail-says"))], quotes: Vec::new(), form })
    }

    /// Where that which a link is about stands now.
    async fn standing(self) -> Result<Safe<String>, Failure> {
        let (app, locale) = (self.app, self.locale);
        let side = match self.action.purpose {
            Purpose::Accept | Purpose::Explore | Purpose::Ask | Purpose::Decline => Direction::Received,
            Purpose::Answer | Purpose::TakeBack => Direction::Sent,
            Purpose::Pause | Purpose::Withdraw | Purpose::Listing(_) => {
                let listing = app.listings.find(&Subject(self.action.about)).await?;
                let paused = listing.profile.availability.status == AvailabilityStatus::Paused;
                return Ok(Safe(locale.say(match listing.state {
                    ListingState::Published if paused => "listed-paused",
                    ListingState::Published => "listed-open",
                    ListingState::Draft | ListingState::Withdrawn | ListingState::Expired => "listed-not",
                })));
            }
            Purpose::MentorMail | Purpose::MenteeMail => {
                let chosen = match address(app, self.action).await? {
                    Some(address) => app.desk.mail_choice(&address).await?,
                    None => MailChoice::default(),
                };
                return Ok(locale.naming("act-mail-now", &[("choice", &choice_words(locale, chosen))]));
            }
        };
        Ok(stands(locale, &self.introduction(side).await?))
    }
}

fn mentor(locale: Locale, about: &Introduction) -> String {
    about.mentor.clone().unwrap_or_else(|| locale.say("act-the-mentor"))
}

/// The numbers of times, as a form sends them.
const NUMBERS: [&str; SLOTS] = ["1", "2", "3", "4", "5", "6"];

/// The times that the mentee offers, if they offer any.
fn slots(locale: Locale, about: &Introduction) -> Option<Choice> {
    let slots = times::offered(locale, about).into_iter().map(|(_, said)| said);
    let mut options: Vec<_> = NUMBERS.into_iter().zip(slots).map(|(number, said)| (number, said, false)).collect();
    if options.is_empty() {
        return None;
    }
    options.push(("", locale.say("slots-choose-none"), true));
    Some(Choice { name: "slot", label: locale.say("slots-choose"), options })
}

fn reasons(locale: Locale) -> Choice {
    let option = |word: &'static str| (word, words::word(locale, "reason", word), word == "no_capacity");
    Choice { name: "reason", label: locale.say("act-decline-why"), options: REASONS.map(option).to_vec() }
}

/// The address that a link about mail is for.
pub(super) async fn address(app: &App, action: &Action) -> Result<Option<String>, Failure> {
    if action.purpose == Purpose::MenteeMail {
        return Ok(app.desk.mentee_email(&IntroductionId(action.about)).await?);
    }
    let listing = app.desk.listing(&Subject(action.about)).await?.filter(|row| !row.is_erased());
    Ok(listing.map(|row| row.content.contact.email))
}

fn choice_words(locale: Locale, choice: MailChoice) -> String {
    words::word(locale, "mail-choice", choice.as_str())
}

/// Where an introduction stands, in a sentence.
fn stands(locale: Locale, about: &Introduction) -> Safe<String> {
    let mentor = mentor(locale, about);
    let says = match about.state {
        State::Queued | State::Relayed => "stands-queued",
        State::Delivered | State::Notified => "stands-delivered",
        State::Question => "stands-question",
        State::Answered => "stands-answered",
        State::Exploring => "stands-exploring",
        State::Accepted => "stands-accepted",
        State::Declined | State::Blocked => "stands-declined",
        State::Refused | State::Undeliverable => "stands-undeliverable",
        State::Expired => "stands-expired",
        State::Withdrawn | State::Superseded => "stands-withdrawn",
    };
    locale.naming(says, &[("mentor", &mentor), ("mentee", &about.mentee)])
}
