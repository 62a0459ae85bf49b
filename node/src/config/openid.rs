//! `[openid]`: the organisation's own sign-in, where it has one.

use std::net::IpAddr;
use std::path::Path;

use serde::Serialize;

use super::load::ConfigError;

/// Longest name of a provider, in characters.
const NAME: usize = 60;

/// Signing in with what the organisation already uses (OpenID Connect Core 1.0), beside links by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct OpenIdConfig {
    /// The address of the provider, as it calls itself: `https://login.example.org`. Empty: nobody signs in this way.
    /// A program that was built without the feature `openid` refuses anything else.
    #[config(default = "", env = "MENTORMESH_OPENID_ISSUER")]
    pub issuer: String,
    /// The name under which the provider knows this node.
    #[config(default = "", env = "MENTORMESH_OPENID_CLIENT_ID")]
    pub client_id: String,
    /// A file that holds the secret of that name, by its whole path, readable by the node's user alone. Empty: the
    /// provider asks for none.
    #[config(default = "", env = "MENTORMESH_OPENID_CLIENT_SECRET_FILE")]
    pub client_secret_file: String,
    /// What the provider is called on the page: `Example membership`. Empty: the organisation's name.
    #[config(default = "", env = "MENTORMESH_OPENID_NAME")]
    pub name: String,
}

impl OpenIdConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.issuer.is_empty() {
            return Ok(());
        }
        if !cfg!(feature = "openid") {
            let right = "this program was built without OpenID Connect; build it with --features openid, or leave this \
                         empty";
            return Err(wrong("openid.issuer", &self.issuer, right));
        }
        if !is_issuer(&self.issuer) {
            let right = "write it like https://login.example.org; http is taken for this machine alone";
            return Err(wrong("openid.issuer", &self.issuer, right));
        }
        if self.client_id.is_empty() {
            return Err(wrong("openid.client_id", "", "write the name that the provider gave this node"));
        }
        if !self.client_secret_file.is_empty() && !Path::new(&self.client_secret_file).is_absolute() {
            let right = "give the file by its whole path";
            return Err(wrong("openid.client_secret_file", &self.client_secret_file, right));
        }
        if self.name.chars().count() > NAME || self.name.contains(char::is_control) {
            return Err(wrong("openid.name", &self.name, "at most 60 characters in one line are taken"));
        }
        Ok(())
    }
}

/// Whether an address can be a provider's (OpenID Connect Discovery 1.0, section 3): https without query or fragment.
fn is_issuer(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok());
    let host = host.map_or(authority, |(host, _)| host).trim_start_matches('[').trim_end_matches(']');
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let plain = text.chars().all(|c| c.is_ascii_graphic() && !"?#@\"<>\\".contains(c));
    !host.is_empty() && plain && (scheme == "https" || scheme == "http" && here)
}

fn wrong(key: &'static str, value: &str, problem: &str) -> ConfigError {
    ConfigError::Value { key, value: format!("\"{value}\""), problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(issuer: &str) -> OpenIdConfig {
        let (client_id, client_secret_file, name) = ("ada".to_owned(), String::new(), String::new());
        OpenIdConfig { issuer: issuer.to_owned(), client_id, client_secret_file, name }
    }

    #[test]
    fn without_a_provider_nothing_is_asked_of_the_rest() {
        assert!(OpenIdConfig { client_id: String::new(), ..config("") }.check().is_ok());
    }

    #[cfg(not(feature = "openid"))]
    #[test]
    fn a_program_that_cannot_says_so() {
        let problem = config("https://login.example.org").check().map_err(|problem| problem.to_string());
        assert!(problem.is_err_and(|problem| problem.contains("--features openid")));
    }

    #[cfg(feature = "openid")]
    #[test]
    fn a_provider_is_reached_in_clear_on_this_machine_alone() {
        for right in ["https://login.example.org", "https://example.org/realms/a", "http://localhost:9400"] {
            assert!(config(right).check().is_ok(), "{right}");
        }
        for wrong in ["http://login.example.org", "login.example.org", "https://", "https://a.example?b", "ftp://a"] {
            let problem = config(wrong).check().map_err(|problem| problem.to_string());
            assert!(problem.is_err_and(|problem| problem.contains("openid.issuer")), "{wrong}");
        }
    }

    #[cfg(feature = "openid")]
    #[test]
    fn what_is_wrong_is_named() {
        let of = |config: OpenIdConfig| config.check().map_err(|problem| problem.to_string()).err().unwrap_or_default();
        let right = config("https://login.example.org");
        assert!(of(OpenIdConfig { client_id: String::new(), ..right.clone() }).contains("openid.client_id"));
        let file = OpenIdConfig { client_secret_file: "secret".to_owned(), ..right.clone() };
        assert!(of(file).contains("openid.client_secret_file"));
        assert!(of(OpenIdConfig { name: "a".repeat(61), ..right }).contains("openid.name"));
    }
}
