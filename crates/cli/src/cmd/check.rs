//! Owns `caveat check`: the files as they lie there, judged as of now.
//! Must never write anything.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_diag::Report;
use caveat_load::{root_above, work_tree};

use super::{as_of, now};
use crate::args::{Args, Check};
use crate::failure::Failure;
use crate::output;
use crate::progress::Progress;

pub(crate) fn run(args: &Args, check: &Check) -> Result<ExitCode, Failure> {
    let as_of = as_of(&check.time, now)?;
    let progress = Progress::start("reading advisories");
    let root = root_above(&args.directory)?;
    let chosen = relative(&root, &args.directory, &check.paths)?;
    let input = work_tree(&root)?;
    let count = input.advisories.len();
    progress.stage("checking advisories");
    let mut report = Report::default();
    caveat_check::check(input, as_of, &mut report);
    drop(progress);
    if !chosen.is_empty() {
        // What is wrong with the project is wrong with every advisory.
        report.retain(|path| {
            path == "caveat.toml"
                || chosen
                    .iter()
                    .any(|chosen| Path::new(path).starts_with(chosen))
        });
    }
    output::report(&report, check.format);
    if report.is_empty() {
        output::done(&format!(
            "checked {}: nothing to say",
            output::plural(count, "advisory")
        ));
    }
    Ok(output::exit_code(&report))
}

/// Paths as people type them, relative to the project's root.
fn relative(root: &Path, directory: &Path, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let one = |path: &PathBuf| {
        let typed = directory.join(path);
        let real = typed.canonicalize().map_err(|source| Failure::Read {
            path: typed,
            source,
        })?;
        Ok(real.strip_prefix(root).map(Path::to_owned).unwrap_or(real))
    };
    paths.iter().map(one).collect()
}
