//! Telephone numbers in folded text, told apart from years, dates, hours, sums, standards and versions.
//!
//! A number is judged as a run of digit groups with what joins them. It is a telephone number by its beginning (`+`,
//! `00`, `0`, an area code in brackets), by a word before it (`tel`, `call`), by the North American shape, or by nine
//! to fifteen digits that nothing innocent explains. Eight digits alone pass: too many innocent numbers look so.

use std::sync::LazyLock;

use regex::Regex;

/// How many digits a whole number has; ITU-T E.164 allows fifteen.
const WHOLE: std::ops::RangeInclusive<usize> = 9..=15;

/// Digit groups joined by what people put between them.
static RUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:[+(]{1,2} ?)?[0-9]+(?:[ ./()_·-]{1,3}[0-9]+)*"));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:https?://|www\.)[^\s]+"));
static DIALLED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:wa\.me/|tel:|t\.me/)\+?[0-9]+"));
/// A word before the number that says what it is.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:tel|telephone|telefon|telefono|teléfono|téléphone|phone|call|mobile|mob|cell|fax|whats ?app|signal|sms|text|ring|dial|handy|móvil|gsm|viber|telegram|wechat|тел|телефон)|电话|手机|電話|携帯|هاتف|फोन|☎|📞|📱)[\s.:#=-]*(?:\b(?:me|us|on|at|is|no|nr|number|nummer|under|using|via|to)\b[\s.:#=-]*){0,3}$",
    )
});
/// Names of standards and numberings: what follows is no telephone number.
static NUMBERING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:ISO|IEC|EN|BS|DIN|RFC|IEEE|ANSI|ASTM|NFPA|ISBN|ISSN|DOI|doi|ORCID|ISCO|ESCO|NACE|SIC)(?:-1[03])?[\s/:.#-]*$",
    )
});
static MONEY_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:[$€£¥₹₽₩]|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|JPY|INR|CAD|AUD|NZD|ZAR|Rs|kr))\.? ?$")
});
static MONEY_AFTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^ ?(?:[$€£¥₹₽₩]|(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|JPY|INR|kr)\b)"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("patterns are fixed and tested")
}

/// Finds the first telephone number in a folded text.
pub(super) fn find(text: &str) -> Option<String> {
    if let Some(found) = DIALLED.find(text) {
        return Some(found.as_str().to_owned());
    }
    let text = ADDRESS.replace_all(text, "\u{fffc}");
    RUN.find_iter(&text).find_map(|found| {
        let (before, after) = (text.get(..found.start())?, text.get(found.end()..)?);
        Run::new(found.as_str(), before, after).is_telephone().then(|| found.as_str().trim().to_owned())
    })
}

/// A digit group and what stands before it within its run.
#[derive(Clone, Copy, Debug)]
struct Group<'t> {
    joint: &'t str,
    digits: &'t str,
}

impl Group<'_> {
    fn value(self) -> u64 {
        self.digits.parse().unwrap_or(u64::MAX)
    }

    fn leads_with_zero(self) -> bool {
        self.digits.starts_with('0')
    }

    fn is_year(self) -> bool {
        self.digits.len() == 4 && (1900..2100).contains(&self.value())
    }

    /// Whether what joins it to the group before could stand between two separate things.
    fn is_apart(self) -> bool {
        !self.joint.contains(['.', '_', '·'])
    }
}

#[derive(Debug)]
struct Run<'t> {
    before: &'t str,
    after: &'t str,
    groups: Vec<Group<'t>>,
}

impl<'t> Run<'t> {
    fn new(text: &'t str, before: &'t str, after: &'t str) -> Self {
        let mut groups = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let (joint, tail) = rest.split_at(start);
            let (digits, tail) = tail.split_at(tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len()));
            groups.push(Group { joint, digits });
            rest = tail;
        }
        // The tail of a number that a comma, colon or apostrophe cut off belongs to that number: 1,250,000 or 10:30.
        let mut last = before.chars().rev();
        let cut = last.next().is_some_and(|c| ",:'".contains(c)) && last.next().is_some_and(|c| c.is_ascii_digit());
        if cut && !text.starts_with(['+', '(']) && !groups.is_empty() {
            groups.remove(0);
        }
        Self { before, after, groups }
    }

    fn is_telephone(&self) -> bool {
        let Some(first) = self.groups.first() else { return false };
        let digits = length(&self.groups);
        if first.joint.contains('+') {
            let sum = self.before.ends_with(|c: char| c.is_alphanumeric() || c == '+');
            return digits >= 8 && !sum;
        }
        if LABEL.is_match(self.before) {
            return digits >= 6 && !explained(&self.groups) && !is_round(&self.groups) && !self.is_large_sum();
        }
        let glued = self.before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '#');
        if glued || NUMBERING.is_match(self.before) || explained(&self.groups) || is_decimal(&self.groups) {
            return false;
        }
        let core = if digits > *WHOLE.end() { strip(&self.groups) } else { &self.groups };
        let whole = WHOLE.contains(&length(core));
        let area = core.first().is_some_and(|group| group.leads_with_zero() || area_code(core));
        (whole && area) || is_north_american(core) || self.is_unexplained(core)
    }

    /// Nine to fifteen digits that are no sum, no range of round numbers, no ISBN.
    fn is_unexplained(&self, core: &[Group<'_>]) -> bool {
        let core = strip(core);
        let isbn = length(core) == 13
            && core.first().is_some_and(|group| matches!(group.digits.get(..3), Some("978" | "979")));
        let money = MONEY_BEFORE.is_match(self.before) || MONEY_AFTER.is_match(self.after);
        WHOLE.contains(&length(core)) && !isbn && !money && !is_sum(core) && !is_round(core)
    }

    /// Thousands that end in 000: `call 10 000 000 people`.
    fn is_large_sum(&self) -> bool {
        is_sum(&self.groups) && self.groups.last().is_some_and(|group| group.digits == "000")
    }
}

fn length(groups: &[Group<'_>]) -> usize {
    groups.iter().map(|group| group.digits.len()).sum()
}

/// `(20) 7946 0000`: two to five digits in brackets that are no year.
fn area_code(groups: &[Group<'_>]) -> bool {
    let [first, second, ..] = groups else { return false };
    let bracketed = first.joint.contains('(') && second.joint.contains(')');
    bracketed && (2..=5).contains(&first.digits.len()) && !first.is_year()
}

/// `555.123.4567`, with or without a leading 1.
fn is_north_american(groups: &[Group<'_>]) -> bool {
    let groups = match groups {
        [one, rest @ ..] if one.digits == "1" => rest,
        _ => groups,
    };
    let shape: Vec<_> = groups.iter().map(|group| group.digits.len()).collect();
    shape == [3, 3, 4]
}

/// `3 500 000`, `1.250.000`, or a range of two such: a head of one to three digits, then threes, joined alike.
fn is_sum(groups: &[Group<'_>]) -> bool {
    let split = groups.iter().skip(1).position(|group| group.joint.contains(['-', '/'])).map(|at| at + 1);
    let (low, high) = groups.split_at(split.unwrap_or(groups.len()));
    is_grouped(low) && (high.is_empty() || is_grouped(high))
}

fn is_grouped(groups: &[Group<'_>]) -> bool {
    let [head, tail @ ..] = groups else { return false };
    let [first, ..] = tail else { return false };
    let plain = first.joint == " " || first.joint == ".";
    let alike = tail.iter().all(|group| group.digits.len() == 3 && group.joint == first.joint);
    plain && alike && head.digits.len() <= 3 && !head.leads_with_zero()
}

/// `10000-15000`, `1250000000`: numbers that somebody rounded.
fn is_round(groups: &[Group<'_>]) -> bool {
    let step = if groups.len() == 1 { 1_000 } else { 50 };
    groups.iter().all(|group| !group.leads_with_zero() && group.value().is_multiple_of(step))
}

/// `3.14159265358`.
fn is_decimal(groups: &[Group<'_>]) -> bool {
    let [whole, fraction] = groups else { return false };
    fraction.joint == "." && (whole.digits == "0" || (whole.digits.len() <= 3 && !whole.leads_with_zero()))
}

/// Whether years, dates, hours and at most one small number account for every digit.
fn explained(groups: &[Group<'_>]) -> bool {
    let mut rest = groups;
    let mut small = false;
    while let Some(first) = rest.first() {
        let taken = match moment(rest) {
            Some(taken) => taken,
            None if !small && first.digits.len() <= 3 && !first.leads_with_zero() => {
                small = true;
                1
            }
            None => return false,
        };
        rest = rest.get(taken..).unwrap_or_default();
        if rest.first().is_some_and(|next| !next.is_apart()) {
            return false;
        }
    }
    true
}

/// The groups without the years, dates and hours at both ends.
fn strip<'g, 't>(groups: &'g [Group<'t>]) -> &'g [Group<'t>] {
    let mut rest = groups;
    while let Some(taken) = moment(rest).filter(|taken| rest.get(*taken).is_none_or(|next| next.is_apart())) {
        rest = rest.get(taken..).unwrap_or_default();
    }
    for taken in [3, 2, 1, 1] {
        let (head, tail) = rest.split_at(rest.len().saturating_sub(taken));
        if moment(tail) == Some(taken) && tail.first().is_some_and(|group| group.is_apart()) {
            rest = head;
        }
    }
    rest
}

/// How many groups at the beginning are one date, hour, span of years or year.
fn moment(groups: &[Group<'_>]) -> Option<usize> {
    match groups {
        [one, two, three, ..] if is_date(*one, *two, *three) => Some(3),
        [one, two, ..] if is_hour(*one, *two) || is_season(*one, *two) => Some(2),
        [one, ..] if one.is_year() => Some(1),
        _ => None,
    }
}

fn is_date(one: Group<'_>, two: Group<'_>, three: Group<'_>) -> bool {
    let joint = two.joint.trim();
    let joined = matches!(joint, "." | "-" | "/") && three.joint.trim() == joint;
    let day = |group: Group<'_>| group.digits.len() <= 2 && (1..=31).contains(&group.value());
    let short = three.digits.len() == 2 && joint != "-";
    joined && day(two) && ((one.is_year() && day(three)) || (day(one) && (three.is_year() || short)))
}

fn is_hour(one: Group<'_>, two: Group<'_>) -> bool {
    let minutes = two.digits.len() == 2 && two.value() < 60 && two.joint == ".";
    minutes && one.digits.len() <= 2 && one.value() <= 24
}

/// `2019/20`.
fn is_season(one: Group<'_>, two: Group<'_>) -> bool {
    one.is_year() && two.digits.len() == 2 && matches!(two.joint, "/" | "-")
}

#[cfg(test)]
mod tests;
