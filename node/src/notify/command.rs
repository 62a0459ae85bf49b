//! One run of the operator's command: input, output, time and what is left of it are all bounded.

use std::pin::pin;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// How much of what a command says is kept for the log.
const OUTPUT_BYTES: usize = 4 * 1024;
/// How long a running command may go on once the node stops; the node itself has ten seconds.
const GRACE: Duration = Duration::from_secs(5);
/// How long after its end a command's last words are waited for: something it started may hold its output open.
const LAST_WORDS: Duration = Duration::from_millis(200);
/// Where programs are looked for; the node's own environment is not handed on, it may hold the token.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The operator's command.
#[derive(Clone, Debug)]
pub(super) struct Command {
    program: String,
    arguments: Vec<String>,
    timeout: Duration,
    grace: Duration,
}

/// Why a run did not tell anybody.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// There is no such program, or it may not be run.
    #[error("`{program}` could not be started ({source}); check notify.command in config.toml")]
    NotStarted {
        /// The program.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It said that it failed.
    #[error("it ended with {status}")]
    Ended {
        /// How it ended.
        status: ExitStatus,
        /// The beginning of what it said.
        output: String,
    },
    /// It did not end in time.
    #[error("it was still running after {} s and was ended; notify.timeout_seconds says how long it may take", after.as_secs())]
    TooLong {
        /// The time it had.
        after: Duration,
        /// The beginning of what it said.
        output: String,
    },
    /// The node stops.
    #[error("the node stopped before it ended")]
    Stopped,
}

impl Failure {
    /// The beginning of what the command said.
    pub(super) fn output(&self) -> &str {
        match self {
            Self::Ended { output, .. } | Self::TooLong { output, .. } => output,
            Self::NotStarted { .. } | Self::Stopped => "",
        }
    }
}

impl Command {
    /// The command of a configuration, unless it is empty.
    pub(super) fn new(words: &[String], timeout: Duration) -> Option<Self> {
        let (program, arguments) = words.split_first()?;
        Some(Self { program: program.clone(), arguments: arguments.to_vec(), timeout, grace: GRACE })
    }

    /// Runs it once with this input, to its end or the end of its time; then nothing of its process group is left.
    pub(super) async fn run(&self, input: &[u8], stopped: &mut watch::Receiver<bool>) -> Result<(), Failure> {
        let mut child = self.start().map_err(|source| Failure::NotStarted { program: self.program.clone(), source })?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (mut said, mut complained) = (Vec::new(), Vec::new());
        let status = {
            let talk =
                async { tokio::join!(hand_over(stdin, input), keep(stdout, &mut said), keep(stderr, &mut complained)) };
            let (mut talk, mut out_of_time) = (pin!(talk), pin!(self.out_of_time(stopped)));
            let mut talking = true;
            let status = loop {
                tokio::select! {
                    status = child.wait() => break status.ok(),
                    _ = &mut talk, if talking => talking = false,
                    () = &mut out_of_time => break None,
                }
            };
            if talking {
                let _unfinished = timeout(LAST_WORDS, talk).await.is_err();
            }
            status
        };
        let output = || words(&said, &complained);
        match status {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(Failure::Ended { status, output: output() }),
            None => {
                end(child).await;
                let stops = *stopped.borrow();
                Err(if stops { Failure::Stopped } else { Failure::TooLong { after: self.timeout, output: output() } })
            }
        }
    }

    fn start(&self) -> std::io::Result<Child> {
        tokio::process::Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .env("PATH", PATH)
            .env("LANG", "C.UTF-8")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
    }

    async fn out_of_time(&self, stopped: &mut watch::Receiver<bool>) {
        let stop = async {
            let _gone = stopped.wait_for(|stop| *stop).await.is_err();
            sleep(self.grace).await;
        };
        let _sooner = timeout(self.timeout, stop).await.is_err();
    }
}

/// Ends a process and all of its group. Its number is still its own, because nobody has waited for it.
async fn end(mut child: Child) {
    let group = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(group) = group {
        let _gone = kill_process_group(group, Signal::KILL).is_err();
    }
    let _reaped = child.wait().await.is_ok();
}

/// A command need not read what it is given.
async fn hand_over(stdin: Option<ChildStdin>, input: &[u8]) {
    if let Some(mut stdin) = stdin {
        let _unread = stdin.write_all(input).await.is_err();
    }
}

/// Keeps the beginning of an output and reads on to its end, so that nobody hangs on a full pipe.
async fn keep(output: Option<impl AsyncRead + Unpin>, kept: &mut Vec<u8>) {
    let Some(mut output) = output else { return };
    let mut piece = [0; 1024];
    while let Ok(read @ 1..) = output.read(&mut piece).await {
        let room = OUTPUT_BYTES.saturating_sub(kept.len());
        kept.extend(piece.iter().take(read.min(room)));
    }
}

/// What was said, complaints first because they say why.
fn words(said: &[u8], complained: &[u8]) -> String {
    let both = [complained, said].concat();
    let both = both.get(..OUTPUT_BYTES).unwrap_or(&both);
    String::from_utf8_lossy(both).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, timeout: Duration) -> Command {
        let words = ["/bin/sh", "-c", script].map(str::to_owned);
        Command::new(&words, timeout).expect("a command")
    }

    async fn run(script: &str, input: &[u8], timeout: Duration) -> Result<(), Failure> {
        let (_stop, mut stopped) = watch::channel(false);
        sh(script, timeout).run(input, &mut stopped).await
    }

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn a_command_gets_its_input_and_little_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let (input, env) = (folder.path().join("input"), folder.path().join("env"));
        let script = format!("cat > '{}'; env > '{}'; pwd >> '{}'", input.display(), env.display(), env.display());
        run(&script, b"{\"event\":\"request\"}", LONG).await.expect("told");
        assert_eq!(std::fs::read_to_string(input).expect("written"), "{\"event\":\"request\"}");
        let env = std::fs::read_to_string(env).expect("written");
        let mut names: Vec<_> = env.lines().map(|line| line.split('=').next().unwrap_or_default()).collect();
        names.retain(|name| !["PWD", "OLDPWD", "SHLVL", "_"].contains(name));
        names.sort_unstable();
        assert_eq!(names, ["/", "LANG", "PATH"], "{env}");
    }

    #[tokio::test]
    async fn a_command_that_reads_nothing_and_talks_a_lot_is_taken_as_it_ends() {
        let large = vec![b'x'; 1024 * 1024];
        run("exec 0<&-; exit 0", &large, LONG).await.expect("told");
        let talks = "head -c 3000000 /dev/zero | tr '\\0' 'o'; echo mail is down >&2; exit 3";
        let failed = run(talks, b"{}", LONG).await.expect_err("it failed");
        assert!(failed.to_string().contains("exit status: 3"), "{failed}");
        assert!(failed.output().starts_with("mail is down"), "{}", failed.output());
        assert!(failed.output().len() <= OUTPUT_BYTES);
    }

    #[tokio::test]
    async fn what_is_not_there_is_named() {
        let words = ["/nowhere/mail-a-mentor".to_owned()];
        let command = Command::new(&words, LONG).expect("a command");
        let (_stop, mut stopped) = watch::channel(false);
        let failed = command.run(b"{}", &mut stopped).await.expect_err("no such program");
        assert!(failed.to_string().contains("/nowhere/mail-a-mentor"), "{failed}");
        assert!(Command::new(&[], LONG).is_none());
    }

    #[tokio::test]
    async fn a_command_that_hangs_is_ended_with_everything_it_started() {
        let folder = tempfile::tempdir().expect("a folder");
        let child = folder.path().join("child");
        let script = format!("sleep 1000 & echo $! > '{}'; echo waiting; wait", child.display());
        let failed = run(&script, b"{}", Duration::from_millis(500)).await.expect_err("it hangs");
        assert!(matches!(failed, Failure::TooLong { .. }), "{failed}");
        assert_eq!(failed.output(), "waiting");
        let id = std::fs::read_to_string(child).expect("written");
        let id = Pid::from_raw(id.trim().parse().expect("a number")).expect("a process");
        // Who adopts an orphan reaps it when it gets to it.
        for _ in 0..500 {
            if is_gone(id) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
        assert!(is_gone(id), "the child of the command still runs");
    }

    fn is_gone(id: Pid) -> bool {
        let state = std::fs::read_to_string(format!("/proc/{}/stat", id.as_raw_nonzero()));
        state.map_or(true, |stat| stat.contains(") Z "))
    }

    #[tokio::test]
    async fn a_command_that_leaves_something_running_is_not_waited_for() {
        run("sleep 30 & exit 0", b"{}", LONG).await.expect("told at its end");
    }

    #[tokio::test]
    async fn a_node_that_stops_ends_the_command() {
        let (stop, mut stopped) = watch::channel(false);
        stop.send_replace(true);
        let command = Command { grace: Duration::from_millis(50), ..sh("sleep 1000", LONG) };
        let failed = command.run(b"{}", &mut stopped).await.expect_err("ended");
        assert!(matches!(failed, Failure::Stopped), "{failed}");
    }
}
