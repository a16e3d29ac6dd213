//! Owns `caveat keys doctor`: who can sign what, what ends when, and what is to be done.
//! Must never call anything well that it did not look at.

use std::process::ExitCode;

use caveat_advisory::Timestamp;
use caveat_keyring::{Concern, Keyring, Role, Urgency};
use serde_json::json;

use super::Form;
use super::ring::Ring;
use crate::args::{Args, Time};
use crate::cmd::{as_of, now};
use crate::failure::Failure;
use crate::output;

/// As of when, and how.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exits with 1 where something is to be done now: nothing can be published, or readers are told what is wrong.

Examples:
  caveat keys doctor
  caveat keys doctor --as-of 2027-06-01T00:00:00Z   what will be to be done then"
)]
pub(crate) struct Doctor {
    /// How to print it
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
    #[command(flatten)]
    time: Time,
}

pub(crate) fn run(args: &Args, doctor: &Doctor) -> Result<ExitCode, Failure> {
    let at = as_of(&doctor.time, now)?;
    let ring = Ring::open(args)?;
    let keyring = match ring.keyring()? {
        Ok(keyring) => keyring,
        Err(code) => return Ok(code),
    };
    let concerns = keyring.concerns(&ring.feed()?, at);
    let text = match doctor.format {
        Form::Human => human(&keyring, &concerns, at),
        Form::Json => json(&concerns, at),
    };
    output::data(text.as_bytes())?;
    let urgent = concerns.iter().any(|one| one.urgency == Urgency::Now);
    Ok(ExitCode::from(u8::from(urgent)))
}

fn human(keyring: &Keyring, concerns: &[Concern], at: Timestamp) -> String {
    let mut text = String::new();
    for role in Role::ALL {
        let keys = keyring.keys(*role);
        if keys.is_empty() {
            continue;
        }
        let count = (keyring.threshold(*role), keys.len());
        let of = match count {
            (1, 1) => String::new(),
            (needed, all) => format!(" ({needed} of {all})"),
        };
        let names: Vec<String> = keys
            .iter()
            .map(|entry| state(keyring, *role, entry, at))
            .collect();
        text.push_str(&format!("{}{of}: {}\n", role.as_str(), names.join(", ")));
    }
    match keyring.chain() {
        Some(chain) => {
            let newest = chain.newest();
            text.push_str(&format!(
                "root {} is good until {}\n",
                newest.version(),
                newest.expires()
            ));
        }
        None => text.push_str("no root is signed\n"),
    }
    for one in concerns {
        let (word, message, help) = (one.urgency.as_str(), &one.message, &one.help);
        text.push_str(&format!("\n{word}: {message}\n  {help}\n"));
    }
    if concerns.is_empty() {
        text.push_str("\nnothing is to be done\n");
    }
    text
}

/// A key, and why it cannot sign.
fn state(keyring: &Keyring, role: Role, entry: &caveat_keyring::Entry, at: Timestamp) -> String {
    match (keyring.may_sign(role, &entry.public, at), entry.until) {
        (Ok(_), None) => entry.name.clone(),
        (Ok(_), Some(until)) => format!("{} until {until}", entry.name),
        (Err(_), _) => format!("{} (may not sign now)", entry.name),
    }
}

fn json(concerns: &[Concern], at: Timestamp) -> String {
    let row = |one: &Concern| {
        json!({
            "field": one.field,
            "help": one.help,
            "message": one.message,
            "urgency": one.urgency.as_str(),
        })
    };
    let rows: Vec<_> = concerns.iter().map(row).collect();
    let document = json!({ "as-of": at.to_string(), "concerns": rows });
    format!("{document:#}\n")
}
