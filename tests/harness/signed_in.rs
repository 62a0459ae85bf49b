//! Somebody with a browser that is signed in: a cookie, and the word that browsers add for pages of the same site.

use serde_json::Value;

use super::http::{Answer, Api};
use super::node::Node;

/// What browsers say of a request that a page of the same site sent.
pub(crate) const OWN_PAGE: (&str, &str) = ("sec-fetch-site", "same-origin");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("content-type", "application/json");

/// A signed-in browser.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    api: Api,
    pub(crate) cookie: String,
}

impl Node {
    /// Adds somebody, and gives their id.
    #[track_caller]
    pub(crate) fn adds(&self, name: &str, email: &str, roles: &[&str]) -> String {
        let mut arguments = vec!["--json", "person", "add", "--name", name, "--email", email];
        for role in roles {
            arguments.extend(["--role", role]);
        }
        self.run(&arguments).json()["id"].as_str().expect("an id").to_owned()
    }

    /// A link that signs somebody in, without the node's address before it.
    #[track_caller]
    pub(crate) fn link(&self, person: &str) -> String {
        let said = self.run(&["person", "link", person]);
        let (_, token) = said.done().trim().split_once("/sign-in/").expect("a link to sign in");
        format!("/sign-in/{token}")
    }

    /// Signs somebody in.
    #[track_caller]
    pub(crate) fn signs_in(&self, person: &str) -> Browser {
        let api = self.api().with_token(None);
        let answer = api.ask("POST", &self.link(person), &[OWN_PAGE], b"");
        assert_eq!(answer.status, 303, "{}", answer.text());
        Browser { cookie: cookie(&answer), api }
    }
}

/// The cookie that an answer sets, as the next request sends it.
pub(crate) fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

impl Browser {
    /// Somebody who shows this cookie.
    pub(crate) fn with_cookie(node: &Node, cookie: &str) -> Self {
        Self { api: node.api().with_token(None), cookie: cookie.to_owned() }
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut all = vec![("cookie", self.cookie.as_str())];
        all.extend(headers);
        self.api.ask(method, path, &all, body)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, &[OWN_PAGE, JSON], body.to_string().as_bytes())
    }

    /// Sends a form of a page, with what the page put into it.
    pub(crate) fn submit(&self, path: &str, form: &str) -> Answer {
        self.ask("POST", path, &[OWN_PAGE, FORM], form.as_bytes())
    }

    /// What the forms of one's own page carry.
    #[track_caller]
    pub(crate) fn form(&self) -> String {
        let page = self.get("/me").text();
        let (_, rest) = page.split_once("name=\"form\" value=\"").expect("a form");
        format!("form={}", rest.split('"').next().expect("its token"))
    }
}
