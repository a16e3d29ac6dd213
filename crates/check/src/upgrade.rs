//! Owns which version to upgrade to, of all that several advisories say of one package.
//! Must never name a version that one of them holds, or that one of them says was never released.

use caveat_versions::{Ranges, Version};

use crate::affected::Fix;

/// The first version from here on that none affects, where one is known. `held` is what they affect, `fixes` what is to be
/// known of single fixes.
pub fn upgrade(held: &Ranges, fixes: &[&Fix], version: &Version) -> Option<Version> {
    let mut next = held.end_of(version)?;
    loop {
        let said = fixes.iter().filter(|fix| fix.version == *next);
        let instead = said.filter_map(|fix| fix.upgrade_to.as_ref()).max();
        // Each step goes on, never back: what came out in its place may have a flaw of its own.
        let Some(instead) = instead.filter(|to| *to > next) else {
            return Some(next.clone());
        };
        next = if held.contains(instead) {
            held.end_of(instead)?
        } else {
            instead
        };
    }
}
