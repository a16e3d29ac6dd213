//! Owns the rule `credit-placeholder`: a credit without a name has none.

use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "credit-placeholder",
    says: "a credit without a name has none",
    why: "A credit without `name` thanks somebody who is not to be named, in words of its own. `Anonymous` \
        as a name is counted, sorted and thanked as if it were a person.",
    example: r#"[[credit]]
name = "Anonymous"
role = "finder"
consent = ["advisory"]
"#,
    instead: r#"[[credit]]
role = "finder"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

const NOBODY: [&str; 18] = [
    "?",
    "-",
    "anon",
    "anonymous",
    "anonymous finder",
    "anonymous person",
    "anonymous reporter",
    "anonymous researcher",
    "anonymous user",
    "n/a",
    "name withheld",
    "no name",
    "nobody",
    "none",
    "not disclosed",
    "somebody",
    "undisclosed",
    "unknown",
];

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, credit) in candidate.advisory().credits.iter().enumerate() {
        let Some(name) = &credit.name else { continue };
        let plain = name.trim_matches(|c: char| c.is_whitespace() || "()[]<>.*\"".contains(c));
        if NOBODY.contains(&plain.to_lowercase().as_str()) {
            let field = format!("credit[{at}].name");
            let message = format!("{} is nobody's name", quoted(name));
            let found = finder.at(&candidate.document, &field, message);
            finder.push(
                found.help("leave `name` out: the credit then thanks somebody who is not named"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn groups_and_handles_that_sound_alike_are_names() {
        let name = |name: &str| {
            format!("[[credit]]\nname = '{name}'\nrole = 'finder'\nconsent = ['advisory']")
        };
        for good in [
            "Anonymous Coward",
            "Unknown Security Team",
            "NA",
            "anon1234",
        ] {
            assert!(!breaks("credit-placeholder", &name(good)), "{good}");
        }
        for bad in ["(anonymous)", "N/A", "UNKNOWN", "Anonymous researcher"] {
            assert!(breaks("credit-placeholder", &name(bad)), "{bad}");
        }
    }
}
