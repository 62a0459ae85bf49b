//! People sign in by a link, see what is theirs, and leave; every address opens to whom the interface's document says.

use serde_json::json;

use crate::harness::gate::places;
use crate::harness::introductions::request;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::signed_in::{Browser, OWN_PAGE, cookie};
use crate::harness::wait::{until, until_true};

#[test]
fn a_link_is_looked_at_by_anything_and_used_once_and_its_session_ends_everywhere() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.adds("Cy Cooper", "cy@example.org", &[]);
    let nobody = ada.api().with_token(None);
    let link = ada.link("cy@example.org");

    // A scanner of mail opens every link it sees, and follows none of its buttons.
    for method in ["GET", "HEAD", "GET"] {
        let looked = nobody.ask(method, &link, &[], b"");
        assert_eq!(looked.status, 200, "{}", looked.text());
        assert_eq!(looked.header("referrer-policy"), "no-referrer");
        assert_eq!(looked.header("cache-control"), "no-store");
        assert!(looked.header("set-cookie").is_empty());
    }
    for foreign in [&[("sec-fetch-site", "cross-site")][..], &[("origin", "https://mallory.example")], &[]] {
        assert_eq!(nobody.ask("POST", &link, foreign, b"").status, 403, "another site cannot press it: {foreign:?}");
    }
    let entered = nobody.ask("POST", &link, &[OWN_PAGE], b"");
    assert_eq!((entered.status, entered.header("location")), (303, "/me"), "{}", entered.text());
    let set = entered.header("set-cookie").to_owned();
    assert!(["HttpOnly", "SameSite=Lax", "Path=/"].iter().all(|word| set.contains(word)), "{set}");
    nobody.ask("POST", &link, &[OWN_PAGE], b"").refused(404, "not_found");

    let cy = Browser::with_cookie(&ada, &cookie(&entered));
    let also_cy = ada.signs_in("cy@example.org");
    let page = cy.get("/me");
    assert!(page.status == 200 && page.text().contains("cy@example.org"), "{}", page.text());
    let unused = ada.link("cy@example.org");
    for (headers, form) in [(vec![("sec-fetch-site", "cross-site")], cy.form()), (vec![OWN_PAGE], "form=".to_owned())] {
        let mut all = headers.clone();
        all.push(("content-type", "application/x-www-form-urlencoded"));
        assert_eq!(cy.ask("POST", "/sign-out/everywhere", &all, form.as_bytes()).status, 403, "{headers:?} {form}");
    }
    let left = cy.submit("/sign-out/everywhere", &cy.form());
    assert_eq!((left.status, left.header("location")), (303, "/sign-in"), "{}", left.text());
    for browser in [&cy, &also_cy] {
        let asked = browser.get("/me");
        assert_eq!((asked.status, asked.header("location")), (303, "/sign-in"), "{}", asked.text());
        browser.get("/api/v1/introductions").refused(401, "unauthorised");
    }
    assert_eq!(nobody.ask("POST", &unused, &[OWN_PAGE], b"").status, 404, "a link that was not used is over too");
}

#[test]
fn people_are_added_listed_given_roles_and_barred_from_the_command_line() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let di = ["--name", "Di Duarte", "--email", "Di@example.org", "--role", "registrar"];
    let added = ada.run(&[&["person", "add"][..], &di[..]].concat());
    let (id, _) = added.done().split_once(' ').expect("an id and a name");
    ada.run(&[&["person", "add"][..], &di[..]].concat()).exits(1).says(id);
    ada.run(&["person", "add", "--name", "Cy", "--email", "cy"]).exits(2).says("e-mail address");
    ada.run(&["person", "list", "--role", "registrar"]).says("Di@example.org").says("registrar");
    ada.run(&["person", "list", "--role", "operator"]).says("nobody");
    ada.run(&["person", "roles", "di@example.org"]).says("Di Duarte: registrar");
    ada.run(&["person", "roles", id, "--set", "operator", "--set", "programme_lead"]).says("programme_lead, operator");
    ada.run(&["person", "link", &id[..8]]).says("/sign-in/").says("it works once");
    ada.run(&["person", "roles", id, "--none", "--disable"]).says("no role, barred");
    ada.run(&["person", "link", "di@example.org"]).exits(1).says("barred").says("--enable");
    ada.run(&["person", "link", "mallory@example.org"]).exits(3).says("person add");
    ada.run(&["person", "roles", id, "--enable"]).says("Di Duarte: no role");
}

#[test]
fn an_unknown_address_is_told_nothing_and_asking_too_often_is_refused_alike() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.adds("Cy Cooper", "cy@example.org", &[]);
    let nobody = ada.api().with_token(None);
    let form = ("content-type", "application/x-www-form-urlencoded");
    let ask = |email: &str, from: &str| {
        let body = format!("email={}", email.replace('@', "%40"));
        nobody.ask("POST", "/sign-in", &[OWN_PAGE, form, ("x-forwarded-for", from)], body.as_bytes())
    };
    let told = |answer: &crate::harness::http::Answer| {
        let headers: Vec<_> = answer.headers.iter().filter(|(name, _)| name != "date").cloned().collect();
        (answer.status, headers, answer.text())
    };
    let (known, unknown) = (ask("cy@example.org", "192.0.2.1"), ask("mallory@example.org", "192.0.2.1"));
    assert_eq!(known.status, 200, "{}", known.text());
    assert_eq!(told(&known), told(&unknown));
    for _ in 0..2 {
        ask("cy@example.org", "192.0.2.2");
        ask("mallory@example.org", "192.0.2.2");
    }
    let (known, unknown) = (ask("cy@example.org", "192.0.2.3"), ask("mallory@example.org", "192.0.2.3"));
    assert_eq!(known.status, 429, "{}", known.text());
    assert_eq!(told(&known), told(&unknown));
    assert_eq!(ask("not an address", "192.0.2.3").status, 422);
    let foreign = nobody.ask("POST", "/sign-in", &[form, ("sec-fetch-site", "cross-site")], b"email=cy%40example.org");
    assert_eq!(foreign.status, 403);
}

#[test]
fn a_link_that_signs_in_or_agrees_is_shown_to_the_token_alone() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.adds("Cy Cooper", "cy@example.org", &[]);
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let (registrar, form) = (ada.signs_in("rae@example.org"), ("content-type", "application/x-www-form-urlencoded"));
    ada.api().with_token(None).ask("POST", "/sign-in", &[OWN_PAGE, form], b"email=cy%40example.org");
    let draft =
        ada.api().post("/api/v1/listings", &mentor("Di Ek", "Bridges")).done()["id"].as_str().unwrap().to_owned();
    ada.api().post(&format!("/api/v1/listings/{draft}/invite"), &json!({})).done();
    for (what, link) in [("sign_in", "/sign-in/"), ("invitation", "/act/")] {
        let id = until(&format!("`{what}` is in the outbox"), || {
            let mails = ada.api().get("/api/v1/mail").done();
            let mail = mails["items"].as_array().unwrap().iter().find(|mail| mail["what"] == what).cloned()?;
            Some(mail["id"].as_str().unwrap().to_owned())
        });
        let path = format!("/api/v1/mail/{id}");
        let whole = ada.api().get(&path).done();
        assert!(whole["text"].as_str().unwrap().contains(link), "{whole}");
        // Whoever reads the link can be the person.
        let seen = registrar.get(&path).done();
        assert_eq!((&seen["what"], &seen["text"], &seen["html"]), (&json!(what), &json!(null), &json!(null)));
    }
}

#[test]
fn one_person_never_sees_what_is_another_s() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let profile = ada.profile_id(&ada.publish(&mentor("Ada Okafor", "Social media for public relations")));
    ada.comes_to_find("Ada Okafor");
    for (name, email, roles) in [
        ("Cy Cooper", "cy@example.org", &[][..]),
        ("Di Duarte", "di@example.org", &[]),
        ("Ada Okafor", "ADA.okafor@example.org", &[]),
        ("Rae Registrar", "rae@example.org", &["registrar"]),
    ] {
        ada.adds(name, email, roles);
    }
    let [cy, di, mentor, registrar] =
        ["cy@example.org", "di@example.org", "ada.okafor@example.org", "rae@example.org"].map(|who| ada.signs_in(who));
    let asked = request(&profile, "Fifteen minutes on social media", "Cy Cooper", "CY@example.org");
    di.post("/api/v1/introductions", &asked).refused(422, "invalid");
    let sent = cy.post("/api/v1/introductions", &asked);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let id = sent.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/introductions/{id}");
    ada.comes_to_stand(&id, &["delivered", "notified"]);

    // Whose it is not hears what everybody hears of what never was.
    let never = "a".repeat(26);
    let unknown = di.get(&format!("/api/v1/introductions/{never}")).refused(404, "not_found");
    assert_eq!(di.get(&path).refused(404, "not_found").replace(&id, &never), unknown);
    di.get(&path[..path.len() - 10]).refused(404, "not_found");
    for (step, body) in [("accept", json!({})), ("withdraw", json!({})), ("answer", json!({ "text": "It is mine." }))] {
        di.post(&format!("{path}/{step}"), &body).refused(404, "not_found");
    }
    assert_eq!(di.get("/api/v1/introductions").done()["total"], 0);

    // Each of the two has a side, and no other.
    let seen = cy.get(&path).done();
    assert_eq!((&seen["direction"], &seen["title"]), (&json!("sent"), &json!("Fifteen minutes on social media")));
    cy.get(&format!("{path}?direction=received")).refused(404, "not_found");
    cy.post(&format!("{path}/accept"), &json!({})).refused(409, "conflict");
    assert_eq!(mentor.get(&path).done()["direction"], "received");
    mentor.post(&format!("{path}/withdraw"), &json!({})).refused(409, "conflict");
    for browser in [&cy, &mentor] {
        assert_eq!(browser.get("/api/v1/introductions").done()["total"], 1);
    }

    // A registrar sees where it stands; the words only with a reason, and then the trail has it.
    let withheld = registrar.get(&path).done();
    assert_eq!((&withheld["withheld"], &withheld["purpose"]), (&json!(true), &json!("")), "{withheld}");
    let list = registrar.get("/api/v1/introductions").text();
    assert!(list.contains(&id) && !list.contains("accountancy") && !list.contains("Fifteen minutes"), "{list}");
    let read = registrar.get(&format!("{path}?reason=a%20complaint%20of%20the%20mentor")).done();
    assert!(read["purpose"].as_str().unwrap().contains("accountancy") && read.get("withheld").is_none(), "{read}");

    let accepted = mentor.post(&format!("{path}/accept"), &json!({ "message": "Gladly." }));
    assert_eq!(accepted.status, 200, "{}", accepted.text());
    until_true("Cy sees the yes and the address", || {
        let seen = cy.get(&path).done();
        seen["state"] == "accepted" && seen["contact"]["email"] == "ada.okafor@example.org"
    });
    assert!(registrar.get(&path).done()["contact"].is_null(), "no address for a registrar");
}

#[test]
fn the_same_key_of_two_people_is_two_requests() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let listing = mentor("Ada Okafor", "Social media for public relations");
    for email in ["rae@example.org", "sam@example.org"] {
        ada.adds("Somebody", email, &["registrar"]);
    }
    let add = |who: &str| {
        let headers = [OWN_PAGE, ("content-type", "application/json"), ("idempotency-key", "the same")];
        ada.signs_in(who).ask("POST", "/api/v1/listings", &headers, listing.to_string().as_bytes())
    };
    assert_eq!(add("rae@example.org").status, 201);
    assert_eq!(add("rae@example.org").header("idempotency-replayed"), "true");
    add("sam@example.org").refused(409, "conflict");
}

#[test]
fn every_operation_opens_to_whom_the_document_says_and_to_nobody_else() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    let document = ada.api().get("/openapi.json").done();
    let mut everybody = Vec::new();
    for role in ["registrar", "programme_lead", "operator"] {
        let email = format!("{role}@example.org");
        ada.adds(role, &email, &[role]);
        everybody.push((role, ada.signs_in(&email)));
    }
    for (who, email) in [("mentor", "ada.okafor@example.org"), ("mentee", "cy@example.org")] {
        ada.adds(who, email, &[]);
        everybody.push((who, ada.signs_in(email)));
    }
    let gone = ada.signs_in("registrar@example.org");
    assert_eq!(gone.submit("/sign-out", &gone.form()).status, 303);
    let name = gone.cookie.split('=').next().unwrap().to_owned();
    everybody.push(("ended session", gone));
    everybody.push(("forged session", Browser::with_cookie(&ada, &format!("{name}={}", "a".repeat(52)))));
    everybody.push(("nobody", Browser::with_cookie(&ada, "nothing=at_all")));

    let mut asked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, says) in item.as_object().unwrap() {
            let may: Vec<_> =
                says["x-may"].as_array().expect("who may").iter().map(|who| who.as_str().unwrap()).collect();
            let (method, path) =
                (method.to_uppercase(), path.replace("{id}", "zzzzzz").replace("{organisation}", "zzzzzz"));
            for (who, browser) in &everybody {
                // From elsewhere, so that being on this machine opens nothing.
                let headers = [OWN_PAGE, ("x-forwarded-for", "192.0.2.1"), ("content-type", "text/nonsense")];
                let status = browser.ask(&method, &path, &headers, b"").status;
                let signed_in = ["registrar", "programme_lead", "operator", "mentor", "mentee"].contains(who);
                let open = may.contains(&"anybody") || may.contains(who) || (signed_in && may.contains(&"signed_in"));
                let refused = if signed_in { 403 } else { 401 };
                let right = if open { ![401, 403].contains(&status) } else { status == refused };
                assert!(right, "{method} {path} as {who} answered {status}; it opens to {may:?}");
                asked += 1;
            }
        }
    }
    assert!(asked > 300, "{asked}");
}
