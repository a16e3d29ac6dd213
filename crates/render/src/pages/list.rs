//! Owns the lists of advisories: the front page, by year, severity and weakness, and the withdrawn ones.
//! Must never leave an advisory out of a list that it belongs to, a withdrawn one neither.

use std::collections::BTreeMap;

use caveat_check::{Book, Entry};
use caveat_texts::Texts;
use serde::Serialize;

use super::Press;
use super::pager::{PAGE, Pager, numbered, paged};
use crate::Error;
use crate::templates::value;
use crate::view::{self, Card};

/// One list: what it is called, and what is on it.
struct List<'b> {
    /// Its directory.
    path: String,
    title: String,
    lead: String,
    /// The kind of flaw that all of it are.
    weakness: Option<WeaknessLink>,
    /// Does it have feeds of its own?
    feeds: bool,
    /// By the time they were published, oldest first.
    entries: Vec<&'b Entry>,
}

/// A kind of flaw; its name is English.
#[derive(Serialize)]
struct WeaknessLink {
    id: String,
    name: &'static str,
}

/// A list in the list of lists.
#[derive(Serialize)]
pub(super) struct Link {
    pub(super) path: String,
    pub(super) label: String,
    pub(super) count: usize,
}

#[derive(Serialize)]
struct IndexData<'l> {
    advisories: Vec<Card>,
    severities: Vec<view::ClassView>,
    years: &'l [Link],
    announced: Vec<view::AnnouncedView>,
    /// How many releases were ever announced: their page stays.
    announcements: usize,
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
    weakness: Option<&'l WeaknessLink>,
    count: usize,
    advisories: Vec<Card>,
    pager: Option<Pager>,
    /// The directory of its own feeds.
    feed: Option<&'l str>,
}

impl Press<'_> {
    /// The front page and every list. The way to the years, latest first.
    pub(super) fn lists(&self) -> Result<Vec<Link>, Error> {
        let entries = view::by_time(self.book);
        let texts = self.texts_of("list.html");
        let years = years(texts, &entries);
        let ways: Vec<Link> = years.iter().rev().map(link).collect();
        self.front(&entries, &ways)?;
        let lists = years
            .into_iter()
            .chain(severities(texts, self.book, &entries));
        let lists = lists.chain([withdrawn(texts, &entries)]);
        for list in lists {
            self.list(&list)?;
        }
        self.weaknesses(&entries)?;
        Ok(ways)
    }

    fn front(&self, entries: &[&Entry], years: &[Link]) -> Result<(), Error> {
        let texts = self.texts_of("index.html");
        let latest = entries.iter().rev().take(PAGE);
        let data = IndexData {
            advisories: latest.map(|entry| view::card(entry)).collect(),
            severities: view::classes(self.book),
            years,
            announced: view::announced(self.book),
            announcements: self.book.project().announcements.len(),
            disputed: self.book.project().disputed.len(),
            over_years: view::over_years(texts, self.book),
            whole: entries.len() <= PAGE,
        };
        let name = &self.book.project().feed.name;
        let description = texts.say("front.description", &[("name", name.into())]);
        self.page("index.html", "index.html", name, &description, &data)
    }

    fn list(&self, list: &List<'_>) -> Result<(), Error> {
        for (path, entries, pager) in paged(&list.path, &list.entries, PAGE) {
            let texts = self.texts_of("list.html");
            let title = numbered(texts, list.title.clone(), pager.as_ref());
            let data = ListData {
                title: &list.title,
                lead: &list.lead,
                weakness: list.weakness.as_ref(),
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
        let texts = self.texts_of("list.html");
        let lists = found.into_iter().map(|(number, (name, entries))| {
            let id = format!("CWE-{number}");
            let values = [("id", (&id).into()), ("name", name.into())];
            List {
                path: format!("weaknesses/{id}/"),
                title: format!("{id}: {name}"),
                lead: texts.say("lists.weakness", &values),
                weakness: Some(WeaknessLink { id, name }),
                feeds: false,
                entries,
            }
        });
        let lists: Vec<List<'_>> = lists.collect();
        let mut links: Vec<Link> = lists.iter().map(link).collect();
        links.sort_by_key(|link| std::cmp::Reverse(link.count));
        let data = minijinja::context! { weaknesses => value(&links) };
        let path = "weaknesses/index.html";
        let texts = self.texts_of("weaknesses.html");
        let title = texts.word("weaknesses.title");
        let description = texts.word("weaknesses.description");
        self.page("weaknesses.html", path, &title, &description, &data)?;
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

/// By the year in which readers could first see them.
fn years<'b>(texts: &Texts, entries: &[&'b Entry]) -> Vec<List<'b>> {
    let mut years: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        let year = view::day(entry.published).chars().take(4).collect();
        years.entry(year).or_default().push(entry);
    }
    let list = |(year, entries): (String, Vec<&'b Entry>)| List {
        path: format!("years/{year}/"),
        lead: texts.say("lists.year", &[("year", (&year).into())]),
        title: year,
        weakness: None,
        feeds: false,
        entries,
    };
    years.into_iter().map(list).collect()
}

/// Every class of the policy, also one that no advisory has yet.
fn severities<'b>(texts: &Texts, book: &'b Book, entries: &[&'b Entry]) -> Vec<List<'b>> {
    let classes = book.project().policy.severities.iter();
    let list = |class: &caveat_advisory::SeverityClass| List {
        path: format!("severity/{}/", class.id),
        title: texts.say("lists.severity", &[("label", (&class.label).into())]),
        lead: class.definition.clone(),
        weakness: None,
        feeds: true,
        entries: of(entries, |entry| entry.severity.id == class.id),
    };
    classes.map(list).collect()
}

/// What was withdrawn: it stays, and says why.
fn withdrawn<'b>(texts: &Texts, entries: &[&'b Entry]) -> List<'b> {
    List {
        path: "withdrawn/".to_owned(),
        title: texts.word("lists.withdrawn"),
        lead: texts.word("lists.withdrawn-lead"),
        weakness: None,
        feeds: false,
        entries: of(entries, |entry| entry.advisory.withdrawn.is_some()),
    }
}

fn of<'b>(entries: &[&'b Entry], is: impl Fn(&Entry) -> bool) -> Vec<&'b Entry> {
    entries.iter().copied().filter(|entry| is(entry)).collect()
}
