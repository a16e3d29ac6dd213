//! Owns the places between two changes of the disk: a test lets each of them fail.
//! Must never do anything outside tests.

use std::io;

#[cfg(not(test))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "in tests it fails, where a disk would"
)]
pub(super) const fn step() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use failing::step;

#[cfg(test)]
pub(super) mod failing {
    use std::cell::Cell;

    thread_local! {
        /// After so many steps one fails, and all later ones do; 0 is never.
        pub(crate) static LEFT: Cell<usize> = const { Cell::new(0) };
    }

    pub(crate) fn step() -> super::io::Result<()> {
        match LEFT.get() {
            0 => Ok(()),
            1 => Err(super::io::Error::other("the disk is gone")),
            left => {
                LEFT.set(left - 1);
                Ok(())
            }
        }
    }
}
