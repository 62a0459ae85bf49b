//! Reading `config.toml`: unknown keys are refused with a suggestion, the environment goes over the file.

use std::path::{Path, PathBuf};

use confique::meta::{FieldKind, Meta};
use confique::{Config as _, Layer as _};

use super::values::Config;

/// Why a configuration is not taken. Every text names the key, what it holds and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML, or a value has the wrong type.
    #[error("{}: {source}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// The file has a key that no version knows.
    #[error("{}: there is no key `{key}`; {hint}", path.display())]
    UnknownKey {
        /// The file.
        path: PathBuf,
        /// The key as it stands there.
        key: String,
        /// The nearest key, or where to find them all.
        hint: String,
    },
    /// A variable of the environment cannot be read as its key's type.
    #[error("environment: {0:#}")]
    Environment(#[source] confique::Error),
    /// Keys are missing after all layers; the defaults make this impossible.
    #[error("{0:#}")]
    Incomplete(#[source] confique::Error),
    /// A value breaks its key's rule.
    #[error("{key} = {value}: {problem}")]
    Value {
        /// The key.
        key: &'static str,
        /// What it holds.
        value: String,
        /// What is wrong and what would be right.
        problem: String,
    },
}

impl Config {
    /// Reads `config.toml` of a data folder, or the file given in its place, and checks every value.
    ///
    /// # Errors
    /// When the file is unreadable, has unknown keys, or a value breaks its rule. A data folder without the file has
    /// the defaults; a file that was named must exist.
    pub fn load(folder: &Path, file: Option<&Path>) -> Result<Self, ConfigError> {
        let path = file.map_or_else(|| folder.join("config.toml"), Path::to_path_buf);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) if file.is_none() && source.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(ConfigError::Read { path, source }),
        };
        let environment = <Self as confique::Config>::Layer::from_env().map_err(ConfigError::Environment)?;
        Self::assemble(&path, &text, environment)
    }

    /// The configuration of a node whose file says nothing.
    ///
    /// # Errors
    /// When the environment holds a value that breaks its rule.
    pub fn defaults() -> Result<Self, ConfigError> {
        Self::assemble(Path::new("defaults"), "", <Self as confique::Config>::Layer::empty())
    }

    fn assemble(path: &Path, text: &str, over: <Self as confique::Config>::Layer) -> Result<Self, ConfigError> {
        let syntax = |source: toml::de::Error| ConfigError::Syntax { path: path.to_owned(), source: Box::new(source) };
        let table: toml::Table = toml::from_str(text).map_err(syntax)?;
        if let Some(key) = unknown(&table, &Self::META, "") {
            let hint = nearest(&key).map_or_else(
                || "`mentormesh config show` prints every key".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(ConfigError::UnknownKey { path: path.to_owned(), key, hint });
        }
        let from_file: <Self as confique::Config>::Layer = toml::from_str(text).map_err(syntax)?;
        let defaults = <Self as confique::Config>::Layer::default_values();
        let layers = over.with_fallback(from_file).with_fallback(defaults);
        let config = Self::from_layer(layers).map_err(ConfigError::Incomplete)?;
        config.check()?;
        Ok(config)
    }

    /// The commented file that `init` writes: every key with its default, those of `network` set.
    #[must_use]
    pub fn template(network: &str) -> String {
        let text = confique::toml::template::<Self>(confique::toml::FormatOptions::default());
        if network == "main" { text } else { text.replacen("#name = \"main\"", &format!("name = \"{network}\""), 1) }
    }

    /// The configuration as a file that says everything.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }
}

/// The first key of the file that the configuration does not know.
fn unknown(table: &toml::Table, meta: &Meta, before: &str) -> Option<String> {
    table.iter().find_map(|(key, value)| {
        let path = if before.is_empty() { key.clone() } else { format!("{before}.{key}") };
        let Some(field) = meta.fields.iter().find(|field| field.name == key) else { return Some(path) };
        match (field.kind, value) {
            (FieldKind::Nested { meta }, toml::Value::Table(inner)) => unknown(inner, meta, &path),
            (FieldKind::Nested { .. } | FieldKind::Leaf { .. }, _) => None,
        }
    })
}

/// Every key, with its section.
fn keys(meta: &'static Meta, before: &str) -> Vec<String> {
    let path = |name: &str| if before.is_empty() { name.to_owned() } else { format!("{before}.{name}") };
    let leaves = meta.fields.iter().map(|field| match field.kind {
        FieldKind::Nested { meta } => keys(meta, &path(field.name)),
        FieldKind::Leaf { .. } => vec![path(field.name)],
    });
    leaves.flatten().collect()
}

/// The key that was probably meant: few letters away, or of the same last word.
fn nearest(wrong: &str) -> Option<String> {
    let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
    let distance = |key: &String| strokes(wrong, key).min(strokes(&last(wrong), &last(key)) + 1);
    keys(&Config::META, "")
        .into_iter()
        .map(|key| (distance(&key), key))
        .min()
        .filter(|(far, _)| *far <= 3)
        .map(|(_, key)| key)
}

/// How many letters to add, drop or change to make one word the other (Levenshtein).
fn strokes(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (line, a) in from.chars().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(to.chars()) {
            let best = (diagonal + usize::from(a != b)).min(*cell + 1).min(left + 1);
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        let none = <Config as confique::Config>::Layer::empty();
        Config::assemble(Path::new("config.toml"), text, none).map_err(|error| error.to_string())
    }

    #[test]
    fn the_file_that_init_writes_says_the_defaults_and_nothing_else() {
        assert_eq!(read(&Config::template("main")), read(""));
        let demo = read(&Config::template("demo")).expect("the template is valid");
        assert_eq!(demo.network.name, "demo");
        assert!(Config::template("main").contains("MENTORMESH_HTTP_LISTEN"), "the template names the environment");
    }

    #[test]
    fn what_is_shown_can_be_read_back() {
        let config = read("[network]\nname = \"demo\"\nmdns = true\n[log]\nformat = \"json\"").expect("valid");
        assert_eq!(read(&config.to_toml()), Ok(config));
    }

    #[test]
    fn a_mistyped_key_is_refused_with_the_key_that_was_meant() {
        let problem = read("[network]\nlisten_on = []").expect_err("no such key");
        assert!(problem.contains("no key `network.listen_on`"), "{problem}");
        let problem = read("[http]\nlisen = \"127.0.0.1:1\"").expect_err("no such key");
        assert!(problem.contains("did you mean `http.listen`?"), "{problem}");
        let problem = read("colour = 3").expect_err("no such key");
        assert!(problem.contains("config show"), "{problem}");
    }

    #[test]
    fn a_value_that_breaks_its_rule_is_named_with_what_would_be_right() {
        for (text, says) in [
            ("[network]\nname = \"Main\"", ["network.name = \"Main\"", "a-z, 0-9 and -"]),
            ("[network]\nlisten = [\"0.0.0.0:4101\"]", ["network.listen", "/ip4/0.0.0.0/tcp/4101"]),
            ("[network]\nlisten = []", ["network.listen", "at least one"]),
            ("[listings]\nconfirm_every_days = 0", ["listings.confirm_every_days = 0", "1 to 730"]),
            ("[notify]\ncommand = [\"./tell\"]", ["notify.command = [\"./tell\"]", "whole path"]),
            ("[notify]\ncommand = [\"\"]", ["notify.command = [\"\"]", "begin with a program"]),
            ("[notify]\ntimeout_seconds = 301", ["notify.timeout_seconds = 301", "1 to 300"]),
            ("[sync]\nfull_every_seconds = 0", ["sync.full_every_seconds = 0", "1 to 86400"]),
            ("[limits]\nrecords_pinned = 0", ["limits.records_pinned = 0", "at least"]),
            ("[log]\nlevel = \"loud\"", ["level", "loud"]),
            ("[http]\nlisten = \"localhost\"", ["listen", "config.toml"]),
        ] {
            let problem = read(text).expect_err(text);
            assert!(says.iter().all(|word| problem.contains(word)), "{text}: {problem}");
        }
    }

    #[test]
    fn strokes_count_what_a_hand_would_do() {
        assert_eq!(strokes("listen", "listen"), 0);
        assert_eq!(strokes("lisen", "listen"), 1);
        assert_eq!(strokes("", "abc"), 3);
        assert_eq!(strokes("kitten", "sitting"), 3);
    }
}
