//! `init`: the data folder of a new organisation, whole or not at all.

use std::path::PathBuf;

use clap::Args;
use mentormesh_node::clock::Clock;
use mentormesh_node::config::Config;
use mentormesh_node::init::{Founded, InitError, InitRequest};
use mentormesh_protocol::signed::Network;
use serde_json::json;

use super::org::BodyWord;
use crate::context::Context;
use crate::failure::Failure;
use crate::shell::quote;

const EXAMPLES: &str = "Examples:
  mentormesh init --name \"Institute of Example Practice\" --country GB
  mentormesh init --name \"Example Engineers\" --kind network \\
      --website https://example.org
  mentormesh init --name \"Example Charity\" --kind charity \\
      --rotation-key-out /media/stick/rotation.key";

/// Make the data folder of a new organisation: keys, token, configuration
///
/// Everything in the folder is readable by its owner alone. A folder that is not empty is refused.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Init {
    /// The name people know the organisation by
    #[arg(long)]
    name: String,
    /// What sort of body it is
    #[arg(long, value_enum, default_value = "professional_body")]
    kind: BodyWord,
    /// Two-letter country of its seat, like GB
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// Its website, https
    #[arg(long, value_name = "URL")]
    website: Option<String>,
    /// Where its privacy notice is, https [default: a plain one that the node serves]
    #[arg(long, value_name = "URL")]
    privacy_notice: Option<String>,
    /// Where complaints go, https or mailto [default: a page that the node serves]
    #[arg(long, value_name = "URL")]
    complaints: Option<String>,
    /// Write the rotation key here, on a disk that can be taken away, instead of into the folder
    #[arg(long, value_name = "FILE")]
    rotation_key_out: Option<PathBuf>,
    /// The network it belongs to; bound into every signature
    #[arg(long, default_value = "main")]
    network: String,
}

impl Init {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let network = Network::new(&self.network).map_err(|problem| Failure::usage(problem.to_string()))?;
        let request = InitRequest {
            name: self.name.trim().to_owned(),
            kind: self.kind.into(),
            country: self.country.clone(),
            website: self.website.clone(),
            privacy_notice: self.privacy_notice.clone(),
            complaints: self.complaints.clone(),
            rotation_key_out: self.rotation_key_out.clone(),
            config: Config::template(network.as_str()),
            network,
        };
        let place = context.folder()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let founded = runtime.block_on(mentormesh_node::init::init(&place, request, Clock::system()))?;
        self.report(context, &founded)
    }

    fn report(&self, context: &Context, founded: &Founded) -> Result<(), Failure> {
        let folder = founded.folder.path();
        if context.output.is_json() {
            return context.output.json(&json!({
                "organisation": founded.organisation,
                "peer": founded.peer,
                "data_dir": folder,
                "rotation_key": founded.rotation_key,
            }));
        }
        let paint = context.output.paint;
        let place = quote(&folder.to_string_lossy());
        let archive = quote(&format!("{}-backup.tar", folder.file_name().unwrap_or_default().to_string_lossy()));
        let named = if context.globals.data_dir.is_some() { format!(" --data-dir {place}") } else { String::new() };
        let rotation = quote(&founded.rotation_key.to_string_lossy());
        let lines = [
            format!("{} is founded.", paint.bold(&crate::output::clean(&self.name))),
            format!("  organisation  {}", founded.organisation),
            format!("  peer          {}", founded.peer),
            format!("  data folder   {}", folder.display()),
            format!("  rotation key  {rotation}   (keep it offline: it replaces the other keys)"),
            String::new(),
            "Back it up now and after every change; without the keys the organisation cannot be itself again:"
                .to_owned(),
            format!("  mentormesh backup create {archive}{named}"),
            "Start the node:".to_owned(),
            format!("  mentormesh serve{named}"),
        ];
        context.output.line(&lines.join("\n"))
    }
}

impl From<InitError> for Failure {
    fn from(error: InitError) -> Self {
        match error {
            InitError::Invalid(invalid) => Self::usage(invalid.to_string()),
            failed @ (InitError::Folder(_) | InitError::Desk(_) | InitError::Envelope(_)) => {
                Self::failed(failed.to_string())
            }
        }
    }
}
