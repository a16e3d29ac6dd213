//! Owns the places between two changes of the disk: a test ends the program at each of them.
//! Must never do anything outside tests.

#[cfg(not(test))]
pub(crate) const fn step() {}

#[cfg(test)]
pub(crate) use dying::step;

#[cfg(test)]
pub(crate) mod dying {
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// How many steps are left; 0 is for ever.
    pub(crate) static LEFT: AtomicUsize = AtomicUsize::new(0);

    #[expect(
        clippy::exit,
        reason = "no destructor may run: as if somebody had pulled the plug"
    )]
    pub(crate) fn step() {
        if LEFT.load(Ordering::SeqCst) > 0 && LEFT.fetch_sub(1, Ordering::SeqCst) == 1 {
            std::process::exit(1);
        }
    }
}
