//! Owns `caveat verify`: who is trusted, what was seen before, and the answer as an exit code.
//! Must never call a copy genuine that was only compared with itself, or forget what protects from rollbacks.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_advisory::Timestamp;
use caveat_verify::{Anchors, Check, MemoryError, When};

use super::now;
use crate::args::Args;
use crate::failure::Failure;
use crate::output;

use state::State;

mod pinned;
mod span;
mod state;
mod told;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Trust comes from elsewhere, once: the first root of The Update Framework (--root), the public key of an SSH
authority (--ca) or of the feed (--key). Without any of them the copy is compared with the keys that it
carries itself: that shows damage, not forgery. With --state, what is older than what was seen before is noticed.

Exit codes: 0 fresh, 3 authentic but stale, 4 behind what was seen before, 1 invalid, 2 no answer.

Examples:
  caveat verify mirror --root 1.root.json --state ~/.cache/feed.json
  caveat verify mirror --ca ssh-ca.pub --feed advisories.example.org
  caveat verify public --key feed.pub
  caveat verify archive --root 1.root.json --offline-at 2026-11-22
  caveat verify mirror --root 1.root.json --max-stale 3d --format json"
)]
pub(crate) struct Verify {
    /// A directory that was published, or a copy of it
    directory: PathBuf,
    /// A root of The Update Framework to trust: the first one, or a later one
    #[arg(long, value_name = "FILE")]
    root: Option<PathBuf>,
    /// Public key of an SSH authority to trust: one OpenSSH line, or the one that `keys show` prints; may be given again
    #[arg(long, value_name = "FILE")]
    ca: Vec<PathBuf>,
    /// Public key to trust: one OpenSSH line; may be given again
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
    /// Public keys that are good for nothing any more, one OpenSSH line each
    #[arg(long, value_name = "FILE")]
    revoked: Option<PathBuf>,
    /// The feed it must be: its address, or host and path of that [default: what was seen before, else what the copy says]
    #[arg(long, value_name = "NAME")]
    feed: Option<String>,
    /// Remember in this file what was seen, and notice what is older
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Judge as of this day instead of the clock: for copies that are kept away from networks
    #[arg(long, value_name = "TIME")]
    offline_at: Option<String>,
    /// Still call fresh what ended so long ago: `12h`, `3d`, `2w`
    #[arg(long, value_name = "DURATION")]
    max_stale: Option<String>,
    /// How to print the answer; human goes to stderr, json to stdout
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Sentences
    Human,
    /// All of it, for programs
    Json,
}

/// What was asked in a way that has no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    #[error("`{0}` is no time; write it as `2026-11-22` or `2026-11-22T14:00:00Z`")]
    Time(String),
    #[error("`{0}` is no duration; write it as `12h`, `3d` or `2w`")]
    Duration(String),
    #[error("`{}`: {source}", path.display())]
    Memory { path: PathBuf, source: MemoryError },
    #[error(
        "`{}` is of the feed `{}`, not of `{asked}`: each feed has a --state of its own",
        path.display(),
        seen.escape_debug()
    )]
    OtherFeed {
        path: PathBuf,
        seen: String,
        asked: String,
    },
    #[error("`{}` is longer than any root", .0.display())]
    LongRoot(PathBuf),
    #[error("`{}` is no root to trust: {reason}", path.display())]
    NoRoot {
        path: PathBuf,
        reason: caveat_tuf::Reason,
    },
}

/// No root and no memory is longer.
const LONGEST: u64 = 512_000;

pub(crate) fn run(args: &Args, verify: &Verify) -> Result<ExitCode, Failure> {
    let anchors = verify.anchors(&args.directory)?;
    let directory = args.directory.join(&verify.directory);
    let state = verify.state.as_ref().map(|path| args.directory.join(path));
    let state = state.as_deref().map(State::at).transpose()?;
    let feed = verify.feed.as_deref().map(feed_name);
    let check = Check {
        directory: &directory,
        anchors: &anchors,
        feed,
        memory: None,
        when: verify.when()?,
        max_stale: span::max_stale(verify.max_stale.as_deref())?,
    };
    let (answer, written) = match &state {
        None => (check.run()?, Ok(())),
        Some(state) => state.judge(&check)?,
    };
    // The answer comes first: a disk that is full says nothing of the copy.
    let told = match verify.format {
        Form::Human => {
            told::human(&answer, &verify.directory, check.when);
            Ok(())
        }
        Form::Json => output::data(&told::json(&answer, check.when)),
    };
    let code = answer.verdict.exit_code();
    if let Err(failure) = written {
        if code == 0 {
            return Err(failure);
        }
        output::error(&failure.to_string());
    }
    told.map(|()| ExitCode::from(code))
}

/// Host and path, also where the whole address is named.
fn feed_name(text: &str) -> &str {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    text.trim_end_matches('/')
}

impl Verify {
    fn anchors(&self, at: &Path) -> Result<Anchors, Failure> {
        let root = self.root.as_ref().map(|path| pinned::root(&at.join(path)));
        let keys = self.key.iter().map(|path| pinned::key(&at.join(path)));
        let authorities = self.ca.iter().map(|path| pinned::authority(&at.join(path)));
        let revoked = self
            .revoked
            .as_ref()
            .map(|path| pinned::keys(&at.join(path)));
        Ok(Anchors {
            root: root.transpose()?,
            keys: keys.collect::<Result<_, _>>()?,
            authorities: authorities.collect::<Result<_, _>>()?,
            revoked: revoked.transpose()?.unwrap_or_default(),
        })
    }

    fn when(&self) -> Result<When, AskError> {
        let Some(text) = &self.offline_at else {
            return Ok(When::Now(now()));
        };
        // A day is over when all of it was: what was signed in it counts, and what ended in it has ended.
        let whole = if text.len() == "2026-11-22".len() {
            format!("{text}T23:59:59Z")
        } else {
            text.clone()
        };
        let time: Result<Timestamp, _> = whole.parse();
        time.map(When::OfflineAt)
            .map_err(|_| AskError::Time(text.clone()))
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = |source| Failure::Read {
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(read)?;
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(read)?;
    Ok(bytes)
}
