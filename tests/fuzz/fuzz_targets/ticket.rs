//! Tickets, keys, ids and times in their text form.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mentormesh_protocol::testing::laws::ticket(bytes));
