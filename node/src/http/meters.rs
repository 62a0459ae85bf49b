//! What is counted, in OpenMetrics form: requests as they pass, and how the node stands when somebody asks.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// The media type of what [`Meters::write`] writes.
pub(super) const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Upper bounds in seconds: a search takes milliseconds, an import minutes.
const BUCKETS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// A request, as far as it is counted: routes, never addresses that name anybody.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Whose {
    whose: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Stands {
    state: String,
}

/// How the node stands at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) own: u64,
    pub(super) others: u64,
    pub(super) mentors: u64,
    pub(super) organisations: u64,
    pub(super) peers: u64,
    pub(super) peers_known: u64,
    pub(super) store_bytes: u64,
    pub(super) ready: bool,
    pub(super) listings: Vec<(String, u64)>,
    pub(super) introductions_waiting: u64,
    pub(super) letters_waiting: u64,
    pub(super) letters_kept: u64,
    pub(super) kept_too_long: u64,
    pub(super) started_at: u64,
}

/// Every meter of this node.
#[derive(Clone, Debug)]
pub(super) struct Meters {
    registry: Arc<Registry>,
    requests: Family<Asked, Counter>,
    seconds: Family<Route, Histogram>,
    records: Family<Whose, Gauge>,
    listings: Family<Stands, Gauge>,
    mentors: Gauge,
    organisations: Gauge,
    peers: Gauge,
    peers_known: Gauge,
    introductions_waiting: Gauge,
    letters_waiting: Gauge,
    letters_kept: Gauge,
    kept_too_long: Gauge,
    store: Gauge,
    ready: Gauge,
    started: Gauge,
}

impl Meters {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("mentormesh");
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program that runs", build);
        let requests = Family::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        let seconds = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register_with_unit("http_request_duration", "Time until the answer", Unit::Seconds, seconds.clone());
        let records = Family::default();
        registry.register("records", "Records that stand here", records.clone());
        let listings = Family::default();
        registry.register("listings", "Listings of this organisation", listings.clone());
        let mut gauge = |name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let mentors = gauge("mentors_shown", "Profiles that search can find");
        let organisations = gauge("organisations_known", "Organisations whose chain is known");
        let peers = gauge("peers_connected", "Peers connected now");
        let peers_known = gauge("peers_known", "Peers written down");
        let introductions_waiting = gauge("introductions_waiting", "Received introductions that wait for an answer");
        let letters_waiting = gauge("letters_waiting", "Letters that have not reached their recipient");
        let letters_kept = gauge("letters_kept", "Letters kept here for other organisations");
        let kept_too_long = gauge("rows_kept_too_long", "Rows older than may be kept, as the last purge found");
        let ready = gauge("ready", "Whether store and desk answer");
        let started = gauge("start_time_seconds", "When the node started");
        let store = gauge("store_size_bytes", "The store's size on disk");
        Self {
            registry: Arc::new(registry),
            requests,
            seconds,
            records,
            listings,
            mentors,
            organisations,
            peers,
            peers_known,
            introductions_waiting,
            letters_waiting,
            letters_kept,
            kept_too_long,
            store,
            ready,
            started,
        }
    }

    /// Everything, as text.
    pub(super) fn write(&self, reading: &Reading) -> Result<String, std::fmt::Error> {
        let set = |gauge: &Gauge, value: u64| gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
        set(&self.records.get_or_create_owned(&Whose { whose: "own" }), reading.own);
        set(&self.records.get_or_create_owned(&Whose { whose: "others" }), reading.others);
        for (state, count) in &reading.listings {
            set(&self.listings.get_or_create_owned(&Stands { state: state.clone() }), *count);
        }
        set(&self.mentors, reading.mentors);
        set(&self.organisations, reading.organisations);
        set(&self.peers, reading.peers);
        set(&self.peers_known, reading.peers_known);
        set(&self.introductions_waiting, reading.introductions_waiting);
        set(&self.letters_waiting, reading.letters_waiting);
        set(&self.letters_kept, reading.letters_kept);
        set(&self.kept_too_long, reading.kept_too_long);
        set(&self.store, reading.store_bytes);
        set(&self.ready, u64::from(reading.ready));
        set(&self.started, reading.started_at);
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

fn histogram() -> Histogram {
    Histogram::new(BUCKETS)
}

/// Counts a request and its time.
pub(super) async fn measure(State(meters): State<Meters>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = known(request.method());
    let response = next.run(request).await;
    let asked = Asked { method, route: route.clone(), status: response.status().as_u16() };
    meters.requests.get_or_create_owned(&asked).inc();
    meters.seconds.get_or_create_owned(&Route { route }).observe(begun.elapsed().as_secs_f64());
    response
}

/// The methods that are counted by name: a client must not be able to invent labels.
fn known(method: &Method) -> &'static str {
    let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];
    methods.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_open_metrics_with_build_and_readings() {
        let reading = Reading { own: 3, others: 40, ready: true, ..Reading::default() };
        let text = Meters::new().write(&reading).expect("text");
        assert!(
            text.contains(concat!("mentormesh_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1")),
            "{text}"
        );
        assert!(text.contains("mentormesh_records{whose=\"others\"} 40"), "{text}");
        assert!(text.contains("mentormesh_ready 1"), "{text}");
        assert!(text.ends_with("# EOF\n"));
    }

    #[test]
    fn a_client_cannot_invent_labels() {
        let invented = Method::from_bytes(b"MALLORY").expect("a method");
        assert_eq!(known(&invented), "other");
        assert_eq!(known(&Method::PUT), "PUT");
    }
}
