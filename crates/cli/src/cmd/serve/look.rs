//! Owns one look at the files: read, checked, converted and rendered as a build would, into memory.
//! Must never let anything pass that a build would keep back.

use std::path::{Path, PathBuf};

use caveat_advisory::Timestamp;
use caveat_artifact::{Hashing, Memory, sha256};
use caveat_canary::{Watch, Withheld};
use caveat_check::{Book, check_and_withhold};
use caveat_convert::{Records, convert};
use caveat_diag::emit::human;
use caveat_diag::{Level, Report};
use caveat_load::work_tree;
use caveat_query::Index;
use caveat_render::{Templates, render};
use caveat_serve::Edition;

use crate::args::Time;
use crate::cmd::show::preview;
use crate::cmd::{instant, now};
use crate::failure::Failure;
use crate::output;
use crate::own_words::spare_own_words;

/// Where to look, and for which moment.
pub(super) struct Look {
    root: PathBuf,
    /// None is the moment of each look.
    as_of: Option<Timestamp>,
    with_site: bool,
}

/// What was seen.
pub(super) struct Seen {
    pub(super) edition: Edition,
    shown: usize,
    /// Files of advisories that nobody may see yet.
    hidden: usize,
    report: Report,
}

/// Why nothing can be shown.
pub(super) enum Trouble {
    Faults(Report),
    Failure(Box<Failure>),
}

impl<E: Into<Failure>> From<E> for Trouble {
    fn from(failure: E) -> Self {
        Self::Failure(Box::new(failure.into()))
    }
}

impl Trouble {
    /// What keeps it from being shown, for people: a page has no room for what does not.
    pub(super) fn text(&self, colour: bool) -> String {
        match self {
            Self::Faults(report) => {
                let mut errors = Report::default();
                let found = report.sorted().into_iter();
                for found in found.filter(|found| found.level == Level::Error) {
                    errors.push(found.clone());
                }
                let said = human(&errors, colour);
                format!("{said}{}\n", output::summary(&errors))
            }
            Self::Failure(failure) => format!("error: {failure}\n"),
        }
    }
}

impl Seen {
    /// One line for the terminal.
    pub(super) fn sentence(&self) -> String {
        let shown = output::plural(self.shown, "advisory");
        let mut said = format!("shown: {shown}");
        if self.hidden > 0 {
            let files = output::plural(self.hidden, "file");
            said.push_str(&format!(
                "; hidden, as from readers: {files} of drafts or under embargo"
            ));
        }
        if !self.report.is_empty() {
            let found = output::summary(&self.report);
            said.push_str(&format!("; `caveat check` tells of {found}"));
        }
        said
    }
}

impl Look {
    pub(super) fn new(root: &Path, time: &Time, with_site: bool) -> Result<Self, Failure> {
        let as_of = time.as_of.as_deref().filter(|text| *text != "now");
        Ok(Self {
            root: root.to_owned(),
            as_of: as_of.map(instant).transpose()?,
            with_site,
        })
    }

    /// Looks at the files as they lie there.
    pub(super) fn look(&self) -> Result<Seen, Trouble> {
        let as_of = self.as_of.unwrap_or_else(now);
        let input = work_tree(&self.root)?;
        let templates = Templates::new(&input.templates)?;
        let (written, sealed) = (input.advisories.len(), input.sealed.len());
        let project = input.project.clone();
        let mut report = Report::default();
        let checked = check_and_withhold(input, as_of, &mut report);
        let Some((book, mut withheld)) = checked else {
            return Err(Trouble::Faults(report));
        };
        super::super::warn_of_embargoed(&book);
        let records = convert(&book).map_err(Box::new)?;
        spare_own_words(&mut withheld, project, as_of, &preview());
        let (site, mark) = self.site(&book, &records, &templates, withheld)?;
        let index = Index::new(&book, &records);
        let shown = book.entries().len();
        Ok(Seen {
            edition: Edition { index, site, mark },
            shown,
            hidden: written - shown + sealed,
            report,
        })
    }

    /// Every file, looked at for what is withheld; and what tells this edition from another.
    fn site(
        &self,
        book: &Book,
        records: &Records,
        templates: &Templates,
        withheld: Withheld,
    ) -> Result<(Option<Site>, String), Trouble> {
        if !self.with_site {
            return Ok((None, String::new()));
        }
        let sink = Watch::new(Hashing::new(Memory::default()), withheld);
        render(book, records, &preview(), templates, &sink)?;
        let (manifest, files) = sink.finish().map_err(Failure::from)?.finish();
        Ok((Some(files.into_files()), sha256(&manifest.to_sums())))
    }
}

type Site = std::collections::BTreeMap<caveat_artifact::SitePath, Vec<u8>>;
