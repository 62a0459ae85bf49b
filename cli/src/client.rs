//! A client of a running node: one method per way of asking, every refusal turned into a [`Failure`].

use std::io::Read;
use std::net::IpAddr;
use std::time::Duration;

use mentormesh_protocol::api::{List, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::http::Response;
use ureq::{Agent, Body, SendBody};

use crate::failure::{Failure, FailureKind};

/// A node that is there accepts within this time, however slow its answer.
const CONNECT: Duration = Duration::from_secs(5);
/// The slowest answer that is still an answer: joining a peer and one round of sync.
const ANSWER: Duration = Duration::from_secs(90);
/// The largest answer that is read: a page of the longest profiles, twice over.
const ANSWER_BYTES: u64 = 64 * 1024 * 1024;

/// How to reach one node's API.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    agent: Agent,
    base: String,
    loopback: bool,
    token: Option<String>,
}

impl Client {
    /// Prepares to ask the node at `url`; connects to nothing yet.
    pub(crate) fn new(url: &str) -> Result<Self, Failure> {
        let wrong =
            || Failure::usage(format!("`{url}` is not the address of a node; one looks like http://127.0.0.1:8080"));
        let uri: ureq::http::Uri = url.parse().map_err(|_| wrong())?;
        let host = uri.host().filter(|_| matches!(uri.scheme_str(), Some("http" | "https"))).ok_or_else(wrong)?;
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let loopback = host == "localhost" || literal.is_ok_and(|address| address.is_loopback());
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(ANSWER));
        if loopback {
            // A proxy for the outside world does not lead to this machine.
            config = config.proxy(None);
        }
        let agent = config.build().new_agent();
        Ok(Self { agent, base: url.trim_end_matches('/').to_owned(), loopback, token: None })
    }

    /// The same client, showing this token.
    pub(crate) fn with_token(mut self, token: Option<String>) -> Self {
        self.token = token;
        self
    }

    /// Whether the node is on this machine.
    pub(crate) const fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether another address on this machine is the same node's: `localhost` and `127.0.0.1` are two names of it.
    pub(crate) fn leads_to(&self, other: &str) -> bool {
        let port = |url: &str| url.parse::<ureq::http::Uri>().ok()?.port_u16();
        self.loopback && port(&self.base).is_some() && port(&self.base) == port(other)
    }

    /// Asks for something.
    pub(crate) fn get(&self, path: &str) -> Result<Value, Failure> {
        self.get_with(path, &[])
    }

    /// Asks for something by filters; a filter may be there several times.
    pub(crate) fn get_with(&self, path: &str, filters: &[(&str, String)]) -> Result<Value, Failure> {
        read_json(self.fetch(path, filters)?)
    }

    /// Asks for everything that filters find, page after page.
    pub(crate) fn all(&self, path: &str, filters: &[(&str, String)]) -> Result<List<Value>, Failure> {
        let mut whole = List::whole(Vec::new());
        let mut after: Option<String> = None;
        loop {
            let mut asked = filters.to_vec();
            asked.extend(after.map(|after| ("after", after)));
            let page: List<Value> = typed(&self.get_with(path, &asked)?)?;
            whole.total = page.total;
            // A page of nothing ends it, whatever the node says comes next.
            let ended = page.items.is_empty();
            whole.items.extend(page.items);
            after = page.next;
            if after.is_none() || ended {
                return Ok(whole);
            }
        }
    }

    /// Asks for bytes.
    pub(crate) fn bytes(&self, path: &str) -> Result<Vec<u8>, Failure> {
        let mut response = self.fetch(path, &[])?;
        response.body_mut().with_config().limit(ANSWER_BYTES).read_to_vec().map_err(|error| broken(&error))
    }

    fn fetch(&self, path: &str, filters: &[(&str, String)]) -> Result<Response<Body>, Failure> {
        let pairs = filters.iter().map(|(name, value)| (*name, value.as_str()));
        let mut request = self.agent.get(self.url(path)).query_pairs(pairs);
        if let Some(bearer) = self.bearer() {
            request = request.header("Authorization", bearer);
        }
        self.answered(request.call())
    }

    /// Posts something.
    pub(crate) fn post(&self, path: &str, body: &impl Serialize) -> Result<Value, Failure> {
        let mut request = self.agent.post(self.url(path));
        if let Some(bearer) = self.bearer() {
            request = request.header("Authorization", bearer);
        }
        read_json(self.answered(request.send_json(body))?)
    }

    /// Puts something in the place of what is there; `version` is the `If-Match` of what was read.
    pub(crate) fn put(&self, path: &str, body: &impl Serialize, version: Option<&str>) -> Result<Value, Failure> {
        let mut request = self.agent.put(self.url(path));
        if let Some(bearer) = self.bearer() {
            request = request.header("Authorization", bearer);
        }
        if let Some(version) = version {
            request = request.header("If-Match", format!("\"{}\"", version.trim_matches('"')));
        }
        read_json(self.answered(request.send_json(body))?)
    }

    /// Deletes something; there is nothing to answer.
    pub(crate) fn delete(&self, path: &str) -> Result<(), Failure> {
        let mut request = self.agent.delete(self.url(path));
        if let Some(bearer) = self.bearer() {
            request = request.header("Authorization", bearer);
        }
        self.answered(request.call()).map(drop)
    }

    /// Posts a file as it is read, however long that takes.
    pub(crate) fn upload(&self, path: &str, media_type: &str, mut file: impl Read) -> Result<Value, Failure> {
        let mut request = self.agent.post(self.url(path)).content_type(media_type);
        if let Some(bearer) = self.bearer() {
            request = request.header("Authorization", bearer);
        }
        let request = request.config().timeout_recv_response(None).build();
        read_json(self.answered(request.send(SendBody::from_reader(&mut file)))?)
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.base)
    }

    fn bearer(&self) -> Option<String> {
        self.token.as_ref().map(|token| format!("Bearer {token}"))
    }

    fn answered(&self, outcome: Result<Response<Body>, ureq::Error>) -> Result<Response<Body>, Failure> {
        let mut response = outcome.map_err(|error| {
            Failure::unreachable(format!("the node at {} does not answer: {error}", self.base))
                .hint("start it with `mentormesh serve`, or name another with --node URL or --data-dir DIR")
        })?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        let text = response.body_mut().read_to_string().unwrap_or_default();
        let Ok(problem) = serde_json::from_str::<Problem>(&text) else {
            let message = format!("{} answered {status}, and not as a node of this version does", self.base);
            return Err(Failure::failed(message).hint("is this the address of a Mentormesh node?"));
        };
        let unauthorised = status.as_u16() == 401;
        let failure = Failure::from(problem);
        Err(if unauthorised {
            failure.hint("show the node's token with --token-file FILE, or name its data folder with --data-dir DIR")
        } else {
            failure
        })
    }
}

/// Reads what the node answered as one of the API's types.
pub(crate) fn typed<T: DeserializeOwned>(answer: &Value) -> Result<T, Failure> {
    T::deserialize(answer).map_err(|error| {
        Failure::failed(format!("the node's answer cannot be read: {error}"))
            .hint("is the node of another version than this command? see `mentormesh --version` and `status`")
    })
}

fn read_json(mut response: Response<Body>) -> Result<Value, Failure> {
    let text = response.body_mut().with_config().limit(ANSWER_BYTES).read_to_string();
    let text = text.map_err(|error| broken(&error))?;
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&text).map_err(|error| Failure::failed(format!("the node's answer is not JSON: {error}")))
}

fn broken(error: &ureq::Error) -> Failure {
    Failure { kind: FailureKind::Unreachable, ..Failure::failed(format!("the answer broke off: {error}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_none_is_refused_before_anything_is_sent() {
        for url in ["", "8080", "localhost:8080", "ftp://localhost", "http://"] {
            assert_eq!(Client::new(url).map_err(|failure| failure.kind).err(), Some(FailureKind::Usage), "{url}");
        }
    }

    #[test]
    fn this_machine_is_known_by_every_name_it_has() {
        for (url, own) in [
            ("http://127.0.0.1:1", true),
            ("http://localhost:1/", true),
            ("http://[::1]:1", true),
            ("https://mentors.example.org", false),
            ("http://127.0.0.1.example.org", false),
        ] {
            assert_eq!(Client::new(url).map(|client| client.is_loopback()).ok(), Some(own), "{url}");
        }
    }

    #[test]
    fn one_node_has_several_names_and_another_port_is_another_node() {
        for (url, same) in [
            ("http://127.0.0.1:8080", true),
            ("http://localhost:8080/", true),
            ("http://127.0.0.1:8081", false),
            ("http://127.0.0.1", false),
            ("https://mentors.example.org:8080", false),
        ] {
            let leads = Client::new(url).map(|client| client.leads_to("http://127.0.0.1:8080"));
            assert_eq!(leads.ok(), Some(same), "{url}");
        }
    }

    #[test]
    fn a_node_that_is_not_there_is_exit_code_five_with_what_to_do() {
        // The port was free a moment ago, so nobody listens on it.
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let url = format!("http://{}", free.expect("a free port"));
        let failure = Client::new(&url).and_then(|client| client.get("/status")).expect_err("nobody listens");
        assert_eq!(failure.kind, FailureKind::Unreachable);
        assert!(failure.hints.iter().any(|hint| hint.contains("mentormesh serve")), "{failure:?}");
    }
}
