//! Owns the proof that revisions stay what readers saw, and tell all that git shows.
//! Must never need a repository.

use super::past::{Remembered, retitled, revised, said, with};
use super::{ADVISORY, PATH, edited};

const TOLD: &str = "[[revision]]
at = 2026-11-19T13:00:00Z
note = \"A better title.\"
changed = [{ field = \"title\", from = \"A title\", to = \"Another title\" }]
narrows = \"Fewer are affected.\"
fix-reverted = \"It was backed out.\"
[embargo]";

fn told() -> String {
    edited(&retitled(ADVISORY), "[embargo]", TOLD)
}

fn moved(text: &str) -> String {
    edited(text, "2026-11-19T00:00:00Z", "2026-11-19T01:00:00Z")
}

#[test]
fn a_revision_that_was_rewritten_stays_so_however_many_commits_are_on_top_of_it() {
    let other = moved(ADVISORY);
    for states in [
        vec![ADVISORY, &other],
        vec![ADVISORY, &other, &other],
        vec![ADVISORY, &other, "title = 1", &other],
    ] {
        let text = said(&states, &other);
        assert!(
            text.contains("[revision-rewritten]: the revision of 2026-11-19T00:00:00Z is gone"),
            "{text}"
        );
    }
    // Once it is put back, the commit that rewrote it is no witness.
    assert_eq!(said(&[ADVISORY, &other], ADVISORY), "");
}

#[test]
fn what_a_revision_says_it_changed_is_not_written_anew() {
    let before = told();
    for (from, to, key) in [
        ("field = \"title\"", "field = \"impact\"", "changed"),
        (
            "to = \"Another title\"",
            "to = \"A third title\"",
            "changed",
        ),
        (
            "changed = [{ field = \"title\", from = \"A title\", to = \"Another title\" }]\n",
            "",
            "changed",
        ),
        ("narrows = ", "editorial = true\nnarrows = ", "editorial"),
        ("narrows = \"Fewer are affected.\"\n", "", "narrows"),
        ("narrows = ", "reinstates = ", "narrows"),
        (
            "fix-reverted = \"It was backed out.\"\n",
            "",
            "fix-reverted",
        ),
    ] {
        let now = edited(&before, from, to);
        for states in [vec![ADVISORY, &before], vec![ADVISORY, &before, &now]] {
            let text = said(&states, &now);
            let message =
                format!("`{key}` of the revision of 2026-11-19T13:00:00Z is not what it was");
            assert!(text.contains(&message), "{to}: {text}");
        }
    }
}

#[test]
fn sentences_of_a_revision_are_mended_and_values_taken_out_for_good() {
    let before = told();
    let mended = edited(&before, "A better title.", "A better title, by request.");
    let mended = edited(&mended, "Fewer are", "Fewer of them are");
    let silent = edited(&mended, ", from = \"A title\", to = \"Another title\"", "");
    let reason = edited(&mended, "narrows = ", "reinstates = \"It is.\"\nnarrows = ");
    for now in [&mended, &silent, &reason] {
        let text = said(&[ADVISORY, &before], now);
        assert!(!text.contains("revision-rewritten"), "{text}");
    }
    let text = said(&[ADVISORY, &before, &silent], &mended);
    assert!(text.contains("`changed` of the revision"), "{text}");
}

#[test]
fn what_git_shows_is_not_editorial_because_its_author_calls_it_so() {
    let silent = edited(
        &edited(ADVISORY, "< 2.1.0", "< 2.2.0"),
        "[embargo]",
        "[[revision]]\nat = 2026-11-19T13:00:00Z\nnote = \"A comma.\"\neditorial = true\n[embargo]",
    );
    for states in [vec![ADVISORY], vec![ADVISORY, &silent]] {
        let text = said(&states, &silent);
        assert!(
            text.contains(
                "error[revision-editorial]: `affected[torch].versions` is not changed in passing"
            ),
            "{text}"
        );
    }
    // The way out of what was published so.
    let loud = edited(
        &silent,
        "[embargo]",
        "[[revision]]\nat = 2026-11-19T14:00:00Z\nnote = \"2.1.x is affected too.\"\n[embargo]",
    );
    let text = said(&[ADVISORY, &silent], &loud);
    assert!(!text.contains("revision-editorial"), "{text}");
}

/// The second of two revisions that come out together.
fn twice(text: &str) -> String {
    let second = "[[revision]]\nat = 2026-11-19T14:00:00Z\nnote = \"A broader impact.\"\nchanged = [{ field = \"impact\" }]\n[embargo]";
    edited(
        &edited(text, "Code runs.", "Any code runs."),
        "[embargo]",
        second,
    )
}

#[test]
fn revisions_that_come_out_together_tell_together() {
    let first = revised(&retitled(ADVISORY));
    let second = twice(&first);
    assert_eq!(said(&[ADVISORY], &second), "");
    let mut past = Remembered::default();
    past.add(PATH, ADVISORY);
    past.stop_pushing();
    past.add(PATH, &first);
    assert_eq!(with(past, &[(PATH, &second)]), "");
    let forgotten = edited(
        &second,
        "severity = \"high\"",
        "severity = \"high\"\nworkaround = \"None.\"",
    );
    let text = said(&[ADVISORY], &forgotten);
    assert!(text.contains("does not name: workaround"), "{text}");
    // What the first of them changed, the second changed back.
    let back = edited(&second, "Another title", "A title");
    let back = edited(
        &back,
        "[{ field = \"impact\" }]",
        "[{ field = \"impact\" }, { field = \"title\" }]",
    );
    assert_eq!(said(&[ADVISORY], &back), "");
}
