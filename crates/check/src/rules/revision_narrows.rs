//! Owns the rule `revision-narrows`: whoever tells fewer people to act says why.

use caveat_advisory::Advisory;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::narrower::narrower;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-narrows",
    says: "a revision that tells fewer people to act says why",
    why: "Whoever was told to upgrade yesterday and is not told today takes that for an all-clear, and a mistake in a range \
        looks the same. `caveat publish` refuses it without a reason, on the day of the release; this is said before. \
        It compares versions, functions, packages, names, severity and scores with what git shows that readers saw.",
    example: r#"# was advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 1.0.0, < 2.1.0"] }]
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 1.0.0, < 2.0.0"] }]
revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Correct the fix.", changed = [{ field = "affected[torch].versions", from = ">= 1.0.0, < 2.1.0", to = ">= 1.0.0, < 2.0.0" }] },
]
"#,
    instead: r#"# was advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 1.0.0, < 2.1.0"] }]
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 1.0.0, < 2.0.0"] }]
revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Correct the fix.", changed = [{ field = "affected[torch].versions", from = ">= 1.0.0, < 2.1.0", to = ">= 1.0.0, < 2.0.0" }], narrows = "The fix was in 2.0.0 already; its tag was overlooked." },
]
"#,
    // The gate refuses: a build that nobody compares with what is out need not fail.
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some(before) = &candidate.witness.public.before else {
        return;
    };
    let now = candidate.advisory();
    if is_explained(before, now) {
        return;
    }
    let all = narrower(before, candidate, finder.facts.project.data());
    let Some(first) = all.first() else { return };
    let document = &candidate.document;
    let last = now.revisions.len().saturating_sub(1);
    let message = "this revision tells fewer people to act, and does not say why";
    let mut found = finder
        .at(document, &format!("revision[{last}]"), message)
        .also(document.source(), document.at(&first.field), &first.says);
    for one in &all {
        found = found.note(format!("{}; was {}, is {}", one.says, one.from, one.to));
    }
    finder.push(found.help(
        "if that is right, `narrows = \"reason\"` in this revision: readers see it, and `caveat publish` wants it",
    ));
}

/// Does a revision say why that is newer than what readers saw?
fn is_explained(before: &Advisory, now: &Advisory) -> bool {
    let seen = before.revisions.last().map(|last| last.at);
    let newer = now.revisions.iter().filter(|one| Some(one.at) > seen);
    newer.filter(|one| one.narrows.is_some()).count() > 0
}
