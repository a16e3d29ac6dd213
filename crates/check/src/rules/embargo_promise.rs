//! Owns the rule `embargo-promise`: an embargo ends before the longest time that the policy allows.

use caveat_clock::Calendar;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::promise::longest;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "embargo-promise",
    says: "an embargo ends before the longest time that the policy allows",
    why: "The policy promises reporters and users that nothing is kept from them for longer. An \
        embargo that was agreed beyond that breaks the promise on the day it is written down.",
    example: r#"# caveat.toml
[policy.disclosure]
longest = "30 d"
# advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-12-10T00:00:00Z, note = "First published." }]
[embargo]
until = 2026-12-10T00:00:00Z
agreed-with = ["The reporter"]
"#,
    instead: r#"# caveat.toml
[policy.disclosure]
longest = "30 d"
# advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-12-01T00:00:00Z, note = "First published." }]
[embargo]
until = 2026-12-01T00:00:00Z
agreed-with = ["The reporter"]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let facts = finder.facts;
    let advisory = candidate.advisory();
    let (Some(promise), Some(embargo)) = (longest(facts.policy()), &advisory.embargo) else {
        return;
    };
    let Some(start) = advisory.timeline.get(&promise.start()) else {
        return;
    };
    let calendar = Calendar::new(facts.policy().calendar.as_ref());
    let end = calendar.due(*start, promise.target);
    // What is over cannot be shortened, and a reason that readers see is an answer.
    if advisory.late_reason.disclose.is_some()
        || embargo.until <= end
        || embargo.until <= facts.as_of
    {
        return;
    }
    let document = &candidate.document;
    let message = format!("this embargo ends after {end}, the longest that the policy allows");
    let field = format!("timeline.{}", promise.start().as_str());
    let found = finder.at(document, "embargo.until", message);
    let found = found.also(document.source(), document.at(&field), "counted from here");
    let found = finder.also(found, &promise.field, "promised here");
    finder.push(
        found.help("agree on an earlier time, or say why in `[late-reason]` with `disclose`"),
    );
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn an_embargo_of_the_past_and_one_without_a_report_are_let_be() {
        let page = |until: &str, reported: &str| {
            format!(
                "# caveat.toml\n[policy.disclosure]\nlongest = \"30 d\"\n\
                 # advisories/2026/x_T-2026-0001.toml\n\
                 revision = [{{ at = {until}T00:00:00Z, note = \"First published.\" }}]\n{reported}\n\
                 [embargo]\nuntil = {until}T00:00:00Z\n"
            )
        };
        let old = "timeline = { reported = 2026-01-01T00:00:00Z }";
        assert!(breaks("embargo-promise", &page("2026-11-21", old)));
        assert!(!breaks("embargo-promise", &page("2026-11-18", old)));
        let none = "# without timeline";
        assert!(!breaks("embargo-promise", &page("2027-11-21", none)));
    }
}
