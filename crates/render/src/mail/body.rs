//! Owns the text of a mail, section by section.
//! Must never need anything outside the text to be understood, or show a score where the list asks for none.

use caveat_advisory::{Consent, Event, MailStyle};
use caveat_check::Entry;

use super::Letter;
use crate::clocks::events;
use crate::plain::{to_plain, wrap};
use crate::view::day;
use caveat_words::{actions, change, credits, cve_is_pending, join, only_with};

impl Letter<'_> {
    /// The project's list reads what to do first; oss-security reads what it is first.
    pub(super) fn body(&self) -> String {
        let mut parts = vec![self.head()];
        parts.extend(self.news());
        let (todo, flaw) = (todo(self.entry), flaw(self.entry));
        parts.extend(match self.list.style {
            MailStyle::Project => [todo, flaw],
            MailStyle::OssSecurity => [flaw, todo],
        });
        parts.extend(section(
            "AM I AFFECTED?",
            self.entry.advisory.affected_if.as_ref(),
        ));
        parts.extend(section(
            "WORKAROUNDS",
            self.entry.advisory.workaround.as_ref(),
        ));
        parts.extend(
            [commits(self.entry), self.credit(), self.timeline()]
                .into_iter()
                .flatten(),
        );
        parts.extend([self.references(), self.foot()]);
        parts.join("\n\n") + "\n"
    }

    fn head(&self) -> String {
        let entry = self.entry;
        let mut lines = vec![
            wrap(&format!("{}: {}", entry.id, entry.advisory.title), "", "  "),
            String::new(),
        ];
        lines.push(field("Severity", &entry.severity.label));
        lines.extend(names(entry));
        let cwe = entry
            .weaknesses
            .iter()
            .map(|cwe| format!("CWE-{} {}", cwe.number, cwe.name));
        lines.extend(cwe.map(|cwe| field("Weakness", &cwe)));
        // oss-security asks for no scores.
        if self.list.style == MailStyle::Project {
            lines.extend(entry.scores.iter().map(|score| {
                let name = format!("CVSS {}", score.version);
                format!(
                    "{}
{:15}{}",
                    field(&name, &score.display()),
                    "",
                    score.vector
                )
            }));
        }
        lines.push(field("Published", &day(entry.published)));
        if self.revision() > 1 {
            lines.push(field(
                "Revised",
                &format!("{} (revision {})", day(entry.told_at()), self.revision()),
            ));
        }
        lines.join("\n")
    }

    /// What changed, for those who read the mail before.
    fn news(&self) -> Option<String> {
        let advisory = &self.entry.advisory;
        if let Some(withdrawn) = &advisory.withdrawn {
            let mut text = format!(
                "This advisory was withdrawn: {}.",
                withdrawn.reason.label().to_lowercase()
            );
            if !withdrawn.replaced_by.is_empty() {
                let successors = join(withdrawn.replaced_by.clone(), "and");
                text.push_str(&format!(" Read {successors} instead."));
            }
            text.push_str(
                withdrawn
                    .note
                    .as_ref()
                    .map(|note| format!(" {}", note.trim()))
                    .as_deref()
                    .unwrap_or(""),
            );
            return Some(format!("WITHDRAWN\n\n{}", wrap(&text, "", "")));
        }
        let last = advisory.revisions.get(self.revision() - 1);
        let last = last.filter(|_| self.revision() > 1)?;
        let mut lines = vec![wrap(&last.note, "", "")];
        if !last.changed.is_empty() {
            lines.push(String::new());
        }
        lines.extend(
            last.changed
                .iter()
                .map(|one| wrap(&change(one), "* ", "  ")),
        );
        Some(format!(
            "CHANGES IN REVISION {}\n\n{}",
            self.revision(),
            lines.join("\n")
        ))
    }

    fn credit(&self) -> Option<String> {
        let (named, unnamed) = credits(self.entry, Consent::Advisory);
        let mut lines: Vec<String> = named
            .iter()
            .map(|(credit, name)| {
                wrap(
                    &format!("{name} ({})", credit.role.label().to_lowercase()),
                    "* ",
                    "  ",
                )
            })
            .collect();
        if unnamed > 0 {
            let who = if unnamed == 1 {
                "one person who is"
            } else {
                "people who are"
            };
            lines.push(format!("* {who} not named here"));
        }
        (!lines.is_empty()).then(|| format!("CREDITS\n\n{}", lines.join("\n")))
    }

    fn timeline(&self) -> Option<String> {
        let events = events(self.book, self.entry);
        let line = |(at, event): &(caveat_advisory::Timestamp, Event)| {
            format!("* {} {}", day(*at), event.label())
        };
        let lines: Vec<String> = events.iter().map(line).collect();
        (!lines.is_empty()).then(|| format!("TIMELINE\n\n{}", lines.join("\n")))
    }

    fn references(&self) -> String {
        let url = format!(
            "{}/advisories/{}/",
            self.book.project().feed.url,
            self.entry.id
        );
        let mut lines = vec![format!("* This advisory, always up to date\n  {url}")];
        let written = self.entry.advisory.references.iter();
        lines.extend(written.map(|link| format!("* {}\n  {}", link.kind.label(), link.url)));
        format!("REFERENCES\n\n{}", lines.join("\n"))
    }

    fn foot(&self) -> String {
        let feed = &self.book.project().feed;
        let corrections = feed
            .corrections
            .as_ref()
            .map(|to| format!(" Corrections: {}", to.trim_start_matches("mailto:")));
        wrap(
            &format!(
                "{} publishes this text under {}.{}",
                feed.name,
                feed.license,
                corrections.unwrap_or_default()
            ),
            "",
            "",
        )
    }
}

/// What else the flaw is called, or that it will be.
pub(super) fn names(entry: &Entry) -> Vec<String> {
    let aliases = &entry.advisory.aliases;
    let known = (!aliases.is_empty()).then(|| field("Also known as", &aliases.join(", ")));
    let pending = cve_is_pending(entry).then(|| field("CVE id", "requested"));
    known.into_iter().chain(pending).collect()
}

pub(super) fn todo(entry: &Entry) -> String {
    let mut lines = vec!["WHAT TO DO".to_owned(), String::new()];
    for action in actions(entry) {
        lines.push(wrap(&action.sentence, "* ", "  "));
    }
    if entry.advisory.workaround.is_some() && entry.advisory.withdrawn.is_none() {
        lines.push("* Cannot upgrade? See WORKAROUNDS below.".to_owned());
    }
    lines.extend([String::new(), "AFFECTED VERSIONS".to_owned(), String::new()]);
    for affected in &entry.affected {
        let id = &affected.package;
        lines.push(wrap(
            &format!("{} ({} {})", id.title, id.ecosystem, id.name),
            "",
            "",
        ));
        lines.extend(
            affected
                .branches
                .iter()
                .map(|branch| wrap(&branch.words(), "  * ", "    ")),
        );
        lines.extend(only_with(affected).map(|only| wrap(&only, "  ", "  ")));
    }
    lines.join("\n")
}

pub(super) fn flaw(entry: &Entry) -> String {
    let advisory = &entry.advisory;
    format!(
        "IMPACT\n\n{}\n\nDESCRIPTION\n\n{}",
        wrap(&advisory.impact, "", ""),
        to_plain(&advisory.description)
    )
}

pub(super) fn commits(entry: &Entry) -> Option<String> {
    let mut lines = Vec::new();
    for affected in &entry.affected {
        for (word, commits) in [
            ("Introduced by", &affected.introduced_by),
            ("Fixed by", &affected.fixed_by),
        ] {
            for commit in commits {
                let url = affected.package.commit_url(commit);
                lines.push(format!(
                    "* {word} ({})\n  {}",
                    affected.package.title,
                    url.as_ref().unwrap_or(commit)
                ));
            }
        }
    }
    (!lines.is_empty()).then(|| format!("COMMITS\n\n{}", lines.join("\n")))
}

pub(super) fn section(heading: &str, text: Option<&String>) -> Option<String> {
    text.map(|text| format!("{heading}\n\n{}", to_plain(text)))
}

pub(super) fn field(name: &str, value: &str) -> String {
    wrap(
        value,
        &format!("{:<15}", format!("{name}:")),
        &" ".repeat(15),
    )
}
