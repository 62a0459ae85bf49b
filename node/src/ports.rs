//! Ports that the system chose once and that must stay: a node that listens on port 0 keeps what it got, because
//! others have it in tickets.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::folder::Folder;

/// Which address was asked for, and which was got.
#[derive(Debug)]
pub(crate) struct Ports {
    file: PathBuf,
    kept: BTreeMap<String, String>,
}

impl Ports {
    /// Reads what was kept; a file that cannot be read is as good as none.
    pub(crate) fn load(folder: &Folder) -> Self {
        let file = folder.path().join("ports.json");
        let kept = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { file, kept: kept.unwrap_or_default() }
    }

    /// The addresses to listen on: what was kept for those that name no port.
    pub(crate) fn resolve(&self, asked: &[String]) -> Vec<String> {
        asked.iter().map(|address| self.kept.get(address).unwrap_or(address).clone()).collect()
    }

    /// Keeps what the system chose for addresses without a port.
    pub(crate) fn keep(&mut self, asked: &[String], got: &[String]) -> std::io::Result<()> {
        let before = self.kept.clone();
        for address in asked.iter().filter(|address| address.split('/').any(|part| part == "0")) {
            let shape = |text: &str| -> Vec<String> {
                let mut port = false;
                let parts = text.split('/').map(|part| {
                    let hide = std::mem::replace(&mut port, part == "tcp" || part == "udp");
                    if hide { "0".to_owned() } else { part.to_owned() }
                });
                parts.collect()
            };
            if let Some(got) = got.iter().find(|got| shape(got) == shape(address)) {
                self.kept.insert(address.clone(), got.clone());
            }
        }
        if self.kept == before {
            return Ok(());
        }
        std::fs::write(&self.file, serde_json::to_vec_pretty(&self.kept)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_was_chosen_once_is_asked_for_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(folder.path());
        std::fs::create_dir_all(folder.path()).expect("made");
        let asked = vec!["/ip4/127.0.0.1/tcp/0".to_owned(), "/ip4/127.0.0.1/udp/0/quic-v1".to_owned()];
        let got = vec!["/ip4/127.0.0.1/udp/4242/quic-v1".to_owned(), "/ip4/127.0.0.1/tcp/4141".to_owned()];
        Ports::load(&folder).keep(&asked, &got).expect("kept");
        assert_eq!(
            Ports::load(&folder).resolve(&asked),
            ["/ip4/127.0.0.1/tcp/4141", "/ip4/127.0.0.1/udp/4242/quic-v1"]
        );
    }

    #[test]
    fn an_address_that_names_its_port_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let asked = vec!["/ip4/0.0.0.0/tcp/4101".to_owned()];
        assert_eq!(Ports::load(&Folder::new(folder.path())).resolve(&asked), asked);
    }
}
