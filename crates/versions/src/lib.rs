//! Owns how each OSV ecosystem names packages and orders versions, and what a range of versions is.
//! Must never know advisories, TOML or JSON, nor guess an order where none is known.

mod collection;
mod coordinate;
mod ecosystem;
mod expression;
#[cfg(test)]
mod hostile;
mod interval;
mod known;
mod link;
mod name;
mod order;
mod path;
mod purl;
mod purl_text;
mod ranges;
mod stretch;
mod suffix;
mod vers;
mod version;

pub use coordinate::{Coordinate, CoordinateError};
pub use ecosystem::{Ecosystem, EcosystemError, RangeType};
pub use expression::RangeError;
pub use interval::{Interval, Upper};
pub use link::{install_command, registry_url};
pub use name::{NameError, canonical_name};
pub use order::Order;
pub use path::package_path;
pub use purl::purl;
pub use purl_text::{PackageUrl, UrlFault};
pub use ranges::{Event, Ranges, events, overlap, touch};
pub use stretch::Stretch;
pub use vers::{purl_of_range, purl_of_version, vers};
pub use version::{Version, VersionError};
