//! Owns `caveat keys generate`: a new key, and its role.
//! Must never give a key a role that the keyring then refuses.

use std::process::ExitCode;

use caveat_advisory::{Draft, KeyRole};
use caveat_keyring::KEYRING;
use clap::builder::PossibleValuesParser;

use super::KeysFault;
use super::private::{Halves, NewKey};
use super::ring::{Ring, forbids};
use crate::args::Args;
use crate::cmd::now;
use crate::desk::unwritten;
use crate::failure::Failure;
use crate::output;

/// What it is called, and for what it is.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The private half is an OpenSSH key without a passphrase, readable by you alone; it is never printed. The public
half becomes keys/NAME.pub, and keys/keyring.toml names it; both are for a commit that others review.

Examples:
  caveat keys generate publish-2026 --role publish
  caveat keys generate root-ana --role root --public ~/.ssh/root.pub   a key that ssh-keygen or a token made"
)]
pub(crate) struct Generate {
    /// What the key is called: the name of its file
    name: String,
    /// What it is for
    #[arg(long, value_parser = PossibleValuesParser::new(KeyRole::WORDS))]
    role: String,
    #[command(flatten)]
    halves: Halves,
}

pub(crate) fn run(args: &Args, generate: &Generate) -> Result<ExitCode, Failure> {
    let ring = Ring::open(args)?;
    let role = role(&generate.role)?;
    let key = NewKey::new(&ring, &args.directory, &generate.name, &generate.halves)?;
    let text = Ring::edited(&ring.text()?, |text| {
        caveat_author::add_key(text, role, &generate.name)
    })?;
    let text = begun(text, role == KeyRole::OpenPgp, &generate.name)?;
    let files = [key.draft(), keyring(text)];
    let report = ring.after(&files);
    if forbids(&report) {
        return Ok(unwritten(&report));
    }
    key.write(|| ring.write(&files, None))?;
    key.tell();
    output::done(&format!("{KEYRING} names it in the role {}", role.as_str()));
    output::done(next(role));
    Ok(ExitCode::SUCCESS)
}

/// The role that was typed.
pub(super) fn role(word: &str) -> Result<KeyRole, Failure> {
    let mut roles = KeyRole::ALL.iter();
    let found = roles.find(|role| role.as_str() == word);
    found
        .copied()
        .ok_or_else(|| KeysFault::Name(word.to_owned()).into())
}

/// An OpenPGP key is named by when it was made, so the keyring has to say when.
pub(super) fn begun(text: String, openpgp: bool, name: &str) -> Result<String, Failure> {
    if !openpgp {
        return Ok(text);
    }
    Ring::edited(&text, |text| caveat_author::begin_key(text, name, now()))
}

/// The keyring as it shall be.
pub(super) fn keyring(text: String) -> Draft {
    Draft {
        path: KEYRING.to_owned(),
        bytes: text.into_bytes(),
    }
}

/// What follows from a new key.
pub(super) fn next(role: KeyRole) -> &'static str {
    match role {
        KeyRole::Root => "next: all who hold root keys, then `caveat keys root draft`",
        KeyRole::Publish => {
            "next: the private key into the secrets of the machine that publishes, as CAVEAT_KEY; `caveat keys root draft` where there are root keys"
        }
        KeyRole::Freshness => {
            "next: the private key into the secrets of the daily job, as CAVEAT_KEY_FRESHNESS; `caveat keys root draft`"
        }
        KeyRole::SshCa => {
            "next: `ssh-keygen -s FILE -I NAME -n FEED -V +90d keys/NAME.pub` for each key that publishes; the line of `caveat keys show` for readers"
        }
        KeyRole::OpenPgp => {
            "next: the private key into the secrets of the machine that publishes, as CAVEAT_KEY_OPENPGP"
        }
    }
}
