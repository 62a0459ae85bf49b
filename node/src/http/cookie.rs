//! The one cookie: a session's token. No script can read it, no other site can send it along with a change.

use axum::http::{HeaderMap, HeaderValue, header};
use mentormesh_protocol::OrganisationId;

use super::error::Failure;

/// How the cookie is called where people reach the node over https: browsers then hold it to this very host.
const SECURE: &str = "__Host-mentormesh";
/// How it begins elsewhere; nodes on one machine share its cookies, so each has a name of its own.
const PLAIN: &str = "mentormesh-";

/// What a request's cookies say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown<'h> {
    /// Nothing about a session.
    Nothing,
    /// A session's token, right or wrong.
    Token(&'h str),
    /// Several: somebody else's page may have planted one, so none counts.
    Several,
}

/// How the cookie of this node is written and read.
#[derive(Clone, Debug)]
pub(super) struct Cookie {
    name: String,
    secure: bool,
}

impl Cookie {
    pub(super) fn new(organisation: &OrganisationId, secure: bool) -> Self {
        let name = if secure { SECURE.to_owned() } else { format!("{PLAIN}{}", organisation.short()) };
        Self { name, secure }
    }

    /// The cookie of a sign-in that is under way: not a session's, and gone with it.
    #[cfg(feature = "openid")]
    pub(super) fn of_flow(&self) -> Self {
        Self { name: format!("{}-openid", self.name), secure: self.secure }
    }

    pub(super) fn read<'h>(&self, headers: &'h HeaderMap) -> Shown<'h> {
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let pairs = pairs.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let mut tokens = pairs.filter(|(name, _)| *name == self.name).map(|(_, token)| token);
        match (tokens.next(), tokens.next()) {
            (None, _) => Shown::Nothing,
            (Some(token), None) => Shown::Token(token),
            (Some(_), Some(_)) => Shown::Several,
        }
    }

    /// Has the browser keep a token for so many seconds.
    pub(super) fn keep(&self, token: &str, seconds: u64) -> Result<HeaderValue, Failure> {
        self.header(token, seconds)
    }

    /// Has the browser forget it.
    pub(super) fn forget(&self) -> Result<HeaderValue, Failure> {
        self.header("", 0)
    }

    fn header(&self, token: &str, seconds: u64) -> Result<HeaderValue, Failure> {
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!("{}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", self.name);
        HeaderValue::try_from(text).map_err(|error| Failure::fault(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: OrganisationId = OrganisationId([1; 32]);

    fn sent(values: &[&'static str]) -> HeaderMap {
        values.iter().map(|value| (header::COOKIE, HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn over_https_the_cookie_is_held_to_this_host_and_to_https() {
        let cookie = Cookie::new(&ADA, true).keep("abc", 60).expect("a header");
        let expected = "__Host-mentormesh=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure";
        assert_eq!(cookie.to_str().ok(), Some(expected));
    }

    #[test]
    fn two_nodes_on_one_machine_have_two_cookies() {
        let name = |number| Cookie::new(&OrganisationId([number; 32]), false).name;
        assert_ne!(name(1), name(2));
        let cookie = Cookie::new(&ADA, false).forget().expect("a header");
        assert!(cookie.to_str().is_ok_and(|text| text.contains("Max-Age=0") && !text.contains("Secure")));
    }

    #[test]
    fn one_token_is_read_among_other_cookies_and_two_are_none() {
        let cookie = Cookie::new(&ADA, true);
        assert_eq!(cookie.read(&sent(&["a=b; __Host-mentormesh=abc; c=d"])), Shown::Token("abc"));
        assert_eq!(cookie.read(&sent(&["a=b", "x-__Host-mentormesh=abc"])), Shown::Nothing);
        assert_eq!(cookie.read(&sent(&["__Host-mentormesh=abc; __Host-mentormesh=mallory"])), Shown::Several);
        assert_eq!(cookie.read(&sent(&["__Host-mentormesh=abc", "__Host-mentormesh=mallory"])), Shown::Several);
    }
}
