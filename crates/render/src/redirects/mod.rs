//! Owns addresses that are no more: which there were, as the book tells it, and where each leads.
//! Must never lead on from an address where something is, or depend on what was published: the same book, the same answer.

mod databases;
mod former;
mod letters;
mod lists;
mod people;
mod shelves;
mod there;

use std::collections::BTreeMap;

use caveat_advisory::{Project, Redirect};
use caveat_artifact::{PathError, Sink, SitePath};
use caveat_check::Book;

use crate::Error;
use crate::error::put;
use crate::pages::Press;
use crate::view::{Named, packages};

use former::{Former, formers};
use lists::Shorter;
use people::people;
use shelves::shelves;
use there::There;

/// Addresses below the site's root, or whole ones, by the file that was there.
type Leads = BTreeMap<SitePath, String>;

/// `_redirects`, as several static hosts read it; with signatures of CSAF documents, where they are `signed`.
///
/// # Errors
/// A name that cannot be a path.
pub fn redirects(book: &Book, signed: bool) -> Result<String, PathError> {
    Ok(text(&leads(book, &packages(book), signed)?))
}

fn text(leads: &Leads) -> String {
    let line = |(from, to): (&SitePath, &String)| {
        let slash = if to.starts_with("https://") { "" } else { "/" };
        format!("/{} {slash}{to} 301\n", from.address())
    };
    leads.iter().map(line).collect()
}

/// The list for hosts that read one, and a page that leads on for those that do not.
pub(crate) fn render(
    press: &Press<'_>,
    packages: &[Named<'_>],
    sink: &dyn Sink,
) -> Result<(), Error> {
    let leads = leads(press.book, packages, press.signed)?;
    if !leads.is_empty() {
        put(sink, "_redirects", text(&leads))?;
    }
    for (from, to) in leads {
        let ending = from.as_ref().rsplit_once('.').map(|(_, ending)| ending);
        let free = if ending == Some("html") {
            press.moved(&from, &to)
        } else {
            sink.reserve(&from).map_err(Error::from)
        };
        free.map_err(|error| match error {
            Error::Sink(sink) if sink.is_clash() => Error::Taken(from.address()),
            other => other,
        })?;
    }
    Ok(())
}

fn leads(book: &Book, packages: &[Named<'_>], signed: bool) -> Result<Leads, PathError> {
    let entries = book.entries();
    let formers = entries.iter().map(|entry| formers(book.project(), entry));
    let formers: Vec<Vec<Former>> = formers.collect();
    let there = There::new(book, packages, formers.iter().flatten());
    let mut leads = Leads::new();
    for (entry, formers) in entries.iter().zip(&formers) {
        letters::earlier(book, entry, &mut leads)?;
        for former in formers {
            there.lead(former, entry, &mut leads)?;
        }
    }
    letters::planned(book, &mut leads)?;
    let formers: Vec<&Former> = formers.iter().flatten().collect();
    Shorter::new(book, &formers, &leads).lead(packages, &there, &mut leads)?;
    shelves(packages, &formers, &mut leads)?;
    people(book, &mut leads)?;
    if signed {
        signatures(&mut leads)?;
    }
    notices(book.project(), &mut leads)?;
    written(book.project(), &mut leads)?;
    Ok(leads)
}

/// Where the signature of a CSAF document was, is none now: what its document leads to has one.
fn signatures(leads: &mut Leads) -> Result<(), PathError> {
    let documents = leads.iter();
    let documents =
        documents.filter_map(|(from, to)| Some((caveat_csaf::signature_path(from.as_ref())?, to)));
    let signatures = documents.map(|(from, to)| Ok((SitePath::new(from)?, format!("{to}.asc"))));
    let signatures: Vec<_> = signatures.collect::<Result<_, PathError>>()?;
    leads.extend(signatures);
    Ok(())
}

/// Pages of what caveat.toml alone tells: whoever kept their addresses finds the front page once it tells nothing.
fn notices(project: &Project, leads: &mut Leads) -> Result<(), PathError> {
    let silent = [
        ("announced/index.html", project.announcements.is_empty()),
        ("disputed/index.html", project.disputed.is_empty()),
    ];
    let silent = silent.into_iter().filter(|(_, silent)| *silent);
    silent.map(|(path, _)| path).try_for_each(|path| {
        leads.insert(SitePath::new(path.to_owned())?, String::new());
        Ok(())
    })
}

/// What people wrote goes before what follows from the data.
fn written(project: &Project, leads: &mut Leads) -> Result<(), PathError> {
    for redirect in &project.redirects {
        let from = SitePath::new(Redirect::file(&redirect.from))?;
        let to = if redirect.to.starts_with("https://") {
            redirect.to.clone()
        } else {
            SitePath::new(Redirect::file(&redirect.to))?.address()
        };
        leads.insert(from, to);
    }
    Ok(())
}
