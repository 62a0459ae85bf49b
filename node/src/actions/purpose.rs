//! What a link may be for. The number is part of what is signed, so that a link for one thing does no other.

/// The one thing that a link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The mentor says yes to an introduction.
    Accept,
    /// The mentor agrees to a short first call.
    Explore,
    /// The mentor asks back.
    Ask,
    /// The mentor says no, with a reason.
    Decline,
    /// The mentee answers what was asked.
    Answer,
    /// The mentee takes the request back.
    TakeBack,
    /// The mentor takes no requests for now.
    Pause,
    /// The mentor leaves the network.
    Withdraw,
    /// The mentor chooses which mail to get.
    MentorMail,
    /// The mentee chooses which mail to get.
    MenteeMail,
    /// The mentor answers about their own listing.
    Listing(ListingStep),
}

/// What a mentor does with their own listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListingStep {
    /// Agrees to be listed, and chooses to whom.
    Consent,
    /// Does not want to be listed.
    Decline,
    /// Opens their own listing.
    Edit,
    /// Says that it is still right.
    Confirm,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Accept,
        Self::Explore,
        Self::Ask,
        Self::Decline,
        Self::Answer,
        Self::TakeBack,
        Self::Pause,
        Self::Withdraw,
        Self::MentorMail,
        Self::MenteeMail,
        Self::Listing(ListingStep::Consent),
        Self::Listing(ListingStep::Decline),
        Self::Listing(ListingStep::Edit),
        Self::Listing(ListingStep::Confirm),
    ];

    /// Its number in a link; one that was given once never means anything else.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Accept => 1,
            Self::Explore => 2,
            Self::Ask => 3,
            Self::Decline => 4,
            Self::Answer => 5,
            Self::TakeBack => 6,
            Self::Pause => 7,
            Self::Withdraw => 8,
            Self::MentorMail => 9,
            Self::MenteeMail => 10,
            Self::Listing(ListingStep::Consent) => 11,
            Self::Listing(ListingStep::Decline) => 12,
            Self::Listing(ListingStep::Edit) => 13,
            Self::Listing(ListingStep::Confirm) => 14,
        }
    }

    pub(super) fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.number() == number)
    }

    /// Whether it may be used as often as somebody likes: choosing again undoes a choice.
    #[must_use]
    pub const fn repeats(self) -> bool {
        matches!(self, Self::MentorMail | Self::MenteeMail)
    }
}
