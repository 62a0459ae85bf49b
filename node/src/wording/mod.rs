//! One mail in words: what it says, by the names of messages, in both its forms (`frame.rs`), and in which language
//! whoever gets it reads (`reader.rs`).
//!
//! It refuses to know why a mail is written, who writes it and how it leaves: those who write mail name it.

mod frame;
mod reader;

pub(crate) use frame::{Addressed, Block, Frame, Link};
pub(crate) use reader::Readers;
