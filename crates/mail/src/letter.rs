//! Owns the mail of each published advisory to each list: where it is, its subject, its thread and the order of its sections.
//! Must never tag what goes to oss-security, or change an address or a message id that was published.

use caveat_advisory::{Change, Mail as Settings, MailList, MailStyle, State};
use caveat_check::{AffectedPackage, Book, Entry};
use caveat_versions::Interval;
use caveat_words::{day, join, plain_title};

use crate::envelope::host;
use crate::lists::{live, own};
use crate::news::news;
use crate::occasion::{Occasion, reopened, reopening};
use crate::{Mail, facts};

/// Where the mail of an advisory's last revision to a list is, without ending.
pub fn path(entry: &Entry, list: &str) -> String {
    path_of(entry, entry.told, list)
}

fn path_of(entry: &Entry, revision: usize, list: &str) -> String {
    format!("mail/{}/r{revision}.{list}", entry.id)
}

/// Where the mails of earlier revisions were.
pub fn earlier_paths(entry: &Entry, list: &str) -> Vec<String> {
    let paths = told_before(entry).map(|revision| path_of(entry, revision, list));
    paths.collect()
}

/// Where mails to lists would be that are only planned: they may have been live.
pub fn planned_paths(book: &Book, entry: &Entry) -> Vec<String> {
    let lists = book.project().mail.iter().flat_map(|mail| &mail.lists);
    let planned = lists.filter(|list| list.state == State::Planned);
    let all = planned.flat_map(|list| {
        let mut paths = earlier_paths(entry, &list.name);
        paths.push(path(entry, &list.name));
        paths
    });
    all.collect()
}

/// The numbers of the revisions before the last that mails told of.
pub(crate) fn told_before(entry: &Entry) -> impl Iterator<Item = usize> {
    (1..entry.told).filter(|number| *number == 1 || !entry.advisory.revisions[number - 1].editorial)
}

/// The mail of an advisory's last revision to every live list.
pub fn letters(book: &Book, entry: &Entry) -> Vec<Mail> {
    let letter = |(settings, list)| Letter { book, entry, list }.mail(settings);
    live(book.project()).map(letter).collect()
}

/// For packagers who were told under embargo: it is over, and this is what everybody reads now.
pub fn over_mails(book: &Book, entry: &Entry) -> Vec<Mail> {
    let Some((settings, list)) = own(book.project()).next() else {
        return Vec::new();
    };
    let public = Letter { book, entry, list }.mail(settings);
    let packagers = book.project().policy.packagers.iter();
    let one = |packager: &caveat_advisory::Packager| Mail {
        path: format!("{}.over.{}", entry.id, packager.name),
        receiver: packager.name.clone(),
        to: packager.url.strip_prefix("mailto:").map(str::to_owned),
        reply_to: None,
        id: format!(
            "{}@{}",
            crate::digest(&format!("over {} {}", entry.id, packager.name), 12),
            host(book.project())
        ),
        earlier: Vec::new(),
        body: format!(
            "THE EMBARGO IS OVER\n\n* This is public. The terms under which you were told of it end now.\n\n{}",
            public.body
        ),
        ..public.clone()
    };
    packagers.map(one).collect()
}

/// An advisory as plain text, for readers and programs that want no markup: what its mail to the project's list says.
pub fn text(book: &Book, entry: &Entry) -> String {
    body(book, entry, MailStyle::Project)
}

/// A subject with more branches or packages than this is not read to its end.
const MOST: usize = 3;

struct Letter<'b> {
    book: &'b Book,
    entry: &'b Entry,
    list: &'b MailList,
}

impl Letter<'_> {
    fn mail(&self, settings: &Settings) -> Mail {
        Mail {
            path: path(self.entry, &self.list.name),
            receiver: self.list.name.clone(),
            from: settings.from.clone(),
            to: Some(self.list.to.clone()),
            reply_to: self.list.reply_to.clone(),
            subject: self.subject(),
            date: self.entry.told_at(),
            id: self.id(self.entry.told),
            earlier: told_before(self.entry).map(|nth| self.id(nth)).collect(),
            body: body(self.book, self.entry, self.list.style),
            patches: Vec::new(),
        }
    }

    /// The same for every build, different for every revision and list.
    fn id(&self, revision: usize) -> String {
        let host = host(self.book.project());
        format!("{}.r{revision}.{}@{host}", self.entry.id, self.list.name)
    }

    /// The project's list has a tag and the id; oss-security wants product, versions and flaw, and nothing else.
    fn subject(&self) -> String {
        let entry = self.entry;
        let occasion = Occasion::of(entry);
        let before = if occasion == Occasion::Withdrawal {
            "WITHDRAWN "
        } else {
            ""
        };
        let older = reopened(entry).map(|one| format!("{}: ", reopening(one)));
        let older = older.take(1).collect::<String>();
        let title = format!("{older}{}", title(entry));
        let after = match (occasion, entry.told) {
            (Occasion::PublishedEarly, _) => " (published early)".to_owned(),
            (_, 2..) => format!(" (revision {})", entry.told),
            _ => String::new(),
        };
        match self.list.style {
            MailStyle::Project => format!(
                "{} {before}{}: {title} ({}){after}",
                tag(titles(&entry.affected)),
                entry.id,
                entry.severity.label
            ),
            MailStyle::OssSecurity => {
                let mut aliases = entry.advisory.aliases.iter();
                let cve = aliases.find(|alias| alias.starts_with("CVE-"));
                let id = cve.unwrap_or(&entry.id);
                format!("{before}{id}: {}: {title}{after}", versions(entry))
            }
        }
    }
}

/// The project's list reads what to do first; oss-security reads what it is first.
fn body(book: &Book, entry: &Entry, style: MailStyle) -> String {
    let mut parts = vec![head(entry, style)];
    parts.extend(news(book, entry));
    let (todo, commits) = (Some(facts::todo(entry)), facts::commits(entry));
    let (impact, description) = (Some(facts::impact(entry)), Some(facts::description(entry)));
    let versions = [
        Some(facts::affected(entry)),
        facts::not_affected(entry),
        facts::affected_if(entry),
    ];
    let helps = facts::workarounds(entry);
    let [affected, unaffected, affected_if] = versions;
    let exploited = facts::exploited(book, entry);
    let order = match style {
        MailStyle::Project => [
            todo,
            affected,
            unaffected,
            affected_if,
            helps,
            impact,
            description,
            exploited,
            commits,
        ],
        MailStyle::OssSecurity => [
            impact,
            affected,
            unaffected,
            todo,
            commits,
            affected_if,
            helps,
            description,
            exploited,
        ],
    };
    parts.extend(order.into_iter().flatten());
    parts.extend(facts::credit(entry));
    parts.extend(facts::timeline(book, entry));
    parts.push(facts::references(book, entry));
    parts.push(facts::signatures(book.project(), entry));
    parts.push(facts::foot(book.project()));
    parts.join("\n\n") + "\n"
}

fn head(entry: &Entry, style: MailStyle) -> String {
    let mut lines = vec![facts::heading(entry), String::new()];
    lines.push(facts::field("Severity", &entry.severity.label));
    lines.extend(facts::names(entry));
    lines.extend(facts::weaknesses(entry));
    // oss-security asks for no scores.
    if style == MailStyle::Project {
        lines.extend(facts::scores(entry));
    }
    lines.push(facts::field("Published", &day(entry.published)));
    if entry.told > 1 {
        let revised = format!("{} (revision {})", day(entry.told_at()), entry.told);
        lines.push(facts::field("Revised", &revised));
    }
    lines.join("\n")
}
/// The title of the first mail: one thread has one subject, whatever the title is by now.
fn title(entry: &Entry) -> String {
    let mut changed = entry.advisory.revisions.iter().flat_map(|one| &one.changed);
    let first = changed.find_map(|change: &Change| {
        let old = change.from.as_ref();
        old.filter(|_| change.field == "title")
    });
    let title = first.unwrap_or(&entry.advisory.title);
    plain_title(title)
}

/// `[PyTorch security]`
pub(crate) fn tag(titles: Vec<String>) -> String {
    format!("[{} security]", few(titles))
}

/// Each package once, by the name that people read.
pub(crate) fn titles<'a>(affected: impl IntoIterator<Item = &'a AffectedPackage>) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for one in affected {
        if !titles.contains(&one.package.title) {
            titles.push(one.package.title.clone());
        }
    }
    titles
}

/// The first of many, and how many more there are.
fn few(mut all: Vec<String>) -> String {
    if all.len() > MOST {
        let more = all.len() - MOST + 1;
        all.truncate(MOST - 1);
        all.push(format!("{more} more"));
    }
    join(all, "and")
}

fn versions(entry: &Entry) -> String {
    let one = |affected: &AffectedPackage| {
        let branches = affected.branches.iter().map(Interval::expression);
        let versions = match affected.branches.len() {
            // A comma within a branch is an `and`: between branches it cannot be an `or`.
            0..=MOST => branches.collect::<Vec<_>>().join(" or "),
            count => format!("({count} branches)"),
        };
        format!("{} {versions}", affected.package.title)
    };
    few(entry.affected.iter().map(one).collect())
}
