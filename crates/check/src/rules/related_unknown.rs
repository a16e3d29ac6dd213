//! Owns the rule `related-unknown`: an id of this feed that an advisory names is an advisory of it.

use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "related-unknown",
    says: "an id of this feed that an advisory names is an advisory of it",
    why: "Consumers follow ids of a feed within the feed. One that leads nowhere is an error to some of them, \
        and a dead link to every reader.",
    example: r#"related = ["x_T-2026-0002"]
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
related = ["x_T-2026-0002"]
# advisories/2026/x_T-2026-0002.toml
aliases = []
related = ["x_T-2026-0001"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let facts = finder.facts;
    let prefix = &facts.project.data().feed.id_prefix;
    let advisory = candidate.advisory();
    for (field, ids) in [
        ("aliases", &advisory.aliases),
        ("related", &advisory.related),
        ("upstream", &advisory.upstream),
    ] {
        for (at, id) in ids.iter().enumerate() {
            let own = id
                .strip_prefix(prefix.as_str())
                .is_some_and(|rest| rest.starts_with('-'));
            if !own || facts.by_id.contains_key(id.as_str()) {
                continue;
            }
            let found = finder.at(
                &candidate.document,
                &format!("{field}[{at}]"),
                format!("{} is no advisory of this feed", quoted(id)),
            );
            finder.push(found.help("correct the id, or take it out"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn ids_of_other_databases_are_theirs_to_know() {
        assert_eq!(said_after(&[("GHSA-2f84-9xq5-cvjm", "x_TT-2026-0002")]), "");
    }
}
