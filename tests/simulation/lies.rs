//! What a node answers in a sync session that wants the other side to believe, lack, fetch or wait for what is not.

use mentormesh_protocol::reconcile::Fingerprint;
use mentormesh_protocol::testing::tamper;
use mentormesh_protocol::wire::{ScopeSummary, SummaryRow, SyncAnswer};
use mentormesh_protocol::{OrganisationId, RecordId};

use crate::mallory;
use crate::random::Random;

/// How a node lies to one peer through one session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lie {
    /// Fingerprints and counts that are nobody's.
    WrongFingerprints,
    /// A reconciliation that never ends.
    EndlessRounds,
    /// Ids of nothing, as many as fit.
    HugeNeedList,
    /// Envelopes with a bit turned.
    BentEnvelopes,
    /// Nothing is there.
    Withheld,
    Noise,
}

impl Lie {
    const ALL: [Self; 6] = [
        Self::WrongFingerprints,
        Self::EndlessRounds,
        Self::HugeNeedList,
        Self::BentEnvelopes,
        Self::Withheld,
        Self::Noise,
    ];

    pub(crate) fn draw(random: &mut Random) -> Self {
        random.pick(&Self::ALL).copied().unwrap_or(Self::Noise)
    }

    /// The lie in place of the truth; the truth where this lie has no place.
    pub(crate) fn instead_of(self, truth: SyncAnswer, random: &mut Random) -> Vec<u8> {
        match (self, truth) {
            (Self::Withheld, SyncAnswer::Summary(..)) => SyncAnswer::Summary(Vec::new(), false).encode(),
            (Self::Withheld, SyncAnswer::Envelopes(_)) => SyncAnswer::Envelopes(Vec::new()).encode(),
            (Self::BentEnvelopes, SyncAnswer::Envelopes(envelopes)) => {
                let at = -(1 + isize::try_from(random.below(200)).unwrap_or(0));
                let bent = envelopes.into_iter().map(|envelope| tamper::flipped(&envelope, at).into());
                SyncAnswer::Envelopes(bent.collect()).encode()
            }
            (Self::WrongFingerprints | Self::EndlessRounds | Self::HugeNeedList, SyncAnswer::Summary(rows, _)) => {
                SyncAnswer::Summary(wrong(rows, random), true).encode()
            }
            (Self::EndlessRounds, SyncAnswer::Reconcile(_)) => SyncAnswer::Reconcile(endless(random).into()).encode(),
            (Self::HugeNeedList, SyncAnswer::Reconcile(_)) => SyncAnswer::Reconcile(needs(random).into()).encode(),
            (Self::Noise, _) if random.chance(30) => mallory::noise(random),
            (_, truth) => truth.encode(),
        }
    }
}

fn wrong(rows: Vec<SummaryRow>, random: &mut Random) -> Vec<SummaryRow> {
    let mut rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let wrong = ScopeSummary { count: 1 + random.below(9), fingerprint: fingerprint(random), max_sequence: 7 };
            SummaryRow { identity: wrong, register: row.register.map(|_| wrong), ..row }
        })
        .collect();
    let nobody = ScopeSummary { count: u64::MAX, fingerprint: fingerprint(random), max_sequence: u64::MAX };
    let (organisation, tip) = (OrganisationId(bytes(random)), RecordId(bytes(random)));
    rows.insert(0, SummaryRow { organisation, tip, identity: nobody, register: Some(nobody) });
    rows.truncate(256);
    rows
}

fn bytes(random: &mut Random) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&random.next().to_le_bytes()));
    bytes
}

fn fingerprint(random: &mut Random) -> Fingerprint {
    let mut fingerprint = [0; 16];
    fingerprint.iter_mut().zip(bytes(random)).for_each(|(to, from)| *to = from);
    Fingerprint(fingerprint)
}

/// The whole range again, with a fingerprint that cannot match: version 0x61, bound without end, mode 1.
fn endless(random: &mut Random) -> Vec<u8> {
    [&[0x61, 0, 0, 1][..], &fingerprint(random).0].concat()
}

/// The whole range as a list of ids (mode 2): a thousand of them, whose number takes two bytes.
fn needs(random: &mut Random) -> Vec<u8> {
    let mut message =
        vec![0x61, 0, 0, 2, 0x80 | (1_000_u16 >> 7).to_le_bytes()[0], (1_000_u16 & 0x7f).to_le_bytes()[0]];
    for _ in 0..1_000 {
        message.extend(bytes(random));
    }
    message
}
