//! Questions and answers.

use mentormesh_swarm::{
    PeerId, Protocol, REQUEST_BYTES_MAX, RESPONSE_BYTES_MAX, RequestError, RespondError, ResponseToken, SwarmEvent,
};

use crate::world::{Person, connect};

/// Takes the next request.
async fn next_request(person: &mut Person) -> (PeerId, Protocol, Vec<u8>, ResponseToken) {
    loop {
        if let SwarmEvent::Request { peer, protocol, bytes, token } = person.next().await {
            return (peer, protocol, bytes, token);
        }
    }
}

#[tokio::test]
async fn bo_answers_ada_in_both_protocols_at_full_size() {
    let (mut ada, mut bo) = (Person::on_tcp(1).await, Person::on_tcp(2).await);
    connect(&mut ada, &mut bo).await;
    for protocol in [Protocol::Sync, Protocol::Courier] {
        let question = vec![3; REQUEST_BYTES_MAX];
        let asking = ada.node.request(bo.id(), protocol, question.clone());
        let answering = async {
            let (peer, spoken, bytes, token) = next_request(&mut bo).await;
            assert_eq!((peer, spoken), (ada.id(), protocol));
            assert!(bytes == question);
            bo.node.respond(token, vec![4; RESPONSE_BYTES_MAX]).await.expect("Ada waits");
        };
        let (answer, ()) = tokio::join!(asking, answering);
        assert!(answer.expect("Bo answered") == vec![4; RESPONSE_BYTES_MAX]);
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_sent() {
    let (mut ada, mut bo) = (Person::on_tcp(1).await, Person::on_tcp(2).await);
    connect(&mut ada, &mut bo).await;
    let too_long = ada.node.request(bo.id(), Protocol::Sync, vec![0; REQUEST_BYTES_MAX + 1]).await;
    assert_eq!(too_long, Err(RequestError::TooLarge { bytes: REQUEST_BYTES_MAX + 1, limit: REQUEST_BYTES_MAX }));

    let asking = ada.node.request(bo.id(), Protocol::Sync, vec![1]);
    let answering = async {
        let (_, _, _, token) = next_request(&mut bo).await;
        let refused = bo.node.respond(token, vec![0; RESPONSE_BYTES_MAX + 1]).await;
        assert_eq!(refused, Err(RespondError::TooLarge { bytes: RESPONSE_BYTES_MAX + 1, limit: RESPONSE_BYTES_MAX }));
    };
    let (answer, ()) = tokio::join!(asking, answering);
    assert!(matches!(answer, Err(RequestError::NoAnswer(_))), "{answer:?}");
}

#[tokio::test]
async fn a_question_that_finds_no_one_fails_at_once_or_when_they_leave() {
    let (mut ada, mut bo) = (Person::on_tcp(1).await, Person::on_tcp(2).await);
    assert_eq!(ada.node.request(bo.id(), Protocol::Sync, vec![1]).await, Err(RequestError::NotConnected));
    connect(&mut ada, &mut bo).await;
    let asking = ada.node.request(bo.id(), Protocol::Sync, vec![1]);
    let leaving = async {
        let (_, _, _, token) = next_request(&mut bo).await;
        bo.node.disconnect(ada.id()).await;
        bo.await_disconnected(ada.id()).await;
        assert_eq!(bo.node.respond(token, vec![1]).await, Err(RespondError::Gone));
    };
    let (answer, ()) = tokio::join!(asking, leaving);
    assert!(matches!(answer, Err(RequestError::Closed | RequestError::NoAnswer(_))), "{answer:?}");
}

#[tokio::test]
async fn mallory_gets_eight_questions_heard_and_no_ninth_until_one_is_answered() {
    let (mut ada, mut mallory) = (Person::on_tcp(1).await, Person::on_tcp(66).await);
    connect(&mut mallory, &mut ada).await;
    let to = ada.id();
    let ask = |n: u8| {
        let node = mallory.node.clone();
        tokio::spawn(async move { node.request(to, Protocol::Courier, vec![n]).await })
    };
    let patient: Vec<_> = (0..8).map(ask).collect();
    let mut tokens = Vec::new();
    for _ in 0..8 {
        tokens.push(next_request(&mut ada).await.3);
    }
    let ninth = ask(8).await.expect("the task ends in peace");
    assert!(matches!(ninth, Err(RequestError::NoAnswer(_))), "{ninth:?}");
    for token in tokens {
        ada.node.respond(token, vec![7]).await.expect("Mallory waits");
    }
    for waiting in patient {
        assert_eq!(waiting.await.expect("the task ends in peace"), Ok(vec![7]));
    }
    let tenth = ask(9);
    let (_, _, _, token) = next_request(&mut ada).await;
    drop(token);
    let unanswered = tenth.await.expect("the task ends in peace");
    assert!(matches!(unanswered, Err(RequestError::NoAnswer(_))), "{unanswered:?}");
}
