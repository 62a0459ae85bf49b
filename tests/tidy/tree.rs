//! The repository on disk: every file that is kept, read once.
//!
//! Build output and the version store are left out; dot-folders of ours are not. Rules take a [`Tree`], and their
//! self-tests build one from a few lines of text with [`Tree::of`].

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::Source;

/// The crates of the workspace: the folder, and how a `use` names it.
pub(crate) const CRATES: [&str; 5] = ["protocol", "node", "node/swarm", "cli", "tests"];

/// Files that are read as text.
const TEXT: [&str; 14] =
    ["md", "toml", "lock", "yml", "yaml", "html", "css", "sql", "jsonl", "csv", "json", "sh", "ftl", "mjs"];

/// Folders that a build or a fuzzer fills.
const LEFT_OUT: [&str; 5] = [".git", "target", "tests/fuzz/target", "tests/fuzz/artifacts", "tests/fuzz/coverage"];

fn left_out(path: &Path) -> bool {
    LEFT_OUT.iter().any(|folder| path == Path::new(folder))
}

/// A file that is not Rust.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Everything in the repository.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) sources: Vec<Source>,
    pub(crate) pages: Vec<Page>,
    /// Paths of all files, read or not.
    pub(crate) files: Vec<String>,
}

impl Tree {
    /// Reads the repository this test was built in.
    pub(crate) fn open() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut tree = Self::default();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(root.join(&folder)).expect("the repository is readable");
            for entry in entries {
                let entry = entry.expect("a folder of the repository is readable");
                let path = folder.join(entry.file_name());
                if entry.file_type().expect("a file of the repository has a type").is_dir() {
                    folders.extend((!left_out(&path)).then_some(path));
                } else {
                    tree.add(&root, &path);
                }
            }
        }
        tree.sources.sort_by(|one, other| one.path.cmp(&other.path));
        tree.pages.sort_by(|one, other| one.path.cmp(&other.path));
        tree.files.sort();
        tree
    }

    /// A small tree for a self-test.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let mut tree = Self::default();
        for (path, text) in files {
            tree.keep(path, text);
        }
        tree
    }

    fn add(&mut self, root: &Path, path: &Path) {
        let name = path.to_string_lossy().replace('\\', "/");
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if extension == "rs" || TEXT.contains(&extension) || name.starts_with(".ci/") {
            let text = fs::read_to_string(root.join(path)).expect("a text file of the repository is UTF-8");
            self.keep(&name, &text);
        } else {
            self.files.push(name);
        }
    }

    fn keep(&mut self, path: &str, text: &str) {
        if path.ends_with(".rs") {
            self.sources.push(Source::new(path, text));
        } else {
            self.pages.push(Page { path: path.to_owned(), text: text.to_owned() });
        }
        self.files.push(path.to_owned());
    }

    pub(crate) fn page(&self, path: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.path == path)
    }

    pub(crate) fn source(&self, path: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.path == path)
    }

    /// Whether a file or folder of that path is kept.
    pub(crate) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.iter().any(|file| file == path || file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    /// The sources in `src` of one crate.
    pub(crate) fn sources_of<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a Source> {
        let start = format!("{folder}/src/");
        self.sources.iter().filter(move |source| source.path.starts_with(&start))
    }
}

#[test]
fn the_tree_holds_this_very_file() {
    let tree = Tree::open();
    assert!(tree.source("tests/tidy/tree.rs").is_some());
    assert!(tree.page("Cargo.toml").is_some());
    assert!(tree.has("tests/tidy") && !tree.has("tests/tid") && !tree.has("target"));
}
