//! Owns tables of `AsciiDoc` between lines of `|===`, whose cells stand on one line or on lines of their own.
//! Must never guess how many columns there are: a table whose cells do not fill its rows is none.

use std::ops::Range;

use crate::page::Piece;
use crate::scan::Line;
use crate::table::{Row, trimmed};
use crate::words;

/// The table that begins at the first of these lines, and how many lines it has.
pub(crate) fn table(lines: &[Line<'_>]) -> Option<(Vec<Row>, usize)> {
    /// More lines have no table of a policy.
    const LONGEST: usize = 500;
    let is_fence = |line: &Line<'_>| line.text.trim() == "|===";
    if !is_fence(lines.first()?) {
        return None;
    }
    let rest = lines.iter().take(LONGEST).skip(1);
    let inner = &lines[1..=rest.clone().position(is_fence)?];
    let known = |line: &Line<'_>| line.text.is_empty() || line.text.starts_with('|');
    let columns = columns(inner).filter(|_| inner.iter().all(known))?;
    let cells: Vec<Piece> = inner.iter().flat_map(cells).collect();
    let whole = columns > 1 && cells.len().is_multiple_of(columns);
    let rows = cells.chunks(columns).map(row).collect();
    whole.then(|| (rows, inner.len() + 2))
}

/// As many as the first line has, or as there are lines before the first empty one.
fn columns(lines: &[Line<'_>]) -> Option<usize> {
    let lines = lines.iter().skip_while(|line| line.text.is_empty());
    let head = lines.take_while(|line| !line.text.is_empty());
    let mut counts = head.map(|line| line.text.matches('|').count());
    let first = counts.next()?;
    Some(if first > 1 { first } else { 1 + counts.count() })
}

fn cells(line: &Line<'_>) -> Vec<Piece> {
    let mut starts: Vec<usize> = line.text.match_indices('|').map(|(at, _)| at).collect();
    starts.push(line.text.len());
    let cell = |pair: &[usize]| {
        let at: Range<usize> = trimmed(line.text, pair[0] + 1..pair[1]);
        Piece {
            text: words::plain(&line.text[at.clone()]),
            at: line.start + at.start..line.start + at.end,
        }
    };
    starts.windows(2).map(cell).collect()
}

fn row(cells: &[Piece]) -> Row {
    let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    let start = cells.first().map_or(0, |cell| cell.at.start);
    Row {
        at: start..cells.last().map_or(start, |cell| cell.at.end),
        text: texts.join(" | "),
        cells: cells.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::facts;

    fn labels(text: &str) -> Vec<String> {
        let rows = facts(text).rows.into_iter();
        rows.map(|row| row.label).collect()
    }

    #[test]
    fn cells_on_lines_of_their_own_are_rows() {
        for text in [
            "|===\n|Version |Supported\n\n|1.x\n|yes\n\n|< 1.0\n|no\n|===\n",
            "|===\n|Version\n|Supported\n\n|1.x\n|yes\n|< 1.0\n|no\n|===\n",
            "|===\n|Version |Supported\n|1.x |yes\n|< 1.0 |no\n|===\n",
        ] {
            assert_eq!(labels(text), ["1.x", "< 1.0"], "{text}");
        }
        // Cells that fill no row are no row of this kind, and nothing is promised.
        let rows = facts("|===\n|Version |Supported\n\n|1.x\n|===\n").rows;
        assert!(rows.iter().all(|row| row.status.is_none()));
    }
}
