//! A clock that a story moves: libfaketime stands between the real binary and the machine's clock, so that months pass
//! in the time of a restart.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use super::node::Node;
use super::wait::skipped;

/// The time of the nodes of one story.
#[derive(Debug)]
pub(crate) struct MovedClock {
    library: String,
    room: TempDir,
    days: u32,
}

impl MovedClock {
    /// A clock that shows the machine's time as yet; none, with a word, where libfaketime is not installed.
    pub(crate) fn new() -> Option<Self> {
        let asked = Command::new("faketime").args(["-f", "+0d", "printenv", "LD_PRELOAD"]).output();
        let library = asked.ok().filter(|said| said.status.success()).map(|said| said.stdout);
        let Some(library) = library.and_then(|bytes| String::from_utf8(bytes).ok()) else {
            skipped("no faketime here (Debian: apt-get install faketime)");
            return None;
        };
        let room = TempDir::new().expect("a temporary folder can be made");
        Some(Self { library: library.trim().to_owned(), room, days: 0 })
    }

    /// Lets so many days pass for nodes that run: all stop, the clock is moved, all start again.
    pub(crate) fn passes(&mut self, days: u32, nodes: &mut [&mut Node]) {
        nodes.iter_mut().for_each(|node| node.stop());
        self.days += days;
        fs::write(self.file(), format!("+{}d\n", self.days)).expect("a file can be written");
        let wrapper = self.wrapper();
        let wrapper: Vec<&str> = wrapper.iter().map(String::as_str).collect();
        nodes.iter_mut().for_each(|node| node.serve_with(&wrapper, &[]));
    }

    fn file(&self) -> PathBuf {
        self.room.path().join("clock")
    }

    /// What runs the binary under this clock. Only what time it is changes: waiting takes as long as ever.
    fn wrapper(&self) -> Vec<String> {
        let file = format!("FAKETIME_TIMESTAMP_FILE={}", self.file().display());
        let library = format!("LD_PRELOAD={}", self.library);
        let words = ["env", &library, &file, "DONT_FAKE_MONOTONIC=1", "FAKETIME_DONT_RESET=1", "NO_FAKE_STAT=1"];
        words.map(str::to_owned).to_vec()
    }
}
