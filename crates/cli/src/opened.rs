//! Owns one published advisory on the desk: as it lies there, and how it is told that it changed.
//! Must never write by itself: the desk does, if `check` has nothing against it.

use std::process::ExitCode;

use caveat_advisory::{Advisory, Draft};
use caveat_author::Fault;
use caveat_diag::Report;

use crate::args::Args;
use crate::desk::{Desk, advisory, unwritten};
use crate::failure::Failure;
use crate::told::with_changes;

/// A published advisory that can be read, on its desk.
pub(crate) struct Opened {
    pub(crate) desk: Desk,
    pub(crate) draft: Draft,
    /// What is in the file.
    pub(crate) text: String,
    /// What that says.
    pub(crate) state: Advisory,
}

impl Opened {
    /// The published advisory with this id; where it cannot be read, that was said, and nothing is left to do.
    pub(crate) fn new(args: &Args, id: &str) -> Result<Result<Self, ExitCode>, Failure> {
        let desk = Desk::open(args)?;
        let draft = desk.advisory(id)?.clone();
        let mut report = Report::default();
        let Some((text, state)) = advisory(&draft, &mut report) else {
            return Ok(Err(unwritten(&report)));
        };
        Ok(Ok(Self {
            desk,
            draft,
            text,
            state,
        }))
    }

    /// Puts a changed text in its place, with all in its last revision that it changes for readers; and says that it was `done`.
    pub(crate) fn tell(
        &self,
        text: Result<String, Fault>,
        done: &str,
    ) -> Result<ExitCode, Failure> {
        let told = with_changes(&self.desk, &self.draft, &self.state, text)?;
        self.desk.edit(&self.draft, Ok(told), done)
    }
}
