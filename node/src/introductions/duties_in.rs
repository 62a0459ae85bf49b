//! Duties that come in by the courier's way: who signed them and when is checked here, what they mean is
//! `crate::rights`'s to say.

use mentormesh_protocol::Signed;
use mentormesh_protocol::duty::Duty;
use mentormesh_protocol::introduction::courier::CourierRefusal;
use mentormesh_protocol::introduction::{Outcome, Refused};
use mentormesh_protocol::limits::CLOCK_AHEAD_ADMITTED;

use super::Introductions;
use super::letter_in::{NotTaken, is_blocked};
use crate::rights::Arrived;

impl Introductions {
    /// Takes a duty; on return the outcome is durable, and the same duty gets the same outcome again.
    pub(super) async fn take_duty(&self, duty: Signed<Duty>) -> Result<Outcome, NotTaken> {
        let (view, now) = (self.views.borrow().clone(), self.clock.now());
        let said = duty.claims();
        let (sender, node, issued_at, arrives_by) = (said.sender, said.node, said.issued_at, said.arrives_by());
        if self.clock_is_wrong() || issued_at > now.plus(CLOCK_AHEAD_ADMITTED) {
            return Err(CourierRefusal::Clock(now).into());
        }
        let Some(known) = view.organisations.get(&sender).filter(|_| !is_blocked(&view, &sender)) else {
            return Ok(Outcome::NotRecognised);
        };
        if !known.nodes.contains_key(&node) {
            if !known.why.shown() {
                return Ok(Outcome::NotRecognised);
            }
            return Err(NotTaken { refusal: CourierRefusal::UnknownKey, unknown: Some(sender) });
        }
        let Ok(duty) = duty.verify(&self.network, [&node.0]) else {
            return Ok(Outcome::Refused(Refused::Malformed));
        };
        if now > arrives_by && self.clock_may_end() {
            return Ok(Outcome::Late);
        }
        Ok(match self.rights.take(&duty, known.why.shown(), self.store.last_position()).await? {
            Arrived::Taken => Outcome::Delivered,
            Arrived::NotRecognised => Outcome::NotRecognised,
            Arrived::Unfounded => Outcome::Refused(Refused::Malformed),
            Arrived::Full | Arrived::Early => return Err(NotTaken::soon()),
        })
    }
}
