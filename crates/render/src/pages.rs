//! Owns which pages there are, and where they are.
//! Must never hold markup or prose of its own.

mod about;
mod list;
mod notice;
mod package;
mod pager;
mod policy;
mod press;
mod release;
mod search;
mod shelf;
mod thanks;
mod verify;

pub(crate) use pager::lost;
pub(crate) use press::Press;
pub(crate) use shelf::{Spine, paths as shelf_paths};
pub(crate) use thanks::years as thanks_paths;

use caveat_artifact::Sink;
use caveat_check::{Book, Entry};
use caveat_convert::{Record, Records};
use rayon::prelude::*;

use crate::error::put;
use crate::templates::{Templates, value};
use crate::view;
use crate::{Edition, Error, redirects, report, sitemap};

/// Every page of the site, and its stylesheet.
pub(crate) fn render(
    book: &Book,
    records: &Records,
    edition: &Edition,
    templates: &Templates,
    sink: &dyn Sink,
) -> Result<(), Error> {
    let press = Press::new(book, edition, templates, sink);
    let packages = view::packages(book);
    let years = press.lists()?;
    press.packages(&packages)?;
    press.about(records)?;
    press.verify(records, edition)?;
    press.policy()?;
    press.rules()?;
    press.thanks()?;
    press.notices()?;
    press.search(&years, &packages)?;
    report::render(&press)?;
    redirects::render(&press, &packages, sink)?;
    let texts = press.texts_of("404.html");
    let (title, description) = (
        texts.word("not-found.title"),
        texts.word("not-found.description"),
    );
    press.page("404.html", "404.html", &title, &description, &())?;
    press.look()?;
    press.each_package(&packages)?;
    let pairs = book.entries().par_iter().zip(records.all());
    pairs.try_for_each(|(entry, record)| press.advisory(entry, record))?;
    sitemap::render(book, &press.into_places(), sink)
}

impl Press<'_> {
    /// The stylesheet, and the files that it and the frame of pages need.
    fn look(&self) -> Result<(), Error> {
        put(self.sink, "style.css", self.templates.style())?;
        let mut assets = self.templates.assets();
        assets.try_for_each(|asset| put(self.sink, asset.path.as_str(), asset.bytes))
    }

    fn advisory(&self, entry: &Entry, record: &Record) -> Result<(), Error> {
        let template = "advisory.html";
        let view = view::advisory(self.texts_of(template), self.book, entry, record);
        let data = minijinja::context! { advisory => value(&view) };
        let directory = view::card_path(&entry.id);
        self.note(&directory, Some(entry.modified));
        let text = caveat_mail::text(self.book, entry);
        put(self.sink, format!("{directory}index.txt"), text)?;
        let path = format!("{directory}index.html");
        let title = format!(
            "{}: {}",
            entry.id,
            caveat_words::plain_title(&entry.advisory.title)
        );
        self.page(template, &path, &title, entry.advisory.impact.trim(), &data)
    }
}
