//! Owns changes to advisories as text: new ones, ids, revisions, withdrawals, the canonical form, and the schema.
//! Must never read or write a file, and never lose a comment or change a value that it was not asked to change.

mod assign;
mod draft;
mod early;
mod fault;
mod ids;
mod keyring;
mod ranges;
mod revise;
mod schema;
#[cfg(test)]
mod tests;
mod text;
mod tidy;
mod withdraw;

pub use assign::assign;
pub use draft::{Start, draft, slug};
pub use early::publish_early;
pub use fault::Fault;
pub use ids::Numbers;
pub use keyring::{add_key, begin_key, end_key, remove_key, replace_key, revoke_key};
pub use ranges::set_versions;
pub use revise::{amend, revise};
pub use schema::schema;
pub use tidy::tidy;
pub use withdraw::{reinstate, withdraw};
