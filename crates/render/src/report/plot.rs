//! Owns which plots a report has, and the numbers in them.
//! Must never draw: where bars lie is for `plot`.

use super::facts::{Facts, Row};
use super::promises::PromiseRow;
use crate::plot::{Frame, Line, Plot, draw};

/// More bars than this are left to the table.
const MOST_BARS: usize = 12;
const FRAME: Frame = Frame {
    width: 520,
    start: 145,
    longest: 130,
};

/// Every plot of a report that has something to show.
pub(crate) fn plots(facts: &Facts) -> Vec<Plot> {
    let all = [
        years(facts),
        rows(facts, "severity", "severity", &facts.severities),
        rows(facts, "package", "package", &facts.packages),
        promises(facts),
    ];
    all.into_iter().flatten().collect()
}

fn years(facts: &Facts) -> Option<Plot> {
    let line = |row: &super::year::YearRow| Line {
        label: row.year.to_string(),
        parts: vec![("solid", row.standing), ("stripes", row.withdrawn)],
        words: match row.withdrawn {
            0 => row.standing.to_string(),
            withdrawn => format!("{}, and {withdrawn} withdrawn", row.standing),
        },
    };
    // The latest, where there are more than can be drawn.
    let late = facts.years.len().saturating_sub(MOST_BARS);
    let lines: Vec<Line> = facts.years[late..].iter().map(line).collect();
    let legend = vec![
        ("solid", "standing".to_owned()),
        ("stripes", "withdrawn".to_owned()),
    ];
    let title = "Advisories published in each year".to_owned();
    (lines.len() > 1).then(|| draw(&FRAME, "years", title, &lines, legend))
}

fn rows(facts: &Facts, id: &'static str, by: &str, rows: &[Row]) -> Option<Plot> {
    let before = facts.year - 1;
    let compared = facts.years.iter().any(|row| row.year == before);
    let line = |row: &Row| Line {
        label: row.label.clone(),
        parts: vec![("solid", row.count)],
        words: if compared {
            format!("{} ({} in {before})", row.count, row.before)
        } else {
            row.count.to_string()
        },
    };
    let lines: Vec<Line> = rows.iter().take(MOST_BARS).map(line).collect();
    let most = if rows.len() > MOST_BARS {
        format!(", the {MOST_BARS} with most")
    } else {
        String::new()
    };
    let title = format!("Advisories of {} by {by}{most}", facts.year);
    (!lines.is_empty()).then(|| draw(&FRAME, id, title, &lines, Vec::new()))
}

fn promises(facts: &Facts) -> Option<Plot> {
    let line = |row: &PromiseRow| {
        let counts = [
            ("solid", "met", row.met),
            ("stripes", "missed", row.missed),
            ("dots", "not due", row.not_due),
            ("empty", "not known", row.not_known),
        ];
        let told = counts.iter().filter(|(_, _, count)| *count > 0);
        let words: Vec<String> = told
            .map(|(_, word, count)| format!("{count} {word}"))
            .collect();
        Line {
            label: row.label.to_owned(),
            parts: counts.map(|(kind, _, count)| (kind, count)).to_vec(),
            words: words.join(", "),
        }
    };
    let told = |row: &&PromiseRow| row.met + row.missed + row.not_due + row.not_known > 0;
    let lines: Vec<Line> = facts.promises.iter().filter(told).map(line).collect();
    let legend = vec![
        ("solid", "met".to_owned()),
        ("stripes", "missed".to_owned()),
        ("dots", "not due".to_owned()),
        ("empty", "not known".to_owned()),
    ];
    let title = format!("What became of the promises of {}", facts.year);
    (!lines.is_empty()).then(|| draw(&FRAME, "promises", title, &lines, legend))
}
