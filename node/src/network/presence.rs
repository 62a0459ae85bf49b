//! Our own card and delegation: signed when they are missing or say something else than we would, and renewed one
//! third before they run out.

use std::sync::Arc;

use mentormesh_protocol::key::SealingSecret;
use mentormesh_protocol::limits::{ADDRESSES, LONG_LIFETIME, MINUTE};
use mentormesh_protocol::record::{Body, Delegation, SealingKeyNotice};
use mentormesh_protocol::{Record, Signed, Slot, Timestamp};
use mentormesh_swarm::Address;

use super::context::Context;
use crate::desk::{Desk, OrganisationRow};
use crate::sealing::Secrets;
use crate::signing::{HomeFirst, SignError, Signer};

/// How often what stands is compared with what should.
const EVERY: u64 = MINUTE;

/// What keeps our own identity records standing.
#[derive(Debug)]
pub(super) struct Presence {
    signer: Signer,
    sealing: Secrets,
    next: Timestamp,
}

/// Why our identity could not be brought up to date.
#[derive(Debug, thiserror::Error)]
enum PresenceError {
    #[error(transparent)]
    Sign(#[from] SignError),
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    #[error(transparent)]
    Desk(#[from] crate::desk::DeskError),
}

impl Presence {
    pub(super) const fn new(signer: Signer, sealing: Secrets) -> Self {
        Self { signer, sealing, next: Timestamp(0) }
    }

    /// The clock was set: what stands is compared with what should at the next tick.
    pub(super) const fn clock_was_set(&mut self) {
        self.next = Timestamp(0);
    }

    pub(super) async fn tick(&mut self, context: &Context, desk: &Desk, now: Timestamp) {
        if self.next <= now {
            self.refresh(context, desk).await;
        }
    }

    /// Signs what is missing or outdated; what may not be signed yet is tried again in a minute.
    pub(super) async fn refresh(&mut self, context: &Context, desk: &Desk) {
        let now = context.clock.now();
        self.next = now.plus(EVERY);
        // The signer would wait for the circle, which is waiting for this.
        if self.signer.safety().home_first == HomeFirst::Waiting {
            return;
        }
        match self.bring_up_to_date(context, desk, now).await {
            Ok(()) | Err(PresenceError::Sign(SignError::HomeFirst)) => {}
            Err(error) => tracing::error!(%error, "our own card or delegation could not be signed"),
        }
    }

    async fn bring_up_to_date(&self, context: &Context, desk: &Desk, now: Timestamp) -> Result<(), PresenceError> {
        self.adopt_card(context, desk).await?;
        let Some(row) = desk.organisation().await? else { return Ok(()) };
        let Some(key) = self.sealing.borrow().first().map(SealingSecret::public) else { return Ok(()) };
        let standing = standing(context, &self.signer.card_slot())?;
        let says = |body: &Body| {
            let Body::Card(stands) = body else { return false };
            let seals = stands.sealing_keys.first().is_some_and(|notice| notice.key == key);
            seals && *stands == row.card(stands.sealing_keys.clone())
        };
        if !standing.as_ref().is_some_and(|(body, fresh)| *fresh && says(body)) {
            let use_until = now.plus(LONG_LIFETIME);
            let notice = SealingKeyNotice { key, use_until };
            let body = Body::Card(row.card(vec![notice]));
            self.sign(self.signer.card_slot(), body, standing.is_some_and(|(body, _)| says(&body))).await?;
        }
        let addresses = dialable(context).await;
        let slot = self.signer.delegation_slot();
        let standing = self::standing(context, &slot)?;
        let says = |body: &Body| matches!(body, Body::Delegation(stands) if stands.addresses == addresses);
        if !standing.as_ref().is_some_and(|(body, fresh)| *fresh && says(body)) {
            let key: &mentormesh_protocol::SecretKey = &Arc::clone(&context.node_key);
            let body = Body::Delegation(Delegation::new(addresses.clone(), &context.network, &context.own, key));
            self.sign(slot, body, standing.is_some_and(|(body, _)| says(&body))).await?;
        }
        Ok(())
    }

    /// A desk that was restored may be older than our card: what the card says stands.
    async fn adopt_card(&self, context: &Context, desk: &Desk) -> Result<(), PresenceError> {
        let slot = self.signer.card_slot();
        let Some(stands) = context.store.standing(&slot)?.filter(|standing| !standing.withdraws) else {
            return Ok(());
        };
        if desk.own_envelope(&slot).await?.is_some_and(|own| own.sequence >= stands.sequence) {
            return Ok(());
        }
        let Some(envelope) = context.store.envelope(&stands.id)? else { return Ok(()) };
        let Ok(signed) = Signed::<Record>::decode(&envelope) else { return Ok(()) };
        let Body::Card(card) = signed.claims().body() else { return Ok(()) };
        if desk.adopt_card(&slot, stands.sequence, &envelope, &OrganisationRow::of(card)).await? {
            tracing::warn!("this desk was older than our card; it took over what the card says");
        }
        Ok(())
    }

    async fn sign(&self, slot: Slot, body: Body, renewal: bool) -> Result<(), PresenceError> {
        let issued = if renewal { self.signer.renew(slot, body).await } else { self.signer.issue(slot, body).await };
        issued?;
        Ok(())
    }
}

/// What stands in a slot of ours, and whether more than a third of its life is left.
fn standing(context: &Context, slot: &Slot) -> Result<Option<(Body, bool)>, crate::store::StoreError> {
    let Some(standing) = context.store.standing(slot)?.filter(|standing| !standing.withdraws) else {
        return Ok(None);
    };
    let Some(envelope) = context.store.envelope(&standing.id)? else { return Ok(None) };
    let Ok(signed) = Signed::<Record>::decode(&envelope) else { return Ok(None) };
    let fresh = standing.expires_at.minus(LONG_LIFETIME / 3) > context.clock.now();
    Ok(Some((signed.claims().body().clone(), fresh)))
}

/// Where others can dial us: what we listen on and what the operator named, public addresses first.
pub(super) async fn dialable(context: &Context) -> Vec<String> {
    let mut addresses: Vec<Address> = context.swarm.listen_addresses().await;
    addresses.retain(Address::is_dialable);
    addresses.sort_by_key(Address::is_loopback);
    addresses.truncate(ADDRESSES);
    addresses.iter().map(|address| address.without_peer().to_string()).collect()
}
