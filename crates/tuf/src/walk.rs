//! Owns the client's workflow (specification, section 5), step by step, on bytes that somebody else fetches.
//! Must never go on after a step that failed, or forget what protects from rollbacks.

use jiff::{SignedDuration, Timestamp as Time};

use crate::document::{Document, whole};
use crate::memory::{Below, Seen};
use crate::pointer::{Newest, Pointer, Snapshot};
use crate::{
    Behind, Chain, Check, Expired, Fingerprint, Memory, Outcome, Reason, Role, Root, Targets,
    Verdict, When, chain,
};

/// More roots in one check than a feed has in a lifetime.
const ROOTS: u64 = 1024;
/// How far a clock may go back between two checks: it is set now and then.
const SKEW: SignedDuration = SignedDuration::from_hours(1);

/// Why the walk ended before its end.
pub(crate) enum Stop<E> {
    Fetch(E),
    Verdict(Verdict),
}

impl<E> From<Reason> for Stop<E> {
    fn from(reason: Reason) -> Self {
        Self::Verdict(Verdict::Invalid(reason))
    }
}

impl<E> From<Behind> for Stop<E> {
    fn from(behind: Behind) -> Self {
        Self::Verdict(Verdict::Behind(behind))
    }
}

/// A walk from the trusted root to the list of files.
pub(crate) struct Walk<'a, F> {
    check: &'a Check<'a>,
    fetch: F,
    memory: Option<Memory>,
    /// When each document ends.
    ends: Vec<Expired>,
    chain: Option<Chain>,
}

impl<'a, E, F: FnMut(&str, u64) -> Result<Option<Vec<u8>>, E>> Walk<'a, F> {
    pub(crate) fn new(check: &'a Check<'a>, fetch: F) -> Self {
        Self {
            check,
            fetch,
            memory: check.memory.cloned(),
            ends: Vec::new(),
            chain: None,
        }
    }

    /// All steps, each after the one before.
    pub(crate) fn all(&mut self) -> Result<Targets, Stop<E>> {
        self.clock()?;
        let root = self.roots()?;
        let newest = self.timestamp(&root)?;
        let snapshot = self.snapshot(&root, newest.snapshot)?;
        self.targets(&root, snapshot.targets)
    }

    /// A clock that went back makes what has ended look fresh.
    fn clock(&self) -> Result<(), Reason> {
        match (
            self.check.when,
            self.memory.as_ref().and_then(|memory| memory.at),
        ) {
            (When::Now(now), Some(seen)) if seen.duration_since(now) > SKEW => {
                Err(Reason::Clock { now, seen })
            }
            _ => Ok(()),
        }
    }

    /// A file of at most so many bytes.
    fn file(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Stop<E>> {
        match (self.fetch)(name, most).map_err(Stop::Fetch)? {
            Some(bytes) if bytes.len() as u64 > most => {
                Err(Reason::Long(name.to_owned(), most).into())
            }
            file => Ok(file),
        }
    }

    fn needed(&mut self, name: &str, most: u64) -> Result<Vec<u8>, Stop<E>> {
        let file = self.file(name, most)?;
        file.ok_or_else(|| Reason::Missing(name.to_owned()).into())
    }

    /// From the trusted root to the newest one (specification 5.3). It is walked every time, so what is remembered is only
    /// ever a reason to refuse.
    fn roots(&mut self) -> Result<Root, Stop<E>> {
        let mut root = chain::first(self.check.root)?;
        let mut bytes = self.check.root.to_vec();
        self.same_feed(&root)?;
        self.chain = Chain::first(&root, &bytes);
        self.same_root(&root, &bytes)?;
        let last = root.version().saturating_add(ROOTS);
        while let Some(next) =
            self.file(&Role::Root.file(root.version() + 1), Role::Root.longest())?
        {
            if root.version() == last {
                return Err(Reason::Endless(ROOTS).into());
            }
            root = chain::next(&root, &next)?;
            bytes = next;
            if let Some(chain) = &mut self.chain {
                chain.push(&root, &bytes);
            }
            self.same_root(&root, &bytes)?;
        }
        self.accept_root(&root, &bytes)?;
        self.ends(Role::Root, root.expires());
        Ok(root)
    }

    /// The tree must have the trusted root itself: else it is another feed's, or older than this root.
    fn same_feed(&mut self, root: &Root) -> Result<(), Stop<E>> {
        let own = self.file(&Role::Root.file(root.version()), Role::Root.longest())?;
        match own {
            Some(bytes) if bytes == self.check.root => Ok(()),
            Some(_) => Err(Reason::OtherRoot(root.version()).into()),
            None => {
                self.needed(&Role::Timestamp.file(0), Role::Timestamp.longest())?;
                Err(Behind::of(Role::Root, root.version(), None).into())
            }
        }
    }

    fn same_root(&self, root: &Root, bytes: &[u8]) -> Result<(), Reason> {
        match &self.memory {
            Some(memory) if memory.root.version == root.version() => {
                let same = memory.root.sha256 == Fingerprint::of(bytes).sha256;
                same.then_some(()).ok_or(Reason::OtherRoot(root.version()))
            }
            _ => Ok(()),
        }
    }

    /// Remembers the root, and forgets what was signed with keys that were replaced (specification 5.3.8 and 5.3.11).
    fn accept_root(&mut self, root: &Root, bytes: &[u8]) -> Result<(), Behind> {
        let seen = Seen {
            version: root.version(),
            sha256: Fingerprint::of(bytes).sha256,
        };
        let newer = self
            .memory
            .as_ref()
            .filter(|old| old.root.version > seen.version);
        if let Some(old) = newer {
            return Err(Behind::of(Role::Root, old.root.version, Some(seen.version)));
        }
        let old = self.memory.take();
        let at = old.as_ref().and_then(|old| old.at);
        let below = old
            .and_then(|old| old.below)
            .filter(|below| !below.is_cut(root));
        self.memory = Some(Memory {
            root: seen,
            below,
            at,
        });
        Ok(())
    }

    /// Specification 5.4.
    fn timestamp(&mut self, root: &Root) -> Result<Newest, Stop<E>> {
        let file = Role::Timestamp.file(0);
        let bytes = self.needed(&file, Role::Timestamp.longest())?;
        let newest = chain::below::<Newest>(file, &bytes, root)?;
        let seen = Seen {
            version: newest.head().version,
            sha256: Fingerprint::of(&bytes).sha256,
        };
        let snapshot = newest.snapshot.seen();
        let old = self
            .memory
            .as_ref()
            .and_then(|memory| memory.below.as_ref());
        if let Some(old) = old {
            if seen.version < old.timestamp.version {
                return Err(
                    Behind::of(Role::Timestamp, old.timestamp.version, Some(seen.version)).into(),
                );
            }
            old.timestamp.allows(Role::Timestamp, seen)?;
            old.snapshot.allows(Role::Snapshot, snapshot)?;
        }
        let mut below = Below::new(seen, snapshot, root);
        below.targets = old.and_then(|old| old.targets);
        if let Some(memory) = &mut self.memory {
            memory.below = Some(below);
        }
        self.ends(Role::Timestamp, newest.head().expires);
        Ok(newest)
    }

    /// Specification 5.5.
    fn snapshot(&mut self, root: &Root, pointer: Pointer) -> Result<Snapshot, Stop<E>> {
        let snapshot: Snapshot = self.pointed(root, pointer)?;
        let seen = snapshot.targets.seen();
        if let Some(below) = self
            .memory
            .as_mut()
            .and_then(|memory| memory.below.as_mut())
        {
            if let Some(old) = below.targets {
                old.allows(Role::Targets, seen)?;
            }
            below.targets = Some(seen);
        }
        Ok(snapshot)
    }

    /// Specification 5.6, without delegations.
    fn targets(&mut self, root: &Root, pointer: Pointer) -> Result<Targets, Stop<E>> {
        self.pointed(root, pointer)
    }

    /// The document that a pointer means: the same bytes, signed, of that version.
    fn pointed<T: Document>(&mut self, root: &Root, pointer: Pointer) -> Result<T, Stop<E>> {
        let file = T::ROLE.file(pointer.version);
        let most = T::ROLE.longest();
        if pointer.file.length > most {
            return Err(Reason::Long(file, most).into());
        }
        let bytes = self.needed(&file, most)?;
        let found = Fingerprint::of(&bytes);
        if found.length != pointer.file.length {
            let (listed, found) = (pointer.file.length, found.length);
            return Err(Reason::Length {
                file,
                listed,
                found,
            }
            .into());
        }
        if found != pointer.file {
            return Err(Reason::Hash(file).into());
        }
        let document = chain::below::<T>(file.clone(), &bytes, root)?;
        let (expected, found) = (pointer.version, document.head().version);
        if expected != found {
            return Err(Reason::Version {
                file,
                expected,
                found,
            }
            .into());
        }
        self.ends(T::ROLE, document.head().expires);
        Ok(document)
    }

    fn ends(&mut self, role: Role, at: Time) {
        self.ends.push(Expired { role, at });
    }

    /// Expired is not forged: everything else was good when this is asked (specification 5.3.10, 5.4.4, 5.5.6, 5.6.5).
    pub(crate) fn verdict(&self) -> Verdict {
        let over = |end: &&Expired| {
            let at = end
                .at
                .saturating_add(self.check.max_stale)
                .unwrap_or(end.at);
            at <= self.check.time()
        };
        let expired: Vec<_> = self.ends.iter().filter(over).copied().collect();
        match self.ends.iter().map(|end| end.at).min() {
            Some(until) if expired.is_empty() => Verdict::Fresh { until },
            _ => Verdict::Stale { expired },
        }
    }

    /// What the walk came to. Only a time at which nothing had ended is surely no time in the future: it is remembered.
    pub(crate) fn end(mut self, verdict: Verdict, targets: Option<Targets>) -> Outcome {
        if let (When::Now(now), Verdict::Fresh { until }, Some(memory)) =
            (self.check.when, &verdict, &mut self.memory)
            && now < *until
        {
            memory.at = memory.at.max(Some(whole(now)));
        }
        Outcome {
            verdict,
            memory: self.memory,
            targets,
            chain: self.chain,
        }
    }
}
