//! Owns a past that tests write down, and the proof of what git is a witness of.
//! Must never need a repository.

use std::collections::BTreeMap;
use std::sync::Arc;

use caveat_advisory::{Commit, Input, Line, Past, PastState, Timestamp};

use caveat_diag::Report;
use caveat_diag::emit::human;

use super::{ADVISORY, PATH, PROJECT, edited, input, judged};
use crate::check;

/// States in the order in which they were committed.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    lines: BTreeMap<String, Vec<PastState>>,
    /// The lines as they were when the last push was.
    public: Option<BTreeMap<String, Vec<PastState>>>,
    /// The lock beside what is added.
    pub(super) lock: Option<String>,
    /// What a partial clone left out.
    pub(super) lost: Vec<String>,
    end: Option<String>,
}

impl Remembered {
    /// Adds the newest state of a file; each commit is a minute after the one before.
    pub(super) fn add(&mut self, path: &str, text: &str) {
        let name = path.rsplit('/').next().expect("a name");
        let name = name.strip_suffix(".toml").expect("an advisory");
        let line = self.lines.entry(name.to_owned()).or_default();
        let minute = line.len();
        let at = |minute| -> Timestamp {
            let text = format!("2026-11-19T20:{minute:02}:00Z");
            text.parse().expect("a time")
        };
        if let Some(newest) = line.first_mut() {
            newest.until = Some(at(minute));
        }
        let state = PastState {
            path: path.to_owned(),
            commit: Commit {
                id: format!("{minute:040}"),
                time: at(minute),
            },
            until: None,
            content: text.to_owned(),
            lock: self.lock.clone(),
        };
        line.insert(0, state);
    }

    /// What is committed from here on is not pushed.
    pub(super) fn stop_pushing(&mut self) {
        self.public = Some(self.lines.clone());
    }
}

impl Past for Remembered {
    fn end(&self) -> Option<&str> {
        self.end.as_deref()
    }

    fn names(&self, line: Line) -> Vec<&str> {
        self.lines(line).keys().map(String::as_str).collect()
    }

    fn states(&self, line: Line, name: &str) -> &[PastState] {
        self.lines(line).get(name).map_or(&[], Vec::as_slice)
    }

    fn content(&self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).into_owned()
    }

    fn bytes(&self, content: &str) -> Option<Vec<u8>> {
        let lost = self.lost.iter().any(|lost| lost == content);
        (!lost).then(|| content.as_bytes().to_vec())
    }
}

impl Remembered {
    fn lines(&self, line: Line) -> &BTreeMap<String, Vec<PastState>> {
        let public = self.public.as_ref().filter(|_| line == Line::Public);
        public.unwrap_or(&self.lines)
    }
}

/// What is said of a text after these states of it.
pub(super) fn said(before: &[&str], now: &str) -> String {
    let mut past = Remembered::default();
    for text in before {
        past.add(PATH, text);
    }
    with(past, &[(PATH, now)])
}

/// The same with notes and help.
pub(super) fn full(before: &[&str], now: &str) -> String {
    let mut past = Remembered::default();
    for text in before {
        past.add(PATH, text);
    }
    let input = Input {
        past: Some(Arc::new(past)),
        ..input(PROJECT, &[(PATH, now)])
    };
    let mut report = Report::default();
    let as_of = "2026-11-20T00:00:00Z".parse().expect("a time");
    check(input, as_of, &mut report);
    human(&report, false)
}

/// The notes of `revision-narrows` on these edits, told by a revision that nobody saw.
pub(crate) fn narrowings(edits: &[(&str, &str)]) -> String {
    let edit = |text: String, (from, to): &(&str, &str)| edited(&text, from, to);
    let now = edits.iter().fold(revised(ADVISORY), edit);
    let said = full(&[ADVISORY], &now);
    let found = said
        .split("\n\n")
        .find(|one| one.contains("[revision-narrows]"));
    let notes = found.unwrap_or_default().lines();
    let notes = notes.filter(|line| line.contains("= note"));
    notes.collect::<Vec<_>>().join("\n")
}

pub(super) fn with(past: Remembered, files: &[(&str, &str)]) -> String {
    let input = Input {
        past: Some(Arc::new(past)),
        ..input(PROJECT, files)
    };
    judged(input).1
}

const REVISED: &str = "[[revision]]\nat = 2026-11-19T13:00:00Z\nnote = \"A better title.\"\nchanged = [{ field = \"title\" }]\n[embargo]";

pub(super) fn revised(text: &str) -> String {
    edited(text, "[embargo]", REVISED)
}

pub(super) fn retitled(text: &str) -> String {
    edited(text, "A title", "Another title")
}

#[test]
fn a_change_without_a_revision_names_its_fields_and_the_commit() {
    let text = said(&[ADVISORY], &retitled(ADVISORY));
    assert!(
        text.contains("[revision-unsaid]: no revision tells readers of a change: title"),
        "{text}"
    );
}

#[test]
fn a_name_that_is_taken_back_is_told_without_a_mail() {
    let silent = edited(ADVISORY, "consent = [\"advisory\"]", "");
    let help = |now: &str| full(&[ADVISORY], now);
    assert!(help(&silent).contains("caveat revise x_T-2026-0001 --editorial -m"));
    let both = help(&retitled(&silent));
    assert!(both.contains("caveat revise x_T-2026-0001 -m"), "{both}");
    assert!(both.contains("with `--editorial`"), "{both}");
    let harmed = help(&edited(&silent, "< 2.1.0", "< 2.2.0"));
    assert!(!harmed.contains("--editorial"), "{harmed}");
}

#[test]
fn a_change_with_its_revision_and_a_reformatted_file_are_fine() {
    assert_eq!(said(&[ADVISORY], &revised(&retitled(ADVISORY))), "");
    let spaced = ADVISORY
        .replace(" = ", "  =  ")
        .replace("[[affected]]", "# Why\n[[affected]]");
    assert_eq!(said(&[ADVISORY], &spaced), "");
}

#[test]
fn what_was_mended_before_it_came_out_was_never_published() {
    let hidden = |text: &str| edited(text, "until = 2026-11-18", "until = 2026-11-21");
    let text = said(&[&hidden(ADVISORY)], &retitled(ADVISORY));
    assert!(!text.contains("revision-unsaid"), "{text}");
}

#[test]
fn a_change_stays_unsaid_however_many_commits_are_on_top_of_it() {
    let second = retitled(ADVISORY);
    let third = edited(&second, "Code runs.", "Any code runs.");
    for now in [&third, &second] {
        let text = said(&[ADVISORY, &second, &third], now);
        assert!(text.contains("title"), "{text}");
    }
    assert_eq!(said(&[ADVISORY, &second, &third], ADVISORY), "");
    let text = said(&[ADVISORY, &second, &third], &revised(&third));
    assert!(!text.contains("revision-unsaid"), "{text}");
}

#[test]
fn a_revision_that_was_seen_is_neither_moved_nor_dropped() {
    let moved = edited(ADVISORY, "2026-11-19T00:00:00Z", "2026-11-19T01:00:00Z");
    let dropped = edited(
        ADVISORY,
        "[[revision]]\nat = 2026-11-19T12:00:00Z\nnote = \"Added the second branch.\"\n",
        "",
    );
    for now in [moved, dropped] {
        let text = said(&[ADVISORY], &now);
        assert!(text.contains("[revision-rewritten]"), "{text}");
    }
}

#[test]
fn a_revision_that_names_other_fields_than_it_changed_is_told() {
    let now = revised(&edited(ADVISORY, "Code runs.", "Any code runs."));
    let text = said(&[ADVISORY], &now);
    assert!(text.contains("does not name: impact"), "{text}");
    let text = said(&[ADVISORY], &revised(ADVISORY));
    assert!(text.contains("did not change: title"), "{text}");
}

#[test]
fn an_advisory_may_move_but_not_go() {
    let other = "advisories/2025/x_T-2026-0001.toml";
    let mut past = Remembered::default();
    past.add(other, ADVISORY);
    assert_eq!(with(past, &[(PATH, ADVISORY)]), "");
    let mut past = Remembered::default();
    past.add("advisories/2026/x_T-2026-0002.toml", ADVISORY);
    let text = with(past, &[(PATH, ADVISORY)]);
    assert!(
        text.contains("x_T-2026-0002.toml") && text.contains("[advisory-gone]"),
        "{text}"
    );
}

#[test]
fn what_today_cannot_be_read_is_compared_with_nothing() {
    assert_eq!(said(&["title = 1"], ADVISORY), "");
}

#[test]
fn a_shallow_clone_is_said_to_be_one() {
    let past = Remembered {
        end: Some("0123456789abcdef".to_owned()),
        ..Remembered::default()
    };
    let text = with(past, &[(PATH, ADVISORY)]);
    assert!(text.contains("note[history-shallow]"), "{text}");
}

#[test]
fn a_name_that_left_the_credits_is_in_no_text_of_any_file() {
    let named = |text: &str| edited(text, "Code runs.", "Code runs, as Quentin *Quarry* showed.");
    let credited = |text: &str| edited(text, "A. Finder", "Quentin Quarry");
    let unnamed = edited(
        ADVISORY,
        "name = \"A. Finder\"\nrole = \"finder\"\nconsent = [\"advisory\"]",
        "role = \"finder\"",
    );
    let before = named(&credited(ADVISORY));
    let text = said(&[&before], &named(&unnamed));
    assert!(text.contains("error[credit-remembered]"), "{text}");
    let text = said(&[&before], &unnamed);
    assert!(!text.contains("credit-remembered"), "{text}");
    // Of who is credited still, other rules speak.
    let text = said(&[&before], &before);
    assert!(!text.contains("credit-remembered"), "{text}");
    let mut past = Remembered::default();
    past.add(PATH, &credited(ADVISORY));
    let path = "advisories/2026/x_T-2026-0002.toml";
    let other = named(&ADVISORY.replace("2026-0001", "2026-0002"));
    let text = with(past, &[(PATH, ADVISORY), (path, &other)]);
    assert!(
        text.contains("0002.toml") && text.contains("[credit-remembered]"),
        "{text}"
    );
}

#[test]
fn a_reason_in_any_revision_that_nobody_saw_is_enough_and_a_public_one_is_past_mending() {
    let fewer = |text: &str| edited(text, "< 1.2.0", "< 1.1.0");
    let silent = revised(&fewer(ADVISORY));
    let text = said(&[ADVISORY], &silent);
    assert!(text.contains("warning[revision-narrows]"), "{text}");
    let help = full(&[ADVISORY], &silent);
    assert!(help.contains("narrows = \"reason\""), "{help}");
    assert!(!said(&[ADVISORY, &silent], &silent).contains("narrows"));
    let note = "note = \"A better title.\"";
    let told = edited(&silent, note, &format!("{note}\nnarrows = \"Why.\""));
    assert!(!said(&[ADVISORY], &told).contains("revision-narrows"));
    let more = "[[revision]]\nat = 2026-11-19T14:00:00Z\nnote = \"More.\"\n[embargo]";
    let later = edited(&told, "[embargo]", more);
    assert!(!said(&[ADVISORY], &later).contains("revision-narrows"));
    let end = "[withdrawn]\nat = 2026-11-19T13:00:00Z\nreason = \"not-a-vulnerability\"\nnote = \"No.\"\n[embargo]";
    let withdrawn = edited(&silent, "[embargo]", end);
    // A withdrawal takes back nothing else: the gate says the same.
    assert!(said(&[ADVISORY], &withdrawn).contains("revision-narrows"));
}
