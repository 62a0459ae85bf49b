//! OpenID Connect: the organisation's own sign-in says who somebody is (OpenID Connect Core 1.0, the code flow with PKCE).
//!
//! Owns the talk with the provider and what is believed of it. Refuses to know who may sign in here, cookies and pages:
//! it answers with an address of mail that the provider vouches for. The only folder that names `openidconnect`; built
//! with the feature `openid` alone. Begin at [`OpenId`].

#![expect(clippy::result_large_err, reason = "a problem is the answer to a person, made once a request")]

mod fetch;
mod flow;
mod provider;

pub use flow::Flow;
pub use provider::{OpenId, OpenIdStartError};
