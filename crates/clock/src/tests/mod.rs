//! Owns the table of readings: what is written and when it is read, against what that comes to.
//! Must never build a policy or an advisory but as people write them.

mod special;

use caveat_advisory::{Advisory, Document, Draft, Event, Policy, Project, Timestamp};
use caveat_diag::Report;

use crate::{Case, Promise, Reading, State, readings};

const POLICY: &str = r#"
[policy.clock]
acknowledge = "48 h"
assess = "5 bd"
update = "7 d"
[policy.disclosure]
longest = "90 d"
exploited = "7 d"
[[policy.severity]]
id = "high"
definition = "Soon."
fix = "30 d"
review = "4 w"
[[policy.severity]]
id = "low"
definition = "Later."
"#;

fn policy(text: &str) -> Policy {
    let text = format!(
        "[feed]\nname = \"F\"\nurl = \"https://f.example.org\"\nid-prefix = \"x_F\"\nlicense = \"CC0-1.0\"\n{text}"
    );
    let draft = Draft {
        path: "caveat.toml".to_owned(),
        bytes: text.into_bytes(),
    };
    let mut report = Report::default();
    let project = Document::<Project>::read(draft, &mut report);
    project
        .unwrap_or_else(|| panic!("{}", caveat_diag::emit::short(&report)))
        .data()
        .policy
        .clone()
}

fn advisory(severity: &str, rest: &str) -> Advisory {
    let text = format!(
        "id = \"x_F-2026-0001\"\ntitle = \"T\"\nseverity = \"{severity}\"\nimpact = \"I.\"\ndescription = \"D\"\n\
         [[affected]]\npackage = \"p\"\nversions = [\"< 1\"]\n{rest}"
    );
    let draft = Draft {
        path: "advisories/2026/x_F-2026-0001.toml".to_owned(),
        bytes: text.into_bytes(),
    };
    let mut report = Report::default();
    let read = Document::<Advisory>::read(draft, &mut report);
    read.unwrap_or_else(|| panic!("{}", caveat_diag::emit::short(&report)))
        .data()
        .clone()
}

const PUBLISHED: &str = "[[revision]]\nat = 2026-10-20T09:00:00Z\nnote = \"First published.\"\n";

struct Told {
    timeline: &'static str,
    published: bool,
    unfixed: bool,
    as_of: &'static str,
}

/// A published advisory of high severity, read long after.
fn told(timeline: &'static str) -> Told {
    Told {
        timeline,
        published: true,
        unfixed: false,
        as_of: "2027-06-01T00:00:00Z",
    }
}

impl Told {
    fn all(&self) -> Vec<Reading> {
        let rest = if self.published { PUBLISHED } else { "" };
        let advisory = advisory("high", &format!("[timeline]\n{}\n{rest}", self.timeline));
        let case = Case {
            policy: &policy(POLICY),
            advisory: &advisory,
            unfixed: self.unfixed,
            open: !self.published,
            as_of: self.as_of.parse().expect("a time"),
        };
        readings(&case)
    }

    fn one(&self, promise: Promise) -> Reading {
        let all = self.all();
        let found = all.iter().find(|reading| reading.promise == promise);
        *found.expect("it runs")
    }

    fn is(&self, promise: Promise, state: State) {
        let reading = self.one(promise);
        assert_eq!(reading.state, state, "{reading:?}");
    }
}

fn at(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

#[test]
fn a_promise_is_kept_until_its_last_second() {
    let kept = told("reported = 2026-10-01T09:00:00Z\nacknowledged = 2026-10-03T09:00:00Z");
    kept.is(Promise::Acknowledge, State::Met);
    let late = told("reported = 2026-10-01T09:00:00Z\nacknowledged = 2026-10-03T09:00:01Z");
    late.is(Promise::Acknowledge, State::Missed);
    assert_eq!(late.one(Promise::Acknowledge).late, 1);
}

#[test]
fn business_days_weeks_and_days_are_read_by_the_same_calendar() {
    // Thursday 1 October; five business days end with Thursday 8.
    let told = told(
        "reported = 2026-10-01T09:00:00Z\nassessed = 2026-10-08T23:00:00Z\nfixed = 2026-10-12T09:00:00Z\n\
         reviewed = 2026-11-10T09:00:00Z",
    );
    let assess = told.one(Promise::Assess);
    assert_eq!(
        (assess.state, assess.due),
        (State::Met, at("2026-10-08T23:59:59Z"))
    );
    let fix = told.one(Promise::Fix);
    assert_eq!(
        (fix.state, fix.due),
        (State::Met, at("2026-10-31T09:00:00Z"))
    );
    let review = told.one(Promise::Review);
    assert_eq!((review.state, review.late), (State::Missed, 86_400));
}

#[test]
fn what_is_not_written_is_not_known_once_its_time_is_over() {
    let mut told = told("reported = 2026-10-01T09:00:00Z");
    for promise in [Promise::Acknowledge, Promise::Assess, Promise::Fix] {
        told.is(promise, State::NotKnown);
    }
    told.as_of = "2026-10-21T09:00:00Z";
    told.is(Promise::Fix, State::NotDue);
    // Without a report nobody knows when any of it began.
    let told = self::told("acknowledged = 2026-10-02T09:00:00Z");
    told.is(Promise::Acknowledge, State::NotKnown);
    told.is(Promise::Disclose, State::NotKnown);
    told.is(Promise::Update, State::NotKnown);
}

#[test]
fn a_flaw_without_a_fix_is_late_even_if_nothing_is_written() {
    let mut told = told("reported = 2026-10-01T09:00:00Z");
    told.unfixed = true;
    told.as_of = "2026-11-01T09:00:00Z";
    told.is(Promise::Fix, State::Missed);
    assert_eq!(told.one(Promise::Fix).late, 86_400);
    told.is(Promise::Review, State::NotDue);
}

#[test]
fn while_an_advisory_is_worked_on_what_is_not_written_has_not_happened() {
    let told = Told {
        timeline: "reported = 2026-10-01T09:00:00Z",
        published: false,
        unfixed: false,
        as_of: "2026-10-05T09:00:00Z",
    };
    told.is(Promise::Acknowledge, State::Missed);
    told.is(Promise::Assess, State::NotDue);
    told.is(Promise::Update, State::NotDue);
    told.is(Promise::Review, State::NotDue);
    told.is(Promise::Disclose, State::NotDue);
}

#[test]
fn a_class_without_a_target_promises_nothing() {
    let advisory = advisory("low", "[timeline]\nreported = 2026-10-01T09:00:00Z\n");
    let case = Case {
        policy: &policy(POLICY),
        advisory: &advisory,
        unfixed: false,
        open: false,
        as_of: at("2026-11-01T09:00:00Z").expect("a time"),
    };
    let none: Vec<Promise> = readings(&case)
        .iter()
        .filter(|reading| reading.state == State::NoTarget)
        .map(|reading| reading.promise)
        .collect();
    assert_eq!(none, [Promise::Fix, Promise::Review]);
    assert!(Promise::Fix.is_made(case.policy));
    assert!(!Promise::Assess.is_made(&Policy::default()));
}

#[test]
fn a_promise_may_run_from_another_event() {
    let text = POLICY.replace("fix = \"30 d\"", "fix = \"10 d after assessed\"");
    let advisory = advisory(
        "high",
        "[timeline]\nreported = 2026-09-01T09:00:00Z\nassessed = 2026-10-02T09:00:00Z\nfixed = 2026-10-12T09:00:00Z\n",
    );
    let case = Case {
        policy: &policy(&text),
        advisory: &advisory,
        unfixed: false,
        open: false,
        as_of: at("2026-11-01T09:00:00Z").expect("a time"),
    };
    let fix = readings(&case)[3];
    assert_eq!(
        (fix.state, fix.due),
        (State::Met, at("2026-10-12T09:00:00Z"))
    );
    assert_eq!(
        fix.target_words().expect("promised"),
        "within 10 days of the assessment"
    );
    assert!(!fix.is_public(&[Event::Reported, Event::Fixed]));
    assert!(fix.is_public(&[Event::Assessed, Event::Fixed]));
}
