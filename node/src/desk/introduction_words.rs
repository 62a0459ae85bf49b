//! How the tables of introductions write the protocol's words and ids.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::{Delivery, Refused, State};
use mentormesh_protocol::{IntroductionId, OrganisationId};

use super::DeskError;

pub(super) fn id_of(bytes: &[u8]) -> Result<IntroductionId, DeskError> {
    IntroductionId::from_slice(bytes).map_err(|_| DeskError::Unreadable { what: "an introduction's id" })
}

pub(super) fn organisation_of(bytes: &[u8]) -> Result<OrganisationId, DeskError> {
    OrganisationId::from_slice(bytes).map_err(|_| DeskError::Unreadable { what: "an introduction's organisation" })
}

pub(super) fn direction_of(word: &str, what: &'static str) -> Result<Direction, DeskError> {
    let mut known = [Direction::Sent, Direction::Received].into_iter();
    known.find(|direction| direction.as_str() == word).ok_or(DeskError::Unreadable { what })
}

pub(super) fn state_of(word: &str) -> Result<State, DeskError> {
    word.parse().map_err(|_| DeskError::Unreadable { what: "an introduction's state" })
}

pub(super) fn sixteen(bytes: &[u8]) -> Result<[u8; 16], DeskError> {
    bytes.try_into().map_err(|_| DeskError::Unreadable { what: "introductions.mentee_ref" })
}

pub(super) const fn delivery_word(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Queued => "queued",
        Delivery::Relayed => "relayed",
        Delivery::Delivered => "delivered",
        Delivery::Notified => "notified",
        Delivery::NotRecognised => "not_recognised",
        Delivery::Refused(_) => "refused",
        Delivery::Undeliverable => "undeliverable",
    }
}

pub(super) const fn refusal(delivery: Delivery) -> Option<Refused> {
    if let Delivery::Refused(refused) = delivery { Some(refused) } else { None }
}

pub(super) fn delivery_of(word: &str, refusal: Option<&str>) -> Result<Delivery, DeskError> {
    let refused = [
        Refused::InboxFull,
        Refused::OrganisationFull,
        Refused::Cooldown,
        Refused::PairOpen,
        Refused::NotListed,
        Refused::NotAccepting,
        Refused::NoIntroduction,
        Refused::Malformed,
    ];
    let plain = [
        Delivery::Queued,
        Delivery::Relayed,
        Delivery::Delivered,
        Delivery::Notified,
        Delivery::NotRecognised,
        Delivery::Undeliverable,
    ];
    let mut known = plain.into_iter().chain(refused.into_iter().map(Delivery::Refused));
    let is_it = |delivery: &Delivery| {
        delivery_word(*delivery) == word && self::refusal(*delivery).map(Refused::as_str) == refusal
    };
    known.find(is_it).ok_or(DeskError::Unreadable { what: "introductions.delivery" })
}
