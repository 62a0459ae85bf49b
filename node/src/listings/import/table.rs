//! A CSV text as a header and rows with their true lines.
//!
//! The delimiter is the one of comma, semicolon and tab under which the header names most columns that are known.
//! Rows that are wholly empty are skipped, as spreadsheets leave them; a row of another width is a bad row, because a
//! stray quote or delimiter would otherwise move every cell after it.

/// A header and its rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// One row, or why it cannot be read as one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The line on which it begins, counting from 1.
    pub(super) line: u64,
    pub(super) cells: Result<Vec<String>, String>,
}

/// Reads a text of at most `most` rows; more is answered with `None`.
pub(super) fn read(text: &str, known: impl Fn(&str) -> bool, most: usize) -> Option<Table> {
    let (text, stated, skipped) = without_hint(text);
    let delimiter = stated.unwrap_or_else(|| sniff(text, known));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let mut table = Table { header: Vec::new(), rows: Vec::new() };
    for record in reader.records() {
        // The text is UTF-8 and rows may have any width, so that nothing is left to go wrong.
        let Ok(record) = record else { continue };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if table.header.is_empty() {
            table.header = cells;
            continue;
        }
        if table.rows.len() == most {
            return None;
        }
        let line = skipped + record.position().map_or(0, |position| lines.begins(position));
        let cells = fit(cells, table.header.len());
        table.rows.push(Row { line, cells });
    }
    Some(table)
}

/// A place in a text, and its line as an editor shows it: a line feed ends one, and so does a return, with or without
/// a line feed after it. The reader takes lone returns for ends of rows too, but its own count leaves them out.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which a record begins, which must not lie before one that was asked for already. The reader's
    /// place is before the empty lines that it skips.
    fn begins(&mut self, position: &csv::Position) -> u64 {
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let empty = self.text.get(start..).unwrap_or_default().iter().take_while(|byte| b"\r\n".contains(byte)).count();
        let start = start.saturating_add(empty);
        let passed = self.text.get(self.at..start).unwrap_or_default();
        let after = |at: usize| self.text.get(self.at + at + 1);
        let ends = |(at, byte): &(usize, &u8)| **byte == b'\n' || (**byte == b'\r' && after(*at) != Some(&b'\n'));
        self.line += passed.iter().enumerate().filter(ends).count() as u64;
        self.at = self.at.max(start);
        self.line
    }
}

fn fit(mut cells: Vec<String>, width: usize) -> Result<Vec<String>, String> {
    while cells.len() > width && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    if cells.len() == width {
        return Ok(cells);
    }
    let advice = "put cells that contain the delimiter, a quote or a line break in double quotes";
    Err(format!("{} cells where the header has {width}; {advice}", cells.len()))
}

/// Takes off the first line by which Excel states the delimiter: the text, the delimiter, and how many lines that was.
fn without_hint(text: &str) -> (&str, Option<u8>, u64) {
    let stated = text.split_once('\n').and_then(|(first, rest)| {
        let delimiter = first.trim_end().strip_prefix("sep=")?.as_bytes();
        if let [delimiter] = delimiter { Some((rest, *delimiter)) } else { None }
    });
    stated.map_or((text, None, 0), |(rest, delimiter)| (rest, Some(delimiter), 1))
}

fn sniff(text: &str, known: impl Fn(&str) -> bool) -> u8 {
    let header = text.trim_start().lines().next().unwrap_or_default();
    let score = |delimiter: char| {
        let cells = || header.split(delimiter).map(|cell| cell.trim().trim_matches('"'));
        (cells().filter(|cell| known(cell)).count(), cells().count())
    };
    // The last of equals wins, so that the comma does.
    [('\t', b'\t'), (';', b';'), (',', b',')].into_iter().max_by_key(|(c, _)| score(*c)).map_or(b',', |(_, byte)| byte)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn rows(text: &str) -> Vec<(u64, usize)> {
        let table = read(text, |_| false, 100).expect("few rows");
        table.rows.into_iter().map(|row| (row.line, row.cells.map_or(0, |cells| cells.len()))).collect()
    }

    #[test]
    fn lines_are_those_that_an_editor_shows() {
        assert_eq!(rows("a,b\n1,2\n3,4\n"), [(2, 2), (3, 2)]);
        assert_eq!(rows("a,b\r\n\"1\r\n1\",2\r\n3,4\r\n"), [(2, 2), (4, 2)], "a quoted line break counts");
        assert_eq!(rows("\n\na,b\n\n1,2\n\n\n,\n3,4"), [(5, 2), (9, 2)], "so do empty lines and rows");
        assert_eq!(rows("sep=;\na;b\n1;2\n"), [(3, 2)]);
        assert_eq!(rows("a,b\r1,2\r\r\"3\r3\",4\r5,6\r"), [(2, 2), (4, 2), (6, 2)], "a lone return ends one too");
        assert_eq!(rows("a,b\n1\n1,2,3\n1,2,,\n"), [(2, 0), (3, 0), (4, 2)], "other widths are bad rows");
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_sense_of_the_header() {
        let known = |cell: &str| ["name", "skills"].contains(&cell);
        for (text, delimiter) in
            [("name,skills", b','), ("name;skills", b';'), ("\"name\"\t\"skills\"", b'\t'), ("name", b',')]
        {
            assert_eq!(char::from(sniff(text, known)), char::from(delimiter), "{text}");
        }
        assert_eq!(char::from(sniff("name;skills;a,b,c,d", known)), ';');
    }

    #[test]
    fn more_rows_than_taken_are_no_table() {
        assert!(read("a\n1\n2\n", |_| false, 2).is_some());
        assert!(read("a\n1\n2\n3\n", |_| false, 2).is_none());
    }

    /// Where test data that is not ours lies: named by the environment, or beside the workspace.
    fn shared(name: &str) -> Option<PathBuf> {
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
        let root = std::env::var_os("MENTORMESH_TEST_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
        Some(root.join(name)).filter(|path| path.is_dir())
    }

    #[test]
    #[expect(clippy::print_stderr, reason = "a test says what it read, or why it was skipped")]
    fn the_csv_spectrum_is_read_as_its_authors_meant_it() {
        let Some(spectrum) = shared("vectors/csv-spectrum") else {
            eprintln!("skipped: csv-spectrum is not here; MENTORMESH_TEST_DATA names the folder that holds `vectors`");
            return;
        };
        let mut compared = 0;
        for file in std::fs::read_dir(spectrum.join("csvs")).expect("files") {
            let file = file.expect("a file").path();
            let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read(&file).expect("bytes");
            let table = read(&super::super::text::read(&text), |_| false, 100).expect("few rows");
            let found: Vec<serde_json::Map<String, serde_json::Value>> = table
                .rows
                .into_iter()
                .map(|row| {
                    table.header.iter().cloned().zip(row.cells.expect("cells").into_iter().map(Into::into)).collect()
                })
                .collect();
            let json = std::fs::read(spectrum.join("json").join(format!("{name}.json"))).expect("its meaning");
            let meant: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(&json).expect("JSON");
            assert_eq!(found, meant, "{name}");
            compared += 1;
        }
        eprintln!("csv-spectrum: {compared} files read as their authors meant them");
        assert!(compared >= 11, "{compared} files");
    }
}
