//! Owns the template that a forge offers for a SECURITY.md: lines that nobody replaced.
//! Must never read the examples of a template as promises.

use super::Reading;
use crate::words;

/// Sentences that tell the author what to write.
const SIGNS: [&str; 3] = [
    "use this section to tell people",
    "tell them where to go, how often they can expect",
    "replace this section with",
];

/// The rows that the template has as examples.
const EXAMPLES: [&str; 4] = ["5.1.x", "5.0.x", "4.0.x", "< 4.0"];

pub(super) fn read(reading: &mut Reading<'_>) {
    for (spot, part) in reading.prose() {
        if words::has(&part.lower, &SIGNS) {
            reading.facts.template_lines.push(part.at.clone());
            reading.take(spot);
        }
    }
    let rows = reading
        .page
        .parts
        .iter()
        .filter_map(|part| Some((part, part.cells()?.first()?)));
    let mut rows: Vec<_> = rows.collect();
    rows.retain(|(_, cell)| EXAMPLES.contains(&cell.text.as_str()));
    reading.facts.is_template =
        rows.len() == EXAMPLES.len() && !reading.facts.template_lines.is_empty();
}
