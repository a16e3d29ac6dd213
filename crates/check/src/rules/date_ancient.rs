//! Owns the rule `date-ancient`: no date is older than the first advisory there was.

use caveat_diag::Level;

use crate::calendar::{dates, year};
use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "date-ancient",
    says: "no date is older than the first advisory there was",
    why: "A date such as 1970-01-01 is what a program writes that knows none. Published, it becomes the age of \
        the flaw, and the advisory falls off the end of every list that is sorted by date.",
    example: r#"[timeline]
discovered = 1970-01-01T00:00:00Z
"#,
    instead: r#"[timeline]
discovered = 2026-10-30T00:00:00Z
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

/// CERT sent its first advisories at the end of 1988; nothing that is published today began before.
const FIRST: i16 = 1990;

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (field, at) in dates(candidate) {
        if year(at) < FIRST {
            let message = format!("{} is before anybody wrote advisories", year(at));
            let found = finder.at(&candidate.document, &field, message);
            finder.push(found.help("correct the date, or leave it out where it is not known"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn an_old_flaw_is_let_be() {
        let old = ("reported = 2026-11-01", "reported = 1990-01-01");
        assert_eq!(said_after(&[old]), "");
    }
}
