//! Owns all that was found of a tree, and the weighing of it: the verdict, and what is remembered.
//! Must never let a tree teach what nobody vouches for, or a failed check make anybody forget.

use std::path::Path;

use caveat_artifact::{Manifest, SitePath};
use caveat_tuf::{Verdict as Standing, When};
use jiff::Timestamp as Time;

use crate::contents::Contents;
use crate::directory::{Error, Inventory, SIGNATURES, SUMS};
use crate::machine::Machine;
use crate::memory::List;
use crate::people::{self, Compared, People};
use crate::site::{LARGEST, plain};
use crate::{
    Answer, Certificate, Check, Ended, Fault, Memory, Older, PublicKey, Signed, Trusted, Verdict,
    Vouched, clock,
};

/// Keys that are good for nothing any more, as the feed says.
const REVOKED: &str = "keys/revoked";

/// All that was found, before it is weighed.
pub(crate) struct Findings<'a> {
    pub(crate) check: &'a Check<'a>,
    pub(crate) feed: String,
    pub(crate) sums: Vec<u8>,
    pub(crate) people: People,
    pub(crate) machine: Option<Machine>,
    /// The list to remember.
    pub(crate) list: Option<List>,
    pub(crate) older: Vec<Older>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
}

/// A key file of the tree that is none.
pub(crate) fn odd_key(path: &Path, reason: &impl ToString) -> Fault {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Fault::Signature {
        file: format!("keys/{name}"),
        reason: reason.to_string(),
    }
}

impl Findings<'_> {
    /// Every file, once.
    pub(crate) fn contents(
        &mut self,
        inventory: &Inventory,
        trusted: &Trusted,
    ) -> Result<(), Error> {
        let manifest = Manifest::parse_sums(&self.sums).unwrap_or_else(|error| {
            self.faults.push(Fault::Signature {
                file: SUMS.to_owned(),
                reason: error.to_string(),
            });
            Manifest::default()
        });
        let machine = self.machine.as_ref();
        let more = machine.map(|machine| machine.targets.as_slice());
        let contents = Contents {
            directory: self.check.directory,
            manifest: &manifest,
            there: &inventory.all,
            more: more.unwrap_or_default(),
            feed: &self.feed,
            trusted,
            signer: self.people.signed.as_ref().map(Signed::blob),
        };
        let found = contents.read()?;
        (self.files, self.bytes) = (found.files, found.bytes);
        self.faults.extend(found.faults);
        let listed = |path: &String| {
            SitePath::new(path.as_str()).is_ok_and(|path| manifest.files().contains_key(&path))
        };
        let extra = inventory.plain.iter().filter(|path| !listed(path));
        self.faults.extend(extra.cloned().map(Fault::Extra));
        if let Some(machine) = &self.machine {
            self.faults.extend(machine.faults.iter().cloned());
            let compared =
                machine.compare(self.check, inventory, &self.sums, &manifest, &found.records)?;
            self.faults.extend(compared);
        }
        Ok(())
    }

    /// What was seen before, and what the tree says of its own keys.
    pub(crate) fn history(&mut self) -> Result<(), Error> {
        self.faults.append(&mut self.people.faults.clone());
        let mut gone = self.revoked()?;
        let signed = self.people.signed.as_ref();
        let authority = signed.and_then(|signed| signed.certificate.as_ref());
        let named = [
            ("key", signed.map(|signed| &signed.key)),
            ("authority", authority.map(Certificate::authority)),
        ];
        for (what, _) in named
            .into_iter()
            .filter(|(_, key)| key.is_some_and(|key| gone.contains(key)))
        {
            self.faults.push(Fault::Signature {
                file: SIGNATURES[0].to_owned(),
                reason: format!("{REVOKED} says that its {what} is good for nothing any more"),
            });
        }
        // Of a tree that was changed, the list of revoked keys may be what was changed: it must not make anybody forget.
        if !self.faults.is_empty() {
            gone.clear();
        }
        gone.extend(&self.check.anchors.revoked);
        let clock = |fault: &Fault| matches!(fault, Fault::Clock { .. });
        if !self.faults.iter().any(clock) {
            let seen = self.check.memory.and_then(|memory| memory.at);
            let doubt = clock::doubt(self.check.when, seen, self.people.issued());
            self.faults.extend(doubt);
        }
        self.list = self.people.list(&self.sums);
        let compared = self.list.as_ref();
        match compared.map(|list| people::older(self.check.memory, list, &gone)) {
            Some(Compared::Fault(fault)) => self.faults.push(fault),
            Some(Compared::Older(older)) => self.older.push(older),
            Some(Compared::Later) | None => {}
        }
        let outcome = self
            .machine
            .as_ref()
            .and_then(|machine| machine.outcome.as_ref());
        if let Some(Standing::Behind(behind)) = outcome.map(|outcome| &outcome.verdict) {
            self.older.push(behind.into());
        }
        Ok(())
    }

    /// What the tree itself says of keys; whoever reads it believes no more for it.
    fn revoked(&mut self) -> Result<Vec<PublicKey>, Error> {
        let text = match plain(self.check.directory, REVOKED, LARGEST)? {
            Some(Ok(text)) => text,
            Some(Err(unread)) => {
                self.faults.push(unread.fault(REVOKED));
                return Ok(Vec::new());
            }
            None => return Ok(Vec::new()),
        };
        let text = String::from_utf8_lossy(&text);
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys: Result<Vec<_>, _> = lines.map(PublicKey::from_openssh).collect();
        Ok(keys.unwrap_or_else(|error| {
            self.faults.push(odd_key(Path::new(REVOKED), &error));
            Vec::new()
        }))
    }

    /// Does what is below `tuf/` say more than that it is whole? Not where a key or an authority is pinned, and no root.
    fn learns(&self) -> bool {
        matches!(
            self.check.anchors.vouched(),
            Vouched::Root | Vouched::Itself
        )
    }

    /// When the certificate ends, where nothing else makes the key good. One without an end says nothing.
    fn certified(&self) -> Option<Time> {
        let anchors = self.check.anchors;
        let signed = self.people.signed.as_ref()?;
        let certificate = signed.certificate.as_ref()?;
        let counts = !anchors.authorities.is_empty() && !anchors.keys.contains(&signed.key);
        let end = i64::try_from(certificate.before()).ok()?;
        counts.then(|| Time::from_second(end).ok()).flatten()
    }

    fn verdict(&self) -> Verdict {
        if !self.faults.is_empty() {
            return Verdict::Invalid;
        }
        if !self.older.is_empty() {
            return Verdict::Behind(self.older.clone());
        }
        let mut ended: Vec<Ended> = Vec::new();
        let certified = self.certified();
        let mut until = self.people.expires().into_iter().chain(certified).min();
        let outcome = self
            .machine
            .as_ref()
            .and_then(|machine| machine.outcome.as_ref());
        // Anybody could have put there what is below `tuf/`: who trusts a key alone asks it for no time.
        let outcome = outcome.filter(|_| self.learns());
        match outcome.map(|outcome| &outcome.verdict) {
            Some(Standing::Stale { expired }) => {
                ended.extend(expired.iter().map(|one| (*one).into()));
            }
            Some(Standing::Fresh { until: end }) => {
                until = Some(until.map_or(*end, |until| until.min(*end)));
            }
            _ => {}
        }
        ended.extend(self.people.ended(self.check.when, self.check.max_stale));
        if ended.is_empty() {
            Verdict::Fresh { until }
        } else {
            Verdict::Stale(ended)
        }
    }

    pub(crate) fn answer(mut self) -> Answer {
        self.faults.sort();
        // Some things are seen from two sides.
        self.faults.dedup();
        let verdict = self.verdict();
        Answer {
            memory: self.remembered(&verdict),
            verdict,
            vouched: self.check.anchors.vouched(),
            signer: self.people.signed.as_ref().map(|signed| signed.key),
            root: self.machine.as_ref().and_then(Machine::root),
            faults: self.faults,
            files: self.files,
            bytes: self.bytes,
            feed: self.feed,
            comment: self.people.comment,
            said: self.people.said,
        }
    }

    /// What was authentic is remembered, whatever else was wrong. A tree that nobody vouches for must at least be whole.
    fn remembered(&self, verdict: &Verdict) -> Option<Memory> {
        let old = self.check.memory.cloned();
        let vouched = self.check.anchors.vouched();
        let whole = self.faults.is_empty();
        let pinned = old.as_ref().is_some_and(Memory::is_pinned);
        if vouched == Vouched::Itself && (!whole || pinned) {
            return old;
        }
        let machine = self.machine.as_ref();
        // By a root, the list is as good as what is below `tuf/`: an old key under a shorter line signs nothing that counts.
        let anchored = vouched != Vouched::Root || machine.is_some_and(Machine::holds);
        // A tree's own word of which feed it is would refuse every good tree after it.
        let signed = anchored && self.list.is_some();
        if old.is_none() && !signed && self.check.feed.is_none() {
            return None;
        }
        let mut memory = old.unwrap_or_else(|| Memory::new(&self.feed));
        memory.itself = vouched == Vouched::Itself;
        let outcome = machine.and_then(|machine| machine.outcome.as_ref());
        // Without a trusted root, anybody could have put there what is below `tuf/`: who trusts a key learns nothing of it.
        if let Some(outcome) = outcome
            && self.learns()
        {
            memory.machine.clone_from(&outcome.memory);
        }
        let two = |fault: &Fault| matches!(fault, Fault::TwoContents(_));
        if let Some(list) = &self.list
            && anchored
            && self.older.is_empty()
            && !self.faults.iter().any(two)
        {
            memory.list = Some(list.clone());
        }
        if let (When::Now(now), Verdict::Fresh { until }) = (self.check.when, verdict)
            && until.is_none_or(|until| now < until)
        {
            memory.at = memory.at.max(Time::from_second(now.as_second()).ok());
        }
        Some(memory)
    }
}
