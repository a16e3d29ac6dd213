//! Owns `caveat import`: foreign files in, files of our form out, and what is to be said about each.
//! Must never overwrite a file unasked, leave half of one, or stop at the first that cannot be imported.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use caveat_advisory::{Document, Draft, Project};
use caveat_diag::{Diagnostic, Level, Report, Source};
use caveat_import::{Form, Imported, LARGEST_SOURCE, Settings, import};
use caveat_load::root_above;
use clap::ValueEnum;
use rayon::prelude::*;

use crate::args::{Args, Format};
use crate::failure::Failure;
use crate::output;
use crate::progress::Progress;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Ids that begin with the `id-prefix` of caveat.toml are kept; every other advisory becomes a draft
without id, with the source's id among its aliases. What our form has no place for is kept
under `[extra]`, and comes out in the record. Every doubt is a comment and a line of the report; `caveat check` judges the rest.

Examples:
  caveat import rustsec ~/advisory-db/crates
  caveat import julia advisory.md --into drafts-to-read
  caveat import haskell ~/security-advisories/advisories/published
  caveat import osv GHSA-2f84-9xq5-cvjm.json --unrated low
  gh api repos/OWNER/NAME/security-advisories/GHSA-2f84-9xq5-cvjm > a.json && caveat import ghsa a.json
  caveat import cve cvelistV5/cves/2026/12xxx/CVE-2026-12345.json"
)]
pub(crate) struct Import {
    /// The form of the source
    #[arg(value_enum)]
    form: Origin,
    /// A file, or a directory with such files at any depth
    src: PathBuf,
    /// Where to write [default: advisories/ of the project]
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// Severity class of what has no score [default: the last class of caveat.toml without a band]
    #[arg(long, value_name = "CLASS")]
    unrated: Option<String>,
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
    /// How to print the report
    #[arg(long, value_enum, default_value_t = Format::Short)]
    format: Format,
}

/// The forms that are understood.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Origin {
    /// RustSec's Markdown with TOML
    Rustsec,
    /// Markdown with TOML of the Julia database
    Julia,
    /// Markdown with TOML of the Haskell database
    Haskell,
    /// OSV records in JSON or YAML, of any database
    Osv,
    /// A repository's advisory, as GitHub's interface gives it
    Ghsa,
    /// CVE records in JSON, version 5
    Cve,
}

impl Origin {
    fn form(self) -> Form {
        match self {
            Self::Rustsec => Form::RustSec,
            Self::Julia => Form::Julia,
            Self::Haskell => Form::Haskell,
            Self::Osv => Form::Osv,
            Self::Ghsa => Form::Ghsa,
            Self::Cve => Form::Cve,
        }
    }
}

pub(crate) fn run(args: &Args, import: &Import) -> Result<ExitCode, Failure> {
    let root = root_above(&args.directory)?;
    let mut report = Report::default();
    let Some(settings) = settings(&root, import, &mut report)? else {
        output::report(&report);
        return Ok(ExitCode::from(1));
    };
    let src = args.directory.join(&import.src);
    let into = match &import.into {
        Some(into) => args.directory.join(into),
        None => root.join("advisories"),
    };
    let progress = Progress::start("looking for advisories");
    let mut files = Vec::new();
    collect(&src, import.form.form().extensions(), &mut files)?;
    progress.stage("importing");
    let read: Vec<_> = files
        .par_iter()
        .map(|path| {
            progress.step();
            one(path, import, &settings)
        })
        .collect::<Result<_, Failure>>()?;
    let count = keep(read, &into, import.force, &mut report)?;
    drop(progress);
    output::report_as(&report, import.format, "", None)?;
    summarize(&report);
    let (read, written) = (
        output::plural(files.len(), "file"),
        output::plural(count, "advisory"),
    );
    output::done(&format!(
        "read {read}, wrote {written} into {}",
        into.display()
    ));
    Ok(output::exit_code(&report))
}

/// What the project has decided; `None` only if something was reported.
fn settings(
    root: &Path,
    import: &Import,
    report: &mut Report,
) -> Result<Option<Settings>, Failure> {
    let path = root.join("caveat.toml");
    let bytes = contents(&path)?;
    let draft = Draft {
        path: "caveat.toml".to_owned(),
        bytes,
    };
    let Some(project) = Document::<Project>::read(draft, report) else {
        return Ok(None);
    };
    let project = project.data();
    let classes = project.policy.severities.clone();
    if let Some(class) = import.unrated.as_deref()
        && !classes.iter().any(|known| known.id == class)
    {
        let known: Vec<&str> = classes.iter().map(|class| class.id.as_str()).collect();
        return Err(Failure::UnknownClass(class.to_owned(), known.join(", ")));
    }
    Ok(Some(Settings {
        prefix: project.feed.id_prefix.clone(),
        classes,
        unrated: import.unrated.clone(),
    }))
}

/// Every file of this form, sorted. Hidden files and links are left alone.
fn collect(path: &Path, extensions: &[&str], files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let fail = |source| Failure::Read {
        path: path.to_owned(),
        source,
    };
    if !fs::metadata(path).map_err(fail)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        entries.push((entry.path(), entry.file_type().map_err(fail)?));
    }
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in entries {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let fits = path
            .extension()
            .is_some_and(|found| extensions.iter().any(|one| found == *one));
        if !hidden && (kind.is_dir() || (kind.is_file() && fits)) {
            collect(&path, extensions, files)?;
        }
    }
    Ok(())
}

/// One byte more than is allowed is enough to refuse a file.
fn contents(path: &Path) -> Result<Vec<u8>, Failure> {
    let fail = |source| Failure::Read {
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(fail)?;
    file.take(LARGEST_SOURCE + 1)
        .read_to_end(&mut bytes)
        .map_err(fail)?;
    Ok(bytes)
}

/// One source file: what came of it and what is to be said.
struct One {
    name: String,
    imported: Option<Imported>,
    report: Report,
}

fn one(path: &Path, options: &Import, settings: &Settings) -> Result<One, Failure> {
    let bytes = contents(path)?;
    let name = path.to_string_lossy().into_owned();
    let mut report = Report::default();
    let imported = if bytes.len() as u64 > LARGEST_SOURCE {
        let message = format!("this file is larger than the limit of {LARGEST_SOURCE} bytes");
        report.push(about(&name, "file-too-large", &message));
        None
    } else {
        import(options.form.form(), &name, bytes, settings, &mut report)
    };
    Ok(One {
        name,
        imported,
        report,
    })
}

/// An error about a source file as a whole.
fn about(name: &str, code: &'static str, message: &str) -> Diagnostic {
    let source = Arc::new(Source::new(name, ""));
    let span = source.first_line();
    Diagnostic::error(code, message, &source, span)
}

/// Writes what was imported, and gives its count.
fn keep(read: Vec<One>, into: &Path, force: bool, report: &mut Report) -> Result<usize, Failure> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut count = 0;
    for one in read {
        report.extend(one.report);
        let Some(imported) = one.imported else {
            continue;
        };
        let target = into.join(&imported.path);
        let there = fs::symlink_metadata(&target).is_ok();
        let refused = if taken.contains(&imported.path) {
            Some("another source file of this run has the same id")
        } else if there
            && !force
            && fs::read(&target).ok().as_deref() != Some(imported.text.as_bytes())
        {
            Some("is there already, and is something else; `--force` replaces it")
        } else {
            None
        };
        if let Some(reason) = refused {
            let message = format!("`{}`: {reason}", imported.path);
            report.push(about(&one.name, "file-exists", &message));
            continue;
        }
        write(&target, imported.text.as_bytes())?;
        taken.insert(imported.path);
        count += 1;
    }
    Ok(count)
}

/// Beside first, then in one step: nobody ever sees half a file.
fn write(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |source| Failure::Write {
        path: target.to_owned(),
        source,
    };
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).map_err(fail)?;
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".caveat-new");
    let beside = target.with_file_name(name);
    // Left behind by a run that was killed, or a link to somewhere else: never written through.
    drop(fs::remove_file(&beside));
    let written = fs::File::create_new(&beside)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&beside, target));
    if written.is_err() {
        // What is left beside would be in the way of nobody, but it is ours.
        drop(fs::remove_file(&beside));
    }
    written.map_err(fail)
}

/// How often each thing was said: a report of thousands of lines has few kinds.
fn summarize(report: &Report) {
    let mut counts: BTreeMap<(Level, &str), usize> = BTreeMap::new();
    for found in report.sorted() {
        *counts.entry((found.level, found.code)).or_default() += 1;
    }
    for ((level, code), count) in counts {
        output::done(&format!("{count:>7} {} {code}", level.word()));
    }
}
