//! What an organisation writes: it lists, edits, withdraws, erases, renews and, once, changes its signing key.

use mentormesh_protocol::record::{Body, Record, Withdrawal};
use mentormesh_protocol::rules::next_sequence;
use mentormesh_protocol::testing::{Organisation, anyone};
use mentormesh_protocol::{Timestamp, Verified};

use crate::random::Random;

/// What a desk remembers between two records.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Desk {
    key: usize,
    listings: u64,
    pub(crate) last: u64,
}

#[derive(Debug)]
pub(crate) struct Pen {
    pub(crate) organisation: Organisation,
    pub(crate) desk: Desk,
}

impl Pen {
    pub(crate) fn new(number: usize) -> Self {
        Self { organisation: Organisation::new(&format!("organisation {number}")), desk: Desk::default() }
    }

    fn sequence(&mut self, clock: Timestamp) -> u64 {
        self.desk.last = next_sequence(clock, Some(self.desk.last), None);
        self.desk.last
    }

    fn sign(&mut self, about: Vec<u8>, clock: Timestamp, body: Body) -> Verified<Record> {
        let sequence = self.sequence(clock);
        self.organisation.sign_with(self.desk.key, about, sequence, body)
    }

    /// What every organisation says once, when it begins.
    pub(crate) fn introduce(&mut self, clock: Timestamp) -> Vec<Verified<Record>> {
        let (first, second) = (self.sequence(clock), self.sequence(clock));
        let card = self.organisation.card(first);
        let delegation = self.organisation.delegation(second, &["/ip4/192.0.2.1/tcp/4101"]);
        vec![self.organisation.genesis().clone(), card, delegation]
    }

    pub(crate) fn write(&mut self, clock: Timestamp, random: &mut Random) -> Verified<Record> {
        match random.below(10) {
            0 if self.desk.key == 0 && self.desk.listings > 0 => self.rotate(clock),
            1 if self.desk.listings > 0 => self.end(clock, random, true),
            2 | 3 if self.desk.listings > 0 => self.end(clock, random, false),
            4..=6 if self.desk.listings > 0 => {
                let number = random.below(self.desk.listings);
                self.publish(number, clock, random)
            }
            _ => {
                self.desk.listings += 1;
                self.publish(self.desk.listings - 1, clock, random)
            }
        }
    }

    /// Every other listing again, whatever stands there; an erased one stays erased at every door.
    pub(crate) fn renew(&mut self, clock: Timestamp, random: &mut Random) -> Vec<Verified<Record>> {
        let renewed = (0..self.desk.listings).step_by(2);
        renewed.map(|number| self.publish(number, clock, random)).collect()
    }

    fn publish(&mut self, number: u64, clock: Timestamp, random: &mut Random) -> Verified<Record> {
        let body = self.organisation.profile_body(anyone(random.below(10_000)));
        self.sign(self.organisation.subject(number).0.to_vec(), clock, Body::Profile(Box::new(body)))
    }

    fn end(&mut self, clock: Timestamp, random: &mut Random, erase: bool) -> Verified<Record> {
        let slot = self.organisation.profile_slot(random.below(self.desk.listings));
        self.sign(slot.withdrawn(), clock, Body::Withdrawal(Withdrawal { erase }))
    }

    /// The old key retires now and the new one stands from now on.
    fn rotate(&mut self, clock: Timestamp) -> Verified<Record> {
        let at = Timestamp(self.sequence(clock));
        let mut keys = self.organisation.keys();
        for notice in &mut keys.signing {
            notice.retired_at = Some(at);
        }
        keys.signing.push(self.organisation.signing_notice(1, at));
        self.desk.key = 1;
        self.organisation.rotate(self.organisation.genesis().id(), &keys, 0, at)
    }
}
