//! Owns the support table of the policy with its ranges read: which versions of a package get what, on which day.
//! Must never report: which row is at fault, and how that is said, is for the rules.

use caveat_advisory::{Date, Package, Project, SupportRow, SupportStatus};
use caveat_versions::{Ecosystem, Interval, Order, RangeError, Ranges};

/// Why a row says nothing.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It names no package, and there is not exactly one.
    NoPackage,
    /// No `[[package]]` has this key.
    UnknownPackage(String),
    /// Nobody can say which versions lie between two others.
    NoOrder,
    /// The range cannot be read.
    Range(RangeError),
}

/// A row that could be read.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its place in `policy.support`.
    pub(crate) at: usize,
    /// Place of its package in `package`.
    pub(crate) package: usize,
    /// Its versions.
    pub(crate) versions: Interval,
    /// What they get.
    pub(crate) status: SupportStatus,
    from: Option<Date>,
    until: Option<Date>,
}

/// The table.
pub(crate) struct Support {
    /// Rows that could be read, in the order of the file.
    pub(crate) lines: Vec<Line>,
    /// The others.
    pub(crate) faults: Vec<(usize, Fault)>,
    /// What versions get that no row names.
    pub(crate) default: Option<SupportStatus>,
}

impl Support {
    pub(crate) fn new(project: &Project) -> Self {
        let (mut lines, mut faults) = (Vec::new(), Vec::new());
        for (at, row) in project.policy.support.iter().enumerate() {
            match Line::new(at, row, &project.packages) {
                Ok(line) => lines.push(line),
                Err(fault) => faults.push((at, fault)),
            }
        }
        Self {
            lines,
            faults,
            default: project.policy.support_default,
        }
    }

    /// The rows of one package that hold on a day.
    pub(crate) fn on(&self, package: usize, day: Date) -> impl Iterator<Item = &Line> {
        let lines = self.lines.iter();
        lines.filter(move |line| line.package == package && line.holds_on(day))
    }

    /// The versions of a package that get nothing any more on a day.
    pub(crate) fn ended(&self, package: usize, day: Date) -> Ranges {
        let of = |status: fn(SupportStatus) -> bool| {
            let lines = self.on(package, day).filter(|line| status(line.status));
            let lines: Vec<Interval> = lines.map(|line| line.versions.clone()).collect();
            Ranges::merge(&lines)
        };
        if self.default == Some(SupportStatus::EndOfLife) {
            return of(|status| status != SupportStatus::EndOfLife).complement();
        }
        of(|status| status == SupportStatus::EndOfLife)
    }
}

impl Line {
    fn new(at: usize, row: &SupportRow, packages: &[Package]) -> Result<Self, Fault> {
        let package = match (&row.package, packages) {
            (None, [_]) => 0,
            (None, _) => return Err(Fault::NoPackage),
            (Some(key), _) => packages
                .iter()
                .position(|package| package.key == *key)
                .ok_or_else(|| Fault::UnknownPackage(key.clone()))?,
        };
        let order = order(&packages[package]).ok_or(Fault::NoOrder)?;
        Ok(Self {
            at,
            package,
            versions: Interval::parse(order, &row.versions).map_err(Fault::Range)?,
            status: row.status,
            from: row.from,
            until: row.until,
        })
    }

    /// Is it said of this day?
    pub(crate) fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Is there a day of which both are said?
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let ends = |one: &Self, next: &Self| {
            let days = one.until.zip(next.from);
            days.is_some_and(|(until, from)| until < from)
        };
        !ends(self, other) && !ends(other, self)
    }

    /// Do its versions get fixes?
    pub(crate) fn is_supported(&self) -> bool {
        matches!(self.status, SupportStatus::Full | SupportStatus::Security)
    }
}

/// How the versions of a package follow each other, where that is known.
pub(crate) fn order(package: &Package) -> Option<Order> {
    Ecosystem::parse(&package.ecosystem).ok()?.order()
}
