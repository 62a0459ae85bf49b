//! Requests, answers, gossip batches, heads and rounds of reconciliation.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mentormesh_protocol::testing::laws::sync(bytes));
