//! Owns the rule `cve-state`: `cve` is there only while there is no CVE id.

use caveat_advisory::CveState;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "cve-state",
    says: "`cve` is there only while there is no CVE id",
    why: "An advisory that has an id and says that it waits for one is read in two ways. Readers who \
        wait for the id go on waiting.",
    example: r#"aliases = ["CVE-2026-12345"]
cve = "pending"
"#,
    instead: r#"aliases = ["CVE-2026-12345"]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let alias = advisory
        .aliases
        .iter()
        .position(|alias| alias.starts_with("CVE-"));
    if let (Some(state), Some(alias)) = (advisory.cve, alias) {
        let document = &candidate.document;
        let message = match state {
            CveState::Pending => "the CVE id is here already",
            CveState::None => "there is a CVE id after all",
        };
        let alias = document.at(&format!("aliases[{alias}]"));
        let found = finder.at(document, "cve", message);
        let found = found.also(document.source(), alias, "the CVE id");
        finder.push(found.help("take `cve` out"));
    }
}
