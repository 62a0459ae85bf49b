//! The daemon of one organisation: it owns disk, network, index and time.
//!
//! Layers, each naming only those below: `node`, `testing` · `http`, `states`, `notify`, `mail` · `retention` · `network`, `listings`, `introductions`,
//! `people` · `rights`, `signing` · `actions`, `backup`, `init`, `ingest`, `repair`, `search`, `wording` · `store`, `index`, `desk`, `ports`, `sealing` ·
//! `openid` · `calendar`, `config`, `folder`, `clock`, `contacts`, `counter`, `event`, `post`, `speech`, `view`. Decisions that two nodes must make alike live in
//! `mentormesh-protocol`, not here.

pub mod actions;
pub mod backup;
pub mod calendar;
pub mod clock;
pub mod config;
pub mod contacts;
mod counter;
pub mod desk;
pub mod event;
pub mod folder;
pub mod http;
pub mod index;
pub mod ingest;
pub mod init;
pub mod introductions;
pub mod listings;
pub mod mail;
pub mod network;
pub mod node;
pub mod notify;
#[cfg(feature = "openid")]
pub mod openid;
pub mod people;
mod ports;
pub mod post;
pub mod repair;
pub mod retention;
pub mod rights;
pub mod sealing;
pub mod search;
pub mod signing;
mod speech;
mod states;
pub mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod view;
mod wording;
