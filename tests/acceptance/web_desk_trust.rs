//! The registrar's desk, trust: another policy is taken only after a look at whom it shows, and who shows us is told.

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::wait::until_true;
use crate::web_desk::{field, page, send};

#[test]
fn the_policy_is_changed_only_after_a_look_at_who_comes_and_who_goes() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let rae = ada.signs_in("rae@example.org");
    bo.publish(&mentor("Bo Berg", "Bridges"));
    bo.befriend(&ada);
    ada.comes_to_find("Bo Berg");
    ada.unpin(&bo);
    ada.comes_to_miss("Bo Berg");

    let look = page(&rae, "/desk/trust/open");
    assert!(look.contains("1 organisation comes into sight") && look.contains("Comes: Bo"), "{look}");
    for unseen in [&[][..], &[("seen", "aaaa")]] {
        let refused = send(&rae, "/desk/trust/open", unseen);
        assert!(refused.status == 409 && refused.text().contains("nothing was done"), "{}", refused.text());
    }
    assert!(page(&rae, "/desk/organisations").contains("The policy is closed"), "looking changes nothing");
    let done = send(&rae, "/desk/trust/open", &[("seen", &field(&look, "seen"))]);
    assert_eq!((done.status, done.header("location")), (303, "/desk/organisations"), "{}", done.text());
    ada.comes_to_find("Bo Berg");
    let trail = page(&rae, "/desk/audit?act=trust.policy");
    assert!(trail.contains("trust.policy") && trail.contains("Rae Registrar"), "{trail}");

    let same = page(&rae, "/desk/trust/open");
    assert!(same.contains("nothing changes") && !same.contains("type=\"submit\""), "{same}");
    let look = page(&rae, "/desk/trust/closed");
    assert!(look.contains("1 mentor disappears from every search here"), "{look}");
    let done = send(&rae, "/desk/trust/closed", &[("seen", &field(&look, "seen"))]);
    assert_eq!(done.status, 303, "{}", done.text());
    ada.comes_to_miss("Bo Berg");
    assert_eq!(rae.get("/desk/trust/recognised").status, 404, "what cannot be chosen is no page");
}

#[test]
fn the_desk_says_who_shows_us_as_their_nodes_said_it() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let rae = ada.signs_in("rae@example.org");
    let never_met = "a".repeat(52);
    ada.run(&["trust", "pin", &never_met]).done();
    assert!(page(&rae, &format!("/desk/organisations/{never_met}")).contains("not known: no node of theirs"));

    let one = format!("/desk/organisations/{}", bo.org);
    ada.run(&["peer", "join", &bo.ticket(), "--pin"]).done();
    until_true("Bo's node says that it does not show Ada's", || {
        page(&rae, &one).contains("no: their node said so when it last greeted ours")
    });
    bo.pin(&ada);
    until_true("Bo's node says that it shows Ada's", || page(&rae, &one).contains("yes: their node said so"));
    assert!(page(&rae, "/desk/organisations").contains("data-is=\"Shows us\">yes<"));
    ada.run(&["peer", "list"]).says("shows us");
}
