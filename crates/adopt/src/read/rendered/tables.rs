//! Owns the tables that `caveat policy` writes.
//! Must never guess a column: each is known by its head.

use caveat_advisory::{SupportStatus, Target};

use super::Placed;
use crate::facts::{Channel, Claim, ClaimKind, Row, Said};
use crate::page::{Piece, Spot};
use crate::read::duration::durations;
use crate::read::{Reading, classes_in, dates, meaning, severity};
use crate::words;

/// A row by the names of its columns.
struct Columns<'r> {
    head: Vec<String>,
    cells: &'r [Piece],
}

impl<'r> Columns<'r> {
    fn get(&self, name: &str) -> Option<&'r Piece> {
        let at = self.head.iter().position(|title| title == name)?;
        self.cells.get(at).filter(|cell| !cell.text.is_empty())
    }
}

pub(super) fn row(reading: &mut Reading<'_>, placed: &Placed<'_>) {
    let Some((start, head)) = severity::head(reading, placed.at) else {
        return;
    };
    let columns = Columns {
        head,
        cells: &placed.part.pieces,
    };
    let read = match placed.section {
        "Supported versions" => support(reading, placed, &columns),
        "When you hear from us" => answer(reading, &columns),
        "Severity" => class(reading, placed, &columns),
        "Where advisories appear" => channel(reading, placed, &columns),
        "What we say of our own security" => claim(reading, placed, &columns),
        _ => None,
    };
    if read.is_some() {
        for piece in 0..placed.part.pieces.len() {
            reading.take(Spot {
                part: placed.at,
                piece,
            });
        }
        reading.take(start);
        reading.verbatim.push(placed.part.at.clone());
        reading.verbatim.push(reading.page.parts[start].at.clone());
    }
}

/// `1.0.x (>= 1.0.0, < 1.1.0)`.
fn support(reading: &mut Reading<'_>, placed: &Placed<'_>, columns: &Columns<'_>) -> Option<()> {
    let versions = columns.get("Versions")?;
    let status = columns.get("Status")?;
    let value = SupportStatus::ALL
        .iter()
        .find(|known| known.label() == status.text)?;
    let (label, range) = match versions.text.rsplit_once(" (") {
        Some((label, rest)) => (label, rest.strip_suffix(')')?),
        None => (versions.text.as_str(), versions.text.as_str()),
    };
    let until = columns
        .get("Until")
        .and_then(|cell| Some(Said::new(dates::date(&cell.text)?.date, &cell.at)));
    if columns.get("From").is_some() || columns.get("Package").is_some() {
        return None;
    }
    reading.facts.rows.push(Row {
        label: label.to_owned(),
        versions: Some(Said::new(range.to_owned(), &versions.at)),
        status: Some(Said::new(*value, &status.at)),
        until,
        at: placed.part.at.clone(),
        symbol: None,
        table: 0,
        apart: false,
    });
    Some(())
}

/// A time of a cell, as it was written for a policy.
fn target(cell: &Piece) -> Option<Said<Target>> {
    let lower = cell.text.to_lowercase();
    let time = durations(&lower).into_iter().next()?;
    let mut value = time.target;
    let start = meaning::start(&lower[time.at.end..]);
    value.after = start.filter(|event| *event != caveat_advisory::Event::Reported);
    Some(Said::new(value, &cell.at))
}

fn answer(reading: &mut Reading<'_>, columns: &Columns<'_>) -> Option<()> {
    let cell = columns.get("Promised")?;
    let facts = &mut reading.facts;
    let slot = match columns.get("Step")?.text.as_str() {
        "First answer" => &mut facts.acknowledge,
        "First assessment" => &mut facts.assess,
        "News for the reporter" => &mut facts.update,
        _ => return None,
    };
    // `At least every day` has no number.
    let every = |text: &str| {
        text.strip_prefix("At least every ")
            .map(|unit| format!("1 {unit}"))
    };
    let one = every(&cell.text).map(|text| Piece {
        text,
        at: cell.at.clone(),
    });
    *slot = target(cell).or_else(|| target(&one?));
    Some(())
}

fn class(reading: &mut Reading<'_>, placed: &Placed<'_>, columns: &Columns<'_>) -> Option<()> {
    let label = columns.get("Severity")?;
    let meaning = columns.get("Meaning")?;
    let (id, _) = *classes_in(&label.text.to_lowercase()).first()?;
    let class = severity::class(reading, id, &label.text, placed.part);
    class.definition = Some(Said::new(meaning.text.clone(), &meaning.at));
    class.fix = columns.get("Fix within").and_then(target);
    class.review = columns.get("Looked back on within").and_then(target);
    class.band = columns.get("CVSS").and_then(|cell| {
        let (low, high) = cell.text.split_once(" to ")?;
        let number = |text: &str| text.parse::<f64>().ok();
        Some(Said::new((number(low)?, number(high)?), &cell.at))
    });
    class.cve = columns
        .get("CVE id")
        .and_then(|cell| match cell.text.as_str() {
            "Always" => Some(Said::new(true, &cell.at)),
            "Not always" => Some(Said::new(false, &cell.at)),
            _ => None,
        });
    let told = columns
        .get("Told through")
        .filter(|cell| cell.text != "Not promised");
    class.notify = told.map_or_else(Vec::new, |cell| {
        cell.text
            .split(", ")
            .map(|name| Said::new(name.to_owned(), &cell.at))
            .collect()
    });
    Some(())
}

fn channel(reading: &mut Reading<'_>, placed: &Placed<'_>, columns: &Columns<'_>) -> Option<()> {
    let what = columns.get("What it is")?;
    let name = columns.get("Name")?;
    let raw = |cell: &Piece| {
        reading
            .page
            .source
            .text()
            .get(cell.at.clone())
            .unwrap_or_default()
    };
    let link = columns.get("Where").and_then(|cell| {
        let raw = raw(cell);
        let at = words::links(raw).pop()?;
        Some(Said::new(raw[at].to_owned(), &cell.at))
    });
    match what.text.as_str() {
        // The site of the feed, which is not a promise of the policy.
        "Every advisory, with a feed for scanners and people" => {}
        "Advisories appear there too" | "Planned, not there yet" => {
            reading.facts.channels.push(Channel {
                name: name.text.clone(),
                url: link,
                planned: what.text.starts_with("Planned"),
                at: placed.part.at.clone(),
            });
        }
        _ => return None,
    }
    Some(())
}

fn claim(reading: &mut Reading<'_>, placed: &Placed<'_>, columns: &Columns<'_>) -> Option<()> {
    let says = columns.get("We say")?;
    let evidence = columns.get("Evidence")?;
    if columns.get("Last seen to be so").is_some() {
        return None;
    }
    let raw = reading
        .page
        .source
        .text()
        .get(evidence.at.clone())
        .unwrap_or_default();
    let link = words::links(raw).pop();
    reading.facts.claims.push(Claim {
        says: says.text.clone(),
        evidence: link.map(|at| raw[at].to_owned()),
        // The table itself says that there is no evidence.
        kind: ClaimKind::Beside,
        at: placed.part.at.clone(),
    });
    Some(())
}
