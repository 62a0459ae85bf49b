//! Doors that stay shut: another network, a folder in use, a ticket that lies, a node that is not there.

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::ticket::Ticket;

use crate::harness::clients;
use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;

#[test]
fn a_node_of_another_network_is_refused_clearly() {
    let _places = places(2);
    let (ada, mut bo) = (Node::start("Ada's Institute"), Node::init_with("Bo's Guild", &["--network", "elsewhere"]));
    bo.serve();
    let refused = bo.run(&["peer", "join", &ada.ticket(), "--pin"]);
    assert_ne!(refused.code, 0, "{}", refused.said());
    refused.says("network").says("main").says("elsewhere");

    // A ticket that lies about the network gets no further: the nodes themselves disagree.
    let mut ticket: Ticket = ada.ticket().parse().unwrap();
    "elsewhere".clone_into(&mut ticket.network);
    let refused = bo.run(&["peer", "join", &ticket.to_string(), "--pin"]);
    refused.exits(4).says("network");
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.comes_to_find("Ada Okafor");
    assert!(!bo.finds("Ada Okafor"));
}

#[test]
fn a_second_process_on_the_same_folder_is_refused_and_the_first_lives_on() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let second = ada.run(&["serve", "--http", "127.0.0.1:0", "--listen", "/ip4/127.0.0.1/tcp/0"]);
    second.exits(1).says("in use");
    assert!(!second.out.contains("ready"), "{}", second.out);
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.comes_to_find("Ada Okafor");
}

#[test]
fn a_taken_port_is_one_clear_line() {
    let _places = places(1);
    let ada = Node::init("Ada's Institute");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let http = taken.local_addr().unwrap().to_string();
    let refused = ada.run(&["serve", "--http", &http, "--listen", "/ip4/127.0.0.1/tcp/0"]);
    refused.exits(1).says(&http).says("--http");
    assert!(!refused.err.contains("panicked"), "{}", refused.err);
    let address = format!("/ip4/127.0.0.1/tcp/{}", taken.local_addr().unwrap().port());
    let refused = ada.run(&["serve", "--http", "127.0.0.1:0", "--listen", &address]);
    refused.exits(1).says(&address).says("--listen");
}

#[test]
fn a_ticket_that_names_another_organisation_than_the_node_proves_is_refused() {
    let _places = places(3);
    let (ada, bo, cy) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"), Node::start("Cy's Academy"));
    let mut ticket: Ticket = ada.ticket().parse().unwrap();
    ticket.organisation = cy.org.parse().unwrap();
    let refused = bo.run(&["peer", "join", &ticket.to_string(), "--pin"]);
    refused.exits(4);
    let trust = bo.api().get("/api/v1/trust").text();
    assert!(!trust.contains("\"pinned\""), "nothing was pinned: {trust}");

    let mut nobody: Ticket = ada.ticket().parse().unwrap();
    nobody.organisation = OrganisationId([7; 32]);
    bo.run(&["peer", "join", &nobody.to_string()]).exits(4);
}

#[test]
fn a_ticket_of_a_node_that_is_gone_is_refused_in_time_with_advice() {
    let _places = places(2);
    let (mut ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    let ticket = ada.ticket();
    ada.kill();
    let refused = bo.run(&["peer", "join", &ticket]);
    refused.exits(4);
    assert!(!refused.err.trim().is_empty(), "it says what to do");
    bo.api().post("/api/v1/peers", &serde_json::json!({ "ticket": ticket })).refused(502, "peer_refused");
}

#[test]
fn a_damaged_ticket_is_told_from_a_wrong_one() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let mut ticket = ada.ticket();
    ticket.pop();
    ada.run(&["peer", "join", &ticket]).exits(2).says("damaged");
    ada.run(&["peer", "join", "not-a-ticket"]).exits(2).says("mmt1");
}

#[test]
fn a_command_without_a_node_says_so_with_its_own_exit_code() {
    let ada = Node::init("Ada's Institute");
    ada.run(&["status"]).exits(5);
    ada.run(&["--node", "http://127.0.0.1:9", "search", "anything"]).exits(5).says("127.0.0.1:9");
    let nobody = tempfile::TempDir::new().unwrap();
    let lost = clients::run(nobody.path(), &["status"], b"");
    assert!([1, 5].contains(&lost.code), "{}: {}", lost.code, lost.said());
    lost.says("init");
}

#[test]
fn a_port_once_chosen_is_kept_so_that_a_ticket_outlives_a_restart() {
    let _places = places(2);
    let (mut ada, mut bo) = (Node::start("Ada's Institute"), Node::init("Bo's Guild"));
    let ticket = ada.ticket();
    ada.stop();
    ada.serve();
    let again: Ticket = ada.ticket().parse().unwrap();
    let mut addresses = ticket.parse::<Ticket>().unwrap().addresses;
    addresses.retain(|address| again.addresses.contains(address));
    assert!(!addresses.is_empty(), "{:?}", again.addresses);

    // The old ticket still leads there, given at the start this time.
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.serve_with(&[], &["--join", &ticket]);
    bo.pin(&ada);
    ada.run(&["trust", "set", "open"]).done();
    bo.comes_to_find("Ada Okafor");
}
