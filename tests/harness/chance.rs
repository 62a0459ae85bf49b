//! A small generator (splitmix64), seeded anew each run and printed, so that a failing run can be told.

use std::time::{SystemTime, UNIX_EPOCH};

use super::wait::say;

/// Where the generator stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// Another one each run; says which.
    pub(crate) fn fresh() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is past 1970").as_nanos();
        let seed = u64::try_from(now % u128::from(u64::MAX)).expect("less than the greatest");
        say(&format!("seed {seed}"));
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}
