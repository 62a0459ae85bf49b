//! Introductions: what a mentee and a mentor say to each other through their organisations' nodes.
//!
//! A [`Letter`] is signed by the sender's organisation and sealed to the recipient's; what a relay sees is an
//! [`Envelope`]. A [`Receipt`] is what the node that took it says, signed by its node key. An [`Exchange`] holds the
//! letters of one introduction and says where it stands: the same letters give the same state on both nodes,
//! whatever order they came in. [`courier`] has the messages that carry all this between nodes.

pub mod courier;
mod envelope;
mod exchange;
mod fact;
mod letter;
mod receipt;
mod seal;
mod state;
mod time_slot;

pub(crate) use envelope::whole_day;
pub use envelope::{Envelope, EnvelopeHeader};
pub use exchange::{Exchange, NotNow, Taken};
pub use fact::{Fact, What};
pub use letter::{Contact, DeclineReason, LETTER_VERSION, Letter, LetterBody, Request, Side, mentee_ref};
pub use receipt::{Outcome, Receipt, Refused};
pub use seal::{OpenError, SealError, open, seal};
#[cfg(test)]
pub(crate) use seal::{open_bytes, seal_bytes};
pub use state::{Delivery, State};
pub use time_slot::TimeSlot;
