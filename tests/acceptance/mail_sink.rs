//! A mail server that nobody here wrote (aiosmtpd, `tests/sink/`), as a story uses it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::node::Node;
use crate::harness::python;
use crate::harness::wait::until;

/// A mail server that delivers to files; it ends with its story.
pub(crate) struct Sink {
    folder: TempDir,
    pub(crate) port: u16,
    child: Child,
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

impl Sink {
    /// Starts one on this port, or a free one for 0; none where there is no Python.
    pub(crate) fn start(port: u16, tls: &[PathBuf]) -> Option<Self> {
        let python = python::with(&repository("tests/sink/requirements.txt"))?;
        let folder = TempDir::new().unwrap();
        let child = Command::new(python)
            .arg("-B")
            .arg(repository("tests/sink/sink.py"))
            .arg(folder.path())
            .arg(port.to_string())
            .args(tls)
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let mut sink = Self { folder, port, child };
        let file = sink.folder.path().join("port");
        sink.port = until("the mail server is ready", || {
            assert!(sink.child.try_wait().unwrap().is_none(), "the mail server ended before it was ready");
            fs::read_to_string(&file).ok()?.parse().ok()
        });
        Some(sink)
    }

    /// What was delivered so far, in its order.
    pub(crate) fn mails(&self) -> Vec<Value> {
        let read = |number: u32| fs::read(self.folder.path().join(format!("{number}.json"))).ok();
        (1..).map_while(read).map(|bytes| serde_json::from_slice(&bytes).unwrap()).collect()
    }

    pub(crate) fn comes_to_have(&self, subject: &str) -> Value {
        until(&format!("mail `{subject}`"), || {
            self.mails().into_iter().find(|mail| mail["headers"]["subject"] == subject)
        })
    }

    /// Lets a node send here.
    pub(crate) fn serves(&self, node: &Node, security: &str) {
        for (key, value) in [
            ("server", json!("127.0.0.1")),
            ("port", json!(self.port)),
            ("security", json!(security)),
            ("from", json!("mentors@ada.example")),
        ] {
            node.set("mail", key, &value.to_string());
        }
    }
}
