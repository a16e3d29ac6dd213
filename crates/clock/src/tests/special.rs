//! Owns the readings that are not of one event alone: silences, publication, exploited flaws, the law, and who may see them.
//! Must never repeat the table of `mod.rs`.

use caveat_advisory::{Event, LegalSheet, Policy};

use super::{PUBLISHED, advisory, at, told};
use crate::{Case, Mark, Promise, State, legal};

#[test]
fn the_worst_silence_counts_and_every_word_ends_one() {
    let kept = told(
        "reported = 2026-10-01T09:00:00Z\nacknowledged = 2026-10-02T09:00:00Z\n\
         updates = [2026-10-09T09:00:00Z, 2026-10-16T09:00:00Z]",
    );
    let reading = kept.one(Promise::Update);
    assert_eq!(
        (reading.state, reading.started.map(|start| start.at)),
        (State::Met, at("2026-10-09T09:00:00Z"))
    );
    assert_eq!(
        reading.target_words().expect("promised"),
        "at least every 7 days"
    );
    let late = told(
        "reported = 2026-09-01T09:00:00Z\nupdates = [2026-09-08T09:00:00Z, 2026-09-20T09:00:00Z, 2026-09-28T09:00:00Z]\n\
         fixed = 2026-10-04T09:00:00Z",
    );
    // Seven days, then twelve, eight and six, then sixteen until the publication.
    let reading = late.one(Promise::Update);
    assert_eq!((reading.state, reading.late), (State::Missed, 9 * 86_400));
    assert_eq!(reading.happened.map(|end| end.mark), Some(Mark::Published));
}

#[test]
fn a_silence_of_which_nothing_is_written_is_not_known() {
    told("reported = 2026-09-01T09:00:00Z").is(Promise::Update, State::NotKnown);
    told("reported = 2026-10-15T09:00:00Z").is(Promise::Update, State::Met);
}

#[test]
fn who_writes_why_it_is_late_says_that_it_is() {
    let mut excused = told(
        "reported = 2026-09-01T09:00:00Z\nfixed = 2026-10-01T09:00:00Z\n[late-reason]\nupdate = \"We forgot.\"\n\
         review = \"Nobody had time.\"",
    );
    excused.is(Promise::Update, State::Missed);
    excused.is(Promise::Review, State::Missed);
    excused.as_of = "2026-10-21T09:00:00Z";
    excused.is(Promise::Review, State::NotDue);
}

#[test]
fn an_earlier_word_elsewhere_ends_the_private_time() {
    let told = told("reported = 2026-07-01T09:00:00Z\ndisclosed = 2026-09-01T00:00:00Z");
    let reading = told.one(Promise::Disclose);
    assert_eq!(
        reading.happened.map(|end| end.mark),
        Some(Mark::Event(Event::Disclosed))
    );
    told.is(Promise::Disclose, State::Met);
    super::told("reported = 2026-07-01T09:00:00Z").is(Promise::Disclose, State::Missed);
}

#[test]
fn an_exploited_flaw_has_a_clock_of_its_own_until_there_is_a_fix_or_a_word() {
    let runs = |timeline| {
        let all = told(timeline).all();
        all.iter()
            .find(|reading| reading.promise == Promise::Exploited)
            .map(|reading| reading.state)
    };
    assert_eq!(runs("reported = 2026-10-01T09:00:00Z"), None);
    assert_eq!(
        runs("exploited = 2026-10-12T09:00:00Z"),
        Some(State::Missed)
    );
    assert_eq!(
        runs("exploited = 2026-10-12T09:00:00Z\nfixed = 2026-10-14T09:00:00Z"),
        Some(State::Met)
    );
    assert_eq!(runs("exploited = 2026-10-22T09:00:00Z"), None);
}

#[test]
fn the_legal_sheet_counts_from_awareness_and_from_the_fix() {
    let sheet = |timeline: &str| {
        let advisory = advisory("high", &format!("[timeline]\n{timeline}\n{PUBLISHED}"));
        let case = Case {
            policy: &Policy::default(),
            advisory: &advisory,
            unfixed: false,
            open: false,
            as_of: at("2026-12-31T00:00:00Z").expect("a time"),
        };
        let all = legal(LegalSheet::EuCra14, &case);
        all.iter()
            .map(|reading| (reading.state, reading.due))
            .collect::<Vec<_>>()
    };
    assert_eq!(sheet("reported = 2026-10-01T09:00:00Z"), []);
    // Before the article held.
    assert_eq!(sheet("exploited = 2026-09-10T23:59:59Z"), []);
    let all = sheet(
        "exploited = 2026-10-12T09:00:00Z\nfixed = 2026-10-14T09:00:00Z\nauthority-warned = 2026-10-13T09:00:00Z\n\
         authority-notified = 2026-10-15T09:00:01Z",
    );
    let expected = [
        (State::Met, at("2026-10-13T09:00:00Z")),
        (State::Missed, at("2026-10-15T09:00:00Z")),
        (State::NotKnown, at("2026-10-28T09:00:00Z")),
    ];
    assert_eq!(all, expected);
    let fixed_before = sheet("exploited = 2026-10-12T09:00:00Z\nfixed = 2026-09-01T09:00:00Z");
    assert_eq!(fixed_before[2].1, at("2026-10-26T09:00:00Z"));
}

#[test]
fn readers_see_only_what_the_policy_makes_public() {
    let told = told("reported = 2026-07-01T09:00:00Z\ndisclosed = 2026-09-01T00:00:00Z");
    let shown = |public: &[Event]| {
        let all = told.all();
        let shown = all.iter().filter(|reading| reading.is_public(public));
        shown.map(|reading| reading.promise).collect::<Vec<_>>()
    };
    assert_eq!(shown(&[]).len(), 6);
    assert_eq!(shown(&[Event::Reported]), []);
    assert_eq!(
        shown(&[Event::Reported, Event::Disclosed, Event::Fixed]),
        [Promise::Update, Promise::Fix, Promise::Disclose]
    );
}
