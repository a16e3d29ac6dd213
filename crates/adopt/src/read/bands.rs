//! Owns the columns of CVSS scores in tables of classes.
//! Must never write a band of which an end is missing.

use super::{Reading, severity};
use crate::facts::Said;
use crate::page::{Part, Spot};
use crate::words;

/// A row of a table with a column of scores: `Critical | 9.0 - 10.0`.
pub(super) fn read(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let Some((start, head)) = severity::head(reading, at) else {
        return;
    };
    let score = |title: &String| words::has(&title.to_lowercase(), &["cvss", "score"]);
    let cells = part.cells().unwrap_or_default();
    let first = cells.first().map(|cell| cell.text.to_lowercase());
    let ids = severity::nearest(&first.unwrap_or_default(), 0);
    let column = head.iter().position(score).filter(|column| *column > 0);
    let Some((column, cell)) = column.and_then(|at| Some((at, cells.get(at)?))) else {
        return;
    };
    // A band of two classes in one row is neither's.
    let ([id], Some(band)) = (ids.as_slice(), band(&cell.text)) else {
        return;
    };
    let class = severity::class(reading, id, &severity::label(id), part);
    class.band.get_or_insert(Said::new(band, &cell.at));
    for piece in [0, column] {
        reading.take(Spot { part: at, piece });
    }
    reading.take(start);
}

/// `9.0 - 10.0`, `9.0–10.0`, `9.0 to 10.0`.
fn band(text: &str) -> Option<(f64, f64)> {
    let marks = [" to ", "–", "—", "-"];
    let (low, high) = marks.iter().find_map(|mark| text.split_once(mark))?;
    let score = |text: &str| {
        let text = text.trim();
        let plain = text.len() <= 4
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        text.parse::<f64>()
            .ok()
            .filter(|score| plain && *score <= 10.0)
    };
    let (low, high) = (score(low)?, score(high)?);
    (low < high).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use crate::tests::facts;

    #[test]
    fn a_column_of_scores_is_read() {
        let text = "| Severity | CVSS | Fix |\n|---|---|---|\n| High | 7.0 - 10.0 | 9 days |\n| Low | 0.1–6.9 | 90 days |\n";
        let found = facts(text);
        let bands = found
            .classes
            .iter()
            .map(|class| class.band.as_ref().map(|said| said.value));
        assert_eq!(
            bands.collect::<Vec<_>>(),
            [Some((7.0, 10.0)), Some((0.1, 6.9))]
        );
        assert_eq!(found.left, []);
        assert!(
            facts(&text.replace("7.0 - ", ">= ")).classes[0]
                .band
                .is_none()
        );
    }
}
