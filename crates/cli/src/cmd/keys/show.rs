//! Owns `caveat keys show`: every key in every form that people and programs compare.
//! Must never print anything that is not derived from the files in `keys/`.

use std::process::ExitCode;

use caveat_advisory::KeyRole;
use caveat_keyring::{Entry, Keyring, authority_line, forms, keyring_json, pem, tuf_id};
use serde_json::Value;

use super::Form;
use super::ring::{Ring, named};
use crate::args::Args;
use crate::failure::Failure;
use crate::output;

/// Which keys, and how.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  caveat keys show
  caveat keys show ssh-ca                    with the line that readers pin
  caveat keys show --format json             what is published as keyring.json")]
pub(crate) struct Show {
    /// One key; all where left out
    name: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
}

pub(crate) fn run(args: &Args, show: &Show) -> Result<ExitCode, Failure> {
    let ring = Ring::open(args)?;
    let keyring = match ring.keyring()? {
        Ok(keyring) => keyring,
        Err(code) => return Ok(code),
    };
    let feed = ring.feed()?;
    let one = match &show.name {
        Some(name) => Some(named(&keyring, name)?),
        None => None,
    };
    let bytes = match (show.format, one) {
        (Form::Json, None) => keyring_json(&keyring, &feed),
        (Form::Json, Some(one)) => {
            let forms = Value::Object(forms(&one.public, &one.name, &feed));
            format!("{forms:#}\n").into_bytes()
        }
        (Form::Human, Some(one)) => page(&keyring, one, &feed).into_bytes(),
        (Form::Human, None) => {
            let all = keyring.all();
            let pages: Vec<String> = all.iter().map(|one| page(&keyring, one, &feed)).collect();
            pages.join("\n").into_bytes()
        }
    };
    output::data(&bytes)?;
    Ok(ExitCode::SUCCESS)
}

/// One key, a line for each form.
fn page(keyring: &Keyring, one: &Entry, feed: &str) -> String {
    let key = &one.public;
    let mut text = format!("{}  {}\n", one.name, standing(keyring, one));
    let mut row = |name: &str, value: &str| text.push_str(&format!("  {name:<15} {value}\n"));
    row("fingerprint", &key.fingerprint());
    row("openssh", &key.to_openssh(&one.name));
    row("minisign", &key.to_minisign());
    row("minisign id", &minisign_id(key.minisign_id()));
    row(
        "tuf",
        &tuf_id(key).unwrap_or_else(|| "none: this key is weak".to_owned()),
    );
    row("allowed_signers", &key.to_allowed_signer(feed, feed));
    let roles = keyring.roles_of(key);
    if roles.contains(&KeyRole::SshCa) {
        row("for readers", &authority_line(key, feed));
    }
    for line in pem(key).lines() {
        row("pem", line);
    }
    text
}

/// Its roles, its time, and whether it is trusted.
fn standing(keyring: &Keyring, one: &Entry) -> String {
    if let Some(revoked) = &one.revoked {
        return format!("revoked since {}: {}", revoked.at, revoked.reason);
    }
    let roles = keyring.roles_of(&one.public);
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    let mut text = if words.is_empty() {
        "no role".to_owned()
    } else {
        words.join(", ")
    };
    if let Some(from) = one.from {
        text.push_str(&format!(", from {from}"));
    }
    if let Some(until) = one.until {
        text.push_str(&format!(", until {until}"));
    }
    text
}

/// As `minisign` prints it: the last byte first.
fn minisign_id(id: [u8; 8]) -> String {
    format!("{:016X}", u64::from_le_bytes(id))
}
