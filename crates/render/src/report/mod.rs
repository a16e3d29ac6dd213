//! Owns the report of a year in its three forms, and the list of all reports.
//! Must never let one form hold a number that another does not.

mod facts;
mod markdown;
mod people;
mod plot;
mod promises;
mod year;

use caveat_artifact::Sink;
use caveat_check::Book;
use caveat_texts::Texts;
use rayon::prelude::*;

use crate::error::put;
use crate::pages::Press;
use crate::templates::value;
use crate::{Edition, Error, Templates, bulletin};

use facts::facts;
use plot::plots;
use year::Archive;

/// The template of a year.
const TEMPLATE: &str = "report.html";

/// `reports/YYYY/` of every year with an advisory, the bulletins, and the list of both, where there is any.
pub(crate) fn render(press: &Press<'_>) -> Result<(), Error> {
    let shelf = Shelf::new(press);
    let told = shelf.data.history.iter();
    let told = told.filter(|row| row.standing + row.withdrawn > 0);
    let years: Vec<i16> = told.map(|row| row.year).rev().collect();
    let pages = years.par_iter();
    pages.try_for_each(|year| shelf.page(press, *year))?;
    let bulletins = bulletin::render(press)?;
    if years.is_empty() {
        return Ok(());
    }
    let data = minijinja::context! { years, bulletins => value(&bulletins) };
    let (template, path) = ("reports.html", "reports/index.html");
    let texts = press.texts_of(template);
    let (title, description) = (
        texts.word("reports.title"),
        texts.word("reports.description"),
    );
    press.page(template, path, &title, &description, &data)
}

/// The report of one year, whether or not it has an advisory, as the site would have it.
///
/// # Errors
/// A template that cannot be rendered, or a sink that is full.
pub fn report(
    book: &Book,
    edition: &Edition,
    templates: &Templates,
    year: i16,
    sink: &dyn Sink,
) -> Result<(), Error> {
    let press = Press::new(book, edition, templates, sink);
    Shelf::new(&press).page(&press, year)
}

/// The same numbers twice: in English for what programs read, in the site's language for its pages.
struct Shelf<'p> {
    data: Archive<'p>,
    pages: Archive<'p>,
}

impl<'p> Shelf<'p> {
    fn new(press: &'p Press<'_>) -> Self {
        Self {
            data: Archive::new(press.book, Texts::english()),
            pages: Archive::new(press.book, press.texts_of(TEMPLATE)),
        }
    }

    fn page(&self, press: &Press<'_>, year: i16) -> Result<(), Error> {
        let data = facts(&self.data, year);
        let mut json = serde_json::to_vec_pretty(&data).unwrap_or_default();
        json.push(b'\n');
        put(press.sink, format!("reports/{year}/report.json"), json)?;
        let text = markdown::markdown(&data, press.url());
        put(press.sink, format!("reports/{year}/report.md"), text)?;
        let (texts, facts) = (press.texts_of(TEMPLATE), facts(&self.pages, year));
        let data = minijinja::context! {
            report => value(&facts),
            reviews => value(&facts::reviews(&facts)),
            plots => value(&plots(texts, &facts)),
        };
        let said = |key| texts.say(key, &[("year", year.to_string().into())]);
        let path = format!("reports/{year}/index.html");
        let (title, description) = (said("report.title"), said("report.description"));
        press.page(TEMPLATE, &path, &title, &description, &data)
    }
}
