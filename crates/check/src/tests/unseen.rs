//! Owns the proof of what is said of states that nobody saw: not pushed yet, kept private, or lost.
//! Must never need a repository.

use std::sync::Arc;

use caveat_advisory::{Input, Line, Past};

use super::past::{Remembered, retitled, said, with};
use super::{ADVISORY, PATH, PROJECT, draft, edited, input, judged, project, read};
use crate::{Now, is_public, to_list};

const LOCK: &str = "format = 1
[[package]]
ecosystem = 'npm'
name = 'torch'
event = [
  { commit = '0123456789abcdef0123456789abcdef01234567', effect = 'ends', how = 'given' },
]
";

#[test]
fn what_would_be_an_error_after_the_push_is_a_warning_before_it() {
    let mut past = Remembered::default();
    past.stop_pushing();
    past.add(PATH, ADVISORY);
    past.add(PATH, &retitled(ADVISORY));
    let text = with(past, &[(PATH, &retitled(ADVISORY))]);
    assert!(
        text.contains("warning[revision-unsaid]: once it is pushed, no revision tells readers of a change: title"),
        "{text}"
    );
    let moved = edited(ADVISORY, "2026-11-19T00:00:00Z", "2026-11-19T01:00:00Z");
    let mut past = Remembered::default();
    past.stop_pushing();
    past.add(PATH, ADVISORY);
    let text = with(past, &[(PATH, &moved)]);
    assert!(text.contains("warning[revision-rewritten]"), "{text}");
    let mut past = Remembered::default();
    past.stop_pushing();
    past.add("advisories/2026/x_T-2026-0002.toml", ADVISORY);
    let text = with(past, &[(PATH, ADVISORY)]);
    assert!(
        text.contains("warning[advisory-gone]: a push would publish"),
        "{text}"
    );
    let mut past = Remembered::default();
    past.add(PATH, ADVISORY);
    past.stop_pushing();
    past.add(PATH, &retitled(ADVISORY));
    let text = with(past, &[(PATH, &retitled(ADVISORY))]);
    assert!(text.contains("error[revision-unsaid]"), "{text}");
    assert!(!text.contains("warning"), "{text}");
}

#[test]
fn what_a_partial_clone_left_out_is_said_to_be_unchecked() {
    let mut past = Remembered::default();
    past.add(PATH, ADVISORY);
    past.lost.push(ADVISORY.to_owned());
    let text = with(past, &[(PATH, &retitled(ADVISORY))]);
    assert!(
        text.contains("note[history-shallow]: not checked: what 1 advisory said before"),
        "{text}"
    );
    let mut past = Remembered::default();
    past.add("advisories/2026/x_T-2026-0002.toml", &retitled(ADVISORY));
    past.lost.push(retitled(ADVISORY));
    let text = with(past, &[(PATH, ADVISORY)]);
    assert!(text.contains("note[history-shallow]"), "{text}");
    let mut past = Remembered::default();
    past.lock = Some("format = 1".to_owned());
    past.add(PATH, ADVISORY);
    past.lost.push("format = 1".to_owned());
    let text = with(past, &[(PATH, ADVISORY)]);
    assert!(text.contains("note[history-shallow]"), "{text}");
    // What is there as it was, need not be read.
    let mut past = Remembered::default();
    past.add(PATH, ADVISORY);
    past.lost.push(ADVISORY.to_owned());
    assert_eq!(with(past, &[(PATH, ADVISORY)]), "");
}

/// What the last revision of a text has to list, under a project with more in it.
fn list(past: &Remembered, text: &str, more: &str) -> Vec<String> {
    let (advisory, project) = (read(text), project(more));
    let now = Now {
        name: "x_T-2026-0001",
        advisory: &advisory,
        lock: None,
        project: &project,
        as_of: "2026-11-20T00:00:00Z".parse().expect("a time"),
    };
    let last = advisory.revisions.last().expect("one").at;
    assert_eq!(is_public(past, &now, last), Ok(false));
    let all = to_list(past, &now).expect("nothing is lost");
    let said = all.expect("known").into_iter();
    said.map(|one| format!("{} {}", one.field, one.from.unwrap_or_default()))
        .collect()
}

#[test]
fn what_the_policy_keeps_private_is_no_change_and_no_row() {
    let public = "[policy.clock]\npublic = [\"acknowledged\"]\n";
    let earlier = edited(ADVISORY, "2026-11-01T00:00:00Z", "2026-10-30T00:00:00Z");
    let judge = |now: &str| {
        let mut past = Remembered::default();
        past.add(PATH, ADVISORY);
        let input = Input {
            past: Some(Arc::new(past)),
            ..input(&format!("{PROJECT}{public}"), &[(PATH, now)])
        };
        judged(input).1
    };
    assert_eq!(judge(&earlier), "");
    assert!(said(&[ADVISORY], &earlier).contains("timeline.reported"));
    let mut past = Remembered::default();
    past.add(PATH, ADVISORY);
    let after = edited(
        &edited(&earlier, "Code runs.", "Any code runs."),
        "[embargo]",
        "[[revision]]\nat = 2026-11-19T13:00:00Z\nnote = \"N\"\n[embargo]",
    );
    assert_eq!(list(&past, &after, public), ["impact Code runs."]);
    let listed = edited(
        &earlier,
        "[embargo]",
        "[[revision]]\nat = 2026-11-19T13:00:00Z\nnote = \"N\"\nchanged = [{ field = \"timeline.reported\" }]\n[embargo]",
    );
    assert!(judge(&listed).contains("error[revision-private]"));
}

#[test]
fn a_lock_that_changes_the_commits_of_a_record_is_a_change() {
    let npm = PROJECT
        .replace("ecosystem = \"PyPI\"", "ecosystem = \"npm\"")
        .replace("pkg:pypi", "pkg:npm");
    let advisory = edited(
        ADVISORY,
        "fixed-by",
        "introduced-by = [\"fedcba9876543210fedcba9876543210fedcba98\"]\nfixed-by",
    );
    let judge = |npm: &str, before: Option<&str>, now: Option<&str>| {
        let mut past = Remembered::default();
        past.lock = before.map(str::to_owned);
        past.add(PATH, &advisory);
        let lock = now.map(|text| draft(&PATH.replace(".toml", ".lock"), text));
        let input = Input {
            past: Some(Arc::new(past)),
            locks: lock.into_iter().collect(),
            ..input(npm, &[(PATH, &advisory)])
        };
        judged(input).1
    };
    let more = LOCK.replace("]\n", "  { commit = 'abcdefabcdefabcdefabcdefabcdefabcdefabcd', effect = 'ends', how = 'picked' },\n]\n");
    let told = "no revision tells readers of a change: affected[torch].commits";
    for (before, now) in [
        (None, Some(LOCK)),
        (Some(LOCK), Some(&*more)),
        (Some(LOCK), None),
    ] {
        let text = judge(&npm, before, now);
        assert!(text.contains(told), "{text}");
    }
    assert!(!judge(&npm, Some(LOCK), Some(LOCK)).contains("revision-unsaid"));
    let newer = LOCK.replace("format = 1", "# Tags are not shown.\nformat = 1");
    assert!(!judge(&npm, Some(LOCK), Some(&newer)).contains("revision-unsaid"));
    // What another version of the program wrote.
    let other = more.replace("format = 1", "format = 1\nlater = true");
    assert!(!judge(&npm, Some(&other), Some(LOCK)).contains("revision-unsaid"));
    // A record for pip-audit has no ranges of git.
    assert!(!judge(PROJECT, None, Some(LOCK)).contains("revision-unsaid"));
}

#[test]
fn a_new_revision_follows_what_was_committed_last_or_else_what_readers_saw() {
    let revision = |text: &str, hour: u32, changed: &str| {
        let row = format!(
            "[[revision]]\nat = 2026-11-19T{hour}:00:00Z\nnote = \"N\"\nchanged = [{changed}]\n[embargo]"
        );
        edited(text, "[embargo]", &row)
    };
    let title = "{ field = \"title\", from = \"A title\", to = \"Another title\" }";
    let second = revision(&retitled(ADVISORY), 13, title);
    let third = revision(&edited(&second, "Code runs.", "Any code runs."), 14, "");
    let list = |past: &Remembered, text: &str| list(past, text, "");
    let mut past = Remembered::default();
    past.add(PATH, ADVISORY);
    past.stop_pushing();
    assert_eq!(list(&past, &third), ["impact Code runs."]);
    let again = edited(&third, "title = \"Another", "title = \"A third");
    assert_eq!(
        list(&past, &again),
        ["title Another title", "impact Code runs."]
    );
    let back = edited(&third, "title = \"Another title", "title = \"A title");
    assert_eq!(
        list(&past, &back),
        ["impact Code runs.", "title Another title"]
    );
    past.add(PATH, &second);
    assert_eq!(list(&past, &third), ["impact Code runs."]);
    // What was edited and committed after the second revision is still told.
    past.add(PATH, &edited(&second, "Code runs.", "Any code runs."));
    assert_eq!(list(&past, &third), ["impact Code runs."]);
    assert_eq!(past.names(Line::Public), ["x_T-2026-0001"]);
}
