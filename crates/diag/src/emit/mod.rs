//! Owns the printed forms of a report, one file each: a report in, text out.
//! Must never print, sort differently from another form, or know who reads.

mod human;
mod short;

pub use human::human;
pub use short::short;
