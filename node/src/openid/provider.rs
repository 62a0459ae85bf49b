//! The provider: where it sends people, and which address of mail it vouches for when they come back.

use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mentormesh_protocol::api::{ErrorCode, Problem};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl,
    Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _,
};
use tokio::sync::{Semaphore, watch};
use ureq::Agent;

use super::fetch::{agent, fetch};
use super::flow::Flow;
use crate::config::OpenIdConfig;

/// How long what the provider says of itself is believed; a key that it changed meanwhile is asked for at once.
const BELIEVED: Duration = Duration::from_secs(600);
/// People who wait for the provider at once; one more is told to come again.
const WAITING: usize = 8;
/// Largest file of a secret that is read.
const SECRET_BYTES: u64 = 4_096;
/// Longest code that a provider may send.
const CODE: usize = 2_048;
/// Where the provider sends people back to.
const BACK: &str = "/sign-in/openid/back";

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// Why nobody can sign in with the provider as configured.
#[derive(Debug, thiserror::Error)]
pub enum OpenIdStartError {
    /// The secret cannot be read.
    #[error("openid.client_secret_file = \"{file}\" cannot be read: {source}")]
    Secret {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// An address is none.
    #[error("openid.issuer = \"{issuer}\": {problem}")]
    Address {
        /// As configured.
        issuer: String,
        /// What is wrong.
        problem: String,
    },
}

/// The organisation's own sign-in; clones share it.
#[derive(Clone, Debug)]
pub struct OpenId {
    known: Arc<Known>,
    waiting: Arc<Semaphore>,
}

#[derive(Debug)]
struct Known {
    name: String,
    issuer: IssuerUrl,
    id: ClientId,
    secret: Option<ClientSecret>,
    back: RedirectUrl,
    agent: Agent,
    said: watch::Sender<Option<(Instant, CoreProviderMetadata)>>,
}

impl OpenId {
    /// The provider of a configuration, if it names one. `home` is where people reach this node.
    ///
    /// # Errors
    /// When the secret cannot be read or an address is none. The provider itself is asked only when somebody comes.
    pub fn of(config: &OpenIdConfig, home: &str) -> Result<Option<Self>, OpenIdStartError> {
        if config.issuer.is_empty() {
            return Ok(None);
        }
        let address = |problem: &dyn std::fmt::Display| OpenIdStartError::Address {
            issuer: config.issuer.clone(),
            problem: problem.to_string(),
        };
        let back = format!("{}{BACK}", home.trim_end_matches('/'));
        let known = Known {
            name: config.name.clone(),
            issuer: IssuerUrl::new(config.issuer.clone()).map_err(|error| address(&error))?,
            id: ClientId::new(config.client_id.clone()),
            secret: secret(&config.client_secret_file)?.map(ClientSecret::new),
            back: RedirectUrl::new(back).map_err(|error| address(&error))?,
            agent: agent(),
            said: watch::channel(None).0,
        };
        Ok(Some(Self { known: Arc::new(known), waiting: Arc::new(Semaphore::new(WAITING)) }))
    }

    /// What it is called on the page; nothing where it is called like the organisation.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        Some(self.known.name.as_str()).filter(|name| !name.is_empty())
    }

    /// Where a browser goes to say who it is.
    ///
    /// # Errors
    /// When the provider does not answer, or too many wait for it.
    pub async fn address(&self, flow: Flow) -> Result<String, Problem> {
        self.talk(move |known| known.address(&flow)).await
    }

    /// The address of mail that the provider vouches for, of whoever came back with `code`.
    ///
    /// # Errors
    /// When the provider does not answer, its word does not stand, or it vouches for no address.
    pub async fn email(&self, flow: Flow, code: &str) -> Result<String, Problem> {
        if code.len() > CODE {
            return Err(refused("the code is too long to be one"));
        }
        let code = AuthorizationCode::new(code.to_owned());
        self.talk(move |known| known.email(&flow, code)).await
    }

    /// Talks where it may wait.
    async fn talk<T: Send + 'static>(
        &self,
        talk: impl FnOnce(&Known) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let busy = || Problem::new(ErrorCode::Busy, "too many people sign in at this moment");
        let turn = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| busy())?;
        let known = Arc::clone(&self.known);
        let talk = tokio::task::spawn_blocking(move || {
            let answer = talk(&known);
            drop(turn);
            answer
        });
        talk.await.map_err(|error| Problem::new(ErrorCode::Internal, error.to_string()))?
    }
}

impl Known {
    fn address(&self, flow: &Flow) -> Result<String, Problem> {
        let client = self.client(self.metadata(BELIEVED)?);
        let (state, nonce) = (flow.state(), flow.nonce());
        let start = client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            || CsrfToken::new(state),
            || Nonce::new(nonce),
        );
        let verifier = PkceCodeVerifier::new(flow.verifier());
        let start = start.add_scope(Scope::new("email".to_owned()));
        Ok(start.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier)).url().0.into())
    }

    fn email(&self, flow: &Flow, code: AuthorizationCode) -> Result<String, Problem> {
        let http = |request| fetch(&self.agent, request);
        // Asked for anew: the keys may have changed since the browser left.
        let client = self.client(self.metadata(Duration::ZERO)?);
        let exchange = client.exchange_code(code).map_err(|error| refused(&error))?;
        let exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(flow.verifier()));
        let said = exchange.request(&http).map_err(|error| refused(&error))?;
        let token = said.id_token().ok_or_else(|| refused("it did not say who it is"))?;
        let claims = token.claims(&client.id_token_verifier(), &Nonce::new(flow.nonce()));
        let claims = claims.map_err(|error| refused(&error))?;
        if let Some(email) = claims.email() {
            return vouched(email.as_str(), claims.email_verified());
        }
        // The address may be told to whoever asks with the token alone (OpenID Connect Core 1.0, section 5.4).
        let subject = claims.subject().clone();
        let ask = client.user_info(said.access_token().clone(), Some(subject)).map_err(|_| no_address())?;
        let more: CoreUserInfoClaims = ask.request(&http).map_err(|error| refused(&error))?;
        vouched(more.email().ok_or_else(no_address)?.as_str(), more.email_verified())
    }

    fn client(&self, metadata: CoreProviderMetadata) -> Client {
        let client = CoreClient::from_provider_metadata(metadata, self.id.clone(), self.secret.clone());
        client.set_redirect_uri(self.back.clone())
    }

    /// What the provider says of itself, as long ago at most as `age`.
    fn metadata(&self, age: Duration) -> Result<CoreProviderMetadata, Problem> {
        let said = self.said.borrow().clone();
        if let Some((at, metadata)) = said
            && at.elapsed() < age
        {
            return Ok(metadata);
        }
        let asked = CoreProviderMetadata::discover(&self.issuer, &|request| fetch(&self.agent, request));
        let metadata = asked.map_err(|error| {
            tracing::warn!(%error, cause = ?error, "the provider of OpenID Connect does not answer");
            let problem = "the organisation's own sign-in does not answer at this moment";
            Problem::new(ErrorCode::Busy, problem).with_next("try again soon, or ask for a link by mail at /sign-in")
        })?;
        self.said.send_replace(Some((Instant::now(), metadata.clone())));
        Ok(metadata)
    }
}

/// An address counts only if the provider made sure that it is theirs: an unproven one could be anybody's.
fn vouched(email: &str, verified: Option<bool>) -> Result<String, Problem> {
    if verified == Some(true) { Ok(email.to_owned()) } else { Err(no_address()) }
}

fn no_address() -> Problem {
    let problem = "the organisation's own sign-in vouches for no e-mail address of yours";
    Problem::new(ErrorCode::Forbidden, problem).with_next("ask for a link by mail at /sign-in, or ask the registrar")
}

/// That the provider's word does not stand; why is for the log, which names nobody.
fn refused(why: impl std::fmt::Display) -> Problem {
    tracing::warn!(%why, "a sign-in by OpenID Connect was refused");
    Problem::new(ErrorCode::Forbidden, "the organisation's own sign-in did not say who you are")
        .with_next("begin again at /sign-in")
}

fn secret(file: &str) -> Result<Option<String>, OpenIdStartError> {
    if file.is_empty() {
        return Ok(None);
    }
    let read = std::fs::File::open(file).and_then(|open| {
        let mut text = String::new();
        open.take(SECRET_BYTES).read_to_string(&mut text)?;
        Ok(text.trim_end_matches(['\r', '\n']).to_owned())
    });
    read.map(Some).map_err(|source| OpenIdStartError::Secret { file: file.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_nobody_vouches_for_signs_nobody_in() {
        assert_eq!(vouched("ada@example.org", Some(true)).ok().as_deref(), Some("ada@example.org"));
        for unproven in [None, Some(false)] {
            let refused = vouched("ada@example.org", unproven).map_err(|problem| problem.code);
            assert_eq!(refused, Err(ErrorCode::Forbidden));
        }
    }

    #[test]
    fn a_secret_is_read_without_its_line_end_and_one_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("secret");
        std::fs::write(&file, "s3cret\r\n").expect("a file");
        assert_eq!(secret(&file.to_string_lossy()).ok().flatten().as_deref(), Some("s3cret"));
        let absent = folder.path().join("absent").to_string_lossy().into_owned();
        assert!(secret(&absent).is_err_and(|error| error.to_string().contains("client_secret_file")));
        assert_eq!(secret("").ok().flatten(), None);
    }
}
