//! The body of each kind of record, truly signed.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mentormesh_protocol::testing::laws::body(bytes));
