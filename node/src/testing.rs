//! What must hold of every import and every search: one function for each of the node's fuzz targets.
//!
//! They live beside what they try (`listings/import/run/testing.rs`, `http/testing.rs`); here they get the names of
//! their targets, and the ordinary tests hold them against the inputs kept in `tests/fuzz/corpus`. Nothing here is ever
//! part of a node.

use std::sync::LazyLock;

use tokio::runtime::{Builder, Runtime};

pub use crate::http::testing::ask;
pub use crate::listings::testing::{csv, json_lines};
pub use crate::search::testing::Shelf;

/// One search for a whole run, as building it takes longer than asking it.
static SHELF: LazyLock<(Runtime, Shelf)> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    let shelf = runtime.block_on(Shelf::new());
    (runtime, shelf)
});

/// The law of a query string.
pub fn query(bytes: &[u8]) {
    let (runtime, shelf) = &*SHELF;
    runtime.block_on(ask(shelf, bytes));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;

    /// Inputs of one target, and bytes of all its inputs together: a corpus that nobody can read through helps nobody.
    const INPUTS: usize = 40;
    const BYTES: usize = 60 * 1024;

    fn kept(target: &str) -> BTreeMap<String, Vec<u8>> {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fuzz/corpus")).join(target);
        let files = std::fs::read_dir(&folder).expect("tests/fuzz/corpus has a folder of this target");
        let read = |file: std::io::Result<std::fs::DirEntry>| {
            let path = file.expect("a file of the corpus").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("an input can be read"))
        };
        let inputs: BTreeMap<_, _> = files.map(read).collect();
        let bytes: usize = inputs.values().map(Vec::len).sum();
        assert!((5..=INPUTS).contains(&inputs.len()), "{target}: {} inputs, 5 to {INPUTS} are kept", inputs.len());
        assert!(bytes <= BYTES, "{target}: {bytes} bytes of inputs, at most {BYTES}");
        inputs
    }

    #[expect(clippy::print_stderr, reason = "how many inputs were tried is worth a line")]
    fn hold(target: &str, law: fn(&[u8])) {
        let inputs = kept(target);
        for (name, input) in &inputs {
            let held = std::panic::catch_unwind(|| law(input));
            assert!(held.is_ok(), "{target}: the input {name} breaks the law");
        }
        eprintln!("{target}: {} inputs held against the law", inputs.len());
    }

    #[test]
    fn every_kept_membership_list_keeps_the_law_of_imports() {
        hold("csv", csv);
    }

    #[test]
    fn every_kept_file_of_json_lines_keeps_the_law_of_imports() {
        hold("json_lines", json_lines);
    }

    #[test]
    fn every_kept_query_keeps_the_law_of_searches() {
        hold("query", query);
    }
}
