//! What each value may be. A check names the key, what it holds and what would be right.

use mentormesh_protocol::limits::{ADDRESS_BYTES, ADDRESSES};
use mentormesh_protocol::signed::Network;
use mentormesh_swarm::Address;

use super::load::ConfigError;
use super::values::Config;

impl Config {
    /// Checks every value, naming the first that breaks its rule.
    ///
    /// # Errors
    /// The key, its value and what would be right.
    pub fn check(&self) -> Result<(), ConfigError> {
        let name = &self.network.name;
        Network::new(name).map_err(|problem| wrong("network.name", &format!("\"{name}\""), problem.to_string()))?;
        if self.network.listen.is_empty() {
            return Err(wrong(
                "network.listen",
                "[]",
                "name at least one address, like /ip4/0.0.0.0/tcp/4101".to_owned(),
            ));
        }
        addresses("network.listen", &self.network.listen)?;
        addresses("network.external", &self.network.external)?;
        within("listings.confirm_every_days", self.listings.confirm_every_days.into(), 730)?;
        command("notify.command", &self.notify.command)?;
        within("notify.timeout_seconds", self.notify.timeout_seconds.into(), 300)?;
        self.mail.check()?;
        self.openid.check()?;
        within("sync.recent_every_seconds", self.sync.recent_every_seconds.into(), 3_600)?;
        within("sync.full_every_seconds", self.sync.full_every_seconds.into(), 86_400)?;
        at_least("limits.records_pinned", self.limits.records_pinned)?;
        at_least("limits.records_open", self.limits.records_open)?;
        at_least("limits.register_records", self.limits.register_records)
    }

    /// The network, once the name was checked.
    ///
    /// # Errors
    /// When the name was changed to one that no network can have.
    pub fn network(&self) -> Result<Network, ConfigError> {
        let name = &self.network.name;
        Network::new(name).map_err(|problem| wrong("network.name", name, problem.to_string()))
    }
}

/// Fewest records worth holding of anybody: below, an organisation's own identity would not fit.
const RECORDS_LEAST: usize = 64;

fn addresses(key: &'static str, texts: &[String]) -> Result<(), ConfigError> {
    if texts.len() > ADDRESSES {
        return Err(wrong(key, &format!("{} addresses", texts.len()), format!("at most {ADDRESSES} are taken")));
    }
    let form = "an address looks like /ip4/0.0.0.0/tcp/4101 or /ip4/0.0.0.0/udp/4101/quic-v1";
    let bad = |text: &&String| text.len() > ADDRESS_BYTES || text.parse::<Address>().is_err();
    texts.iter().find(bad).map_or(Ok(()), |text| Err(wrong(key, &format!("\"{text}\""), form.to_owned())))
}

/// A command is started in `/`, so that a relative path would not mean what it says.
fn command(key: &'static str, words: &[String]) -> Result<(), ConfigError> {
    let Some(program) = words.first() else { return Ok(()) };
    let found = !program.trim().is_empty() && (program.starts_with('/') || !program.contains('/'));
    if found && words.iter().all(|word| !word.contains('\0')) {
        return Ok(());
    }
    let right = "begin with a program, by its whole path or its bare name, and give each argument as a text of its own";
    Err(wrong(key, &format!("{words:?}"), right.to_owned()))
}

fn within(key: &'static str, value: u64, most: u64) -> Result<(), ConfigError> {
    let fits = (1..=most).contains(&value);
    if fits { Ok(()) } else { Err(wrong(key, &value.to_string(), format!("1 to {most} are taken"))) }
}

fn at_least(key: &'static str, value: usize) -> Result<(), ConfigError> {
    let fits = value >= RECORDS_LEAST;
    if fits { Ok(()) } else { Err(wrong(key, &value.to_string(), format!("at least {RECORDS_LEAST} are needed"))) }
}

fn wrong(key: &'static str, value: &str, problem: String) -> ConfigError {
    ConfigError::Value { key, value: value.to_owned(), problem }
}
