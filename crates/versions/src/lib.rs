//! Owns how each OSV ecosystem names packages and orders versions, and what a range of versions is.
//! Must never know advisories, TOML or JSON, nor guess an order where an ecosystem defines none.

mod ecosystem;
mod interval;
mod package;
mod version;

pub use ecosystem::{Ecosystem, EcosystemError, RangeType};
pub use interval::{Interval, RangeError, Upper};
pub use package::{NameError, canonical_name, install_command, purl, registry_url};
pub use version::{Order, Version, VersionError};
