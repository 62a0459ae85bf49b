//! A membership list as CSV, in any encoding.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mentormesh_node::testing::csv(bytes));
