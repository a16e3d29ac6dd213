//! Owns the proof of what is added to an advisory after it was published.
//! Must never test the form of the rest.

use caveat_advisory::{Change, Revision, Withdrawal, WithdrawalReason};
use snapbox::{assert_data_eq, str};

use crate::{Fault, amend, reinstate, revise, withdraw};

fn at(text: &str) -> caveat_advisory::Timestamp {
    text.parse().expect("a time")
}

const PUBLISHED: &str = "title = 'x'   # kept\n\n[[revision]]\nat = 2026-11-01T00:00:00Z\nnote = 'First.'\n\n[embargo]\nuntil = 2026-10-01T00:00:00Z # long ago\n";

#[test]
fn a_revision_follows_the_last_one_wherever_that_stands() {
    let revised = revise(
        PUBLISHED,
        &Revision::new(at("2026-11-02T00:00:00Z"), "Say \"more\"."),
    )
    .expect("later");
    let expected = PUBLISHED.replace(
        "'First.'\n",
        "'First.'\n\n[[revision]]\nat = 2026-11-02T00:00:00Z\nnote = 'Say \"more\".'\n",
    );
    assert_eq!(revised, expected);
}

#[test]
fn revisions_in_one_array_stay_in_it() {
    let text =
        "revision = [\n  { at = 2026-11-01T00:00:00Z, note = 'First.' }, # one\n]\ntitle = 'x'\n";
    let revised = revise(text, &Revision::new(at("2026-11-02T00:00:00Z"), "More.")).expect("later");
    let expected = text.replace(
        "# one\n",
        "# one\n  { at = 2026-11-02T00:00:00Z, note = \"More.\" },\n",
    );
    assert_eq!(revised, expected);
}

#[test]
fn a_revision_that_is_not_later_is_refused() {
    let same = at("2026-11-01T00:00:00Z");
    let refused = revise(PUBLISHED, &Revision::new(same, "x"));
    assert_eq!(
        refused,
        Err(Fault::NotLater {
            at: same,
            last: same
        })
    );
}

#[test]
fn a_withdrawal_tells_readers_by_a_revision_of_the_same_time() {
    let withdrawal = Withdrawal {
        at: at("2026-11-02T00:00:00Z"),
        reason: WithdrawalReason::Duplicate,
        replaced_by: vec!["x_T-2026-0002".to_owned()],
        note: Some("Twice.".to_owned()),
    };
    let withdrawn = withdraw(PUBLISHED, &withdrawal).expect("published");
    assert_data_eq!(
        withdrawn.clone(),
        str![[r#"
title = 'x'   # kept

[[revision]]
at = 2026-11-01T00:00:00Z
note = 'First.'

[[revision]]
at = 2026-11-02T00:00:00Z
note = "Withdrawn: duplicate of another advisory; read x_T-2026-0002 instead."

[withdrawn]
at = 2026-11-02T00:00:00Z
reason = "duplicate"
replaced-by = ["x_T-2026-0002"]
note = "Twice."

[embargo]
until = 2026-10-01T00:00:00Z # long ago

"#]]
    );
    assert_eq!(withdraw(&withdrawn, &withdrawal), Err(Fault::Withdrawn));
    assert_eq!(
        withdraw("title = 'x'\n", &withdrawal),
        Err(Fault::Unpublished)
    );
}

fn change(field: &str, from: Option<&str>, to: Option<&str>) -> Change {
    Change {
        field: field.to_owned(),
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
    }
}

#[test]
fn a_revision_lists_what_it_changed_a_line_each() {
    let revision = Revision {
        editorial: true,
        changed: vec![
            change("title", Some("A"), Some("B")),
            change("description", None, None),
        ],
        narrows: Some("Nobody runs it.".to_owned()),
        ..Revision::new(at("2026-11-02T00:00:00Z"), "Rated lower.")
    };
    let revised = revise(PUBLISHED, &revision).expect("later");
    let expected = "note = \"Rated lower.\"\neditorial = true\nchanged = [\n  { field = \"title\", from = \"A\", to = \"B\" },\n  { field = \"description\" },\n]\nnarrows = \"Nobody runs it.\"\n";
    assert!(revised.contains(expected), "{revised}");
    let line = "revision = [{ at = 2026-11-01T00:00:00Z, note = 'First.' }]\n";
    let revised = revise(line, &revision).expect("later");
    assert_eq!(revised.lines().count(), 1, "{revised}");
}

#[test]
fn what_the_last_revision_changed_is_written_anew() {
    let list = [change("impact", None, Some("x"))];
    let amended = amend(PUBLISHED, &list, Some("Second.")).expect("a revision");
    assert!(
        amended.contains("note = \"Second.\"\nchanged = [{ field = \"impact\", to = \"x\" }]\n"),
        "{amended}"
    );
    let bare = amend(&amended, &[], None).expect("a revision");
    assert!(!bare.contains("changed"), "{bare}");
    assert_eq!(amend("title = 'x'\n", &[], None), Err(Fault::Unpublished));
}

#[test]
fn what_was_withdrawn_stands_again_by_a_revision_that_says_why() {
    let withdrawal = Withdrawal {
        at: at("2026-11-02T00:00:00Z"),
        reason: WithdrawalReason::NotReproducible,
        replaced_by: Vec::new(),
        note: None,
    };
    let withdrawn = withdraw(PUBLISHED, &withdrawal).expect("published");
    let revision = Revision {
        reinstates: Some("It was reproduced.".to_owned()),
        ..Revision::new(at("2026-11-03T00:00:00Z"), "Stands again.")
    };
    let again = reinstate(&withdrawn, &revision).expect("withdrawn");
    assert!(!again.contains("[withdrawn]"), "{again}");
    assert!(
        again.contains("reinstates = \"It was reproduced.\""),
        "{again}"
    );
    assert!(
        again.contains("[embargo]\nuntil = 2026-10-01T00:00:00Z # long ago"),
        "{again}"
    );
    assert_eq!(reinstate(PUBLISHED, &revision), Err(Fault::NotWithdrawn));
}
