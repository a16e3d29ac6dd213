//! Owns the last look of `check`: whether a build of these files would tell of what is withheld.
//! Must never write anything: what is rendered for it goes nowhere.

use std::collections::BTreeMap;

use caveat_advisory::Draft;
use caveat_artifact::{Artifact, Sink, SinkError};
use caveat_canary::{Watch, Withheld};
use caveat_check::Book;
use caveat_convert::convert;
use caveat_render::{Templates, render};

use crate::cmd::show::preview;
use crate::failure::Failure;
use crate::own_words::spare_own_words;

/// Takes everything and keeps nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: Artifact) -> Result<(), SinkError> {
        Ok(())
    }
}

/// Renders what a build would render, and looks at it as a build does. Costs nothing where nothing is withheld, or where only names
/// are and nothing that pages are made of has them.
///
/// # Errors
/// What a build would refuse to publish, or templates that cannot be rendered.
pub(crate) fn last_look(
    book: &Book,
    mut withheld: Withheld,
    project: Option<Draft>,
    templates: &BTreeMap<String, Vec<u8>>,
) -> Result<(), Failure> {
    if withheld.is_quiet() {
        return Ok(());
    }
    let edition = preview();
    spare_own_words(&mut withheld, project, book.as_of(), &edition);
    let records = convert(book).map_err(Box::new)?;
    let templates = Templates::new(templates)?;
    let sink = Watch::new(Nowhere, withheld);
    render(book, &records, &edition, &templates, &sink)?;
    sink.finish()?;
    Ok(())
}
