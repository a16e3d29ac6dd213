//! Owns whether a time that was named for a root is one that people can mean.
//! Must never doubt the clock: what is drafted now is drafted now.

use caveat_advisory::Timestamp;
use caveat_keyring::{Keyring, Role};
use caveat_tuf::Chain;

use super::KeysFault;

/// The roles whose keys a root names.
const NAMED: [Role; 3] = [Role::Root, Role::Publish, Role::Freshness];

/// Refuses a time at which this root would be over, end before the one before it, come too late, or name keys that may not sign.
pub(super) fn refuse(
    keyring: &Keyring,
    at: Timestamp,
    expires: Timestamp,
    now: Timestamp,
) -> Result<(), KeysFault> {
    let previous = keyring.chain().map(Chain::newest);
    let days = keyring.lifetime(Role::Root).as_hours() / 24;
    if expires <= now {
        return Err(KeysFault::RootOver(expires));
    }
    if at.duration_since(now) > keyring.lifetime(Role::Root) {
        return Err(KeysFault::RootFar { at, days });
    }
    if let Some(root) = previous {
        let (version, ends) = (root.version(), root.expires());
        if at < now && expires < ends {
            return Err(KeysFault::RootBefore { at, version, ends });
        }
        // Where it is over already, every later time is as good.
        if at >= ends && ends > now {
            return Err(KeysFault::RootLate { at, version, ends });
        }
    }
    match NAMED.into_iter().find(|role| ends(keyring, *role, at, now)) {
        Some(role) => Err(KeysFault::RootOutside { at, role }),
        None => Ok(()),
    }
}

/// Are too few keys of a role in their time then, and enough now? Else the time that was named is no fault.
fn ends(keyring: &Keyring, role: Role, at: Timestamp, now: Timestamp) -> bool {
    let enough = |at| {
        let keys = keyring.keys(role).iter();
        let able = keys.filter(|entry| keyring.may_sign(role, &entry.public, at).is_ok());
        able.count() as u64 >= keyring.threshold(role)
    };
    enough(now) && !enough(at)
}
