//! Signed envelopes of every payload, and the door of a register.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mentormesh_protocol::testing::laws::envelope(bytes));
