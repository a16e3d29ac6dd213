//! Owns histories of flaws with the answer that a person would give.
//! Must never hold one whose answer is a matter of taste.

use super::{history, id};
use crate::{Effect, Evidence, Verdict};

const LINE: &str = "a\nb a\nc b\nd c\ne d";

#[test]
fn a_flaw_on_one_line_ends_with_its_fix() {
    let line = history(LINE).tags("v1.0.0=a v1.1.0=b v1.2.0=c v1.3.0=e");
    assert_eq!(line.ranges("b", "d"), [">= 1.1.0, < 1.3.0"]);
}

#[test]
fn a_flaw_older_than_the_history_has_no_beginning() {
    let line = history(LINE).tags("v1.0.0=a v1.2.0=c v1.3.0=e");
    assert_eq!(line.ranges("", "d"), ["< 1.3.0"]);
    assert_eq!(line.ranges("a", "d"), [">= 1.0.0, < 1.3.0"]);
}

#[test]
fn a_fix_in_no_release_leaves_the_range_open_and_is_named() {
    let line = history(LINE).tags("v1.0.0=a v1.1.0=b v1.2.0=c");
    let derived = line.derive("b", "d");
    assert_eq!(line.ranges("b", "d"), [">= 1.1.0"]);
    assert_eq!(derived.unreleased, [id("d")]);
    assert!(
        history(LINE)
            .tags("v1.0.0=e")
            .derive("b", "d")
            .unreleased
            .is_empty()
    );
}

#[test]
fn pre_releases_are_judged_by_their_own_tags() {
    let line = history(LINE).tags("v1.0.0=a v2.0.0-alpha.1=c v2.0.0-rc.1=d v2.0.0=e");
    assert_eq!(line.ranges("b", "d"), [">= 2.0.0-alpha.1, < 2.0.0-rc.1"]);
}

const BRANCHES: &str = "a\nb a\nc b\nx1 b\ny1 b";

#[test]
fn a_fix_that_was_picked_to_two_branches_ends_the_flaw_on_each() {
    let picked = "f c\nx2 x1 | Fix\\n\\n(cherry picked from commit {f})\ny2 y1 | Fix\\n(cherry picked from commit {x2})";
    let branches = history(&format!("{BRANCHES}\n{picked}"))
        .tags("v1.0.0=x1 v1.0.1=x2 v2.0.0=y1 v2.0.1=y2 v3.0.0=c v3.0.1=f");
    assert_eq!(
        branches.ranges("b", "f"),
        [
            ">= 1.0.0, < 1.0.1",
            ">= 2.0.0, < 2.0.1",
            ">= 3.0.0, < 3.0.1"
        ]
    );
    let evidence: Vec<_> = branches.derive("b", "f").events[2..]
        .iter()
        .map(|event| event.evidence)
        .collect();
    assert_eq!(
        evidence,
        [Evidence::Picked(id("f")), Evidence::Picked(id("x2"))]
    );
}

#[test]
fn a_pick_without_a_trailer_is_known_by_author_and_patch() {
    let lines = format!("{BRANCHES}\nf c\nx2 x1\ny2 y1");
    let tagged = || history(&lines).tags("v1.0.0=x1 v1.0.1=x2 v3.0.0=c v3.0.1=f");
    let same = tagged().twins("f", "x2", true);
    let other = tagged().twins("f", "x2", false);
    for (history, evidence) in [
        (same, Evidence::SamePatch(id("f"))),
        (other, Evidence::SameAuthor(id("f"))),
    ] {
        assert_eq!(
            history.ranges("b", "f"),
            [">= 1.0.0, < 1.0.1", ">= 3.0.0, < 3.0.1"]
        );
        assert_eq!(history.derive("b", "f").events[2].evidence, evidence);
    }
    assert_eq!(tagged().ranges("b", "f"), [">= 1.0.0, < 3.0.1"]);
}

#[test]
fn a_flaw_that_was_picked_to_a_branch_is_there_too() {
    let lines = "a\nx1 a\nb a\nx2 x1 | b\\n\\n(cherry picked from commit {b})\nf b";
    let branches = history(lines).tags("v1.0.0=x1 v1.0.1=x2 v2.0.0=b v2.0.1=f");
    assert_eq!(branches.ranges("b", "f"), [">= 1.0.1, < 2.0.1"]);
}

#[test]
fn a_reverted_fix_brings_the_flaw_back_until_it_is_fixed_again() {
    let lines = "a\nf a\nr f | Revert\\n\\nThis reverts commit {f}.\nc r\nrr c | Reapply\\n\\nThis reverts commit {r}.\nd rr";
    let line = history(lines).tags("v1.0.0=a v1.0.1=f v1.0.2=c v1.0.3=d");
    assert_eq!(line.ranges("", "f"), ["< 1.0.1", ">= 1.0.2, < 1.0.3"]);
    // Fixed again by another commit, which the first fix is no part of.
    let lines = "a\nf a\nr f | Revert\\n\\nThis reverts commit {f}.\nc r\ng c";
    let line = history(lines).tags("v1.0.0=a v1.0.1=f v1.0.2=c v1.0.3=g");
    assert_eq!(line.ranges("", "f g"), ["< 1.0.1", ">= 1.0.2, < 1.0.3"]);
}

#[test]
fn a_revert_without_a_hash_is_known_by_the_subject_that_it_names() {
    let lines =
        "a\nf a | Fix it (#3)\nr f | Revert \"Fix it (#3)\" (#4)\nrr r | Reapply \"Fix it (#3)\"";
    let line = history(lines).tags("v1.0.0=a v1.0.1=f v1.0.2=r v1.0.3=rr");
    assert_eq!(line.ranges("", "f"), ["< 1.0.1", ">= 1.0.2, < 1.0.3"]);
    let evidence = line.derive("", "f").events[1].evidence;
    assert_eq!(evidence, Evidence::RevertsByName(id("f")));
    assert!(!evidence.is_strong());
    // Something else of that name was reverted before there was a fix.
    let lines = "a\nr a | Revert \"Fix it\"\nf r | Fix it";
    let line = history(lines).tags("v1.0.0=a v1.0.1=r v1.0.2=f");
    assert_eq!(line.ranges("", "f"), ["< 1.0.2"]);
    assert_eq!(line.derive("", "f").events.len(), 1);
}

#[test]
fn a_reverted_introducer_ends_the_flaw() {
    let lines = "a\nb a\nr b | Revert\\n\\nThis reverts commit {b}.\nc r";
    let line = history(lines).tags("v1.0.0=a v1.0.1=b v1.0.2=c");
    assert_eq!(line.ranges("b", ""), [">= 1.0.1, < 1.0.2"]);
}

#[test]
fn reverting_a_merge_reverts_the_fix_that_it_brought() {
    let lines = "a\nf a\nb a\nm b f\nr m | Revert\\n\\nThis reverts commit {m}, reversing\nrr r | Reapply\\n\\nThis reverts commit {r}.";
    let line = history(lines).tags("v1.0.0=b v1.0.1=m v1.0.2=r v1.0.3=rr");
    assert_eq!(line.ranges("", "f"), ["< 1.0.1", ">= 1.0.2, < 1.0.3"]);
}

#[test]
fn reverting_a_merge_leaves_what_was_there_before_it() {
    // The branch brought the flaw and its fix: without it there is neither.
    let lines = "a\nb a\nf b\nc a\nm c f\nr m | Revert\\n\\nThis reverts commit {m}.";
    let lines = history(lines).tags("v1.0.0=c v1.0.1=m v1.0.2=r");
    assert!(lines.ranges("b", "f").is_empty());
}

#[test]
fn the_first_part_of_a_fix_does_not_end_the_flaw() {
    let lines = "a\nf a\ng f\nx a\nx1 x | f\\n(cherry picked from commit {f})\nx2 x1 | g\\n(cherry picked from commit {g})";
    let parts = history(lines).tags("v1.0.0=x v1.0.1=x1 v1.0.2=x2 v2.0.0=f v2.0.1=g");
    assert_eq!(parts.ranges("", "f g"), ["< 1.0.2", ">= 2.0.0, < 2.0.1"]);
    let events = parts.derive("", "f g").events;
    assert_eq!(events.iter().filter(|event| event.part).count(), 2);
}

#[test]
fn two_fixes_on_two_lines_are_not_parts_of_each_other() {
    let lines = "a\nf a\nx a\ng x\nm f g";
    let lines = history(lines).tags("v1.0.0=x v1.0.1=g v2.0.0=a v2.0.1=f v3.0.0=m");
    assert_eq!(lines.ranges("", "f g"), ["< 1.0.1", ">= 2.0.0, < 2.0.1"]);
}

#[test]
fn where_a_line_with_the_flaw_meets_one_that_is_rid_of_it_nobody_is_called_safe() {
    // The flaw was picked to a branch after the fix on the main line, and the branch was merged.
    let lines = "a\nb a\nf b\nx a\nx1 x | b\\n(cherry picked from commit {b})\nm f x1";
    let meeting = history(lines).tags("v1.0.0=a v1.1.0=b v1.2.0=f v1.3.0=m");
    assert_eq!(meeting.ranges("b", "f"), [">= 1.1.0, < 1.2.0", ">= 1.3.0"]);
    let last = &meeting.derive("b", "f").tags[3];
    assert_eq!(last.verdict, Verdict::Uncertain);
    assert_eq!(last.by, [id("f"), id("x1")]);
}

#[test]
fn lines_that_cross_twice_are_no_trouble() {
    let lines = "a\nb a\nc b\nd b\ne c d\ng d c\nf e\nh g\nm f h";
    let crossed = history(lines).tags("v1.0.0=a v1.1.0=e v1.2.0=f v1.3.0=h v2.0.0=m");
    assert_eq!(
        crossed.ranges("b", "f"),
        [">= 1.1.0, < 1.2.0", ">= 1.3.0, < 2.0.0"]
    );
}

#[test]
fn a_revert_that_quotes_a_pick_is_no_pick() {
    let lines = "a\nf a\nx a\nx1 x | f\\n(cherry picked from commit {f})\nx2 x1 | Revert\\nThis reverts commit {x1}.\\n(cherry picked from commit {f})";
    let quoting = history(lines).tags("v1.0.0=x v1.0.1=x1 v1.0.2=x2 v2.0.0=f");
    assert_eq!(quoting.ranges("", "f"), ["< 1.0.1", ">= 1.0.2, < 2.0.0"]);
}

#[test]
fn a_commit_that_nothing_reaches_is_named() {
    let refusal = history(LINE)
        .tags("v1.0.0=a")
        .try_derive("", "zz")
        .expect_err("unknown");
    let said = refusal.to_string();
    assert!(
        said.contains(&id("zz").to_string()) && said.contains("no branch"),
        "{said}"
    );
}

#[test]
fn what_is_given_is_never_read_otherwise() {
    let lines = "a\nf a\nr f | Revert\\n\\nThis reverts commit {f}.";
    let line = history(lines).tags("v1.0.0=a v1.0.1=f v1.0.2=r");
    let derived = line.derive("", "f r");
    assert!(
        derived
            .events
            .iter()
            .all(|event| event.effect == Effect::Ends)
    );
}

/// Both hashes begin with these digits.
const TWO: &str = "a\nsame1 a\nsame2 same1";

#[test]
fn an_abbreviation_that_two_commits_have_names_neither() {
    for message in [
        "Undo\\n\\nThis reverts commit 73616d6.",
        "Undo\\n\\nThis reverts commit 73616d65.",
        "Carry on\\n\\n(cherry picked from commit 73616d6)",
    ] {
        let line =
            history(&format!("{TWO}\nr same2 | {message}")).tags("v1.0.0=a v1.1.0=same1 v1.2.0=r");
        assert_eq!(line.ranges("", "same1"), ["< 1.1.0"], "{message}");
        assert_eq!(line.derive("", "same1").events.len(), 1, "{message}");
    }
    let line = history(&format!(
        "{TWO}\nr same2 | Undo\\n\\nThis reverts commit 73616d6531."
    ));
    let line = line.tags("v1.0.0=a v1.1.0=same1 v1.2.0=r");
    assert_eq!(line.ranges("", "same1"), ["< 1.1.0", ">= 1.2.0"]);
}

#[test]
fn a_revert_by_name_counts_where_its_hash_may_be_of_two_commits() {
    let revert = "r same2 | Revert \"same1\"\\n\\nThis reverts commit 73616d6.";
    let line = history(&format!("{TWO}\n{revert}")).tags("v1.0.0=a v1.1.0=same1 v1.2.0=r");
    assert_eq!(line.ranges("", "same1"), ["< 1.1.0", ">= 1.2.0"]);
    let evidence = line.derive("", "same1").events[1].evidence;
    assert_eq!(evidence, Evidence::RevertsByName(id("same1")));
}
