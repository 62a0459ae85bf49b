//! Each table that forgets is counted, and what a run found is written down.

use super::super::tests::{NOW, desk};
use super::*;

const LIMITS: Limits = Limits { declined: 90 * DAY, withdrawn: 30 * DAY, accepted: 183 * DAY, audit: 730 * DAY };

async fn run(desk: &Desk, query: &'static str) {
    let mut write = desk.write().await.expect("a change");
    sqlx::query(query).bind(big(NOW.0)).execute(write.connection()).await.expect("written");
    write.commit().await.expect("kept");
}

#[tokio::test]
async fn a_row_of_each_table_is_counted_when_it_is_too_old_and_gone_after_a_purge() {
    let (_folder, desk, clock) = desk().await;
    for row in [
        "INSERT INTO introductions (id, direction, organisation, subject, mentee_ref, mentee_name, title,
            purpose, offer, delivery, state, expires_at, created_at, changed_at)
            VALUES (x'00000000000000000000000000000001', 'received', x'02', x'03', x'04', 'Cy', 'T', 'P', 'intro_15',
            'delivered', 'declined', 0, 0, $1)",
        "INSERT INTO introductions (id, direction, organisation, subject, mentee_ref, mentee_name, title,
            purpose, offer, delivery, state, expires_at, created_at, changed_at)
            VALUES (x'00000000000000000000000000000009', 'received', x'02', x'03', x'04', '', '', '', 'intro_15',
            'delivered', 'withdrawn', 0, 0, $1)",
        "INSERT INTO introduction_letters VALUES (x'00000000000000000000000000000009', 'received', x'05', 1, x'02',
            TRUE, x'06', 'withdraw', 1, NULL, $1, $1, $1, $1, x'07')",
        "INSERT INTO outbox VALUES (x'05', 'received', 1, x'00000000000000000000000000000009', x'02', x'07', $1, $1, 0,
            $1, FALSE, NULL, $1)",
        "INSERT INTO reports VALUES (x'01', 'words', $1, 'registrar')",
        "INSERT INTO audit VALUES (1, $1, 'registrar', 'act', 'about', '')",
        "INSERT INTO rights_requests (id, door, kind, words, reply, received_at, due_at, closed_at)
            VALUES (x'01', x'02', 'access', 'w', 'cy@example.org', $1, $1, $1)",
        "INSERT INTO rights_filed (id, reference, kind, organisation, filed_at, due_at)
            VALUES (x'01', x'02', 'access', x'03', $1, $1)",
        "INSERT INTO mail (place, what, recipient, subject, body_text, body_html, urgent, state, recorded_at, attempts,
            due_by) VALUES (1, 'request', 'cy@example.org', 's', 't', 'h', FALSE, 'sent', $1, 0, $1)",
        "INSERT INTO notices (place, introduction, direction, what, recorded_at, attempts, next_at, given_up)
            VALUES (1, x'01', 'received', 'request', $1, 0, NULL, FALSE)",
        "INSERT INTO requests VALUES ('k', x'01', 201, x'02', $1)",
        "INSERT INTO sessions VALUES (x'01', x'02', 'mail', $1, $1, $1)",
        "INSERT INTO sign_in_links VALUES (x'01', x'02', 'mail', $1, $1)",
        "INSERT INTO actions_used VALUES (x'01', $1, $1)",
    ] {
        run(&desk, row).await;
    }
    let young = desk.older(&LIMITS).await.expect("counted");
    assert!(young.iter().all(|table| table.older == 0), "{young:?}");
    clock.advance(731 * DAY);
    let old = desk.older(&LIMITS).await.expect("counted");
    assert!(old.len() == PROOFS.len() && old.iter().all(|table| table.older == 1), "{old:?}");
    desk.purge(&LIMITS).await.expect("purged");
    let proof = desk.older(&LIMITS).await.expect("counted");
    assert!(proof.iter().all(|table| table.older == 0), "{proof:?}");
}

#[tokio::test]
async fn the_last_run_is_written_down() {
    let (_folder, desk, clock) = desk().await;
    assert_eq!(desk.last_purge().await.expect("read"), None);
    desk.note_purge(3, 1).await.expect("written");
    clock.advance(5);
    desk.note_purge(0, 0).await.expect("written");
    let last = PurgeRow { ran_at: NOW.plus(5), purged: 0, older: 0 };
    assert_eq!(desk.last_purge().await.expect("read"), Some(last));
}
