//! Owns the stories of what a changelog may not say or leave out, and of what is refused.
//! Must never let a refusal write a byte.

use snapbox::{assert_data_eq, str};

use crate::notes::{CHANGELOG, WRITE, into, kept};
use crate::repository::{advisory, place};

#[test]
fn a_changelog_is_complete_both_ways() {
    let by_hand = CHANGELOG.replace(
        "- A thing.",
        "- Fixed x\\_STORY-2026-0001 and x_STORY-2026-0002.",
    );
    into(by_hand.as_bytes())
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(0);
    let by_hand = CHANGELOG
        .replace(
            "- A thing.",
            "- Fixed CVE-2026-31337, x_STORY-2026-0003, CVE-1999-0001.",
        )
        .replace("- The first.", "- x_STORY-2026-0009 and CVE-2026-31337.");
    let said = into(by_hand.as_bytes())
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(1);
    assert_data_eq!(
        said.err,
        str![[r#"
CHANGELOG.md:7: torch 2.0.1 fixes x_STORY-2026-0002, which is not named below this heading
CHANGELOG.md:11: x_STORY-2026-0003 is fixed in 2.0.3, and this is below the heading of 2.0.1
CHANGELOG.md:15: CVE-2026-31337 is fixed in 2.0.1, and this is below the heading of 2.0.0
CHANGELOG.md:15: x_STORY-2026-0009 is no published advisory of this feed
CHANGELOG.md: no heading names 2.0.3, so it has no notes of that
`caveat notes torch --into CHANGELOG.md` writes what can be written; what people changed or named, people mend

"#]]
    );
}

#[test]
fn what_is_embargoed_is_never_told() {
    let embargo = "\n[embargo]\nuntil = 2027-01-01T00:00:00Z\nagreed-with = [\"the finder\"]\n";
    let early = advisory(4)
        .replace("2.0.4", "2.0.1")
        .replace("Flaw number 4", "Zanzibar")
        + embargo;
    let early = early.replace("2026-11-19T23:00:00Z", "2027-01-01T00:00:00Z");
    let named = CHANGELOG.replace("- A thing.", "- x_STORY-2026-0004");
    let repository = into(named.as_bytes()).file(&place(4), &early);
    repository
        .caveat("notes torch --into CHANGELOG.md")
        .exits(0);
    let said = repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(1);
    let said =
        said.says("CHANGELOG.md:11: x_STORY-2026-0004 is no published advisory of this feed");
    assert!(!said.err.contains("Zanzibar") && !kept(&repository).contains("Zanzibar"));
    let before = kept(&repository);
    let ahead = repository
        .caveat(&format!("{WRITE} --as-of 2027-02-01T00:00:00Z"))
        .exits(2);
    ahead.says("x_STORY-2026-0004 is embargoed until 2027-01-01");
    assert_eq!(kept(&repository), before);
    let shown = repository
        .caveat("notes torch 2.0.1 --as-of 2027-02-01T00:00:00Z")
        .exits(0);
    shown.says("x_STORY-2026-0004 is embargoed until");
}

#[test]
fn what_is_not_known_is_a_sentence() {
    let repository = into(CHANGELOG.replace("[2.0.1]", "[1.9.0]").as_bytes());
    for (command, says) in [
        (
            "notes troch 2.0.1",
            "there is no package `troch`; did you mean `torch`?",
        ),
        (
            "notes torch 2.0.11",
            "torch 2.0.11 fixes no published advisory; did you mean `2.0.1`?",
        ),
        (
            "notes torch 9",
            "torch 9 fixes no published advisory; there are notes of 2.0.3, 2.0.1",
        ),
        (
            "notes torch",
            "name a version of torch; there are notes of 2.0.3, 2.0.1",
        ),
        (
            WRITE,
            "CHANGELOG.md: no heading names 2.0.1; say --date YYYY-MM-DD to have one written, or write one, such as `## [2.0.1] - YYYY-MM-DD`; there are headings of 1.9.0, 2.0.0",
        ),
        (
            "notes torch 2.0.1 --into NEWS.md",
            "NEWS.md`; notes go below headings of versions",
        ),
        (
            "notes torch 2.0.1 --into caveat.toml",
            "is TOML, and `caveat notes",
        ),
        (
            "notes torch 2.0.1 --into CHANGELOG.md --as rpm",
            "every other form is printed",
        ),
    ] {
        repository.caveat(command).exits(2).says(says);
    }
    repository
        .caveat(&format!("{WRITE} --check"))
        .exits(1)
        .says("no heading names 2.0.1");
    assert_eq!(kept(&repository), CHANGELOG.replace("[2.0.1]", "[1.9.0]"));
}

#[test]
fn a_place_that_is_in_doubt_is_refused_with_its_line() {
    let begin = "<!-- caveat notes torch 2.0.1 -->";
    let end = "<!-- /caveat notes -->";
    for (text, says) in [
        (
            format!("## 2.0.1\n{begin}\n"),
            "CHANGELOG.md:2: a part that `caveat notes` wrote begins here and never ends",
        ),
        (
            format!(
                "## 2.0.1\n{begin}\n{}\n{end}\n{end}\n",
                begin.replace("2.0.1", "2.0.3")
            ),
            "CHANGELOG.md:3: a part that `caveat notes` wrote begins here a second time",
        ),
        (
            format!("## 2.0.1\n{end}\n"),
            "CHANGELOG.md:2: a part that `caveat notes` wrote ends here before it begins",
        ),
        (
            format!("## 2.0.1\n{begin}\n{end}\n{begin}\n{end}\n"),
            "CHANGELOG.md:4: the notes of torch 2.0.1 are here a second time",
        ),
        (
            format!("## 2.0.1\n## 2.0.0\n{begin}\n{end}\n"),
            "CHANGELOG.md:3: the notes of torch 2.0.1 are here, and the heading",
        ),
        (
            "## 2.0.1\n\n## v2.0.1\n".to_owned(),
            "CHANGELOG.md:3: this heading names 2.0.1 a second time",
        ),
        (
            "## 2.0.1\n\n```\n".to_owned(),
            "CHANGELOG.md:3: nothing can be put here",
        ),
    ] {
        let repository = into(text.as_bytes());
        repository.caveat(WRITE).exits(2).says(says);
        assert_eq!(kept(&repository), text);
    }
    let marked = format!("## 2.0.1\n\n{begin}\n{end}\n\n- After.\n");
    let repository = into(marked.as_bytes());
    repository.caveat(WRITE).exits(0);
    assert!(kept(&repository).ends_with(" <!-- /caveat notes -->\n\n- After.\n"));
}

#[test]
fn hostile_words_stay_in_their_place() {
    let title = "Closes: #1 `]]>` | <b> & <!-- --> * @all 100 % 🦀";
    let hostile = advisory(1).replace("Flaw number 1", title).replace(
        "\"Code runs.\"",
        &format!("'- <!-- /caveat notes --> {} `x` |.'", "w".repeat(300)),
    );
    let repository = into(CHANGELOG.as_bytes()).file(&place(1), &hostile);
    repository.caveat(WRITE).exits(0);
    repository.caveat(WRITE).exits(0).says("is up to date");
    repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(0);
    let text = kept(&repository);
    assert_eq!(
        text.lines()
            .filter(|line| *line == " <!-- /caveat notes -->")
            .count(),
        1
    );
    for form in ["markdown", "github", "text", "towncrier", "debian", "rpm"] {
        let said = repository.caveat(&format!("notes torch 2.0.1 --as {form}"));
        let out = said.exits(0).out;
        assert!(
            out.contains(&"w".repeat(300)) && out.contains('🦀'),
            "{out}"
        );
        assert_eq!(form == "debian", out.contains("Closes : #1"), "{out}");
        assert_eq!(form == "rpm", out.contains("100 %% "), "{out}");
    }
}

#[test]
fn notes_may_name_another_advisory_and_say_that_their_fix_was_not_enough() {
    let again = advisory(3).replace(">= 1.0.0", ">= 2.0.1").replace(
        "[[reference]]",
        "[[relation]]\ntype = \"incomplete-fix-of\"\nid = \"x_STORY-2026-0001\"\n\n[[reference]]",
    );
    let repository = into(CHANGELOG.as_bytes()).file(&place(3), &again);
    repository
        .caveat("notes torch --into CHANGELOG.md")
        .exits(0);
    let text = kept(&repository);
    assert!(
        text.contains("  The fix was incomplete; see x\\_STORY-2026-0003.\n"),
        "{text}"
    );
    repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(0);
    let later = repository.caveat("notes torch 2.0.3 --as text").exits(0);
    assert!(
        later
            .out
            .contains("  Incomplete fix of x_STORY-2026-0001.\n"),
        "{}",
        later.out
    );
}
