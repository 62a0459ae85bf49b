//! Of any bytes taken for the payload of a record, truly signed: refused alike everywhere, or within every limit.

use super::envelope::{door, whole};
use super::scene::SCENE;
use crate::codec;
use crate::limits::{
    ABOUT_BYTES, ADDRESSES, DAY, ENVELOPE_BYTES, PROFILE_BYTES, RELAYS, ROTATION_KEYS, SEALING_KEYS, SIGNING_KEYS,
};
use crate::record::{Body, Kind, Profile, Record, lifetime};
use crate::rules::{self, Timeliness};
use crate::signed::{EnvelopeError, Payload, Signed};
use crate::testing::{NOW, Taken, tamper};
use crate::time::Timestamp;

/// The law of bodies. The first byte chooses one of ten honest headers, of each kind one, for the body that follows;
/// any other says that a whole payload follows.
pub fn body(bytes: &[u8]) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let header = SCENE.records.get(usize::from(*choice)).map_or(&[][..], |(header, _)| header);
    payload(&[header, rest].concat());
}

/// The input that says what the honest payload of this kind says.
#[must_use]
pub fn body_input(choice: u8) -> Option<Vec<u8>> {
    let (_, body) = SCENE.records.get(usize::from(choice))?;
    Some([&[choice], &body[..]].concat())
}

fn payload(payload: &[u8]) {
    let read = Record::decode(payload);
    assert_eq!(read, Record::decode(payload), "two readings differ");
    let key = SCENE.ada.signing_key(0);
    let kind = read.as_ref().map_or("card", Payload::kind);
    let sealed = tamper::sealed(payload, &SCENE.network, kind, &key);
    let signed = Signed::<Record>::decode(&sealed);
    let whole_payload = read.is_ok() && codec::check(payload).is_ok() && sealed.len() <= ENVELOPE_BYTES;
    assert_eq!(signed.is_ok(), whole_payload, "payload and envelope are not judged alike");
    let (Ok(record), Ok(signed)) = (read, signed) else { return };
    assert_eq!(record.encode(), payload, "written again it is another");
    assert_eq!(Record::new(record.header().clone(), record.body().clone()).as_ref(), Ok(&record));
    let verified = signed.clone().verify(&SCENE.network, &SCENE.keys).expect("it is truly signed");
    assert_eq!(verified.payload(), &record);
    let other = tamper::sealed(payload, &SCENE.network, "another_kind", &key);
    let other = Signed::<Record>::decode(&other).and_then(|other| other.verify(&SCENE.network, &SCENE.keys));
    assert_eq!(other, Err(EnvelopeError::BadSignature), "its kind is not bound into its signature");
    whole::<Record>(&sealed);
    within(&record);
    admitted(&record, &sealed);
}

/// What the door makes of a record that its organisation truly signed.
fn admitted(record: &Record, sealed: &[u8]) {
    let header = record.header();
    for now in [Timestamp(0), NOW, Timestamp(u64::MAX)] {
        match rules::timeliness(header, now) {
            Timeliness::Now => assert!(header.expires_at.is_none_or(|at| at > now)),
            Timeliness::Later(at) => assert!(at > now),
            Timeliness::Future(ahead) => assert!(ahead > 0),
            Timeliness::Expired(at) => assert!(at <= now),
        }
    }
    let taken = door(sealed);
    let stale = rules::timeliness(header, NOW) != Timeliness::Now;
    let foreign = header.organisation != Some(SCENE.ada.id());
    assert!(taken != Taken::Stored || header.kind == Kind::Operation || !(stale || foreign), "taken out of place");
    drop((header.issued_at.to_string(), header.issued_at.date().to_string(), format!("{record:?}")));
}

/// Every number that the documentation promises of a record that was taken, counted here a second time.
fn within(record: &Record) {
    let header = record.header();
    assert!(header.about.len() <= ABOUT_BYTES && header.version > 0);
    assert_eq!(record.slot().is_none(), header.kind == Kind::Operation);
    assert!(record.slot().is_none_or(|slot| slot.withdrawn().len() <= ABOUT_BYTES), "no withdrawal could name it");
    let lives = header.expires_at.map(|at| at.0 - header.sequence);
    if let Kind::Other(word) = &header.kind {
        assert!(!word.is_empty() && lives.is_some_and(|lives| lives <= 430 * DAY));
    } else {
        assert_eq!(lives, lifetime(&header.kind, &header.about));
    }
    match record.body() {
        Body::Operation(operation) => {
            assert!((1..=ROTATION_KEYS).contains(&operation.rotation_keys.len()));
            assert!(operation.signing_keys.len() <= SIGNING_KEYS);
        }
        Body::Card(card) => {
            assert!(card.relays.len() <= RELAYS && card.sealing_keys.len() <= SEALING_KEYS);
            shown(&card.name, 1, 200);
        }
        Body::Delegation(delegation) => assert!(delegation.addresses.len() <= ADDRESSES),
        Body::Profile(body) => {
            assert!(body.also_listed.len() <= 4);
            profile(&body.profile);
        }
        Body::Attestation(attestation) => shown(&attestation.name, 1, 200),
        Body::Unread(bytes) => assert!(!header.is_known() && codec::check(bytes).is_ok()),
        Body::Recognition(_) | Body::Withdrawal(_) => {}
    }
}

fn profile(profile: &Profile) {
    assert!(codec::encode(profile).len() <= PROFILE_BYTES);
    shown(&profile.display_name, 1, 200);
    shown(&profile.headline, 1, 120);
    shown(&profile.summary, 0, 280);
    assert!(profile.bio.chars().count() <= 4_000);
    let lists = [
        (profile.knows_about.len(), 20),
        (profile.tags.len(), 20),
        (profile.offers.len(), 6),
        (profile.languages.len(), 10),
        (profile.links.len(), 3),
        (profile.sectors.len(), 3),
        (profile.access_support.len(), 10),
    ];
    assert!(lists.iter().all(|(length, most)| length <= most), "{lists:?}");
    assert!(profile.links.iter().all(|link| link.starts_with("https://") && link.is_ascii()));
    assert!(profile.languages.iter().all(|spoken| (2..=35).contains(&spoken.tag.len())));
}

/// One line that a page can show as it is.
fn shown(text: &str, least: usize, most: usize) {
    assert!((least..=most).contains(&text.chars().count()), "{text:?}");
    assert!(!text.contains(char::is_control), "{text:?}");
}
