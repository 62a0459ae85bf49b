//! `[mail]`: how mail leaves this node, when it may, and where its links lead.

use std::net::IpAddr;
use std::path::Path;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::load::ConfigError;

/// Mail to mentors and mentees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct MailConfig {
    /// The name of a mail server that takes this node's mail: `smtp.example.org`. Empty: nothing is sent, and
    /// `mentormesh mail list` shows what waits, to be read and handed on.
    #[config(default = "", env = "MENTORMESH_MAIL_SERVER")]
    pub server: String,
    /// Its port: usually 587 with starttls, 465 with tls.
    #[config(default = 587, env = "MENTORMESH_MAIL_PORT")]
    pub port: u16,
    /// starttls, tls, or none. `none` is taken only for a server on this machine.
    #[config(default = "starttls", env = "MENTORMESH_MAIL_SECURITY")]
    pub security: MailSecurity,
    /// Who mail is from, best an address whose answers somebody reads: `mentors@example.org`.
    #[config(default = "", env = "MENTORMESH_MAIL_FROM")]
    pub from: String,
    /// The name to sign in to the mail server with. Empty: without.
    #[config(default = "", env = "MENTORMESH_MAIL_USERNAME")]
    pub username: String,
    /// A file that holds the password, by its whole path, readable by the node's user alone.
    #[config(default = "", env = "MENTORMESH_MAIL_PASSWORD_FILE")]
    pub password_file: String,
    /// A file with the certificate (PEM) of an authority of your own that vouches for the mail server. Empty: the
    /// usual ones.
    #[config(default = "", env = "MENTORMESH_MAIL_CA_FILE")]
    pub ca_file: String,
    /// Where people reach this node's pages, for the links in mail: `https://mentors.example.org`. Empty: the address
    /// that HTTP is served at, which only this machine may reach.
    #[config(default = "", env = "MENTORMESH_MAIL_PUBLIC_URL")]
    pub public_url: String,
    /// Hours in which only what somebody waits for, like a sign-in link, is sent: `21:00-07:00`. Empty: none.
    #[config(default = "", env = "MENTORMESH_MAIL_QUIET_HOURS")]
    pub quiet_hours: String,
    /// The time zone of these hours: `Europe/London`.
    #[config(default = "UTC", env = "MENTORMESH_MAIL_QUIET_ZONE")]
    pub quiet_zone: String,
    /// The language of mail to people who never said which they read: en, de, fr or es.
    #[config(default = "en", env = "MENTORMESH_MAIL_LANGUAGE")]
    pub language: MailLanguage,
}

/// A language that mail is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailLanguage {
    /// English.
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
}

impl MailLanguage {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::En, Self::De, Self::Fr, Self::Es];

    /// Its tag (BCP 47).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
        }
    }
}

/// How the way to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// TLS after a greeting in clear; a server without it is refused.
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// Nothing.
    None,
}

impl MailConfig {
    /// The beginning and the end of quiet hours, if there are any.
    #[must_use]
    pub fn quiet(&self) -> Option<(Time, Time, TimeZone)> {
        let (from, until) = self.quiet_hours.split_once('-')?;
        let time = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
        let zone = TimeZone::get(&self.quiet_zone).ok()?;
        Some((time(from)?, time(until)?, zone)).filter(|(from, until, _)| from != until)
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        self.check_server()?;
        for (key, file) in [("mail.password_file", &self.password_file), ("mail.ca_file", &self.ca_file)] {
            if !file.is_empty() && !Path::new(file).is_absolute() {
                return Err(wrong(key, file, "give the file by its whole path"));
            }
        }
        if self.username.is_empty() != self.password_file.is_empty() {
            return Err(wrong(
                "mail.username",
                &self.username,
                "username and password_file go together; give both, or neither",
            ));
        }
        if !self.public_url.is_empty() && !is_public_url(&self.public_url) {
            let right = "write it like https://mentors.example.org, without a path; http is taken for this machine";
            return Err(wrong("mail.public_url", &self.public_url, right));
        }
        if TimeZone::get(&self.quiet_zone).is_err() {
            return Err(wrong("mail.quiet_zone", &self.quiet_zone, "write a time zone like Europe/London"));
        }
        if !self.quiet_hours.is_empty() && self.quiet().is_none() {
            return Err(wrong("mail.quiet_hours", &self.quiet_hours, "write them like 21:00-07:00"));
        }
        Ok(())
    }

    fn check_server(&self) -> Result<(), ConfigError> {
        if self.server.is_empty() {
            return Ok(());
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
        if self.server.len() > 253 || !self.server.chars().all(plain) {
            let right = "write the name or address of a mail server like smtp.example.org; its port is mail.port";
            return Err(wrong("mail.server", &self.server, right));
        }
        if self.port == 0 {
            return Err(wrong("mail.port", "0", "1 to 65535 are taken"));
        }
        let plain = !self.from.contains(|c: char| c.is_whitespace() || c.is_control());
        let sender = self.from.rsplit_once('@').filter(|(name, host)| plain && !name.is_empty() && !host.is_empty());
        if sender.is_none() {
            return Err(wrong(
                "mail.from",
                &self.from,
                "write the address that mail is from, like mentors@example.org",
            ));
        }
        if self.security == MailSecurity::None && !is_here(&self.server) {
            let right = "what people are told would cross the network in clear; take starttls or tls, or a server on \
                         this machine";
            return Err(wrong("mail.security", "none", right));
        }
        Ok(())
    }
}

/// Whether a host is this very machine.
fn is_here(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_public_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let host = rest.trim_end_matches('/');
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let name = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(name, _)| name);
    let named = !name.is_empty() && host.chars().all(plain);
    named && (scheme == "https" || scheme == "http" && is_here(name))
}

fn wrong(key: &'static str, value: &str, problem: &str) -> ConfigError {
    ConfigError::Value { key, value: format!("\"{value}\""), problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn mail() -> MailConfig {
        let server = "smtp.example.org".to_owned();
        let from = "mentors@example.org".to_owned();
        MailConfig { server, from, ..Config::defaults().expect("the defaults are valid").mail }
    }

    fn problem(config: &MailConfig) -> String {
        config.check().expect_err("it breaks a rule").to_string()
    }

    #[test]
    fn mail_in_clear_is_for_this_machine_alone() {
        let clear = MailConfig { security: MailSecurity::None, ..mail() };
        assert!(problem(&clear).contains("in clear"), "{}", problem(&clear));
        for here in ["localhost", "127.0.0.1", "::1"] {
            let local = MailConfig { server: here.to_owned(), ..clear.clone() };
            assert!(local.check().is_ok(), "{here}");
        }
        assert!(mail().check().is_ok());
    }

    #[test]
    fn what_is_wrong_is_named_with_what_would_be_right() {
        let text = |text: &str| text.to_owned();
        for (config, says) in [
            (MailConfig { from: text("mentors"), ..mail() }, "mail.from"),
            (MailConfig { server: text("smtp://example.org"), ..mail() }, "mail.server"),
            (MailConfig { port: 0, ..mail() }, "mail.port"),
            (MailConfig { username: text("ada"), ..mail() }, "go together"),
            (MailConfig { password_file: text("secret"), ..mail() }, "whole path"),
            (MailConfig { ca_file: text("ca.pem"), ..mail() }, "whole path"),
            (MailConfig { public_url: text("mentors.example.org"), ..mail() }, "mail.public_url"),
            (MailConfig { public_url: text("http://mentors.example.org"), ..mail() }, "mail.public_url"),
            (MailConfig { public_url: text("https://mentors.example.org/mentors"), ..mail() }, "without a path"),
            (MailConfig { quiet_zone: text("Mars/Olympus"), ..mail() }, "mail.quiet_zone"),
            (MailConfig { quiet_hours: text("late"), ..mail() }, "mail.quiet_hours"),
            (MailConfig { quiet_hours: text("21:00-21:00"), ..mail() }, "mail.quiet_hours"),
        ] {
            assert!(problem(&config).contains(says), "{says}: {}", problem(&config));
        }
        let url = MailConfig { public_url: text("https://mentors.example.org"), ..mail() };
        assert!(url.check().is_ok());
        let nothing = MailConfig { server: String::new(), from: String::new(), ..mail() };
        assert!(nothing.check().is_ok(), "a node without a mail server");
    }
}
