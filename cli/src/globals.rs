//! The flags that all commands share. What they mean is for `context.rs` to find out.

use std::path::PathBuf;

use clap::Args;

/// The flags that all commands share.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Globals {
    /// Data folder of the node [default: $MENTORMESH_DATA, $STATE_DIRECTORY, or the XDG data folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Configuration file, instead of config.toml in the data folder
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Address of the running node [default: $MENTORMESH_NODE, or the node of the data folder]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) node: Option<String>,
    /// File that holds the API token [default: $MENTORMESH_TOKEN, or the token of the data folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Print what the API answers, as JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Say nothing but the answer
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}
