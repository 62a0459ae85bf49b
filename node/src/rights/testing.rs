//! What stories of other rooms stand on: the rights of an organisation that nobody else has heard of yet.

use mentormesh_protocol::testing::Organisation;
use tokio::sync::watch;

use super::{Parts, Rights, Throttle};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::view::Views;

/// The rights of an organisation over its desk.
pub(crate) fn over(desk: &Desk, views: Views, clock: &Clock, body: &Organisation) -> Rights {
    let (throttle, throttled) = Throttle::new(clock.clone());
    tokio::spawn(async move {
        let (_stay, stopped) = watch::channel(false);
        throttled.run(stopped).await;
    });
    Rights::new(Parts {
        desk: desk.clone(),
        views,
        clock: clock.clone(),
        network: body.network().clone(),
        node_key: body.node_key(),
        throttle,
        home: "http://127.0.0.1:1".to_owned(),
        language: "en".to_owned(),
    })
}
