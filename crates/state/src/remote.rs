//! Owns what is asked of another machine: which commit its branch has, and that it take the next one. By the program `git`.
//! Must never force, run a hook, hand on a private key, or ask anything but the named remote about the named branch.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use caveat_load::{SECRETS, in_one_line};
use git2::Oid;

use crate::Error;

/// A branch on another machine.
pub(crate) struct Remote<'a> {
    /// The directory that git keeps its own files in.
    pub(crate) repository: &'a Path,
    pub(crate) name: &'a str,
    pub(crate) branch: &'a str,
}

impl Remote<'_> {
    /// Its newest commit; `None` where it has no such branch.
    pub(crate) fn head(&self) -> Result<Option<Oid>, Error> {
        let place = self.place();
        let output = self.git(&["ls-remote", "--quiet", "--", self.name, &place])?;
        if !output.status.success() {
            return Err(self.unreachable(&output));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        // A pattern may match the end of a longer name, too.
        let mut heads = lines.filter(|(_, name)| *name == place);
        let head = heads.next().map(|(hash, _)| hash);
        Ok(head.map(Oid::from_str).transpose()?)
    }

    /// Brings that commit and all before it here, and moves no reference: what is known of it is to be compared first.
    pub(crate) fn fetch(&self) -> Result<(), Error> {
        let refspec = self.place();
        let options = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"];
        let more = ["--recurse-submodules=no", "--refmap=", "--"];
        let place = [self.name, refspec.as_str()];
        let output = self.git(&[&options[..], &more[..], &place[..]].concat())?;
        if output.status.success() {
            Ok(())
        } else {
            Err(self.unreachable(&output))
        }
    }

    /// Has it take a commit that follows its own. What git says, where it does not.
    pub(crate) fn push(&self, commit: Oid) -> Result<Result<(), String>, Error> {
        let refspec = format!("{commit}:{}", self.place());
        let options = ["push", "--quiet", "--no-verify", "--no-follow-tags"];
        let more = ["--recurse-submodules=no", "--", self.name, &refspec];
        let output = self.git(&[&options[..], &more[..]].concat())?;
        let taken = output.status.success();
        Ok(if taken { Ok(()) } else { Err(said(&output)) })
    }

    fn place(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// With people's own credentials and proxies, but without their hooks.
    fn git(&self, arguments: &[&str]) -> Result<Output, Error> {
        let mut command = Command::new("git");
        command
            .arg("--git-dir")
            .arg(self.repository)
            .args(["-c", "core.hooksPath=/dev/null"])
            .args(["-c", "push.gpgSign=false", "-c", "push.pushOption="])
            .args(["-c", "gc.auto=0", "-c", "maintenance.auto=false"])
            .args(arguments)
            .stdin(Stdio::null());
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        for secret in SECRETS {
            command.env_remove(secret);
        }
        command.output().map_err(Error::NoGit)
    }

    fn unreachable(&self, output: &Output) -> Error {
        Error::Unreachable {
            remote: self.name.to_owned(),
            branch: self.branch.to_owned(),
            said: said(output),
        }
    }
}

fn said(output: &Output) -> String {
    in_one_line(&String::from_utf8_lossy(&output.stderr))
}
