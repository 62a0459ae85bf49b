//! Colours, when somebody can see them, and texts from the network made harmless.

/// Whether and how texts are styled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    /// `NO_COLOR` beats `CLICOLOR_FORCE` beats what the stream is.
    pub(crate) fn decide(no_color: &str, clicolor_force: &str, terminal: bool) -> Self {
        let forced = !clicolor_force.is_empty() && clicolor_force != "0";
        Self { on: no_color.is_empty() && (forced || terminal) }
    }

    /// Whether texts are styled at all.
    pub(crate) const fn is_on(self) -> bool {
        self.on
    }

    fn style(self, code: &str, text: &str) -> String {
        if self.on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// What the eye should find first.
    pub(crate) fn bold(self, text: &str) -> String {
        self.style("1", text)
    }

    /// What is there for those who look for it.
    pub(crate) fn dim(self, text: &str) -> String {
        self.style("2", text)
    }

    /// What went wrong.
    pub(crate) fn alarm(self, text: &str) -> String {
        self.style("1;31", text)
    }

    /// What is well.
    pub(crate) fn good(self, text: &str) -> String {
        self.style("32", text)
    }

    /// What was looked for and found; the marks of a snippet become style, or nothing.
    pub(crate) fn marked(self, snippet: &str) -> String {
        let (begin, end) = if self.on { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("", "") };
        let mut out = String::new();
        for c in snippet.chars() {
            match c {
                '\u{2}' => out.push_str(begin),
                '\u{3}' => out.push_str(end),
                other => push_clean(&mut out, other),
            }
        }
        out
    }
}

/// Takes out what could steer a terminal or turn a line around: other organisations wrote these texts.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_clean(&mut out, c));
    out
}

fn push_clean(out: &mut String, c: char) {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if c == '\n' || c == '\t' || !(c.is_control() || turns) {
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_beats_force_and_force_beats_a_pipe() {
        for (never, always, terminal, on) in [
            ("", "", true, true),
            ("", "", false, false),
            ("", "1", false, true),
            ("", "0", false, false),
            ("1", "1", true, false),
        ] {
            assert_eq!(Paint::decide(never, always, terminal).is_on(), on, "{never} {always} {terminal}");
        }
    }

    #[test]
    fn nothing_that_mallory_writes_steers_the_terminal() {
        assert_eq!(clean("Ada\u{1b}[2J\u{7}\u{202e}!\nBo"), "Ada[2J!\nBo");
        let plain = Paint::decide("1", "", true);
        assert_eq!(plain.marked("\u{2}social\u{3} media\u{1b}c"), "social mediac");
    }
}
