//! Owns the advisories of one year, and what can be counted of them by themselves.
//! Must never take a year of any other zone than UTC, in which every output prints its days.

use std::collections::BTreeMap;

use caveat_advisory::{Event, Timestamp};
use caveat_check::{Book, Entry};
use caveat_texts::Texts;
use caveat_words::span;
use serde::Serialize;

use super::promises::{PromiseRow, promises};
use crate::clocks;
use crate::view::{card_path, day};

/// Advisories that were published in one year.
pub(crate) struct Year<'b> {
    pub(crate) book: &'b Book,
    pub(crate) texts: &'b Texts,
    pub(crate) all: Vec<&'b Entry>,
}

/// An advisory and a day that matters.
#[derive(Serialize)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) day: String,
}

/// How long fixes took, in seconds and in words.
#[derive(Serialize)]
pub(crate) struct Spread {
    pub(crate) count: usize,
    pub(crate) fastest: i64,
    pub(crate) median: i64,
    pub(crate) slowest: i64,
    pub(crate) fastest_words: String,
    pub(crate) median_words: String,
    pub(crate) slowest_words: String,
}

/// A year beside others.
#[derive(Clone, Serialize)]
pub(crate) struct YearRow {
    pub(crate) year: i16,
    pub(crate) standing: usize,
    pub(crate) withdrawn: usize,
    pub(crate) exploited: usize,
    pub(crate) met: usize,
    pub(crate) missed: usize,
    pub(crate) median_to_fix: Option<String>,
}

/// The year, UTC.
pub(crate) fn year_of(at: Timestamp) -> i16 {
    let written = at.to_string();
    let year = written.split('-').next().unwrap_or_default();
    year.parse().unwrap_or(0)
}

/// All advisories by year, sorted once, to be told in one language.
pub(crate) struct Archive<'b> {
    pub(crate) book: &'b Book,
    texts: &'b Texts,
    years: BTreeMap<i16, Vec<&'b Entry>>,
    /// Every year from that of the first advisory to that of the last, empty ones too.
    pub(crate) history: Vec<YearRow>,
}

impl<'b> Archive<'b> {
    pub(crate) fn new(book: &'b Book, texts: &'b Texts) -> Self {
        let mut years: BTreeMap<i16, Vec<&Entry>> = BTreeMap::new();
        for entry in book.entries() {
            years
                .entry(year_of(entry.published))
                .or_default()
                .push(entry);
        }
        let mut archive = Self {
            book,
            texts,
            years,
            history: Vec::new(),
        };
        archive.history = archive.told();
        archive
    }

    pub(crate) fn year(&self, year: i16) -> Year<'b> {
        Year {
            book: self.book,
            texts: self.texts,
            all: self.years.get(&year).cloned().unwrap_or_default(),
        }
    }

    fn told(&self) -> Vec<YearRow> {
        let ends = self
            .years
            .first_key_value()
            .zip(self.years.last_key_value());
        let years = ends.map(|((first, _), (last, _))| *first..=*last);
        let rows = years.into_iter().flatten();
        rows.map(|year| self.year(year).row(year)).collect()
    }
}

impl<'b> Year<'b> {
    /// Those that were not withdrawn: all that is counted in detail.
    pub(crate) fn standing(&self) -> impl Iterator<Item = &'b Entry> + '_ {
        let standing = |entry: &&Entry| entry.advisory.withdrawn.is_none();
        self.all.iter().copied().filter(standing)
    }

    pub(crate) fn exploited(&self) -> Vec<Item> {
        let known = self.standing().filter_map(|entry| {
            let at = clocks::event(self.book, entry, Event::Exploited)?;
            Some(item(entry, at))
        });
        known.collect()
    }

    pub(crate) fn withdrawn(&self) -> Vec<Item> {
        let withdrawn = self.all.iter().filter_map(|entry| {
            let withdrawal = entry.advisory.withdrawn.as_ref()?;
            Some(item(entry, withdrawal.at))
        });
        withdrawn.collect()
    }

    /// From the report to the first fixed release, of those of which both are public.
    pub(crate) fn time_to_fix(&self) -> Option<Spread> {
        let took = self.standing().filter_map(|entry| {
            let fixed = clocks::event(self.book, entry, Event::Fixed)?;
            let reported = clocks::event(self.book, entry, Event::Reported)?;
            Some((fixed.as_second() - reported.as_second()).max(0))
        });
        spread(self.texts, took.collect())
    }

    fn row(&self, year: i16) -> YearRow {
        let promises = promises(self);
        let sum = |count: fn(&PromiseRow) -> usize| promises.iter().map(count).sum();
        let standing = self.standing().count();
        YearRow {
            year,
            standing,
            withdrawn: self.all.len() - standing,
            exploited: self.exploited().len(),
            met: sum(|row| row.met),
            missed: sum(|row| row.missed),
            median_to_fix: self.time_to_fix().map(|spread| spread.median_words),
        }
    }
}

fn item(entry: &Entry, at: Timestamp) -> Item {
    Item {
        id: entry.id.clone(),
        path: card_path(&entry.id),
        title: caveat_words::plain_title(&entry.advisory.title),
        day: day(at),
    }
}

/// Fastest, median and slowest. Of an even number, the median is half-way between the two in the middle.
fn spread(texts: &Texts, mut took: Vec<i64>) -> Option<Spread> {
    took.sort_unstable();
    let (fastest, slowest) = (*took.first()?, *took.last()?);
    let upper = *took.get(took.len() / 2)?;
    let lower = *took.get((took.len() - 1) / 2)?;
    let median = i64::midpoint(lower, upper);
    Some(Spread {
        count: took.len(),
        fastest,
        median,
        slowest,
        fastest_words: span(texts, fastest),
        median_words: span(texts, median),
        slowest_words: span(texts, slowest),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assert!(spread(Texts::english(), Vec::new()).is_none());
        let of = |took: &[i64]| spread(Texts::english(), took.to_vec()).map(|found| found.median);
        assert_eq!(of(&[7]), Some(7));
        assert_eq!(of(&[9, 1, 3]), Some(3));
        assert_eq!(of(&[4, 1, 9, 2]), Some(3));
    }

    #[test]
    fn a_year_ends_at_midnight_in_greenwich() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        assert_eq!(year_of(at("2026-12-31T23:59:59Z")), 2026);
        assert_eq!(year_of(at("2027-01-01T00:59:59+01:00")), 2026);
    }
}
