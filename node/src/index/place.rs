//! The places of a profile where words are looked for, and how much each weighs.

/// How much a place weighs: a word found there earns all, two thirds or a third of its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Name, headline and skills.
    Top,
    /// What the mentor helps with, summary, tags, sectors.
    Middle,
    /// Everything else that is read.
    Low,
}

/// One value for each tier.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByTier<T> {
    top: T,
    middle: T,
    low: T,
}

impl<T> ByTier<T> {
    pub(crate) fn new(mut of: impl FnMut(Tier) -> T) -> Self {
        Self { top: of(Tier::Top), middle: of(Tier::Middle), low: of(Tier::Low) }
    }

    pub(crate) const fn of(&self, tier: Tier) -> &T {
        match tier {
            Tier::Top => &self.top,
            Tier::Middle => &self.middle,
            Tier::Low => &self.low,
        }
    }

    pub(crate) const fn of_mut(&mut self, tier: Tier) -> &mut T {
        match tier {
            Tier::Top => &mut self.top,
            Tier::Middle => &mut self.middle,
            Tier::Low => &mut self.low,
        }
    }
}

impl Tier {
    /// Every tier, the weightiest first.
    pub const ALL: [Self; 3] = [Self::Top, Self::Middle, Self::Low];
}

/// A place of a profile where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The skills.
    Skills,
    /// The headline.
    Headline,
    /// The name.
    Name,
    /// What the mentor helps with.
    HelpsWith,
    /// The tags.
    Tags,
    /// The summary.
    Summary,
    /// The sectors.
    Sectors,
    /// The longer text.
    Bio,
    /// Whom the mentor can help.
    Fit,
    /// The trainee's programme and award.
    Programme,
    /// The employer.
    Employer,
    /// The region.
    Region,
}

impl Place {
    /// How much it weighs.
    #[must_use]
    pub const fn tier(self) -> Tier {
        match self {
            Self::Skills | Self::Headline | Self::Name => Tier::Top,
            Self::HelpsWith | Self::Tags | Self::Summary | Self::Sectors => Tier::Middle,
            Self::Bio | Self::Fit | Self::Programme | Self::Employer | Self::Region => Tier::Low,
        }
    }

    /// Its name for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Skills => "skills",
            Self::Headline => "headline",
            Self::Name => "name",
            Self::HelpsWith => "helps_with",
            Self::Tags => "tags",
            Self::Summary => "summary",
            Self::Sectors => "sectors",
            Self::Bio => "bio",
            Self::Fit => "fit",
            Self::Programme => "programme",
            Self::Employer => "employer",
            Self::Region => "region",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skills => "skills",
            Self::Headline => "headline",
            Self::Name => "name",
            Self::HelpsWith => "what they help with",
            Self::Tags => "tags",
            Self::Summary => "summary",
            Self::Sectors => "sectors",
            Self::Bio => "the longer text",
            Self::Fit => "whom they can help",
            Self::Programme => "programme",
            Self::Employer => "employer",
            Self::Region => "region",
        }
    }

    /// Whether each of its passages is one short thing, so that words near each other in it belong together.
    pub(crate) const fn is_short(self) -> bool {
        matches!(
            self,
            Self::Skills | Self::Headline | Self::Name | Self::HelpsWith | Self::Tags | Self::Sectors | Self::Region
        )
    }
}
