//! A search as a query string says it, for the API and the page alike.

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::limits::PAGE_DEFAULT;
use mentormesh_protocol::query::Query;
use mentormesh_protocol::record::{Invalid, OfferKind};

use super::error::Failure;
use super::extract::Pairs;

/// What a search takes once.
pub(super) const ONCE: [&str; 5] = ["q", "trainee", "available", "limit", "offset"];
/// The filters, which repeat.
pub(super) const OFTEN: [&str; 5] = ["skill", "language", "country", "offer", "organisation"];

/// Reads a search; names it does not know are left alone.
pub(super) fn query(
    pairs: &Pairs,
    organisation: impl Fn(&str) -> Result<OrganisationId, Failure>,
) -> Result<Query, Failure> {
    let mut query = Query::words(pairs.last("q").unwrap_or_default());
    for (name, value) in &pairs.0 {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match name.as_str() {
            "skill" => query.skills.push(value.to_owned()),
            "language" => query.languages.push(value.to_owned()),
            "country" => query.countries.push(value.to_ascii_uppercase()),
            "offer" => query.offers.push(offer(value)?),
            "organisation" => query.organisations.push(organisation(value)?),
            _ => {}
        }
    }
    query.trainee = pairs.flag("trainee")?;
    query.available = pairs.flag("available")?;
    query.limit = pairs.number("limit", PAGE_DEFAULT)?;
    query.offset = pairs.number("offset", 0)?;
    query.check()?;
    Ok(query)
}

fn offer(word: &str) -> Result<OfferKind, Invalid> {
    word.parse().map_err(|invalid: Invalid| Invalid::new("offer", invalid.problem))
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::ErrorCode;

    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Result<Query, Failure> {
        let owned = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        query(&Pairs(owned), |text| text.parse().map_err(|_| Failure::not_found("organisation", text)))
    }

    #[test]
    fn filters_repeat_and_empty_ones_mean_nothing() {
        let pairs =
            [("q", " social media "), ("skill", "PR"), ("skill", "speeches"), ("country", "gb"), ("language", "")];
        let query = asked(&pairs).expect("a search");
        assert_eq!(query.words, "social media");
        assert_eq!(query.skills, ["PR", "speeches"]);
        assert_eq!(query.countries, ["GB"]);
        assert!(query.languages.is_empty());
        assert_eq!(query.limit, PAGE_DEFAULT);
    }

    #[test]
    fn yes_no_and_offers_are_read() {
        let query = asked(&[("trainee", "true"), ("available", "false"), ("offer", "intro_15")]).expect("a search");
        assert_eq!((query.trainee, query.available), (Some(true), Some(false)));
        assert_eq!(query.offers, [OfferKind::Intro15]);
    }

    #[test]
    fn every_bound_is_named() {
        for (name, value) in
            [("limit", "0"), ("limit", "101"), ("offset", "1000"), ("offer", "lunch"), ("trainee", "x")]
        {
            let failure = asked(&[(name, value)]).expect_err("out of bounds");
            assert_eq!(failure.problem().code, ErrorCode::Invalid, "{name}={value}");
            assert_eq!(failure.problem().errors.first().map(|error| error.field.as_str()), Some(name));
        }
    }
}
