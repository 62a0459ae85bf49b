//! `serve`: the node, in the foreground, until it is told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;
use mentormesh_node::clock::Clock;
use mentormesh_node::config::{Config, LogFormat};
use mentormesh_node::node::{Node, StartRequest};
use mentormesh_protocol::ticket::Ticket;
use tracing_subscriber::EnvFilter;

use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh serve
  mentormesh serve --http 127.0.0.1:9000 --listen /ip4/0.0.0.0/tcp/4102
  mentormesh serve --join mmt1abcdef";

/// A stop that takes longer than this is not clean, and the process ends all the same.
const STOP: Duration = Duration::from_secs(10);

/// Run the node in the foreground
///
/// Prints `ready http://HOST:PORT org ID` on stdout once it serves; logs go to stderr. Ctrl-C or SIGTERM stop it.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Serve {
    /// Where the web page and the API answer [default: http.listen of the configuration]
    #[arg(long, value_name = "HOST:PORT")]
    http: Option<SocketAddr>,
    /// Where other nodes connect, may be given several times [default: network.listen of the configuration]
    #[arg(long, value_name = "MULTIADDR")]
    listen: Vec<String>,
    /// Connect to the node of this ticket, may be given several times
    #[arg(long, value_name = "TICKET")]
    join: Vec<String>,
}

impl Serve {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let folder = context.folder()?;
        folder.founded()?;
        let config = context.config(&folder)?;
        for ticket in &self.join {
            ticket.parse::<Ticket>().map_err(|problem| Failure::usage(format!("--join: {problem}")))?;
        }
        log_to_stderr(&config);
        let request = StartRequest {
            folder,
            config,
            http: self.http,
            listen: self.listen.clone(),
            join: self.join.clone(),
            clock: Clock::system(),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let outcome = runtime.block_on(serve(context, request));
        // What still blocks a thread after a clean stop is somebody's slow download; it is not waited for.
        runtime.shutdown_timeout(Duration::from_millis(200));
        outcome
    }
}

async fn serve(context: &Context, request: StartRequest) -> Result<(), Failure> {
    let stop = stop_signal()?;
    let node = Node::start(request).await?;
    let (http, organisation) = (node.http_url(), node.organisation());
    if context.output.is_json() {
        context.output.json(&serde_json::json!({ "ready": true, "http": http, "organisation": organisation }))?;
    } else {
        context.output.line(&format!("ready {http} org {organisation}"))?;
    }
    stop.await;
    context.output.say("stopping");
    if tokio::time::timeout(STOP, node.shutdown()).await.is_err() {
        return Err(Failure::failed("not everything stopped within 10 s; what was acknowledged is safe"));
    }
    Ok(())
}

/// Waits for Ctrl-C or SIGTERM; listens from now on, so that none is missed while the node starts.
pub(super) fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Logs to stderr as the configuration says; `RUST_LOG` overrides it for who looks for a fault.
pub(super) fn log_to_stderr(config: &Config) {
    let level = config.log.level.as_str();
    let usual =
        format!("warn,mentormesh={level},mentormesh_cli={level},mentormesh_node={level},mentormesh_swarm={level}");
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let set = match config.log.format {
        LogFormat::Text => builder.with_ansi(false).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    // A second subscriber is refused; in one process the first goes on.
    drop(set);
}

impl From<mentormesh_node::node::StartError> for Failure {
    fn from(error: mentormesh_node::node::StartError) -> Self {
        Self::failed(error.to_string())
    }
}
