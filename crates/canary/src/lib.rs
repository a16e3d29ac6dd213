//! Owns the last look: does anything that is about to be published tell of something that is not?
//! Must never print, log or hand out a word that it looks for.

mod eye;
mod fold;
mod id;
mod leak;
mod open;
mod search;
mod secret;
mod sign;
mod watch;
mod withheld;

pub use eye::Eye;
pub use leak::Leaks;
pub use secret::{Source, What};
pub use watch::Watch;
pub use withheld::Withheld;
