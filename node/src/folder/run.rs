//! `run.json`: where the running node of this folder answers, for its clients on this machine.

use std::path::PathBuf;

use mentormesh_protocol::OrganisationId;
use serde::{Deserialize, Serialize};

use super::secret_file::replace;
use super::{Folder, FolderError};

/// What a running node says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its process.
    pub pid: u32,
    /// Where its API answers, like `http://127.0.0.1:8080`.
    pub http: String,
    /// Where other nodes reach it.
    pub listening: Vec<String>,
    /// Whose node it is.
    pub organisation: OrganisationId,
}

impl Run {
    /// Whether the process that wrote this is gone (killed, or the machine restarted).
    #[must_use]
    pub fn is_stale(&self) -> bool {
        let pid = i32::try_from(self.pid).ok().and_then(rustix::process::Pid::from_raw);
        let Some(pid) = pid else { return true };
        matches!(rustix::process::test_kill_process(pid), Err(rustix::io::Errno::SRCH))
    }
}

impl Folder {
    /// Where `run.json` lies.
    #[must_use]
    pub fn run_file(&self) -> PathBuf {
        self.path().join("run.json")
    }

    /// Tells clients where this process answers.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn announce(&self, run: &Run) -> Result<(), FolderError> {
        let text = serde_json::to_string_pretty(run).unwrap_or_default();
        replace(&self.run_file(), &format!("{text}\n"))
    }

    /// What the last process that served this folder said; it may be gone, see [`Run::is_stale`].
    #[must_use]
    pub fn run(&self) -> Option<Run> {
        let text = std::fs::read_to_string(self.run_file()).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Takes the word back, at a clean stop.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn conceal(&self) -> Result<(), FolderError> {
        let path = self.run_file();
        match std::fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                Err(FolderError::disk("remove", &path)(source))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }
}
