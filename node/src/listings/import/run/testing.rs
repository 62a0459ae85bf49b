//! What must hold of any bytes that are imported, up to the desk's door.
//!
//! The desk itself is not asked: it would make a law a hundred times slower, and it has tests of its own.

use mentormesh_protocol::api::{ErrorCode, ListingInput};
use mentormesh_protocol::introduction;
use mentormesh_protocol::record::Body;
use mentormesh_protocol::testing::{NOW, Organisation};

use super::{ImportKind, Source, lines, read, text};
use crate::listings::prepare::prepare;
use crate::listings::view::body;

/// The wording of the privacy notice that stands.
const NOTICE: &str = "2026-1";

/// The law of a membership list.
pub fn csv(bytes: &[u8]) {
    import(bytes, ImportKind::Csv);
}

/// The law of listings as JSON lines.
pub fn json_lines(bytes: &[u8]) {
    import(bytes, ImportKind::JsonLines);
}

/// Reads a file as an import does. Each line is told once and in order; a row is refused in words, or it is good: the
/// same again changes nothing, and what its mentor agreed to publish can be signed.
fn import(bytes: &[u8], kind: ImportKind) {
    let text = text::read(bytes);
    let source = match read(bytes, kind) {
        Ok(source) => source,
        Err(problem) => {
            assert!(matches!(problem.code, ErrorCode::Invalid | ErrorCode::TooLarge), "{problem:?}");
            assert!(problem.code != ErrorCode::Invalid || problem.errors.iter().any(|error| error.field == "header"));
            return;
        }
    };
    let again = read(bytes, kind).expect("what was read is read again");
    assert_eq!(source.len(), again.len());
    assert!(source.len() <= bytes.len(), "more rows than bytes");
    let mut before = 0;
    for at in 0..source.len() {
        let line = source.line(at).expect("a row has a line");
        assert!(line > before, "line {line} is told after line {before}");
        assert!(shown(&text, kind, line).is_some_and(|line| !line.trim().is_empty()), "nothing stands on line {line}");
        before = line;
        let judged = row(&source, at, None);
        assert_eq!(judged, row(&again, at, None), "two readings of line {line} differ");
        match judged {
            Ok(input) => good(&source, at, &input),
            Err(problem) => assert!(!problem.trim().is_empty(), "line {line} is refused without a word"),
        }
    }
}

/// A line of a text as an editor shows it, counting from 1. In JSON lines a lone return is white space like any other.
fn shown(text: &str, kind: ImportKind, line: u64) -> Option<String> {
    let at = usize::try_from(line).ok()?.checked_sub(1)?;
    let ends = |c: char| c == '\n' || (c == '\r' && kind == ImportKind::Csv);
    text.replace("\r\n", "\n").split(ends).nth(at).map(str::to_owned)
}

fn row(source: &Source, at: usize, before: Option<&ListingInput>) -> Result<ListingInput, String> {
    source.email(at)?;
    let input = source.onto(at, before)?;
    prepare(input, NOTICE, NOW).map_err(|problem| {
        assert_eq!(problem.code, ErrorCode::Invalid);
        assert!(!problem.errors.is_empty(), "no field is named: {}", problem.detail);
        for error in &problem.errors {
            assert!(!error.field.is_empty() && problem.detail.contains(&error.field), "{}", problem.detail);
        }
        problem.detail
    })
}

fn good(source: &Source, at: usize, input: &ListingInput) {
    assert_eq!(prepare(input.clone(), NOTICE, NOW).as_ref(), Ok(input), "saved again it is another");
    assert_eq!(row(source, at, Some(input)).as_ref(), Ok(input), "the same row changes the listing that it made");
    let json = serde_json::to_string(input).expect("a listing is JSON");
    let lines = lines::read(&json, 1).expect("one line");
    assert_eq!(lines, [(1, Ok(input.clone()))], "told and read as JSON it is another");
    let name = input.contact.name.as_ref().unwrap_or(&input.profile.display_name);
    let said = introduction::Contact { name: name.clone(), email: input.contact.email.clone() };
    assert_eq!(said.check(), Ok(()), "the mentor's yes could not carry how to reach them");
    let Some(body) = body(input, NOW.date()) else { return };
    let ada = Organisation::ada();
    let record = ada.sign(ada.subject(1).0.to_vec(), NOW.0, Body::Profile(Box::new(body.clone())));
    assert_eq!(record.payload().profile(), Some(&body));
}
