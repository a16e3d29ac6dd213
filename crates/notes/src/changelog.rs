//! Owns notes in a changelog: below the heading of their release, between markers that hold the hash of what was written.
//! Must never change a byte that is not between its markers, or what somebody wrote between them.

use caveat_check::Book;
use caveat_splice::{Block, Section, blocks, line_end, line_of, sealed, sections};

use crate::item::items;
use crate::label::{NAME, is_of, label, section};
use crate::{Fault, Release, markdown};

/// The changelog with the notes of one release. `force` gives up what somebody changed between the markers.
///
/// # Errors
/// Why nothing can be written.
pub fn written(
    text: &str,
    book: &Book,
    release: &Release<'_>,
    force: bool,
) -> Result<String, Fault> {
    let (sections, blocks) = (sections(text), parts(text)?);
    let label = label(release);
    let section = section(&sections, release)?;
    let Some(block) = one(&blocks, &label)? else {
        let body = body(book, release, &sections, section, &blocks, &label);
        let above = above(&sections, section, &blocks);
        return inserted(text, above, &label, &body);
    };
    if !section.whole.contains(&block.body.start) {
        return Err(Fault::Elsewhere {
            line: block.line,
            label,
            heading: section.line,
        });
    }
    untouched(block, force)?;
    let body = body(book, release, &sections, section, &blocks, &label);
    let part = sealed(NAME, &label, &body).replace('\n', line_end(text));
    let (before, after) = (&text[..block.whole.start], &text[block.whole.end..]);
    Ok(format!("{before}{part}{after}"))
}

/// The changelog with the notes of every release of a package whose heading it has, and of no other.
///
/// # Errors
/// Why nothing can be written.
pub fn updated(
    text: &str,
    book: &Book,
    package: &str,
    releases: &[&Release<'_>],
    force: bool,
) -> Result<String, Fault> {
    let mut text = text.to_owned();
    for release in releases {
        match written(&text, book, release, force) {
            Ok(next) => text = next,
            Err(Fault::NoHeading { .. }) => {}
            Err(fault) => return Err(fault),
        }
    }
    let known: Vec<String> = releases.iter().map(|one| label(one)).collect();
    while let Some(block) = parts(&text)?
        .into_iter()
        .find(|block| is_of(&block.label, package) && !known.contains(&block.label))
    {
        untouched(&block, force)?;
        text = removed(&text, &block);
    }
    Ok(text)
}

/// Releases of which a changelog has no heading, so that it cannot have their notes.
pub fn absent<'r, 'b>(text: &str, releases: &[&'r Release<'b>]) -> Vec<&'r Release<'b>> {
    let sections = sections(text);
    let missing = |one: &&&Release<'_>| {
        let found = section(&sections, one);
        matches!(found, Err(Fault::NoHeading { .. }))
    };
    releases.iter().filter(missing).copied().collect()
}

/// Every part that is ours.
pub(crate) fn parts(text: &str) -> Result<Vec<Block>, Fault> {
    blocks(text, NAME).map_err(|(line, why)| Fault::Unpaired { line, why })
}

/// The part of a release, where there is one.
pub(crate) fn one<'b>(blocks: &'b [Block], label: &str) -> Result<Option<&'b Block>, Fault> {
    let mut mine = blocks.iter().filter(|block| block.label == label);
    match (mine.next(), mine.next()) {
        (_, Some(again)) => Err(Fault::Twice {
            line: again.line,
            label: label.to_owned(),
        }),
        (first, None) => Ok(first),
    }
}

fn untouched(block: &Block, force: bool) -> Result<(), Fault> {
    if block.edited && !force {
        return Err(Fault::Edited {
            line: block.line,
            label: block.label.clone(),
        });
    }
    Ok(())
}

/// What is written, with a heading where nobody else has written one: two of the same name confuse readers.
fn body(
    book: &Book,
    release: &Release<'_>,
    sections: &[Section],
    section: &Section,
    blocks: &[Block],
    label: &str,
) -> String {
    let others: Vec<Block> = blocks
        .iter()
        .filter(|block| block.label == label)
        .cloned()
        .collect();
    let items = items(book, release);
    match own(sections, section, &others) {
        Some(_) => markdown::list(&items),
        None => markdown::section(&items),
    }
}

/// The section `Security` of a release that is in none of these parts.
fn own<'s>(sections: &'s [Section], of: &'s Section, parts: &'s [Block]) -> Option<&'s Section> {
    groups(sections, of, parts).find(|one| is_called(one, "security"))
}

/// What notes follow: what the authors say of security, else the groups that Keep a Changelog has before that, else all.
fn above<'s>(sections: &'s [Section], of: &'s Section, parts: &'s [Block]) -> &'s Section {
    let earlier = |one: &&Section| EARLIER.iter().any(|name| is_called(one, name));
    let earlier = groups(sections, of, parts).filter(earlier).last();
    own(sections, of, parts).or(earlier).unwrap_or(of)
}

const EARLIER: [&str; 5] = ["added", "changed", "deprecated", "removed", "fixed"];

fn is_called(section: &Section, name: &str) -> bool {
    section.title.trim().eq_ignore_ascii_case(name)
}

/// The sections right below that of a release, but for ours.
fn groups<'s>(
    sections: &'s [Section],
    of: &'s Section,
    parts: &'s [Block],
) -> impl Iterator<Item = &'s Section> {
    let ours = |at: usize| parts.iter().any(|part| part.whole.contains(&at));
    let within = move |one: &&Section| {
        let at = one.whole.start;
        of.whole.contains(&at) && one.level == of.level + 1 && !ours(at)
    };
    sections.iter().filter(within)
}

/// A new part at the end of a section, an empty line before it.
fn inserted(text: &str, section: &Section, label: &str, body: &str) -> Result<String, Fault> {
    let part = format!("\n\n{}", sealed(NAME, label, body)).replace('\n', line_end(text));
    let (before, after) = text.split_at(section.end);
    let whole = format!("{before}{part}{after}");
    let found = parts(&whole)?;
    match one(&found, label)? {
        Some(block) if !block.edited => Ok(whole),
        _ => Err(Fault::NoPlace {
            line: line_of(text, section.end),
        }),
    }
}

/// The opposite of [`inserted`].
fn removed(text: &str, block: &Block) -> String {
    let mut before = &text[..block.whole.start];
    for _ in 0..2 {
        if let Some(shorter) = before.strip_suffix('\n') {
            before = shorter.strip_suffix('\r').unwrap_or(shorter);
        }
    }
    format!("{before}{}", &text[block.whole.end..])
}
