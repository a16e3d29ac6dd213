//! Owns the picture of a package: its versions from left to right, a lane for each advisory, bars where it is affected.
//! Must never say what the table below it does not: it is for those who would rather look.

use caveat_advisory::StatusKind;
use caveat_check::{AffectedPackage, Entry};
use caveat_texts::Texts;
use caveat_versions::{Interval, Upper, Version};
use serde::Serialize;

use super::card::{Severity, severity};
use super::release::bounds;

/// More lanes than this are left to the table.
const MOST_LANES: usize = 16;
const LANE: usize = 38;
const AXIS: usize = 24;
/// Labels nearer to each other than this run into each other, in hundredths of a percent: on a phone, and elsewhere.
const APART: usize = 2600;
const APART_WIDE: usize = 1200;
const WHOLE: usize = 10_000;

/// A picture as wide as its place: across, all numbers are percents; down, they are pixels.
#[derive(Serialize)]
pub(crate) struct Timeline {
    desc: String,
    height: usize,
    axis: usize,
    lanes: Vec<Lane>,
    ticks: Vec<Tick>,
    /// Advisories that the table has, and this does not.
    left_out: usize,
    /// Something was not looked at.
    unknown: bool,
    /// The axis has every release of caveat.toml, rather than only those that advisories name.
    whole: bool,
}

#[derive(Serialize)]
struct Lane {
    id: String,
    severity: Severity,
    top: usize,
    baseline: usize,
    line: usize,
    bars: Vec<Bar>,
    /// What nobody looked at.
    unknown: Vec<Bar>,
    /// Where versions with the fix begin.
    fixes: Vec<String>,
}

#[derive(Serialize)]
struct Bar {
    x: String,
    width: String,
    /// Nothing ends it.
    open: bool,
}

#[derive(Serialize)]
struct Tick {
    x: String,
    label: String,
    /// There is no room for it on a phone.
    more: bool,
    anchor: &'static str,
}

/// The picture of the newest advisories that stand; none where there is none. `listed` are the releases that are known.
pub(crate) fn timeline(
    texts: &Texts,
    found: &[(&Entry, &AffectedPackage)],
    listed: &[Version],
) -> Option<Timeline> {
    let standing: Vec<_> = found
        .iter()
        .rev()
        .filter(|(entry, _)| entry.advisory.withdrawn.is_none())
        .collect();
    let shown = &standing[..standing.len().min(MOST_LANES)];
    let axis = Axis::new(shown, listed);
    if shown.is_empty() || axis.versions.is_empty() {
        return None;
    }
    let lanes = shown.iter().enumerate();
    let said = shown.iter().map(|(entry, affected)| {
        let branches: Vec<String> = affected
            .branches
            .iter()
            .map(|branch| caveat_words::range(texts, branch))
            .collect();
        format!("{}: {}", entry.id, branches.join("; "))
    });
    Some(Timeline {
        desc: said.collect::<Vec<_>>().join(". "),
        height: shown.len() * LANE + AXIS,
        axis: shown.len() * LANE + 6,
        lanes: lanes
            .map(|(at, (entry, affected))| axis.lane(at, entry, affected))
            .collect(),
        ticks: axis.ticks(),
        left_out: standing.len() - shown.len(),
        unknown: shown
            .iter()
            .any(|(entry, affected)| unanalysed(entry, affected).next().is_some()),
        whole: !listed.is_empty(),
    })
}

/// Versions at equal distances: what lies between two of them has no length that anybody knows.
struct Axis {
    versions: Vec<Version>,
    /// 1 where the first cell is all that is older than the first version.
    before: usize,
}

impl Axis {
    fn new(rows: &[&(&Entry, &AffectedPackage)], listed: &[Version]) -> Self {
        let branches = rows.iter().flat_map(|(entry, affected)| {
            affected.branches.iter().chain(unanalysed(entry, affected))
        });
        let branches: Vec<&Interval> = branches.collect();
        let named = branches.iter().flat_map(|branch| bounds(branch)).cloned();
        let mut versions: Vec<Version> = named.chain(listed.iter().cloned()).collect();
        versions.sort();
        versions.dedup();
        let from_the_start = branches.iter().any(|branch| branch.lower().is_none());
        Self {
            versions,
            before: usize::from(from_the_start),
        }
    }

    /// Where the cell of a version begins, in hundredths of a percent.
    fn start(&self, version: &Version) -> usize {
        let at = self.versions.partition_point(|one| one < version);
        self.cell(at + self.before)
    }

    fn end(&self, version: &Version) -> usize {
        let at = self.versions.partition_point(|one| one <= version);
        self.cell(at + self.before)
    }

    fn cell(&self, at: usize) -> usize {
        at * WHOLE / (self.versions.len() + self.before)
    }

    fn bar(&self, branch: &Interval) -> Bar {
        let from = branch.lower().map_or(0, |lower| self.start(lower));
        let (to, open) = match branch.upper() {
            Upper::Fixed(fixed) => (self.start(fixed), false),
            Upper::LastAffected(last) => (self.end(last), false),
            Upper::Open => (WHOLE, true),
        };
        Bar {
            x: percent(from),
            width: percent(to.saturating_sub(from)),
            open,
        }
    }

    fn lane(&self, at: usize, entry: &Entry, affected: &AffectedPackage) -> Lane {
        let fixed = affected.branches.iter().filter_map(Interval::fixed);
        let top = at * LANE;
        Lane {
            id: entry.id.clone(),
            severity: severity(entry),
            top: top + 21,
            baseline: top + 15,
            line: top + 26,
            bars: affected
                .branches
                .iter()
                .map(|branch| self.bar(branch))
                .collect(),
            unknown: unanalysed(entry, affected)
                .map(|branch| self.bar(branch))
                .collect(),
            fixes: fixed.map(|fixed| percent(self.start(fixed))).collect(),
        }
    }

    /// The first and the last version, and as many between them as can be read; those with news come first.
    fn ticks(&self) -> Vec<Tick> {
        let mut taken: Vec<(usize, usize, bool)> = Vec::new();
        let last = self.versions.len() - 1;
        for (apart, more) in [(APART, false), (APART_WIDE, true)] {
            for at in [0, last].into_iter().chain(1..last) {
                let x = self.cell(at + self.before);
                if taken
                    .iter()
                    .all(|(_, other, _)| x.abs_diff(*other) >= apart)
                {
                    taken.push((at, x, more));
                }
            }
        }
        taken.sort_unstable();
        let tick = |(at, x, more): (usize, usize, bool)| Tick {
            x: percent(x),
            more,
            label: self.versions[at].to_string(),
            anchor: if x + APART_WIDE > WHOLE || at == last {
                "end"
            } else {
                "start"
            },
        };
        taken.into_iter().map(tick).collect()
    }
}

fn unanalysed<'e>(
    entry: &'e Entry,
    affected: &'e AffectedPackage,
) -> impl Iterator<Item = &'e Interval> {
    let statuses = entry
        .statuses
        .iter()
        .filter(|one| one.package == affected.package);
    let unknown = statuses.filter(|one| one.state == StatusKind::NotAnalysed);
    unknown.flat_map(|one| &one.branches)
}

/// `1250` is `12.50%`.
fn percent(hundredths: usize) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use caveat_versions::Order;

    fn axis(versions: &[&str], before: usize) -> Axis {
        let parse = |text: &&str| Version::parse(Order::SemVer, text).expect("a version");
        Axis {
            versions: versions.iter().map(parse).collect(),
            before,
        }
    }

    #[test]
    fn every_version_has_the_same_room_and_what_is_older_than_all_too() {
        let axis = axis(&["1.0.0", "1.1.0", "2.0.0"], 1);
        let starts: Vec<String> = axis
            .versions
            .iter()
            .map(|version| percent(axis.start(version)))
            .collect();
        assert_eq!(starts, ["25.00%", "50.00%", "75.00%"]);
        assert_eq!(axis.end(&axis.versions[2]), WHOLE);
    }

    #[test]
    fn names_below_the_axis_never_touch() {
        let names: Vec<String> = (0..40).map(|minor| format!("1.{minor}.0")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let ticks = axis(&names, 0).ticks();
        let narrow = ticks.iter().filter(|tick| !tick.more);
        let labels: Vec<&str> = narrow.map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["1.0.0", "1.11.0", "1.22.0", "1.39.0"]);
        assert_eq!(ticks.len(), 8);
        assert_eq!(ticks[7].anchor, "end");
    }
}
