//! Owns the file that keeps what was derived: its data from a derivation, and its text.
//! Must never write the same data in two ways: whoever derives again gets the same bytes.

use caveat_advisory::{
    Lock, LockedEffect, LockedEvent, LockedEvidence, LockedPackage, LockedTag, LockedVerdict,
};
use caveat_artifact::sha256;
use toml_writer::{ToTomlValue as _, TomlStringBuilder};

use crate::{Derived, Effect, Event, Evidence, Facts, Scheme, TagVerdict, Verdict};

const OPENING: &str = "# Which tags have the flaw, by the history of the code. Written by `caveat derive --write`: do not edit.\n";

/// What is kept of a derivation.
pub fn locked(
    ecosystem: &str,
    name: &str,
    repository: Option<&str>,
    facts: &Facts,
    derived: &Derived,
) -> LockedPackage {
    // What no tag has may be on a branch of this clone alone.
    let events = derived.events.iter().enumerate().filter(|(at, event)| {
        event.evidence == Evidence::Given || derived.first_with(*at).is_some()
    });
    LockedPackage {
        ecosystem: ecosystem.to_owned(),
        name: name.to_owned(),
        repository: repository.map(str::to_owned),
        tags: derived.schemes.iter().map(Scheme::pattern).collect(),
        introduced_by: facts.introduced_by.clone(),
        fixed_by: facts.fixed_by.clone(),
        versions: derived
            .ranges
            .iter()
            .map(caveat_versions::Interval::expression)
            .collect(),
        unreleased: derived.unreleased.iter().map(ToString::to_string).collect(),
        events: events
            .map(|(at, event)| self::event(&derived.ids[at].to_string(), event))
            .collect(),
        tagged: derived.tags.iter().map(tagged).collect(),
    }
}

fn event(commit: &str, event: &Event) -> LockedEvent {
    LockedEvent {
        commit: commit.to_owned(),
        effect: match event.effect {
            _ if event.part => LockedEffect::Part,
            Effect::Starts => LockedEffect::Starts,
            Effect::Ends => LockedEffect::Ends,
        },
        how: match event.evidence {
            Evidence::Given => LockedEvidence::Given,
            Evidence::Picked(_) => LockedEvidence::Picked,
            Evidence::SamePatch(_) => LockedEvidence::SamePatch,
            Evidence::SameAuthor(_) => LockedEvidence::SameAuthor,
            Evidence::Reverts(_) => LockedEvidence::Reverts,
            Evidence::TakesBack(_) => LockedEvidence::TakesBack,
            Evidence::RevertsByName(_) => LockedEvidence::RevertsByName,
        },
        of: event.evidence.of().map(|id| id.to_string()),
    }
}

fn tagged(tag: &TagVerdict) -> LockedTag {
    LockedTag {
        tag: tag.name.clone(),
        version: tag.version.to_string(),
        commit: tag.commit.to_string(),
        verdict: match tag.verdict {
            Verdict::Affected => LockedVerdict::Affected,
            Verdict::Fixed => LockedVerdict::Fixed,
            Verdict::Never => LockedVerdict::Never,
            Verdict::Uncertain => LockedVerdict::Uncertain,
        },
        by: tag.by.iter().map(crate::Id::short).collect(),
    }
}

/// The file of what was derived, with the digest by which `check` knows that nobody edited it.
pub fn text(packages: &[LockedPackage]) -> String {
    let (body, format) = (body(packages), Lock::FORMAT);
    let digest = sha256(body.as_bytes());
    format!("{OPENING}format = {format}\ndigest = \"{digest}\"\n{body}")
}

fn body(packages: &[LockedPackage]) -> String {
    let mut text = String::new();
    for package in packages {
        text += "\n[[package]]\n";
        text += &pair("ecosystem", &package.ecosystem);
        text += &pair("name", &package.name);
        if let Some(repository) = &package.repository {
            text += &pair("repository", repository);
        }
        for (key, list) in [
            ("tags", &package.tags),
            ("introduced-by", &package.introduced_by),
            ("fixed-by", &package.fixed_by),
            ("versions", &package.versions),
            ("unreleased", &package.unreleased),
        ] {
            text += &format!("{key} = {}\n", strings(list));
        }
        text += &rows("event", package.events.iter().map(event_row));
        text += &rows("tagged", package.tagged.iter().map(tag_row));
    }
    text
}

fn event_row(event: &LockedEvent) -> String {
    let of = event
        .of
        .as_deref()
        .map(|of| format!(", of = {}", string(of)));
    format!(
        "commit = {}, effect = \"{}\", how = \"{}\"{}",
        string(&event.commit),
        event.effect.as_str(),
        event.how.as_str(),
        of.unwrap_or_default()
    )
}

fn tag_row(tag: &LockedTag) -> String {
    format!(
        "tag = {}, version = {}, commit = {}, verdict = \"{}\", by = {}",
        string(&tag.tag),
        string(&tag.version),
        string(&tag.commit),
        tag.verdict.as_str(),
        strings(&tag.by)
    )
}

/// One row, one line: what changes is seen in a diff.
fn rows(key: &str, rows: impl Iterator<Item = String>) -> String {
    let mut text = format!("{key} = [\n");
    for row in rows {
        text += &format!("  {{ {row} }},\n");
    }
    text + "]\n"
}

fn pair(key: &str, value: &str) -> String {
    format!("{key} = {}\n", string(value))
}

fn strings(list: &[String]) -> String {
    let list: Vec<String> = list.iter().map(|one| string(one)).collect();
    format!("[{}]", list.join(", "))
}

/// Names of tags may hold quotes.
fn string(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}
