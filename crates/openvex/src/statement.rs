//! Owns what an advisory says of versions, one statement for each status, reason and thing to do.
//! Must never state anything that one version has two statuses by, or a status that no sentence supports.

use caveat_advisory::{Justification, StatusKind};
use caveat_check::{AffectedPackage, Book, Entry, PackageId, Standing};
use caveat_texts::Texts;
use caveat_versions::{Interval, Ranges, Version};
use caveat_words::{
    acquits, actions, older, only_with, plain_title, unaffected_branches, withdrawn,
};

use crate::known::{self, Listed};
use crate::model::{Product, Statement, Time, Vulnerability};
use crate::product::{self, every_version, purl, range};

/// Everything that an advisory says, of one package or of all.
pub(crate) fn statements<'e>(
    book: &'e Book,
    listed: &Listed,
    entry: &'e Entry,
    only: Option<&PackageId>,
) -> Vec<Statement<'e>> {
    let speaker = Speaker {
        book,
        listed,
        entry,
    };
    let wanted = |package: &PackageId| only.is_none_or(|only| package == only);
    if entry.advisory.withdrawn.is_some() {
        return retracted(&speaker, wanted);
    }
    let actions = actions(Texts::english(), entry);
    let mut all = Vec::new();
    let rows = entry.affected.iter().zip(&entry.advisory.affected);
    for ((affected, written), action) in rows.zip(actions) {
        if !wanted(&affected.package) {
            continue;
        }
        let todo = action.sentence();
        let no_fix = written.no_fix.as_deref().unwrap_or(&todo);
        let known = known::versions(listed, entry, &affected.package);
        let fixed = |branch: &Interval| branch.fixed().is_some();
        all.extend(speaker.affected(affected, &known, &todo, fixed));
        all.extend(speaker.affected(affected, &known, no_fix, |branch| !fixed(branch)));
        all.extend(speaker.clear(affected, known));
    }
    let told = entry.statuses.iter();
    let told = told.filter(|one| one.state == StatusKind::NotAffected && wanted(&one.package));
    all.extend(told.filter_map(|one| speaker.told(one)));
    distinct(all)
}

/// Two releases of a distribution with the same versions say the same: a statement stands once.
fn distinct(all: Vec<Statement<'_>>) -> Vec<Statement<'_>> {
    let mut kept: Vec<Statement<'_>> = Vec::new();
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

/// Of what was withdrawn: its own id stands for no flaw, and its other names only where the withdrawal says so.
fn retracted<'e>(
    speaker: &Speaker<'_, 'e>,
    wanted: impl Fn(&PackageId) -> bool,
) -> Vec<Statement<'e>> {
    let entry = speaker.entry;
    let mut packages: Vec<&PackageId> = Vec::new();
    let affected = entry.affected.iter().map(|one| &one.package);
    for package in affected.chain(entry.statuses.iter().map(|one| &one.package)) {
        if wanted(package) && !packages.contains(&package) {
            packages.push(package);
        }
    }
    // A release of a distribution has no package URL of its own; the id alone harms no other.
    let several = packages.iter().any(|one| every_version(one).is_none());
    let names = acquits(speaker.book, entry) && !several;
    let products = packages.iter().map(|one| Product { id: purl(one) });
    let reason = entry.advisory.withdrawn.as_ref().map(withdrawn);
    let statement = Statement {
        impact: reason,
        vulnerability: if names {
            speaker.vulnerability()
        } else {
            Vulnerability {
                aliases: Vec::new(),
                name: &entry.id,
                ..speaker.vulnerability()
            }
        },
        ..speaker.statement("not_affected", once(products.collect()))
    };
    vec![statement]
}

/// Two releases of a distribution are one product.
fn once(mut products: Vec<Product>) -> Vec<Product> {
    let mut seen = std::collections::BTreeSet::new();
    products.retain(|one| seen.insert(one.id.clone()));
    products
}

/// Who says everything of one advisory.
struct Speaker<'b, 'e> {
    book: &'b Book,
    listed: &'b Listed,
    entry: &'e Entry,
}

impl<'e> Speaker<'_, 'e> {
    /// The branches that the test finds: each as a range, and by name every version in it that is known.
    fn affected(
        &self,
        affected: &AffectedPackage,
        known: &[Version],
        todo: &str,
        test: impl Fn(&Interval) -> bool,
    ) -> Option<Statement<'e>> {
        let package = &affected.package;
        let branches: Vec<&Interval> = affected.branches.iter().filter(|one| test(one)).collect();
        let mut products: Vec<Product> = branches.iter().map(|one| range(package, one)).collect();
        let held = |version: &&Version| branches.iter().any(|branch| branch.contains(version));
        products.extend(
            known
                .iter()
                .filter(held)
                .map(|one| product::version(package, one)),
        );
        let workaround = self.entry.advisory.workaround.as_deref();
        let todo = [Some(todo.trim()), workaround.map(str::trim)];
        let condition = self.entry.advisory.affected_if.as_deref();
        let condition = condition.map(|text| text.trim().to_owned());
        let notes: Vec<String> = only_with(affected).into_iter().chain(condition).collect();
        (!branches.is_empty()).then(|| Statement {
            action: Some(todo.into_iter().flatten().collect::<Vec<_>>().join("\n\n")),
            status_notes: (!notes.is_empty()).then(|| notes.join("\n\n")),
            ..self.statement("affected", products)
        })
    }

    /// What ends the flaw and follows it, and what is older than it: by name alone.
    fn clear(
        &self,
        affected: &AffectedPackage,
        known: Vec<Version>,
    ) -> impl Iterator<Item = Statement<'e>> {
        let package = &affected.package;
        let free = Ranges::merge(&unaffected_branches(self.entry, affected));
        let first = affected.branches.first().and_then(Interval::lower);
        let (older, fixed): (Vec<Version>, Vec<Version>) = known
            .into_iter()
            .filter(|version| free.contains(version))
            .partition(|version| first.is_some_and(|first| version < first));
        let fixed = self.acquitted(package, &fixed);
        let fixed = fixed.map(|products| self.statement("fixed", products));
        let older = self.acquitted(package, &older);
        let older = older.map(|products| Statement {
            impact: Some(self::older(affected)),
            ..self.statement("not_affected", products)
        });
        fixed.into_iter().chain(older)
    }

    /// What the advisory calls not affected.
    fn told(&self, one: &Standing) -> Option<Statement<'e>> {
        let package = &one.package;
        let every = every_version(package).filter(|_| one.branches.is_empty());
        let branches = Ranges::merge(&one.branches);
        let mut known = known::versions(self.listed, self.entry, package);
        known.retain(|version| one.branches.is_empty() || branches.contains(version));
        let products = match every {
            Some(every) => vec![every],
            None => self.acquitted(package, &known)?,
        };
        let reason = one.reason.as_deref().map(|reason| reason.trim().to_owned());
        Some(Statement {
            impact: reason,
            justification: one.justification.map(Justification::as_str),
            ..self.statement("not_affected", products)
        })
    }

    /// Versions by name, without those that have the flaw in another release of the same distribution.
    fn acquitted(&self, package: &PackageId, versions: &[Version]) -> Option<Vec<Product>> {
        let name = purl(package);
        let same = |one: &&AffectedPackage| one.package != *package && purl(&one.package) == name;
        let others: Vec<_> = self.entry.affected.iter().filter(same).collect();
        let hit = |version: &Version| {
            let mut branches = others.iter().flat_map(|one| &one.branches);
            branches.any(|branch| branch.contains(version))
        };
        let free = versions.iter().filter(|version| !hit(version));
        let products: Vec<Product> = free.map(|one| product::version(package, one)).collect();
        (!products.is_empty()).then_some(products)
    }

    fn statement(&self, status: &'static str, products: Vec<Product>) -> Statement<'e> {
        Statement {
            action: None,
            impact: None,
            justification: None,
            products,
            status,
            status_notes: None,
            timestamp: Time(self.entry.modified),
            vulnerability: self.vulnerability(),
        }
    }

    /// Under its first CVE id, which most readers look for, or under its own.
    fn vulnerability(&self) -> Vulnerability<'e> {
        let own = self.entry.id.as_str();
        let aliases = self.entry.advisory.aliases.iter().map(String::as_str);
        let mut names: Vec<&str> = std::iter::once(own).chain(aliases).collect();
        let first = names.iter().position(|name| name.starts_with("CVE-"));
        let name = names.remove(first.unwrap_or(0));
        Vulnerability {
            id: format!("{}/advisories/{own}/", self.book.project().feed.url),
            aliases: names,
            description: plain_title(&self.entry.advisory.title),
            name,
        }
    }
}
