//! Owns `caveat report`: the report of one year in one form, to stdout.
//! Must never print anything but what a build would write.

use std::path::Path;
use std::process::ExitCode;

use caveat_advisory::Timestamp;
use caveat_artifact::{Memory, SitePath};
use caveat_check::check;
use caveat_diag::Report as Findings;
use caveat_load::{Recall, past, root_above, work_tree};
use caveat_render::Templates;

use super::show::preview;
use super::{as_of, now, warn_of_embargoed};
use crate::args::{Args, Time};
use crate::failure::Failure;
use crate::output;

/// Which year, and in which form.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Reads the files as they lie there. Drafts and embargoed advisories are not counted; what the policy keeps
private is neither shown nor counted. The site has the same under reports/YYYY/.

Examples:
  caveat report --year 2026
  caveat report --year 2026 --format json | jq .promises
  caveat report --year 2026 --as-of 2027-01-01T00:00:00Z"
)]
pub(crate) struct Report {
    /// The year, UTC
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i16).range(1970..=9998))]
    year: i16,
    /// Which form
    #[arg(long, value_enum, default_value_t = Form::Md)]
    format: Form,
    #[command(flatten)]
    time: Time,
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Form {
    /// Markdown
    Md,
    /// For programs
    Json,
    /// The page of the site
    Html,
}

pub(crate) fn run(args: &Args, report: &Report) -> Result<ExitCode, Failure> {
    let as_of = as_of(&report.time, now)?;
    let today: String = as_of.to_string().chars().take(10).collect();
    if format!("{:04}", report.year).as_str() > &today[..4] {
        return Err(Failure::FutureYear(report.year, today));
    }
    let root = root_above(&args.directory)?;
    let input = work_tree(&root)?;
    let templates = Templates::new(&input.templates)?;
    let mut findings = Findings::default();
    let Some(book) = check(input, as_of, &mut findings) else {
        output::report(&findings);
        return Ok(output::exit_code(&findings));
    };
    warn_of_history(&root, as_of)?;
    warn_of_embargoed(&book);
    let sink = Memory::default();
    caveat_render::report(&book, &preview(), &templates, report.year, &sink)?;
    let name = match report.format {
        Form::Md => "report.md",
        Form::Json => "report.json",
        Form::Html => "index.html",
    };
    let path = SitePath::new(format!("reports/{}/{name}", report.year))?;
    if let Some(bytes) = sink.into_files().get(&path) {
        output::data(bytes)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The files alone make the figures; what git knows against them keeps a build from being made, and is said.
fn warn_of_history(root: &Path, as_of: Timestamp) -> Result<(), Failure> {
    let mut input = work_tree(root)?;
    input.past = past(root, "HEAD", Recall::Kept)?;
    let mut findings = Findings::default();
    if input.past.is_some() && check(input, as_of, &mut findings).is_none() {
        output::warning(
            "`caveat check` finds errors, so these figures are of a feed that is not published like this",
        );
    }
    Ok(())
}
