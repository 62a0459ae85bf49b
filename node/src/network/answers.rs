//! What this node answers when another one asks: no state between requests, everything a function of the store, the
//! moment asked about and whether the asker is admitted.

use mentormesh_protocol::limits::{BATCH_BYTES, CLOCK_APART, FETCH_IDS, SUMMARY_ROWS, TAIL_IDS};
use mentormesh_protocol::reconcile::{Set, ordered_hash};
use mentormesh_protocol::wire::{Hello, Place, Refusal, Scope, SummaryRow, SyncAnswer, SyncRequest, VERSION};
use mentormesh_protocol::{OrganisationId, PeerId, Record, RecordId, Signed, Timestamp};

use super::context::Context;
use crate::store::StoreError;

/// What a request tells the circle, besides its answer.
#[derive(Debug)]
pub(super) enum Heard {
    Nothing,
    Hello(Hello),
    Nudge,
}

/// Answers one request of `peer`. Reads the store, so it belongs on a thread that may wait.
pub(super) fn answer(context: &Context, peer: &PeerId, request: &[u8]) -> (SyncAnswer, Heard) {
    let request = match SyncRequest::decode(request) {
        Ok(request) => request,
        Err(error) => return (SyncAnswer::Refused(Refusal::Malformed(error.to_string())), Heard::Nothing),
    };
    let heard = match &request {
        SyncRequest::Hello(hello) => Heard::Hello(hello.clone()),
        SyncRequest::Nudge => Heard::Nudge,
        SyncRequest::Summary { .. } | SyncRequest::Reconcile { .. } | SyncRequest::Fetch { .. } => Heard::Nothing,
        SyncRequest::Tail { .. } | SyncRequest::Snapshot { .. } | SyncRequest::Ordered { .. } => Heard::Nothing,
    };
    let answer = Answering { context, admitted: context.view().admits(peer), peer }.to(request);
    let answer = answer.unwrap_or_else(|error| {
        tracing::error!(%error, "could not read the store to answer a peer");
        SyncAnswer::Refused(Refusal::Busy(60_000))
    });
    (answer, heard)
}

struct Answering<'c> {
    context: &'c Context,
    peer: &'c PeerId,
    admitted: bool,
}

impl Answering<'_> {
    fn to(&self, request: SyncRequest) -> Result<SyncAnswer, StoreError> {
        let refused = |refusal| Ok(SyncAnswer::Refused(refusal));
        match request {
            SyncRequest::Hello(hello) => Ok(self.hello(&hello)),
            SyncRequest::Summary { as_of, after } => self.summary(as_of, after),
            SyncRequest::Fetch { ids } => self.fetch(&ids),
            SyncRequest::Nudge => Ok(SyncAnswer::Noted),
            SyncRequest::Reconcile { organisation, scope, .. }
            | SyncRequest::Tail { organisation, scope, .. }
            | SyncRequest::Snapshot { organisation, scope, .. }
            | SyncRequest::Ordered { organisation, scope, .. }
                if !self.sends(&organisation, scope) =>
            {
                refused(Refusal::NotAdmitted)
            }
            SyncRequest::Reconcile { organisation, scope, as_of, since, message } => {
                let members = self.context.store.members(&organisation, scope, as_of, since)?;
                let answer = Set::seal(members).and_then(|set| set.answer(&message));
                match answer {
                    Ok(message) => Ok(SyncAnswer::Reconcile(message.into())),
                    Err(error) => refused(Refusal::Malformed(error.to_string())),
                }
            }
            SyncRequest::Tail { organisation, scope, as_of } => {
                Ok(SyncAnswer::Tail(self.context.store.tail(&organisation, scope, as_of, TAIL_IDS)?))
            }
            SyncRequest::Snapshot { organisation, scope, as_of, after } => {
                self.snapshot(&organisation, scope, as_of, after)
            }
            SyncRequest::Ordered { organisation, scope, as_of } => {
                let members = self.context.store.members(&organisation, scope, as_of, 0)?;
                Ok(SyncAnswer::Ordered(ordered_hash(&members).into()))
            }
        }
    }

    /// Whether this half of an organisation's records is for this peer.
    fn sends(&self, organisation: &OrganisationId, scope: Scope) -> bool {
        self.context.view().shows(organisation) && (scope == Scope::Identity || self.admitted)
    }

    fn hello(&self, theirs: &Hello) -> SyncAnswer {
        let ours = self.context.hello(self.peer);
        if theirs.network != ours.network {
            return SyncAnswer::Refused(Refusal::Network(ours.network));
        }
        if theirs.most_version < VERSION || theirs.least_version > VERSION {
            return SyncAnswer::Refused(Refusal::Version(VERSION, VERSION));
        }
        if theirs.clock.apart(ours.clock) > CLOCK_APART {
            return SyncAnswer::Refused(Refusal::Clock(theirs.clock, ours.clock));
        }
        SyncAnswer::Hello(ours)
    }

    fn summary(&self, as_of: Timestamp, after: Option<OrganisationId>) -> Result<SyncAnswer, StoreError> {
        let view = self.context.view();
        let rest = view.organisations.iter().filter(|(id, known)| known.why.shown() && Some(**id) > after);
        let mut rows = Vec::new();
        let mut more = false;
        for (id, known) in rest {
            if rows.len() == SUMMARY_ROWS {
                more = true;
                break;
            }
            let register = match self.admitted {
                true => Some(self.context.store.summary(id, Scope::Register, as_of)?),
                false => None,
            };
            let identity = self.context.store.summary(id, Scope::Identity, as_of)?;
            rows.push(SummaryRow { organisation: *id, tip: known.tip, identity, register });
        }
        Ok(SyncAnswer::Summary(rows, more))
    }

    fn fetch(&self, ids: &[RecordId]) -> Result<SyncAnswer, StoreError> {
        let (mut envelopes, mut size) = (Vec::new(), 0);
        for id in ids.iter().take(FETCH_IDS) {
            let Some(envelope) = self.context.store.envelope(id)? else { continue };
            if size + envelope.len() > BATCH_BYTES && size > 0 {
                break;
            }
            if self.may_have(&envelope, *id) {
                size += envelope.len();
                envelopes.push(envelope.into());
            }
        }
        Ok(SyncAnswer::Envelopes(envelopes))
    }

    fn may_have(&self, envelope: &[u8], id: RecordId) -> bool {
        let Ok(signed) = Signed::<Record>::decode(envelope) else { return false };
        let header = signed.claims().header();
        let scope = if header.is_identity() { Scope::Identity } else { Scope::Register };
        self.sends(&header.organisation.unwrap_or(OrganisationId(id.0)), scope)
    }

    fn snapshot(
        &self,
        organisation: &OrganisationId,
        scope: Scope,
        as_of: Timestamp,
        after: Option<Place>,
    ) -> Result<SyncAnswer, StoreError> {
        let (page, next) = self.context.store.page(organisation, scope, as_of, after, BATCH_BYTES)?;
        Ok(SyncAnswer::Snapshot(page.into_iter().map(|(_, envelope)| envelope.into()).collect(), next))
    }
}
