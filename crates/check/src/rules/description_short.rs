//! Owns the rule `description-short`: a description has more than a few words.

use caveat_diag::Level;

use super::placeholder_text::is_open;
use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "description-short",
    says: "a description has more than a few words",
    why: "Who has to decide whether they are affected needs to know what goes wrong and where. What fits \
        into half a line is in the title already.",
    example: r#"description = "Files are not checked."
"#,
    instead: r#"description = "The loader trusts the length that a file states, and writes as many bytes past the end of its buffer."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

/// Half a line: no flaw and its place can be told in less.
const SHORTEST: usize = 60;

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let description = candidate.advisory().description.trim();
    let length = description.chars().count();
    // Empty, or still to be written, is another rule's matter.
    if !is_open(description)
        && (1..SHORTEST).contains(&length)
        && candidate.advisory().withdrawn.is_none()
    {
        let message = format!("the description has {length} characters");
        let found = finder.at(&candidate.document, "description", message);
        finder.push(found.help("say what goes wrong, where, and who can bring it about"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn a_withdrawn_advisory_may_be_short() {
        let short = "description = \"Nothing.\"\n";
        let withdrawn = "[withdrawn]\nat = 2026-11-19T12:00:00Z\nreason = \"duplicate\"\n";
        assert!(breaks("description-short", short));
        assert!(!breaks("description-short", &format!("{short}{withdrawn}")));
        let long = format!("description = \"{}\"", "ä".repeat(60));
        assert!(!breaks("description-short", &long));
    }
}
