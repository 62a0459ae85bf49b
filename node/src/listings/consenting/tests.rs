//! Stories of mentors who are asked, agree, decline, and of what is kept of it.

use mentormesh_protocol::Record;
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::signed::Signed;

use super::super::handle::tests::{House, NOW, ada, house};
use super::*;

async fn draft(house: &House) -> Subject {
    let mut input = ada();
    input.consent = None;
    house.listings.add(input).await.expect("added").id
}

async fn looks(house: &House, id: &Subject) -> Preview {
    house.listings.preview(id).await.expect("a preview")
}

fn agreed(preview: &Preview, reach: Reach) -> Agreed {
    let (address, link) = (Some("ada@example.org".to_owned()), Some([7; 16]));
    let (shown, method) = (preview.shown.clone(), ConsentMethod::MailedLink);
    Agreed { reach, open_web: false, shown, method, address, link }
}

fn code<T>(answer: Result<T, Problem>) -> Option<ErrorCode> {
    answer.err().map(|problem| problem.code)
}

async fn acts(house: &House) -> Vec<String> {
    let mut trail = house.listings.desk.audit_trail(20).await.expect("read");
    trail.reverse();
    trail.into_iter().map(|row| row.act).collect()
}

#[tokio::test]
async fn what_is_signed_is_what_was_shown_byte_for_byte_and_its_evidence_came_first() {
    let house = house().await;
    let id = draft(&house).await;
    let preview = looks(&house, &id).await;
    let listing = house.listings.consent(&id, agreed(&preview, Reach::Network)).await.expect("agreed");
    assert_eq!(listing.state, ListingState::Published);
    let own = house.listings.desk.own_envelopes().await.expect("read");
    let record = Signed::<Record>::decode(&own.first().expect("one record").envelope).expect("an envelope");
    let body = record.claims().profile().expect("a profile").clone();
    assert_eq!(hex(&digest(&body.profile)), preview.shown);
    let evidence = listing.evidence.expect("kept");
    assert_eq!((evidence.shown, evidence.given_at), (preview.shown, NOW));
    assert_eq!((evidence.notice_version.as_str(), evidence.address.as_deref()), ("1", Some("ada@example.org")));
    assert_eq!(evidence.link.as_deref(), Some("07070707070707070707070707070707"));
    assert_eq!(acts(&house).await, ["listing.added", "listing.consented", "listing.published"]);
}

#[tokio::test]
async fn nobody_agrees_to_a_version_they_were_not_shown() {
    let house = house().await;
    let id = draft(&house).await;
    let preview = looks(&house, &id).await;
    let mut input = ada();
    input.consent = None;
    input.profile.headline = "Something Ada never said".to_owned();
    house.listings.edit(&id, input, None).await.expect("edited");
    let refused = house.listings.consent(&id, agreed(&preview, Reach::Network)).await;
    assert_eq!(code(refused), Some(ErrorCode::PreconditionFailed));
    let listing = house.listings.find(&id).await.expect("found");
    assert_eq!((listing.consent, listing.evidence, listing.state), (None, None, ListingState::Draft));
    assert!(house.listings.desk.own_envelopes().await.expect("read").is_empty(), "nothing was signed");
    let again = looks(&house, &id).await;
    assert!(house.listings.consent(&id, agreed(&again, Reach::Network)).await.is_ok(), "shown again, agreed again");
}

#[tokio::test]
async fn agreeing_to_less_than_the_network_shows_nothing_and_takes_back_what_was_shown() {
    let house = house().await;
    let id = draft(&house).await;
    let preview = looks(&house, &id).await;
    let kept = house.listings.consent(&id, agreed(&preview, Reach::Local)).await.expect("kept");
    assert_eq!((kept.state, kept.evidence.map(|evidence| evidence.reach)), (ListingState::Draft, Some(Reach::Local)));
    house.listings.consent(&id, agreed(&preview, Reach::Network)).await.expect("published");
    let less = house.listings.consent(&id, agreed(&preview, Reach::Partners)).await.expect("kept");
    assert_eq!(less.state, ListingState::Withdrawn);
    assert_eq!(code(house.listings.publish(&id).await), Some(ErrorCode::ReachNotNetwork));
}

#[tokio::test]
async fn who_declines_is_taken_out_remembered_and_published_by_nobody() {
    let house = house().await;
    let id = house.listings.add(ada()).await.expect("added").id;
    house.listings.invite(&id).await.expect("asked");
    let declined = house.listings.decline(&id).await.expect("declined");
    assert_eq!((declined.state, declined.consent), (ListingState::Draft, None));
    assert_eq!(declined.invitation.map(|asked| asked.answer), Some(InvitationAnswer::Declined));
    assert!(declined.missing.iter().any(|missing| missing.contains("declined")), "{:?}", declined.missing);
    assert_eq!(code(house.listings.publish(&id).await), Some(ErrorCode::ConsentMissing));
    let preview = looks(&house, &id).await;
    house.listings.consent(&id, agreed(&preview, Reach::Network)).await.expect("thought better of it");
    assert_eq!(house.listings.decline(&id).await.expect("declined").state, ListingState::Withdrawn);
}

#[tokio::test]
async fn a_mentor_is_asked_once_a_day_and_five_times_in_all() {
    let house = house().await;
    let id = draft(&house).await;
    for time in 1..=5 {
        let asked = house.listings.invite(&id).await.expect("asked").invitation.expect("noted");
        assert_eq!((asked.times, asked.answer), (time, InvitationAnswer::Waiting));
        house.clock.advance(DAY - 1);
        assert_eq!(code(house.listings.invite(&id).await), Some(ErrorCode::Conflict), "within a day");
        house.clock.advance(1);
    }
    assert_eq!(code(house.listings.invite(&id).await), Some(ErrorCode::Conflict), "a sixth time");
}

#[tokio::test]
async fn evidence_outlives_the_profile_and_then_names_nobody() {
    let house = house().await;
    let id = draft(&house).await;
    house.listings.invite(&id).await.expect("asked");
    let preview = looks(&house, &id).await;
    house.listings.consent(&id, agreed(&preview, Reach::Network)).await.expect("agreed");
    assert!(house.bytes().windows(15).any(|bytes| bytes == b"ada@example.org"), "it is there before");
    house.listings.withdraw(&id, true).await.expect("erased");
    let evidence = house.listings.desk.evidence(&id).await.expect("read").expect("kept");
    assert_eq!((evidence.shown, evidence.address), (preview.shown, None));
    assert!(!house.bytes().windows(15).any(|bytes| bytes == b"ada@example.org"), "and gone after");
}
