//! Owns the answer: what every advisory says, what they come to, and how it is printed.
//! Must never let `no` outweigh `unknown`, or anything outweigh `yes`.

use caveat_versions::Version;
use serde_json::{Value, json};

use super::question::Question;
use crate::output::plural;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Yes,
    No,
    Unknown,
    /// Of one advisory only: it does not count.
    Withdrawn,
}

/// What one advisory says.
pub(crate) struct Finding {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) verdict: Verdict,
    /// The range that holds the version.
    pub(crate) range: Option<String>,
    /// Where that range ends with a fix.
    pub(crate) fixed: Option<String>,
    pub(crate) reason: String,
}

pub(crate) struct Answer {
    question: Question,
    pub(crate) findings: Vec<Finding>,
    pub(crate) verdict: Verdict,
    reason: String,
    upgrade: Option<Version>,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Answer {
    pub(crate) fn new(
        question: Question,
        findings: Vec<Finding>,
        watched: bool,
        upgrade: Option<Version>,
    ) -> Self {
        let count = |verdict| {
            findings
                .iter()
                .filter(|finding| finding.verdict == verdict)
                .count()
        };
        let (yes, no, unknown) = (
            count(Verdict::Yes),
            count(Verdict::No),
            count(Verdict::Unknown),
        );
        let unplaced = question.version_for(&question.asked.ecosystem).err();
        let (verdict, reason) = if yes > 0 {
            (Verdict::Yes, affected(yes, upgrade.as_ref()))
        } else if !watched {
            let reason = "neither an advisory nor caveat.toml names this package";
            (Verdict::Unknown, reason.to_owned())
        } else if let Some(fault) = unplaced {
            (Verdict::Unknown, fault)
        } else if unknown > 0 {
            (
                Verdict::Unknown,
                format!("{} cannot tell", plural(unknown, "advisory")),
            )
        } else {
            (
                Verdict::No,
                format!(
                    "{} of this package, none for this version",
                    plural(no, "advisory")
                ),
            )
        };
        Self {
            question,
            findings,
            verdict,
            reason,
            upgrade,
        }
    }

    /// One line for each advisory, then one over all.
    pub(crate) fn text(&self) -> String {
        let line = |finding: &Finding| {
            let (word, id) = (finding.verdict.word(), &finding.id);
            format!("{word} {id}: {}; {}\n", finding.title, finding.reason)
        };
        let mut out: String = self.findings.iter().map(line).collect();
        out.push_str(&format!(
            "{} {}: {}\n",
            self.verdict.word(),
            self.question.asked,
            self.reason
        ));
        out
    }

    /// The same as one object, keys sorted.
    pub(crate) fn json(&self) -> String {
        let finding = |finding: &Finding| {
            json!({
                "id": finding.id,
                "title": finding.title,
                "verdict": finding.verdict.word(),
                "range": finding.range,
                "fixed": finding.fixed,
                "reason": finding.reason,
            })
        };
        let asked = &self.question.asked;
        let object = json!({
            "ecosystem": asked.ecosystem.as_str(),
            "name": asked.name,
            "version": asked.version,
            "verdict": self.verdict.word(),
            "reason": self.reason,
            "upgrade": self.upgrade.as_ref().map(ToString::to_string),
            "advisories": self.findings.iter().map(finding).collect::<Vec<Value>>(),
        });
        format!("{object:#}\n")
    }
}

fn affected(count: usize, upgrade: Option<&Version>) -> String {
    let advisories = plural(count, "advisory");
    match upgrade {
        Some(version) => format!(
            "affected by {advisories}; {version} is the first later version that none affects"
        ),
        None => format!("affected by {advisories}; no later version is known that none affects"),
    }
}
