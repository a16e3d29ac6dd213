//! Owns which plots a report has, and the numbers in them.
//! Must never draw: where bars lie is for `plot`.

use caveat_texts::Texts;

use super::facts::{Facts, Row};
use super::promises::PromiseRow;
use super::year::YearRow;
use crate::plot::{Frame, Line, Plot, draw};

/// More bars than this are left to the table.
const MOST_BARS: usize = 12;
const FRAME: Frame = Frame {
    width: 520,
    start: 145,
    longest: 130,
};

/// Every plot of a report that has something to show.
pub(crate) fn plots(texts: &Texts, facts: &Facts) -> Vec<Plot> {
    let title = |key| texts.say(key, &[("year", facts.year.to_string().into())]);
    let by_severity = title("plot.by-severity");
    let by_package = title("plot.by-package");
    let all = [
        years(texts, facts),
        rows(texts, facts, "severity", by_severity, &facts.severities),
        rows(texts, facts, "package", by_package, &facts.packages),
        promises(texts, facts, title("plot.promises")),
    ];
    all.into_iter().flatten().collect()
}

fn years(texts: &Texts, facts: &Facts) -> Option<Plot> {
    let line = |row: &YearRow| Line {
        label: row.year.to_string(),
        parts: vec![("solid", row.standing), ("stripes", row.withdrawn)],
        words: match row.withdrawn {
            0 => row.standing.to_string(),
            withdrawn => {
                let standing = row.standing.to_string();
                let values = [("standing", standing.into()), ("count", withdrawn.into())];
                texts.say("plot.year-withdrawn", &values)
            }
        },
    };
    // The latest, where there are more than can be drawn.
    let late = facts.years.len().saturating_sub(MOST_BARS);
    let lines: Vec<Line> = facts.years[late..].iter().map(line).collect();
    let legend = vec![
        ("solid", texts.word("plot.standing")),
        ("stripes", texts.word("plot.withdrawn")),
    ];
    let title = texts.word("plot.years");
    (lines.len() > 1).then(|| draw(&FRAME, "years", title, &lines, legend))
}

fn rows(
    texts: &Texts,
    facts: &Facts,
    id: &'static str,
    title: String,
    rows: &[Row],
) -> Option<Plot> {
    let before = facts.year - 1;
    let compared = facts.years.iter().any(|row| row.year == before);
    let line = |row: &Row| Line {
        label: row.label.clone(),
        parts: vec![("solid", row.count)],
        words: if compared {
            let values = [
                ("number", row.count.into()),
                ("before", row.before.into()),
                ("year", before.to_string().into()),
            ];
            texts.say("plot.compared", &values)
        } else {
            row.count.to_string()
        },
    };
    let lines: Vec<Line> = rows.iter().take(MOST_BARS).map(line).collect();
    let title = if rows.len() > MOST_BARS {
        let values = [("title", title.into()), ("number", MOST_BARS.into())];
        texts.say("plot.most", &values)
    } else {
        title
    };
    (!lines.is_empty()).then(|| draw(&FRAME, id, title, &lines, Vec::new()))
}

/// What may become of a promise: how a part looks, and what it is called.
const STATES: [(&str, &str); 4] = [
    ("solid", "plot.met"),
    ("stripes", "plot.missed"),
    ("dots", "plot.not-due"),
    ("empty", "plot.not-known"),
];

fn promises(texts: &Texts, facts: &Facts, title: String) -> Option<Plot> {
    let states = STATES.map(|(kind, key)| (kind, texts.word(key)));
    let line = |row: &PromiseRow| {
        let counts = [row.met, row.missed, row.not_due, row.not_known];
        let parts = states.iter().zip(counts);
        let told = parts.clone().filter(|(_, count)| *count > 0);
        let words = told.map(|((_, state), count)| {
            let values = [("number", count.into()), ("state", state.into())];
            texts.say("plot.part", &values)
        });
        Line {
            label: row.label.clone(),
            words: words.collect::<Vec<_>>().join(", "),
            parts: parts.map(|((kind, _), count)| (*kind, count)).collect(),
        }
    };
    let told = |row: &&PromiseRow| row.met + row.missed + row.not_due + row.not_known > 0;
    let lines: Vec<Line> = facts.promises.iter().filter(told).map(line).collect();
    let legend = states.to_vec();
    (!lines.is_empty()).then(|| draw(&FRAME, "promises", title, &lines, legend))
}
