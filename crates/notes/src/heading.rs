//! Owns the heading of a release that a changelog does not have yet: where it goes, and how it reads.
//! Must never guess a day: programs that read changelogs leave a release without one out, or stop.

use caveat_advisory::Date;
use caveat_splice::{Section, line_end, line_of, sections};
use caveat_versions::Version;

use crate::label::{section, version_word};
use crate::markdown::escaped;
use crate::{Fault, Release};

/// The changelog with a heading of the release, spelled as the one beside it, above the first older version.
///
/// # Errors
/// Two headings that name the version, or no place where a heading would be one.
pub fn headed(text: &str, release: &Release<'_>, day: Date) -> Result<String, Fault> {
    let sections = sections(text);
    match section(&sections, release) {
        Ok(_) => return Ok(text.to_owned()),
        Err(Fault::NoHeading { .. }) => {}
        Err(fault) => return Err(fault),
    }
    let place = Place::of(text, &sections, release);
    let line = place.spelled(text, release, day);
    let (before, after) = text.split_at(place.at);
    let part = match before.trim_start_matches('\u{feff}') {
        _ if place.above => format!("{line}\n\n"),
        "" => line,
        _ => format!("\n\n{line}"),
    };
    let part = part.replace('\n', line_end(text));
    let whole = format!("{before}{part}{after}");
    let now = caveat_splice::sections(&whole);
    if section(&now, release).is_ok() && now.len() == sections.len() + 1 {
        return Ok(whole);
    }
    Err(Fault::NoPlace {
        line: line_of(text, place.at),
    })
}

/// Where a heading goes.
struct Place<'s> {
    at: usize,
    /// Right above another heading, or else below all else.
    above: bool,
    /// The heading of a version to be spelled alike.
    beside: Option<&'s Section>,
}

impl<'s> Place<'s> {
    fn of(text: &str, sections: &'s [Section], release: &Release<'_>) -> Self {
        let versions = versions(sections);
        let older = versions.iter().find(|one| is_older(one, release));
        if let Some(older) = older {
            let before = &text[..older.whole.start];
            return Self {
                at: before.trim_end_matches(' ').len(),
                above: true,
                beside: Some(older),
            };
        }
        let beside = versions.last().copied();
        let coming = |one: &&Section| one.title.to_lowercase().contains("unreleased");
        let last = beside.or_else(|| sections.iter().find(coming));
        Self {
            at: last.map_or(text.trim_end().len(), |last| last.end),
            above: false,
            beside,
        }
    }

    fn spelled(&self, text: &str, release: &Release<'_>, day: Date) -> String {
        let version = escaped(&release.version.to_string());
        let Some(beside) = self.beside else {
            return format!("## [{version}] - {day}");
        };
        let marks = "#".repeat(usize::from(beside.level));
        let line = text[beside.whole.start..]
            .lines()
            .next()
            .unwrap_or_default();
        let line = line.trim_start_matches(['#', ' ']);
        let before = before_version(line, beside);
        let close = if before.contains('[') { "]" } else { "" };
        let day = if line.contains(&format!("({}", &day.to_string()[..2])) {
            format!("({day})")
        } else {
            format!("- {day}")
        };
        format!("{marks} {before}{version}{close} {day}")
    }
}

/// The headings of versions, of which those of the highest level are meant: deeper ones begin with any number.
fn versions(sections: &[Section]) -> Vec<&Section> {
    let named = || sections.iter().filter(|one| version_word(one).is_some());
    let highest = named().map(|one| one.level).min();
    named().filter(|one| Some(one.level) == highest).collect()
}

fn is_older(section: &Section, release: &Release<'_>) -> bool {
    let order = release.package.ecosystem.order();
    let named = order.zip(version_word(section));
    let found = named.and_then(|(order, word)| Version::found(order, &word).ok());
    found.is_some_and(|found| found < *release.version)
}

/// `[v`, `Version `, `torch@`: what people write before a version, where it is no more than that.
fn before_version<'l>(line: &'l str, section: &Section) -> &'l str {
    let at = version_word(section).and_then(|word| line.find(&word));
    let before = &line[..at.unwrap_or(0)];
    let plain = |c: char| c.is_alphanumeric() || "[ @/.-".contains(c);
    if before.chars().all(plain) {
        before
    } else {
        ""
    }
}
