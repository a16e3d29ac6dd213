//! Owns how a file is written: as JSON whose keys are sorted, and packed, as govulncheck fetches it. The only door to `flate2`.
//! Must never let the packed bytes change where the others do not.

use std::io::Write as _;

use flate2::{Compression, GzBuilder};
use serde::Serialize;

/// Two spaces, one line feed at the end.
pub(crate) fn json(value: &impl Serialize) -> Vec<u8> {
    // No map has keys that are not text, so nothing can fail to be written.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// gzip without a name and a time.
pub(crate) fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let builder = GzBuilder::new().mtime(0).operating_system(255);
    let mut writer = builder.write(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}
