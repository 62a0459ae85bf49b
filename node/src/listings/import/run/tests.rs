//! Stories of imports: what a registrar's file does to the desk.

use std::sync::atomic::{AtomicU64, Ordering};

use mentormesh_protocol::api::{ListingState, Reach};
use mentormesh_protocol::record::{Fluency, Level, OfferKind, PracticeStatus};

use super::*;
use crate::listings::Filter;
use crate::listings::handle::tests::{House, ada, house};

const MEMBERS: &str = "display_name,email,headline,summary,bio,skills,languages,country,region,time_zone,offers,places,\
    practice_status,programme,award_sought,trainee_ends_on,supervised,consent_given_on,consent_notice_version,reach\n\
    Bo,bo@example.org,Press officer,Short,\"Long,\nlonger\",PR:expert; ISO 9001:2015 ;Writing,en:native;pt-br,gb,Wales,\
    Europe/London,intro_15:15;standard,2,trainee,Mentor Diploma,EMCC Foundation,2027-06-30,yes,2026-11-01,2026-1,network\n\
    Cy,cy@example.org,Engineer,,,,,,,,,,,,,,,,,\n";

async fn import(house: &House, text: &str, dry_run: bool) -> ImportReport {
    let answer = house.listings.import(text.as_bytes().to_vec(), ImportKind::Csv, dry_run, |_, _| {}).await;
    answer.expect("imported")
}

async fn all(house: &House) -> Vec<mentormesh_protocol::api::Listing> {
    house.listings.list(Filter { limit: 100, ..Filter::default() }).await.expect("listed").items
}

const fn counts(report: &ImportReport) -> (u64, u64, u64, u64) {
    (report.added, report.changed, report.unchanged, report.refused)
}

#[tokio::test]
async fn every_column_finds_its_field() {
    let house = house().await;
    let report = import(&house, MEMBERS, false).await;
    assert_eq!(counts(&report), (2, 0, 0, 0), "{:?}", report.rows);
    let all = all(&house).await;
    let bo = all.iter().find(|listing| listing.contact.email == "bo@example.org").expect("Bo");
    let profile = &bo.profile;
    assert_eq!((profile.headline.as_str(), profile.bio.as_str()), ("Press officer", "Long,\nlonger"));
    let skills: Vec<_> = profile.knows_about.iter().map(|skill| (skill.label.as_str(), skill.level)).collect();
    assert_eq!(skills, [("PR", Some(Level::Expert)), ("ISO 9001:2015", None), ("Writing", None)]);
    let languages: Vec<_> = profile.languages.iter().map(|spoken| (spoken.tag.as_str(), spoken.fluency)).collect();
    assert_eq!(languages, [("en", Fluency::Native), ("pt-BR", Fluency::Working)]);
    let offers: Vec<_> = profile.offers.iter().map(|offer| (offer.kind, offer.minutes)).collect();
    assert_eq!(offers, [(OfferKind::Intro15, Some(15)), (OfferKind::Standard, None)]);
    assert_eq!(
        profile.area.as_ref().map(|area| (area.country.as_str(), area.region.as_deref())),
        Some(("GB", Some("Wales")))
    );
    assert_eq!((profile.availability.places, profile.time_zone.as_deref()), (2, Some("Europe/London")));
    let practice = profile.practice.as_ref().expect("practice");
    assert_eq!((practice.status, practice.supervised), (PracticeStatus::Trainee, Some(true)));
    assert_eq!(practice.ends_on.map(|day| day.to_string()).as_deref(), Some("2027-06-30"));
    let consent = bo.consent.as_ref().expect("consent");
    assert_eq!((consent.reach, consent.notice_version.as_deref()), (Reach::Network, Some("2026-1")));
    assert!(all.iter().all(|listing| listing.state == ListingState::Draft), "nobody is published by import alone");
}

#[tokio::test]
async fn bad_rows_are_told_with_their_line_and_the_others_saved() {
    let house = house().await;
    let text = "display_name,email,headline,bio,country,places,skills,shoe size\n\
        Bo,bo@example.org,Press,\"two\nlines\",GB,1,,\n\
        Cy,cy at example,Engineer,,GB,1,,\n\
        Di,di@example.org,Call me on +44 20 7946 0000,,GB,1,,\n\
        \n\
        Ed,ed@example.org,Chemist,,UK,1,,\n\
        Fy,fy@example.org,Chemist,,GB,many,,\n\
        Gus,gus@example.org,Chemist,,GB\n\
        Hy,BO@example.org,Twice,,GB,1,,\n\
        Ida,ida@example.org,Chemist,,GB,1,Excel:profi,\n\
        Jo,jo@example.org,,,GB,1,,\n";
    let report = import(&house, text, false).await;
    assert_eq!(counts(&report), (1, 0, 0, 8));
    let told: Vec<_> = report.rows.iter().map(|row| (row.line, row.problem.clone().unwrap_or_default())).collect();
    let expected = [
        (4, "contact.email"),
        (5, "profile.headline: contains a telephone number, `+44 20 7946 0000`"),
        (7, "GB"),
        (8, "places: `many`"),
        (9, "5 cells where the header has 8"),
        (10, "on line 2 already"),
        (11, "`profi` is none of beginner"),
        (12, "profile.headline: missing"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for ((line, problem), (expected_line, words)) in told.iter().zip(expected) {
        assert!(*line == expected_line && problem.contains(words), "line {line}: {problem}; expected {words}");
    }
    assert_eq!(report.ignored, ["shoe_size"]);
}

#[tokio::test]
async fn a_dry_run_tells_the_same_and_changes_nothing() {
    let house = house().await;
    let dry = import(&house, MEMBERS, true).await;
    assert_eq!(all(&house).await, []);
    let wet = import(&house, MEMBERS, false).await;
    assert_eq!(ImportReport { dry_run: false, ..dry }, wet);
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing_and_a_changed_row_edits_its_listing() {
    let house = house().await;
    import(&house, MEMBERS, false).await;
    let before = all(&house).await;
    house.clock.advance(1_000);
    assert_eq!(counts(&import(&house, MEMBERS, false).await), (0, 0, 2, 0));
    assert_eq!(all(&house).await, before);
    let bo = before.iter().find(|listing| listing.profile.display_name == "Bo").expect("Bo").id;
    house.listings.publish(&bo).await.expect("published");
    let changed = MEMBERS.replace("Press officer", "Head of press").replace("bo@example.org", "Bo@Example.org");
    assert_eq!(counts(&import(&house, &changed, false).await), (0, 1, 1, 0));
    let listing = house.listings.find(&bo).await.expect("Bo");
    assert_eq!((listing.profile.headline.as_str(), listing.edited), ("Head of press", true));
}

#[tokio::test]
async fn a_file_speaks_only_of_the_columns_it_names() {
    let house = house().await;
    let mut input = ada();
    input.profile.tags = vec!["charities".to_owned()];
    input.profile.summary = "Ada's own words".to_owned();
    let id = house.listings.add(input).await.expect("added").id;
    let text = "email;display_name;headline;consent_given_on\nADA@example.org;Ada;Press;\n";
    assert_eq!(counts(&import(&house, text, false).await), (0, 1, 0, 0));
    let listing = house.listings.find(&id).await.expect("Ada");
    assert_eq!((listing.profile.headline.as_str(), listing.profile.summary.as_str()), ("Press", "Ada's own words"));
    assert_eq!(listing.profile.tags, ["charities"]);
    assert!(listing.consent.is_some(), "a blank does not undo consent");
}

#[tokio::test]
async fn an_import_cannot_take_consent_from_under_a_published_listing() {
    let house = house().await;
    let id = house.listings.add(ada()).await.expect("added").id;
    house.listings.publish(&id).await.expect("published");
    let text = "email,display_name,headline,reach\nada@example.org,Ada,Press,local\n";
    let report = import(&house, text, false).await;
    assert_eq!(counts(&report), (0, 0, 0, 1));
}

#[tokio::test]
async fn a_header_that_lacks_what_is_needed_is_told_at_once() {
    let house = house().await;
    for text in ["", "name,mail\nAda,ada@example.org\n", "display_name,email\n", "email,email,display_name,headline\n"]
    {
        let answer = house.listings.import(text.as_bytes().to_vec(), ImportKind::Csv, true, |_, _| {}).await;
        assert_eq!(answer.map_err(|problem| problem.code), Err(ErrorCode::Invalid), "{text}");
    }
}

#[tokio::test]
async fn json_lines_are_listings_as_the_api_takes_them_and_progress_is_heard() {
    let house = house().await;
    let lines: Vec<_> = (0..450)
        .map(|n| {
            let mut input = ada();
            input.contact.email = format!("ada{n}@example.org");
            serde_json::to_string(&input).expect("JSON")
        })
        .collect();
    let text = format!("{}\n{{\"profile\":{{}}}}\n", lines.join("\n"));
    let (heard, last) = (AtomicU64::new(0), AtomicU64::new(0));
    let progress = |done, total| {
        heard.fetch_add(1, Ordering::SeqCst);
        last.store(done, Ordering::SeqCst);
        assert_eq!(total, 451);
    };
    let report = house
        .listings
        .import(text.as_bytes().to_vec(), ImportKind::JsonLines, false, progress)
        .await
        .expect("imported");
    assert_eq!(counts(&report), (450, 0, 0, 1));
    assert_eq!(report.rows.first().map(|row| row.line), Some(451));
    assert_eq!((heard.into_inner(), last.into_inner()), (4, 451));
}
