//! JSON lines: one listing to a line, in the form that the API takes.

use mentormesh_protocol::api::ListingInput;

/// Each line that holds something, with its number; more than `most` is answered with `None`.
pub(super) fn read(text: &str, most: usize) -> Option<Vec<(u64, Result<ListingInput, String>)>> {
    let mut found = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        if found.len() == most {
            return None;
        }
        found.push((line, serde_json::from_str(text).map_err(|error| explain(&error))));
    }
    Some(found)
}

/// What serde found, without its line, which is always the first.
fn explain(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or(&said);
    if error.column() == 0 { what.to_owned() } else { format!("{what} (column {})", error.column()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_listing_is_told_with_its_number_and_column() {
        let good = r#"{"profile":{"display_name":"Ada","headline":"h"},"contact":{"email":"ada@example.org"}}"#;
        let text = format!("{good}\r\n\n{{\"profile\":1}}\n{{\"profil\":{{}}}}\n{good}");
        let read = read(&text, 9).expect("few");
        assert_eq!(
            read.iter().map(|(line, row)| (*line, row.is_ok())).collect::<Vec<_>>(),
            [(1, true), (3, false), (4, false), (5, true)]
        );
        let problems: Vec<_> = read.iter().filter_map(|(_, row)| row.as_ref().err()).collect();
        assert!(
            problems.iter().all(|problem| problem.contains("(column ") && !problem.contains("line 1")),
            "{problems:?}"
        );
    }
}
