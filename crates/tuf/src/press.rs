//! Owns the making of a tree: what is published, signed role by role, and the daily renewal of its timestamp.
//! Must never give out a tree that its own client would not call fresh, or use a version twice.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp as Time};

use crate::document::{Document, whole};
use crate::envelope::{Envelope, Signatures};
use crate::json::LARGEST;
use crate::memory::Seen;
use crate::pointer::{Newest, Pointer, Snapshot};
use crate::state::{Issued, State};
use crate::{
    Chain, Check, DIRECTORY, Edition, EditionError, Fingerprint, Lifetimes, Role, Signer, Targets,
    Verdict, When, target_path,
};

/// What is signed under: the roots, what was signed before, and the time.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// All roots.
    pub chain: &'a Chain,
    /// What was published last; none for the first time.
    pub state: Option<&'a State>,
    /// The time.
    pub now: Time,
    /// For how long.
    pub lifetimes: Lifetimes,
}

/// A name and what is in it.
type File = (String, Vec<u8>);

/// A signed document as a file, and what points at it.
fn issued<T: Document>(envelope: &Envelope<T>) -> Result<(Issued, File), EditionError> {
    let bytes = envelope.to_bytes();
    let file = Fingerprint::of(&bytes);
    if file.length > T::ROLE.longest() {
        return Err(EditionError::Long(T::ROLE, file.length));
    }
    let head = envelope.signed.head();
    let issued = Issued {
        pointer: Pointer {
            version: head.version,
            file,
        },
        expires: head.expires,
    };
    Ok((issued, (T::ROLE.file(head.version), bytes)))
}

/// Files with their paths below the feed's address.
fn placed(files: Vec<File>) -> Vec<File> {
    let place = |(name, bytes)| (format!("{DIRECTORY}{name}"), bytes);
    files.into_iter().map(place).collect()
}

impl Press<'_> {
    /// Signs a list of files, a snapshot of it and a timestamp.
    ///
    /// # Errors
    /// [`EditionError`].
    pub fn publish(
        &self,
        files: BTreeMap<String, Fingerprint>,
        signer: &mut impl Signer,
    ) -> Result<Edition, EditionError> {
        let seq = self.next()?;
        let paths = files.iter().map(|(name, file)| {
            (
                name.clone(),
                format!("{DIRECTORY}{}", target_path(name, file)),
            )
        });
        let paths = paths.collect();
        let listed = Targets::new(seq, files, self.end(self.lifetimes.targets))?;
        let (targets, targets_file) = self.signed(listed, signer)?;
        let snapshot = Snapshot::new(seq, targets.pointer, self.end(self.lifetimes.snapshot))?;
        let (snapshot, snapshot_file) = self.signed(snapshot, signer)?;
        let (timestamp, timestamp_file) = self.timestamp(seq, snapshot.pointer, signer)?;
        let root = self.root()?;
        let mut made = self.roots();
        made.extend([targets_file, snapshot_file, timestamp_file]);
        self.prove(&made)?;
        Ok(Edition {
            files: placed(made),
            targets: paths,
            state: State {
                seq,
                issued: whole(self.now),
                root,
                targets,
                snapshot,
                timestamp,
            },
        })
    }

    /// Signs a new timestamp of the same snapshot: says that what is out is still the newest.
    ///
    /// # Errors
    /// [`EditionError`]; also where there is nothing out that a timestamp could keep fresh.
    pub fn heartbeat(&self, signer: &mut impl Signer) -> Result<Edition, EditionError> {
        let seq = self.next()?;
        let state = self.state.ok_or(EditionError::Nothing)?;
        let old = self.chain.get(state.root.version);
        let (old, _) = old.ok_or(EditionError::OtherRoot(state.root.version))?;
        for (role, issued) in [
            (Role::Targets, state.targets),
            (Role::Snapshot, state.snapshot),
        ] {
            if issued.expires <= self.now {
                return Err(EditionError::Expired(role, issued.expires));
            }
            if self.chain.newest().keyring().holders(role) != old.keyring().holders(role) {
                return Err(EditionError::Rekeyed(role));
            }
        }
        let (timestamp, file) = self.timestamp(seq, state.snapshot.pointer, signer)?;
        let mut files = self.roots();
        files.push(file);
        Ok(Edition {
            files: placed(files),
            targets: BTreeMap::new(),
            state: State {
                seq,
                issued: whole(self.now),
                root: self.root()?,
                timestamp,
                ..state.clone()
            },
        })
    }

    fn roots(&self) -> Vec<File> {
        self.chain
            .files()
            .map(|(name, bytes)| (name, bytes.to_vec()))
            .collect()
    }

    /// The next number, if anything may be signed at all.
    fn next(&self) -> Result<u64, EditionError> {
        let root = self.chain.newest();
        if root.expires() <= self.now {
            return Err(EditionError::Expired(Role::Root, root.expires()));
        }
        let Some(state) = self.state else {
            return Ok(1);
        };
        if self.now < state.issued {
            let (now, issued) = (self.now, state.issued);
            return Err(EditionError::Clock { now, issued });
        }
        let here = self.chain.fingerprint(state.root.version);
        if here.map(|file| file.sha256) != Some(state.root.sha256) {
            return Err(EditionError::OtherRoot(state.root.version));
        }
        if state.seq >= LARGEST {
            Err(EditionError::Spent)
        } else {
            Ok(state.seq + 1)
        }
    }

    fn root(&self) -> Result<Seen, EditionError> {
        let version = self.chain.newest().version();
        let file = self
            .chain
            .fingerprint(version)
            .ok_or(EditionError::OtherRoot(version))?;
        Ok(Seen {
            version,
            sha256: file.sha256,
        })
    }

    fn end(&self, lifetime: SignedDuration) -> Time {
        let end = self.now.saturating_add(lifetime);
        whole(end.unwrap_or(self.now))
    }

    fn timestamp(
        &self,
        seq: u64,
        snapshot: Pointer,
        signer: &mut impl Signer,
    ) -> Result<(Issued, File), EditionError> {
        let newest = Newest::new(seq, snapshot, self.end(self.lifetimes.timestamp))?;
        self.signed(newest, signer)
    }

    /// Has a document signed by every key of its role that the signer has.
    fn signed<T: Document>(
        &self,
        document: T,
        signer: &mut impl Signer,
    ) -> Result<(Issued, File), EditionError> {
        let role = T::ROLE;
        if document.head().expires <= self.now {
            return Err(EditionError::NotFresh);
        }
        let root = self.chain.newest();
        let holders = root.keyring().holders(role);
        let mut envelope = Envelope::unsigned(document);
        let mut signatures = Signatures::new();
        for key in holders.keys() {
            let refused = |source| EditionError::Signer {
                role,
                key: key.id(),
                source,
            };
            if let Some(signature) = signer.sign(role, key, &envelope.message).map_err(refused)? {
                signatures.insert(key.id(), signature);
            }
        }
        envelope.signatures = signatures;
        envelope.judge(&[(root.version(), holders)])?;
        issued(&envelope)
    }

    /// Nothing leaves that our own client, new to the feed, would not call fresh.
    fn prove(&self, made: &[File]) -> Result<(), EditionError> {
        let Some((_, root)) = self.chain.get(1) else {
            return Err(EditionError::OtherRoot(1));
        };
        let check = Check {
            root,
            memory: None,
            when: When::Now(self.now),
            max_stale: SignedDuration::ZERO,
        };
        let fetch = |name: &str, _| {
            let file = made.iter().find(|(other, _)| other == name);
            Ok::<_, std::convert::Infallible>(file.map(|(_, bytes)| bytes.clone()))
        };
        let Ok(outcome) = check.run(fetch);
        match outcome.verdict {
            Verdict::Fresh { .. } => Ok(()),
            Verdict::Invalid(reason) => Err(EditionError::Refused(reason)),
            Verdict::Stale { .. } | Verdict::Behind(_) => Err(EditionError::NotFresh),
        }
    }
}
