//! Owns the question about a tree, and the way to its answer: every layer, each against the others.
//! Must never read a clock, or give an answer before everything was read.

use std::path::Path;

use caveat_tuf::When;
use jiff::{SignedDuration, Timestamp as Time};

use crate::directory::{Error, Inventory, SUMS};
use crate::findings::{Findings, odd_key};
use crate::machine::Machine;
use crate::people;
use crate::site::{LARGEST_LIST, plain};
use crate::{Answer, Fault, Memory, PublicKey, Trusted, Verdict, Vouched, site_feed, site_key};

/// What was trusted before, got in another way than the tree.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    /// A root of The Update Framework, the first or a later one.
    pub root: Option<Vec<u8>>,
    /// Keys that sign by themselves.
    pub keys: Vec<PublicKey>,
    /// SSH authorities, whose certificates make keys good.
    pub authorities: Vec<PublicKey>,
    /// Keys that are good for nothing any more.
    pub revoked: Vec<PublicKey>,
}

impl Anchors {
    pub(crate) fn vouched(&self) -> Vouched {
        if self.root.is_some() {
            Vouched::Root
        } else if !self.authorities.is_empty() {
            Vouched::Authority
        } else if self.keys.is_empty() {
            Vouched::Itself
        } else {
            Vouched::Key
        }
    }
}

/// What a tree is held against.
#[derive(Clone, Copy, Debug)]
pub struct Check<'a> {
    /// The tree.
    pub directory: &'a Path,
    /// Who is trusted.
    pub anchors: &'a Anchors,
    /// The feed that it must be; else the remembered one, else the one that it says it is.
    pub feed: Option<&'a str>,
    /// What was remembered of the last check.
    pub memory: Option<&'a Memory>,
    /// The time to judge by.
    pub when: When,
    /// For how long after its end a signature still counts as fresh. Certificates get no such grace.
    pub max_stale: SignedDuration,
}

impl Check<'_> {
    /// Judges the tree.
    ///
    /// # Errors
    /// [`Error`] if there can be no verdict.
    pub fn run(&self) -> Result<Answer, Error> {
        // What was learnt while nobody vouched is no measure for what somebody vouches for.
        let measures =
            |memory: &&Memory| memory.is_pinned() || self.anchors.vouched() == Vouched::Itself;
        let memory = self.memory.filter(measures);
        let mut answer = Check { memory, ..*self }.judge()?;
        // Where nothing was learnt, nothing takes its place.
        let learnt = |new: &Memory| new.list.is_some() || new.machine.is_some();
        if !answer.memory.as_ref().is_some_and(learnt) {
            answer.memory = self.memory.cloned().or(answer.memory);
        }
        Ok(answer)
    }

    fn judge(&self) -> Result<Answer, Error> {
        let sums = match plain(self.directory, SUMS, LARGEST_LIST)? {
            Some(Ok(sums)) => sums,
            None if !self.directory.is_dir() => {
                return Err(Error::NoDirectory(self.directory.to_owned()));
            }
            None => return Err(Error::NotASite(self.directory.to_owned())),
            Some(Err(unread)) => return Ok(self.refused(unread.fault(SUMS))),
        };
        let feed = match self.expected() {
            Ok(feed) => feed,
            Err(Error::Key { path, source }) => return Ok(self.refused(odd_key(&path, &source))),
            Err(error) => return Err(error),
        };
        let inventory = Inventory::of(self.directory)?;
        let machine = Machine::judge(self, &inventory)?;
        let trusted = match self.trusted(machine.as_ref()) {
            Ok(trusted) => trusted,
            Err(Error::Key { path, source }) => return Ok(self.refused(odd_key(&path, &source))),
            Err(error) => return Err(error),
        };
        let people = people::signatures(self.directory, &feed, &trusted, &sums)?;
        let mut findings = Findings {
            check: self,
            feed,
            sums,
            people,
            machine,
            list: None,
            older: Vec::new(),
            faults: inventory.faults.clone(),
            files: 0,
            bytes: 0,
        };
        findings.contents(&inventory, &trusted)?;
        findings.history()?;
        Ok(findings.answer())
    }

    /// One fault that leaves nothing else to look for.
    fn refused(&self, fault: Fault) -> Answer {
        Answer {
            verdict: Verdict::Invalid,
            faults: vec![fault],
            files: 0,
            bytes: 0,
            feed: self.feed.unwrap_or_default().to_owned(),
            vouched: self.anchors.vouched(),
            signer: None,
            comment: String::new(),
            said: None,
            root: None,
            memory: self.memory.cloned(),
        }
    }

    /// The feed that the tree has to be.
    fn expected(&self) -> Result<String, Error> {
        let known = self.feed.or(self.memory.map(Memory::feed));
        known.map_or_else(|| site_feed(self.directory), |feed| Ok(feed.to_owned()))
    }

    /// Who may sign the list: those who were named; else those whom the newest root names; without a root, whoever the tree says.
    fn trusted(&self, machine: Option<&Machine>) -> Result<Trusted, Error> {
        let mut trusted = Trusted {
            keys: self.anchors.keys.clone(),
            authorities: self.anchors.authorities.clone(),
            revoked: self.anchors.revoked.clone(),
            at: u64::try_from(self.time().as_second()).unwrap_or(0),
        };
        if !trusted.anybody() {
            let pinned = self.anchors.root.as_deref();
            let keys = machine.map(|machine| machine.keys(pinned));
            trusted.keys = keys.unwrap_or_default();
            // Who pins a root asks for its word: the tree's own key is none.
            if trusted.keys.is_empty() && pinned.is_none() {
                trusted.keys.push(site_key(self.directory)?);
            }
        }
        Ok(trusted)
    }

    fn time(&self) -> Time {
        match self.when {
            When::Now(time) | When::OfflineAt(time) => time,
        }
    }
}
