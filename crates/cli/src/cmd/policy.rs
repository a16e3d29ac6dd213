//! Owns `caveat policy`: the policy of caveat.toml in SECURITY.md and in issue templates, or one view of it to stdout.
//! Must never write where people have written, or write anything of a policy with errors.

mod issues;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_artifact::Memory;
use caveat_check::{Book, check};
use caveat_convert::convert;
use caveat_diag::Report;
use caveat_load::{root_above, work_tree};
use caveat_render::{
    MARKERS, Templates, policy_json, render, security_md, security_md_part, security_txt,
};
use caveat_splice::filled;
use clap::ValueEnum;

use super::show::preview;
use super::{as_of, now};
use crate::args::{Args, Time};
use crate::failure::Failure;
use crate::output;
use crate::shared_file::{SharedFile as File, write};

/// Which view, and where to.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Where SECURITY.md has the lines `<!-- caveat:policy -->` and `<!-- /caveat:policy -->`, only what is between
them is written, and every other byte stays as it is. Markers in a code block are an example. Where there is no such
file, it is made.

--issues writes `contact_links` between the lines `# caveat:policy` and `# /caveat:policy` of GitHub's configuration of
issue templates, so that whoever begins an issue is shown the private ways. Once it is there, it is kept up to date
and checked without the flag.

Examples:
  caveat policy
  caveat policy --check                 exit with 1 if SECURITY.md is not what caveat.toml says
  caveat policy --into docs/POLICY.md
  caveat policy --issues                also .github/ISSUE_TEMPLATE/config.yml
  caveat policy --as security.txt"
)]
pub(crate) struct Policy {
    /// The file to write [default: SECURITY.md beside caveat.toml]
    #[arg(long, value_name = "FILE", conflicts_with = "view")]
    into: Option<PathBuf>,
    /// Replace the whole file, also where it has no markers
    #[arg(long, conflicts_with = "view")]
    whole: bool,
    /// Also write the links of GitHub's issue templates [default file: `.github/ISSUE_TEMPLATE/config.yml`]
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = issues::PLACE, conflicts_with = "view")]
    issues: Option<PathBuf>,
    /// Write nothing; show where the files differ, and exit with 1 if one does
    #[arg(long, conflicts_with = "view")]
    check: bool,
    /// Print this view instead of writing a file
    #[arg(long = "as", value_name = "VIEW", value_enum)]
    view: Option<View>,
    #[command(flatten)]
    time: Time,
}

/// The views of the policy.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum View {
    /// A whole SECURITY.md
    #[value(name = "security-md")]
    SecurityMd,
    /// security.txt, as RFC 9116 defines it
    #[value(name = "security.txt")]
    SecurityTxt,
    /// All of it, for programs
    Json,
    /// The page of the site
    Html,
}

pub(crate) fn run(args: &Args, policy: &Policy) -> Result<ExitCode, Failure> {
    let root = root_above(&args.directory)?;
    let Some(book) = book(&root, policy)? else {
        return Ok(ExitCode::from(1));
    };
    if let Some(view) = policy.view {
        return print(&root, &book, view);
    }
    let path = match &policy.into {
        Some(path) => args.directory.join(path),
        None => root.join("SECURITY.md"),
    };
    let name = policy.into.clone().unwrap_or_else(|| "SECURITY.md".into());
    if policy.into.is_none() {
        warn_of_another(&root);
    }
    let file = File::read(&path, name.display().to_string(), "caveat policy")?;
    let wanted = wanted(&book, &file, policy.whole)?;
    let issues = issues::planned(&root, &args.directory, policy.issues.as_ref(), &book)?;
    let mut files = vec![(file, wanted)];
    files.extend(issues);
    if policy.check {
        // Every file is looked at, also after the first that differs.
        let drifted = files
            .iter()
            .filter(|(file, wanted)| !file.is_same(wanted, "caveat.toml"));
        return Ok(ExitCode::from(u8::from(drifted.count() > 0)));
    }
    write(files)
}

/// Places where forges look for a policy before they look beside caveat.toml, or as well.
const OTHERS: [&str; 2] = [".github/SECURITY.md", "docs/SECURITY.md"];

/// Two policies in one repository: readers see whichever the forge prefers.
fn warn_of_another(root: &Path) {
    for other in OTHERS
        .into_iter()
        .filter(|other| root.join(other).is_file())
    {
        output::warning(&format!(
            "{other} is there too, and a forge may show that one: `caveat policy --into {other}` keeps it, or remove it"
        ));
    }
}

/// What `check` makes of caveat.toml and the keys that it names: a faulty advisory is no reason to keep the policy back.
fn book(root: &Path, policy: &Policy) -> Result<Option<Book>, Failure> {
    let as_of = as_of(&policy.time, now)?;
    let mut input = work_tree(root)?;
    input.advisories.clear();
    input.strays.clear();
    input.keys.clear();
    input.others.retain(caveat_check::is_key_file);
    input.templates.clear();
    let mut report = Report::default();
    let book = check(input, as_of, &mut report);
    if book.is_none() {
        output::report(&report);
    }
    Ok(book)
}

/// What the file should hold.
fn wanted(book: &Book, file: &File, whole: bool) -> Result<String, Failure> {
    let part = security_md_part(book.project());
    if let Some(marker) = MARKERS.into_iter().find(|marker| part.contains(marker)) {
        return Err(Failure::MarkerInPolicy(marker));
    }
    let Some(text) = file.text.as_deref().filter(|_| !whole) else {
        return Ok(security_md(book.project()));
    };
    match filled(text, MARKERS, &part) {
        Ok(Some(filled)) => Ok(filled),
        Ok(None) => Err(Failure::NoMarkers(file.name.clone().into())),
        Err((line, why)) => Err(Failure::Markers {
            path: file.name.clone(),
            line,
            fault: why.says("the policy"),
        }),
    }
}

fn print(root: &Path, book: &Book, view: View) -> Result<ExitCode, Failure> {
    let text = match view {
        View::SecurityMd => security_md(book.project()),
        View::SecurityTxt => match security_txt(book.project(), book.as_of()) {
            Ok(text) => text,
            Err(why) => {
                output::warning(&format!("there is no security.txt: {why}"));
                return Ok(ExitCode::from(1));
            }
        },
        View::Json => policy_json(book.project()),
        View::Html => return page(root, book),
    };
    output::data(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The page as a build would write it, by the templates of the repository.
fn page(root: &Path, book: &Book) -> Result<ExitCode, Failure> {
    let templates = Templates::new(&work_tree(root)?.templates)?;
    let records = convert(book).map_err(Box::new)?;
    let sink = Memory::default();
    render(book, &records, &preview(), &templates, &sink)?;
    let files = sink.into_files();
    let mut pages = files.iter();
    let page = pages.find(|(path, _)| path.as_ref() == "policy/index.html");
    if let Some((_, bytes)) = page {
        output::data(bytes)?;
    }
    Ok(ExitCode::SUCCESS)
}
