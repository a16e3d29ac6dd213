//! Owns what shells and manual readers need: completions and the manual page.
//! Must never say anything that is not in the arguments' own help.

use std::process::ExitCode;

use clap::CommandFactory as _;

use crate::args::Args;
use crate::failure::Failure;
use crate::output;

pub(crate) fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "caveat", &mut text);
    output::data(&text);
    ExitCode::SUCCESS
}

pub(crate) fn man() -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    let render = clap_mangen::Man::new(Args::command()).render(&mut text);
    render.map_err(|source| Failure::Write {
        path: "caveat.1".into(),
        source,
    })?;
    output::data(&text);
    Ok(ExitCode::SUCCESS)
}
