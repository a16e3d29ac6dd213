//! Owns `caveat keys`: which keys a feed has, who may sign what, and the roots that tell it to clients.
//! Must never print a private key, or write one into a repository.

mod change;
mod doctor;
mod fault;
mod generate;
mod private;
mod ring;
mod root;
mod root_time;
mod show;
mod status;

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};

use crate::args::Args;
use crate::failure::Failure;

pub(crate) use fault::KeysFault;

/// What to do with them.
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "The public keys are in keys/, who may sign what is in keys/keyring.toml, signed roots are in keys/root/.

Examples:
  caveat keys generate publish-2026 --role publish   make a key, and give it a role
  caveat keys show                                   every key in every form
  caveat keys doctor                                 what is to be done, and by when
  caveat keys rotate publish publish-2027            a new key in, the old one out
  caveat keys revoke publish-2026 --reason stolen    trust it no more
  caveat keys root draft                             write the next root from the keyring"
)]
pub(crate) struct Keys {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a key: the private half for you alone, the public half for the keyring
    Generate(generate::Generate),
    /// Print keys in every form that people and programs compare
    Show(show::Show),
    /// Tell who can sign what, what ends, and what is to be done
    Doctor(doctor::Doctor),
    /// Bring a new key into a role, and take the old one out
    Rotate(change::Rotate),
    /// Trust a key no more
    Revoke(change::Revoke),
    /// Draft, sign and look at the roots that tell clients who signs
    Root(root::Root),
}

/// How to print what programs may read, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people
    Human,
    /// For programs
    Json,
}

pub(crate) fn run(args: &Args, keys: &Keys) -> Result<ExitCode, Failure> {
    match &keys.command {
        Command::Generate(generate) => generate::run(args, generate),
        Command::Show(show) => show::run(args, show),
        Command::Doctor(doctor) => doctor::run(args, doctor),
        Command::Rotate(rotate) => change::rotate(args, rotate),
        Command::Revoke(revoke) => change::revoke(args, revoke),
        Command::Root(root) => root::run(args, root),
    }
}
