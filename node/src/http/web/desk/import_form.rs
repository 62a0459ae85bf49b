//! What the form of an import sends: a table that was pasted, or a file that was chosen. No file is kept: its text goes
//! into the page's own field, and from there on it is like any other.

use axum::extract::{Form as Fields, FromRequest, Multipart, Request};
use mentormesh_protocol::api::Problem;

use super::look;
use crate::http::error::Failure;
use crate::http::extract::{Pairs, bytes, media_type};
use crate::http::form::Form;
use crate::listings;
use crate::people::SignedIn;

/// Bytes of a form with a table: some two thousand mentors; more is imported with `mentormesh profile import`.
const BODY: usize = 2 * 1024 * 1024;
/// Fields that a form can have.
const FIELDS: usize = 16;
/// The media type of a form with a file.
const WITH_FILE: &str = "multipart/form-data";
/// The name of the file's field.
const FILE: &str = "file";

/// What was sent.
pub(super) struct Sent {
    pub(super) form: Form,
    pub(super) file: Option<Vec<u8>>,
}

/// The table of a form, and whether it came out of a file and was not touched since.
#[derive(Default)]
pub(super) struct Table {
    pub(super) text: String,
    pub(super) brought: bool,
}

impl Sent {
    /// Reads a form, with a file or without.
    pub(super) async fn of(request: Request) -> Result<Self, Failure> {
        let media = media_type(request.headers());
        let (parts, body) = request.into_parts();
        let bytes = bytes(Request::from_parts(parts.clone(), body), &(), BODY).await?;
        let request = Request::from_parts(parts, bytes.into());
        if media.as_deref() == Some(WITH_FILE) {
            return with_file(request).await;
        }
        let read = Fields::<Vec<(String, String)>>::from_request(request, &()).await;
        let Fields(pairs) = read.map_err(|_| unreadable())?;
        Ok(Self { form: Form(Pairs(pairs)), file: None })
    }

    /// The table that is meant. A file does not take the place of what somebody typed.
    #[expect(clippy::result_large_err, reason = "a problem is the answer to a person, made once a request")]
    pub(super) fn table(&self, who: &SignedIn) -> Result<Table, (Table, Problem)> {
        let Form(fields) = &self.form;
        let typed = fields.0.iter().find(|(name, _)| name == "text").map(|(_, text)| text.replace("\r\n", "\n"));
        let typed = typed.unwrap_or_default();
        let brought = fields.last("brought") == Some(mark(who, &typed).as_str());
        let typed = Table { brought, text: typed };
        let Some(file) = &self.file else { return Ok(typed) };
        if !typed.text.trim().is_empty() && !typed.brought {
            let problem = "was not read, because a table stands in the field as well; empty that, or choose no file";
            return Err((typed, Problem::field(FILE, problem)));
        }
        let text = listings::text_of(file).replace("\r\n", "\n").replace('\r', "\n");
        if text.contains('\0') {
            let problem = "is no text; save the spreadsheet as CSV and choose that file";
            return Err((typed, Problem::field(FILE, problem)));
        }
        Ok(Table { text, brought: true })
    }
}

/// What a form carries of a text that came out of a file, so that it is known for untouched.
pub(super) fn mark(who: &SignedIn, text: &str) -> String {
    look::seen(who, &["brought", text])
}

async fn with_file(request: Request) -> Result<Sent, Failure> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    let (mut pairs, mut file) = (Vec::new(), None);
    for _ in 0..FIELDS {
        let Some(part) = parts.next_field().await.map_err(|_| unreadable())? else {
            return Ok(Sent { form: Form(Pairs(pairs)), file });
        };
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|_| unreadable())?.to_vec();
        if name == FILE {
            // A field for a file is sent empty when none was chosen.
            file = Some(bytes).filter(|bytes| !bytes.is_empty());
        } else {
            pairs.push((name, String::from_utf8(bytes).map_err(|_| unreadable())?));
        }
    }
    Err(unreadable())
}

fn unreadable() -> Failure {
    Problem::field("body", "is not what a page's form sends").into()
}
