//! What a mentor is mailed about their listing. What everybody would see is written out whole, field by field, from the
//! very profile that would be signed.

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::record::Profile;
use serde_json::Value;

use super::links::Maker;
use crate::actions::{ListingStep, Purpose};
use crate::listings::Preview;
use crate::speech::Locale;
use crate::wording::{Block, Frame};

/// How long one may agree or say no by the mail.
const TO_ANSWER: u64 = 30 * DAY;
/// How long the mail opens the mentor's own page: it signs somebody in, so that it is good for less.
const TO_EDIT: u64 = 14 * DAY;

/// What such a mail is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    pub(super) preview: &'a Preview,
    pub(super) organisation: &'a str,
    pub(super) locale: Locale,
    pub(super) maker: Maker<'a>,
    pub(super) now: Timestamp,
    /// How long a confirmation lasts.
    pub(super) every: u64,
}

impl About<'_> {
    fn step(&self, step: ListingStep, label: &'static str, within: u64) -> Block {
        Block::Do(self.maker.link(Purpose::Listing(step), label, self.preview.listing.id.0, self.now.plus(within)))
    }

    fn seen(&self) -> Block {
        Block::Quote("invite-seen", seen(self.locale, &self.preview.profile))
    }

    fn frame(&self, subject: &'static str, blocks: Vec<Block>) -> Frame {
        Frame { subject, blocks, foot: self.maker.mentor_foot(self.preview.listing.id.0, self.now) }
    }
}

/// Whether they agree to be listed.
pub(super) fn invitation(about: &About<'_>) -> Frame {
    let contact = &about.preview.listing.contact;
    let private = contact.name.iter().chain([&contact.email]).cloned().collect::<Vec<_>>().join("\n");
    let until = about.locale.moment(about.now.plus(TO_ANSWER));
    let blocks = vec![
        Block::say("invite-asked", &[("organisation", about.organisation)]),
        about.seen(),
        Block::Quote("invite-private", private),
        Block::say("invite-notice", &[("version", &about.preview.notice)]),
        about.step(ListingStep::Consent, "invite-do-consent", TO_ANSWER),
        about.step(ListingStep::Edit, "invite-do-edit", TO_EDIT),
        about.step(ListingStep::Decline, "invite-do-decline", TO_ANSWER),
        Block::say("invite-until", &[("day", &until)]),
    ];
    about.frame("mail-subject-invitation", blocks)
}

/// Whether it is still right.
pub(super) fn confirm(about: &About<'_>) -> Frame {
    let listing = &about.preview.listing;
    let runs_out = listing.confirmed_at.unwrap_or_default().plus(about.every);
    let leaves = about.locale.moment(runs_out.max(listing.expires_at.unwrap_or_default()));
    let blocks = vec![
        Block::say("confirm-asked", &[("day", &leaves)]),
        about.seen(),
        about.step(ListingStep::Confirm, "confirm-do-confirm", TO_ANSWER + DAY),
        about.step(ListingStep::Edit, "invite-do-edit", TO_EDIT),
    ];
    about.frame("mail-subject-confirm", blocks)
}

/// Every field of a profile, one a line, under what it is called.
fn seen(locale: Locale, profile: &Profile) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(profile) else { return String::new() };
    let lines = fields.iter().filter_map(|(field, value)| {
        let said = said(locale, field, value);
        (!said.is_empty()).then(|| format!("{}: {said}", locale.say(&format!("seen-{field}"))))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A value as people read it; no value is left out.
fn said(locale: Locale, field: &str, value: &Value) -> String {
    let join = |parts: Vec<String>, between| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
    };
    match value {
        Value::Null => String::new(),
        Value::Bool(set) => {
            let word = if *set { "invite-yes" } else { "invite-no" };
            format!("{}: {}", field.replace('_', " "), locale.say(word))
        }
        Value::Number(number) => match field {
            "years" | "minutes" | "places" | "meetings_per_month" | "group_max" => {
                format!("{}: {number}", locale.say(&format!("seen-{field}")))
            }
            _ => number.to_string(),
        },
        Value::String(text) => word(locale, field, text),
        Value::Array(items) => join(items.iter().map(|item| said(locale, field, item)).collect(), "; "),
        Value::Object(fields) => join(fields.iter().map(|(field, value)| said(locale, field, value)).collect(), ", "),
    }
}

/// A word of a vocabulary as people say it; any other text as it is.
fn word(locale: Locale, field: &str, text: &str) -> String {
    let kind = match field {
        "kind" => "offer",
        "level" => "level",
        "fluency" => "fluency",
        "modes" => "mode",
        "knowing" => "knowing",
        "helps_with" => "helps",
        "access_support" => "access",
        "mentor_style" => "style",
        "geographic_scope" => "scope",
        "fee" => "fee",
        "band" => "answers",
        "tag" => "language",
        "country" => "country",
        _ => return text.to_owned(),
    };
    locale.known(&format!("{kind}-{text}")).unwrap_or_else(|| text.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_profile_is_written_out_in_every_language() {
        let profile: Profile = serde_json::from_str(
            r#"{"display_name": "Ada Okafor", "pronouns": "she/her", "headline": "Head of press", "summary": "Short.",
            "bio": "Long.\nLonger.", "sectors": ["councils"], "employer_name": "City of Leeds",
            "knows_about": [{"label": "social media", "level": "expert", "years": 15}], "tags": ["podcasts"],
            "helps_with": ["confidence", "speaking up"], "knowing": ["how"], "offers": [{"kind": "micro", "minutes": 45, "fee_note": "a coffee"}],
            "languages": [{"tag": "yo", "fluency": "native"}], "time_zone": "Europe/London", "modes": ["video"],
            "area": {"country": "GB", "region": "Leeds"}, "geographic_scope": "national", "availability": {"status": "accepting", "places": 4},
            "access_support": ["captions"], "mentee_fit": "Newcomers.", "mentor_style": ["listening"],
            "practice": {"status": "trainee", "programme": "Foundation", "ends_on": "2027-03-01", "supervised": true},
            "links": ["https://ada.example/about"], "ethics": {"code": "Global Code", "version": "3", "accepted_on": "2026-01-15"},
            "assured": {"on": "2026-10-02", "by_role": "registrar"}}"#,
        )
        .expect("a profile");
        for locale in Locale::ALL {
            let text = seen(locale, &profile);
            for part in [
                "Ada Okafor",
                "she/her",
                "Head of press",
                "Short.",
                "Longer.",
                "councils",
                "City of Leeds",
                "social media",
                "15",
                "podcasts",
                "speaking up",
                "45",
                "a coffee",
                "Europe/London",
                "Leeds",
                "4",
                "Newcomers.",
                "Foundation",
                "2027-03-01",
                "https://ada.example/about",
                "Global Code",
                "2026-01-15",
                "2026-10-02",
                "registrar",
            ] {
                assert!(text.contains(part), "{locale:?}: {part} is not in {text}");
            }
            let fields = serde_json::to_value(&profile).expect("a value");
            let fields = fields.as_object().expect("fields");
            assert!(fields.keys().all(|field| locale.known(&format!("seen-{field}")).is_some()), "{locale:?}: {text}");
        }
    }
}
