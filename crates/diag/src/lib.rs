//! Owns what is wrong, where, and how to say it: sources, spans, diagnostics, the report and its printed forms.
//! Must never decide what is wrong, read or write a file, or print: trouble is data until the front door shows it.

mod diagnostic;
pub mod emit;
mod fingerprint;
mod fix;
mod report;
mod source;

pub use diagnostic::{Diagnostic, Label, Level, quoted};
pub use fix::{Fix, Fixed, apply};
pub use report::Report;
pub use source::{Position, Source, Span};
