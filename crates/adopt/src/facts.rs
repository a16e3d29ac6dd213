//! Owns what was understood, each with its place and, where it is so, the words of the guess.
//! Must never hold a value without a place.

use std::ops::Range;

use caveat_advisory::{
    BountyState, Bump, Consent, Date, Period, State, SupportStatus, Target, Unit,
};

/// Something the text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said<T> {
    pub(crate) value: T,
    pub(crate) at: Range<usize>,
    /// Why it is a guess, if it is one.
    pub(crate) guess: Option<String>,
}

impl<T> Said<T> {
    pub(crate) fn new(value: T, at: &Range<usize>) -> Self {
        Self {
            value,
            at: at.clone(),
            guess: None,
        }
    }

    pub(crate) fn guess(value: T, at: &Range<usize>, why: &str) -> Self {
        Self {
            value,
            at: at.clone(),
            guess: Some(why.to_owned()),
        }
    }
}

/// A row of the support table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) versions: Option<Said<String>>,
    pub(crate) status: Option<Said<SupportStatus>>,
    pub(crate) until: Option<Said<Date>>,
    pub(crate) at: Range<usize>,
    /// Where only a symbol says the status.
    pub(crate) symbol: Option<Range<usize>>,
    /// Where its table begins.
    pub(crate) table: usize,
    /// Its table says something else of versions of the first one: it is about another package.
    pub(crate) apart: bool,
}

impl Row {
    /// `< 1.0`.
    pub(crate) fn is_below(&self) -> bool {
        self.label.trim_start().starts_with('<')
    }
}

/// A severity class.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    pub(crate) id: &'static str,
    pub(crate) label: String,
    pub(crate) definition: Option<Said<String>>,
    pub(crate) fix: Option<Said<Target>>,
    pub(crate) cve: Option<Said<bool>>,
    pub(crate) review: Option<Said<Target>>,
    /// Lowest and highest CVSS score.
    pub(crate) band: Option<Said<(f64, f64)>>,
    pub(crate) notify: Vec<Said<String>>,
    pub(crate) at: Range<usize>,
}

/// A place where advisories appear.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) name: String,
    pub(crate) url: Option<Said<String>>,
    pub(crate) planned: bool,
    pub(crate) at: Range<usize>,
}

/// A way to report.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) name: String,
    pub(crate) url: Option<Said<String>>,
    pub(crate) state: State,
    pub(crate) urgent: bool,
    /// The text itself says that it may not be there.
    pub(crate) doubted: bool,
    pub(crate) at: Range<usize>,
    pub(crate) guess: Option<String>,
}

/// A time, as it was written.
#[derive(Clone, Debug)]
pub(crate) struct Time {
    pub(crate) target: Target,
    /// In small letters.
    pub(crate) words: String,
    /// The facts say the same.
    pub(crate) held: bool,
    /// Two ends were written.
    pub(crate) range: bool,
    pub(crate) at: Range<usize>,
}

/// What a time is promised for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    Acknowledge,
    Assess,
    Update,
    Fix,
    Disclose,
    Exploited,
}

/// A time that `caveat.toml` cannot hold as it is said: an answer for one class, or a fix for every flaw.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    pub(crate) clock: Clock,
    pub(crate) class: Option<&'static str>,
    pub(crate) said: Said<Target>,
    pub(crate) words: String,
}

/// Words of the text that are in no fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Left {
    /// The part they are of.
    pub(crate) part: Range<usize>,
    pub(crate) at: Range<usize>,
    pub(crate) words: Vec<String>,
}

/// Lines that nobody understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) at: Range<usize>,
    /// There is a value or a promise in them, and not only politeness.
    pub(crate) matters: bool,
}

/// A step of a schedule in days: `Day 3-7: Verification`.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) from: u32,
    /// `None` for `Day 30+`.
    pub(crate) to: Option<u32>,
    pub(crate) lower: String,
    pub(crate) at: Range<usize>,
}

/// A text for lawyers.
#[derive(Clone, Debug)]
pub(crate) struct Harbour {
    pub(crate) text: String,
    pub(crate) at: Range<usize>,
    pub(crate) date: Option<Date>,
    pub(crate) version: Option<String>,
}

/// What is said of the project's own security.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) says: String,
    pub(crate) evidence: Option<String>,
    pub(crate) kind: ClaimKind,
    pub(crate) at: Range<usize>,
}

/// What makes a sentence a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClaimKind {
    /// It leaves no room for an exception.
    Absolute,
    /// It names an audit, a scan or a certificate.
    Assurance,
    /// It stands in one list with a claim.
    Beside,
}

/// A section that is advice, or that nothing else was made of.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) at: Range<usize>,
    /// Whether its title says that it is advice.
    pub(crate) advice: bool,
}

/// Everything that was understood.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// The first sentence of a text that is not English.
    pub(crate) language: Option<Range<usize>>,
    /// Lines of a template that nobody replaced, and whether its table of examples is still there.
    pub(crate) template_lines: Vec<Range<usize>>,
    pub(crate) is_template: bool,
    pub(crate) version: Option<Said<String>>,
    pub(crate) updated: Option<Said<Date>>,
    pub(crate) review: Option<Said<Date>>,
    pub(crate) maturity: Option<Said<String>>,
    pub(crate) rows: Vec<Row>,
    /// A row of a version that is still to come, where the text says so, and whether the table says otherwise.
    pub(crate) to_come: Option<(usize, Range<usize>, bool)>,
    pub(crate) support_default: Option<Said<SupportStatus>>,
    pub(crate) classes: Vec<Class>,
    pub(crate) repository: Option<Said<String>>,
    pub(crate) routes: Vec<Route>,
    pub(crate) lists: Vec<Said<String>>,
    pub(crate) wanted: Vec<Said<String>>,
    pub(crate) subject: Option<Said<String>>,
    pub(crate) template: Option<Said<String>>,
    pub(crate) never: Vec<Said<String>>,
    pub(crate) issues: Option<Said<String>>,
    pub(crate) acknowledge: Option<Said<Target>>,
    pub(crate) assess: Option<Said<Target>>,
    pub(crate) update: Option<Said<Target>>,
    pub(crate) longest: Option<Said<Target>>,
    pub(crate) exploited: Option<Said<Target>>,
    pub(crate) terms: Vec<Said<String>>,
    /// The terms as one text, where the whole of it is known.
    pub(crate) terms_text: Option<Said<String>>,
    pub(crate) times: Vec<Time>,
    pub(crate) shared: Vec<Shared>,
    /// Clocks that only the author can set, and why.
    pub(crate) open: Vec<Said<String>>,
    pub(crate) steps: Vec<Step>,
    pub(crate) time_zone: Option<Said<String>>,
    pub(crate) bump: Option<Said<Bump>>,
    pub(crate) notes: Option<Said<bool>>,
    pub(crate) bulletin: Option<Said<Period>>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) credit: Vec<Said<Consent>>,
    pub(crate) harbour: Option<Harbour>,
    pub(crate) bounty: Option<Said<BountyState>>,
    pub(crate) bounty_url: Option<Said<String>>,
    pub(crate) inside: Vec<Said<String>>,
    pub(crate) outside: Vec<Said<String>>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) kept: Vec<Kept>,
    /// Parts that nobody understood.
    pub(crate) unread: Vec<Unread>,
    /// What is missing of parts that were understood otherwise.
    pub(crate) left: Vec<Left>,
}

/// No list of a policy is longer; what is longer is no policy, and nothing may take forever.
const MOST: usize = 200;

/// Adds to a list that has room.
pub(crate) fn add<T>(list: &mut Vec<T>, item: T) {
    if list.len() < MOST {
        list.push(item);
    }
}

/// How many hours pass at least; five business days hold one weekend.
pub(crate) fn hours(target: Target) -> u64 {
    let count = u64::from(target.count);
    match target.unit {
        Unit::Hour => count,
        Unit::Day => count * 24,
        Unit::BusinessDay => (count + 2 * (count / 5)) * 24,
        Unit::Week => count * 7 * 24,
    }
}
