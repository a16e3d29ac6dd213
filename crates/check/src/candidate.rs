//! Owns an advisory on its way into the book: every piece parsed once, faults kept beside it.
//! Must never report: which fault matters, and how it is said, is for the rules.

use caveat_advisory::{
    Advisory, Affected, Date, Document, Lock, PackageRef, Past, Project, Status, Timestamp, stem,
};
use caveat_versions::{Ecosystem, Interval, Order, RangeError, VersionError};

use crate::affected::Fix;
use crate::book::{PackageId, Score};
use crate::calendar::day;
use crate::cvss::score;
use crate::rule::Facts;
use crate::witness::{Credited, Now, Witness, remembered, witness};

/// Why a package could not be made out.
#[derive(Debug)]
pub(crate) enum PackageFault {
    /// No `[[package]]` has this key.
    UnknownKey(String),
    /// No such ecosystem; the help says which was meant.
    Ecosystem(caveat_versions::EcosystemError),
    /// The name is not how the ecosystem spells names.
    Name(caveat_versions::NameError),
    /// Nobody can say which versions lie between two others.
    NoOrder(Ecosystem),
}

/// One row of `[[affected]]`, as far as it could be made out.
pub(crate) struct Row {
    pub(crate) package: Result<PackageId, PackageFault>,
    /// One for each range string; empty where the order of versions is not known.
    pub(crate) branches: Vec<Result<Interval, RangeError>>,
    /// One for each note of a fix; empty where the order is not known.
    pub(crate) fixes: Vec<Result<Fix, (&'static str, VersionError)>>,
}

/// A file that was read, and what became of its parts.
pub(crate) struct Candidate {
    pub(crate) document: Document<Advisory>,
    pub(crate) rows: Vec<Row>,
    /// What is said of versions that are not affected: packages and ranges.
    pub(crate) statuses: Vec<Row>,
    pub(crate) scores: Vec<Result<Score, String>>,
    /// What was derived from the history of its packages.
    pub(crate) lock: Option<Document<Lock>>,
    /// What git says against it.
    pub(crate) witness: Witness,
    /// Whom an earlier state of it credits, and this one does not; and the commit of that state.
    pub(crate) remembered: Vec<Credited>,
}

impl Candidate {
    pub(crate) fn new(
        document: Document<Advisory>,
        project: &Project,
        lock: Option<Document<Lock>>,
    ) -> Self {
        let advisory = document.data();
        let rows = advisory
            .affected
            .iter()
            .map(|affected| Row::new(affected, project))
            .collect();
        let statuses = advisory.statuses.iter();
        let statuses = statuses.map(|status| Row::told(status, project)).collect();
        let scores = advisory.cvss.iter().map(|vector| score(vector)).collect();
        Self {
            document,
            rows,
            statuses,
            scores,
            lock,
            witness: Witness::default(),
            remembered: Vec::new(),
        }
    }

    /// Hears what the past says of it.
    pub(crate) fn witnessed(
        mut self,
        past: &dyn Past,
        project: &Project,
        content: &str,
        as_of: Timestamp,
    ) -> Self {
        if self.is_draft() {
            return self;
        }
        let now = Now {
            name: stem(self.document.path()),
            advisory: self.advisory(),
            lock: self.lock.as_ref().map(Document::data),
            project,
            as_of,
        };
        let lock = self.lock.as_ref();
        let lock = lock.map(|lock| past.content(lock.source().text().as_bytes()));
        let said = witness(past, &now, (content, lock.as_deref()));
        let credited = remembered(past, &now, content);
        (self.witness, self.remembered) = (said, credited);
        self
    }

    pub(crate) fn advisory(&self) -> &Advisory {
        self.document.data()
    }

    /// Drafts are judged but never published.
    pub(crate) fn is_draft(&self) -> bool {
        self.document.path().starts_with("advisories/drafts/")
    }

    /// May readers see it? Neither drafts nor what is embargoed.
    pub(crate) fn is_public(&self, as_of: Timestamp) -> bool {
        !self.is_draft() && self.embargoed_until().is_none_or(|until| until <= as_of)
    }

    /// When an embargoed advisory comes out: at the end of the embargo, or when it is to be published if that is later.
    pub(crate) fn embargoed_until(&self) -> Option<Timestamp> {
        let advisory = self.advisory();
        let until = advisory.embargo.as_ref()?.until;
        let first = advisory.revisions.first().map(|first| first.at);
        Some(first.map_or(until, |first| first.max(until)))
    }

    /// Published or about to be, and not withdrawn: it should have all that readers look for.
    pub(crate) fn stands(&self) -> bool {
        !self.is_draft() && self.advisory().withdrawn.is_none()
    }

    /// The day that its promises are judged by: that of its publication, else today.
    pub(crate) fn day(&self, facts: &Facts<'_>) -> Date {
        let first = self.advisory().revisions.first();
        let at = first.map_or(facts.as_of, |first| first.at);
        day(facts.policy(), at)
    }

    /// The place of a row's package in caveat.toml, if it is listed there.
    pub(crate) fn declared(&self, row: usize, facts: &Facts<'_>) -> Option<usize> {
        let package = self.rows[row].package.as_ref().ok()?;
        let mut listed = facts.project.data().packages.iter();
        listed.position(|listed| listed.key == package.key)
    }

    /// The score of the newest CVSS version, with its place in `cvss`.
    pub(crate) fn newest_score(&self) -> Option<(usize, &Score)> {
        let scores = self.scores.iter().enumerate();
        let read = scores.filter_map(|(at, score)| Some((at, score.as_ref().ok()?)));
        read.max_by_key(|(_, score)| score.version)
    }

    /// Every range that could be read, with the name of its field.
    pub(crate) fn intervals(&self, row: usize) -> Vec<(String, &Interval)> {
        let branches = self.rows[row].branches.iter().enumerate();
        let read = branches.filter_map(|(at, branch)| Some((at, branch.as_ref().ok()?)));
        read.map(|(at, interval)| (format!("affected[{row}].versions[{at}]"), interval))
            .collect()
    }
}

impl Row {
    pub(crate) fn new(affected: &Affected, project: &Project) -> Self {
        let package = package(&affected.package, project);
        let order = package.as_ref().ok().map(|(_, order)| *order);
        let parse = |order: Order| {
            affected
                .versions
                .iter()
                .map(|text| Interval::parse(order, text))
                .collect()
        };
        let branches = order.map(parse).unwrap_or_default();
        let fixes = order.map(|order| {
            let notes = affected.fixes.iter();
            notes.map(|note| Fix::new(order, note)).collect()
        });
        Self {
            package: package.map(|(package, _)| package),
            branches,
            fixes: fixes.unwrap_or_default(),
        }
    }

    /// The package and the versions of a status.
    fn told(status: &Status, project: &Project) -> Self {
        let versions = status.versions.clone();
        Self::new(&Affected::new(status.package.clone(), versions), project)
    }
}

/// The package that a row means, and the order of its versions.
pub(crate) fn package(
    reference: &PackageRef,
    project: &Project,
) -> Result<(PackageId, Order), PackageFault> {
    let (ecosystem, name, declared) = match reference {
        PackageRef::Named { ecosystem, name } => (ecosystem, name, None),
        PackageRef::Key(key) => {
            let declared = project.packages.iter().find(|package| package.key == *key);
            let declared = declared.ok_or_else(|| PackageFault::UnknownKey(key.clone()))?;
            (&declared.ecosystem, &declared.name, Some(declared))
        }
    };
    let ecosystem = Ecosystem::parse(ecosystem).map_err(PackageFault::Ecosystem)?;
    let name = caveat_versions::canonical_name(&ecosystem, name).map_err(PackageFault::Name)?;
    let order = ecosystem
        .order()
        .ok_or_else(|| PackageFault::NoOrder(ecosystem.clone()))?;
    let same = |package: &&caveat_advisory::Package| {
        package.ecosystem == ecosystem.as_str() && package.name == name
    };
    let declared = declared.or_else(|| project.packages.iter().find(same));
    Ok((PackageId::new(ecosystem, name, declared), order))
}
