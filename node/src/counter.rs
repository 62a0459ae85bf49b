//! How often something was asked within a while, for each of many who ask: a table that does not grow.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;

use mentormesh_protocol::Timestamp;

/// A network of a client: all of an IPv4 address, the first 56 bits of an IPv6 one, which is what one household has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Network([u8; 16]);

impl Network {
    /// The network of an address.
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(address.to_ipv6_mapped().octets()),
            IpAddr::V6(address) => Self((u128::from(address) >> 72 << 72).to_be_bytes()),
        }
    }
}

/// Who asked how often, since when. What a full table forgets first is whoever began longest ago.
#[derive(Debug)]
pub(crate) struct Counter<K> {
    seen: HashMap<K, (Timestamp, u32)>,
    most: u32,
    within: u64,
    room: usize,
}

impl<K: Eq + Hash + Clone> Counter<K> {
    /// A counter that lets each pass `most` times `within` so many milliseconds, and remembers `room` of them.
    pub(crate) fn new(most: u32, within: u64, room: usize) -> Self {
        Self { seen: HashMap::new(), most, within, room }
    }

    /// Counts one, or answers in how many milliseconds it may be asked again.
    pub(crate) fn pass(&mut self, key: &K, now: Timestamp) -> Result<(), u64> {
        let within = self.within;
        let standing = self.seen.get(key).copied().filter(|(since, _)| now < since.plus(within));
        let (since, times) = standing.unwrap_or((now, 0));
        if times >= self.most {
            return Err(since.plus(within).0.saturating_sub(now.0));
        }
        if standing.is_none() && self.seen.len() >= self.room {
            self.make_room(now);
        }
        self.seen.insert(key.clone(), (since, times + 1));
        Ok(())
    }

    fn make_room(&mut self, now: Timestamp) {
        let within = self.within;
        self.seen.retain(|_, (since, _)| now < since.plus(within));
        if self.seen.len() >= self.room
            && let Some(oldest) = self.seen.iter().min_by_key(|(_, (since, _))| *since).map(|(key, _)| key.clone())
        {
            self.seen.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_network_and_its_neighbour_another() {
        let network = |text: &str| Network::of(text.parse().expect("an address"));
        assert_eq!(network("2001:db8:0:ff01::1"), network("2001:db8:0:ff02::2"));
        assert_ne!(network("2001:db8:0:ff01::1"), network("2001:db8:0:fe01::1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
        assert_eq!(network("192.0.2.1"), network("::ffff:192.0.2.1"));
    }

    #[test]
    fn each_passes_so_often_and_again_after_a_while() {
        let mut counter = Counter::new(2, 1_000, 10);
        assert_eq!(counter.pass(&"bo", Timestamp(0)), Ok(()));
        assert_eq!(counter.pass(&"bo", Timestamp(400)), Ok(()));
        assert_eq!(counter.pass(&"bo", Timestamp(400)), Err(600));
        assert_eq!(counter.pass(&"cy", Timestamp(400)), Ok(()), "another is counted apart");
        assert_eq!(counter.pass(&"bo", Timestamp(1_000)), Ok(()));
    }

    #[test]
    fn a_full_table_forgets_whoever_began_longest_ago_and_does_not_grow() {
        let mut counter = Counter::new(1, 1_000, 3);
        for (number, at) in [(1, 0), (2, 1), (3, 2), (4, 3)] {
            assert_eq!(counter.pass(&number, Timestamp(at)), Ok(()));
        }
        assert_eq!(counter.seen.len(), 3);
        assert_eq!(counter.pass(&1, Timestamp(4)), Ok(()), "forgotten");
        assert!(counter.pass(&4, Timestamp(4)).is_err(), "remembered");
        assert_eq!(counter.pass(&5, Timestamp(5_000)), Ok(()));
        assert_eq!(counter.seen.len(), 1, "who is past their while makes room first");
    }
}
