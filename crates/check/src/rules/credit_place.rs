//! Owns the rule `credit-place`: names are promised to places that the policy offers.

use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "credit-place",
    says: "names are promised to places that the policy offers",
    why: "Somebody agreed to be named on a page that does not exist. They look for their name, and \
        find that the project forgot them.",
    example: r#"# caveat.toml
[policy.credit]
places = ["advisory"]
# advisories/2026/x_T-2026-0001.toml
[[credit]]
name = "A. Finder"
role = "finder"
consent = ["advisory", "thanks"]
"#,
    instead: r#"# caveat.toml
[policy.credit]
places = ["advisory", "thanks"]
# advisories/2026/x_T-2026-0001.toml
[[credit]]
name = "A. Finder"
role = "finder"
consent = ["advisory", "thanks"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some(offered) = &finder.facts.policy().credit else {
        return;
    };
    for (at, credit) in candidate.advisory().credits.iter().enumerate() {
        for (nth, place) in credit.consent.iter().enumerate() {
            if offered.places.contains(place) {
                continue;
            }
            let message = format!("the policy offers no place {}", quoted(place.as_str()));
            let found = finder.at(
                &candidate.document,
                &format!("credit[{at}].consent[{nth}]"),
                message,
            );
            let found = finder.also(found, "policy.credit.places", "the places");
            finder.push(found.help("add it to `places` in caveat.toml, or take it out here"));
        }
    }
}
