//! Owns the files that notes go into: a changelog, or a directory of fragments; written, or compared.
//! Must never write a part of what is to be written.

use std::path::Path;
use std::process::ExitCode;

use caveat_check::Book;
use caveat_notes::{Fault, Release, absent, findings, fragments, headed, updated, written};

use super::question::Question;
use super::{As, Notes};
use crate::failure::Failure;
use crate::output;
use crate::shared_file::{SharedFile, write};

pub(super) struct Target<'a> {
    pub(super) book: &'a Book,
    pub(super) question: &'a Question<'a>,
    pub(super) version: Option<&'a str>,
    pub(super) notes: &'a Notes,
    pub(super) path: &'a Path,
    /// As it was named.
    pub(super) name: String,
}

impl Target<'_> {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        match self.notes.form {
            As::Markdown => self.changelog(),
            As::Towncrier => self.directory(),
            _ => Err(Failure::Question(
                "--into writes a changelog in Markdown, or fragments for towncrier; every other form is printed".to_owned(),
            )),
        }
    }

    fn changelog(&self) -> Result<ExitCode, Failure> {
        let file = SharedFile::read(self.path, self.name.clone(), self.command())?;
        let Some(text) = &file.text else {
            return Err(Failure::NoChangelog(file.path));
        };
        if text.contains('\r') && !text.contains('\n') {
            let why =
                "its lines end in CR alone, which our part would not; save it with LF or CRLF";
            return Err(Failure::Changelog(self.name.clone(), why.to_owned()));
        }
        let release = self.version.map(|version| self.question.release(version));
        let release = release.transpose()?;
        if self.notes.check {
            return self.check(&file, text, release);
        }
        let wanted = match release {
            Some(release) => self.one(text, release),
            None => self.every(text),
        };
        let wanted = wanted.map_err(|fault| self.fault(&fault))?;
        write(vec![(file, wanted)])
    }

    fn one(&self, text: &str, release: &Release<'_>) -> Result<String, Fault> {
        let text = match self.notes.date {
            Some(day) => headed(text, release, day)?,
            None => text.to_owned(),
        };
        written(&text, self.book, release, self.notes.force)
    }

    fn every(&self, text: &str) -> Result<String, Fault> {
        let (key, releases) = (&self.question.key, &self.question.releases);
        let wanted = updated(text, self.book, key, releases, self.notes.force)?;
        self.tell_absent(text);
        Ok(wanted)
    }

    /// A changelog may begin late or be of one branch, so that what it does not have is no fault.
    fn tell_absent(&self, text: &str) {
        let absent = absent(text, &self.question.releases);
        let versions: Vec<String> = absent.iter().map(|one| one.version.to_string()).collect();
        if !versions.is_empty() {
            let (name, versions) = (&self.name, versions.join(", "));
            output::done(&format!(
                "{name}: no heading names {versions}, so it has no notes of that"
            ));
        }
    }

    fn check(
        &self,
        file: &SharedFile,
        text: &str,
        release: Option<&Release<'_>>,
    ) -> Result<ExitCode, Failure> {
        let Some(release) = release else {
            return self.all(text);
        };
        match written(text, self.book, release, true) {
            Ok(wanted) if file.is_same(&wanted, "the feed") => Ok(ExitCode::SUCCESS),
            Ok(_) => Ok(ExitCode::from(1)),
            Err(fault @ Fault::NoHeading { .. }) => {
                output::done(&format!("{}: {}", self.name, fault.says()));
                Ok(ExitCode::from(1))
            }
            Err(fault) => Err(self.fault(&fault)),
        }
    }

    /// Both ways: what should be named, and what is.
    fn all(&self, text: &str) -> Result<ExitCode, Failure> {
        let (key, releases) = (&self.question.key, &self.question.releases);
        let found = findings(text, self.book, key, releases);
        let found = found.map_err(|fault| self.fault(&fault))?;
        for one in &found {
            output::done(&format!("{}:{}: {}", self.name, one.line, one.says));
        }
        self.tell_absent(text);
        if !found.is_empty() {
            output::done(&format!(
                "`{}` writes what can be written; what people changed or named, people mend",
                self.command()
            ));
        }
        Ok(ExitCode::from(u8::from(!found.is_empty())))
    }

    /// A file for each advisory; one that is there and says something else is somebody's.
    fn directory(&self) -> Result<ExitCode, Failure> {
        let Some(version) = self.version else {
            return Err(self.question.open());
        };
        let release = self.question.release(version)?;
        let mut files = Vec::new();
        for fragment in fragments(self.book, release) {
            let path = self.path.join(&fragment.name);
            let name = format!("{}/{}", self.name.trim_end_matches('/'), fragment.name);
            let file = SharedFile::read(&path, name, self.command())?;
            let taken = file
                .text
                .as_ref()
                .is_some_and(|text| *text != fragment.text);
            if taken && !self.notes.check && !self.notes.force {
                return Err(Failure::OtherFragment(file.name));
            }
            files.push((file, fragment.text));
        }
        if self.notes.check {
            let other = files
                .iter()
                .filter(|(file, text)| !file.is_same(text, "the feed"));
            return Ok(ExitCode::from(u8::from(other.count() > 0)));
        }
        write(files)
    }

    fn fault(&self, fault: &Fault) -> Failure {
        let place = fault
            .line()
            .map_or(String::new(), |line| format!(":{line}"));
        Failure::Changelog(format!("{}{place}", self.name), fault.says())
    }

    /// What writes it.
    fn command(&self) -> String {
        let version = self
            .version
            .map_or(String::new(), |version| format!(" {version}"));
        let form = match self.notes.form {
            As::Towncrier => " --as towncrier",
            _ => "",
        };
        format!(
            "caveat notes {}{version}{form} --into {}",
            self.question.key, self.name
        )
    }
}
