//! Owns release notes: for each fixed version of a package, what its readers must know, as Markdown.
//! Must never tell how to exploit, or name somebody who did not agree to be named in release notes.

use std::collections::BTreeMap;

use caveat_advisory::Consent;
use caveat_artifact::Sink;
use caveat_check::{AffectedPackage, Book, Entry};
use caveat_texts::Texts;
use caveat_versions::Interval;

use crate::Error;
use crate::error::put;
use crate::words::{credits, join, range};

/// Package key and fixed version.
pub(crate) type Release = (String, String);

/// `notes/PACKAGE/VERSION.md` for every version that fixes something.
pub(crate) fn render(book: &Book, sink: &dyn Sink) -> Result<(), Error> {
    for ((package, version), fixes) in releases(book) {
        let path = path(&package, &version);
        put(sink, path, note(book, &fixes))?;
    }
    Ok(())
}

/// Where the notes of a release are.
pub(crate) fn path(package: &str, version: &str) -> String {
    format!("notes/{package}/{version}.md")
}

/// What an advisory means for one release.
pub(crate) struct Fix<'b> {
    entry: &'b Entry,
    affected: &'b AffectedPackage,
    branch: &'b Interval,
}

/// Every release that fixes something, with what it fixes. Withdrawn advisories are no fixes.
fn releases(book: &Book) -> BTreeMap<Release, Vec<Fix<'_>>> {
    let mut releases: BTreeMap<Release, Vec<Fix<'_>>> = BTreeMap::new();
    for entry in book
        .entries()
        .iter()
        .filter(|entry| entry.advisory.withdrawn.is_none())
    {
        for affected in &entry.affected {
            for branch in &affected.branches {
                let Some(version) = branch.fixed() else {
                    continue;
                };
                let release = (affected.package.key.clone(), version.canonical());
                releases.entry(release).or_default().push(Fix {
                    entry,
                    affected,
                    branch,
                });
            }
        }
    }
    releases
}

/// The releases that fix one advisory.
pub(crate) fn releases_of(entry: &Entry) -> Vec<Release> {
    if entry.advisory.withdrawn.is_some() {
        return Vec::new();
    }
    let branches = entry.affected.iter().flat_map(|affected| {
        affected
            .branches
            .iter()
            .filter_map(|branch| Some((affected.package.key.clone(), branch.fixed()?.canonical())))
    });
    branches.collect()
}

/// A section as Keep a Changelog has it, highest severity first.
fn note(book: &Book, fixes: &[Fix<'_>]) -> String {
    let mut fixes: Vec<&Fix<'_>> = fixes.iter().collect();
    fixes.sort_by(|a, b| (a.entry.rank, &a.entry.id).cmp(&(b.entry.rank, &b.entry.id)));
    let items: Vec<String> = fixes.iter().map(|fix| item(book, fix)).collect();
    format!("### Security\n\n{}\n", items.join("\n"))
}

fn item(book: &Book, fix: &Fix<'_>) -> String {
    let entry = fix.entry;
    let written = &entry.advisory;
    let url = format!("{}/advisories/{}/", book.project().feed.url, entry.id);
    let mut names = vec![format!("[{}]({url})", entry.id)];
    names.extend(written.aliases.iter().cloned());
    let mut lines = vec![
        format!(
            "- **{}**: {} ({})",
            prose(&entry.severity.label),
            title(&written.title),
            names.join(", ")
        ),
        format!("  {}", prose(&written.impact)),
        format!(
            "  Affected: {} {}.",
            prose(&fix.affected.package.title),
            prose(&range(Texts::english(), fix.branch))
        ),
    ];
    if written.affected_if.is_some() {
        lines.push(format!(
            "  Not every installation is affected: see [the advisory]({url})."
        ));
    }
    if written.workaround.is_some() {
        lines.push(format!("  A [workaround]({url}#workarounds) is known."));
    }
    lines.extend(thanks(entry));
    lines.join("\n")
}

fn thanks(entry: &Entry) -> Option<String> {
    let mut people: Vec<String> = Vec::new();
    for (_, name) in credits(entry, Consent::ReleaseNotes).0 {
        let name = prose(name);
        if !people.contains(&name) {
            people.push(name);
        }
    }
    (!people.is_empty()).then(|| format!("  Thanks to {}.", join(people, "and")))
}

/// Text outside backticks with what Markdown would take for markup escaped; a lone backtick is text.
fn title(text: &str) -> String {
    let parts: Vec<&str> = text.trim().split('`').collect();
    let last = parts.len() - 1;
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        match (at % 2 == 1, at == last) {
            (true, false) => out.push_str(&format!("`{part}`")),
            (true, true) => out.push_str(&format!("\\`{}", prose(part))),
            (false, _) => out.push_str(&prose(part)),
        }
    }
    out
}

/// Text with what Markdown would take for markup escaped.
pub(crate) fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '#'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    // Trimming must not glue words to the code beside them.
    let before = if text.starts_with(' ') { " " } else { "" };
    let after = if text.len() > 1 && text.ends_with(' ') {
        " "
    } else {
        ""
    };
    format!("{before}{out}{after}")
}

#[cfg(test)]
mod tests {
    use super::{prose, title};
    use crate::markdown::to_html;
    use proptest::prelude::*;

    #[test]
    fn a_title_full_of_markup_reads_as_it_was_written() {
        assert_eq!(title("`a<b` & _c_ <d>"), "`a<b` \\& \\_c\\_ \\<d\\>");
        assert_eq!(title("a ` b"), "a \\` b");
    }

    proptest! {
        #[test]
        fn prose_survives_markdown(text in "[a-z<>&*_`|\\[\\]()!#~\\\\.]{1,40}") {
            let html = to_html(&format!("x {}", prose(&text)));
            let plain = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            prop_assert_eq!(plain.trim_end(), format!("<p>x {text}</p>"));
        }
    }
}
