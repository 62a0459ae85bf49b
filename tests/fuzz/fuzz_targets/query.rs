//! A query string, up to the page of hits.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mentormesh_node::testing::query(bytes));
