//! Owns an author's desk: the project and its advisories as they lie there, and what they would be after a change.
//! Must never write anything that `check` refuses.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_advisory::{Advisory, Document, Draft, Input, Project, Timestamp, nearest, stem};
use caveat_author::Fault;
use caveat_diag::Report;
use caveat_load::{Recall, past, root_above, work_tree};

use crate::args::Args;
use crate::cmd::now;
use crate::failure::Failure;
use crate::output;
use crate::pen::{self, Old, Sheet};

/// The file without which no other can be judged.
const PROJECT: &str = "caveat.toml";
/// Where drafts are.
pub(crate) const DRAFTS: &str = "advisories/drafts/";

pub(crate) struct Desk {
    pub(crate) root: PathBuf,
    pub(crate) input: Input,
}

/// A file as it shall be.
pub(crate) struct Change {
    /// Where, relative to the root.
    pub(crate) path: String,
    /// What.
    pub(crate) text: String,
    /// Where it was until now.
    pub(crate) from: String,
}

impl Desk {
    /// With what git remembers, as `check` has it: what is written here must pass there.
    pub(crate) fn open(args: &Args) -> Result<Self, Failure> {
        let mut desk = Self::without_past(args)?;
        desk.input.past = past(&desk.root, "HEAD", Recall::Kept)?;
        Ok(desk)
    }

    /// For whoever changes nothing that readers see: git is asked nothing.
    pub(crate) fn without_past(args: &Args) -> Result<Self, Failure> {
        let root = root_above(&args.directory)?;
        let input = work_tree(&root)?;
        Ok(Self { root, input })
    }

    /// `caveat.toml`; what is wrong with it, where it cannot be read.
    pub(crate) fn project(&self) -> Result<Document<Project>, Report> {
        let mut report = Report::default();
        let draft = self.input.project.clone();
        let project = draft.and_then(|draft| Document::<Project>::read(draft, &mut report));
        project.ok_or(report)
    }

    /// The published advisory with this id.
    pub(crate) fn advisory(&self, id: &str) -> Result<&Draft, Failure> {
        let published = self.input.advisories.iter();
        let published = published.filter(|draft| !draft.path.starts_with(DRAFTS));
        let named: Vec<(&str, &Draft)> =
            published.map(|draft| (stem(&draft.path), draft)).collect();
        let found = named.iter().find(|(name, _)| *name == id);
        found.map(|(_, draft)| *draft).ok_or_else(|| {
            let near = nearest(id, named.iter().map(|(name, _)| *name));
            let hint = near.map(|near| format!("; did you mean `{near}`?"));
            Failure::UnknownId(id.to_owned(), hint.unwrap_or_default())
        })
    }

    /// What may not be repeated of what lies here.
    pub(crate) fn discretion(&self) -> caveat_check::Discretion {
        caveat_check::discretion(self.input.clone(), now())
    }

    /// Writes the changes, if what they lead to is without error; else nothing, and tells why.
    pub(crate) fn change(&self, changes: &[Change], as_of: Timestamp) -> Result<Report, Failure> {
        let report = self.after(changes, as_of);
        if !report.has_errors() {
            let locks = self.locks(changes);
            let all = changes.iter().chain(&locks);
            let sheets: Vec<Sheet> = all.map(|change| self.sheet(change)).collect();
            pen::write(&sheets)?;
            output::report(&report);
        }
        Ok(report)
    }

    /// Changes the text of one file in its place, and says that it was `done`.
    pub(crate) fn edit(
        &self,
        draft: &Draft,
        text: Result<String, Fault>,
        done: &str,
    ) -> Result<ExitCode, Failure> {
        let path = draft.path.clone();
        let text = text.map_err(|fault| Failure::Author { path, fault })?;
        let change = Change {
            path: draft.path.clone(),
            text,
            from: draft.path.clone(),
        };
        let report = self.change(&[change], now())?;
        if report.has_errors() {
            return Ok(unwritten(&report));
        }
        output::done(done);
        Ok(ExitCode::SUCCESS)
    }

    /// The locks that go where their advisories go.
    fn locks(&self, changes: &[Change]) -> Vec<Change> {
        let moved = changes.iter().filter(|change| change.path != change.from);
        let lock = |change: &Change| {
            let from = lock_path(&change.from);
            let draft = self.input.locks.iter().find(|draft| draft.path == from)?;
            Some(Change {
                path: lock_path(&change.path),
                text: String::from_utf8_lossy(&draft.bytes).into_owned(),
                from,
            })
        };
        moved.filter_map(lock).collect()
    }

    fn sheet(&self, change: &Change) -> Sheet {
        Sheet {
            path: self.root.join(&change.path),
            bytes: change.text.clone().into_bytes(),
            instead_of: self.lies(&change.from),
        }
    }

    /// An advisory or a lock as it was read, for whoever replaces it.
    pub(crate) fn lies(&self, path: &str) -> Option<Old> {
        let mut drafts = self.input.advisories.iter().chain(&self.input.locks);
        let draft = drafts.find(|draft| draft.path == path)?;
        Some(Old {
            path: self.root.join(path),
            bytes: draft.bytes.clone(),
        })
    }

    /// What `check` would say of the changed files.
    fn after(&self, changes: &[Change], as_of: Timestamp) -> Report {
        let mut input = self.input.clone();
        input
            .advisories
            .retain(|draft| changes.iter().all(|change| change.from != draft.path));
        input.advisories.extend(changes.iter().map(|change| Draft {
            path: change.path.clone(),
            bytes: change.text.clone().into_bytes(),
        }));
        for lock in self.locks(changes) {
            let moved = input.locks.iter_mut().find(|draft| draft.path == lock.from);
            if let Some(draft) = moved {
                draft.path.clone_from(&lock.path);
            }
        }
        input.sort();
        judged(input, as_of, |path| {
            let lock = |change: &Change| lock_path(&change.path) == path;
            changes
                .iter()
                .any(|change| change.path == path || lock(change))
        })
    }
}

/// What `check` says of some files, and of `caveat.toml`, without which it says little.
pub(crate) fn judged(input: Input, as_of: Timestamp, of_interest: impl Fn(&str) -> bool) -> Report {
    let mut report = Report::default();
    caveat_check::check(input, as_of, &mut report);
    report.retain(|path| path == PROJECT || of_interest(path));
    report
}

/// The text of an advisory that can be read, and what it says; else what is wrong with it goes into the report.
pub(crate) fn advisory(draft: &Draft, report: &mut Report) -> Option<(String, Advisory)> {
    let document = Document::<Advisory>::read(draft.clone(), report)?;
    let text = document.source().text().to_owned();
    Some((text, document.into_data()))
}

/// Says why nothing was written.
pub(crate) fn unwritten(report: &Report) -> ExitCode {
    output::report(report);
    output::done("nothing was written");
    output::exit_code(report)
}

/// Where the lock of an advisory is.
pub(crate) fn lock_path(advisory: &str) -> String {
    let stem = advisory.strip_suffix(".toml").unwrap_or(advisory);
    format!("{stem}.lock")
}

/// A path as the repository writes it.
pub(crate) fn slashes(path: &Path) -> String {
    let parts = path.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
