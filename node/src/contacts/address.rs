//! What an e-mail address looks like where one is asked for.

/// Longest e-mail address that mail can deliver to (RFC 5321).
const BYTES: usize = 254;

/// Whether mail could be sent there: one `@`, something before it, a dotted name behind it, nothing that ends a header.
#[must_use]
pub fn is_address(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    // Marks that turn the text after them around: no letter may carry them either.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !turns(c) && !"@,;<>()[]\"\\".contains(c);
    let labels = domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    let sized = email.len() <= BYTES && (1..=64).contains(&local.len());
    sized && labels && domain.contains('.') && local.chars().all(plain) && domain.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_mail_could_reach_are_taken() {
        for email in ["ada@example.org", "a.b+c@mail.example.co.uk", "адa@пример.рф", "o'neil@example.org"] {
            assert!(is_address(email), "{email}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        for email in [
            "",
            "ada",
            "ada@",
            "@example.org",
            "ada@localhost",
            "a b@example.org",
            "a@b@c.org",
            "a\u{202e}b@example.org",
            "a@.org",
            "a@-b.org",
            "x,y@example.org",
            &long,
        ] {
            assert!(!is_address(email), "{email}");
        }
    }
}
