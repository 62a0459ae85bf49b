//! The registrar's desk, rights: what is asked is listed by urgency and answered once, after a look at the answer.

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::web_desk::{field, page, send};

/// Somebody files a request here, and gives the reference under which it can be looked up.
fn files(node: &Node, profile: &str, words: &str) -> String {
    let wish = json!({ "kind": "access", "profile": profile, "words": words, "reply": "ed@example.org" });
    let filed = node.api().with_token(None).post("/api/v1/rights", &wish).done();
    filed["reference"].as_str().unwrap().to_owned()
}

fn numbers(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_request_about_rights_is_answered_only_after_a_look_at_what_the_asker_will_read() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let rae = ada.signs_in("rae@example.org");
    let profile = ada.profile_id(&ada.publish(&mentor("Ada Okafor", "Social media")));
    assert!(page(&rae, "/desk/rights").contains("No request is like that"));
    let reference = files(&ada, &profile, "What do you <hold>?");
    assert!(page(&rae, "/desk").contains("rights, the most urgent first"));
    let list = page(&rae, "/desk/rights?open=true");
    assert!(list.contains("See what is held") && list.contains("open, due"), "{list}");
    let one = list.split("href=\"/desk/rights/").nth(1).and_then(|rest| rest.split('"').next()).expect("one");
    let one = format!("/desk/rights/{one}");
    let shown = page(&rae, &one);
    assert!(shown.contains("What do you &#60;hold&#62;?") && shown.contains("ed@example.org"), "{shown}");

    let message = "We hold your listing. Here it is.";
    let nothing = send(&rae, &one, &[("message", message), ("do", "look")]);
    assert!(nothing.status == 422 && nothing.text().contains("outcome-wrong"), "{}", nothing.text());
    assert!(nothing.text().contains(message), "what was typed stays");
    let answer = [("outcome", "done"), ("message", message)];
    let unlooked = send(&rae, &one, &[&answer[..], &[("do", "close")]].concat());
    assert!(unlooked.status == 409 && unlooked.text().contains("nothing was done"), "{}", unlooked.text());
    let look = send(&rae, &one, &[&answer[..], &[("do", "look")]].concat());
    let text = look.text();
    assert!(look.status == 200 && text.contains("What you asked for was done."), "{text}");
    let seen = field(&text, "seen");
    for other in [[("outcome", "refused"), ("message", message)], [("outcome", "done"), ("message", "Another one.")]] {
        let refused = send(&rae, &one, &[&other[..], &[("seen", &seen), ("do", "close")]].concat());
        assert!(refused.status == 409 && refused.text().contains("not what you saw"), "{}", refused.text());
    }
    assert!(page(&rae, &one).contains("It is open"), "nothing is sent yet");
    let done = send(&rae, &one, &[&answer[..], &[("seen", &seen), ("do", "close")]].concat());
    assert_eq!((done.status, done.header("location")), (303, one.as_str()), "{}", done.text());
    let closed = page(&rae, &one);
    assert!(closed.contains("It is answered") && closed.contains(message) && !closed.contains("<textarea"), "{closed}");
    let again = send(&rae, &one, &[&answer[..], &[("seen", &seen), ("do", "close")]].concat());
    assert!(again.status == 409 && again.text().contains("answered already"), "{}", again.text());
    assert!(page(&rae, "/desk/rights?open=false").contains("answered: What you asked for was done."));
    let told = ada.api().with_token(None).get(&format!("/api/v1/rights/filed/{reference}")).done();
    assert_eq!((&told["state"], &told["message"]), (&json!("answered"), &json!(message)));
    let trail = ada.api().get("/api/v1/audit?act=rights.closed&by=person").done();
    assert_eq!(trail["total"], 1, "{trail}");
}

#[test]
fn requests_are_read_page_by_page_the_open_ones_first() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let profile = ada.profile_id(&ada.publish(&mentor("Ada Okafor", "Social media")));
    for number in 0..4 {
        files(&ada, &profile, &format!("Wish {number}"));
    }
    let all = ada.api().get("/api/v1/rights").done();
    assert_eq!((all["total"].as_u64(), all.get("next")), (Some(4), None), "{all}");
    let first = numbers(&all)[0].clone();
    let close = json!({ "outcome": "nothing_held" });
    ada.api().post(&format!("/api/v1/rights/{first}/close"), &close).done();
    let (mut read, mut after) = (Vec::new(), String::new());
    for _ in 0..4 {
        let page = ada.api().get(&format!("/api/v1/rights?limit=1{after}")).done();
        assert_eq!(page["total"], 4);
        read.extend(numbers(&page));
        after = page["next"].as_str().map(|next| format!("&after={next}")).unwrap_or_default();
    }
    assert_eq!(after, "", "there are no more");
    let mut expected = numbers(&all);
    expected.rotate_left(1);
    assert_eq!(read, expected, "each once, the closed one last");
    ada.api().get("/api/v1/rights?after=nowhere").refused(422, "invalid");
    ada.api().get("/api/v1/rights?limit=101").refused(422, "invalid");
    let shown = ada.run(&["--json", "rights", "list"]).json();
    assert_eq!(shown["items"].as_array().unwrap().len(), 3, "{shown}");
}
