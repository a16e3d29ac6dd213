//! Owns `caveat heartbeat`: says to clients, once a day, that what is out is still the newest.
//! Must never change what is published, or point at anything but what git remembers.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_edition::listed;
use caveat_keyring::{Keyring, Role};
use caveat_load::{commit, root_above};
use caveat_publish::Staging;
use caveat_sign::{Renewal, SignError, Stamp};
use caveat_tuf::{DIRECTORY, Fingerprint, State, Targets};
use caveat_verify::{Comment, SIGNATURES, SUMS, minisign};
use jiff::SignedDuration;
use serde_json::json;

use crate::args::Args;
use crate::cmd::now;
use crate::cmd::publish::hands_alone;
use crate::failure::Failure;
use crate::hands::{HandArgs, Hands};
use crate::key::keyring;
use crate::machine::{Machine, below, stamp};
use crate::output;
use crate::refusal::refuse_pull_requests;
use crate::uncounted::Uncounted;

/// With less than this left, list and snapshot are signed again; with little more than half of it, somebody should look.
const RENEWED: SignedDuration = SignedDuration::from_hours(24 * 60);

/// What is out, and where.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Signs tuf/timestamp.json anew, and SHA256SUMS.minisig where the same key may. When the list of files ends in less than 60
days and the key may, that is signed anew, too; where it may not, the exit code is 1 and a publication is due. New roots of
keys/root are written as well. What was signed is first pushed to the branch that keys/keyring.toml names.

Where DIR is not what readers see, name a copy of that with --against: its tuf/ is enough, and SHA256SUMS with its
signatures. Only the files that are new are written to DIR then.

Examples:
  caveat heartbeat --to /srv/www/advisories
  caveat heartbeat --to renewed --against out --format json"
)]
pub(crate) struct Heartbeat {
    /// Where readers see it
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// A copy of what is out, where it is not in DIR
    #[arg(long, value_name = "COPY")]
    against: Option<PathBuf>,
    /// How to print what was done: for people to stderr, for programs to stdout
    #[arg(long, value_enum, default_value_t = crate::args::Telling::Human)]
    format: crate::args::Telling,
    #[command(flatten)]
    hands: HandArgs,
}

/// What is out, as git remembers it.
struct Standing {
    place: PathBuf,
    state: State,
    list: Targets,
}

pub(crate) fn run(args: &Args, heartbeat: &Heartbeat) -> Result<ExitCode, Failure> {
    refuse_pull_requests()?;
    let root = root_above(&args.directory)?;
    let keys = commit(&root, "HEAD")?.keys;
    let keyring = keyring(&keys)?.ok_or(Uncounted::Nothing)?;
    let now = now();
    let machine = Machine::open(&root, &keyring, now)?.ok_or(Uncounted::Nothing)?;
    let hands = Hands::of_run(&args.directory, &root, &heartbeat.hands)?;
    hands.refuse_strangers(&keyring, now)?;
    let freshness = hands_alone(hands.enough(&keyring, Role::Freshness, now)?);
    let publish = hands_alone(hands.of(&keyring, Role::Publish, now));
    let target = args.directory.join(&heartbeat.to);
    let staging = Staging::over(&target)?;
    let copy = heartbeat.against.as_ref();
    let place = copy.map_or_else(|| target.clone(), |copy| args.directory.join(copy));
    let standing = Standing::at(&machine, place)?;
    let mut pair = caveat_sign::Hands {
        publish: &publish,
        freshness: &freshness,
    };
    let renewal = renewal(&machine, &keyring, &standing, &mut pair);
    let (renewal, due) = renewal.map_err(|refused| machine.explained(refused))?;
    let renewal = with_minisign(renewal, &machine, &keyring, &standing, &pair)?;
    let done = renewed(&machine, &standing, staging, renewal)?;
    if due {
        output::warning(&format!(
            "the list of files is good until {} only, and no key here may sign it: a publication is due",
            standing.list.expires()
        ));
    }
    tell(heartbeat, &done, due)?;
    Ok(ExitCode::from(u8::from(due)))
}

/// What was done.
struct Renewed {
    seq: u64,
    until: String,
    files: Vec<String>,
}

/// Proves it, has it remembered, and shows it.
fn renewed(
    machine: &Machine<'_>,
    standing: &Standing,
    staging: Staging,
    renewal: Renewal,
) -> Result<Renewed, Failure> {
    let until = machine.prove(&standing.place, |name| {
        let new = renewal.file(&format!("{DIRECTORY}{name}"));
        let old = || below(&standing.place, name).ok().flatten();
        new.map(<[u8]>::to_vec).or_else(old)
    })?;
    let seq = renewal.state().seq();
    machine.advance(renewal.state(), "heartbeat")?;
    let files = staging.renew(renewal)?;
    Ok(Renewed {
        seq,
        until: until.to_string(),
        files: files.iter().map(ToString::to_string).collect(),
    })
}

impl Standing {
    /// What is out must be what was signed last, or a new timestamp would lead to nothing.
    fn at(machine: &Machine<'_>, place: PathBuf) -> Result<Self, Failure> {
        machine.may_follow(&place)?;
        let state = machine.state().ok_or(Uncounted::Nothing)?.clone();
        let not_out = |file: &str| Uncounted::NotOut {
            seq: state.seq(),
            place: place.clone(),
            file: format!("{DIRECTORY}{file}"),
        };
        let mut list = None;
        for (name, file) in state.documents() {
            let bytes = below(&place, &name)?.filter(|bytes| Fingerprint::of(bytes) == file);
            let bytes = bytes.ok_or_else(|| not_out(&name))?;
            list = list.or_else(|| Targets::known(&bytes).ok());
            for (target, file) in listed(&bytes) {
                let path = place.join(format!("{DIRECTORY}{target}"));
                let there = std::fs::symlink_metadata(path);
                if !there.is_ok_and(|there| there.is_file() && there.len() == file.length) {
                    return Err(not_out(&target).into());
                }
            }
        }
        let list = list.ok_or_else(|| not_out("targets.json"))?;
        Ok(Self { place, state, list })
    }

    /// Does the list, or the snapshot of it, end soon?
    fn ends_soon(&self, machine: &Machine<'_>, keyring: &Keyring) -> bool {
        let [list, snapshot, _] = self.state.ends();
        // A feed whose lists live for less has them renewed in the last third of it.
        let soon = RENEWED.min(keyring.lifetime(Role::Publish) / 3);
        list.min(snapshot).duration_since(machine.now()) < soon
    }
}

/// A new timestamp, and a new list where that is needed and can be signed; whether it is still needed.
fn renewal(
    machine: &Machine<'_>,
    keyring: &Keyring,
    standing: &Standing,
    hands: &mut caveat_sign::Hands<'_>,
) -> Result<(Renewal, bool), SignError> {
    let press = machine.press();
    let needed = standing.ends_soon(machine, keyring);
    let enough = hands.publish.len() as u64 >= keyring.threshold(Role::Publish);
    if needed && enough {
        let files = standing.list.files().clone();
        return Ok((Renewal::list(&press, files, hands)?, false));
    }
    Ok((Renewal::timestamp(&press, hands)?, needed))
}

/// Says to people, too, until when it is new: where the key that signed the list may say so, and is here.
fn with_minisign(
    renewal: Renewal,
    machine: &Machine<'_>,
    keyring: &Keyring,
    standing: &Standing,
    hands: &caveat_sign::Hands<'_>,
) -> Result<Renewal, Failure> {
    let read = |name: &str| std::fs::read(standing.place.join(name)).ok();
    let (Some(sums), Some(mini)) = (read(SUMS), read(SIGNATURES[1])) else {
        return Ok(renewal);
    };
    let mini = String::from_utf8_lossy(&mini);
    let both = hands.publish.iter().filter(|hand| {
        let mut others = hands.freshness.iter();
        others.any(|other| other.public() == hand.public())
    });
    for hand in both {
        let said = minisign::verify(&mini, &sums, hand.public()).ok();
        let said = said.and_then(|said| Comment::parse(&said).ok());
        let Some(said) = said.filter(|_| standing.list.verify(SUMS, &sums).is_ok()) else {
            continue;
        };
        let (Some(feed), Some(issued), Some(files)) = (said.feed, said.issued, said.files) else {
            continue;
        };
        // The tree is as old as it was: the gate compares what comes next with that.
        let said = Stamp {
            feed,
            issued,
            ..Stamp::default()
        };
        let seq = renewal.state().seq();
        let stamp = stamp(keyring, *hand, machine.now(), Some(seq), said);
        let files = usize::try_from(files).unwrap_or_default();
        return Ok(renewal.with_minisign(&sums, files, *hand, &stamp)?);
    }
    Ok(renewal)
}

fn tell(heartbeat: &Heartbeat, done: &Renewed, due: bool) -> Result<(), Failure> {
    let Renewed { seq, until, files } = done;
    if heartbeat.format == crate::args::Telling::Json {
        let all = json!({ "seq": seq, "fresh_until": until, "renewed": files, "due": due });
        output::data(format!("{all:#}\n").as_bytes())?;
    }
    let place: &Path = &heartbeat.to;
    let files = output::plural(files.len(), "file");
    output::done(&format!(
        "signed as number {seq}, fresh until {until}: {files} renewed at {}",
        place.display()
    ));
    Ok(())
}
