//! What a node answers in a sync session: a function of its register, the moment asked about and who asks.

use mentormesh_protocol::chain::Chain;
use mentormesh_protocol::limits::{BATCH_BYTES, CLOCK_APART, SUMMARY_ROWS};
use mentormesh_protocol::reconcile::Set;
use mentormesh_protocol::testing::Register;
use mentormesh_protocol::wire::{Hello, Refusal, Scope, SummaryRow, SyncAnswer, SyncRequest, VERSION};
use mentormesh_protocol::{OrganisationId, Record, RecordId, Signed, Timestamp};

pub(crate) fn hello(own: OrganisationId, clock: Timestamp, admits_you: bool) -> Hello {
    let network = "main".to_owned();
    Hello {
        network,
        least_version: VERSION,
        most_version: VERSION,
        clock,
        organisation: own,
        mentors: 0,
        quota: 0,
        admits_you,
    }
}

/// One side of a conversation.
#[derive(Debug)]
pub(crate) struct Answering<'n> {
    pub(crate) own: OrganisationId,
    pub(crate) register: &'n Register,
    pub(crate) clock: Timestamp,
    /// Whether this node shows the organisation that asks.
    pub(crate) admitted: bool,
}

impl Answering<'_> {
    pub(crate) fn to(&self, request: &[u8]) -> SyncAnswer {
        match SyncRequest::decode(request) {
            Ok(SyncRequest::Hello(theirs)) if theirs.clock.apart(self.clock) > CLOCK_APART => {
                SyncAnswer::Refused(Refusal::Clock(theirs.clock, self.clock))
            }
            Ok(SyncRequest::Hello(_)) => SyncAnswer::Hello(hello(self.own, self.clock, self.admitted)),
            Ok(SyncRequest::Summary { as_of, after }) => self.summary(as_of, after),
            Ok(SyncRequest::Reconcile { organisation, scope, as_of, message, .. }) => {
                if !self.sends(&organisation, scope) {
                    return SyncAnswer::Refused(Refusal::NotAdmitted);
                }
                let set = Set::seal(self.register.members(&organisation, scope, as_of));
                match set.and_then(|set| set.answer(&message)) {
                    Ok(answer) => SyncAnswer::Reconcile(answer.into()),
                    Err(error) => SyncAnswer::Refused(Refusal::Malformed(error.to_string())),
                }
            }
            Ok(SyncRequest::Fetch { ids }) => self.fetch(&ids),
            Ok(
                SyncRequest::Tail { .. }
                | SyncRequest::Snapshot { .. }
                | SyncRequest::Ordered { .. }
                | SyncRequest::Nudge,
            ) => SyncAnswer::Noted,
            Err(error) => SyncAnswer::Refused(Refusal::Malformed(error.to_string())),
        }
    }

    fn sends(&self, organisation: &OrganisationId, scope: Scope) -> bool {
        self.register.shows(organisation) && (scope == Scope::Identity || self.admitted)
    }

    fn summary(&self, as_of: Timestamp, after: Option<OrganisationId>) -> SyncAnswer {
        let organisations = self.register.organisations();
        let mut rest = organisations.into_iter().filter(|id| Some(*id) > after);
        let row = |organisation: OrganisationId| SummaryRow {
            organisation,
            tip: self.register.chain(&organisation).map_or(RecordId(organisation.0), Chain::tip),
            identity: self.register.summary(&organisation, Scope::Identity, as_of),
            register: self.admitted.then(|| self.register.summary(&organisation, Scope::Register, as_of)),
        };
        let rows = rest.by_ref().take(SUMMARY_ROWS).map(row).collect();
        SyncAnswer::Summary(rows, rest.next().is_some())
    }

    fn fetch(&self, ids: &[RecordId]) -> SyncAnswer {
        let (mut envelopes, mut size) = (Vec::new(), 0);
        for envelope in ids.iter().filter_map(|id| self.register.envelope(id)) {
            if size + envelope.len() > BATCH_BYTES && size > 0 {
                break;
            }
            if self.may_have(envelope) {
                size += envelope.len();
                envelopes.push(envelope.to_vec().into());
            }
        }
        SyncAnswer::Envelopes(envelopes)
    }

    fn may_have(&self, envelope: &[u8]) -> bool {
        let Ok(signed) = Signed::<Record>::decode(envelope) else { return false };
        let header = signed.claims().header();
        let scope = if header.is_identity() { Scope::Identity } else { Scope::Register };
        self.sends(&header.organisation.unwrap_or(OrganisationId(signed.id().0)), scope)
    }
}
