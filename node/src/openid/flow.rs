//! One way to the provider and back: a secret that stays in one browser, and what is derived of it for the others.
//!
//! Nothing is kept here meanwhile, so that nobody can fill this node with beginnings.

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::key::{base32, sha256};

/// Characters of a secret as text.
const TEXT: usize = 52;

/// The secret of one sign-in under way, as the browser's cookie holds it.
#[derive(Clone)]
pub struct Flow(String);

impl std::fmt::Debug for Flow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Flow(…)")
    }
}

impl Flow {
    /// How long the way may take, in seconds.
    pub const SECONDS: u64 = 600;

    /// A new one.
    ///
    /// # Errors
    /// When the machine gives no random numbers.
    pub fn draw() -> Result<Self, Problem> {
        let mut bytes = [0_u8; 32];
        let drawn = getrandom::fill(&mut bytes);
        drawn.map_err(|e| Problem::new(ErrorCode::Internal, format!("the machine gives no random numbers: {e}")))?;
        Ok(Self(base32().encode(&bytes)))
    }

    /// The one that a cookie holds, if it can be one.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let whole = text.len() == TEXT && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        whole.then(|| Self(text.to_owned()))
    }

    /// For the cookie.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether the provider sent back what this browser went with.
    #[must_use]
    pub fn is_back(&self, state: &str) -> bool {
        // Digests are compared, so that how long the comparison takes says nothing.
        sha256(self.state().as_bytes()) == sha256(state.as_bytes())
    }

    pub(super) fn state(&self) -> String {
        self.derived("state")
    }

    pub(super) fn nonce(&self) -> String {
        self.derived("nonce")
    }

    pub(super) fn verifier(&self) -> String {
        self.derived("verifier")
    }

    /// From none of these can the secret or another be found.
    fn derived(&self, what: &str) -> String {
        base32().encode(&sha256(format!("mentormesh openid {what} {}", self.0).as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_to_the_provider_says_nothing_of_what_stays() {
        let flow = Flow::draw().expect("a flow");
        let all = [flow.state(), flow.nonce(), flow.verifier(), flow.text().to_owned()];
        let different: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(different.len(), 4);
        assert_eq!(flow.verifier().len(), 52, "43 to 128 characters (RFC 7636, section 4.1)");
        assert!(!format!("{flow:?}").contains(flow.text()));
    }

    #[test]
    fn only_the_browser_that_went_comes_back() {
        let (here, there) = (Flow::draw().expect("a flow"), Flow::draw().expect("a flow"));
        assert!(here.is_back(&here.state()) && !here.is_back(&there.state()) && !here.is_back(""));
        let read = Flow::of(here.text()).expect("a flow");
        assert_eq!(read.state(), here.state());
        assert!(Flow::of("").is_none() && Flow::of(&"=".repeat(52)).is_none() && Flow::of(&"a".repeat(53)).is_none());
    }
}
