//! Any door: a request about somebody's rights is taken here for every organisation that is known, and brought home.
//!
//! Whether the person or the profile exists is not looked at: the answer is the same. What was asked leaves this node's
//! disk when the organisation signed for it.

use std::net::IpAddr;

use mentormesh_protocol::api::{ErrorCode, Problem, RightsFiled, RightsInput, RightsState};
use mentormesh_protocol::duty::{DutyBody, RightsRequest};
use mentormesh_protocol::key::{base32, sha256};
use mentormesh_protocol::limits::RIGHTS_ANSWERED;
use mentormesh_protocol::{MessageId, OrganisationId, Subject};

use super::Rights;
use super::handle::draw;
use crate::desk::{FiledRow, RightsRow};
use crate::speech::Locale;

/// Requests that may be on their way from here at once.
const ON_THEIR_WAY: u64 = 1_000;
/// What such a duty is, in one word.
pub(super) const ASKED: &str = "asked";

impl Rights {
    /// Takes a request, and answers with the reference under which it can be looked up. In which language it was asked
    /// is kept where it is answered here.
    ///
    /// # Errors
    /// What is wrong with it, or that too many were filed.
    pub(crate) async fn file(
        &self,
        input: RightsInput,
        from: IpAddr,
        asked_in: Option<Locale>,
    ) -> Result<RightsFiled, Problem> {
        let (organisation, request) = self.read(input)?;
        self.throttle.pass(from).await?;
        let (id, secret) = (MessageId(draw()?), draw()?);
        let (reference, own) = (base32().encode(&secret), self.own());
        let mut write = self.desk.write().await?;
        let (filed_at, due_at) = (write.now(), write.now().plus(RIGHTS_ANSWERED));
        let kind = request.kind;
        let row =
            FiledRow { id, kind, organisation, filed_at, due_at, delivered: None, failed_at: None, settled: None };
        write.file_rights(&row, &sha256(reference.as_bytes())).await?;
        if organisation == own {
            let locale = asked_in.map(|locale| locale.tag().to_owned());
            let row = RightsRow { id, door: own, request, locale, received_at: filed_at, due_at, settled: None };
            if !self.register(&mut write, &row).await? {
                return Err(full());
            }
            write.filed_delivered(&id, &self.peer(), &[]).await?;
        } else {
            if write.duties_of(ASKED).await? >= ON_THEIR_WAY {
                return Err(full());
            }
            write.queue_duty(&self.duty(ASKED, id, organisation, DutyBody::Asked(request))?).await?;
        }
        write.commit().await?;
        self.wake();
        let filed = self.look(&reference).await?;
        let filed = filed.ok_or_else(|| Problem::new(ErrorCode::Internal, "what was filed is not there"))?;
        Ok(RightsFiled { reference: Some(reference), ..filed })
    }

    /// How a request that was filed here fares, by its reference.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn look(&self, reference: &str) -> Result<Option<RightsFiled>, Problem> {
        let Some(row) = self.desk.filed(&sha256(reference.as_bytes())).await? else { return Ok(None) };
        let FiledRow { id: number, kind, organisation, filed_at, due_at, delivered, failed_at, settled } = row;
        let state = match (&settled, delivered, failed_at) {
            (Some(_), ..) => RightsState::Answered,
            (None, Some(_), _) => RightsState::Delivered,
            (None, None, Some(_)) => RightsState::Undelivered,
            (None, None, None) => RightsState::OnItsWay,
        };
        Ok(Some(RightsFiled {
            reference: None,
            number,
            kind,
            organisation: self.organisation(organisation),
            state,
            filed_at,
            due_at,
            delivered_at: delivered.map(|(at, _)| at),
            node: delivered.map(|(_, node)| node),
            outcome: settled.as_ref().map(|settled| settled.outcome),
            answered_at: settled.as_ref().map(|settled| settled.at),
            message: settled.and_then(|settled| settled.message),
        }))
    }

    fn read(&self, input: RightsInput) -> Result<(OrganisationId, RightsRequest), Problem> {
        let RightsInput { kind, profile, name, organisation, words, reply } = input;
        let subject: Option<Subject> = profile.map(|profile| profile.subject);
        let home = match (profile.map(|profile| profile.organisation), organisation) {
            (Some(of), Some(named)) if of != named => {
                return Err(Problem::field("organisation", "another than that of the profile; leave it out"));
            }
            (Some(of), _) | (None, Some(of)) => of,
            (None, None) => {
                return Err(Problem::field("organisation", "missing; say which organisation lists the person"));
            }
        };
        let filled = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let words = words.trim().replace("\r\n", "\n");
        let request =
            RightsRequest { kind, subject, name: name.and_then(filled), words, reply: reply.trim().to_owned() };
        request.check()?;
        if !crate::contacts::is_address(&request.reply) {
            return Err(Problem::field("reply", "is not an e-mail address like ada@example.org"));
        }
        let view = self.views.borrow();
        if home == view.own || view.organisations.get(&home).is_some_and(|known| known.card.is_some()) {
            Ok((home, request))
        } else {
            let field = if profile.is_some() { "profile" } else { "organisation" };
            Err(Problem::field(field, "of an organisation that this node does not know"))
        }
    }
}

fn full() -> Problem {
    let next = "come again later, or write to the organisation itself";
    Problem::new(ErrorCode::Busy, "as many requests wait here as may").with_next(next)
}
