//! Owns the mail of a release that fixes several flaws: one mail for all of them, to the project's own lists.
//! Must never count a withdrawn advisory as a fix, or send what one advisory says alone a second time.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::{MailList, MailStyle, State, Timestamp};
use caveat_check::{AffectedPackage, Book, Entry};
use caveat_texts::Texts;
use caveat_versions::Interval;
use caveat_words::plain::wrap;
use caveat_words::{day, range};

use crate::envelope::{atom, host};
use crate::letter::{tag, told_before};
use crate::lists::own;
use crate::{Mail, facts};

/// Where the mail of a release to a list is, without ending. The version is in its canonical form.
pub fn release_path(package: &str, version: &str, list: &str) -> String {
    format!("mail/release/{package}/{version}.{list}")
}

/// The mails of every release that fixes several flaws.
pub fn release_mails(book: &Book) -> Vec<Mail> {
    let mut lists = own(book.project()).peekable();
    if lists.peek().is_none() {
        return Vec::new();
    }
    let lists: Vec<_> = lists.collect();
    let all = releases(book).into_values();
    let mails = all.filter(|one| one.fixes.len() > 1).flat_map(|one| {
        let mail = |(settings, list): &(&caveat_advisory::Mail, &MailList)| {
            one.mail(book, &settings.from, list)
        };
        lists.iter().map(mail).collect::<Vec<_>>()
    });
    mails.collect()
}

/// Where those mails are, without endings.
pub fn release_paths(book: &Book) -> BTreeSet<String> {
    let lists = own(book.project());
    let paths = lists.flat_map(|(_, list)| paths(book, list));
    paths.map(|(path, _)| path).collect()
}

/// Where they would be for lists that are only planned, and the id of the gravest advisory of each.
pub fn planned_release_paths(book: &Book) -> Vec<(String, String)> {
    let lists = book.project().mail.iter().flat_map(|mail| &mail.lists);
    let planned =
        lists.filter(|list| list.style == MailStyle::Project && list.state == State::Planned);
    planned.flat_map(|list| paths(book, list)).collect()
}

fn paths(book: &Book, list: &MailList) -> Vec<(String, String)> {
    let all = releases(book).into_values();
    let several = all.filter(|one| one.fixes.len() > 1);
    let path = |one: Release<'_>| {
        let key = &one.package.package.key;
        let path = release_path(key, &one.canonical, &list.name);
        Some((path, one.fixes.first()?.entry.id.clone()))
    };
    several.filter_map(path).collect()
}

/// What one release fixes.
struct Release<'b> {
    package: &'b AffectedPackage,
    /// As somebody wrote it.
    version: String,
    canonical: String,
    /// Highest severity first.
    fixes: Vec<Fix<'b>>,
}

struct Fix<'b> {
    entry: &'b Entry,
    branches: Vec<&'b Interval>,
}

fn releases(book: &Book) -> BTreeMap<(&str, String), Release<'_>> {
    let mut releases = BTreeMap::new();
    let stand = book.entries().iter();
    let stand = stand.filter(|entry| entry.advisory.withdrawn.is_none());
    for entry in stand {
        for package in &entry.affected {
            for branch in &package.branches {
                let Some(version) = branch.fixed() else {
                    continue;
                };
                let key = (package.package.key.as_str(), version.canonical());
                let release = releases.entry(key).or_insert_with(|| Release {
                    package,
                    version: version.to_string(),
                    canonical: version.canonical(),
                    fixes: Vec::new(),
                });
                release.add(entry, branch);
            }
        }
    }
    for release in releases.values_mut() {
        let order = |fix: &Fix<'_>| (fix.entry.rank, fix.entry.id.clone());
        release.fixes.sort_by_key(order);
    }
    releases
}

impl<'b> Release<'b> {
    fn add(&mut self, entry: &'b Entry, branch: &'b Interval) {
        match self.fixes.last_mut() {
            Some(last) if std::ptr::eq(last.entry, entry) => last.branches.push(branch),
            _ => self.fixes.push(Fix {
                entry,
                branches: vec![branch],
            }),
        }
    }

    fn title(&self) -> &'b str {
        &self.package.package.title
    }

    fn mail(&self, book: &Book, from: &str, list: &MailList) -> Mail {
        let moments = self.moments();
        let none = (&Timestamp::MIN, &[][..]);
        let (now, earlier) = moments.split_last().unwrap_or(none);
        Mail {
            path: release_path(&self.package.package.key, &self.canonical, &list.name),
            receiver: list.name.clone(),
            from: from.to_owned(),
            to: Some(list.to.clone()),
            reply_to: list.reply_to.clone(),
            subject: self.subject(earlier.len()),
            date: *now,
            id: self.id(book, list, *now),
            earlier: earlier.iter().map(|at| self.id(book, list, *at)).collect(),
            body: self.body(book),
            patches: Vec::new(),
        }
    }

    /// When readers were told anything of this release, from the moment on at which it fixed several flaws.
    fn moments(&self) -> Vec<Timestamp> {
        let mut published: Vec<Timestamp> =
            self.fixes.iter().map(|fix| fix.entry.published).collect();
        published.sort();
        let several = published.get(1).copied().unwrap_or(Timestamp::MAX);
        let told = self.fixes.iter().flat_map(|fix| {
            let earlier = told_before(fix.entry);
            let revisions = earlier.filter_map(|nth| fix.entry.advisory.revisions.get(nth - 1));
            revisions.map(|one| one.at).chain([fix.entry.told_at()])
        });
        let moments: BTreeSet<Timestamp> = told.filter(|at| *at >= several).collect();
        moments.into_iter().collect()
    }

    /// The same for every build, another one whenever there is more to tell.
    fn id(&self, book: &Book, list: &MailList, at: Timestamp) -> String {
        format!(
            "release.{}.{}.{}.{}@{}",
            atom(&self.package.package.key),
            atom(&self.canonical),
            at.as_second(),
            list.name,
            host(book.project())
        )
    }

    fn highest(&self) -> &'b str {
        let first = self.fixes.first();
        first.map_or("", |fix| &fix.entry.severity.label)
    }

    fn subject(&self, earlier: usize) -> String {
        let again = if earlier == 0 {
            String::new()
        } else {
            format!(" (revision {})", earlier + 1)
        };
        format!(
            "{} {} fixes {} issues (highest: {}){again}",
            tag(vec![self.title().to_owned()]),
            self.version,
            self.fixes.len(),
            self.highest()
        )
    }

    fn body(&self, book: &Book) -> String {
        let project = book.project();
        let head = format!(
            "{} {} fixes {} security issues. The highest severity is {}.",
            self.title(),
            self.version,
            self.fixes.len(),
            self.highest()
        );
        let todo = format!("Upgrade {} to {} or later.", self.title(), self.version);
        let mut parts = vec![
            wrap(&head, "", ""),
            format!("WHAT TO DO\n\n{}", wrap(&todo, "* ", "  ")),
            format!("ISSUES\n\n{}", self.table()),
        ];
        parts.extend(self.fixes.iter().map(|fix| Self::issue(book, fix)));
        let keys = facts::keys(project);
        if !keys.is_empty() {
            parts.push(format!("SIGNATURES\n\n{}", keys.join("\n")));
        }
        parts.push(facts::foot(project));
        parts.join("\n\n") + "\n"
    }

    /// Ids, severities and titles below each other.
    fn table(&self) -> String {
        let widest = |text: fn(&Entry) -> &str| {
            let all = self.fixes.iter();
            let all = all.map(|fix| text(fix.entry).chars().count());
            all.max().unwrap_or(0)
        };
        let id = widest(|entry| &entry.id);
        let label = widest(|entry| &entry.severity.label);
        let rows = self.fixes.iter().map(|fix| {
            let entry = fix.entry;
            let first = format!("{:id$}  {:label$}  ", entry.id, entry.severity.label);
            wrap(&entry.advisory.title, &first, &" ".repeat(id + label + 4))
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    fn issue(book: &Book, fix: &Fix<'_>) -> String {
        let entry = fix.entry;
        let branches = fix
            .branches
            .iter()
            .map(|branch| range(Texts::english(), branch));
        let mut head = vec![facts::heading(entry), String::new()];
        head.push(facts::field("Severity", &entry.severity.label));
        head.extend(facts::names(entry));
        head.extend(branches.map(|words| facts::field("Affected", &words)));
        head.push(facts::field("Published", &day(entry.published)));
        head.push(facts::page(book.project(), entry));
        let parts = [
            Some(head.join("\n")),
            Some(wrap(&entry.advisory.impact, "", "")),
            Some(facts::description(entry)),
            facts::affected_if(entry),
            facts::workarounds(entry),
            facts::exploited(book, entry),
            facts::commits(entry),
            facts::credit(entry),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        format!("{}\n\n{}", "=".repeat(72), parts.join("\n\n"))
    }
}
