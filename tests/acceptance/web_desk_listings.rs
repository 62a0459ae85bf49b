//! The registrar's desk, listings: mentors are asked by mail after a look at whom that writes to, and what a listing says is
//! changed beside what others would see of it.

use serde_json::Value;

use crate::harness::gate::places;
use crate::harness::http::Answer;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::signed_in::{Browser, OWN_PAGE};
use crate::harness::wait::until_true;
use crate::web_desk::{field, page, send};

/// A mentor who agreed to nothing yet.
fn draft(node: &Node, name: &str) -> String {
    let mut listing = mentor(name, "Knows the press");
    listing["consent"] = Value::Null;
    node.api().post("/api/v1/listings", &listing).done()["id"].as_str().unwrap().to_owned()
}

fn invited(node: &Node) -> u64 {
    node.api().get("/api/v1/audit?act=listing.invited").done()["total"].as_u64().unwrap()
}

fn registrar(node: &Node) -> Browser {
    node.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    node.signs_in("rae@example.org")
}

#[test]
fn mentors_are_asked_by_mail_only_after_a_look_at_who_they_are() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let rae = registrar(&ada);
    let di = draft(&ada, "Di Duarte");
    draft(&ada, "Em Ek");
    draft(&ada, "Fay Frost");

    let one = format!("/desk/listings/{di}/invite");
    let look = page(&rae, &one);
    assert!(look.contains("A mail goes to di.duarte@example.org"), "{look}");
    assert_eq!(send(&rae, &one, &[]).status, 409, "nobody is asked unlooked");
    assert_eq!(invited(&ada), 0);
    let done = send(&rae, &one, &[("seen", &field(&look, "seen"))]);
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(invited(&ada), 1);
    assert!(page(&rae, &format!("/desk/listings/{di}")).contains("the mentor was asked on"));

    assert!(page(&rae, "/desk/listings").contains("Ask 2 mentors who were never asked"));
    let look = page(&rae, "/desk/invitations");
    assert!(look.contains("Em Ek: em.ek@example.org") && look.contains("Fay Frost"), "{look}");
    assert!(!look.contains("Di Duarte"), "she was asked: {look}");
    assert_eq!(send(&rae, "/desk/invitations", &[]).status, 409);
    let stale = field(&look, "seen");
    draft(&ada, "Gil Gray");
    let refused = send(&rae, "/desk/invitations", &[("seen", &stale)]);
    assert!(refused.status == 409 && refused.text().contains("Gil Gray"), "{}", refused.text());
    assert_eq!(invited(&ada), 1, "nobody is asked whom the page did not name");
    let done = send(&rae, "/desk/invitations", &[("seen", &field(&refused.text(), "seen"))]);
    assert_eq!((done.status, done.header("location")), (303, "/desk/listings?state=draft"), "{}", done.text());
    assert_eq!(invited(&ada), 4);
    until_true("the mails are written", || ada.run(&["mail", "list"]).done().contains("gil.gray@example.org"));
    let nobody = page(&rae, "/desk/invitations");
    assert!(
        nobody.contains("Every mentor without consent was asked") && !nobody.contains("type=\"submit\""),
        "{nobody}"
    );
    let again = send(&rae, &one, &[("seen", &field(&page(&rae, &one), "seen"))]);
    assert!(again.status == 409 && again.text().contains("once a day"), "{}", again.text());
    let by_people = ada.api().get("/api/v1/audit?act=listing.invited&by=person").done();
    assert_eq!(by_people["total"], 4, "each with who asked: {by_people}");
}

/// What the form of a listing holds, as a browser would send it back with some fields changed.
fn form(html: &str, changed: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for part in html.split("<input ").skip(1) {
        let tag = part.split('>').next().unwrap();
        let value = |name: &str| {
            let rest = tag.split(&format!("{name}=\"")).nth(1)?;
            Some(rest.split('"').next()?.replace("&#38;", "&").replace("&#39;", "'"))
        };
        if value("type").as_deref() == Some("checkbox") && !tag.contains(" checked") {
            continue;
        }
        pairs.extend(value("name").zip(value("value")));
    }
    for part in html.split("<textarea id=\"").skip(1) {
        let (name, rest) = part.split_once('"').unwrap();
        let text = rest.split_once(">\n").and_then(|(_, rest)| rest.split_once("</textarea>")).unwrap().0;
        pairs.push((name.to_owned(), text.to_owned()));
    }
    for part in html.split("<select id=\"").skip(1) {
        let (name, rest) = part.split_once('"').unwrap();
        let options = rest.split("</select>").next().unwrap();
        let chosen = options.split("<option value=\"").skip(1).find(|option| option.contains(" selected"));
        pairs.extend(chosen.map(|option| (name.to_owned(), option.split('"').next().unwrap().to_owned())));
    }
    for (name, value) in changed {
        pairs.retain(|(known, _)| known != name);
        pairs.push(((*name).to_owned(), (*value).to_owned()));
    }
    pairs
}

fn sends(browser: &Browser, path: &str, pairs: &[(String, String)]) -> Answer {
    let pairs: Vec<_> =
        pairs.iter().filter(|(name, _)| name != "form").map(|(name, value)| (name.as_str(), value.as_str())).collect();
    send(browser, path, &pairs)
}

#[test]
fn a_registrar_changes_what_a_listing_says_beside_what_others_would_see_of_it() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let rae = registrar(&ada);
    let id = ada.publish(&mentor("Di Duarte", "Knows the press"));
    let of = format!("/api/v1/listings/{id}");
    let before = ada.api().get(&of).done();
    let path = format!("/desk/listings/{id}/edit");
    let first = page(&rae, &path);
    assert!(page(&rae, &format!("/desk/listings/{id}")).contains(&path));

    // What nobody touched is sent back as it was.
    let same = form(&first, &[("do", "save")]);
    let done = sends(&rae, &path, &same);
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(ada.api().get(&of).done()["etag"], before["etag"], "saving what it says changes nothing");

    let changes = [
        ("headline", "Knows radio"),
        ("email", "di@elsewhere.example"),
        ("standing", "trainee"),
        ("programme", "Year one"),
        ("ends_on", "2027-09-30"),
    ];
    let look = sends(&rae, &path, &form(&first, &[&changes[..], &[("do", "look")]].concat()));
    let text = look.text();
    assert!(look.status == 200 && look.body.len() < 60_000, "{} bytes: {text}", look.body.len());
    let (shown, kept) = text.split_once("What stays here").expect("two halves");
    assert!(shown.contains("<dd dir=\"auto\">Knows radio</dd>") && kept.contains("di@elsewhere.example"), "{text}");
    assert!(!shown.contains("di@elsewhere.example"), "an address is nobody else's business: {text}");
    assert_eq!(ada.api().get(&of).done()["etag"], before["etag"], "looking changes nothing");

    // What cannot be read is named, and everything typed is still there.
    for (name, value, says) in [
        ("given_on", "yesterday", "not a day like"),
        ("email", "nowhere", "is not an e-mail address"),
        ("display_name", "", "profile.display_name"),
    ] {
        let wrong = sends(&rae, &path, &form(&text, &[("bio", "A new text."), (name, value), ("do", "save")]));
        let text = wrong.text();
        let said = text.contains(says) || text.contains(&format!("href=\"#{name}\""));
        assert!(wrong.status == 422 && said, "{name}: {text}");
        assert!(text.contains("A new text.") && text.contains(&format!("value=\"{value}\"")), "{name}: {text}");
        assert!(
            text.contains(&format!("aria-describedby=\"{name}")) || text.contains(&format!("{name}-problem")),
            "{text}"
        );
    }

    let saved = sends(&rae, &path, &form(&text, &[("do", "save")]));
    assert_eq!(
        (saved.status, saved.header("location")),
        (303, format!("/desk/listings/{id}").as_str()),
        "{}",
        saved.text()
    );
    let now = ada.api().get(&of).done();
    assert_eq!(now["profile"]["headline"], "Knows radio");
    assert_eq!((&now["contact"]["email"], &now["edited"]), (&"di@elsewhere.example".into(), &true.into()), "{now}");
    assert_eq!(now["profile"]["practice"]["programme"], "Year one");
    assert_eq!(now["consent"], before["consent"], "what was not touched stays");
    assert!(
        ada.search("press").to_string().contains("Knows the press"),
        "the network sees what it saw until it is published again"
    );

    // The first page is old by now: what somebody else saved is not overwritten, and what was typed stays.
    let stale = sends(&rae, &path, &form(&first, &[("headline", "Knows the theatre"), ("do", "save")]));
    let text = stale.text();
    assert!(stale.status == 412 && text.contains("changed since") && text.contains("Knows the theatre"), "{text}");
    assert_eq!(ada.api().get(&of).done()["profile"]["headline"], "Knows radio");
    let trail = ada.api().get("/api/v1/audit?act=listing.edited&by=person").done();
    assert_eq!(trail["total"], 1, "{trail}");
}

/// The form of an import as a browser sends it with a file.
fn with_file(browser: &Browser, pairs: &[(&str, &str)], file: &[u8]) -> Answer {
    let token = browser.form();
    let token = token.split_once('=').unwrap().1;
    let mut body = Vec::new();
    for (name, value) in [&[("form", token)], pairs].concat() {
        let part = format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"mentors.csv\"\r\n\
                content-type: text/csv\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    browser.ask("POST", "/desk/import", &[OWN_PAGE, ("content-type", "multipart/form-data; boundary=edge")], &body)
}

#[test]
fn a_file_is_imported_as_it_was_checked_and_takes_the_place_of_nothing_typed() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let rae = registrar(&ada);
    let total = || ada.api().get("/api/v1/listings").done()["total"].as_u64().unwrap();
    // As an old spreadsheet writes it: semicolons, Windows-1252.
    let file =
        b"display_name;email;headline\r\nZo\xeb M\xfcller;zoe@example.org;Knows the press\r\nNobody;nowhere;None\r\n";
    let checked = with_file(&rae, &[("text", ""), ("do", "check")], file);
    let found = checked.text();
    assert!(checked.status == 200 && found.contains("1 mentor would be added") && found.contains("Line 3:"), "{found}");
    assert!(found.contains("Zoë Müller;zoe@example.org"), "its text stands in the field: {found}");
    assert_eq!(total(), 0, "checking changes nothing");

    let table = "display_name;email;headline\r\nZoë Müller;zoe@example.org;Knows the press\r\nNobody;nowhere;None\r\n";
    let (seen, brought) = (field(&found, "seen"), field(&found, "brought"));
    let kept = [("text", table), ("brought", brought.as_str()), ("seen", seen.as_str())];
    // Another file may come in the place of one, and is checked first.
    let other = b"display_name,email,headline\nEm Ek,em@example.org,Knows radio\n";
    let again = with_file(&rae, &[&kept[..], &[("do", "import")]].concat(), other);
    assert!(again.status == 409 && again.text().contains("Em Ek") && total() == 0, "{}", again.text());
    // What somebody typed is not overwritten by a file.
    let typed = with_file(&rae, &[("text", "a table of my own"), ("brought", &brought), ("do", "check")], other);
    let text = typed.text();
    assert!(typed.status == 422 && text.contains("a table of my own") && text.contains("file-wrong"), "{text}");
    let binary = with_file(&rae, &[("text", ""), ("do", "check")], b"PK\x03\x04\x00\x00\x00");
    assert!(binary.status == 422 && binary.text().contains("is no text"), "{}", binary.text());
    let large = with_file(&rae, &[("text", ""), ("do", "check")], &vec![b'a'; 2 * 1024 * 1024]);
    large.refused(413, "too_large");
    let forged = rae.ask(
        "POST",
        "/desk/import",
        &[OWN_PAGE, ("content-type", "multipart/form-data; boundary=edge")],
        b"--edge\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\na,b\r\n--edge--\r\n",
    );
    forged.refused(403, "forbidden");

    let done = with_file(&rae, &[&kept[..], &[("do", "import")]].concat(), b"");
    assert_eq!((done.status, done.header("location")), (303, "/desk/import"), "{}", done.text());
    assert_eq!(total(), 1);
    let listing = &ada.api().get("/api/v1/listings").done()["items"][0];
    assert_eq!(listing["profile"]["display_name"], "Zoë Müller");
    assert!(page(&rae, "/desk/audit?act=listing.imported").contains("Rae Registrar"));
}
