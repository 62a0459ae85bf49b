//! The configuration of a node: `config.toml` in the data folder, over it the environment, under it the defaults.
//!
//! Owns every key, its default and its check. It refuses to know who uses a value, and the command line's flags,
//! which are laid over a loaded [`Config`] by whoever starts a node. `values.rs` lists the keys (`mail.rs` those of
//! mail, `openid.rs` those of the organisation's own sign-in), `load.rs` reads them, `check.rs` says what is wrong with a value.

mod check;
mod load;
mod mail;
mod openid;
mod values;

pub use load::ConfigError;
pub use mail::{MailConfig, MailLanguage, MailSecurity};
pub use openid::OpenIdConfig;
pub use values::{
    Config, HttpConfig, LimitsConfig, ListingsConfig, LogConfig, LogFormat, LogLevel, NetworkConfig, NotifyConfig,
    SearchConfig, SyncConfig,
};
