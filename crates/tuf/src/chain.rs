//! Owns the line of roots: how trust goes from one to the next, and the whole line for those who publish.
//! Must never take a root that its predecessor's keys did not sign, or that its own keys did not.

use crate::document::Document;
use crate::envelope::Envelope;
use crate::pointer::{Newest, Snapshot};
use crate::{Fingerprint, Reason, Role, Root, Targets};

/// A root that is trusted already: by its own keys alone (specification 5.2).
pub(crate) fn first(bytes: &[u8]) -> Result<Root, Reason> {
    let name = "the trusted root".to_owned();
    let envelope =
        Envelope::<Root>::read(bytes).map_err(|flaw| Reason::Flaw(name.clone(), flaw))?;
    let root = &envelope.signed;
    let asked = [(root.version(), &root.keyring().root)];
    // Later ones are also signed with keys of the root before, which nobody knows here.
    let judged = match root.version() {
        1 => envelope.judge(&asked),
        _ => envelope.judge_alone(&asked),
    };
    judged.map_err(|flaw| Reason::Signature(name, flaw))?;
    Ok(envelope.signed)
}

/// The root after a trusted one: signed by the keys of both, with the next version (specification 5.3.4 and 5.3.5).
pub(crate) fn next(trusted: &Root, bytes: &[u8]) -> Result<Root, Reason> {
    let expected = trusted.version() + 1;
    let file = Role::Root.file(expected);
    let envelope =
        Envelope::<Root>::read(bytes).map_err(|flaw| Reason::Flaw(file.clone(), flaw))?;
    let root = &envelope.signed;
    let found = root.head().version;
    if found != expected {
        return Err(Reason::Version {
            file,
            expected,
            found,
        });
    }
    envelope
        .judge(&[
            (trusted.version(), &trusted.keyring().root),
            (expected, &root.keyring().root),
        ])
        .map_err(|flaw| Reason::Signature(file, flaw))?;
    Ok(envelope.signed)
}

/// A document of another role: signed by those whom this root names (specification 5.4.2, 5.5.3 and 5.6.3).
pub(crate) fn below<T: Document>(file: String, bytes: &[u8], root: &Root) -> Result<T, Reason> {
    let envelope = Envelope::<T>::read(bytes).map_err(|flaw| Reason::Flaw(file.clone(), flaw))?;
    let holders = root.keyring().holders(T::ROLE);
    match envelope.judge(&[(root.version(), holders)]) {
        Ok(()) => Ok(envelope.signed),
        Err(flaw) => Err(Reason::Signature(file, flaw)),
    }
}

/// All roots of a feed, from the first on.
#[derive(Clone, Debug)]
pub struct Chain {
    roots: Vec<(Root, Vec<u8>)>,
    newest: Root,
}

impl Chain {
    /// A feed's first root.
    ///
    /// # Errors
    /// [`Reason`] for one that its own keys did not sign, or that is not version 1.
    pub fn begin(bytes: Vec<u8>) -> Result<Self, Reason> {
        let newest = first(&bytes)?;
        match newest.version() {
            1 => Ok(Self {
                roots: vec![(newest.clone(), bytes)],
                newest,
            }),
            found => Err(Reason::Version {
                file: Role::Root.file(1),
                expected: 1,
                found,
            }),
        }
    }

    /// A line that begins with a root that was judged already; none for a later one than the first.
    pub(crate) fn first(root: &Root, bytes: &[u8]) -> Option<Self> {
        (root.version() == 1).then(|| Self {
            roots: vec![(root.clone(), bytes.to_vec())],
            newest: root.clone(),
        })
    }

    /// The next root, judged already.
    pub(crate) fn push(&mut self, root: &Root, bytes: &[u8]) {
        self.newest = root.clone();
        self.roots.push((root.clone(), bytes.to_vec()));
    }

    /// Adds the next root.
    ///
    /// # Errors
    /// [`Reason`], as a client would say it.
    pub fn add(&mut self, bytes: Vec<u8>) -> Result<(), Reason> {
        self.newest = next(&self.newest, &bytes)?;
        self.roots.push((self.newest.clone(), bytes));
        Ok(())
    }

    /// The root that counts.
    pub fn newest(&self) -> &Root {
        &self.newest
    }

    /// A root and its file.
    pub fn get(&self, version: u64) -> Option<(&Root, &[u8])> {
        let at = usize::try_from(version.checked_sub(1)?).ok()?;
        self.roots
            .get(at)
            .map(|(root, bytes)| (root, bytes.as_slice()))
    }

    /// Does this line vouch for a file below `tuf/` other than a target: a root of it, or what one of its roots let sign?
    /// Superseded documents lie beside the newest until nobody asks for them. A list of files comes back as what it is.
    ///
    /// # Errors
    /// [`Reason`], by the newest root.
    pub fn vouches(&self, name: &str, bytes: &[u8]) -> Result<Option<Targets>, Reason> {
        let stranger = || Reason::Stranger(name.to_owned());
        let (version, role) = versioned(name).ok_or_else(stranger)?;
        if bytes.len() as u64 > role.longest() {
            return Err(Reason::Long(name.to_owned(), role.longest()));
        }
        match role {
            Role::Root => match self.get(version) {
                Some((_, own)) if own == bytes => Ok(None),
                Some(_) => Err(Reason::OtherRoot(version)),
                None => Err(stranger()),
            },
            Role::Timestamp => self.signed::<Newest>(name, None, bytes).map(|_| None),
            Role::Snapshot => self
                .signed::<Snapshot>(name, Some(version), bytes)
                .map(|_| None),
            Role::Targets => self.signed(name, Some(version), bytes).map(Some),
        }
    }

    /// A document of this version, signed by those whom any root of the line names.
    fn signed<T: Document>(
        &self,
        name: &str,
        version: Option<u64>,
        bytes: &[u8],
    ) -> Result<T, Reason> {
        let mut first = None;
        for (root, _) in self.roots.iter().rev() {
            let document = match below::<T>(name.to_owned(), bytes, root) {
                Ok(document) => document,
                Err(reason) => {
                    first.get_or_insert(reason);
                    continue;
                }
            };
            let found = document.head().version;
            return match version {
                Some(expected) if expected != found => Err(Reason::Version {
                    file: name.to_owned(),
                    expected,
                    found,
                }),
                _ => Ok(document),
            };
        }
        Err(first.unwrap_or_else(|| Reason::Stranger(name.to_owned())))
    }

    /// The files, in order of version.
    pub(crate) fn files<'a>(&'a self) -> impl Iterator<Item = (String, &'a [u8])> {
        let file = |(root, bytes): &'a (Root, Vec<u8>)| {
            (Role::Root.file(root.version()), bytes.as_slice())
        };
        self.roots.iter().map(file)
    }

    pub(crate) fn fingerprint(&self, version: u64) -> Option<Fingerprint> {
        self.get(version).map(|(_, bytes)| Fingerprint::of(bytes))
    }
}

/// What a name below `tuf/` promises, if it is one that is written: `007.root.json` is not.
fn versioned(name: &str) -> Option<(u64, Role)> {
    let version = name
        .split_once('.')
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or(0);
    let role = Role::ALL
        .into_iter()
        .find(|role| role.file(version) == name)?;
    (version > 0 || role == Role::Timestamp).then_some((version, role))
}
