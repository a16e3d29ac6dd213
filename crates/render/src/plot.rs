//! Owns the geometry of plots: bars that lie, each with its name before it and its number behind it.
//! Must never need colour to be read: parts differ by pattern, and every number stands there as text.

use serde::Serialize;

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
    label: String,
}

const STEP: usize = 26;
const LONGEST_LABEL: usize = 22;

/// How wide a plot is, where its bars start, and how long the longest is.
pub(crate) struct Frame {
    pub(crate) width: usize,
    pub(crate) start: usize,
    pub(crate) longest: usize,
}

/// A bar before it is drawn: its name, its parts and what stands behind it.
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) parts: Vec<(&'static str, usize)>,
    pub(crate) words: String,
}

/// Draws bars below each other.
pub(crate) fn draw(
    frame: &Frame,
    id: &'static str,
    title: String,
    lines: &[Line],
    legend: Vec<(&'static str, String)>,
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
        width: frame.width,
        height: lines.len() * STEP,
        bars: lines
            .iter()
            .enumerate()
            .map(|(at, line)| bar(frame, at, line, most))
            .collect(),
        legend: legend.map(|(kind, label)| Legend { kind, label }).collect(),
    }
}

fn bar(frame: &Frame, at: usize, line: &Line, most: usize) -> Bar {
    let mut x = frame.start;
    let mut parts = Vec::new();
    for (kind, count) in &line.parts {
        // What is there can be seen, however little it is.
        let width = (count * frame.longest / most).max(usize::from(*count > 0) * 4);
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
        let frame = Frame {
            width: 300,
            start: 40,
            longest: 130,
        };
        let plot = draw(
            &frame,
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
        assert_eq!(widths, [vec![130], vec![4], vec![]]);
        assert_eq!(plot.desc, "A: 1000; A: 1; A: 0");
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        assert_eq!(short("äöü"), "äöü");
        assert_eq!(short(&"ä".repeat(40)).chars().count(), LONGEST_LABEL);
    }
}
