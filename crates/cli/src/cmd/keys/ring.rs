//! Owns the keyring of a work tree at hand: read, judged after a change, and written whole.
//! Must never write what would be a faulty keyring.

use std::path::PathBuf;
use std::process::ExitCode;

use caveat_advisory::{Document, Draft, Input, Project, nearest};
use caveat_author::Fault;
use caveat_diag::{Level, Report};
use caveat_keyring::{Entry, KEYRING, Keyring};
use caveat_load::{root_above, work_tree};

use super::KeysFault;
use crate::args::Args;
use crate::failure::Failure;
use crate::output;
use crate::pen::{self, Old, Sheet};

/// The files of a project, and what the keyring is made of.
pub(super) struct Ring {
    pub(super) root: PathBuf,
    pub(super) input: Input,
}

impl Ring {
    pub(super) fn open(args: &Args) -> Result<Self, Failure> {
        let root = root_above(&args.directory)?;
        let input = work_tree(&root)?;
        Ok(Self { root, input })
    }

    /// The keyring. Where it is faulty, that is told, and the exit code is what comes back.
    pub(super) fn keyring(&self) -> Result<Result<Keyring, ExitCode>, Failure> {
        let mut report = Report::default();
        match Keyring::read(&self.input.keys, &mut report) {
            Some(keyring) => Ok(Ok(keyring)),
            None if report.is_empty() => Err(KeysFault::None.into()),
            None => {
                output::report(&report);
                Ok(Err(output::exit_code(&report)))
            }
        }
    }

    /// The feed's name in signatures.
    pub(super) fn feed(&self) -> Result<String, Failure> {
        let draft = self.input.project.clone();
        let project =
            draft.and_then(|draft| Document::<Project>::read(draft, &mut Report::default()));
        let project = project.ok_or(KeysFault::NoFeed)?;
        Ok(project.data().feed.principal().to_owned())
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.file(path).is_some()
    }

    fn file(&self, path: &str) -> Option<&Draft> {
        self.input.keys.iter().find(|draft| draft.path == path)
    }

    /// The text of the keyring; empty where there is none.
    pub(super) fn text(&self) -> Result<String, Failure> {
        let Some(draft) = self.file(KEYRING) else {
            return Ok(String::new());
        };
        let text = String::from_utf8(draft.bytes.clone());
        text.map_err(|_| Failure::NotText(self.root.join(KEYRING)))
    }

    /// Changes the text of the keyring.
    pub(super) fn edited(
        text: &str,
        edit: impl FnOnce(&str) -> Result<String, Fault>,
    ) -> Result<String, Failure> {
        edit(text).map_err(|fault| Failure::Author {
            path: KEYRING.to_owned(),
            fault,
        })
    }

    /// What the keyring would be said of with these files; those that need not be there yet are let be.
    pub(super) fn after(&self, files: &[Draft]) -> Report {
        let kept = self.input.keys.iter();
        let kept = kept.filter(|draft| files.iter().all(|file| file.path != draft.path));
        let all: Vec<Draft> = kept.chain(files).cloned().collect();
        let mut report = Report::default();
        Keyring::read(&all, &mut report);
        report
    }

    /// Writes files below the root, in the place of those that are there; `gone` is removed for the last of them.
    pub(super) fn write(&self, files: &[Draft], gone: Option<&str>) -> Result<(), Failure> {
        let sheets: Vec<Sheet> = files
            .iter()
            .enumerate()
            .map(|(at, file)| {
                let last = at + 1 == files.len();
                let old = gone.filter(|_| last).unwrap_or(&file.path);
                Sheet {
                    path: self.root.join(&file.path),
                    bytes: file.bytes.clone(),
                    instead_of: self.file(old).map(|draft| Old {
                        path: self.root.join(old),
                        bytes: draft.bytes.clone(),
                    }),
                }
            })
            .collect();
        pen::write(&sheets)
    }
}

/// Does something stand in the way of writing? A keyring that is only begun does not: its first key is not its last.
pub(super) fn forbids(report: &Report) -> bool {
    let mut found = report.sorted().into_iter();
    found.any(|found| found.level == Level::Error && found.code != "missing-key")
}

/// The key of this name.
pub(super) fn named<'k>(keyring: &'k Keyring, name: &str) -> Result<&'k Entry, KeysFault> {
    let all = keyring.all();
    let found = all.iter().find(|entry| entry.name == name);
    found.copied().ok_or_else(|| {
        let names = all.iter().map(|entry| entry.name.as_str());
        let hint = nearest(name, names).map(|near| format!("; did you mean `{near}`?"));
        KeysFault::Unknown(name.to_owned(), hint.unwrap_or_default())
    })
}
