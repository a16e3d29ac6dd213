//! Owns what mails say of an advisory, one section each: the same words to every receiver.
//! Must never break a link or a hash, or say what the book does not.

use caveat_advisory::{Consent, Project, StatusKind};
use caveat_check::{AffectedPackage, Book, Entry};
use caveat_texts::Texts;
use caveat_words::lines::wrap;
use caveat_words::plain::to_plain;
use caveat_words::{
    actions, clocks, cve_is_pending, day, exploitation, only_with, range, standing, thanked,
    unaffected,
};

pub(crate) fn heading(entry: &Entry) -> String {
    let title = entry.advisory.title.trim();
    wrap(&format!("{}: {title}", entry.id), "", "  ")
}

/// A field, with its value on lines of its own column.
pub(crate) fn field(name: &str, value: &str) -> String {
    wrap(
        value,
        &format!("{:<15}", format!("{name}:")),
        &" ".repeat(15),
    )
}

pub(crate) fn section(heading: &str, text: Option<&String>) -> Option<String> {
    text.map(|text| format!("{heading}\n\n{}", to_plain(text)))
}

fn items(heading: &str, lines: &[String]) -> Option<String> {
    (!lines.is_empty()).then(|| format!("{heading}\n\n{}", lines.join("\n")))
}

/// What else the flaw is called, or that it will be.
pub(crate) fn names(entry: &Entry) -> Vec<String> {
    let aliases = &entry.advisory.aliases;
    let known = (!aliases.is_empty()).then(|| field("Also known as", &aliases.join(", ")));
    let pending = cve_is_pending(entry).then(|| field("CVE id", "requested"));
    known.into_iter().chain(pending).collect()
}

pub(crate) fn weaknesses(entry: &Entry) -> impl Iterator<Item = String> {
    let all = entry.weaknesses.iter();
    all.map(|cwe| field("Weakness", &format!("CWE-{} {}", cwe.number, cwe.name)))
}

/// Each score with its vector on a line of its own.
pub(crate) fn scores(entry: &Entry) -> impl Iterator<Item = String> {
    entry.scores.iter().map(|score| {
        let name = format!("CVSS {}", score.version);
        let number = field(&name, &score.display());
        format!("{number}\n{:15}{}", "", score.vector)
    })
}

pub(crate) fn todo(entry: &Entry) -> String {
    let sentences = actions(Texts::english(), entry)
        .into_iter()
        .map(|action| action.sentence());
    let mut lines: Vec<String> = sentences.map(|one| wrap(&one, "* ", "  ")).collect();
    if entry.advisory.workaround.is_some() && entry.advisory.withdrawn.is_none() {
        lines.push("* Cannot upgrade? See WORKAROUNDS below.".to_owned());
    }
    format!("WHAT TO DO\n\n{}", lines.join("\n"))
}

pub(crate) fn affected(entry: &Entry) -> String {
    let mut lines = vec!["AFFECTED VERSIONS".to_owned(), String::new()];
    for one in &entry.affected {
        lines.push(package(one));
        let branches = one.branches.iter();
        lines.extend(branches.map(|branch| wrap(&range(Texts::english(), branch), "  * ", "    ")));
        lines.extend(only_with(one).map(|only| wrap(&only, "  ", "  ")));
    }
    lines.join("\n")
}

/// What is not affected. An advisory that should not have been says nothing of versions.
pub(crate) fn not_affected(entry: &Entry) -> Option<String> {
    let mut lines = Vec::new();
    for one in &entry.affected {
        let words = unaffected(Texts::english(), entry, one);
        if !words.is_empty() {
            lines.push(package(one));
        }
        lines.extend(words.iter().map(|words| wrap(words, "  * ", "    ")));
    }
    lines.extend(statuses(entry, StatusKind::NotAffected));
    let stands = entry.advisory.withdrawn.is_none();
    let clear = items("NOT AFFECTED", &lines);
    let unknown: Vec<String> = statuses(entry, StatusKind::NotAnalysed).collect();
    let both = clear.into_iter().chain(items("NOT ANALYSED", &unknown));
    let both: Vec<String> = both.collect();
    (stands && !both.is_empty()).then(|| both.join("\n\n"))
}

/// What is said of versions and packages that no range names as affected, with the reason.
fn statuses(entry: &Entry, state: StatusKind) -> impl Iterator<Item = String> {
    let all = entry.statuses.iter().filter(move |one| one.state == state);
    all.map(|one| {
        let reason = one.reason.as_deref().map(str::trim);
        let reason = reason.map_or(String::new(), |reason| format!(". {reason}"));
        wrap(
            &format!("{}{reason}", standing(Texts::english(), one)),
            "* ",
            "  ",
        )
    })
}

fn package(affected: &AffectedPackage) -> String {
    let id = &affected.package;
    wrap(
        &format!("{} ({} {})", id.title, id.ecosystem, id.name),
        "",
        "",
    )
}

pub(crate) fn impact(entry: &Entry) -> String {
    format!("IMPACT\n\n{}", wrap(&entry.advisory.impact, "", ""))
}

pub(crate) fn description(entry: &Entry) -> String {
    format!("DESCRIPTION\n\n{}", to_plain(&entry.advisory.description))
}

pub(crate) fn affected_if(entry: &Entry) -> Option<String> {
    section("AM I AFFECTED?", entry.advisory.affected_if.as_ref())
}

pub(crate) fn workarounds(entry: &Entry) -> Option<String> {
    section("WORKAROUNDS", entry.advisory.workaround.as_ref())
}

pub(crate) fn exploited(book: &Book, entry: &Entry) -> Option<String> {
    exploitation(Texts::english(), book, entry)
        .map(|says| format!("EXPLOITATION\n\n{}", wrap(&says, "", "")))
}

/// Commits, each on a line of its own.
pub(crate) fn commits(entry: &Entry) -> Option<String> {
    let mut lines = Vec::new();
    for affected in &entry.affected {
        for (word, commits) in [
            ("Introduced by", &affected.introduced_by),
            ("Fixed by", &affected.fixed_by),
        ] {
            for commit in commits {
                let url = affected.package.commit_url(commit);
                let what = format!("{word} ({})", affected.package.title);
                let where_ = url.as_ref().unwrap_or(commit);
                lines.push(format!("{}\n  {where_}", wrap(&what, "* ", "  ")));
            }
        }
    }
    items("COMMITS", &lines)
}

pub(crate) fn credit(entry: &Entry) -> Option<String> {
    let people = thanked(entry, Consent::Advisory);
    let lines: Vec<String> = people.iter().map(|one| wrap(one, "* ", "  ")).collect();
    items("CREDITS", &lines)
}

pub(crate) fn timeline(book: &Book, entry: &Entry) -> Option<String> {
    let events = clocks::events(book, entry).into_iter();
    let lines = events.map(|(at, event)| format!("* {} {}", day(at), event.label()));
    items("TIMELINE", &lines.collect::<Vec<_>>())
}

/// Where the page of an advisory is.
pub(crate) fn page(project: &Project, entry: &Entry) -> String {
    format!("{}/advisories/{}/", project.feed.url, entry.id)
}

pub(crate) fn references(book: &Book, entry: &Entry) -> String {
    let url = page(book.project(), entry);
    let mut lines = vec![format!("* This advisory, always up to date\n  {url}")];
    let written = entry.advisory.references.iter();
    lines.extend(written.map(|link| format!("* {}\n  {}", link.kind.label(), link.url)));
    format!("REFERENCES\n\n{}", lines.join("\n"))
}

/// What is signed, so that a copy of this text can be held against it, and whose keys to write to.
pub(crate) fn signatures(project: &Project, entry: &Entry) -> String {
    let url = &project.feed.url;
    let mut lines = vec![
        format!(
            "* The record that this text was made of\n  {url}/osv/{}.json",
            entry.id
        ),
        format!(
            "* The signed list of all files, this text among them\n  {url}/SHA256SUMS\n  {url}/SHA256SUMS.sig"
        ),
    ];
    lines.extend(keys(project));
    format!("SIGNATURES\n\n{}", lines.join("\n"))
}

/// The project's OpenPGP keys.
pub(crate) fn keys(project: &Project) -> Vec<String> {
    let keys = project.policy.keys.iter();
    let said = keys.map(|key| {
        format!(
            "* OpenPGP key of the security contacts\n  {}\n  {}",
            key.fingerprint, key.url
        )
    });
    said.collect()
}

pub(crate) fn foot(project: &Project) -> String {
    let feed = &project.feed;
    let corrections = feed
        .corrections
        .as_ref()
        .map(|to| format!(" Corrections: {}", to.trim_start_matches("mailto:")));
    let text = format!(
        "{} publishes this text under {}.{}",
        feed.name,
        feed.license,
        corrections.unwrap_or_default()
    );
    wrap(&text, "", "")
}
