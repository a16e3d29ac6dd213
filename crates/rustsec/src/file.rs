//! Owns the text of a file: TOML in a code fence, then the advisory as Markdown.
//! Must never write a value that needs an escape: `cargo-deny` reads what stands between two quotes.

use std::fmt::Write as _;

use caveat_advisory::{Project, Timestamp};
use caveat_check::{Entry, Score};
use caveat_convert::{details, links, page, related};

use crate::place::Place;
use crate::requirement::{Requirements, requirements};
use crate::{id, link};

/// One file.
pub(crate) fn text(entry: &Entry, project: &Project, place: &Place<'_>) -> String {
    let requirements = requirements(&place.rows);
    let mut text = String::from("```toml\n[advisory]\n");
    facts(&mut text, entry, project, place);
    functions(&mut text, place, &requirements);
    text.push_str("\n[versions]\n");
    // Readers ask for it even where nothing is patched.
    let _ = writeln!(text, "patched = {}", list(&requirements.patched));
    some(&mut text, "unaffected", &requirements.unaffected);
    let title = entry.advisory.title.trim();
    let _ = write!(text, "```\n\n# {title}\n\n{}\n", details(entry));
    text
}

fn facts(text: &mut String, entry: &Entry, project: &Project, place: &Place<'_>) {
    let withdrawn = entry.advisory.withdrawn.as_ref();
    let address = link::plain(&page(project, &entry.id));
    for (key, value) in [
        ("id", Some(place.id.to_string())),
        ("package", Some(place.name().to_owned())),
        ("date", Some(day(entry.published))),
        ("withdrawn", withdrawn.map(|one| day(one.at))),
        ("url", address),
        ("cvss", entry.scores.iter().find_map(vector)),
        ("license", Some(project.feed.license.trim().to_owned())),
    ] {
        if let Some(value) = value.filter(|value| is_bare(value)) {
            let _ = writeln!(text, "{key} = \"{value}\"");
        }
    }
    let mut links: Vec<String> = Vec::new();
    for url in self::links(entry)
        .iter()
        .filter_map(|one| link::plain(&one.url))
    {
        if !links.contains(&url) {
            links.push(url);
        }
    }
    some(text, "references", &links);
    let own = (place.id != entry.id).then(|| entry.id.clone());
    let names = own
        .into_iter()
        .chain(entry.advisory.aliases.iter().cloned());
    some(text, "aliases", &readable(names));
    some(text, "related", &readable(related(entry).into_iter()));
}

fn readable(ids: impl Iterator<Item = String>) -> Vec<String> {
    ids.filter(|one| id::is_readable(one) && is_bare(one))
        .collect()
}

/// The base metrics of CVSS 3: readers that are older than 4.0, or find metrics that are not of the base, refuse the whole
/// database.
fn vector(score: &Score) -> Option<String> {
    let metrics = score.vector.strip_prefix("CVSS:3.")?;
    let base = |metric: &&str| {
        let name = metric.split(':').next().unwrap_or_default();
        ["0", "1", "AV", "AC", "PR", "UI", "S", "C", "I", "A"].contains(&name)
    };
    let kept: Vec<&str> = metrics.split('/').filter(base).collect();
    Some(format!("CVSS:3.{}", kept.join("/")))
}

/// Functions of the crate, by its full path, each with the versions that are affected.
fn functions(text: &mut String, place: &Place<'_>, requirements: &Requirements) {
    let library = place.name().replace('-', "_");
    let written = place.rows.iter().flat_map(|row| &row.functions);
    let mut paths: Vec<&String> = written.filter(|path| is_path(path, &library)).collect();
    paths.sort();
    paths.dedup();
    if paths.is_empty() {
        return;
    }
    text.push_str("\n[affected.functions]\n");
    for path in paths {
        let _ = writeln!(text, "\"{path}\" = {}", list(&requirements.affected));
    }
}

/// As RustSec's grammar has it: the crate, then names.
fn is_path(path: &str, library: &str) -> bool {
    let mut segments = path.split("::");
    let name = |segment: &str| {
        let rest = |c: char| c.is_ascii_alphanumeric() || "_<>,".contains(c);
        let first = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '<';
        segment.starts_with(first) && segment.chars().all(rest)
    };
    segments.next() == Some(library) && path != library && segments.all(name)
}

/// A list on one line: it ends at the first bracket.
fn list(values: &[String]) -> String {
    let quoted: Vec<String> = values.iter().map(|one| format!("\"{one}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn some(text: &mut String, key: &str, values: &[String]) {
    if !values.is_empty() {
        let _ = writeln!(text, "{key} = {}", list(values));
    }
}

/// Is it the same to every reader between two quotes, alone or in a list?
fn is_bare(value: &str) -> bool {
    let odd = |c: char| c.is_control() || "\"\\`[]".contains(c);
    !value.is_empty() && !value.contains(odd)
}

/// Readers know no day of an earlier millennium; there was no crate then.
const FIRST_DAY: &str = "2000-01-01";

fn day(at: Timestamp) -> String {
    let day: String = at.to_string().chars().take_while(|&c| c != 'T').collect();
    day.max(FIRST_DAY.to_owned())
}
