//! Owns what shells and manual readers need: completions and the manual page.
//! Must never say anything that is not in the arguments' own help.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::CommandFactory as _;

use crate::args::Args;
use crate::failure::Failure;
use crate::output;

pub(crate) fn completions(shell: clap_complete::Shell) -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "caveat", &mut text);
    output::data(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Where the manual goes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  caveat man | man -l -
  caveat man --out ~/.local/share/man/man1")]
pub(crate) struct Man {
    /// Write `caveat.1` and a page for each command into this directory
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(crate) fn man(args: &Args, man: &Man) -> Result<ExitCode, Failure> {
    if let Some(directory) = &man.out {
        pages(&args.directory.join(directory))?;
    } else {
        let mut text = Vec::new();
        let render = clap_mangen::Man::new(Args::command()).render(&mut text);
        render.map_err(write(Path::new("caveat.1")))?;
        output::data(&text)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn pages(directory: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(directory).map_err(write(directory))?;
    clap_mangen::generate_to(Args::command(), directory).map_err(write(directory))
}

fn write(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    let path = path.to_owned();
    |source| Failure::Write { path, source }
}
