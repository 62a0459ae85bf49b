//! One network namespace: made, entered by a thread, and taken away again, with whatever a killed run left behind.
//!
//! A thread that has entered stays there, and so does what it starts: processes, sockets and threads.

use std::fs::File;
use std::os::fd::AsFd as _;
use std::path::Path;
use std::process::Command;
use std::sync::Once;

use rustix::process::{Pid, Signal, kill_process};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

/// Every namespace of ours begins with this, then the process that made it.
const FAMILY: &str = "mentormesh-";
const NAMED: &str = "/run/netns";

static SWEPT: Once = Once::new();

/// A namespace with nothing in it but its own loopback.
#[derive(Debug)]
pub(crate) struct Space {
    pub(crate) name: String,
    door: File,
}

/// The namespace in which a thread began.
#[derive(Debug)]
pub(crate) struct Home(File);

impl Space {
    /// Makes one, or says why that is not possible here.
    pub(crate) fn make(town: usize, who: &str) -> Result<Self, String> {
        SWEPT.call_once(sweep);
        let name = format!("{FAMILY}{}-{town}-{who}", std::process::id());
        run("ip", &format!("netns add {name}"))?;
        let door = File::open(Path::new(NAMED).join(&name)).map_err(|error| format!("{NAMED}/{name}: {error}"))?;
        let space = Self { name, door };
        space.ip("link set lo up")?;
        Ok(space)
    }

    /// Moves this thread into it.
    pub(crate) fn enter(&self) {
        enter(&self.door).expect("a namespace of one's own can be entered");
    }

    /// A command of `ip` within it.
    pub(crate) fn ip(&self, words: &str) -> Result<String, String> {
        run("ip", &format!("-n {} {words}", self.name))
    }
}

impl Drop for Space {
    fn drop(&mut self) {
        // One that could not be removed is removed at the next start.
        run("ip", &format!("netns del {}", self.name)).ok();
    }
}

impl Home {
    pub(crate) fn here() -> Self {
        Self(File::open("/proc/thread-self/ns/net").expect("Linux says where a thread is"))
    }

    /// Moves this thread back.
    pub(crate) fn enter(&self) {
        enter(&self.0).expect("where a thread came from it may go again");
    }
}

fn enter(door: &File) -> rustix::io::Result<()> {
    move_into_link_name_space(door.as_fd(), Some(LinkNameSpaceType::Network))
}

/// Runs a command and gives what it printed, or what it complained of.
pub(crate) fn run(program: &str, words: &str) -> Result<String, String> {
    let asked = format!("{program} {words}");
    let said = Command::new(program)
        .args(words.split_whitespace())
        .output()
        .map_err(|error| format!("`{program}` of iproute2 cannot be started: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if said.status.success() { Ok(text(&said.stdout)) } else { Err(format!("`{asked}`: {}", text(&said.stderr))) }
}

/// Removes what runs left behind that were killed: their nodes, then the namespaces.
fn sweep() {
    for entry in std::fs::read_dir(NAMED).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let maker = name.strip_prefix(FAMILY).and_then(|rest| rest.split('-').next());
        let Some(maker) = maker.and_then(|pid| pid.parse::<u32>().ok()) else { continue };
        if Path::new("/proc").join(maker.to_string()).exists() {
            continue;
        }
        let pids = run("ip", &format!("netns pids {name}")).unwrap_or_default();
        for pid in pids.split_whitespace().filter_map(|pid| Pid::from_raw(pid.parse().ok()?)) {
            // One that has ended meanwhile is as good.
            kill_process(pid, Signal::KILL).ok();
        }
        run("ip", &format!("netns del {name}")).ok();
    }
}
