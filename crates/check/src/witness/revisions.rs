//! Owns whether the revisions that readers saw are still as they saw them.
//! Must never hold the sentences of a revision against its author, or a value that was taken out.

use caveat_advisory::{Change, Commit, PastState, Policy, Timestamp};

use super::Now;
use super::gist::{Kept, MARKS, Mark};
use super::private::is_private;
use super::states::States;

/// A revision that is not as readers saw it.
#[derive(Clone, Debug)]
pub(crate) struct Rewritten {
    /// Its time.
    pub(crate) at: Timestamp,
    /// Its place in the list.
    pub(crate) place: usize,
    /// The key that is not what it was; `None` where the revision is gone, or has another time.
    pub(crate) key: Option<&'static str>,
    /// The commit that has it as readers saw it.
    pub(crate) commit: Commit,
}

/// A revision as readers saw it, and the first state that had it.
type Seen<'p> = (Kept, &'p PastState);

/// The oldest contradiction. Each state is held against those before it; one that contradicts them is itself
/// the fault and no witness, or nobody could ever put things back.
pub(super) fn rewritten(states: &States<'_>, now: &Now<'_>) -> Option<Rewritten> {
    let policy = &now.project.policy;
    let mut seen: Vec<Seen<'_>> = Vec::new();
    for (gist, state) in states.read_ones().rev() {
        if against(&seen, &gist.revisions, policy).is_some() {
            continue;
        }
        // Values that were taken out stay out.
        for (nth, one) in gist.revisions.iter().enumerate() {
            match seen.get_mut(nth) {
                Some((known, _)) => known.clone_from(one),
                None => seen.push((one.clone(), state)),
            }
        }
    }
    let today: Vec<Kept> = now.advisory.revisions.iter().map(Kept::of).collect();
    against(&seen, &today, policy)
}

/// The first revision that a list does not have as it was seen.
fn against(seen: &[Seen<'_>], list: &[Kept], policy: &Policy) -> Option<Rewritten> {
    let mut pairs = seen.iter().enumerate();
    pairs.find_map(|(place, (old, state))| {
        let key = match list.get(place) {
            Some(new) if new.at == old.at => Some(differing(old, new, policy)?),
            _ => None,
        };
        Some(Rewritten {
            at: old.at,
            place,
            key,
            commit: state.commit.clone(),
        })
    })
}

/// The key of a revision that is not what it was. A reason that was missing may be added: whoever publishes may ask for it.
fn differing(old: &Kept, new: &Kept, policy: &Policy) -> Option<&'static str> {
    if !same(&old.changed, &new.changed, policy) {
        return Some("changed");
    }
    let lost = |mark: &Mark| {
        let [was, is] = [old, new].map(|one| one.marks.contains(mark));
        // Nobody is woken by what was called editorial, and that is not mended later.
        was && !is || (*mark == Mark::Editorial && is && !was)
    };
    MARKS.into_iter().find(lost).map(Mark::key)
}

/// The same fields, with the same values or without them. What became private may go altogether.
fn same(old: &[Change], new: &[Change], policy: &Policy) -> bool {
    let shown = |all: &[Change]| -> Vec<Change> {
        let shown = all.iter().filter(|one| !is_private(policy, &one.field));
        shown.cloned().collect()
    };
    let (old, new) = (shown(old), shown(new));
    let side = |old: &Option<String>, new: &Option<String>| new.is_none() || new == old;
    let pairs = old.iter().zip(&new);
    old.len() == new.len()
        && pairs.into_iter().all(|(old, new)| {
            old.field == new.field && side(&old.from, &new.from) && side(&old.to, &new.to)
        })
}
