//! Owns the lists of advisories: the front page, by year, severity and weakness, and the withdrawn ones; each in pages.
//! Must never move an advisory from one page of a list to another: pages are counted from the oldest.

use std::collections::BTreeMap;

use caveat_check::{Book, Entry};
use serde::Serialize;

use super::Press;
use crate::Error;
use crate::templates::value;
use crate::view::{self, Card};

/// How many advisories a page has.
pub(crate) const PAGE: usize = 100;
/// How many the front page has.
const LATEST: usize = 50;

/// One list: what it is called, and what is on it.
struct List<'b> {
    /// Its directory.
    path: String,
    title: String,
    lead: String,
    /// Does it have feeds of its own?
    feeds: bool,
    /// By the time they were published, oldest first.
    entries: Vec<&'b Entry>,
}

/// A list in the list of lists.
#[derive(Serialize)]
pub(super) struct Link {
    path: String,
    label: String,
    count: usize,
}

#[derive(Serialize)]
struct IndexData {
    advisories: Vec<Card>,
    severities: Vec<view::ClassView>,
    years: Vec<Link>,
    announced: Vec<view::AnnouncedView>,
    /// How many names are disputed.
    disputed: usize,
    over_years: Option<view::OverYears>,
    /// Whether the front page has all there are.
    whole: bool,
}

#[derive(Serialize)]
struct ListData<'l> {
    title: &'l str,
    lead: &'l str,
    count: usize,
    advisories: Vec<Card>,
    pager: Option<Pager>,
    /// The directory of its own feeds.
    feed: Option<&'l str>,
}

/// The way through the pages of one list. Paths are from the site's root.
#[derive(Serialize)]
pub(crate) struct Pager {
    /// The number of this page; none for the newest advisories, which are on a page of their own, too.
    pub(crate) number: Option<usize>,
    of: usize,
    newest: String,
    newer: Option<String>,
    older: Option<String>,
    oldest: String,
}

impl Pager {
    /// Of page `number` of `of` pages of the list at `path`.
    fn new(path: &str, number: Option<usize>, of: usize) -> Self {
        let page = |number: usize| format!("{path}page/{number}/");
        let newer = number.map(|number| match number {
            _ if number == of => path.to_owned(),
            _ => page(number + 1),
        });
        let older = match number {
            None => Some(page(of)),
            Some(1) => None,
            Some(number) => Some(page(number - 1)),
        };
        Self {
            number,
            of,
            newest: path.to_owned(),
            newer,
            older,
            oldest: page(1),
        }
    }
}

/// The pages of a list: first the newest under the list's own address, then all by number. `items` are oldest first.
pub(crate) fn paged<'i, T>(path: &str, items: &'i [T]) -> Vec<(String, &'i [T], Option<Pager>)> {
    if items.len() <= PAGE {
        return vec![(path.to_owned(), items, None)];
    }
    let of = items.len().div_ceil(PAGE);
    let newest = (
        path.to_owned(),
        &items[items.len() - PAGE..],
        Some(Pager::new(path, None, of)),
    );
    let numbered = items.chunks(PAGE).enumerate().map(|(at, items)| {
        let number = at + 1;
        let pager = Pager::new(path, Some(number), of);
        (format!("{path}page/{number}/"), items, Some(pager))
    });
    std::iter::once(newest).chain(numbered).collect()
}

impl Press<'_> {
    /// The front page and every list.
    pub(super) fn lists(&self) -> Result<(), Error> {
        let entries = by_time(self.book);
        let years = years(&entries);
        self.front(&entries, &years)?;
        let lists = years.into_iter().chain(severities(self.book, &entries));
        let lists = lists.chain([withdrawn(&entries)]);
        for list in lists {
            self.list(&list)?;
        }
        self.weaknesses(&entries)
    }

    /// The years that have a list, latest first.
    pub(super) fn years(&self) -> Vec<Link> {
        let entries = by_time(self.book);
        years(&entries).iter().rev().map(link).collect()
    }

    fn front(&self, entries: &[&Entry], years: &[List<'_>]) -> Result<(), Error> {
        let latest = entries.iter().rev().take(LATEST);
        let data = IndexData {
            advisories: latest.map(|entry| view::card(entry)).collect(),
            severities: view::classes(self.book),
            years: years.iter().rev().map(link).collect(),
            announced: view::announced(self.book),
            disputed: self.book.project().disputed.len(),
            over_years: view::over_years(self.book),
            whole: entries.len() <= LATEST,
        };
        let name = &self.book.project().feed.name;
        let description =
            format!("Security advisories published by {name}: what is affected, and what to do.");
        self.page("index.html", "index.html", name, &description, &data)
    }

    fn list(&self, list: &List<'_>) -> Result<(), Error> {
        for (path, entries, pager) in paged(&list.path, &list.entries) {
            let title = match pager.as_ref().and_then(|pager| pager.number) {
                Some(number) => format!("{}, page {number}", list.title),
                None => list.title.clone(),
            };
            let data = ListData {
                title: &list.title,
                lead: &list.lead,
                count: list.entries.len(),
                advisories: entries
                    .iter()
                    .rev()
                    .map(|entry| view::card(entry))
                    .collect(),
                pager,
                feed: list.feeds.then_some(&list.path),
            };
            let file = format!("{path}index.html");
            self.page("list.html", &file, &title, &list.lead, &data)?;
        }
        Ok(())
    }

    /// Each weakness that an advisory has, and the list of them.
    fn weaknesses(&self, entries: &[&Entry]) -> Result<(), Error> {
        let mut found: BTreeMap<u32, (&'static str, Vec<&Entry>)> = BTreeMap::new();
        for entry in entries {
            for weakness in &entry.weaknesses {
                let (_, list) = found
                    .entry(weakness.number)
                    .or_insert((weakness.name, Vec::new()));
                list.push(entry);
            }
        }
        let lists = found.into_iter().map(|(number, (name, entries))| List {
            path: format!("weaknesses/CWE-{number}/"),
            title: format!("CWE-{number}: {name}"),
            lead: format!("Every advisory of a flaw of the kind CWE-{number}, {name}."),
            feeds: false,
            entries,
        });
        let lists: Vec<List<'_>> = lists.collect();
        let mut links: Vec<Link> = lists.iter().map(link).collect();
        links.sort_by_key(|link| std::cmp::Reverse(link.count));
        let data = minijinja::context! { weaknesses => value(&links) };
        let path = "weaknesses/index.html";
        let description = "Which kinds of flaws there were, by the CWE list.";
        self.page("weaknesses.html", path, "Weaknesses", description, &data)?;
        lists.iter().try_for_each(|list| self.list(list))
    }
}

fn link(list: &List<'_>) -> Link {
    Link {
        path: list.path.clone(),
        label: list.title.clone(),
        count: list.entries.len(),
    }
}

fn by_time(book: &Book) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = book.entries().iter().collect();
    entries.sort_by(|a, b| (a.published, &a.id).cmp(&(b.published, &b.id)));
    entries
}

/// By the year in which readers could first see them.
fn years<'b>(entries: &[&'b Entry]) -> Vec<List<'b>> {
    let mut years: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        let year = view::day(entry.published).chars().take(4).collect();
        years.entry(year).or_default().push(entry);
    }
    let list = |(year, entries)| List {
        path: format!("years/{year}/"),
        lead: format!("Every advisory that was published in {year}."),
        title: year,
        feeds: false,
        entries,
    };
    years.into_iter().map(list).collect()
}

/// Every class of the policy, also one that no advisory has yet.
fn severities<'b>(book: &'b Book, entries: &[&'b Entry]) -> Vec<List<'b>> {
    let classes = book.project().policy.severities.iter();
    let list = |class: &caveat_advisory::SeverityClass| List {
        path: format!("severity/{}/", class.id),
        title: format!("Severity: {}", class.label),
        lead: class.definition.clone(),
        feeds: true,
        entries: of(entries, |entry| entry.severity.id == class.id),
    };
    classes.map(list).collect()
}

/// What was withdrawn: it stays, and says why.
fn withdrawn<'b>(entries: &[&'b Entry]) -> List<'b> {
    List {
        path: "withdrawn/".to_owned(),
        title: "Withdrawn".to_owned(),
        lead: "Advisories that no longer count. Each keeps its page, which says why.".to_owned(),
        feeds: false,
        entries: of(entries, |entry| entry.advisory.withdrawn.is_some()),
    }
}

fn of<'b>(entries: &[&'b Entry], is: impl Fn(&Entry) -> bool) -> Vec<&'b Entry> {
    entries.iter().copied().filter(|entry| is(entry)).collect()
}

#[cfg(test)]
mod tests;
