//! Owns the rule `embargo-ended`: an embargo that is over is taken out of the file.

use caveat_diag::Level;

use crate::calendar::days;
use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "embargo-ended",
    says: "an embargo that is over is taken out of the file",
    why: "The table does nothing any more. It stays in the repository, with the names of those who knew early, \
        and whoever copies the file for the next advisory copies an embargo of the past.",
    example: r#"[embargo]
until = 2026-11-01T00:00:00Z
"#,
    instead: r#"[embargo]
until = 2026-11-18T00:00:00Z
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

/// While everybody is busy with the publication itself, nobody needs to be reminded.
const GRACE: i64 = 7;

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some(embargo) = &candidate.advisory().embargo else {
        return;
    };
    let over = days(embargo.until, finder.facts.as_of);
    if over > GRACE && !candidate.is_draft() {
        let message = format!("this embargo was over {over} days ago");
        let found = finder.at(&candidate.document, "embargo", message);
        finder.push(found.help("remove `[embargo]`: git remembers it"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn an_embargo_that_has_just_ended_is_let_be() {
        assert_eq!(
            said_after(&[("until = 2026-11-18", "until = 2026-11-13")]),
            ""
        );
    }
}
