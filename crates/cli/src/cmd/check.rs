//! Owns `caveat check`: the files as they lie there, judged as of now.
//! Must never write anything but fixes that were asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_advisory::{Document, Input, Project};
use caveat_check::check_and_withhold;
use caveat_diag::Report;
use caveat_load::{Recall, changed_since, past, path_in_repository, root_above, work_tree};

use super::{as_of, now};
use crate::args::{Args, Check, Format};
use crate::failure::Failure;
use crate::last_look::last_look;
use crate::leaked;
use crate::mend::{mend, sheets};
use crate::output;
use crate::pen;
use crate::progress::Progress;
use crate::seal;

pub(crate) fn run(args: &Args, check: &Check) -> Result<ExitCode, Failure> {
    let as_of = as_of(&check.time, now)?;
    let progress = Progress::start("reading advisories");
    let root = root_above(&args.directory)?;
    let scope = Scope::new(&root, &args.directory, check)?;
    let mut input = work_tree(&root)?;
    input.past = past(&root, "HEAD", Recall::Kept)?;
    let count = input.advisories.len();
    let (site, keys) = (site(&input), input.keys.clone());
    progress.stage("checking advisories");
    let judge = |input: Input| {
        let mut report = Report::default();
        caveat_check::check(input, as_of, &mut report);
        scope.narrow(report)
    };
    let mended = if check.fix {
        let mended = mend(&mut input, |input| {
            let mut report = judge(input.clone()).0;
            report.retain(|path| scope.asks_for(path));
            report
        });
        pen::write(&sheets(&root, &mended))?;
        mended
    } else {
        BTreeMap::new()
    };
    if let Some(identity) = &check.identity {
        // Only now: what was sealed is never mended, so it is never written.
        seal::open(&root, &mut input, &args.directory.join(identity))?;
    }
    let (project, templates) = (input.project.clone(), input.templates.clone());
    let mut report = Report::default();
    let checked = check_and_withhold(input, as_of, &mut report);
    let leaked = leaked::beside(&root, &keys, &report)?;
    let (mut report, hidden) = scope.narrow(report);
    // What a name or a change says of files that are there says nothing of one that is gone.
    report.extend(leaked);
    let looked = checked.map_or(Ok(()), |(book, withheld)| {
        last_look(&book, withheld, project, &templates)
    });
    drop(progress);
    for (path, mended) in &mended {
        let fixes = output::plural(mended.count, "fix");
        output::done(&format!("{fixes} made in {path}"));
    }
    let prefix = path_in_repository(&root);
    output::report_as(&report, check.format, &prefix, site.as_deref())?;
    looked?;
    conclude(&report, check.format, count, hidden);
    Ok(output::exit_code(&report))
}

/// The sentences after a report.
fn conclude(report: &Report, format: Format, count: usize, hidden: usize) {
    if report.is_empty() {
        let checked = output::plural(count, "advisory");
        output::done(&format!("checked {checked}: nothing to say"));
    }
    if hidden > 0 && matches!(format, Format::Human) {
        let findings = output::plural(hidden, "finding");
        output::done(&format!(
            "not shown: {findings} in files that did not change"
        ));
    }
}

/// Where this feed has a page for each rule: the address of its site, if the project can be read.
fn site(input: &Input) -> Option<String> {
    let draft = input.project.clone()?;
    let project = Document::<Project>::read(draft, &mut Report::default())?;
    let url = project.data().feed.url.trim_end_matches('/').to_owned();
    let plain = url.bytes().all(|byte| byte.is_ascii_graphic());
    (plain && url.starts_with("https://")).then_some(url)
}

/// What to report on; everything is checked all the same.
struct Scope {
    paths: Vec<PathBuf>,
    changed: Option<BTreeSet<String>>,
}

impl Scope {
    fn new(root: &Path, directory: &Path, check: &Check) -> Result<Self, Failure> {
        let changed = check.changed.as_deref();
        let changed = changed.map(|base| changed_since(root, base)).transpose()?;
        Ok(Self {
            paths: relative(root, directory, &check.paths)?,
            changed,
        })
    }

    /// Named by the arguments, or nothing was named.
    fn asks_for(&self, path: &str) -> bool {
        let path = Path::new(path);
        self.paths.is_empty() || self.paths.iter().any(|chosen| path.starts_with(chosen))
    }

    /// What of a report is in scope, and how many findings are not because their files did not change.
    fn narrow(&self, mut report: Report) -> (Report, usize) {
        if !self.paths.is_empty() {
            // What is wrong with the project is wrong with every advisory.
            report.retain(|path| path == "caveat.toml" || self.asks_for(path));
        }
        let all = report.len();
        if let Some(changed) = &self.changed {
            report.retain_touching(|path| changed.contains(path));
        }
        let hidden = all - report.len();
        (report, hidden)
    }
}

/// Paths as people type them, relative to the project's root.
pub(super) fn relative(
    root: &Path,
    directory: &Path,
    paths: &[PathBuf],
) -> Result<Vec<PathBuf>, Failure> {
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
