//! Owns the mail of a release that fixes several flaws: one mail for all of them, to the project's own lists.
//! Must never send what one advisory says alone a second time.

use std::collections::BTreeSet;

use caveat_advisory::{MailList, MailStyle, Project, State, Timestamp};
use caveat_check::{Book, Entry};
use caveat_words::day;
use caveat_words::lines::wrap;
use caveat_words::release::{Fix, Release, releases};

use crate::envelope::{atom, host};
use crate::letter::{tag, told_before};
use crate::lists::own;
use crate::{Mail, facts};

/// Where the mail of a release to a list is, without ending. The version is in its canonical form.
pub fn release_path(package: &str, version: &str, list: &str) -> String {
    format!("mail/release/{package}/{version}.{list}")
}

/// The mails of every release that fixes several flaws, one after the other: all texts together may be more than memory has.
pub fn release_mails(book: &Book) -> impl Iterator<Item = Mail> + '_ {
    let lists: Vec<_> = own(book.project()).collect();
    // Without a list nobody is told.
    let all = (!lists.is_empty()).then(|| several(book));
    all.into_iter().flatten().flat_map(move |one| {
        let mail = |(settings, list): &(&caveat_advisory::Mail, &MailList)| {
            one.mail(book, &settings.from, list)
        };
        lists.iter().map(mail).collect::<Vec<_>>()
    })
}

/// Where the mails of one release are, without endings, if it fixes so many flaws.
pub fn mails_of_release(
    project: &Project,
    package: &str,
    version: &str,
    fixes: usize,
) -> Vec<(String, String)> {
    let lists = own(project).filter(|_| fixes > 1);
    let path = |(_, list): (_, &MailList)| {
        let path = release_path(package, version, &list.name);
        (list.name.clone(), path)
    };
    lists.map(path).collect()
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
    let path = |one: Several<'_>| {
        let id = one.0.fixes.first()?.entry.id.clone();
        Some((one.path(list), id))
    };
    several(book).filter_map(path).collect()
}

/// A release whose fixes are told together.
struct Several<'b>(Release<'b>);

fn several(book: &Book) -> impl Iterator<Item = Several<'_>> {
    let all = releases(book).into_iter();
    all.filter(|one| one.fixes.len() > 1).map(Several)
}

impl<'b> Several<'b> {
    fn title(&self) -> &'b str {
        &self.0.package.title
    }

    fn path(&self, list: &MailList) -> String {
        let release = &self.0;
        release_path(
            &release.package.key,
            &release.version.canonical(),
            &list.name,
        )
    }

    fn mail(&self, book: &Book, from: &str, list: &MailList) -> Mail {
        let moments = self.moments();
        let none = (&Timestamp::MIN, &[][..]);
        let (now, earlier) = moments.split_last().unwrap_or(none);
        Mail {
            path: self.path(list),
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
            self.0.fixes.iter().map(|fix| fix.entry.published).collect();
        published.sort();
        let several = published.get(1).copied().unwrap_or(Timestamp::MAX);
        let told = self.0.fixes.iter().flat_map(|fix| {
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
            atom(&self.0.package.key),
            atom(&self.0.version.canonical()),
            at.as_second(),
            list.name,
            host(book.project())
        )
    }

    fn highest(&self) -> &'b str {
        let first = self.0.fixes.first();
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
            self.0.version,
            self.0.fixes.len(),
            self.highest()
        )
    }

    fn body(&self, book: &Book) -> String {
        let project = book.project();
        let head = format!(
            "{} {} fixes {} security issues. The highest severity is {}.",
            self.title(),
            self.0.version,
            self.0.fixes.len(),
            self.highest()
        );
        let todo = format!("Upgrade {} to {} or later.", self.title(), self.0.version);
        let mut parts = vec![
            wrap(&head, "", ""),
            format!("WHAT TO DO\n\n{}", wrap(&todo, "* ", "  ")),
            format!("ISSUES\n\n{}", self.table()),
        ];
        parts.extend(self.0.fixes.iter().map(|fix| Self::issue(book, fix)));
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
            let all = self.0.fixes.iter();
            let all = all.map(|fix| text(fix.entry).chars().count());
            all.max().unwrap_or(0)
        };
        let id = widest(|entry| &entry.id);
        let label = widest(|entry| &entry.severity.label);
        let rows = self.0.fixes.iter().map(|fix| {
            let entry = fix.entry;
            let first = format!("{:id$}  {:label$}  ", entry.id, entry.severity.label);
            wrap(&entry.advisory.title, &first, &" ".repeat(id + label + 4))
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    fn issue(book: &Book, fix: &Fix<'_>) -> String {
        let entry = fix.entry;
        let mut head = vec![facts::heading(entry), String::new()];
        head.push(facts::field("Severity", &entry.severity.label));
        head.extend(facts::names(entry));
        head.push(facts::field("Affected", &fix.branch.words()));
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
