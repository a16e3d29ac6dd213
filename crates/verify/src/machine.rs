//! Owns the layer for programs: what is below `tuf/`, who vouches for each file of it, and whether it tells the same as the rest.
//! Must never let a file below `tuf/` be that no root of the line vouches for.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use caveat_artifact::{Digest, Manifest};
use caveat_tuf::{
    Chain, Check as Question, DIRECTORY, Fingerprint, Outcome, Reason, Role, Targets, Verdict,
    target_path,
};

use crate::check::Check;
use crate::contents::Known;
use crate::directory::{Error, Inventory};
use crate::site::read_error;
use crate::{Fault, PublicKey, clock, copies, index};

/// What is below `tuf/`.
pub(crate) struct Machine {
    pub(crate) faults: Vec<Fault>,
    pub(crate) outcome: Option<Outcome>,
    chain: Option<Chain>,
    /// Targets of the newest list and of those before: path and hash.
    pub(crate) targets: Vec<(String, Digest)>,
}

impl Machine {
    /// Judges what is there; none where nothing is there and nothing has to be.
    pub(crate) fn judge(check: &Check<'_>, inventory: &Inventory) -> Result<Option<Self>, Error> {
        let pinned = check.anchors.root.as_deref();
        if inventory.machine.is_empty() {
            let seen = check.memory.and_then(|memory| memory.machine.as_ref());
            let needed = pinned.is_some() || seen.is_some();
            return Ok(needed.then(|| Self::nothing(Fault::Downgrade(DIRECTORY.to_owned()))));
        }
        let below = Below { check, inventory };
        let first = below.fetch(&Role::Root.file(1), Role::Root.longest())?;
        let Some(own) = first else {
            let path = format!("{DIRECTORY}{}", Role::Root.file(1));
            return Ok(Some(Self::nothing(Fault::Missing(path))));
        };
        let mut machine = Self::nothing(Fault::Downgrade(String::new()));
        machine.faults.clear();
        let memory = check.memory.and_then(|memory| memory.machine.as_ref());
        let question = Question {
            root: pinned.unwrap_or(&own),
            memory,
            when: check.when,
            max_stale: check.max_stale,
        };
        let mut outcome = question.run(|name, most| below.fetch(name, most))?;
        machine.chain = match outcome.chain.take() {
            None => machine.line(&below, own.clone())?,
            walked => walked,
        };
        match &outcome.verdict {
            Verdict::Invalid(reason) => machine.faults.push(fault(reason)),
            // The pinned root is not there: it vouches for nothing that is.
            Verdict::Behind(behind) if behind.offered.is_none() => {
                machine.faults.push(Fault::Metadata(format!(
                    "the roots end before version {}, which is trusted: a mirror that is far behind, or a forgery",
                    behind.seen
                )));
            }
            _ => {}
        }
        machine.outcome = Some(outcome);
        if machine.faults.is_empty() {
            machine.everything(&below)?;
        }
        machine.revoked(&check.anchors.revoked);
        Ok(Some(machine))
    }

    /// Roles whose keys are good for nothing any more, as the reader was told.
    fn revoked(&mut self, gone: &[PublicKey]) {
        let Some(chain) = &self.chain else {
            return;
        };
        let ring = chain.newest().keyring();
        for role in Role::ALL {
            let named = |key: &&PublicKey| {
                let mut keys = ring.holders(role).keys();
                keys.any(|one| one.as_bytes() == key.as_bytes())
            };
            self.faults.extend(gone.iter().filter(named).map(|key| {
                let key = key.fingerprint();
                Fault::Metadata(format!(
                    "the newest root lets a key that was revoked sign for {role}, {key}"
                ))
            }));
        }
    }

    fn nothing(fault: Fault) -> Self {
        Self {
            faults: vec![fault],
            outcome: None,
            chain: None,
            targets: Vec::new(),
        }
    }

    /// The line of roots, as far as it holds.
    fn line(&mut self, below: &Below<'_>, first: Vec<u8>) -> Result<Option<Chain>, Error> {
        let mut chain = match Chain::begin(first) {
            Ok(chain) => chain,
            Err(reason) => {
                self.faults.push(fault(&reason));
                return Ok(None);
            }
        };
        loop {
            let name = Role::Root.file(chain.newest().version() + 1);
            let Some(next) = below.fetch(&name, Role::Root.longest())? else {
                return Ok(Some(chain));
            };
            if let Err(reason) = chain.add(next) {
                self.faults.push(fault(&reason));
                return Ok(Some(chain));
            }
        }
    }

    /// Each file: a root of the line, what one of its roots let sign, or a target of such a list.
    fn everything(&mut self, below: &Below<'_>) -> Result<(), Error> {
        let Some(chain) = &self.chain else {
            return Ok(());
        };
        let mut known = BTreeMap::new();
        for name in &below.inventory.machine {
            if name.starts_with(TARGETS) {
                continue;
            }
            let bytes = below.fetch(name, Role::Targets.longest())?;
            match chain.vouches(name, &bytes.unwrap_or_default()) {
                Ok(Some(list)) => known.extend(paths(&list)),
                Ok(None) => {}
                Err(Reason::Stranger(_)) => {
                    self.faults.push(Fault::Extra(format!("{DIRECTORY}{name}")));
                }
                Err(reason) => self.faults.push(fault(&reason)),
            }
        }
        for name in &below.inventory.machine {
            let path = format!("{DIRECTORY}{name}");
            match known.get(name) {
                Some(digest) => self.targets.push((path, *digest)),
                None if name.starts_with(TARGETS) => self.faults.push(Fault::Extra(path)),
                None => {}
            }
        }
        Ok(())
    }

    /// The keys that may sign for readers, by the newest root; none where the line is not the one that is trusted.
    pub(crate) fn keys(&self, pinned: Option<&[u8]>) -> Vec<PublicKey> {
        let chain = self.chain.as_ref().filter(|chain| {
            let mut line = (1..=chain.newest().version()).filter_map(|version| chain.get(version));
            pinned.is_none_or(|pinned| line.any(|(_, bytes)| bytes == pinned))
        });
        let Some(chain) = chain else {
            return Vec::new();
        };
        let keys = chain.newest().keyring().targets.keys();
        keys.filter_map(|key| PublicKey::from_bytes(key.as_bytes()).ok())
            .collect()
    }

    /// Was all of it authentic, whether it has ended or not?
    pub(crate) fn holds(&self) -> bool {
        let verdict = self.outcome.as_ref().map(|outcome| &outcome.verdict);
        matches!(verdict, Some(Verdict::Fresh { .. } | Verdict::Stale { .. }))
    }

    /// The version of the newest root.
    pub(crate) fn root(&self) -> Option<u64> {
        self.chain.as_ref().map(|chain| chain.newest().version())
    }

    fn listed(&self) -> Option<&Targets> {
        self.outcome.as_ref()?.targets.as_ref()
    }

    /// Both layers against each other: they are of one edition.
    pub(crate) fn compare(
        &self,
        check: &Check<'_>,
        inventory: &Inventory,
        sums: &[u8],
        manifest: &Manifest,
        records: &BTreeMap<String, Known>,
    ) -> Result<Vec<Fault>, Error> {
        let Some(list) = self.listed() else {
            return Ok(Vec::new());
        };
        let mut faults = copies::differ(list, sums, manifest);
        let (mut parts, mut whole) = (BTreeMap::new(), true);
        let below = Below { check, inventory };
        for (name, file) in list.files() {
            let path = target_path(name, file);
            let Some(bytes) = below.target(&path, index::part_of(name).is_some())? else {
                whole &= index::part_of(name).is_none();
                faults.push(Fault::Missing(format!("{DIRECTORY}{path}")));
                continue;
            };
            if let Some(part) = index::part_of(name) {
                // What was changed is named where all files are read.
                whole &= list.verify(name, &bytes).is_ok();
                parts.insert(part, (name.clone(), bytes));
            }
        }
        if whole {
            faults.extend(copies::indexed(&parts, manifest, records));
        }
        Ok(faults)
    }
}

/// Where targets are, below `tuf/`.
const TARGETS: &str = "t/";

fn paths(list: &Targets) -> Vec<(String, Digest)> {
    let one = |(name, file): (&String, &Fingerprint)| (target_path(name, file), file.sha256);
    list.files().iter().map(one).collect()
}

fn fault(reason: &Reason) -> Fault {
    match reason {
        Reason::Missing(file) => Fault::Downgrade(format!("{DIRECTORY}{file}")),
        Reason::Clock { now, seen } => Fault::Clock {
            now: now.to_string(),
            after: clock::last_check(*seen),
        },
        other => Fault::Metadata(other.to_string()),
    }
}

/// The files below `tuf/`.
struct Below<'a> {
    check: &'a Check<'a>,
    inventory: &'a Inventory,
}

impl Below<'_> {
    /// At most one byte more than so many.
    fn fetch(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Error> {
        if !self.inventory.machine.contains(name) {
            return Ok(None);
        }
        let path = self.check.directory.join(DIRECTORY).join(name);
        read(&path, most).map(Some)
    }

    /// A target, or that it is there.
    fn target(&self, path: &str, wanted: bool) -> Result<Option<Vec<u8>>, Error> {
        if wanted {
            return self.fetch(path, LARGEST_PART);
        }
        Ok(self.inventory.machine.contains(path).then(Vec::new))
    }
}

/// No part of an index is longer.
const LARGEST_PART: u64 = 256 << 20;

fn read(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(read_error(path))?;
    let read = file.take(most + 1).read_to_end(&mut bytes);
    read.map_err(read_error(path)).map(|_| bytes)
}
