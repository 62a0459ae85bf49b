//! Acceptance: the promises of the public surface, told as stories and run against the real binary.
//!
//! Every story starts real nodes on loopback and speaks to them as people do, over the command line and HTTP; only
//! Mallory reaches deeper, straight into the wire. One file is one subject. Begin with `publish_and_find.rs`, then
//! `../harness/node.rs` for how a node is started, spoken to and stopped.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a story that cannot go on says where and stops"
)]

#[path = "../harness/mod.rs"]
mod harness;

mod access;
mod apart;
mod audited;
mod backup;
mod bad_days;
mod bad_input;
mod calls;
mod command_line;
mod contact_patterns;
mod demo;
mod doors;
mod durability;
mod exchange;
mod full_disk;
mod guide;
mod importing;
mod interop;
mod introductions;
mod invitations;
mod leaving;
mod listings;
mod lost_store;
mod mail;
mod mail_choices;
mod mail_links;
mod mail_out;
mod mail_sink;
mod mallory;
mod months;
mod notify;
mod on_the_way;
mod openapi;
mod openid;
mod pages;
mod people;
mod publish_and_find;
mod record_files;
mod retention;
mod rights;
mod sealed;
mod sudden_death;
mod tampered;
mod trust;
mod web;
mod web_desk;
mod web_exchange;
