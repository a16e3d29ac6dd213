//! Owns the rule `alias-shared`: one flaw in several packages is one advisory.

use caveat_diag::Level;

use super::alias_duplicate::{report, twins};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "alias-shared",
    says: "one flaw in several packages is one advisory",
    why: "Two advisories with one alias are one flaw to every database that merges by alias. Some databases have one \
        advisory for each package; where that is not the rule, one advisory with several packages says it better.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
aliases = ["CVE-2026-12345"]
# advisories/2026/x_T-2026-0002.toml
aliases = ["CVE-2026-12345"]
affected = [{ ecosystem = "npm", name = "torch", versions = ["< 1.0.0"] }]
"#,
    instead: r#"aliases = ["CVE-2026-12345"]

[[affected]]
package = "torch"
versions = ["< 1.2.0"]

[[affected]]
ecosystem = "npm"
name = "torch"
versions = ["< 1.0.0"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for twin in twins(finder.facts).iter().filter(|twin| !twin.same_package) {
        let found = report(finder, twin);
        finder.push(
            found.help("if both are the same flaw, make them one advisory; if not, use `related`"),
        );
    }
}
