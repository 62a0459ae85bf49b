//! Letters, sealed envelopes, receipts and the courier's messages.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mentormesh_protocol::testing::laws::letter(bytes));
