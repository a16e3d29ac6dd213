//! Owns `caveat keys root`: a root is drafted from the keyring, signed by people one after the other, and finished.
//! Must never sign what the keyring does not say, or change a root that is signed.

use std::process::ExitCode;

use caveat_advisory::{Draft as File, Timestamp};
use caveat_keyring::{Keyring, Role};
use caveat_sign::{Hand, proven};
use caveat_tuf::{Chain, Draft, Key, Missing};
use clap::Subcommand;

use super::KeysFault;
use super::change::moment;
use super::ring::Ring;
use super::root_time;
use super::status::{self, Status, name_of, waits};
use crate::args::Args;
use crate::cmd::now;
use crate::failure::Failure;
use crate::hands::{HandArgs, Hands};
use crate::output;

/// Where a root is while signatures are collected.
pub(super) const DRAFT: &str = "keys/root/draft.json";

/// What to do with roots.
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "A root tells clients which keys sign for each role. It takes the signatures of the root before and of its own keys;
whoever signs reads keys/keyring.toml first. Between two signers keys/root/draft.json goes from hand to hand, by commits.

Examples:
  caveat keys root draft
  caveat keys root sign --signer agent
  caveat keys root status"
)]
pub(crate) struct Root {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the next root from the keyring, to be signed
    Draft(DraftArgs),
    /// Add your signature to the draft; the last one makes it a root
    Sign(SignArgs),
    /// Tell who has signed, whose signature is missing, and the SHA-256 of the first root
    Status(Status),
}

/// When it begins, and whether one that is there goes.
#[derive(Debug, clap::Args)]
struct DraftArgs {
    /// When it is signed, an RFC 3339 time; it ends `days` of the role root later [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Throw a draft that is there away, and its signatures
    #[arg(long)]
    anew: bool,
}

/// Who signs.
#[derive(Debug, clap::Args)]
struct SignArgs {
    #[command(flatten)]
    hands: HandArgs,
    /// The moment to judge for, an RFC 3339 time [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

pub(crate) fn run(args: &Args, root: &Root) -> Result<ExitCode, Failure> {
    let ring = Ring::open(args)?;
    let keyring = match ring.keyring()? {
        Ok(keyring) => keyring,
        Err(code) => return Ok(code),
    };
    match &root.command {
        Command::Draft(draft) => self::draft(&ring, &keyring, draft),
        Command::Sign(sign) => self::sign(args, &ring, &keyring, sign),
        Command::Status(status) => status::run(&keyring, status),
    }
}

fn draft(ring: &Ring, keyring: &Keyring, args: &DraftArgs) -> Result<ExitCode, Failure> {
    let at = moment(args.at.as_deref())?;
    let wanted = keyring.to_tuf().ok_or(KeysFault::NoTuf)?;
    if ring.has(DRAFT) && !args.anew {
        // What nobody could sign is not to be gone on with.
        return match right(ring, keyring, now()) {
            Err(KeysFault::DraftLong(_)) | Ok(_) => Err(KeysFault::DraftThere.into()),
            Err(fault) => Err(fault.into()),
        };
    }
    let far = |_| Failure::Time(at.to_string());
    let expires = at.checked_add(keyring.lifetime(Role::Root)).map_err(far)?;
    if args.at.is_some() {
        root_time::refuse(keyring, at, expires, now())?;
    }
    let previous = keyring.chain().map(Chain::newest);
    let draft = match previous {
        Some(previous) => Draft::next(previous, wanted, expires),
        None => Draft::first(wanted, expires),
    };
    let draft = draft.map_err(KeysFault::Draft)?;
    ring.write(&[file(DRAFT.to_owned(), draft.to_bytes())], None)?;
    let version = draft.root().version();
    output::done(&format!("{DRAFT} is root {version}, good until {expires}"));
    if previous.is_some_and(|previous| previous.keyring() == draft.root().keyring()) {
        output::done("it names the same keys as the root before");
    }
    if previous.is_some() && !draft.forgets() {
        output::done(
            "clients keep the versions that they saw: after a theft, replace the keys of publish and of freshness in one root",
        );
    }
    output::done(
        "next: commit it; `caveat keys root sign` by those whom `caveat keys root status` names",
    );
    Ok(ExitCode::SUCCESS)
}

fn sign(args: &Args, ring: &Ring, keyring: &Keyring, sign: &SignArgs) -> Result<ExitCode, Failure> {
    let at = moment(sign.at.as_deref())?;
    let mut draft = right(ring, keyring, at)?;
    let hands = Hands::of_run(&args.directory, &ring.root, &sign.hands)?;
    let before = draft.missing();
    add(keyring, &mut draft, &hands, &before)?;
    let left = draft.missing();
    let version = draft.root().version();
    if !left.is_empty() {
        ring.write(&[file(DRAFT.to_owned(), draft.to_bytes())], None)?;
        output::done(&format!(
            "root {version} waits for {}",
            waits(keyring, &left)
        ));
        return Ok(ExitCode::SUCCESS);
    }
    let whole = draft.finish().map_err(|flaw| KeysFault::Hand {
        name: DRAFT.to_owned(),
        why: flaw.to_string(),
    })?;
    let path = format!("keys/root/{version}.root.json");
    ring.write(&[file(path.clone(), whole)], Some(DRAFT))?;
    output::done(&format!(
        "root {version} is whole: {path}; it is never edited from now on"
    ));
    if version == 1 {
        output::done(
            "next: commit it, and tell its SHA-256 where the site cannot change it: `caveat keys root status`",
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// The draft, if it is one to sign now.
fn right(ring: &Ring, keyring: &Keyring, at: Timestamp) -> Result<Draft, KeysFault> {
    let draft = match keyring.draft() {
        Some(draft) => draft.clone(),
        None if ring.has(DRAFT) => return Err(KeysFault::DraftStray),
        None => return Err(KeysFault::NoDraft),
    };
    if keyring.to_tuf().as_ref() != Some(draft.root().keyring()) {
        return Err(KeysFault::DraftDiffers);
    }
    let expires = draft.root().expires();
    if expires <= at {
        return Err(KeysFault::DraftEnded(expires));
    }
    // An hour, for clocks that differ: whoever signs should not sign for ten years by mistake.
    let longest = keyring.lifetime(Role::Root).as_hours() + 1;
    if expires.duration_since(at).as_hours() > longest {
        return Err(KeysFault::DraftLong(expires));
    }
    Ok(draft)
}

/// Adds the signatures of every hand that is asked.
fn add(
    keyring: &Keyring,
    draft: &mut Draft,
    hands: &Hands,
    before: &[Missing],
) -> Result<(), Failure> {
    let asked: Vec<(&dyn Hand, Key)> = hands
        .all()
        .filter_map(|hand| Some((hand, asked(hand, before)?)))
        .collect();
    for (hand, key) in &asked {
        one(keyring, draft, *hand, key)?;
    }
    if !asked.is_empty() {
        return Ok(());
    }
    let fault = if hands.all().next().is_none() {
        KeysFault::NoHand
    } else {
        KeysFault::Stranger {
            version: draft.root().version(),
            waits: waits(keyring, before),
        }
    };
    Err(fault.into())
}

/// Adds one signature, which is checked.
fn one(keyring: &Keyring, draft: &mut Draft, hand: &dyn Hand, key: &Key) -> Result<(), KeysFault> {
    let name = name_of(keyring, key);
    let refused = |why: String| KeysFault::Hand {
        name: name.clone(),
        why,
    };
    let message = draft.message().to_vec();
    let signature = proven(hand, &message).map_err(|error| refused(error.to_string()))?;
    let added = draft.sign(key, signature);
    added.map_err(|flaw| refused(flaw.to_string()))?;
    let mut revoked = keyring.revoked().iter();
    if revoked.any(|entry| entry.public == *hand.public()) {
        output::warning(&format!(
            "`{name}` signs only because clients still trust the root before"
        ));
    }
    output::done(&format!("`{name}` signed root {}", draft.root().version()));
    Ok(())
}

/// The key of a hand, where its signature is still missing.
fn asked(hand: &dyn Hand, missing: &[Missing]) -> Option<Key> {
    let key = Key::from_bytes(hand.public().as_bytes()).ok()?;
    let is_asked = missing.iter().any(|one| one.keys.contains(&key));
    is_asked.then_some(key)
}

fn file(path: String, bytes: Vec<u8>) -> File {
    File { path, bytes }
}
