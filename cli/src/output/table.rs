//! Tables: a header, rows, two spaces between columns, and nothing drawn around them.

use comfy_table::presets::NOTHING;
use comfy_table::{Attribute, Cell, ContentArrangement};

use super::{Paint, clean};

/// A table in the making.
#[derive(Debug)]
pub(crate) struct Table(comfy_table::Table);

impl Table {
    /// A table with these columns.
    pub(crate) fn new(columns: &[&str]) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(NOTHING);
        table.set_header(columns.iter().map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
        Self(table)
    }

    /// A table of a name and a value on each line, without a header.
    pub(crate) fn fields() -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(NOTHING);
        Self(table)
    }

    /// Adds a row.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.0.add_row(cells.iter().map(|cell| clean(cell).replace(['\n', '\t'], " ")));
    }

    /// Adds a name and its value, unless there is none.
    pub(crate) fn field(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            let name = Cell::new(name).add_attribute(Attribute::Dim);
            self.0.add_row([name, Cell::new(clean(&value))]);
        }
    }

    /// Draws it, wrapped into `width` columns if there is such a bound.
    pub(super) fn render(mut self, paint: Paint, width: Option<u16>) -> String {
        let table = &mut self.0;
        if paint.is_on() {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        match width {
            Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
            None => table.set_content_arrangement(ContentArrangement::Disabled),
        };
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        table.trim_fmt()
    }
}

/// How wide the terminal is, if somebody looks at one.
pub(super) fn terminal_width() -> Option<u16> {
    comfy_table::Table::new().width()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> Table {
        let mut table = Table::new(&["name", "organisation"]);
        table.row(["Ada Okafor".to_owned(), "Institute of Example Practice".to_owned()]);
        table.row(["Bo\u{1b}[31m".to_owned(), "two\nlines".to_owned()]);
        table
    }

    #[test]
    fn without_colours_a_table_is_plain_text_and_each_row_one_line() {
        let text = people().render(Paint::decide("1", "", false), None);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(
            lines,
            ["name        organisation", "Ada Okafor  Institute of Example Practice", "Bo[31m      two lines",]
        );
    }

    #[test]
    fn with_colours_the_header_is_bold() {
        let text = people().render(Paint::decide("", "1", false), None);
        assert!(text.lines().next().is_some_and(|line| line.contains("\u{1b}[1m")), "{text:?}");
    }

    #[test]
    fn a_narrow_terminal_wraps_and_loses_nothing() {
        let text = people().render(Paint::decide("1", "", true), Some(24));
        assert!(text.lines().all(|line| line.chars().count() <= 24), "{text}");
        for word in ["Okafor", "Institute", "Example", "Practice"] {
            assert!(text.contains(word), "{text}");
        }
    }

    #[test]
    fn a_field_without_a_value_is_left_out() {
        let mut table = Table::fields();
        table.field("website", "");
        table.field("country", "GB");
        assert_eq!(table.render(Paint::decide("1", "", false), None), "country  GB");
    }
}
