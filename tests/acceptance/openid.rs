//! People sign in with what their organisation already uses: a provider of OpenID Connect that nobody here wrote.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::gate::places;
use crate::harness::http::{Answer, Api};
use crate::harness::node::Node;
use crate::harness::python;
use crate::harness::signed_in::{Browser, cookie};
use crate::harness::wait::until;

/// The provider; it ends with its story.
struct Provider {
    _folder: TempDir,
    address: String,
    child: Child,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn beside(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("provider").join(file)
}

impl Provider {
    /// Starts one; none where there is no Python.
    fn start() -> Option<Self> {
        let python = python::with(&beside("requirements.txt"))?;
        let folder = TempDir::new().unwrap();
        let mut command = Command::new(python);
        command.arg("-B").arg(beside("provider.py")).arg(folder.path());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let address = until("the provider is ready", || {
            assert!(child.try_wait().unwrap().is_none(), "the provider ended before it was ready");
            fs::read_to_string(folder.path().join("address")).ok()
        });
        Some(Self { _folder: folder, address, child })
    }

    /// What it knows of somebody.
    fn knows(&self, who: &str, claims: &Value) {
        let api = Api::new(&self.address, None);
        let headers = [("content-type", "application/json")];
        let answer = api.ask("PUT", &format!("/users/{who}"), &headers, claims.to_string().as_bytes());
        assert_eq!(answer.status, 204, "{}", answer.text());
    }

    /// Somebody presses a button on its page; where it sends the browser then, at the node.
    fn sends_back(&self, went: &str, form: &str) -> String {
        let path = went.strip_prefix(&self.address).expect("an address of the provider");
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let answer = Api::new(&self.address, None).ask("POST", path, &headers, form.as_bytes());
        let back = answer.header("location").to_owned();
        let at = back.find("/sign-in/").unwrap_or_else(|| panic!("{} {}", answer.status, answer.text()));
        back[at..].to_owned()
    }
}

fn node(provider: &Provider) -> Node {
    let mut ada = Node::init("Ada's Institute");
    let secret = ada.data().join("openid-secret");
    fs::write(&secret, "s3cret\n").unwrap();
    ada.set("openid", "issuer", &json!(provider.address).to_string());
    ada.set("openid", "client_id", "\"ada\"");
    ada.set("openid", "client_secret_file", &json!(secret).to_string());
    ada.serve();
    ada
}

/// A browser goes to the provider: its cookie, and where it was sent.
fn goes(ada: &Node) -> (Browser, String) {
    let went = ada.api().with_token(None).get("/sign-in/openid");
    assert_eq!(went.status, 303, "{}", went.text());
    (Browser::with_cookie(ada, &cookie(&went)), went.header("location").to_owned())
}

/// The session that an answer begins.
fn session(ada: &Node, answer: &Answer) -> Browser {
    assert_eq!((answer.status, answer.header("location")), (303, "/me"), "{}", answer.text());
    let set = answer.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value);
    let kept: Vec<_> = set.filter(|value| !value.contains("Max-Age=0")).collect();
    assert_eq!(kept.len(), 1, "one cookie is kept and the other forgotten: {:?}", answer.headers);
    assert!(["HttpOnly", "SameSite=Lax", "Path=/"].iter().all(|word| kept[0].contains(word)), "{kept:?}");
    Browser::with_cookie(ada, kept[0].split(';').next().unwrap())
}

#[test]
fn whom_the_organisation_vouches_for_is_signed_in_once_in_the_browser_that_went() {
    let Some(provider) = Provider::start() else { return };
    let _places = places(1);
    let ada = node(&provider);
    ada.adds("Cy Cooper", "cy@example.org", &["registrar"]);
    provider.knows("cy", &json!({"email": "Cy@example.org", "email_verified": true}));

    let page = ada.api().with_token(None).get("/sign-in").text();
    assert!(page.contains("href=\"/sign-in/openid\"") && page.contains("Sign in with"), "{page}");
    let (browser, went) = goes(&ada);
    for word in ["response_type=code", "code_challenge_method=S256", "nonce=", "state=", "scope=openid+email"] {
        assert!(went.contains(word), "{word}: {went}");
    }
    let back = provider.sends_back(&went, "sub=cy");

    // Nobody else can use what the provider sent: another browser, none, or another beginning.
    let (other, _) = goes(&ada);
    other.get(&back).refused(403, "forbidden");
    ada.api().with_token(None).get(&back).refused(403, "forbidden");
    browser.get(&back.replace("state=", "state=a")).refused(403, "forbidden");

    let cy = session(&ada, &browser.get(&back));
    let page = cy.get("/me");
    assert!(page.status == 200 && page.text().contains("cy@example.org"), "{}", page.text());
    browser.get(&back).refused(403, "forbidden");
}

#[test]
fn whoever_is_vouched_for_comes_back_to_the_page_they_wanted_and_is_written_to_in_its_language() {
    let Some(provider) = Provider::start() else { return };
    let _places = places(1);
    let ada = node(&provider);
    ada.adds("Di Duarte", "di@example.org", &[]);
    provider.knows("di", &json!({"email": "di@example.org", "email_verified": true}));
    let nobody = ada.api().with_token(None);
    let page = nobody.get("/sign-in?to=/requests").text();
    assert!(page.contains("href=\"/sign-in/openid?to=/requests\""), "{page}");
    for (wanted, reached) in [("/requests", "/requests"), ("//mallory.example/me", "/me")] {
        let went = nobody.get(&format!("/sign-in/openid?to={wanted}"));
        let browser = Browser::with_cookie(&ada, &cookie(&went));
        let back = provider.sends_back(went.header("location"), "sub=di");
        let entered = browser.ask("GET", &back, &[("accept-language", "de")], b"");
        assert_eq!((entered.status, entered.header("location")), (303, reached), "{}", entered.text());
    }
    let di = ada.run(&["--json", "person", "list"]).json();
    assert_eq!(di["items"][0]["locale"], "de", "{di}");
}

#[test]
fn a_word_that_was_given_to_another_browser_is_none() {
    let Some(provider) = Provider::start() else { return };
    let _places = places(1);
    let ada = node(&provider);
    ada.adds("Cy Cooper", "cy@example.org", &[]);
    provider.knows("cy", &json!({"email": "cy@example.org", "email_verified": true}));
    // Mallory has a code of Cy's, and puts it into a sign-in of their own.
    let (_, cys) = goes(&ada);
    let stolen = provider.sends_back(&cys, "sub=cy");
    let (mallory, went) = goes(&ada);
    let own = provider.sends_back(&went, "sub=mallory");
    let part = |back: &str, name: &str| {
        let (_, rest) = back.split_once(&format!("{name}=")).expect("a part");
        rest.split('&').next().unwrap().to_owned()
    };
    let mixed = format!("/sign-in/openid/back?code={}&state={}", part(&stolen, "code"), part(&own, "state"));
    assert!(mallory.get(&mixed).refused(403, "forbidden").contains("did not say who you are"));
}

#[test]
fn whom_nobody_here_knows_or_nobody_vouches_for_is_not_let_in() {
    let Some(provider) = Provider::start() else { return };
    let _places = places(1);
    let ada = node(&provider);
    ada.adds("Cy Cooper", "cy@example.org", &[]);
    provider.knows("stranger", &json!({"email": "di@example.org", "email_verified": true}));
    provider.knows("unproven", &json!({"email": "cy@example.org", "email_verified": false}));
    provider.knows("silent", &json!({"email": "cy@example.org"}));
    provider.knows("nameless", &json!({}));
    for (who, says) in [
        ("sub=stranger", "nobody at this node"),
        ("sub=unproven", "vouches for no e-mail address"),
        ("sub=silent", "vouches for no e-mail address"),
        ("sub=nameless", "vouches for no e-mail address"),
        ("action=deny", "broken off"),
    ] {
        let (browser, went) = goes(&ada);
        let back = provider.sends_back(&went, who);
        let said = browser.get(&back).refused(403, "forbidden");
        assert!(said.contains(says), "{who}: {said}");
    }
}

#[test]
fn a_provider_that_is_gone_is_one_clear_line_and_links_go_on() {
    let Some(provider) = Provider::start() else { return };
    let _places = places(1);
    let ada = node(&provider);
    ada.adds("Cy Cooper", "cy@example.org", &[]);
    drop(provider);
    let said = ada.api().with_token(None).get("/sign-in/openid").refused(503, "busy");
    assert!(said.contains("does not answer"), "{said}");
    ada.signs_in("cy@example.org");
}

#[test]
fn a_node_without_a_provider_has_no_such_way_in_and_a_wrong_one_is_named_at_the_start() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.api().with_token(None).get("/sign-in/openid").refused(404, "not_found");
    assert!(!ada.api().with_token(None).get("/sign-in").text().contains("/sign-in/openid"));
    let bo = Node::init("Bo's Academy");
    bo.set("openid", "issuer", "\"http://login.example.org\"");
    bo.run(&["config", "check"]).exits(1).says("openid.issuer").says("https://");
}
