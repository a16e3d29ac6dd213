//! Owns the steps of a publication: rendered, let pass by the gate, signed, remembered, shown.
//! Must never sign before the gate has let all of it pass, or show what is not signed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use caveat_artifact::{Manifest, Sink};
use caveat_edition::Catch;
use caveat_gate::pages;
use caveat_keyring::{Keyring, Role};
use caveat_publish::{Out, Staging, last_seen};
use caveat_sign::{Hand, sign};

use super::trust::Trust;
use super::{Publish, Seen};
use crate::args::Args;
use crate::cmd::build::stamp;
use crate::failure::Failure;
use crate::gatehouse::{findings, new_tree, old_tree, refused, what_is_out};
use crate::last_look::Nowhere;
use crate::letting_out::{Counted, LettingOut};
use crate::machine::{self, Machine};
use crate::openpgp::Seal;
use crate::progress::Progress;
use crate::publish_report::{Before, PublishReport};
use crate::signer::Signer;
use crate::street::{Ready, inputs};
use crate::uncounted::Uncounted;

/// What a publication is made with.
pub(super) struct Job<'a> {
    pub(super) args: &'a Args,
    pub(super) publish: &'a Publish,
    pub(super) root: &'a Path,
    pub(super) signer: &'a Signer,
    pub(super) trust: Option<Trust<'a>>,
}

impl Job<'_> {
    /// Renders, compares, and swaps where all of it passes: what the gate has seen, and whether readers see it now.
    pub(super) fn past_the_gate(
        &self,
        ready: &mut Ready,
        progress: &Progress,
    ) -> Result<(Seen, bool), Failure> {
        let target = self.args.directory.join(&self.publish.to);
        // Records are signed while they are written; what the gate then refuses is never seen.
        ready.by = self.trust.as_ref().and_then(Trust::by);
        ready.seal = self.seal(ready)?;
        if self.has_no_roots() {
            machine::refuse_without_roots(&self.places())?;
        }
        if self.publish.dry_run {
            let mut outs = self.outs(ready)?;
            progress.stage("rendering");
            return Ok((judged(ready, self.signer, &mut outs, Nowhere)?.0, false));
        }
        if let Some(trust) = &self.trust {
            trust.certified(ready.feed())?;
        }
        // From here on nobody else can publish there: what the gate compares with is what is replaced.
        let staging = Staging::beside(&target, &inputs(self.root)?)?;
        let mut outs = self.followed(ready, &target)?;
        progress.stage("rendering");
        let sink = Catch::new(progress.counting(staging));
        let (seen, sink) = judged(ready, self.signer, &mut outs, sink)?;
        if refused(&seen.found) > 0 {
            return Ok((seen, false));
        }
        progress.stage("signing");
        // A copy that was named is what readers see; DIR may be anything older.
        let before = outs.into_iter().next().map(Before::new);
        let news = PublishReport::new(&ready.book, &seen.manifest, before);
        let news = Some((news.text(), news.json()));
        let (caught, counting) = sink.finish();
        let counted = self.let_out(ready, &seen.manifest, caught, counting.inner)?;
        Ok((
            Seen {
                news,
                counted,
                ..seen
            },
            true,
        ))
    }

    /// What is out, where what is made now may follow it.
    fn followed(&self, ready: &Ready, target: &Path) -> Result<Vec<Out>, Failure> {
        let machine = self.trust.as_ref().and_then(|trust| trust.machine.as_ref());
        for place in self.places() {
            machine.map_or(Ok(()), |machine| machine.may_follow(&place))?;
        }
        let outs = self.outs(ready)?;
        if outs.is_empty() && !self.publish.anew {
            machine.map_or(Ok(()), |machine| machine.refuse_nothing(target))?;
        }
        Ok(outs)
    }

    /// Is there no line of roots to sign under?
    fn has_no_roots(&self) -> bool {
        let keyring = self.trust.as_ref().map(|trust| trust.keyring);
        keyring.and_then(Keyring::chain).is_none()
    }

    /// Who signs CSAF documents, where the keyring says so.
    fn seal(&self, ready: &Ready) -> Result<Option<Seal>, Failure> {
        let Some(trust) = &self.trust else {
            return Ok(None);
        };
        let (project, rehearsed) = (ready.book.project(), self.publish.dry_run);
        Seal::of(project, trust.keyring, &trust.hands, trust.now, rehearsed)
    }

    /// Signs, and shows.
    fn let_out(
        &self,
        ready: &Ready,
        manifest: &Manifest,
        caught: BTreeMap<String, Vec<u8>>,
        staging: Staging,
    ) -> Result<Option<Counted>, Failure> {
        let said = stamp(ready);
        let Some(trust) = &self.trust else {
            let hand = self.signer.hand().ok_or(Uncounted::Nobody)?;
            staging.publish(sign(manifest, hand, None, &said)?)?;
            return Ok(None);
        };
        let publish = trust
            .hands
            .enough(trust.keyring, Role::Publish, trust.now)?;
        let (hand, entry) = *publish.first().ok_or(Uncounted::Nobody)?;
        let seq = trust.machine.as_ref().map(Machine::next);
        let said = machine::stamp(trust.keyring, hand, trust.now, seq, said);
        let bundle = sign(manifest, hand, entry.certificate.as_deref(), &said)?;
        let Some(machine) = &trust.machine else {
            staging.publish(bundle)?;
            return Ok(None);
        };
        let freshness = trust
            .hands
            .enough(trust.keyring, Role::Freshness, trust.now)?;
        let [publish, freshness] = [publish, freshness].map(hands_alone);
        let hands = caveat_sign::Hands {
            publish: &publish,
            freshness: &freshness,
        };
        let letting_out = LettingOut {
            machine,
            places: &self.places(),
            records: &ready.records,
            caught,
        };
        letting_out.run(bundle, hands, staging).map(Some)
    }

    /// Where what is out may be: the copy that was named, and what would be replaced.
    fn places(&self) -> Vec<PathBuf> {
        let copy = self.publish.against.iter();
        let copy = copy.map(|copy| self.args.directory.join(copy));
        let target = last_seen(&self.args.directory.join(&self.publish.to));
        copy.chain([target]).collect()
    }

    /// Everything that is out there.
    fn outs(&self, ready: &Ready) -> Result<Vec<Out>, Failure> {
        let key = Some(&self.signer.public);
        let mut all = Vec::new();
        for (at, place) in self.places().into_iter().enumerate() {
            let out = what_is_out(&place, ready.feed(), &ready.keys, key)?;
            if out.is_none() && at == 0 && self.publish.against.is_some() {
                return Err(Failure::NothingOut(place));
            }
            all.extend(out);
        }
        Ok(all)
    }
}

/// Without what the keyring says of each.
pub(crate) fn hands_alone<T>(hands: Vec<(&dyn Hand, T)>) -> Vec<&dyn Hand> {
    hands.into_iter().map(|(hand, _)| hand).collect()
}

/// Renders everything into a sink, and asks the gate.
fn judged<S: Sink>(
    ready: &mut Ready,
    signer: &Signer,
    outs: &mut [Out],
    sink: S,
) -> Result<(Seen, S), Failure> {
    let edition = signer.edition(ready.feed());
    let (manifest, sink) = ready.render(&edition, &signer.public, sink)?;
    let (mut found, mut seen) = (Vec::new(), None);
    for out in outs {
        let old = old_tree(out, &manifest)?;
        let new = new_tree(ready, &manifest, &old.files)?;
        found.extend(findings(&old, &new, ready));
        seen = Some(pages(&old, &new));
    }
    // Two trees may tell the same.
    let mut told = BTreeSet::new();
    found.retain(|one| told.insert(one.clone()));
    let seen = Seen {
        found,
        pages: seen,
        manifest,
        news: None,
        counted: None,
    };
    Ok((seen, sink))
}
