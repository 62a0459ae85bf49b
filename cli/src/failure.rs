//! What can go wrong, as the person at the terminal meets it: a sentence, what to do next, and an exit code.

use mentormesh_protocol::api::Problem;

/// What sort of failure, and thereby which exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// Whoever reads our output has gone; nothing to say, and to nobody.
    ReaderGone,
    /// It was tried and failed.
    Failed,
    /// It was asked for in a way that cannot be meant.
    Usage,
    /// Nothing has this name.
    NotFound,
    /// Policy, capacity or permission forbid it.
    Refused,
    /// No node answers.
    Unreachable,
}

impl FailureKind {
    /// The exit code, stable across versions.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::ReaderGone => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::Refused => 4,
            Self::Unreachable => 5,
        }
    }

    const fn of_exit_code(code: u8) -> Self {
        match code {
            2 => Self::Usage,
            3 => Self::NotFound,
            4 => Self::Refused,
            5 => Self::Unreachable,
            _ => Self::Failed,
        }
    }
}

/// Why a command ends without its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What sort.
    pub kind: FailureKind,
    /// What happened, in one sentence.
    pub message: String,
    /// What can be done about it.
    pub hints: Vec<String>,
    /// What the node said, word for word.
    pub problem: Option<Box<Problem>>,
}

impl Failure {
    fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hints: Vec::new(), problem: None }
    }

    /// It was tried and failed.
    #[must_use]
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Failed, message)
    }

    /// It was asked for in a way that cannot be meant.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Usage, message)
    }

    /// Policy, capacity or permission forbid it.
    #[must_use]
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Refused, message)
    }

    /// No node answers.
    #[must_use]
    pub fn unreachable(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Unreachable, message)
    }

    /// A file that cannot be read or written.
    #[must_use]
    pub fn file(act: &str, path: &std::path::Path, source: &std::io::Error) -> Self {
        Self::failed(format!("cannot {act} {}: {source}", path.display()))
    }

    /// Adds something that can be done.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let kind = FailureKind::of_exit_code(problem.code.exit_code());
        let mut failure = Self::new(kind, problem.detail.clone());
        // Each of several has a line of its own; the detail would say them all a second time.
        if let [_, _, ..] = problem.errors.as_slice() {
            failure.message = format!("{} fields are not as they must be", problem.errors.len());
            failure.hints.extend(problem.errors.iter().map(|error| format!("{}: {}", error.field, error.problem)));
        }
        failure.hints.extend(problem.next.clone());
        failure.problem = Some(Box::new(problem));
        failure
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        let gone = error.kind() == std::io::ErrorKind::BrokenPipe;
        Self::new(if gone { FailureKind::ReaderGone } else { FailureKind::Failed }, error.to_string())
    }
}

impl From<mentormesh_node::folder::FolderError> for Failure {
    fn from(error: mentormesh_node::folder::FolderError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<mentormesh_node::config::ConfigError> for Failure {
    fn from(error: mentormesh_node::config::ConfigError) -> Self {
        Self::failed(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::{ErrorCode, FieldProblem};

    use super::*;

    #[test]
    fn what_the_node_refuses_becomes_the_exit_code_that_scripts_know() {
        for (code, exit) in [
            (ErrorCode::Internal, 1),
            (ErrorCode::StorageFull, 1),
            (ErrorCode::Invalid, 2),
            (ErrorCode::NotFound, 3),
            (ErrorCode::ConsentMissing, 4),
            (ErrorCode::Unauthorised, 4),
            (ErrorCode::PolicyUnavailable, 4),
        ] {
            let failure = Failure::from(Problem::new(code, "no"));
            assert_eq!(failure.kind.exit_code(), exit, "{code:?}");
        }
        assert_eq!(Failure::unreachable("no").kind.exit_code(), 5);
    }

    #[test]
    fn a_reader_that_has_gone_is_no_failure() {
        let gone = Failure::from(std::io::Error::from(std::io::ErrorKind::BrokenPipe));
        assert_eq!(gone.kind.exit_code(), 0);
    }

    #[test]
    fn each_of_several_faults_is_said_once_and_one_fault_is_the_message() {
        let fault = |field: &str| FieldProblem { field: field.to_owned(), problem: "missing".to_owned() };
        let one = Problem { errors: vec![fault("name")], ..Problem::new(ErrorCode::Invalid, "name: missing") };
        let two = Problem {
            errors: vec![fault("name"), fault("email")],
            ..Problem::new(ErrorCode::Invalid, "name: missing; email: missing")
        };
        let (one, two) = (Failure::from(one), Failure::from(two));
        assert_eq!((one.message.as_str(), one.hints.len()), ("name: missing", 0));
        assert_eq!(two.message, "2 fields are not as they must be");
        assert_eq!(two.hints, ["name: missing", "email: missing"]);
    }

    #[test]
    fn what_to_do_next_reaches_the_terminal() {
        let failure = Failure::from(Problem::new(ErrorCode::Conflict, "no").with_next("ask again"));
        assert_eq!(failure.hints, ["ask again"]);
    }
}
