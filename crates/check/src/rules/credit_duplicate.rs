//! Owns the rule `credit-duplicate`: nobody is thanked twice for the same.

use std::collections::BTreeMap;

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "credit-duplicate",
    says: "nobody is thanked twice for the same",
    why: "A name that stands twice in one role looks like two people, and is counted as two.",
    example: r#"[[credit]]
name = "A. Finder"
role = "finder"
consent = ["advisory"]

[[credit]]
name = "A. Finder"
role = "finder"
consent = ["advisory", "thanks"]
"#,
    instead: r#"[[credit]]
name = "A. Finder"
role = "finder"
consent = ["advisory", "thanks"]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    let mut seen = BTreeMap::new();
    for (at, credit) in candidate.advisory().credits.iter().enumerate() {
        let Some(name) = credit.name.as_deref() else {
            continue;
        };
        let who = (name.trim().to_lowercase(), credit.role.as_str());
        let Some(first) = seen.insert(who, at) else {
            continue;
        };
        let field = format!("credit[{at}].name");
        let other = document.at(&format!("credit[{first}].name"));
        let found = finder
            .at(
                document,
                &field,
                "this person is thanked twice in this role",
            )
            .also(document.source(), other, "also thanked here");
        finder.push(found.help("keep one of the two, with every place they agreed to"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn two_roles_and_two_nameless_people_are_no_duplicates() {
        let credit = |name: &str, role: &str| {
            format!("[[credit]]\n{name}role = '{role}'\nconsent = ['advisory']\n")
        };
        let name = "name = 'A. Finder'\n";
        for (a, b) in [
            (credit(name, "finder"), credit(name, "reporter")),
            (credit("", "finder"), credit("", "finder")),
        ] {
            assert!(!breaks("credit-duplicate", &(a + &b)));
        }
        let twice = credit(name, "finder") + &credit("name = 'a. finder'\n", "finder");
        assert!(breaks("credit-duplicate", &twice));
    }
}
