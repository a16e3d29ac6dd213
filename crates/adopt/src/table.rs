//! Owns tables in all the shapes that people give them: with pipes, apart by spaces, in HTML.
//! Must never know what a column means.

use std::ops::Range;

use crate::page::Piece;
use crate::scan::Line;
use crate::{asciidoc, words};

/// A row as the page takes it.
pub(crate) struct Row {
    pub(crate) cells: Vec<Piece>,
    pub(crate) at: Range<usize>,
    pub(crate) text: String,
}

/// The table that begins at the first of these lines, and how many lines it has.
pub(crate) fn table(lines: &[Line<'_>]) -> Option<(Vec<Row>, usize)> {
    let first = lines.first()?.text.trim_start();
    if first.starts_with('<') {
        return html(lines);
    }
    if first.contains('|') {
        return asciidoc::table(lines).or_else(|| piped(lines));
    }
    spaced(lines)
}

fn row(line: &Line<'_>, pieces: Vec<Range<usize>>) -> Row {
    let cell = |piece: Range<usize>| Piece {
        text: words::plain(&line.text[piece.clone()]),
        at: line.start + piece.start..line.start + piece.end,
    };
    let cells: Vec<Piece> = pieces.into_iter().map(cell).collect();
    let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    Row {
        text: texts.join(" | "),
        at: line.at(),
        cells,
    }
}

/// Two lines or more with pipes in them; lines of dashes only are drawing.
fn piped(lines: &[Line<'_>]) -> Option<(Vec<Row>, usize)> {
    let count = lines
        .iter()
        .take_while(|line| line.text.contains('|'))
        .count();
    let drawn = |line: &&Line<'_>| !line.text.chars().all(|c| "|-:=+ ".contains(c));
    let rows = lines[..count]
        .iter()
        .filter(drawn)
        .map(|line| row(line, pieces(line.text)));
    (count >= 2).then(|| (rows.collect(), count))
}

fn pieces(text: &str) -> Vec<Range<usize>> {
    let inner = text.trim();
    let start = text.len() - text.trim_start().len();
    let open = start + usize::from(inner.starts_with('|'));
    let close = start + inner.len() - usize::from(inner.len() > 1 && inner.ends_with('|'));
    let mut found = Vec::new();
    let mut from = open;
    for (at, _) in text[..close]
        .match_indices('|')
        .filter(|(at, _)| *at >= open)
    {
        found.push(trimmed(text, from..at));
        from = at + 1;
    }
    found.push(trimmed(text, from..close.max(from)));
    found
}

/// A range without the spaces at its ends.
pub(crate) fn trimmed(text: &str, at: Range<usize>) -> Range<usize> {
    let piece = &text[at.clone()];
    let start = at.start + piece.len() - piece.trim_start().len();
    start..start + piece.trim().len()
}

/// Columns apart by two spaces or more, below a line that names versions.
fn spaced(lines: &[Line<'_>]) -> Option<(Vec<Row>, usize)> {
    let head = lines.first()?;
    let columns = columns(head.text);
    let heads = head.text.to_lowercase();
    if columns.len() < 2 || !words::has(&heads, &["version", "severity", "release"]) {
        return None;
    }
    let drawn = |text: &str| text.chars().all(|c| "-=+ \t".contains(c));
    let fits = |line: &&Line<'_>| {
        let found = self::columns(line.text).len();
        found == columns.len() || (!line.text.is_empty() && drawn(line.text))
    };
    let count = lines.iter().take_while(fits).count();
    let rows = lines[..count].iter().filter(|line| !drawn(line.text));
    (count >= 2).then(|| {
        (
            rows.map(|line| row(line, self::columns(line.text)))
                .collect(),
            count,
        )
    })
}

fn columns(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut gap = 2;
    for (at, c) in text.char_indices() {
        match c {
            '\t' => gap += 2,
            ' ' => gap += 1,
            _ => {
                let end = at + c.len_utf8();
                match found.last_mut().filter(|_| gap < 2) {
                    Some(last) => last.end = end,
                    None => found.push(at..end),
                }
                gap = 0;
            }
        }
    }
    found
}

/// `<table>` to `</table>`; a table that is never closed is none.
fn html(lines: &[Line<'_>]) -> Option<(Vec<Row>, usize)> {
    /// More lines have no table of a policy.
    const LONGEST: usize = 500;
    if !lines.first()?.text.to_ascii_lowercase().contains("<table") {
        return None;
    }
    let ends = |line: &Line<'_>| {
        let lower = line.text.to_ascii_lowercase();
        words::has(&lower, &["</table", "<table"]).then(|| lower.contains("</table"))
    };
    let closed = lines[0].text.to_ascii_lowercase().contains("</table");
    // Another table before the end of this one: then this one has none, and no line is looked at often.
    let rest = || lines.iter().take(LONGEST).skip(1).enumerate();
    let end = || rest().find_map(|(at, line)| ends(line).map(|closed| (at + 2, closed)));
    let count = if closed {
        1
    } else {
        end().filter(|(_, closed)| *closed)?.0
    };
    let mut rows: Vec<Row> = Vec::new();
    for line in &lines[..count] {
        html_line(line, &mut rows);
    }
    rows.retain(|row| !row.cells.is_empty());
    for row in &mut rows {
        let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
        row.text = texts.join(" | ");
    }
    Some((rows, count))
}

fn html_line(line: &Line<'_>, rows: &mut Vec<Row>) {
    /// What is longer is no cell of a policy.
    const LONGEST: usize = 2000;
    let lower = line.text.to_ascii_lowercase();
    for (at, _) in lower.match_indices('<') {
        let rest = &lower[at..];
        if rest.starts_with("<tr") {
            rows.push(Row {
                cells: Vec::new(),
                at: line.at(),
                text: String::new(),
            });
        } else if rest.starts_with("<td") || rest.starts_with("<th>") || rest.starts_with("<th ") {
            let Some(open) = rest.bytes().take(200).position(|byte| byte == b'>') else {
                continue;
            };
            let from = at + open + 1;
            let window = lower
                .floor_char_boundary((from + LONGEST).min(lower.len()))
                .max(from);
            let end = lower[from..window]
                .find("</t")
                .map_or(window, |end| from + end);
            let cell = Piece {
                text: words::plain(&line.text[from..end]),
                at: line.start + from..line.start + end,
            };
            if let Some(row) = rows.last_mut() {
                row.at.end = line.at().end;
                row.cells.push(cell);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use caveat_diag::Source;

    use crate::page::Page;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let page = Page::read(Arc::new(Source::new("S", text)));
        let rows = page.parts.iter().filter_map(crate::page::Part::cells);
        rows.map(|cells| cells.iter().map(|cell| cell.text.clone()).collect())
            .collect()
    }

    fn support() -> Vec<Vec<String>> {
        [["Version", "Supported"], ["1.0.x", "yes"], ["< 1.0", "no"]]
            .map(|row| row.map(str::to_owned).to_vec())
            .to_vec()
    }

    #[test]
    fn all_shapes_of_one_table_are_read_alike() {
        for text in [
            "| Version | Supported |\n|---|:--:|\n| `1.0.x` | **yes** |\n| < 1.0 | no |\n",
            "Version | Supported\n--- | ---\n1.0.x | yes\n< 1.0 | no\n",
            "Version   Supported\n-------   ---------\n1.0.x     yes\n< 1.0     no\n",
            "Version\tSupported\n1.0.x\tyes\n< 1.0\tno\n",
            "<table>\n<tr><th>Version</th><th>Supported</th></tr>\n<tr>\n<td>1.0.x</td>\n<td>yes</td>\n</tr>\n\
             <tr><td>&lt; 1.0</td><td>no</td></tr>\n</table>\n",
        ] {
            assert_eq!(cells(text), support(), "{text}");
        }
    }

    #[test]
    fn a_sentence_with_a_pipe_is_no_table() {
        assert!(cells("Run `a | b` to see.\n").is_empty());
        assert!(cells("<table>\n<tr><td>never closed\n").is_empty());
    }
}
