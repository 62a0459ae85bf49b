//! Which organisations a node shows, holds and sends to, and the path that explains it.
//!
//! Recognitions never pair, accept or refuse a person; they only widen whose records are shown. The rule does not
//! recurse: two steps from a pin is as far as trust reaches.

use std::collections::BTreeSet;

use crate::key::OrganisationId;
use crate::limits::{QUOTA_OPEN, QUOTA_PINNED, QUOTA_RECOGNISED};

/// The operator's policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// Only pinned organisations are shown.
    #[default]
    Closed,
    /// Pinned ones, and those that pinned ones vouch for.
    Recognised,
    /// All that are not blocked.
    Open,
}

/// Policy, pins and blocks of one node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The policy.
    pub policy: Policy,
    /// Organisations that the operator pinned.
    pub pinned: BTreeSet<OrganisationId>,
    /// Organisations that the operator blocked; a block beats everything.
    pub blocked: BTreeSet<OrganisationId>,
}

/// One unexpired register recognition: `by` vouches for `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vouch {
    /// Who says it.
    pub by: OrganisationId,
    /// Of whom.
    pub of: OrganisationId,
}

/// Why an organisation is shown or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is this node's own.
    Own,
    /// The operator pinned it.
    Pinned,
    /// Two pinned organisations recognise it.
    RecognisedByTwo(OrganisationId, OrganisationId),
    /// A pinned organisation recognises it, and so does one that another pinned organisation recognises.
    RecognisedThrough {
        /// The pinned organisation that recognises it.
        pinned: OrganisationId,
        /// The other organisation that recognises it.
        through: OrganisationId,
        /// The pinned organisation that recognises `through`.
        vouching: OrganisationId,
    },
    /// The policy is open.
    Open,
    /// Nothing speaks for it under this policy.
    NotTrusted,
    /// The operator blocked it.
    Blocked,
}

impl Why {
    /// Whether the organisation's records are shown.
    #[must_use]
    pub const fn shown(self) -> bool {
        !matches!(self, Self::NotTrusted | Self::Blocked)
    }

    /// How many records of the organisation are held under this standing.
    #[must_use]
    pub const fn quota(self) -> usize {
        match self {
            Self::Own | Self::Pinned => QUOTA_PINNED,
            Self::RecognisedByTwo(..) => QUOTA_RECOGNISED,
            Self::RecognisedThrough { .. } | Self::Open => QUOTA_OPEN,
            Self::NotTrusted | Self::Blocked => 0,
        }
    }
}

/// Decides whether `of` is shown by the node of organisation `own`.
#[must_use]
pub fn decide(own: &OrganisationId, of: &OrganisationId, settings: &Settings, vouches: &BTreeSet<Vouch>) -> Why {
    if of == own {
        return Why::Own;
    }
    if settings.blocked.contains(of) {
        return Why::Blocked;
    }
    if settings.pinned.contains(of) {
        return Why::Pinned;
    }
    match settings.policy {
        Policy::Closed => Why::NotTrusted,
        Policy::Open => Why::Open,
        Policy::Recognised => recognised(of, settings, vouches).unwrap_or(Why::NotTrusted),
    }
}

fn recognised(of: &OrganisationId, settings: &Settings, vouches: &BTreeSet<Vouch>) -> Option<Why> {
    let speaks = |by: &OrganisationId| !settings.blocked.contains(by);
    let pinned = |by: &OrganisationId| settings.pinned.contains(by) && speaks(by);
    let vouching_for =
        |of: OrganisationId| vouches.iter().filter(move |vouch| vouch.of == of).map(|vouch| vouch.by).filter(speaks);
    let direct: Vec<_> = vouching_for(*of).filter(pinned).collect();
    if let [first, second, ..] = direct.as_slice() {
        return Some(Why::RecognisedByTwo(*first, *second));
    }
    let first = *direct.first()?;
    vouching_for(*of).filter(|through| *through != first && through != of).find_map(|through| {
        let vouching = vouching_for(through).filter(pinned).find(|by| *by != first)?;
        Some(Why::RecognisedThrough { pinned: first, through, vouching })
    })
}
