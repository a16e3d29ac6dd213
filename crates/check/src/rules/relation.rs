//! Owns the rule `relation`: what an advisory says of an older one is true of both.

use caveat_advisory::Relation;
use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "relation",
    says: "a relation names an older, published advisory of this feed, and both agree",
    why: "Both pages show the relation. One that leads nowhere helps nobody, one to an advisory that is not \
        public gives its id away, and readers of a superseded advisory must find the way to this one.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
title = "Another title"
aliases = []
[[relation]]
type = "supersedes"
id = "x_T-2026-0002"
# advisories/2026/x_T-2026-0002.toml
id = "x_T-2026-0002"
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
title = "Another title"
aliases = []
[[relation]]
type = "supersedes"
id = "x_T-2026-0002"
# advisories/2026/x_T-2026-0002.toml
id = "x_T-2026-0002"
[withdrawn]
at = 2026-11-19T12:00:00Z
reason = "superseded"
replaced-by = ["x_T-2026-0001"]
note = "The later advisory names all packages."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let relations = &candidate.advisory().relations;
    for (at, relation) in relations.iter().enumerate() {
        let again = relations[..at].iter().any(|other| other.id == relation.id);
        let facts = finder.facts;
        let other = facts.by_id.get(relation.id.as_str());
        match other.map(|at| &facts.candidates[*at]) {
            _ if again => say(finder, candidate, at, "is related to already"),
            _ if candidate.advisory().id.as_ref() == Some(&relation.id) => {
                say(finder, candidate, at, "is this advisory itself");
            }
            None => say(finder, candidate, at, "is no advisory of this feed"),
            Some(other) if other.is_draft() || hidden(finder, candidate, other) => {
                say(finder, candidate, at, "is not published");
            }
            Some(other) if turns(candidate, other) => {
                say(
                    finder,
                    candidate,
                    at,
                    "relates to this one too: only the later one does",
                );
            }
            Some(other) => ends(finder, candidate, at, other),
        }
    }
}

fn say(finder: &mut Finder<'_>, candidate: &Candidate, at: usize, fault: &str) {
    let id = &candidate.advisory().relations[at].id;
    let message = format!("{} {fault}", quoted(id));
    let found = finder.at(&candidate.document, &format!("relation[{at}].id"), message);
    finder.push(found.help("name an older, published advisory of this feed, once"));
}

/// Would the page of this one give the other away?
fn hidden(finder: &Finder<'_>, candidate: &Candidate, other: &Candidate) -> bool {
    let as_of = finder.facts.as_of;
    !other.is_public(as_of) && (candidate.is_public(as_of) || candidate.is_draft())
}

fn turns(candidate: &Candidate, other: &Candidate) -> bool {
    let back = &other.advisory().relations;
    back.iter()
        .any(|relation| candidate.advisory().id.as_ref() == Some(&relation.id))
}

/// What supersedes, splits or merges an advisory ends it.
fn ends(finder: &mut Finder<'_>, candidate: &Candidate, at: usize, other: &Candidate) {
    let advisory = candidate.advisory();
    let Relation { kind, id } = &advisory.relations[at];
    let (Some(reason), Some(own)) = (kind.withdraws(), &advisory.id) else {
        return;
    };
    let said = other.advisory().withdrawn.as_ref();
    let agrees = said.is_some_and(|said| said.reason == reason && said.replaced_by.contains(own));
    if agrees || !candidate.is_public(finder.facts.as_of) {
        return;
    }
    let place = if said.is_some() {
        "withdrawn.reason"
    } else {
        "id"
    };
    let message = format!("{} does not say so", quoted(id));
    let label = format!(
        "not withdrawn as `{}`, replaced by `{own}`",
        reason.as_str()
    );
    let found = finder
        .at(
            &candidate.document,
            &format!("relation[{at}].type"),
            message,
        )
        .also(other.document.source(), other.document.at(place), label);
    let reason = reason.as_str();
    finder.push(found.help(format!(
        "`caveat withdraw {id} --reason {reason} --replaced-by {own}`"
    )));
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of;

    const FIRST: &str = "advisories/2026/x_T-2026-0001.toml";
    const SECOND: &str = "advisories/2026/x_T-2026-0002.toml";

    fn said(relation: &str, back: &str) -> String {
        let own = [
            ("CVE-2026-12345", "CVE-2026-12346"),
            ("x_T-2026-0001", "x_T-2026-0002"),
            ("[embargo]", relation),
        ];
        said_of(&[(FIRST, &[("[embargo]", back)]), (SECOND, &own)])
    }

    fn relation(kind: &str, id: &str) -> String {
        format!("[[relation]]\ntype = \"{kind}\"\nid = \"{id}\"\n[embargo]")
    }

    #[test]
    fn an_incomplete_fix_needs_no_withdrawal() {
        let relation = relation("incomplete-fix-of", "x_T-2026-0001");
        let text = said(&relation, "[embargo]");
        assert!(!text.contains("[relation]"), "{text}");
    }

    #[test]
    fn nobody_relates_to_itself_to_strangers_or_in_circles() {
        let to = |id: &str| relation("follow-up-of", id);
        for (forth, back, fault) in [
            (
                to("x_T-2026-0002"),
                "[embargo]".to_owned(),
                "is this advisory itself",
            ),
            (
                to("x_T-2026-0009"),
                "[embargo]".to_owned(),
                "is no advisory of this feed",
            ),
            (
                to("x_T-2026-0001"),
                to("x_T-2026-0002"),
                "relates to this one too",
            ),
        ] {
            let text = said(&forth, &back);
            assert!(text.contains(fault), "{text}");
        }
    }

    #[test]
    fn what_is_embargoed_is_not_named() {
        let hidden = "[embargo]\nuntil = 2027-01-01T00:00:00Z\nagreed-with = []\n[x]";
        let hidden = hidden.replace("agreed-with = []\n[x]", "");
        let own = [
            ("CVE-2026-12345", "CVE-2026-12346"),
            ("x_T-2026-0001", "x_T-2026-0002"),
            ("[embargo]", &relation("follow-up-of", "x_T-2026-0001")),
        ];
        let edits = [("[embargo]\nuntil = 2026-11-18T00:00:00Z\n", hidden.as_str())];
        let text = said_of(&[(FIRST, &edits), (SECOND, &own)]);
        assert!(text.contains("is not published"), "{text}");
    }
}
