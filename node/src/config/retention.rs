//! `[retention]`: how long words, names and addresses are kept after an introduction ended, and the audit trail.

use serde::Serialize;

use super::load::ConfigError;

/// Days that each may be, at least and at most. A late answer and what a neighbour lost on a bad day need the first
/// weeks; nothing that two people wrote to each other needs more than a year.
const DECLINED: (u16, u16) = (30, 365);
const WITHDRAWN: (u16, u16) = (14, 365);
const ACCEPTED: (u16, u16) = (30, 365);
const AUDIT: (u16, u16) = (90, 730);

/// How long content is kept. What is older is forgotten every six hours; that an introduction was, when, and how it ended
/// stays, without words, names and addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
pub struct RetentionConfig {
    /// Days after which what was written is forgotten where the answer was no, or none came. 30 to 365.
    #[config(default = 90, env = "MENTORMESH_RETENTION_DECLINED_DAYS")]
    pub declined_days: u16,
    /// The same where the mentee took the request back. 14 to 365.
    #[config(default = 30, env = "MENTORMESH_RETENTION_WITHDRAWN_DAYS")]
    pub withdrawn_days: u16,
    /// The same where the answer was yes: until then the two find each other's addresses here. 30 to 365.
    #[config(default = 183, env = "MENTORMESH_RETENTION_ACCEPTED_DAYS")]
    pub accepted_days: u16,
    /// Days after which the audit trail is forgotten, and what mentors reported of persons they blocked. 90 to 730.
    #[config(default = 730, env = "MENTORMESH_RETENTION_AUDIT_DAYS")]
    pub audit_days: u16,
}

impl RetentionConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        for (key, days, (least, most)) in [
            ("retention.declined_days", self.declined_days, DECLINED),
            ("retention.withdrawn_days", self.withdrawn_days, WITHDRAWN),
            ("retention.accepted_days", self.accepted_days, ACCEPTED),
            ("retention.audit_days", self.audit_days, AUDIT),
        ] {
            if !(least..=most).contains(&days) {
                let problem = format!("{least} to {most} are taken");
                return Err(ConfigError::Value { key, value: days.to_string(), problem });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn nothing_that_people_wrote_may_be_kept_for_longer_than_a_year_nor_be_gone_while_it_is_needed() {
        let usual = Config::defaults().expect("the defaults are valid").retention;
        assert_eq!((usual.declined_days, usual.withdrawn_days, usual.audit_days), (90, 30, 730));
        assert!(usual.check().is_ok());
        for (config, says) in [
            (RetentionConfig { declined_days: 366, ..usual.clone() }, "declined_days"),
            (RetentionConfig { declined_days: 29, ..usual.clone() }, "declined_days"),
            (RetentionConfig { withdrawn_days: 0, ..usual.clone() }, "withdrawn_days"),
            (RetentionConfig { accepted_days: 500, ..usual.clone() }, "accepted_days"),
            (RetentionConfig { audit_days: 731, ..usual.clone() }, "audit_days"),
        ] {
            let problem = config.check().expect_err("it breaks a rule").to_string();
            assert!(problem.contains(says) && problem.contains("are taken"), "{problem}");
        }
    }
}
