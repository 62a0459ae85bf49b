//! Whom else a mentee can ask, once nobody will answer a request: the one whom the mentor named, and up to three in all
//! that a search of this node's own disk finds. No question leaves the node, and who may not be asked is not named.

use std::collections::BTreeSet;

use mentormesh_protocol::ProfileId;
use mentormesh_protocol::api::{Alternative, Direction, Hit, Introduction, ProfileView};
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::limits::{PAGE, QUERY_CHARACTERS, QUERY_TERMS};
use mentormesh_protocol::query::{Factor, Query};
use mentormesh_protocol::record::Profile;

use super::Introductions;
use super::rules::welcomes;
use crate::desk::DeskError;
use crate::search::Viewer;

/// How many are offered.
const OFFERED: usize = 3;

impl Introductions {
    /// Whom else to ask; nobody while an answer may come, and none where the search is busy.
    pub(super) async fn alternatives(
        &self,
        one: &Introduction,
        person: Option<[u8; 16]>,
    ) -> Result<Vec<Alternative>, DeskError> {
        let ended = matches!(one.state, State::Declined | State::Expired | State::Undeliverable | State::Refused);
        if one.direction != Direction::Sent || !ended {
            return Ok(Vec::new());
        }
        let mut taken = match person {
            Some(person) => self.desk.not_to_be_asked(&person).await?,
            None => BTreeSet::new(),
        };
        taken.insert(one.profile);
        let mut offered = Vec::with_capacity(OFFERED);
        if let Some(referral) = one.referral.filter(|referral| !taken.contains(referral)) {
            offered.extend(self.referred(&referral).await);
            taken.insert(referral);
        }
        let asked = self.profile(&one.profile).ok().flatten();
        let query = Query {
            available: Some(true),
            limit: taken.len().saturating_add(OFFERED).min(PAGE),
            ..Query::words(words(&one.title, asked.as_ref()))
        };
        match self.search.run(&query, Viewer::House).await {
            Ok(page) => offered.extend(page.hits.into_iter().filter(|hit| !taken.contains(&hit.id)).map(found)),
            Err(problem) => tracing::warn!(%problem, "alternatives could not be searched for"),
        }
        offered.truncate(OFFERED);
        Ok(offered)
    }

    /// The one whom the mentor named, if this node shows them and they can be asked.
    async fn referred(&self, id: &ProfileId) -> Option<Alternative> {
        let ProfileView { id, organisation, profile, .. } = self.search.profile(id, Viewer::House).await.ok()?;
        welcomes(&profile.availability, self.clock.now().date()).then(|| Alternative {
            id,
            name: profile.display_name,
            headline: profile.headline,
            organisation,
            referred: true,
            why: vec!["the mentor whom you asked named this one".to_owned()],
        })
    }
}

fn found(hit: Hit) -> Alternative {
    let told = hit.reasons.into_iter().filter(|reason| reason.factor != Factor::Assurance);
    Alternative {
        id: hit.id,
        name: hit.profile.display_name,
        headline: hit.profile.headline,
        organisation: hit.organisation,
        referred: false,
        why: told.map(|reason| reason.text).collect(),
    }
}

/// What is searched for: the subjects of the mentor who was asked, then the first line of the request, within the
/// bounds of a search. Marks that mean something in a query are left out.
fn words(title: &str, asked: Option<&Profile>) -> String {
    let skills = asked.into_iter().flat_map(|profile| profile.knows_about.iter().map(|skill| skill.label.as_str()));
    let tags = asked.into_iter().flat_map(|profile| profile.tags.iter().map(String::as_str));
    let texts = skills.chain(tags).chain([title]);
    let mut seen = BTreeSet::new();
    let (mut words, mut length) = (Vec::new(), 0);
    for word in texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty()) {
        let longer = length + word.chars().count() + 1;
        if words.len() < QUERY_TERMS && longer <= QUERY_CHARACTERS && seen.insert(word.to_lowercase()) {
            words.push(word);
            length = longer;
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::testing::mentor;

    use super::*;

    #[test]
    fn subjects_come_before_the_title_each_word_once_and_nothing_that_a_query_reads() {
        let mut profile = mentor("Ada", "Social media");
        profile.knows_about.truncate(1);
        profile.knows_about.iter_mut().for_each(|skill| skill.label = "Social media".to_owned());
        profile.tags = vec!["\"press\"".to_owned()];
        assert_eq!(
            words("Minutes: -social + \"charity work", Some(&profile)),
            "Social media press Minutes charity work"
        );
        assert_eq!(words("Minutes on media", None), "Minutes on media");
    }

    #[test]
    fn whatever_was_asked_the_search_stays_within_its_bounds() {
        let mut profile = mentor("Ada", "Social media");
        profile.tags = (0..20).map(|number| format!("{number:05}{}", "ä".repeat(40))).collect();
        for asked in [None, Some(&profile)] {
            let long = "ab cd ".repeat(60);
            let title = format!("{}{long}", "x".repeat(300));
            assert_eq!(Query::words(words(&title, asked)).check(), Ok(()));
        }
        let many: String = (0..60).map(|number| format!("w{number} ")).collect();
        assert_eq!(words(&many, None).split(' ').count(), QUERY_TERMS);
    }
}
