//! Waiting until an introduction has got somewhere, by asking the node again.

use std::time::{Duration, Instant};

use mentormesh_protocol::IntroductionId;
use mentormesh_protocol::api::{Direction, Introduction};
use serde_json::Value;

use crate::client::{Client, typed};
use crate::failure::Failure;

/// How long somebody at a terminal waits.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the node is asked.
const AGAIN: Duration = Duration::from_millis(200);

/// Asks until `there` says that it is there, and gives what the node answered then.
pub(super) fn until(
    client: &Client,
    id: &IntroductionId,
    direction: Direction,
    meanwhile: &str,
    there: fn(&Introduction) -> bool,
) -> Result<Value, Failure> {
    let began = Instant::now();
    let path = format!("/introductions/{id}");
    loop {
        let answer = client.get_with(&path, &[("direction", direction.as_str().to_owned())])?;
        let seen: Introduction = typed(&answer)?;
        if there(&seen) {
            return Ok(answer);
        }
        if began.elapsed() > PATIENCE {
            let message = format!("waited a minute; {meanwhile}");
            let why = seen.on_its_way.map(|words| format!("where it is: {words}"));
            let mut failure = Failure::failed(message).hint(format!("look again with: mentormesh intro show {id}"));
            failure.hints.extend(why);
            return Err(failure);
        }
        std::thread::sleep(AGAIN);
    }
}
