//! What the three registrars do: list their mentors, publish them, pin and join one another, and look.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use mentormesh_node::clock::Clock;
use mentormesh_protocol::api::{ImportReport, List, Listing, ListingState, SearchPage, TicketView};
use serde_json::{Value, json};

use crate::client::{Client, typed};
use crate::failure::Failure;
use crate::output::Output;

/// The invented mentors, one a line, each with the number of its organisation.
const PEOPLE: &str = include_str!("people.jsonl");
/// Longer than any machine needs; after that something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the nodes are asked whether they know everybody.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Where one of the three answers.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) organisation: String,
    pub(super) url: String,
    pub(super) folder: PathBuf,
    pub(super) token: String,
}

impl Place {
    pub(super) fn as_json(&self) -> Value {
        json!({
            "organisation": { "id": self.organisation, "name": self.name },
            "http": self.url,
            "data_dir": self.folder,
        })
    }
}

/// What stands once everything is set up.
#[derive(Debug)]
pub(super) struct Ready {
    /// How many mentors each node finds.
    pub(super) mentors: u64,
    /// How long it took from the first join.
    pub(super) met: Duration,
    /// Somebody to show.
    pub(super) profile: String,
    /// Somebody of the second organisation who takes requests.
    pub(super) mentor: String,
}

/// Sets everything up; each of the three works on its own thread where they do not meet.
pub(super) fn prepare(output: &Output, places: &[Place]) -> Result<Ready, Failure> {
    let clients: Vec<(Place, Client)> = places
        .iter()
        .map(|place| Ok((place.clone(), Client::new(&place.url)?.with_token(Some(place.token.clone())))))
        .collect::<Result<_, Failure>>()?;
    let published: Vec<Result<usize, Failure>> = std::thread::scope(|scope| {
        let work: Vec<_> =
            clients.iter().map(|(place, client)| scope.spawn(move || list_people(place, client))).collect();
        let broken = || Err(Failure::failed("listing the mentors broke off"));
        work.into_iter().map(|work| work.join().unwrap_or_else(|_| broken())).collect()
    });
    for (published, (place, _)) in published.into_iter().zip(&clients) {
        output.say(&format!("{} has {} mentors on the network", place.name, published?));
    }
    let began = Instant::now();
    meet(&clients)?;
    output.say("all three pinned and joined one another");
    let mentors = wait_until_all_are_found(&clients, began)?;
    let met = began.elapsed();
    Ok(Ready { mentors, met, profile: somebody(&clients)?, mentor: somebody_free(&clients)? })
}

/// Lists and publishes one organisation's people; what a former demo listed stays as it is.
fn list_people(place: &Place, client: &Client) -> Result<usize, Failure> {
    let today = Clock::system().now().date().to_string();
    let mut lines = String::new();
    for line in PEOPLE.lines() {
        let mut person: Value = serde_json::from_str(line).map_err(|problem| Failure::failed(problem.to_string()))?;
        let Value::Object(fields) = &mut person else { continue };
        if fields.remove("organisation").and_then(|number| number.as_u64()) == Some(place.number as u64) {
            fields.insert("consent".to_owned(), json!({ "given_on": today, "reach": "network", "open_web": true }));
            lines.push_str(&format!("{person}\n"));
        }
    }
    let wanted = lines.lines().count();
    let held: List<Value> = typed(&client.get_with("/listings", &[("limit", "1".to_owned())])?)?;
    if held.total < wanted as u64 {
        let answer = client.upload("/listings/import", "application/x-ndjson", Cursor::new(lines))?;
        let report: ImportReport = typed(&answer)?;
        if let Some(row) = report.rows.iter().find_map(|row| row.problem.as_ref()) {
            return Err(Failure::failed(format!("a mentor of {} was refused: {row}", place.name)));
        }
    }
    publish_drafts(client)
}

fn publish_drafts(client: &Client) -> Result<usize, Failure> {
    let mut published = 0;
    for item in super::super::profile::all(client, None)?.items {
        let listing: Listing = typed(&item)?;
        match listing.state {
            ListingState::Draft => {
                client.post(&format!("/listings/{}/publish", listing.id), &json!({}))?;
                published += 1;
            }
            ListingState::Published => published += 1,
            ListingState::Withdrawn | ListingState::Expired => {}
        }
    }
    Ok(published)
}

/// Everybody pins everybody before anybody joins, so that the first session carries all there is.
fn meet(clients: &[(Place, Client)]) -> Result<(), Failure> {
    let mut tickets = Vec::new();
    for (place, client) in clients {
        let ticket: TicketView = typed(&client.post("/peers/ticket", &json!({}))?)?;
        tickets.push((place.number, ticket.ticket));
        for (other, _) in clients.iter().filter(|(other, _)| other.number != place.number) {
            client.put(&format!("/trust/{}", other.organisation), &json!({ "standing": "pinned" }), None)?;
        }
    }
    for (place, client) in clients {
        for (_, ticket) in tickets.iter().filter(|(number, _)| *number > place.number) {
            client.post("/peers", &json!({ "ticket": ticket }))?;
        }
    }
    Ok(())
}

/// Waits until every node finds mentors of all three.
fn wait_until_all_are_found(clients: &[(Place, Client)], began: Instant) -> Result<u64, Failure> {
    let wanted = PEOPLE.lines().count() as u64;
    let mut latest = 0;
    for (place, client) in clients {
        loop {
            let page: SearchPage = typed(&client.get_with("/search", &[("limit", "1".to_owned())])?)?;
            latest = page.total;
            let organisations: BTreeSet<_> =
                page.facets.get("organisation").into_iter().flatten().map(|facet| &facet.value).collect();
            if organisations.len() == clients.len() && latest >= wanted {
                break;
            }
            if began.elapsed() > PATIENCE {
                let message = format!("{} finds {latest} of {wanted} mentors after a minute", place.name);
                return Err(Failure::failed(message).hint("run it again with RUST_LOG=debug and tell us what it says"));
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }
    Ok(latest)
}

/// Somebody of the first organisation, as the last one finds them.
fn somebody(clients: &[(Place, Client)]) -> Result<String, Failure> {
    let (Some((first, _)), Some((_, last))) = (clients.first(), clients.last()) else {
        return Err(Failure::failed("nobody plays"));
    };
    let filters = [("q", "social media for PR".to_owned()), ("organisation", first.organisation.clone())];
    let page: SearchPage = typed(&last.get_with("/search", &filters)?)?;
    let hit = page.hits.first().ok_or_else(|| Failure::failed("nobody is found for `social media for PR`"))?;
    Ok(hit.id.to_string())
}

/// Somebody of the second organisation, as the first one finds them, who can take most.
fn somebody_free(clients: &[(Place, Client)]) -> Result<String, Failure> {
    let [(_, first), (second, _), ..] = clients else { return Err(Failure::failed("nobody plays")) };
    let filters = [("organisation", second.organisation.clone()), ("available", "true".to_owned())];
    let page: SearchPage = typed(&first.get_with("/search", &filters)?)?;
    let free = page.hits.iter().max_by_key(|hit| hit.profile.availability.places);
    let free = free.ok_or_else(|| Failure::failed(format!("nobody of {} takes requests", second.name)))?;
    Ok(free.id.to_string())
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::ListingInput;
    use mentormesh_protocol::record::PracticeStatus;

    use super::*;

    fn people() -> Vec<(u64, ListingInput)> {
        let lines = PEOPLE.lines().map(|line| {
            let mut person: Value = serde_json::from_str(line).expect("JSON");
            let number = person.as_object_mut().and_then(|fields| fields.remove("organisation"));
            let input = serde_json::from_value(person).expect("a listing");
            (number.and_then(|number| number.as_u64()).expect("a number"), input)
        });
        lines.collect()
    }

    #[test]
    fn everybody_in_the_demo_could_be_published_and_nobody_is_there_twice() {
        let people = people();
        assert!(people.len() >= 60);
        for (number, person) in &people {
            assert!(*number < 3, "{}", person.profile.display_name);
            assert_eq!(person.profile.check(), Ok(()), "{}", person.profile.display_name);
            assert!(person.contact.email.ends_with("@example.org"), "{}", person.contact.email);
        }
        let unlike = |read: fn(&ListingInput) -> &str| {
            people.iter().map(|(_, person)| read(person)).collect::<BTreeSet<_>>().len()
        };
        assert_eq!(unlike(|person| &person.contact.email), people.len());
        assert_eq!(unlike(|person| &person.profile.headline), people.len());
        assert_eq!(unlike(|person| &person.profile.bio), people.len());
    }

    #[test]
    fn the_demo_has_trainees_with_programme_and_end_and_many_countries_and_languages() {
        let people = people();
        let trainees = people.iter().filter_map(|(_, person)| person.profile.practice.as_ref());
        let trainees = trainees.filter(|practice| practice.status == PracticeStatus::Trainee);
        assert!(trainees.filter(|practice| practice.programme.is_some() && practice.ends_on.is_some()).count() >= 10);
        let countries: BTreeSet<_> =
            people.iter().filter_map(|(_, person)| person.profile.area.as_ref()).map(|area| &area.country).collect();
        assert!(countries.len() >= 10, "{countries:?}");
        let languages: BTreeSet<_> =
            people.iter().flat_map(|(_, person)| &person.profile.languages).map(|language| &language.tag).collect();
        assert!(languages.len() >= 8, "{languages:?}");
    }
}
