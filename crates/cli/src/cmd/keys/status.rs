//! Owns `caveat keys root status`: the line of roots, who has signed the next, and what to do where nobody can.
//! Must never change a file.

use std::process::ExitCode;

use caveat_artifact::sha256;
use caveat_keyring::{Keyring, Loss};
use caveat_tuf::{Chain, Draft, Key, Missing};
use serde_json::{Value, json};

use super::Form;
use crate::failure::Failure;
use crate::output;

/// How.
#[derive(Debug, clap::Args)]
pub(super) struct Status {
    /// How to print it
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
}

pub(super) fn run(keyring: &Keyring, status: &Status) -> Result<ExitCode, Failure> {
    let text = match status.format {
        Form::Human => human(keyring),
        Form::Json => json(keyring),
    };
    output::data(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// What the keyring calls a key; its id in TUF where it is no longer there.
pub(super) fn name_of(keyring: &Keyring, key: &Key) -> String {
    let all = keyring.all();
    let found = all
        .iter()
        .find(|entry| entry.public.as_bytes() == key.as_bytes());
    match found {
        Some(entry) if entry.revoked.is_some() => format!("{} (revoked)", entry.name),
        Some(entry) => entry.name.clone(),
        None => key.id().to_string(),
    }
}

fn names(keyring: &Keyring, keys: &[Key]) -> Vec<String> {
    let mut names: Vec<String> = keys.iter().map(|key| name_of(keyring, key)).collect();
    names.sort();
    names
}

/// Whose signatures are missing, in words.
pub(super) fn waits(keyring: &Keyring, missing: &[Missing]) -> String {
    let one = |one: &Missing| {
        let names = names(keyring, &one.keys).join(", ");
        format!("{} more of {names} (says root {})", one.needed, one.root)
    };
    let all: Vec<String> = missing.iter().map(one).collect();
    all.join(", and for ")
}

/// SHA-256 of the first root, in hexadecimal digits.
fn first(chain: &Chain) -> Option<String> {
    let (_, bytes) = chain.get(1)?;
    Some(sha256(bytes))
}

/// Those who have signed.
fn signed(keyring: &Keyring, draft: &Draft) -> Vec<String> {
    let keys: Vec<Key> = draft.signed().copied().collect();
    names(keyring, &keys)
}

fn human(keyring: &Keyring) -> String {
    let mut text = String::new();
    if let Some(chain) = keyring.chain() {
        for version in 1..=chain.newest().version() {
            if let Some((root, _)) = chain.get(version) {
                text.push_str(&format!(
                    "root {version} is good until {}\n",
                    root.expires()
                ));
            }
        }
        if let Some(sha256) = first(chain) {
            text.push_str(&format!(
                "SHA-256 of root 1, to be told where the site cannot change it:\n  {sha256}\n"
            ));
        }
    } else {
        text.push_str("no root is signed\n");
    }
    match keyring.draft() {
        Some(draft) => text.push_str(&of_draft(keyring, draft)),
        None => text.push_str("no root is being signed\n"),
    }
    if let Some(stuck) = stuck(keyring) {
        text.push_str(&format!("\n{stuck}"));
    }
    text
}

fn of_draft(keyring: &Keyring, draft: &Draft) -> String {
    let root = draft.root();
    let mut text = format!(
        "root {} is being signed, good until {}\n",
        root.version(),
        root.expires()
    );
    let signed = signed(keyring, draft);
    if !signed.is_empty() {
        text.push_str(&format!("  signed by {}\n", signed.join(", ")));
    }
    for one in draft.missing() {
        text.push_str(&format!("  waits for {}\n", waits(keyring, &[one])));
    }
    if keyring.to_tuf().as_ref() != Some(root.keyring()) {
        text.push_str("  it does not say what the keyring says: nobody should sign it; `caveat keys root draft --anew`\n");
    }
    if root.version() > 1 && !draft.forgets() {
        text.push_str("  clients keep the versions that they saw; after a theft replace the keys of publish and of freshness in one root\n");
    }
    text
}

/// What to do where keys of the newest root are lost.
fn stuck(keyring: &Keyring) -> Option<String> {
    let Loss {
        version,
        gone,
        left,
        needed,
    } = keyring.loss()?;
    let begin = format!(
        "{} of root {version} cannot sign; {left} others can, and it takes {needed}: ",
        gone.join(", ")
    );
    let rest = if left >= needed {
        "`caveat keys root draft`, and they sign\n"
    } else {
        "no root can follow it.
Whoever was robbed and still has the key can sign, at once: `caveat keys root sign`. Where it is lost, begin another line:
remove keys/root/ in a commit of its own, let `caveat keys root draft` write a new root 1, and give it to every reader in another way than by the
site: clients that trust the old root 1 refuse it. docs/keys.md has the steps.\n"
    };
    Some(begin + rest)
}

fn json(keyring: &Keyring) -> String {
    let chain = keyring.chain();
    let missing = |one: Missing| json!({ "keys": names(keyring, &one.keys), "needed": one.needed, "root": one.root });
    let draft = keyring.draft().map(|draft| {
        json!({
            "expires": draft.root().expires().to_string(),
            "forgets": draft.forgets(),
            "missing": draft.missing().into_iter().map(missing).collect::<Vec<Value>>(),
            "signed": signed(keyring, draft),
            "version": draft.root().version(),
        })
    });
    let document = json!({
        "draft": draft,
        "expires": chain.map(|chain| chain.newest().expires().to_string()),
        "sha256-of-root-1": chain.and_then(first),
        "version": chain.map_or(0, |chain| chain.newest().version()),
    });
    format!("{document:#}\n")
}
