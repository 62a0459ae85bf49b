//! Ids as people type them: whole, or any unambiguous beginning of six characters or more.

use std::fmt::Display;
use std::str::FromStr;

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::{
    IntroductionId, MessageId, OrganisationId, PeerId, PersonId, ProfileId, RecordId, Slot, Subject,
};

use super::app::App;
use super::error::Failure;
use crate::search::Viewer;
use crate::store::Store;

/// Shortest beginning of an id that is looked up.
const SHORTEST: usize = 6;
/// Characters of an id of sixteen bytes: a listing's, an introduction's.
const SIXTEEN_BYTES: usize = 26;
/// How many ids an ambiguous beginning names.
const NAMED: usize = 4;

/// The one candidate that begins with `text`.
pub(super) fn unique<T: Display + Ord>(
    what: &str,
    text: &str,
    candidates: impl Iterator<Item = T>,
) -> Result<T, Failure> {
    if text.len() < SHORTEST {
        let problem = format!("`{text}` is too short; give {SHORTEST} characters of the id or more, never a name");
        return Err(Problem::field("id", problem).into());
    }
    let mut found: Vec<T> = candidates.filter(|candidate| candidate.to_string().starts_with(text)).collect();
    found.sort();
    found.dedup();
    if found.len() > 1 {
        let named: Vec<_> = found.iter().take(NAMED).map(ToString::to_string).collect();
        let problem = format!("`{text}` begins {} ids, such as {}; give more of it", found.len(), named.join(", "));
        return Err(Problem::field("id", problem).into());
    }
    found.pop().ok_or_else(|| Failure::not_found(what, text))
}

/// Takes a whole id as it is, and looks a beginning up among `candidates`.
fn whole_or<T: FromStr + Display + Ord, I: Iterator<Item = T>>(
    what: &str,
    text: &str,
    candidates: impl FnOnce() -> I,
) -> Result<T, Failure> {
    text.parse().or_else(|_| unique(what, text, candidates()))
}

impl App {
    /// The organisation that `text` names.
    pub(super) fn organisation_id(&self, text: &str) -> Result<OrganisationId, Failure> {
        let view = self.view();
        let set = view.settings.pinned.iter().chain(&view.settings.blocked);
        whole_or("organisation", text, || view.organisations.keys().chain(set).copied())
    }

    /// The peer that `text` names.
    pub(super) async fn peer_id(&self, text: &str) -> Result<PeerId, Failure> {
        if let Ok(peer) = text.parse() {
            return Ok(peer);
        }
        unique("peer", text, self.network.peers().await.into_iter().map(|peer| peer.id))
    }

    /// The listing that `text` names; the id of its profile names it too.
    pub(super) async fn subject(&self, text: &str) -> Result<Subject, Failure> {
        let own = self.view().own.to_string();
        let text = text.split_once('.').filter(|(of, _)| own.starts_with(of)).map_or(text, |(_, subject)| subject);
        if let Ok(subject) = text.parse() {
            return Ok(subject);
        }
        let found = match between(text).filter(|_| text.len() >= SHORTEST) {
            Some((low, high)) => self.desk.subjects_between(&low, &high).await?,
            None => Vec::new(),
        };
        unique("listing", text, found.into_iter())
    }

    /// The person that `text` names.
    pub(super) async fn person_id(&self, text: &str) -> Result<PersonId, Failure> {
        if let Ok(person) = text.parse() {
            return Ok(person);
        }
        let found = match between(text).filter(|_| text.len() >= SHORTEST) {
            Some((low, high)) => self.people.ids_between(&low, &high).await?,
            None => Vec::new(),
        };
        unique("person", text, found.into_iter())
    }

    /// The request about somebody's rights that `text` names.
    pub(super) async fn rights_id(&self, text: &str) -> Result<MessageId, Failure> {
        if let Ok(request) = text.parse() {
            return Ok(request);
        }
        let found = match between(text).filter(|_| text.len() >= SHORTEST) {
            Some((low, high)) => self.rights.ids_between(&low, &high).await?,
            None => Vec::new(),
        };
        unique("request", text, found.into_iter())
    }

    /// The introduction that `text` names.
    pub(super) async fn introduction_id(&self, text: &str) -> Result<IntroductionId, Failure> {
        if let Ok(introduction) = text.parse() {
            return Ok(introduction);
        }
        let found = match between(text).filter(|_| text.len() >= SHORTEST) {
            Some((low, high)) => self.introductions.ids_between(&low, &high).await?,
            None => Vec::new(),
        };
        unique("introduction", text, found.into_iter())
    }

    /// The profile that `text` names: whole, both halves begun, or the beginning of the listing's id alone.
    pub(super) async fn profile_id(&self, text: &str, viewer: Viewer) -> Result<ProfileId, Failure> {
        if let Ok(profile) = text.parse() {
            return Ok(profile);
        }
        // Strangers do not get to find out ids by guessing how they begin.
        if viewer == Viewer::OpenWeb {
            return Err(Failure::not_found("profile", text));
        }
        let (organisations, subject) = match text.split_once('.') {
            Some((organisation, subject)) => (vec![self.organisation_id(organisation)?], subject),
            None => (self.view().shown().copied().collect(), text),
        };
        let beginning = subject.to_owned();
        if beginning.len() < SHORTEST {
            return unique("profile", &beginning, std::iter::empty());
        }
        let begun = self.reading(move |store| Ok(profiles(store, &organisations, &beginning)?)).await?;
        let subjects = begun.iter().map(|profile| profile.subject);
        let subject = unique("profile", subject, subjects)?;
        let found = begun.into_iter().find(|profile| profile.subject == subject);
        found.ok_or_else(|| Failure::not_found("profile", text))
    }

    /// The record that `text` names.
    pub(super) async fn record_id(&self, text: &str) -> Result<RecordId, Failure> {
        if let Ok(record) = text.parse() {
            return Ok(record);
        }
        if text.len() < SHORTEST {
            return unique("record", text, std::iter::empty());
        }
        let text = text.to_owned();
        self.reading(move |store| unique("record", &text, records(store, &text)?.into_iter())).await
    }
}

/// The first and the last id of sixteen bytes that begin so.
fn between<T: FromStr>(beginning: &str) -> Option<(T, T)> {
    let missing = SIXTEEN_BYTES.checked_sub(beginning.len())?.checked_sub(1)?;
    // The last of 26 characters carries three of its five bits.
    let low = format!("{beginning}{}a", "a".repeat(missing)).parse().ok()?;
    let high = format!("{beginning}{}4", "7".repeat(missing)).parse().ok()?;
    Some((low, high))
}

/// Profiles of some organisations whose subject begins so.
fn profiles(
    store: &Store,
    organisations: &[OrganisationId],
    beginning: &str,
) -> Result<Vec<ProfileId>, crate::store::StoreError> {
    let mut found = Vec::new();
    for standing in organisations.iter().flat_map(|organisation| store.slots(organisation)) {
        let standing = standing?;
        let profile = Some(&standing.slot).filter(|_| !standing.withdraws).and_then(Slot::profile_id);
        found.extend(profile.filter(|profile| profile.subject.to_string().starts_with(beginning)));
    }
    Ok(found)
}

/// Records of any organisation that begin so.
fn records(store: &Store, beginning: &str) -> Result<Vec<RecordId>, crate::store::StoreError> {
    let begins = |id: &RecordId| id.to_string().starts_with(beginning);
    let mut found: Vec<_> = store.operations()?.into_iter().map(|operation| operation.id).filter(begins).collect();
    for organisation in store.organisations()? {
        for standing in store.slots(&organisation) {
            found.extend(Some(standing?.id).filter(begins));
        }
    }
    Ok(found)
}

/// A refusal to which looking at the list is the answer.
pub(super) fn with_list(failure: Failure, command: &str) -> Failure {
    let problem = failure.problem();
    if problem.code != ErrorCode::NotFound {
        return failure;
    }
    problem.clone().with_next(format!("see what there is: {command}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> Result<Subject, ErrorCode> {
        let known = [Subject([0; 16]), Subject([1; 16]), Subject([7; 16])];
        whole_or("listing", text, || known.into_iter()).map_err(|failure| failure.problem().code)
    }

    #[test]
    fn a_beginning_of_six_characters_names_one_id() {
        let bo = Subject([7; 16]);
        assert_eq!(find(&bo.to_string()[..6]), Ok(bo));
        assert_eq!(find(&bo.to_string()), Ok(bo));
    }

    #[test]
    fn a_whole_id_needs_no_candidate() {
        let stranger = Subject([9; 16]);
        assert_eq!(find(&stranger.to_string()), Ok(stranger));
    }

    #[test]
    fn too_short_unknown_and_ambiguous_are_told_apart() {
        assert_eq!(find("aaaaa"), Err(ErrorCode::Invalid), "too short");
        assert_eq!(find("zzzzzz"), Err(ErrorCode::NotFound));
        let twins = [Subject([0; 16]), Subject([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])];
        let failure = unique("listing", "aaaaaa", twins.into_iter()).expect_err("two begin so");
        assert!(failure.problem().detail.contains("begins 2 ids"), "{}", failure.problem().detail);
    }

    #[test]
    fn every_listing_id_that_begins_so_lies_between() {
        let bo = Subject([0xff; 16]);
        for length in [SHORTEST, SIXTEEN_BYTES - 1] {
            let (low, high) = between(&bo.to_string()[..length]).expect("a beginning");
            assert!(low <= bo && bo <= high, "{length}");
            assert!(low > Subject([0; 16]));
        }
        assert_eq!(between::<Subject>("Bo Hansen"), None, "a name is no beginning of an id");
        assert_eq!(between::<Subject>(&"a".repeat(SIXTEEN_BYTES)), None);
    }

    #[test]
    fn the_same_id_twice_is_one() {
        let ada = Subject([3; 16]);
        assert_eq!(unique("listing", &ada.to_string()[..8], [ada, ada].into_iter()).ok(), Some(ada));
    }
}
