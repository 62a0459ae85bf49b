//! `/desk/invitations`: whom the desk would ask by mail whether they agree to be listed, and asking all of them.

use axum::extract::{Path, State};
use axum::response::Response;
use mentormesh_protocol::api::{InvitationAnswer, List, Listing};

use super::frame::{Frame, answer, many, when};
use super::listing::HERE;
use super::look::{self, LookPage};
use crate::http::api::listings;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::form::Form;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;

/// Mentors who are asked at once: as many as a page names and a minute writes.
const AT_ONCE: usize = 100;
const BUTTON: &str = "Ask them by mail";

/// What asking one mentor does, and what was asked before.
pub(super) fn says(listing: &Listing) -> Vec<String> {
    let mut says = vec![
        format!("A mail goes to {}.", listing.contact.email),
        "It shows what the network would see and what stays here, with links to agree, decline and edit.".to_owned(),
        "Nobody is shown by it: it is for the mentor to agree.".to_owned(),
    ];
    if let Some(asked) = &listing.invitation {
        let times = if asked.times == 1 { "once".to_owned() } else { format!("{} times", asked.times) };
        says.push(match asked.answer {
            InvitationAnswer::Waiting => format!("They were asked {times}, last on {}.", when(asked.invited_at)),
            InvitationAnswer::Declined => "They declined when they were asked; talk with them first.".to_owned(),
            InvitationAnswer::Consented => "They agreed when they were asked.".to_owned(),
        });
    }
    says
}

/// What asking all of these does, each by name.
pub(super) fn says_of_all(never: &List<Listing>) -> Vec<String> {
    let mut says = vec![match never.items.len() as u64 {
        0 => "Every mentor without consent was asked; ask one again from the page of the listing.".to_owned(),
        count => format!(
            "{} a mail each. It shows what the network would see and what stays here, with links to agree, decline \
             and edit. Nobody is shown by it.",
            many(count, "mentor who was never asked gets", "mentors who were never asked get")
        ),
    }];
    let later = never.total.saturating_sub(never.items.len() as u64);
    if later > 0 {
        says.push(format!("{later} more wait for their turn: look here again afterwards."));
    }
    says.extend(never.items.iter().map(|one| format!("{}: {}", one.profile.display_name, one.contact.email)));
    says
}

/// Says who would be asked.
pub(in crate::http) async fn look(State(app): State<App>, asker: Asker) -> Result<Response, Failure> {
    answer(&page(&app, &asker).await?.0, None)
}

/// Asks them, if whoever asks saw who they are.
pub(in crate::http) async fn apply(State(app): State<App>, asker: Asker, form: Form) -> Result<Response, Failure> {
    check_form(signed_in(&asker)?, &form)?;
    let (page, never) = page(&app, &asker).await?;
    let ask = async {
        for one in never.items {
            listings::invite(State(app.clone()), Path(one.id.to_string()), asker.clone()).await?;
        }
        Ok(())
    };
    look::applied(page, &form.0, "/desk/listings?state=draft", ask).await
}

async fn page(app: &App, asker: &Asker) -> Result<(LookPage, List<Listing>), Failure> {
    let (who, never) = (signed_in(asker)?, app.listings.never_invited(AT_ONCE).await?);
    let says = says_of_all(&never);
    let seen = look::seen(who, &["invite", &says.join("\n")]);
    let page = LookPage {
        site: Site::of(app),
        desk: Frame::of(who, HERE),
        heading: "Ask every mentor who was never asked".to_owned(),
        back: HERE.to_owned(),
        says,
        days: Vec::new(),
        button: if never.items.is_empty() { "" } else { BUTTON },
        seen,
    };
    Ok((page, never))
}
