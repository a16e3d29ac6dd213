//! Owns `caveat schema`: the JSON Schema of a file, for editors.
//! Must never need a project: without one, the schema knows the format alone.

use std::process::ExitCode;

use caveat_advisory::{ADVISORY, KEYRING, PROJECT};
use clap::ValueEnum;

use crate::args::Args;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::output;

/// Of which file.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "In a project, the schema also knows its id prefix, severity classes and package keys. For Taplo and
editors that use it (Even Better TOML), write into .taplo.toml:

  [[rule]]
  include = [\"advisories/**/*.toml\"]
  schema = { path = \"advisory.schema.json\" }

Examples:
  caveat schema > advisory.schema.json
  caveat schema project > project.schema.json
  caveat schema keyring > keyring.schema.json"
)]
pub(crate) struct Schema {
    /// Advisory, caveat.toml or keyring.toml
    #[arg(value_enum, default_value_t = Kind::Advisory)]
    kind: Kind,
}

/// The files that have a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Kind {
    /// An advisory
    Advisory,
    /// caveat.toml
    Project,
    /// keys/keyring.toml
    Keyring,
}

pub(crate) fn run(args: &Args, schema: &Schema) -> Result<ExitCode, Failure> {
    let project = match Desk::without_past(args) {
        Ok(desk) => desk.project().ok(),
        Err(Failure::Load(caveat_load::Error::NoProject(_))) => None,
        Err(failure) => return Err(failure),
    };
    let project = project.as_ref().map(caveat_advisory::Document::data);
    let form = match schema.kind {
        Kind::Advisory => &ADVISORY,
        Kind::Project => &PROJECT,
        Kind::Keyring => &KEYRING,
    };
    output::data(caveat_author::schema(form, project).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
