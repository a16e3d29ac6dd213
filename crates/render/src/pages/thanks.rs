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

const TEMPLATE: &str = "thanks.html";

/// The years that have pages of their own, by their directories, and how many people each has.
pub(crate) fn years(book: &Book) -> BTreeMap<String, usize> {
    let links = parts(&view::thanked(book)).into_iter();
    links.map(|link| (link.path, link.count)).collect()
}

/// Where few are named in all, a year has no page of its own.
fn parts(years: &[(String, usize)]) -> Vec<Link> {
    let people: usize = years.iter().map(|(_, people)| people).sum();
    let link = |(year, count): &(String, usize)| Link {
        path: format!("thanks/{year}/"),
        label: year.clone(),
        count: *count,
    };
    let several = years.iter().filter(|_| people > PAGE);
    several.map(link).collect()
}

impl Press<'_> {
    pub(super) fn thanks(&self) -> Result<(), Error> {
        let texts = self.texts_of(TEMPLATE);
        let title = texts.word("thanks.title");
        let years = view::thanks(self.book, texts);
        let links = parts(&view::thanked(self.book));
        if links.is_empty() {
            return self.thanks_page("thanks/", &title, &years, &[], 0, None);
        }
        let people = links.iter().map(|link| link.count).sum();
        self.thanks_page("thanks/", &title, &[], &links, people, None)?;
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
            let texts = self.texts_of(TEMPLATE);
            let title = format!("{}, {}", texts.word("thanks.title"), link.label);
            let title = numbered(texts, title, pager.as_ref());
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
        let description = self.texts_of(TEMPLATE).word("thanks.description");
        self.page(TEMPLATE, &file, title, &description, &data)
    }
}
