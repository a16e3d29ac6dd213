//! Owns the rule `disputed`: a name that is disputed is named once, with a link that works, and by no advisory that stands.

use std::collections::BTreeMap;

use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};
use crate::rules::alias_format;
use crate::text::link_fault;

pub(super) static RULE: Rule = Rule {
    code: "disputed",
    says: "a name that is disputed is named once, and by no advisory that stands",
    why: "A feed that says of one name that it is a flaw and that it is none is believed in neither.",
    example: r#"# caveat.toml
[[disputed]]
id = "CVE-2026-12345"
state = "disputed"
reason = "Whoever sets the option can run code anyway."
# advisories/2026/x_T-2026-0001.toml
aliases = ["CVE-2026-12345"]
"#,
    instead: r#"# caveat.toml
[[disputed]]
id = "CVE-2026-54321"
state = "disputed"
reason = "Whoever sets the option can run code anyway."
# advisories/2026/x_T-2026-0001.toml
aliases = ["CVE-2026-12345"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, one) in facts.project.data().disputed.iter().enumerate() {
        let field = |key: &str| format!("disputed[{at}].{key}");
        if let Some(fault) = one.url.as_deref().and_then(|url| link_fault(url, false)) {
            finder.push(finder.project(&field("url"), format!("this link {fault}")));
        }
        shape(finder, &one.id, &field("id"));
        if let Some(first) = seen.insert(&one.id, at) {
            let message = format!("{} is named twice", quoted(&one.id));
            let found = finder.project(&field("id"), message);
            finder.push(finder.also(found, &format!("disputed[{first}].id"), "first here"));
        }
        // What is not public is named in no message about a public file.
        let public = facts
            .candidates
            .iter()
            .filter(|other| other.is_public(facts.as_of));
        let mut standing = public.filter(|other| other.stands());
        let same = standing.find_map(|other| {
            let nth = other
                .advisory()
                .aliases
                .iter()
                .position(|alias| *alias == one.id)?;
            Some((other, nth))
        });
        if let Some((other, nth)) = same {
            let message = format!("{} is a flaw, says an advisory", quoted(&one.id));
            let found = finder.project(&field("id"), message);
            let document = &other.document;
            let span = document.at(&format!("aliases[{nth}]"));
            let found = found.also(document.source(), span, "here");
            finder.push(found.help("withdraw the advisory, or take the name out here"));
        }
    }
}

/// An id of somebody else, as its owner writes it: what this feed itself published is withdrawn, not disputed.
fn shape(finder: &mut Finder<'_>, id: &str, field: &str) {
    let prefix = &finder.facts.project.data().feed.id_prefix;
    let own = id.strip_prefix(prefix.as_str());
    let (message, help) = if own.is_some_and(|rest| rest.starts_with('-')) {
        let message = format!("{} is an id of this feed", quoted(id));
        (message, "withdraw the advisory instead")
    } else if let Some(help) = alias_format::fault(id) {
        (format!("{} is no id of a database", quoted(id)), help)
    } else {
        return;
    };
    let found = finder.project(field, message);
    finder.push(found.help(help));
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn an_id_in_small_letters_and_one_of_the_feed_itself_are_refused() {
        let row = |id| {
            format!(
                "# caveat.toml\n[[disputed]]\nid = \"{id}\"\nstate = \"disputed\"\nreason = \"It is none.\"\n"
            )
        };
        assert!(!breaks("disputed", &row("CVE-2026-54321")));
        for id in ["cve-2026-54321", "CVE-2026-1", "x_T-2026-0001"] {
            assert!(breaks("disputed", &row(id)), "{id}");
        }
    }
}
