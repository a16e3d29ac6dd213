//! Owns the rule `embargo-long`: an embargo ends within ninety days of the report.

use caveat_advisory::Event;
use caveat_diag::Level;

use crate::calendar::days;
use crate::candidate::Candidate;
use crate::promise::longest;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "embargo-long",
    says: "an embargo ends within ninety days of the report",
    why: "Ninety days is what most finders grant before they publish alone. The longer an embargo lasts, the more \
        people know, and the more users are left open to whoever finds the flaw again.",
    example: r#"revision = [{ at = 2027-06-01T00:00:00Z, note = "First published." }]

[embargo]
until = 2027-06-01T00:00:00Z
"#,
    instead: r#"revision = [{ at = 2027-01-15T00:00:00Z, note = "First published." }]

[embargo]
until = 2027-01-15T00:00:00Z
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

const LONGEST: i64 = 90;

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let document = &candidate.document;
    let (Some(embargo), Some(reported)) =
        (&advisory.embargo, advisory.timeline.get(&Event::Reported))
    else {
        return;
    };
    let length = days(*reported, embargo.until);
    let promised = longest(finder.facts.policy()).is_some();
    // What is over cannot be shortened; where the policy has a limit of its own, another rule keeps it.
    if !promised && length > LONGEST && embargo.until > finder.facts.as_of {
        let message = format!("this embargo ends {length} days after the report");
        let found = finder.at(document, "embargo.until", message).also(
            document.source(),
            document.at("timeline.reported"),
            "reported here",
        );
        finder.push(found.help("agree on an earlier day with those in `agreed-with`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn an_embargo_of_the_past_cannot_be_shortened() {
        let said = said_after(&[("reported = 2026-11-01", "reported = 2026-01-01")]);
        assert_eq!(said, "");
    }
}
