//! Every key of `config.toml`, with its default. The comments become the comments of the file that `init` writes.

use std::net::SocketAddr;

use confique::env::parse::list_by_comma;
use serde::{Deserialize, Serialize};

use super::mail::MailConfig;
use super::openid::OpenIdConfig;

/// Mentormesh configuration. A line that begins with `#` shows the default; take the `#` away to change it.
/// `mentormesh config check` reads this file without starting anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct Config {
    /// How this node meets others.
    #[config(nested)]
    pub network: NetworkConfig,
    /// The web page and the API.
    #[config(nested)]
    pub http: HttpConfig,
    /// Who may search.
    #[config(nested)]
    pub search: SearchConfig,
    /// Mentors listed here.
    #[config(nested)]
    pub listings: ListingsConfig,
    /// Who is told of introductions.
    #[config(nested)]
    pub notify: NotifyConfig,
    /// Mail to mentors and mentees.
    #[config(nested)]
    pub mail: MailConfig,
    /// The organisation's own sign-in.
    #[config(nested)]
    pub openid: OpenIdConfig,
    /// How often this node compares its records with others'.
    #[config(nested)]
    pub sync: SyncConfig,
    /// How many records are held.
    #[config(nested)]
    pub limits: LimitsConfig,
    /// What is logged, always to stderr.
    #[config(nested)]
    pub log: LogConfig,
}

/// How this node meets others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct NetworkConfig {
    /// The network's name, bound into every signature. It cannot be changed after `init`.
    #[config(default = "main", env = "MENTORMESH_NETWORK_NAME")]
    pub name: String,
    /// Addresses to listen on. Port 0 takes a free one and keeps it.
    #[config(
        default = ["/ip4/0.0.0.0/tcp/4101", "/ip4/0.0.0.0/udp/4101/quic-v1"],
        env = "MENTORMESH_NETWORK_LISTEN",
        parse_env = list_by_comma
    )]
    pub listen: Vec<String>,
    /// Addresses at which others reach this node when it cannot see them itself, for example behind a router.
    #[config(default = [], env = "MENTORMESH_NETWORK_EXTERNAL", parse_env = list_by_comma)]
    pub external: Vec<String>,
    /// Look for other nodes on the local network by mDNS.
    #[config(default = false, env = "MENTORMESH_NETWORK_MDNS")]
    pub mdns: bool,
}

/// The web page and the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct HttpConfig {
    /// Address and port. Keep it on loopback and put a TLS proxy in front when others should reach it.
    #[config(default = "127.0.0.1:8080", env = "MENTORMESH_HTTP_LISTEN")]
    pub listen: SocketAddr,
}

/// Who may search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct SearchConfig {
    /// Let everybody who reaches the web page search, without a token. Only mentors who agreed to the open web show.
    #[config(default = false, env = "MENTORMESH_SEARCH_PUBLIC")]
    pub public: bool,
}

/// Mentors listed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct ListingsConfig {
    /// Days after which mentor or registrar must confirm a listing, or it is no longer renewed. 1 to 730.
    #[config(default = 180, env = "MENTORMESH_LISTINGS_CONFIRM_EVERY_DAYS")]
    pub confirm_every_days: u16,
}

/// Who is told of introductions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct NotifyConfig {
    /// A program and its arguments, run once for each thing that happened to an introduction, with what happened as
    /// one JSON object on its standard input: `["/usr/local/bin/tell-mentor", "--mail"]`. Exit code 0 means told;
    /// anything else is tried again, over a day. It runs as the node's user, one at a time, in an almost empty
    /// environment. Empty: nobody is told, and `mentormesh intro list` shows what waits.
    #[config(default = [], env = "MENTORMESH_NOTIFY_COMMAND", parse_env = list_by_comma)]
    pub command: Vec<String>,
    /// Seconds after which a run is ended and counts as failed. 1 to 300.
    #[config(default = 30, env = "MENTORMESH_NOTIFY_TIMEOUT_SECONDS")]
    pub timeout_seconds: u16,
}

/// How often this node compares its records with others'.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct SyncConfig {
    /// Seconds between looks at the last hour with one other node. 1 to 3600.
    #[config(default = 90, env = "MENTORMESH_SYNC_RECENT_EVERY_SECONDS")]
    pub recent_every_seconds: u32,
    /// Seconds between full comparisons. 1 to 86400.
    #[config(default = 600, env = "MENTORMESH_SYNC_FULL_EVERY_SECONDS")]
    pub full_every_seconds: u32,
}

/// How many records are held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct LimitsConfig {
    /// Records of one pinned organisation.
    #[config(default = 50_000, env = "MENTORMESH_LIMITS_RECORDS_PINNED")]
    pub records_pinned: usize,
    /// Records of one organisation that only the policy `open` shows.
    #[config(default = 1_000, env = "MENTORMESH_LIMITS_RECORDS_OPEN")]
    pub records_open: usize,
    /// Records in the whole register.
    #[config(default = 500_000, env = "MENTORMESH_LIMITS_REGISTER_RECORDS")]
    pub register_records: usize,
}

/// What is logged, always to stderr.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct LogConfig {
    /// error, warn, info, debug or trace.
    #[config(default = "info", env = "MENTORMESH_LOG_LEVEL")]
    pub level: LogLevel,
    /// text for people, json for machines.
    #[config(default = "text", env = "MENTORMESH_LOG_FORMAT")]
    pub format: LogFormat,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// What failed.
    Error,
    /// What may fail soon, too.
    Warn,
    /// What happened, too.
    Info,
    /// How, too.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// In which form it is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}
