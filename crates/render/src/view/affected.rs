//! Owns which versions an advisory names and what to do about them, as its page shows it.
//! Must never print a command that brings a version with the flaw.

use caveat_check::{AffectedPackage, Book, Entry, Standing};
use caveat_texts::Texts;
use caveat_versions::{Interval, Upper};

use super::card::package_link;
use super::release::release_path;
use super::shape::{ActionView, AffectedView, CommitView, RangeView, SentenceView, StatusView};
use caveat_words::{actions, standing_versions};

pub(super) fn action_views(texts: &Texts, entry: &Entry) -> Vec<ActionView> {
    let view = |action: caveat_words::Action<'_>| {
        let id = &action.affected.package;
        let newest = action.targets.last();
        ActionView {
            package: id.title.clone(),
            kind: if action.targets.is_empty() {
                "none"
            } else {
                "upgrade"
            },
            command: newest
                .filter(|version| is_for_all(action.affected, version))
                .filter(|version| !flawed_above(action.affected, version))
                .and_then(|version| {
                    caveat_versions::install_command(&id.ecosystem, &id.name, version)
                }),
            targets: action.targets.iter().map(ToString::to_string).collect(),
            sentence: action.sentence(),
            sentences: action.sentences.into_iter().map(sentence).collect(),
        }
    };
    actions(texts, entry).into_iter().map(view).collect()
}

fn sentence(one: caveat_words::Sentence) -> SentenceView {
    SentenceView {
        words: one.words,
        quoted: one.quoted,
    }
}

/// Can everybody get it?
fn is_for_all(affected: &AffectedPackage, version: &caveat_versions::Version) -> bool {
    affected
        .fix(version)
        .is_none_or(|fix| fix.availability.is_none())
}

/// Is a later version affected and not fixed? A command for "this version or later" would bring it.
fn flawed_above(affected: &AffectedPackage, version: &caveat_versions::Version) -> bool {
    affected.branches.iter().any(|branch| match branch.upper() {
        Upper::Fixed(_) => false,
        Upper::LastAffected(last) => last > version,
        Upper::Open => true,
    })
}

pub(super) fn affected_views(texts: &Texts, book: &Book, entry: &Entry) -> Vec<AffectedView> {
    let written = entry.advisory.affected.iter();
    let rows = entry.affected.iter().zip(written);
    rows.map(|(one, written)| affected(texts, book, one, written.no_fix.as_deref()))
        .collect()
}

fn affected(
    texts: &Texts,
    book: &Book,
    affected: &AffectedPackage,
    no_fix: Option<&str>,
) -> AffectedView {
    let package = &affected.package;
    let commit = |commit: &String| CommitView {
        commit: commit.clone(),
        short: commit.chars().take(12).collect(),
        url: package.commit_url(commit),
    };
    let declared = book
        .project()
        .packages
        .iter()
        .any(|one| one.key == package.key);
    let release = |branch: &Interval| {
        let fixed = branch.fixed().filter(|_| declared)?;
        let (ecosystem, version) = (&package.ecosystem, fixed.canonical());
        Some(release_path(ecosystem, &package.name, &version))
    };
    let ranges = affected.branches.iter().map(|branch| RangeView {
        fixed_path: release(branch),
        ..range(texts, affected, branch)
    });
    AffectedView {
        package: package_link(package),
        ranges: ranges.collect(),
        no_fix: no_fix.map(str::to_owned),
        introduced_by: affected.introduced_by.iter().map(commit).collect(),
        fixed_by: affected.fixed_by.iter().map(commit).collect(),
        functions: affected.functions.clone(),
        features: affected.features.clone(),
    }
}

/// What is known of versions and packages that no range names as affected.
pub(super) fn status_views(texts: &Texts, entry: &Entry) -> Vec<StatusView> {
    let view = |one: &Standing| StatusView {
        package: package_link(&one.package),
        versions: standing_versions(texts, one),
        state: one.state.as_str(),
        state_label: caveat_words::status(texts, one.state),
        reason: one.reason.clone(),
    };
    entry.statuses.iter().map(view).collect()
}

/// One branch for templates.
pub(crate) fn range(texts: &Texts, affected: &AffectedPackage, branch: &Interval) -> RangeView {
    let note = branch.fixed().and_then(|fixed| affected.fix(fixed));
    let (fixed, last_affected) = match branch.upper() {
        Upper::Fixed(version) => (Some(version.to_string()), None),
        Upper::LastAffected(version) => (None, Some(version.to_string())),
        Upper::Open => (None, None),
    };
    RangeView {
        words: caveat_words::range(texts, branch),
        expression: branch.expression(),
        introduced: branch.lower().map(ToString::to_string),
        fixed,
        upgrade_to: note.and_then(|fix| Some(fix.upgrade_to.as_ref()?.to_string())),
        availability: note.and_then(|fix| fix.availability.clone()),
        fixed_path: None,
        last_affected,
    }
}
