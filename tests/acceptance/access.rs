//! Who may ask what: the registrar's token everywhere, and reading without one only from this machine itself.

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;

#[test]
fn reading_is_free_from_this_machine_alone_and_everything_else_needs_the_token() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.comes_to_find("Ada Okafor");
    let (nobody, wrong) = (ada.api().with_token(None), ada.api().with_token(Some("not-the-token")));
    let search = "/api/v1/search?q=social";
    let profile = format!("/api/v1/profiles/{}.{id}", ada.org);
    let record = format!("{profile}/record");
    let page = format!("/mentors/{}.{id}", ada.org);

    let local: [&[(&str, &str)]; 5] = [
        &[],
        &[("host", "localhost")],
        &[("host", "localhost:8080")],
        &[("host", "127.0.0.1:1")],
        &[("host", "[::1]:8080")],
    ];
    for headers in local {
        for path in [search, &profile, &record, "/", &page] {
            let answer = nobody.ask("GET", path, headers, b"");
            assert_eq!(answer.status, 200, "{path} with {headers:?}: {}", answer.text());
        }
    }
    let foreign: [&[(&str, &str)]; 8] = [
        &[("host", "mentors.example.org")],
        &[("host", "localhost.example.org")],
        &[("host", "127.0.0.1.example.org:80")],
        &[("forwarded", "for=192.0.2.1")],
        &[("x-forwarded-for", "192.0.2.1")],
        &[("x-forwarded-host", "mentors.example.org")],
        &[("x-real-ip", "192.0.2.1")],
        &[("via", "1.1 proxy")],
    ];
    for headers in foreign {
        for path in [search, &profile, &record] {
            let answer = nobody.ask("GET", path, headers, b"");
            assert_eq!(answer.status, 401, "{path} with {headers:?}: {}", answer.text());
            answer.refused(401, "unauthorised");
        }
        assert_eq!(nobody.ask("GET", "/", headers, b"").status, 401, "the page with {headers:?}");
        ada.api().ask("GET", search, headers, b"").done();
    }
    for path in [
        "/api/v1/status",
        "/api/v1/listings",
        "/api/v1/trust",
        "/api/v1/peers",
        "/api/v1/sync",
        "/api/v1/introductions",
    ] {
        nobody.get(path).refused(401, "unauthorised");
        wrong.get(path).refused(401, "unauthorised");
        ada.api().get(path).done();
    }
    wrong.ask("GET", search, &[("host", "mentors.example.org")], b"").refused(401, "unauthorised");
    let body = mentor("Olu Adeyemi", "Press offices");
    nobody.post("/api/v1/listings", &body).refused(401, "unauthorised");
    wrong.post("/api/v1/organisations/self/sealing-key", &body).refused(401, "unauthorised");
    wrong.post("/api/v1/listings", &body).refused(401, "unauthorised");
    assert_eq!(ada.api().get("/api/v1/listings").done()["total"], 1);
    let challenge = nobody.get("/api/v1/status");
    assert!(challenge.header("www-authenticate").starts_with("Bearer"), "{:?}", challenge.headers);
}

#[test]
fn the_open_web_sees_only_who_agreed_to_it_and_only_if_the_operator_did() {
    let _places = places(1);
    let mut ada = Node::init("Ada's Institute");
    ada.set("search", "public", "true");
    ada.serve();
    let mut open = mentor("Ada Okafor", "Social media for public relations");
    open["consent"]["open_web"] = serde_json::json!(true);
    let open = ada.publish(&open);
    let closed = ada.publish(&mentor("Olu Adeyemi", "Press offices in a crisis"));
    ada.comes_to_find("Olu Adeyemi");
    let public = ada.api().with_token(None);
    let headers = [("host", "mentors.example.org"), ("x-forwarded-for", "192.0.2.1")];
    let page = public.ask("GET", "/api/v1/search", &headers, b"").done();
    assert_eq!(page["total"], 1, "{page}");
    assert_eq!(page["hits"][0]["profile"]["display_name"], "Ada Okafor");
    public.ask("GET", &format!("/api/v1/profiles/{}.{open}", ada.org), &headers, b"").done();
    public.ask("GET", &format!("/api/v1/profiles/{}.{closed}", ada.org), &headers, b"").refused(404, "not_found");
    let page = public.ask("GET", "/?q=press", &headers, b"");
    assert!(page.status == 200 && !page.text().contains("Olu Adeyemi"));
    public.ask("GET", "/api/v1/listings", &headers, b"").refused(401, "unauthorised");
}

#[cfg(unix)]
#[test]
fn keys_and_token_are_readable_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let ada = Node::init("Ada's Institute");
    let mut seen = 0;
    let mut waiting = vec![ada.data().join("keys"), ada.data().join("token")];
    while let Some(place) = waiting.pop() {
        let mode = place.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} has mode {mode:o}", place.display());
        seen += 1;
        if place.is_dir() {
            waiting.extend(place.read_dir().unwrap().flatten().map(|entry| entry.path()));
        }
    }
    assert!(seen >= 6, "keys (signing, sealing, node, rotation) and the token, not {seen} things");
}
