//! Owns what to do about an advisory, in sentences.
//! Must never send anybody to a version that nobody can get.

use caveat_advisory::Withdrawal;
use caveat_check::{AffectedPackage, Entry, Fix};
use caveat_texts::{Texts, Value};
use caveat_versions::Version;

use crate::sentences::{both, either, range};

/// What somebody who uses one of the packages has to do.
pub struct Action<'a> {
    /// The package.
    pub affected: &'a AffectedPackage,
    /// First fixed version of each branch, ascending.
    pub targets: Vec<&'a Version>,
    /// What to do, and what is to be known of each fix.
    pub sentences: Vec<Sentence>,
}

/// A sentence of an action.
pub struct Sentence {
    /// Whole.
    pub words: String,
    /// The advisory says so, in its own words and language.
    pub quoted: bool,
}

impl Sentence {
    fn own(words: String) -> Self {
        Self {
            words,
            quoted: false,
        }
    }
}

impl Action<'_> {
    /// All of it as one text.
    pub fn sentence(&self) -> String {
        let words = self.sentences.iter().map(|one| one.words.as_str());
        words.collect::<Vec<_>>().join(" ")
    }
}

/// One action per package.
pub fn actions<'a>(texts: &Texts, entry: &'a Entry) -> Vec<Action<'a>> {
    let withdrawn = entry.advisory.withdrawn.as_ref();
    let each = entry.affected.iter();
    each.map(|affected| action(texts, affected, withdrawn))
        .collect()
}

fn action<'a>(
    texts: &Texts,
    affected: &'a AffectedPackage,
    withdrawn: Option<&Withdrawal>,
) -> Action<'a> {
    let (sentences, targets) = match withdrawn {
        Some(withdrawn) => (
            vec![retracted(texts, &affected.package.title, withdrawn)],
            Vec::new(),
        ),
        None => (advice(texts, affected), affected.targets()),
    };
    Action {
        affected,
        targets,
        sentences,
    }
}

fn advice(texts: &Texts, affected: &AffectedPackage) -> Vec<Sentence> {
    let upgrade = upgrade_to(texts, affected, &affected.targets());
    let notes = affected.fixes.iter();
    let notes = notes.flat_map(|fix| fix_note(texts, fix));
    std::iter::once(Sentence::own(upgrade))
        .chain(notes)
        .collect()
}

fn upgrade_to(texts: &Texts, affected: &AffectedPackage, targets: &[&Version]) -> String {
    let waits = affected.fix_unreleased;
    let package = ("package", Value::from(&affected.package.title));
    let list = either(texts, targets.iter().map(ToString::to_string).collect());
    let versions = ("versions", Value::from(list));
    let branches = affected.branches.iter();
    let unfixed = branches.filter(|branch| branch.fixed().is_none());
    let unfixed: Vec<String> = unfixed.map(|branch| range(texts, branch)).collect();
    match (targets.len(), unfixed.is_empty()) {
        (0, _) if waits => texts.say("action.waits", &[package]),
        (0, _) => texts.say("action.none", &[package]),
        (1, true) => texts.say("action.upgrade", &[package, versions]),
        (_, true) => texts.say("action.upgrade-branch", &[package, versions]),
        _ => {
            let ranges = ("ranges", Value::from(both(texts, unfixed)));
            let values = [package, versions, ranges];
            if waits {
                texts.say("action.upgrade-some-waits", &values)
            } else {
                texts.say("action.upgrade-some", &values)
            }
        }
    }
}

fn retracted(texts: &Texts, title: &str, withdrawn: &Withdrawal) -> Sentence {
    let package = ("package", Value::from(title));
    if withdrawn.replaced_by.is_empty() {
        return Sentence::own(texts.say("action.withdrawn", &[package]));
    }
    let successors = both(texts, withdrawn.replaced_by.clone());
    let values = [package, ("advisories", successors.into())];
    Sentence::own(texts.say("action.replaced", &values))
}

/// What is to be known of a fix.
fn fix_note(texts: &Texts, fix: &Fix) -> impl Iterator<Item = Sentence> {
    let version = fix.version.to_string();
    let never = fix.upgrade_to.as_ref().map(|to| {
        let values = [
            ("version", Value::from(&version)),
            ("next", Value::from(to.to_string())),
        ];
        Sentence::own(texts.say("fix.never-released", &values))
    });
    let who = fix.availability.as_ref().map(|who| Sentence {
        words: format!("{version}: {}", who.trim()),
        quoted: true,
    });
    never.into_iter().chain(who)
}
