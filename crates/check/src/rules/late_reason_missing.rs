//! Owns the rule `late-reason-missing`: where a promised time was missed, the advisory says why.

use caveat_clock::{Reading, State, span_words};
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::clocks::{clocks, clocks_now, promised_at, written_at};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "late-reason-missing",
    says: "where a promised time was missed, the advisory says why",
    why: "Readers see on the page of the advisory that a promise was not kept. Without a reason they will think of one, \
        and the project learns nothing from it. One sentence is enough.",
    example: r#"[timeline]
reported = 2026-11-01T00:00:00Z
acknowledged = 2026-11-04T00:00:00Z

# caveat.toml
[policy.clock]
acknowledge = "48 h"
"#,
    instead: r#"[timeline]
reported = 2026-11-01T00:00:00Z
acknowledged = 2026-11-04T00:00:00Z

[late-reason]
acknowledge = "The mailbox was full."

# caveat.toml
[policy.clock]
acknowledge = "48 h"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    if candidate.is_draft() {
        return;
    }
    let mut asked = Vec::new();
    let (now, planned) = (
        clocks_now(finder.facts, candidate),
        clocks(finder.facts, candidate),
    );
    for reading in now.into_iter().chain(planned) {
        let key = reading.promise.reason_key();
        let reason = reading.promise.reason(candidate.advisory());
        // What has not happened yet, and is not planned, is for `promise-overdue`.
        let late = reading.state == State::Missed && reading.happened.is_some();
        if late && reason.is_none() && !asked.contains(&key) {
            asked.push(key);
            report(finder, candidate, &reading);
        }
    }
}

fn report(finder: &mut Finder<'_>, candidate: &Candidate, reading: &Reading) {
    let (Some(happened), Some(due), Some(key)) =
        (reading.happened, reading.due, reading.promise.reason_key())
    else {
        return;
    };
    let (document, project) = (&candidate.document, finder.facts.project);
    let (field, late) = (written_at(candidate, happened), span_words(reading.late));
    let found = if happened.at > finder.facts.as_of {
        // What lies ahead has not happened, and must not keep other advisories back.
        let message = format!("as planned, this comes {late} late, and nobody says why");
        let found = finder.ahead(document, &field, message);
        found.here(format!("it is due at {due}"))
    } else {
        let message = format!("this came {late} late, and nobody says why");
        let found = finder.at(document, &field, message);
        found.here(format!("it was due at {due}"))
    };
    let promise = promised_at(finder.facts, candidate, reading.promise);
    let found = found
        .also(project.source(), project.at(&promise), "promised here")
        .help(format!(
            "add one sentence: `[late-reason]` with `{key} = \"...\"`"
        ));
    finder.push(found);
}

#[cfg(test)]
mod tests {
    use crate::tests::{breaks, said_of_example};

    const EXPLOITED: &str = r#"[timeline]
reported = 2026-07-01T00:00:00Z
acknowledged = 2026-07-02T00:00:00Z
exploited = 2026-11-01T00:00:00Z

# caveat.toml
[policy.disclosure]
longest = "90 d"
exploited = "7 d"
"#;

    #[test]
    fn one_reason_excuses_a_late_publication_under_both_promises() {
        assert!(breaks("late-reason-missing", EXPLOITED));
        let excused = EXPLOITED.replacen(
            "# caveat.toml",
            "[late-reason]\ndisclose = \"The reporter asked for more time.\"\n\n# caveat.toml",
            1,
        );
        assert!(!breaks("late-reason-missing", &excused));
    }

    #[test]
    fn what_nobody_wrote_down_needs_no_reason() {
        let text = "# without timeline\n\n# caveat.toml\n[policy.clock]\nacknowledge = \"48 h\"\nassess = \"1 bd\"\nupdate = \"1 d\"\n";
        assert!(!breaks("late-reason-missing", text));
    }

    #[test]
    fn a_publication_that_lies_ahead_is_not_late_yet() {
        let text = r#"revision = [{ at = 2026-12-08T00:00:00Z, note = "First published." }]

[timeline]
reported = 2026-11-10T00:00:00Z
updates = [2026-11-16T00:00:00Z]

[embargo]
until = 2026-12-08T00:00:00Z

# caveat.toml
[policy.clock]
update = "7 d"
"#;
        let said = said_of_example(text);
        assert!(!said.contains("error[late-reason-missing]"), "{said}");
        assert!(
            said.contains("warning[late-reason-missing]: as planned, this comes 15 days late"),
            "{said}"
        );
        // What came late already stays an error.
        let said = said_of_example(&text.replace("11-16T", "11-19T"));
        assert!(
            said.contains("error[late-reason-missing]: this came"),
            "{said}"
        );
    }
}
