//! Owns the rule `related-one-way`: two advisories of the feed that are related both say so.

use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "related-one-way",
    says: "two advisories of the feed that are related both say so",
    why: "Whoever reads the older of two advisories does not learn of the newer one: often the one that says the \
        first fix was not enough.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
related = ["x_T-2026-0002"]
# advisories/2026/x_T-2026-0002.toml
title = "Another title"
aliases = []
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
related = ["x_T-2026-0002"]
# advisories/2026/x_T-2026-0002.toml
title = "Another title"
aliases = []
related = ["x_T-2026-0001"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let facts = finder.facts;
    let advisory = candidate.advisory();
    let Some(id) = advisory
        .id
        .as_ref()
        .filter(|_| candidate.is_public(facts.as_of))
    else {
        return;
    };
    if !candidate.stands() {
        return;
    }
    for (at, related) in advisory.related.iter().enumerate() {
        let Some(other) = facts
            .by_id
            .get(related.as_str())
            .map(|at| &facts.candidates[*at])
        else {
            continue;
        };
        if related == id || other.advisory().related.contains(id) || !other.stands() {
            continue;
        }
        let message = format!("{} does not relate back", quoted(related));
        let found = finder
            .at(&candidate.document, &format!("related[{at}]"), message)
            .also(
                other.document.source(),
                other.document.at("related"),
                format!("add `{id}` here"),
            );
        finder.push(found.help("relate them both ways, with a revision that says so"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of;

    #[test]
    fn what_is_withdrawn_or_not_yet_published_need_not_relate() {
        let second = ("GHSA-2f84-9xq5-cvjm", "x_T-2026-0001");
        let own = [
            ("x_T-2026-0001", "x_T-2026-0002"),
            ("CVE-2026-12345", "CVE-2026-12346"),
            second,
        ];
        let withdrawn = "[withdrawn]\nat = 2026-11-19T12:00:00Z\nreason = \"not-a-vulnerability\"\nnote = \"No.\"\n[embargo]";
        let secret = [
            ("until = 2026-11-18", "until = 2026-12-18"),
            ("2026-11-19T00:00:00Z", "2026-12-19T00:00:00Z"),
            ("2026-11-19T12:00:00Z", "2026-12-19T12:00:00Z"),
        ];
        for excuse in [&[("[embargo]", withdrawn)][..], &secret] {
            let edits = [&own[..], excuse].concat();
            let said = said_of(&[
                ("advisories/2026/x_T-2026-0001.toml", &[]),
                ("advisories/2026/x_T-2026-0002.toml", &edits),
            ]);
            assert!(!said.contains("related-one-way"), "{said}");
        }
    }
}
