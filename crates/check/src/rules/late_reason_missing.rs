//! Owns the rule `late-reason-missing`: where a promised time was missed, the advisory says why.

use caveat_clock::{Reading, State, span_words};
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::clocks::{clocks, promised_at, written_at};
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
    for reading in clocks(finder.facts, candidate) {
        let key = reading.promise.reason_key();
        let reason = reading.promise.reason(candidate.advisory());
        // What has not happened yet is for `promise-overdue`.
        if reading.state == State::Missed && reason.is_none() && !asked.contains(&key) {
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
    let late = span_words(reading.late);
    let message = format!("this came {late} late, and nobody says why");
    let promise = promised_at(finder.facts, candidate, reading.promise);
    let found = finder
        .at(document, &written_at(candidate, happened), message)
        .here(format!("it was due at {due}"))
        .also(project.source(), project.at(&promise), "promised here")
        .help(format!(
            "add one sentence: `[late-reason]` with `{key} = \"...\"`"
        ));
    finder.push(found);
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

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
}
