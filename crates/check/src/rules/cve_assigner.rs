//! Owns the rule `cve-assigner`: who assigns CVE ids is named as the CVE program knows them, and what is not theirs is an alias.

use std::collections::BTreeSet;

use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "cve-assigner",
    says: "a CNA has the UUID and the short name that the CVE program gave it, and `not-ours` names aliases of advisories",
    why: "A CVE record says who assigned the id. One with another UUID is refused by the CVE services, and a slip in `not-ours` \
        publishes a record of an id that belongs to somebody else.",
    example: r#"# caveat.toml
[cve]
assigner-org-id = "example"
assigner-short-name = "example"
"#,
    instead: r#"# caveat.toml
[cve]
assigner-org-id = "c0ffee00-1234-4abc-8def-0123456789ab"
assigner-short-name = "example"
not-ours = ["CVE-2026-12345"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    let Some(cve) = &facts.project.data().cve else {
        return;
    };
    if !is_random_uuid(&cve.assigner_org_id) {
        let found = finder.project("cve.assigner-org-id", "this is no UUID of the CVE program");
        finder.push(found.help(
            "it has version 4, and `cve org` prints it: xxxxxxxx-xxxx-4xxx-xxxx-xxxxxxxxxxxx",
        ));
    }
    let name = &cve.assigner_short_name;
    if !(2..=32).contains(&name.chars().count()) || name.chars().any(char::is_whitespace) {
        let message = "this is no short name of the CVE program";
        let found = finder.project("cve.assigner-short-name", message);
        finder.push(found.help("it has 2 to 32 characters without spaces"));
    }
    let mut seen = BTreeSet::new();
    for (at, id) in cve.not_ours.iter().enumerate() {
        // An advisory that is not public counts, too; none is named.
        let mut all = facts.candidates.iter();
        let known = all.any(|one| one.advisory().aliases.contains(id));
        let fault = match (known && id.starts_with("CVE-"), seen.insert(id)) {
            (true, true) => continue,
            (true, false) => "is named twice",
            (false, _) => "is a CVE id of no advisory",
        };
        let message = format!("{} {fault}", quoted(id));
        let found = finder.project(&format!("cve.not-ours[{at}]"), message);
        finder.push(found.help("take it out, or correct it"));
    }
}

/// RFC 9562, version 4: the schema of CVE records takes no other.
fn is_random_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = text.split('-').collect();
    let hex = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    groups.len() == lengths.len()
        && groups
            .iter()
            .zip(lengths)
            .all(|(group, length)| group.len() == length)
        && groups.iter().all(hex)
        && groups[2].starts_with('4')
        && groups[3].starts_with(['8', '9', 'a', 'b', 'A', 'B'])
}

#[cfg(test)]
mod tests {
    use super::is_random_uuid;
    use crate::tests::said_of_project_after;

    fn said(table: &str) -> String {
        let cve = format!("[cve]\n{table}\n\n[policy]");
        said_of_project_after(&[("[policy]", &cve)])
    }

    const ORG: &str = "assigner-org-id = \"c0ffee00-1234-4abc-8def-0123456789ab\"\n";

    #[test]
    fn only_a_random_uuid_is_one_of_the_program() {
        assert!(is_random_uuid("C0FFEE00-1234-4abc-bdef-0123456789ab"));
        for bad in [
            "",
            "c0ffee00-1234-1abc-8def-0123456789ab",
            "c0ffee00-1234-4abc-cdef-0123456789ab",
            "c0ffee00-1234-4abc-8def-0123456789a",
            "c0ffee0g-1234-4abc-8def-0123456789ab",
            "c0ffee0012344abc8def0123456789ab",
            "é0ffee00-1234-4abc-8def-0123456789ab",
        ] {
            assert!(!is_random_uuid(bad), "{bad}");
        }
    }

    #[test]
    fn a_short_name_is_short_and_has_no_spaces() {
        let named = |name: &str| said(&format!("{ORG}assigner-short-name = \"{name}\""));
        assert!(!named("mitre").contains("cve-assigner"));
        for bad in ["m", "a b", "", "a23456789012345678901234567890123"] {
            assert!(named(bad).contains("error[cve-assigner]"), "{bad}");
        }
    }

    #[test]
    fn what_is_not_ours_is_an_alias_of_an_advisory() {
        let except = |ids: &str| {
            said(&format!(
                "{ORG}assigner-short-name = \"mitre\"\nnot-ours = [{ids}]"
            ))
        };
        assert!(!except("\"CVE-2026-12345\"").contains("cve-assigner"));
        let slip = except("\"CVE-2026-54321\"");
        assert!(slip.contains("is a CVE id of no advisory"), "{slip}");
        let twice = except("\"CVE-2026-12345\", \"CVE-2026-12345\"");
        assert!(twice.contains("is named twice"), "{twice}");
    }
}
