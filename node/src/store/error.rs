//! Why the store could not do as asked, in the terms that its callers act upon.

use std::any::Any;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// Why the store could not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process, or another part of this one, holds the folder.
    #[error("the store in {} is in use by another node; stop that one or choose another data folder", .0.display())]
    Locked(PathBuf),
    /// The disk holds too little for another record; what is stored stays readable.
    #[error("{} has {free} bytes free, at least {least} are needed; make room and try again", .dir.display())]
    NoSpace {
        /// The folder of the store.
        dir: PathBuf,
        /// What is free.
        free: u64,
        /// What must be.
        least: u64,
    },
    /// The disk refused.
    #[error("{doing} failed")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        #[source]
        source: Error,
    },
    /// What lies on disk is not what was written.
    #[error("the store is damaged ({0}); restart the node, which sets it aside and fetches the records again")]
    Corrupt(String),
    /// An earlier failure left it unknown what is on disk, so nothing more is written.
    #[error("the store stopped taking records after a disk failure; mend the disk, then restart the node")]
    Halted,
}

impl StoreError {
    /// What it means when sled panicked, in the words of the panic.
    pub(super) fn given_up(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        Self::Corrupt(format!("sled gave up: {}", text.unwrap_or("without saying why")))
    }

    /// Whether the disk is full, which passes when somebody makes room.
    #[must_use]
    pub fn is_full(&self) -> bool {
        match self {
            Self::NoSpace { .. } => true,
            Self::Io { source, .. } => matches!(source.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded),
            Self::Locked(_) | Self::Corrupt(_) | Self::Halted => false,
        }
    }

    /// Whether it leaves unknown what is on disk.
    pub(super) const fn is_grave(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::Corrupt(_))
    }

    /// Puts what was being done before a failure of the system.
    pub(super) const fn io(doing: &'static str) -> impl FnOnce(Error) -> Self {
        move |source| Self::Io { doing, source }
    }

    /// Says which row of the register cannot be read.
    pub(super) fn row(which: &str) -> Self {
        Self::Corrupt(format!("a {which} row cannot be read"))
    }

    /// Says which folder another node holds.
    pub(super) fn locked(dir: &Path) -> Self {
        Self::Locked(dir.to_owned())
    }
}

impl From<sled::Error> for StoreError {
    fn from(error: sled::Error) -> Self {
        match error {
            // A log that ends before its own index says is damage, not a failing disk.
            sled::Error::Io(source) if source.kind() == ErrorKind::UnexpectedEof => Self::Corrupt(source.to_string()),
            sled::Error::Io(source) => Self::Io { doing: "reading or writing the store", source },
            sled::Error::CollectionNotFound(_)
            | sled::Error::Unsupported(_)
            | sled::Error::ReportableBug(_)
            | sled::Error::Corruption { .. } => Self::Corrupt(error.to_string()),
        }
    }
}
