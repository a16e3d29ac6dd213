//! Owns the last look: does anything that is about to be published tell of something that is not?
//! Must never print, log or hand out a word that it looks for.

mod fold;
mod open;
mod search;
mod secret;
mod watch;
mod withheld;

pub use secret::What;
pub use watch::{Leak, Watch};
pub use withheld::Withheld;
