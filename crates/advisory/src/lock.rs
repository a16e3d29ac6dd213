//! Owns what was derived from a package's history, as it is kept beside an advisory: data, and how it is read.
//! Must never know how it was derived.

use caveat_diag::Report;

use crate::fields::Fields;
use crate::leaf::vocabulary;
use crate::{Document, Draft};

/// What the histories of an advisory's packages say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The form of the file; this program knows [`Lock::FORMAT`].
    pub format: u8,
    /// SHA-256 of [`Lock::body`], in hexadecimal digits.
    pub digest: Option<String>,
    /// One for each package with commits.
    pub packages: Vec<LockedPackage>,
}

impl Lock {
    /// The one form that is read and written.
    pub const FORMAT: u8 = 1;

    /// What the digest of a file is made of: all lines below it, ended as git keeps them.
    pub fn body(text: &str) -> String {
        let mut lines = text.lines();
        lines.find(|line| line.starts_with("digest"));
        lines.flat_map(|line| [line, "\n"]).collect()
    }
}

/// What the history of one package says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedPackage {
    /// OSV ecosystem.
    pub ecosystem: String,
    /// Canonical name within it.
    pub name: String,
    /// Where its source is, as caveat.toml says.
    pub repository: Option<String>,
    /// How its tags name versions.
    pub tags: Vec<String>,
    /// What the advisory said of commits.
    pub introduced_by: Vec<String>,
    /// The same of those that removed the flaw.
    pub fixed_by: Vec<String>,
    /// The ranges that follow.
    pub versions: Vec<String>,
    /// Fixes that no release has although the newest one is affected.
    pub unreleased: Vec<String>,
    /// Commits that matter.
    pub events: Vec<LockedEvent>,
    /// Every tag that names a version.
    pub tagged: Vec<LockedTag>,
}

/// A commit that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedEvent {
    /// Full hash.
    pub commit: String,
    /// What it does.
    pub effect: LockedEffect,
    /// How that is known.
    pub how: LockedEvidence,
    /// The commit that it is known by.
    pub of: Option<String>,
}

vocabulary! {
    /// What a commit does to the flaw.
    LockedEffect, "effect" {
        /// The flaw is there from here on.
        Starts = "starts" / "Starts the flaw",
        /// It is gone from here on.
        Ends = "ends" / "Ends the flaw",
        /// A part of a fix that a later commit completes.
        Part = "part" / "Part of a fix",
    }
}

vocabulary! {
    /// How it is known what a commit does.
    LockedEvidence, "evidence" {
        /// The advisory says so.
        Given = "given" / "named by the advisory",
        /// Its message says that it was picked.
        Picked = "picked" / "picked, says its message",
        /// It makes the same change.
        SamePatch = "same-patch" / "makes the same change",
        /// By author and date; the patch differs.
        SameAuthor = "same-author" / "by author and date, the patch differs",
        /// Its message says that it reverts.
        Reverts = "reverts" / "reverts, says its message",
        /// Its subject says that it reverts, and it takes back the very change.
        TakesBack = "takes-back" / "takes back the same change",
        /// Its subject says that it reverts; the change differs.
        RevertsByName = "reverts-by-name" / "reverts, says its subject, the change differs",
    }
}

/// A tag that names a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedTag {
    /// Its name.
    pub tag: String,
    /// The version.
    pub version: String,
    /// Full hash of the commit that it is at.
    pub commit: String,
    /// What holds there.
    pub verdict: LockedVerdict,
    /// The commits that decide it, the first twelve digits of each.
    pub by: Vec<String>,
}

vocabulary! {
    /// What holds for the code at a tag.
    LockedVerdict, "verdict" {
        /// It has the flaw.
        Affected = "affected" / "Affected",
        /// It had the flaw and is rid of it.
        Fixed = "fixed" / "Fixed",
        /// It never had it.
        Never = "never" / "Never affected",
        /// Lines meet of which one has the flaw and the other is rid of it.
        Uncertain = "uncertain" / "Uncertain",
    }
}

impl LockedEvidence {
    /// Is it known to undo another commit?
    pub fn is_revert(self) -> bool {
        matches!(self, Self::Reverts | Self::TakesBack | Self::RevertsByName)
    }

    /// Sure enough to be published by itself.
    pub fn is_strong(self) -> bool {
        !matches!(self, Self::SameAuthor | Self::RevertsByName)
    }
}

impl LockedVerdict {
    /// Must readers be warned?
    pub fn is_affected(self) -> bool {
        matches!(self, Self::Affected | Self::Uncertain)
    }
}

impl Document<Lock> {
    /// Reads one lock. `None` only if something was reported.
    pub fn read(draft: Draft, report: &mut Report) -> Option<Self> {
        Self::read_with(draft, report, lock)
    }
}

fn lock(f: &mut Fields<'_, '_, '_>) -> Option<Lock> {
    let format = f.required("format");
    let digest = f.optional("digest");
    let packages = f.tables("package", package);
    let format: u8 = format?;
    if format != Lock::FORMAT {
        f.fault(
            "this lock was written by another version of caveat",
            "run `caveat derive --write` again",
        );
        return None;
    }
    Some(Lock {
        format,
        digest,
        packages,
    })
}

fn package(f: &mut Fields<'_, '_, '_>) -> Option<LockedPackage> {
    let (ecosystem, name) = (f.required("ecosystem"), f.required("name"));
    Some(LockedPackage {
        repository: f.optional("repository"),
        tags: f.list("tags"),
        introduced_by: f.list("introduced-by"),
        fixed_by: f.list("fixed-by"),
        versions: f.list("versions"),
        unreleased: f.list("unreleased"),
        events: f.tables("event", event),
        tagged: f.tables("tagged", tagged),
        ecosystem: ecosystem?,
        name: name?,
    })
}

fn event(f: &mut Fields<'_, '_, '_>) -> Option<LockedEvent> {
    let (commit, effect, how) = (
        f.required("commit"),
        f.required("effect"),
        f.required("how"),
    );
    Some(LockedEvent {
        of: f.optional("of"),
        commit: commit?,
        effect: effect?,
        how: how?,
    })
}

fn tagged(f: &mut Fields<'_, '_, '_>) -> Option<LockedTag> {
    let (tag, version) = (f.required("tag"), f.required("version"));
    let (commit, verdict) = (f.required("commit"), f.required("verdict"));
    Some(LockedTag {
        by: f.list("by"),
        tag: tag?,
        version: version?,
        commit: commit?,
        verdict: verdict?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use caveat_diag::emit::short;

    fn read(text: &str) -> (Option<Document<Lock>>, String) {
        let draft = Draft {
            path: "advisories/2026/x.lock".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let mut report = Report::default();
        let lock = Document::<Lock>::read(draft, &mut report);
        (lock, short(&report))
    }

    #[test]
    fn a_lock_is_read_with_the_place_of_every_tag() {
        let (lock, said) = read(
            "format = 1\n[[package]]\necosystem = 'PyPI'\nname = 'torch'\ntagged = [\n  { tag = 'v1', version = '1', commit = 'a', verdict = 'fixed' },\n]\n",
        );
        assert_eq!(said, "");
        let lock = lock.expect("read");
        assert_eq!(
            lock.data().packages[0].tagged[0].verdict,
            LockedVerdict::Fixed
        );
        let span = lock.at("package[0].tagged[0]");
        assert_eq!(lock.source().position(&span).line, 6);
    }

    #[test]
    fn a_digest_is_of_the_lines_below_it_however_they_end() {
        let text = "# digest\nformat = 1\ndigest = 'x'\n\n[[package]]\nname = 'a'\n";
        assert_eq!(Lock::body(text), "\n[[package]]\nname = 'a'\n");
        assert_eq!(Lock::body(&text.replace('\n', "\r\n")), Lock::body(text));
        assert_eq!(Lock::body("format = 1\n"), "");
    }

    #[test]
    fn what_is_wrong_with_a_lock_is_said_with_its_line() {
        let (_, said) = read("format = 1\n[[package]]\nname = 'x'\nextra = 1\n");
        assert!(said.contains("x.lock:2:1: error[missing-key]"), "{said}");
        assert!(said.contains("x.lock:4:1: error[unknown-key]"), "{said}");
        assert!(read("format = 2\n").1.contains("another version of caveat"));
        assert!(read("<<<<<<< HEAD\n").1.contains("error[syntax]"));
    }
}
