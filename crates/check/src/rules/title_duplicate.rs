//! Owns the rule `title-duplicate`: no two advisories have the same title.

use std::collections::BTreeMap;

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "title-duplicate",
    says: "no two advisories have the same title",
    why: "Readers tell advisories apart by their titles: in lists, subject lines and talk. Two with one title \
        are taken for the same flaw told twice.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
title = "Crafted file overwrites memory"
aliases = []

# advisories/2026/x_T-2026-0002.toml
title = "Crafted file overwrites memory"
aliases = []
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
title = "Crafted checkpoint overwrites memory"
aliases = []

# advisories/2026/x_T-2026-0002.toml
title = "Crafted data set overwrites memory"
aliases = []
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let mut first = BTreeMap::new();
    for candidate in finder.facts.candidates {
        // A withdrawn duplicate says what the other says.
        if candidate.advisory().withdrawn.is_some() {
            continue;
        }
        let title = candidate.advisory().title.split_whitespace();
        let title: Vec<String> = title.map(str::to_lowercase).collect();
        let Some(other) = first.insert(title.join(" "), candidate) else {
            continue;
        };
        let found = finder
            .at(
                &candidate.document,
                "title",
                "another advisory has this title",
            )
            .also(other.document.source(), other.document.at("title"), "here");
        finder.push(found.help(
            "say in each title what makes it different: the function, the input, the effect",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn a_withdrawn_advisory_may_share_its_title() {
        let two = |rest: &str| {
            format!(
                "# advisories/2026/x_T-2026-0001.toml\ntitle = \"Same\"\n\
                 # advisories/2026/x_T-2026-0002.toml\ntitle = \"same \"\n{rest}"
            )
        };
        assert!(breaks("title-duplicate", &two("")));
        let withdrawn = "[withdrawn]\nat = 2026-11-19T12:00:00Z\nreason = \"duplicate\"\n";
        assert!(!breaks("title-duplicate", &two(withdrawn)));
    }
}
