//! Owns the question whether a directory may be replaced: each file in it is what a list says that its own key signed.
//! Must never believe a list that nobody signed, or let go of a byte that is not listed.

use std::fs;
use std::path::Path;

use caveat_verify::{Fault, SIGNATURES, site_feed, site_key, verify_directory};

use crate::Error;

/// A pipe would keep whoever opens it waiting.
pub(crate) fn directory_or_nothing(target: &Path) -> Result<(), Error> {
    match fs::symlink_metadata(target) {
        Ok(there) if there.is_symlink() => Err(Error::Symlink(target.to_owned())),
        Ok(there) if !there.is_dir() => Err(Error::NotADirectory(target.to_owned())),
        _ => Ok(()),
    }
}

/// Nothing there, or a tree that can be built again. Whose key it was does not matter: readers are told by others.
pub(crate) fn ours(target: &Path) -> Result<(), Error> {
    if fs::symlink_metadata(target).is_err() {
        return Ok(());
    }
    directory_or_nothing(target)?;
    let mut inside = fs::read_dir(target).map_err(Error::write(target))?;
    if inside.next().is_none() {
        return Ok(());
    }
    let not_ours = |reason: &dyn std::fmt::Display| Error::NotOurs {
        out: target.to_owned(),
        reason: reason.to_string(),
    };
    // Without a list there is no key to look for.
    let key = site_key(target).map_err(|error| not_ours(&error))?;
    let feed = site_feed(target).map_err(|error| not_ours(&error))?;
    for fault in verify_directory(target, &feed, &key)?.faults {
        let out = target.to_owned();
        match fault {
            Fault::Signature { .. } => return Err(not_ours(&fault)),
            Fault::Missing(ref path) if SIGNATURES.contains(&path.as_str()) => {
                return Err(not_ours(&fault));
            }
            // What is gone cannot be lost, and empty directories are nobody's.
            Fault::Missing(_) => {}
            Fault::Extra(path) if path.ends_with('/') => {}
            Fault::Extra(path) | Fault::NotAFile(path) => {
                return Err(Error::Stranger { out, path });
            }
            Fault::Changed(path) => return Err(Error::Edited { out, path }),
            // Two of its layers, or a record and its name, do not fit each other.
            other => return Err(not_ours(&other)),
        }
    }
    Ok(())
}
