//! Owns how grave the advisories of each year were, as a picture and as the table that says the same.
//! Must never count a withdrawn advisory.

use std::collections::BTreeMap;

use caveat_check::{Book, Entry};
use caveat_texts::Texts;
use serde::Serialize;

use super::day;
use crate::plot::{Frame, Line, Plot, draw};

/// The latest years; the list of years has all.
const MOST_YEARS: usize = 12;
/// It fits a phone.
const FRAME: Frame = Frame {
    width: 288,
    start: 44,
    longest: 200,
};
/// How the parts of a bar differ, highest severity first; what is lower than these shares the last.
const KINDS: [&str; 4] = ["solid", "stripes", "dots", "empty"];

/// Severities over the years.
#[derive(Serialize)]
pub(crate) struct OverYears {
    /// One, for the macro that looks plots up by their id.
    plots: Vec<Plot>,
    classes: Vec<String>,
    rows: Vec<YearRow>,
}

#[derive(Serialize)]
struct YearRow {
    year: String,
    counts: Vec<usize>,
    total: usize,
}

/// None before the second year: the numbers of one are beside the severities themselves.
pub(crate) fn over_years(texts: &Texts, book: &Book) -> Option<OverYears> {
    let classes = &book.project().policy.severities;
    let classes: Vec<String> = classes.iter().map(|class| class.label.clone()).collect();
    let mut years: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let standing = |entry: &&Entry| entry.advisory.withdrawn.is_none();
    for entry in book.entries().iter().filter(standing) {
        let year = day(entry.published).chars().take(4).collect();
        let counts = years.entry(year).or_insert_with(|| vec![0; classes.len()]);
        counts[entry.rank] += 1;
    }
    let rows = years.into_iter().rev().take(MOST_YEARS);
    let rows: Vec<YearRow> = rows
        .map(|(year, counts)| YearRow {
            year,
            total: counts.iter().sum(),
            counts,
        })
        .collect();
    (rows.len() > 1).then(|| OverYears {
        plots: vec![plot(texts, &classes, &rows)],
        classes,
        rows,
    })
}

fn plot(texts: &Texts, classes: &[String], rows: &[YearRow]) -> Plot {
    let kind = |rank: usize| KINDS[rank.min(KINDS.len() - 1)];
    let line = |row: &YearRow| Line {
        label: row.year.clone(),
        parts: row
            .counts
            .iter()
            .enumerate()
            .map(|(rank, count)| (kind(rank), *count))
            .collect(),
        words: row.total.to_string(),
    };
    let lines: Vec<Line> = rows.iter().map(line).collect();
    let mut legend: Vec<(&'static str, String)> = Vec::new();
    for (rank, class) in classes.iter().enumerate() {
        match legend.last_mut().filter(|(last, _)| *last == kind(rank)) {
            Some((_, label)) => label.push_str(&format!(", {class}")),
            None => legend.push((kind(rank), class.clone())),
        }
    }
    let title = texts.word("over-years.plot");
    draw(&FRAME, "over-years", title, &lines, legend)
}
