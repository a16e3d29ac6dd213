//! Owns what is wrong with a changelog: advisories that it should name, and names that it should not have.
//! Must never tell of an advisory that is not published: what the book does not have, does not exist.

use std::collections::BTreeMap;

use caveat_check::{Book, Entry, PackageId};
use caveat_splice::{Block, Section, sections};
use caveat_versions::Version;
use caveat_words::join;
use caveat_words::release::versions_of;

use crate::changelog::{one, parts, written};
use crate::label::{is_of, label, section, version_word};
use crate::{Fault, Fix, Release};

/// A line of a changelog, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// From 1.
    pub line: usize,
    /// A sentence.
    pub says: String,
}

/// Everything that is wrong with a changelog of a package, by line.
///
/// # Errors
/// Markers or headings that leave open what belongs where.
pub fn findings(
    text: &str,
    book: &Book,
    package: &str,
    releases: &[&Release<'_>],
) -> Result<Vec<Finding>, Fault> {
    let sections = sections(text);
    let mut findings = stale(text, package, releases)?;
    for release in releases {
        findings.extend(of_release(text, book, &sections, release)?);
    }
    let names = Names::new(book);
    let ours = parts(text)?
        .into_iter()
        .filter(|part| is_of(&part.label, package));
    let ours: Vec<Block> = ours.collect();
    let mut place = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        // Our parts are held against the advisories as a whole, and may name others.
        if !ours.iter().any(|part| part.whole.contains(&place)) {
            let around = sections.iter().filter(|one| one.whole.contains(&place));
            let wrong = names.wrong_in(line, &around.collect::<Vec<_>>());
            findings.extend(wrong.into_iter().map(|says| Finding { line: at + 1, says }));
        }
        place += line.len();
    }
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// Notes of releases that fix nothing, or nothing any more.
fn stale(text: &str, package: &str, releases: &[&Release<'_>]) -> Result<Vec<Finding>, Fault> {
    let known: Vec<String> = releases.iter().map(|one| label(one)).collect();
    let stale = parts(text)?.into_iter();
    let stale = stale.filter(|part| is_of(&part.label, package) && !known.contains(&part.label));
    let finding = |part: Block| Finding {
        line: part.line,
        says: format!(
            "these are notes of {}, which fixes no published advisory",
            part.label
        ),
    };
    Ok(stale.map(finding).collect())
}

/// Notes that are not what they should be, or advisories that are not named.
fn of_release(
    text: &str,
    book: &Book,
    sections: &[Section],
    release: &Release<'_>,
) -> Result<Vec<Finding>, Fault> {
    let section = match section(sections, release) {
        Ok(section) => section,
        Err(Fault::NoHeading { .. }) => return Ok(Vec::new()),
        Err(fault) => return Err(fault),
    };
    let label = label(release);
    let all = parts(text)?;
    if let Some(part) = one(&all, &label)? {
        let says = match (part.edited, written(text, book, release, true)?) {
            (true, _) => format!("the notes of {label} were changed by hand"),
            (false, wanted) if wanted != text => {
                format!("the notes of {label} are not what the advisories say")
            }
            _ => return Ok(Vec::new()),
        };
        let line = part.line;
        return Ok(vec![Finding { line, says }]);
    }
    let said = &text[section.whole.clone()].replace('\\', "");
    let missing = release.fixes.iter().filter(|fix| !is_named(said, fix));
    let missing = missing.map(|fix| Finding {
        line: section.line,
        says: format!(
            "{label} fixes {}, which is not named below this heading",
            fix.entry.id
        ),
    });
    Ok(missing.collect())
}

fn is_named(said: &str, fix: &Fix<'_>) -> bool {
    let entry = fix.entry;
    words(said)
        .any(|word| word == entry.id || entry.advisory.aliases.iter().any(|alias| alias == word))
}

/// What ids are made of.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
}

/// Every name of every published advisory.
struct Names<'b> {
    entries: BTreeMap<&'b str, &'b Entry>,
    /// What our ids begin with.
    prefix: String,
}

impl<'b> Names<'b> {
    fn new(book: &'b Book) -> Self {
        let mut entries = BTreeMap::new();
        for entry in book.entries() {
            entries.insert(entry.id.as_str(), entry);
            let aliases = entry.advisory.aliases.iter();
            entries.extend(aliases.map(|alias| (alias.as_str(), entry)));
        }
        let prefix = format!("{}-", book.project().feed.id_prefix);
        Self { entries, prefix }
    }

    fn wrong_in(&self, line: &str, around: &[&Section]) -> Vec<String> {
        let line = line.replace('\\', "");
        let mut wrong = Vec::new();
        for word in words(&line) {
            match self.entries.get(word) {
                Some(entry) => wrong.extend(misplaced(word, entry, around)),
                None if self.is_ours(word) => {
                    wrong.push(format!("{word} is no published advisory of this feed"));
                }
                None => {}
            }
        }
        wrong
    }

    /// Does it look like an id of this feed?
    fn is_ours(&self, word: &str) -> bool {
        let number = word.strip_prefix(&*self.prefix);
        number.is_some_and(|number| {
            number
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
        })
    }
}

/// An advisory named below the heading of a version that does not fix it. Below others anything may be said.
fn misplaced(word: &str, entry: &Entry, around: &[&Section]) -> Option<String> {
    let version = around.iter().rev().find_map(|one| version_word(one))?;
    if entry.advisory.withdrawn.is_some() {
        return Some(format!(
            "{word} was withdrawn, so {version} does not fix it"
        ));
    }
    let fixed = versions_of(entry);
    let here = |(package, fixed): &(&PackageId, &Version)| {
        let order = package.ecosystem.order();
        let found = order.and_then(|order| Version::found(order, &version).ok());
        fixed.canonical() == version || found.is_some_and(|found| found == **fixed)
    };
    if fixed.iter().any(here) {
        return None;
    }
    let mut fixed: Vec<String> = fixed.iter().map(|(_, one)| one.to_string()).collect();
    fixed.dedup();
    let fixed = if fixed.is_empty() {
        "no version".to_owned()
    } else {
        join(fixed, "and")
    };
    Some(format!(
        "{word} is fixed in {fixed}, and this is below the heading of {version}"
    ))
}
