//! Owns the rule `alias-self`: an advisory is no alias of itself, and an alias is not also related, nor `upstream`.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "alias-self",
    says: "an advisory is no alias of itself, and no id is listed as two things",
    why: "The OSV linter refuses records that are aliases of themselves. An alias is the same flaw, \
        `related` and `upstream` are others: an id cannot be two of them.",
    example: r#"id = "x_T-2026-0001"
aliases = ["x_T-2026-0001"]
"#,
    instead: r#"id = "x_T-2026-0001"
aliases = ["CVE-2026-12345"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let document = &candidate.document;
    for (field, ids) in [
        ("aliases", &advisory.aliases),
        ("related", &advisory.related),
        ("upstream", &advisory.upstream),
    ] {
        for (at, id) in ids.iter().enumerate() {
            let name = format!("{field}[{at}]");
            if Some(id) == advisory.id.as_ref() {
                let found = finder.at(document, &name, "an advisory cannot name itself here");
                finder.push(crate::mend::item(found.help("remove it"), document, &name));
            } else if field != "aliases" && advisory.aliases.contains(id) {
                let found = finder.at(document, &name, format!("`{id}` is an alias already"));
                finder.push(found.help(format!(
                    "an alias is the same flaw, `{field}` is another one: keep one of the two"
                )));
            } else if field == "upstream" && advisory.related.contains(id) {
                let found = finder.at(document, &name, format!("`{id}` is related already"));
                finder.push(found.help("`upstream` says more: take it out of `related`"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn an_id_is_listed_as_one_thing() {
        let code = "alias-self";
        assert!(!breaks(
            code,
            "aliases = ['CVE-2026-1111']\nrelated = ['CVE-2026-2222']\nupstream = ['CVE-2026-3333']\n"
        ));
        for bad in [
            "aliases = ['CVE-2026-1111']\nupstream = ['CVE-2026-1111']\n",
            "related = ['CVE-2026-1111']\nupstream = ['CVE-2026-1111']\n",
            "id = 'x_T-2026-0001'\nupstream = ['x_T-2026-0001']\n",
        ] {
            assert!(breaks(code, bad), "{bad}");
        }
    }
}
