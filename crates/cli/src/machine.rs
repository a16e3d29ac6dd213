//! Owns the counted side of a publication: the line of roots, what was signed last, and what may be signed next.
//! Must never let a number be used where it is not known that it is free.

use std::fs;
use std::path::{Path, PathBuf};

use caveat_advisory::Timestamp;
use caveat_edition::{Superseded, Unproven, prove};
use caveat_keyring::{Keyring, Role};
use caveat_sign::{Hand, SignError, Stamp};
use caveat_state::{Branch, Known};
use caveat_tuf::{Chain, DIRECTORY, EditionError, Lifetimes, Press, State};

use crate::failure::Failure;
use crate::output;
use crate::refusal::refuse_early_clock;
use crate::uncounted::Uncounted;

/// A root that ends sooner than this should be followed by another, in days.
const ROOT_ENDS_SOON: i64 = 60;
/// More bytes than any metadata has.
const LONGEST: u64 = 5_000_000;

/// What is signed under, and what is known of what was signed.
pub(crate) struct Machine<'a> {
    keyring: &'a Keyring,
    chain: &'a Chain,
    branch: Branch,
    known: Known,
    now: Timestamp,
}

impl<'a> Machine<'a> {
    /// None where no root is signed yet: then nothing is counted.
    pub(crate) fn open(
        root: &Path,
        keyring: &'a Keyring,
        now: Timestamp,
    ) -> Result<Option<Self>, Failure> {
        let Some(chain) = keyring.chain() else {
            return Ok(None);
        };
        current(chain, keyring, now)?;
        let place = keyring.state();
        let branch = Branch::open(root, &place.branch, place.remote.as_deref())?;
        let known = branch.latest()?;
        refuse_early_clock(now, known.state().map(State::issued))?;
        Ok(Some(Self {
            keyring,
            chain,
            branch,
            known,
            now,
        }))
    }

    /// What was signed last.
    pub(crate) fn state(&self) -> Option<&State> {
        self.known.state()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// The number of what is signed next.
    pub(crate) fn next(&self) -> u64 {
        self.state().map_or(0, State::seq).saturating_add(1)
    }

    pub(crate) fn press(&self) -> Press<'_> {
        let published = self.keyring.lifetime(Role::Publish);
        Press {
            chain: self.chain,
            state: self.state(),
            now: self.now,
            lifetimes: Lifetimes {
                targets: published,
                snapshot: published,
                timestamp: self.keyring.lifetime(Role::Freshness),
            },
        }
    }

    /// Was all that is out at this place signed with the knowledge of what was signed last?
    pub(crate) fn may_follow(&self, out: &Path) -> Result<(), Failure> {
        let fetch = |name: &str| below(out, name);
        let answer = self.chain.may_follow(self.state(), fetch)?;
        Ok(answer.map_err(|fork| Uncounted::Fork {
            place: out.to_owned(),
            branch: self.keyring.state().branch.clone(),
            fork,
        })?)
    }

    /// The gate would compare with nothing, though something is out.
    pub(crate) fn refuse_nothing(&self, place: &Path) -> Result<(), Uncounted> {
        self.state().map_or(Ok(()), |state| {
            Err(Uncounted::NothingThere {
                seq: state.seq(),
                branch: self.keyring.state().branch.clone(),
                place: place.to_owned(),
            })
        })
    }

    /// What the signer refused, with the branch and what to do.
    pub(crate) fn explained(&self, refused: SignError) -> Failure {
        match refused {
            SignError::Edition(EditionError::OtherRoot(version)) => {
                let branch = self.keyring.state().branch.clone();
                Uncounted::OtherLine { version, branch }.into()
            }
            refused => refused.into(),
        }
    }

    /// What of earlier editions readers may still ask for.
    pub(crate) fn superseded(&self) -> Result<Superseded, Failure> {
        let states = self.branch.history(&self.known);
        let states = states.map(|found| found.map(|(_, state)| state));
        let room = Superseded::room(self.keyring.lifetime(Role::Freshness));
        Ok(Superseded::among(states, self.now, room)?)
    }

    /// Until when `after` is fresh, by our own client: new, and with the memory of what is out at `before`.
    pub(crate) fn prove(
        &self,
        before: &Path,
        after: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Timestamp, Unproven> {
        let before = |name: &str| below(before, name).ok().flatten();
        prove(self.chain, self.now, before, after)
    }

    /// Keeps what was signed, before any of it is shown.
    pub(crate) fn advance(&self, state: &State, why: &str) -> Result<(), Failure> {
        self.branch.advance(&self.known, state, why)?;
        Ok(())
    }
}

/// Without a signed root nothing may take the place of what roots vouch for, nor follow what git remembers.
pub(crate) fn refuse_without_roots(places: &[PathBuf]) -> Result<(), Uncounted> {
    let counted = |place: &&PathBuf| fs::symlink_metadata(place.join(DIRECTORY)).is_ok();
    places.iter().find(counted).map_or(Ok(()), |place| {
        let what = format!("`{}` has {DIRECTORY}", place.display());
        Err(Uncounted::NoRoots(what))
    })
}

/// The same, of what the branch remembers.
pub(crate) fn refuse_forgotten_roots(root: &Path, keyring: &Keyring) -> Result<(), Failure> {
    let place = keyring.state();
    let branch = match Branch::open(root, &place.branch, place.remote.as_deref()) {
        // Nothing was ever counted with a remote that is not there.
        Err(caveat_state::Error::NoRemote(_)) => return Ok(()),
        branch => branch?,
    };
    let known = branch.latest()?;
    known.state().map_or(Ok(()), |state| {
        let (branch, seq) = (&place.branch, state.seq());
        let what = format!("the branch `{branch}` says that edition {seq} is out");
        Err(Uncounted::NoRoots(what).into())
    })
}

/// What the signer says beside the list of files: its number, and until when it is new where somebody renews it.
pub(crate) fn stamp(
    keyring: &Keyring,
    hand: &dyn Hand,
    now: Timestamp,
    seq: Option<u64>,
    said: Stamp,
) -> Stamp {
    let renewed = keyring.may_sign(Role::Freshness, hand.public(), now);
    let role = match renewed {
        Ok(_) => Role::Freshness,
        Err(_) => Role::Publish,
    };
    let expires = now.saturating_add(keyring.lifetime(role)).ok();
    Stamp {
        seq,
        expires: expires.map(|time| time.to_string()),
        ..said
    }
}

/// The newest root must say what the keyring says, and be good for a while.
fn current(chain: &Chain, keyring: &Keyring, now: Timestamp) -> Result<(), Uncounted> {
    let newest = chain.newest();
    let (version, ends) = (newest.version(), newest.expires());
    if ends <= now {
        return Err(Uncounted::RootEnded { version, ends });
    }
    if keyring.to_tuf().as_ref() != Some(newest.keyring()) {
        return Err(Uncounted::RootBehind(version));
    }
    if ends.duration_since(now).as_hours() < 24 * ROOT_ENDS_SOON {
        output::warning(&format!(
            "keys/root/{version}.root.json ends on {ends}: draft the next one (`caveat keys root draft`) and have it signed, or \
             every client calls the feed stale"
        ));
    }
    Ok(())
}

/// A file below `tuf/` of a tree that is out; none where there is no such file, or one that no client would read.
pub(crate) fn below(out: &Path, name: &str) -> Result<Option<Vec<u8>>, Failure> {
    let path = out.join(format!("{DIRECTORY}{name}"));
    match fs::symlink_metadata(&path) {
        Ok(there) if there.is_file() && there.len() <= LONGEST => {
            let read = fs::read(&path);
            read.map(Some)
                .map_err(|source| Failure::Read { path, source })
        }
        _ => Ok(None),
    }
}
