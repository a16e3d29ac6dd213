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
use rayon::prelude::*;

use crate::error::put;
use crate::pages::Press;
use crate::templates::value;
use crate::{Edition, Error, Templates, bulletin};

use facts::facts;
use plot::plots;
use year::{Archive, YearRow};

/// `reports/YYYY/` of every year with an advisory, the bulletins, and the list of both, where there is any.
pub(crate) fn render(press: &Press<'_>) -> Result<(), Error> {
    let archive = Archive::new(press.book);
    let history = archive.history();
    let told = history
        .iter()
        .filter(|row| row.standing + row.withdrawn > 0);
    let years: Vec<i16> = told.map(|row| row.year).rev().collect();
    let pages = years.par_iter();
    pages.try_for_each(|year| page(press, &archive, *year, &history))?;
    let bulletins = bulletin::render(press)?;
    if years.is_empty() {
        return Ok(());
    }
    let data = minijinja::context! { years, bulletins => value(&bulletins) };
    let description = "What each year brought: counts, promises kept and missed, and thanks.";
    let path = "reports/index.html";
    press.page("reports.html", path, "Reports", description, &data)
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
    let archive = Archive::new(book);
    page(&press, &archive, year, &archive.history())
}

fn page(
    press: &Press<'_>,
    archive: &Archive<'_>,
    year: i16,
    history: &[YearRow],
) -> Result<(), Error> {
    let facts = facts(archive, year, history);
    let mut json = serde_json::to_vec_pretty(&facts).unwrap_or_default();
    json.push(b'\n');
    put(press.sink, format!("reports/{year}/report.json"), json)?;
    let text = markdown::markdown(&facts, press.url());
    put(press.sink, format!("reports/{year}/report.md"), text)?;
    let data = minijinja::context! {
        report => value(&facts),
        reviews => value(&facts::reviews(&facts)),
        plots => value(&plots(&facts)),
    };
    let description =
        format!("What was published in {year}, which promises were kept, and how long fixes took.");
    press.page(
        "report.html",
        &format!("reports/{year}/index.html"),
        &format!("Security report {year}"),
        &description,
        &data,
    )
}
