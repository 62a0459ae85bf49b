//! Listings as JSON lines.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mentormesh_node::testing::json_lines(bytes));
