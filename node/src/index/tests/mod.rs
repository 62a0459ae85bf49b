//! Stories of the index: what is found, in which order, and what an index on disk survives.

#![expect(clippy::indexing_slicing, reason = "a test that indexes past the end has failed")]

mod finding;
mod opening;
mod random;
mod ranking;
mod relevance;

use std::collections::BTreeSet;
use std::path::Path;

use mentormesh_protocol::query::Query;
use mentormesh_protocol::record::{Area, Fluency, Language, Offer, OfferKind, Profile, ProfileId, Skill};
use mentormesh_protocol::testing::NOW;
use mentormesh_protocol::{OrganisationId, Subject, Timestamp};

use super::{Ask, Found, Index, Opened, ProfileDocument, Writer, open};

const ADA: OrganisationId = OrganisationId([1; 32]);
const BO: OrganisationId = OrganisationId([2; 32]);
const GENERATION: [u8; 16] = [7; 16];
const LATER: Timestamp = NOW.plus(1_000_000);

/// An index in a folder of its own.
struct Shelf {
    dir: tempfile::TempDir,
    index: Index,
    writer: Writer,
    shown: BTreeSet<OrganisationId>,
}

impl Shelf {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let Opened { index, writer, .. } = open(&dir.path().join("index"), GENERATION, 0).expect("an index");
        Self { dir, index, writer, shown: BTreeSet::from([ADA, BO]) }
    }

    /// Everybody below, of Ada's organisation, committed.
    fn of_everybody() -> Self {
        let mut shelf = Self::new();
        for (number, profile) in everybody().iter().enumerate() {
            shelf.put(ADA, number, profile);
        }
        shelf.writer.commit(1).expect("a commit");
        shelf
    }

    fn path(&self) -> std::path::PathBuf {
        self.dir.path().join("index")
    }

    fn put(&mut self, organisation: OrganisationId, number: usize, profile: &Profile) {
        self.put_until(organisation, number, profile, LATER);
    }

    fn put_until(&mut self, organisation: OrganisationId, number: usize, profile: &Profile, expires_at: Timestamp) {
        let document =
            ProfileDocument { id: id(organisation, number), profile, expires_at, open_web: number.is_multiple_of(2) };
        self.writer.upsert(&document).expect("room for a profile");
    }

    fn ask(&self, query: &Query) -> Found {
        let ask = Ask {
            query,
            organisations: &self.shown,
            hidden: &BTreeSet::new(),
            open_web_only: false,
            now: NOW,
            want: query.offset + query.limit,
        };
        self.index.search(&ask).expect("an answer")
    }

    /// The numbers of the profiles found, best first.
    fn find(&self, words: &str) -> Vec<usize> {
        numbers(&self.ask(&Query { limit: 100, ..Query::words(words) }))
    }

    /// The names of the profiles found, sorted.
    fn names(&self, words: &str) -> Vec<String> {
        names(&self.find(words))
    }
}

fn id(organisation: OrganisationId, number: usize) -> ProfileId {
    let mut subject = [0; 16];
    subject[..8].copy_from_slice(&u64::try_from(number).expect("a small number").to_be_bytes());
    ProfileId { organisation, subject: Subject(subject) }
}

fn numbers(found: &Found) -> Vec<usize> {
    found.best.iter().map(|hit| usize::from(hit.id.subject.0[7])).collect()
}

fn names(numbers: &[usize]) -> Vec<String> {
    let everybody = everybody();
    let mut names: Vec<_> = numbers.iter().map(|number| everybody[*number].display_name.clone()).collect();
    names.sort();
    names
}

fn reopen(path: &Path, last_position: u64) -> Opened {
    open(path, GENERATION, last_position).expect("an index")
}

fn person(name: &str, headline: &str, skills: &[&str], tag: &str, summary: &str) -> Profile {
    let skill = |label: &&str| Skill { label: (*label).to_owned(), uri: None, level: None, years: None };
    let offer = Offer {
        kind: OfferKind::Micro,
        minutes: None,
        meetings_per_month: None,
        group_max: None,
        fee: None,
        fee_note: None,
    };
    Profile {
        display_name: name.to_owned(),
        headline: headline.to_owned(),
        summary: summary.to_owned(),
        knows_about: skills.iter().map(skill).collect(),
        languages: vec![Language { tag: tag.to_owned(), fluency: Fluency::Native }],
        offers: vec![offer],
        area: Some(Area { country: "GB".to_owned(), region: None }),
        ..Profile::default()
    }
}

fn everybody() -> Vec<Profile> {
    [
        (
            "Ada Lovelace",
            "Public relations adviser",
            &["social media", "press releases"][..],
            "en",
            "Evenings suit me.",
        ),
        ("Bo Bergström", "Mining engineer", &["ventilation of mines", "C++"], "en", "Knows open pits and deep shafts."),
        ("Cy Okafor", "Social worker", &["safeguarding", "media training"], "en", "Helps those new to the work."),
        ("Di Silva", "Chartered accountant", &["audit", "tax"], "en-GB", "Careers in practice and in business."),
        ("Noor Haddad", "Midwife", &["clinical supervision"], "en", "Returning to work after a break."),
        ("Łukasz Nowák", "Translator", &["localisation", "Polish"], "pl", "Tłumaczenia techniczne."),
        ("Amélie Durand", "Ingénieure en génie civil", &["gestion de projets", "béton armé"], "fr", "Les formations."),
        ("Jörg Weiß", "Bibliothekar", &["Katalogisierung", "Öffentlichkeitsarbeit"], "de", "Straßen und Bücher."),
        ("Inés Muñoz", "Profesora", &["diseño curricular", "evaluación"], "es", "Ayudo a docentes nuevos."),
        ("Иван Петров", "Инженер-строитель", &["проектирование мостов"], "ru", "Ёлки и палки, йод."),
        ("田中 美緒", "広報担当マネージャー", &["ソーシャルメディア", "危機管理広報"], "ja", "東京で働いています。"),
        ("王小明", "市场营销经理", &["社交媒体营销", "数据分析"], "zh", "我在上海工作。"),
        ("김민수", "마케팅 전문가", &["소셜 미디어"], "ko", "서울에서 마케팅을 합니다."),
        ("สมชาย ใจดี", "ที่ปรึกษาการตลาด", &["การตลาดออนไลน์"], "th", "ช่วยธุรกิจขนาดเล็ก"),
        ("Νίκος Παπαδόπουλος", "Λογιστής", &["φορολογία"], "el", "Έλεγχος και φόροι."),
        ("Siobhán O'Neill", "Solicitor", &["contract law"], "en", "Plain words for hard contracts."),
        ("Kwame Mensah", "Head gardener", &["soil science", "composting"], "en", "Grows vegetables in cities."),
    ]
    .iter()
    .map(|(name, headline, skills, tag, summary)| person(name, headline, skills, tag, summary))
    .collect()
}
