//! Owns what a publication may sign under: the keyring, the hands that were brought, and the line of roots.
//! Must never let anything be signed that readers would refuse.

use std::path::Path;

use caveat_advisory::Timestamp;
use caveat_keyring::{Entry, Keyring, Role};
use caveat_verify::Certificate;

use super::Publish;
use crate::args::Args;
use crate::cmd::now;
use crate::failure::Failure;
use crate::hands::Hands;
use crate::machine::{self, Machine};
use crate::output;
use crate::refusal::{Refusal, refuse_other_trees, refuse_pull_requests};
use crate::signer::Signer;
use crate::street::By;
use crate::uncounted::Uncounted;

/// A keyring, and the hands that may sign by it.
pub(super) struct Trust<'a> {
    pub(super) keyring: &'a Keyring,
    pub(super) hands: Hands,
    /// None where no root is signed, and in a rehearsal.
    pub(super) machine: Option<Machine<'a>>,
    pub(super) now: Timestamp,
}

impl<'a> Trust<'a> {
    /// Refuses whatever may not be signed now, before anything is rendered. A rehearsal signs nothing.
    pub(super) fn new(
        args: &Args,
        publish: &Publish,
        root: &Path,
        keyring: &'a Keyring,
    ) -> Result<Self, Failure> {
        let now = now();
        if publish.dry_run {
            let hands = Hands::none();
            let machine = None;
            return Ok(Self {
                keyring,
                hands,
                machine,
                now,
            });
        }
        refuse_pull_requests()?;
        refuse_other_trees(root, &publish.rev, keyring)?;
        let hands = Hands::of_run(&args.directory, root, &publish.hands)?;
        hands.refuse_strangers(keyring, now)?;
        hands.enough(keyring, Role::Publish, now)?;
        let machine = Machine::open(root, keyring, now)?;
        if machine.is_some() {
            hands.enough(keyring, Role::Freshness, now)?;
        } else {
            machine::refuse_forgotten_roots(root, keyring)?;
            output::warning(
                "there is no signed root in keys/root/, so programs cannot tell whether this is the newest: \
                 `caveat keys root draft` begins one",
            );
        }
        Ok(Self {
            keyring,
            hands,
            machine,
            now,
        })
    }

    /// The key that signs what people verify: the first of the keyring that is here. A rehearsal takes the first one that may.
    pub(super) fn signer(&self) -> Result<Signer, Failure> {
        match self.entry() {
            Some(entry) => Ok(Signer::of(entry)),
            // Says which key may not, and why.
            None => match self.hands.enough(self.keyring, Role::Publish, self.now) {
                Err(refusal) => Err(refusal.into()),
                Ok(_) => Err(Uncounted::Nobody.into()),
            },
        }
    }

    /// The same key as it signs each record, with what its authority says of it.
    pub(super) fn by(&self) -> Option<By> {
        let entry = self.entry()?;
        Some(By {
            public: entry.public,
            hand: self.hands.lend(&entry.public),
            certificate: entry.certificate.clone(),
        })
    }

    /// What its authority says of it holds now, for this feed: readers who pin the authority ask nothing else.
    pub(super) fn certified(&self, feed: &str) -> Result<(), Refusal> {
        let entry = self.entry();
        let blob = entry.and_then(|entry| entry.certificate.as_deref());
        let (Some(entry), Some(blob)) = (entry, blob) else {
            return Ok(());
        };
        let authorities = self.keyring.keys(Role::SshCa).iter();
        let authorities: Vec<_> = authorities.map(|entry| entry.public).collect();
        let now = u64::try_from(self.now.as_second()).unwrap_or_default();
        let read = Certificate::from_blob(blob);
        read.and_then(|read| read.allows(&authorities, feed, now))
            .map_err(|why| Refusal::Certificate {
                name: entry.name.clone(),
                feed: feed.to_owned(),
                why,
            })
    }

    fn entry(&self) -> Option<&Entry> {
        let here = self.hands.of(self.keyring, Role::Publish, self.now);
        let mut entries = self.keyring.keys(Role::Publish).iter();
        let may = |entry: &&Entry| {
            let may = self
                .keyring
                .may_sign(Role::Publish, &entry.public, self.now);
            may.is_ok()
        };
        let entry = here.first().map(|(_, entry)| *entry);
        entry.or_else(|| entries.find(may))
    }
}
