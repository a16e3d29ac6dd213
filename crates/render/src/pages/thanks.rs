//! Owns the pages of thanks: one where few helped, one or more for each year where many did.
//! Must never decide who may be named.

use std::collections::BTreeMap;

use caveat_check::Book;

use super::Press;
use super::list::Link;
use super::pager::{PAGE, Pager, numbered, paged};
use crate::Error;
use crate::templates::value;
use crate::view::{self, ThanksYear};

const DESCRIPTION: &str = "Who helped to find, report and mend what this feed is about.";

/// The years that have pages of their own, by their directories, and how many people each has.
pub(crate) fn years(book: &Book) -> BTreeMap<String, usize> {
    parts(&view::thanks(book))
        .into_iter()
        .map(|link| (link.path, link.count))
        .collect()
}

/// Where few are named in all, a year has no page of its own.
fn parts(years: &[ThanksYear]) -> Vec<Link> {
    let people: usize = years.iter().map(|year| year.people.len()).sum();
    let link = |year: &ThanksYear| Link {
        path: format!("thanks/{}/", year.year),
        label: year.year.clone(),
        count: year.people.len(),
    };
    let several = years.iter().filter(|_| people > PAGE);
    several.map(link).collect()
}

impl Press<'_> {
    pub(super) fn thanks(&self) -> Result<(), Error> {
        let years = view::thanks(self.book);
        let links = parts(&years);
        if links.is_empty() {
            return self.thanks_page("thanks/", "Thanks", &years, &[], 0, None);
        }
        let people = links.iter().map(|link| link.count).sum();
        self.thanks_page("thanks/", "Thanks", &[], &links, people, None)?;
        years
            .iter()
            .zip(&links)
            .try_for_each(|(year, link)| self.thanks_year(year, link))
    }

    fn thanks_year(&self, year: &ThanksYear, link: &Link) -> Result<(), Error> {
        let mut people = year.people.clone();
        people.sort_by_key(|person| person.since);
        for (path, people, pager) in paged(&link.path, &people, PAGE) {
            let mut part = year.clone();
            part.people = people.iter().rev().cloned().collect();
            let title = numbered(format!("Thanks, {}", link.label), pager.as_ref());
            self.thanks_page(&path, &title, &[part], &[], link.count, pager.as_ref())?;
        }
        Ok(())
    }

    fn thanks_page(
        &self,
        path: &str,
        title: &str,
        years: &[ThanksYear],
        parts: &[Link],
        count: usize,
        pager: Option<&Pager>,
    ) -> Result<(), Error> {
        let data = minijinja::context! {
            years => value(&years), parts => value(&parts), count, pager => value(&pager)
        };
        let file = format!("{path}index.html");
        self.page("thanks.html", &file, title, DESCRIPTION, &data)
    }
}
