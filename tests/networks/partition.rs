//! Five nodes in a line, cut in two for two minutes while both sides write, then healed.

use std::time::{Duration, Instant};

use super::town::Town;
use crate::harness::gate::places;
use crate::harness::people::mentor;
use crate::harness::wait::{say, until, until_true, until_within};

const TOWNSPEOPLE: [&str; 5] = ["Ada's Institute", "Bo's Guild", "Cy's Academy", "Di's Society", "Ed's Circle"];
const EVERYBODY: [usize; 5] = [0, 1, 2, 3, 4];
/// Ada and Bo on one side; Cy, Di and Ed on the other.
const BO: usize = 1;
const CY: usize = 2;
const ED: usize = 4;
const ROUNDS: [&str; 6] = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"];
const APART: Duration = Duration::from_secs(120);
/// Seconds between two looks at what is new; between two looks at everything it is twice as long.
const INTERVAL: u32 = 30;
const INTERVALS: u32 = 3;

fn writer(who: usize, round: &str) -> String {
    format!("{} Writes the {round}", ["Ada", "Bo", "Cy", "Di", "Ed"][who])
}

/// All five in a line, everybody knowing everybody's mentor; gives the link between Bo and Cy.
fn a_line() -> Option<(Town, usize)> {
    let mut town = Town::found(&TOWNSPEOPLE)?;
    let links: Vec<_> = (0..4).map(|at| town.link(at, at + 1, None)).collect();
    let (recent, full) = (INTERVAL.to_string(), (2 * INTERVAL).to_string());
    town.serve(&[("sync", "recent_every_seconds", &recent), ("sync", "full_every_seconds", &full)]);
    (0..4).for_each(|at| town.join(at, at + 1));
    town.pin_all();
    for who in EVERYBODY {
        town.at(who).publish(&mentor(&writer(who, "Morning"), "Social media for public relations"));
    }
    until_within(3 * APART, "all five begin as equals", || {
        let all = EVERYBODY.iter().all(|who| town.at(*who).names("Morning").len() == EVERYBODY.len());
        (all && town.are_equal(&EVERYBODY)).then_some(())
    });
    Some((town, links[BO]))
}

#[test]
fn cut_in_two_for_two_minutes_all_five_are_equal_within_three_intervals_of_sync() {
    // Five nodes, but for two minutes they do next to nothing.
    let _places = places(2);
    let Some((town, middle)) = a_line() else { return };
    town.cut(middle);
    let began = Instant::now();
    for (number, round) in ROUNDS.iter().enumerate() {
        let (left, right) = (number % 2, CY + number % 3);
        for who in [left, right] {
            town.at(who).publish(&mentor(&writer(who, round), "Press offices in a crisis"));
        }
        // The two minutes are the story; nothing is hoped for meanwhile.
        let next = APART * (u32::try_from(number).unwrap() + 1) / u32::try_from(ROUNDS.len()).unwrap();
        std::thread::sleep(next.saturating_sub(began.elapsed()));
    }
    let gone = until("one of Ada's mentors is withdrawn while they are apart", || {
        let found = town.at(0).search(&writer(0, "Morning"));
        found["hits"][0]["id"].as_str().and_then(|id| id.rsplit('.').next()).map(str::to_owned)
    });
    town.at(0).erase(&gone);
    assert!(!town.connected(BO).contains(&CY), "two minutes are enough to notice");
    town.at(BO).comes_to_find(&writer(0, "Fifth"));
    town.at(ED).comes_to_find(&writer(CY, "First"));
    assert!(!town.at(BO).finds(&writer(CY, "First")) && !town.at(ED).finds(&writer(0, "First")), "they are apart");

    town.heal(middle);
    let healed = Instant::now();
    until_within(Duration::from_secs(600), "all five are equal again", || town.are_equal(&EVERYBODY).then_some(()));
    let took = healed.elapsed();
    let intervals = took.as_secs_f64() / f64::from(INTERVAL);
    say(&format!("healed in {:.1} s, {intervals:.1} intervals of {INTERVAL} s", took.as_secs_f64()));
    assert_eq!(town.connected(0), [BO], "Ada still knows nobody but Bo by wire");
    assert_eq!(town.connected(ED), [ED - 1], "nor Ed anybody but Di");
    until_true("Ed finds what Ada and Bo wrote, and Ada what the other side wrote", || {
        let everything = |who: usize| {
            ROUNDS.iter().enumerate().all(|(number, round)| {
                [number % 2, CY + number % 3].iter().all(|writes| town.at(who).finds(&writer(*writes, round)))
            })
        };
        everything(ED) && everything(0)
    });
    town.at(ED).comes_to_miss(&writer(0, "Morning"));
    let said: Vec<_> = EVERYBODY.iter().map(|who| fingerprints(&town, *who)).collect();
    assert!(said.iter().all(|other| *other == said[0]) && said[0].len() == EVERYBODY.len(), "{said:?}");
    assert!(took <= Duration::from_secs((INTERVALS * INTERVAL).into()), "{INTERVALS} intervals, not {intervals:.1}");
}

#[test]
fn who_was_pinned_before_anybody_near_knew_them_is_found_two_hops_away_without_a_timer() {
    let _places = places(3);
    let Some(mut town) = Town::found(&TOWNSPEOPLE[..3]) else { return };
    town.link(0, BO, None);
    town.link(BO, CY, None);
    town.serve(&[("sync", "recent_every_seconds", "3600"), ("sync", "full_every_seconds", "86400")]);
    town.join(BO, 0);
    town.at(0).pin(&town.nodes[CY]);
    town.at(CY).pin(&town.nodes[0]);
    town.at(CY).publish(&mentor("Cy Raghavan", "Coaching first-time managers"));
    until_true("Ada has compared with Bo, who knows nothing of Cy", || town.are_equal(&[0, BO]));
    // Only now does Bo meet Cy. No way leads from Ada to Cy; all that tells Ada is a word of where Cy's set stands,
    // Bo's own or Cy's that Bo passes on.
    town.join(BO, CY);
    town.at(BO).comes_to_find("Cy Raghavan");
    // The first word may be lost while two who have just met are not yet on each other's way; a later one is not.
    town.at(CY).publish(&mentor("Cy Lindqvist", "Coaching first-time managers"));
    town.at(0).comes_to_find("Cy Raghavan");
    town.at(0).comes_to_find("Cy Lindqvist");
    assert_eq!(town.connected(0), [BO]);
}

/// What `sync status` says of every organisation's set.
fn fingerprints(town: &Town, who: usize) -> Vec<(String, String)> {
    let said = town.at(who).run(&["--json", "sync", "status"]).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let rows = said["organisations"].as_array().unwrap();
    let mut rows: Vec<_> = rows.iter().map(|row| (text(&row["id"]), text(&row["fingerprint"]))).collect();
    rows.sort();
    rows
}
