//! Owns the rule `feature-syntax`: features are names, each written once.

use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "feature-syntax",
    says: "features are names, each written once",
    why: "Users and programs look for the name that they have in their own configuration. A sentence \
        in its place is found by neither.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
features = ["the distributed feature"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
features = ["distributed"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    for (at, affected) in candidate.advisory().affected.iter().enumerate() {
        for (nth, feature) in affected.features.iter().enumerate() {
            let field = |nth| format!("affected[{at}].features[{nth}]");
            let plain = !feature.is_empty()
                && feature
                    .chars()
                    .all(|c| !c.is_whitespace() && !c.is_control());
            let first = affected.features[..nth]
                .iter()
                .position(|other| other == feature);
            if !plain {
                let found = finder.at(
                    document,
                    &field(nth),
                    format!("{} is no name of a feature", quoted(feature)),
                );
                finder.push(found.help("write the name alone; sentences belong in `affected-if`"));
            } else if let Some(first) = first {
                let found = finder.at(document, &field(nth), "this feature is named twice");
                finder.push(found.also(
                    document.source(),
                    document.at(&field(first)),
                    "first here",
                ));
            }
        }
    }
}
