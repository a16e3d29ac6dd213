//! Owns the geometry of plots: bars that lie, each with its name before it and its number behind it.
//! Must never need colour to be read: parts differ by pattern, and every number stands there as text.

use serde::Serialize;

use super::facts::{Facts, Row};
use super::promises::PromiseRow;

/// A plot; its units are those of the drawing's view box.
#[derive(Serialize)]
pub(crate) struct Plot {
    id: &'static str,
    title: String,
    desc: String,
    width: usize,
    height: usize,
    bars: Vec<Bar>,
    legend: Vec<Legend>,
}

#[derive(Serialize)]
struct Bar {
    label: String,
    top: usize,
    baseline: usize,
    parts: Vec<Part>,
    end: usize,
    words: String,
}

#[derive(Serialize)]
struct Part {
    x: usize,
    width: usize,
    kind: &'static str,
}

#[derive(Serialize)]
struct Legend {
    kind: &'static str,
    label: &'static str,
}

const WIDTH: usize = 520;
const START: usize = 145;
const LONGEST: usize = 130;
const STEP: usize = 26;
/// More bars than this are left to the table.
const MOST_BARS: usize = 12;
const LONGEST_LABEL: usize = 22;

/// A bar before it is drawn: its name, its parts and what stands behind it.
struct Line {
    label: String,
    parts: Vec<(&'static str, usize)>,
    words: String,
}

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
    let legend = vec![("solid", "standing"), ("stripes", "withdrawn")];
    let title = "Advisories published in each year".to_owned();
    (lines.len() > 1).then(|| draw("years", title, &lines, legend))
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
    (!lines.is_empty()).then(|| draw(id, title, &lines, Vec::new()))
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
        ("solid", "met"),
        ("stripes", "missed"),
        ("dots", "not due"),
        ("empty", "not known"),
    ];
    let title = format!("What became of the promises of {}", facts.year);
    (!lines.is_empty()).then(|| draw("promises", title, &lines, legend))
}

fn draw(
    id: &'static str,
    title: String,
    lines: &[Line],
    legend: Vec<(&'static str, &'static str)>,
) -> Plot {
    let total = |line: &Line| line.parts.iter().map(|(_, count)| count).sum::<usize>();
    let most = lines.iter().map(total).max().unwrap_or(0).max(1);
    let said = lines
        .iter()
        .map(|line| format!("{}: {}", line.label, line.words));
    let desc = said.collect::<Vec<_>>().join("; ");
    let legend = legend.into_iter();
    Plot {
        id,
        title,
        desc,
        width: WIDTH,
        height: lines.len() * STEP,
        bars: lines
            .iter()
            .enumerate()
            .map(|(at, line)| bar(at, line, most))
            .collect(),
        legend: legend.map(|(kind, label)| Legend { kind, label }).collect(),
    }
}

fn bar(at: usize, line: &Line, most: usize) -> Bar {
    let mut x = START;
    let mut parts = Vec::new();
    for (kind, count) in &line.parts {
        // What is there can be seen, however little it is.
        let width = (count * LONGEST / most).max(usize::from(*count > 0) * 4);
        if width > 0 {
            parts.push(Part { x, width, kind });
            x += width;
        }
    }
    Bar {
        label: short(&line.label),
        top: at * STEP + 4,
        baseline: at * STEP + 17,
        parts,
        end: x + 8,
        words: line.words.clone(),
    }
}

/// A name that fits before a bar; the table has it whole.
fn short(label: &str) -> String {
    if label.chars().count() <= LONGEST_LABEL {
        return label.to_owned();
    }
    let start: String = label.chars().take(LONGEST_LABEL - 1).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_room_and_the_shortest_can_be_seen() {
        let line = |count| Line {
            label: "A".to_owned(),
            parts: vec![("solid", count), ("stripes", 0)],
            words: count.to_string(),
        };
        let plot = draw(
            "a",
            "A".to_owned(),
            &[line(1000), line(1), line(0)],
            Vec::new(),
        );
        let widths: Vec<Vec<usize>> = plot
            .bars
            .iter()
            .map(|bar| bar.parts.iter().map(|part| part.width).collect())
            .collect();
        assert_eq!(widths, [vec![LONGEST], vec![4], vec![]]);
        assert_eq!(plot.desc, "A: 1000; A: 1; A: 0");
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        assert_eq!(short("äöü"), "äöü");
        assert_eq!(short(&"ä".repeat(40)).chars().count(), LONGEST_LABEL);
    }
}
