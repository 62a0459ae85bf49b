//! What a registrar is mailed.

use super::links::Links;
use super::words_mentee::mentor;
use crate::wording::{Block, Frame};

/// The mail for a notice that is for those who keep the register, unless it is none.
pub(super) fn frame(what: &str, links: &Links<'_>) -> Option<Frame> {
    if what != super::compose::SILENT {
        return None;
    }
    let blocks = vec![
        Block::say("mail-silent", &[("mentor", &mentor(links))]),
        Block::say("mail-silent-next", &[]),
        Block::Go(format!("{}/desk/listings/{}", links.home, links.about.profile.subject)),
    ];
    Some(Frame { subject: "mail-subject-silent", blocks, foot: Vec::new() })
}
