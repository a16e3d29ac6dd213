//! Owns the wiping of the stack: what code of others leaves behind when it works with a secret.
//! Must never be left out around a secret: `zeroize` knows values, not the copies that a compiler makes of them.

use std::hint::black_box;

/// How deep the frames go that may hold a secret: 3 KiB are enough in a build for tests. A test looks for what is left.
const DEPTH: usize = 16 << 10;

/// Does the work, then overwrites the stack that it had. What comes back must not hold a secret but behind a pointer.
#[inline(never)]
pub(crate) fn wiped<T>(work: impl FnOnce() -> T) -> T {
    let done = framed(work);
    wipe();
    done
}

/// A frame that begins where that of [`wipe`] does.
#[inline(never)]
fn framed<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn wipe() {
    // Not `&[0; DEPTH]`, which would be a constant elsewhere.
    let mut nothing = [0u8; DEPTH];
    black_box(&mut nothing);
}
