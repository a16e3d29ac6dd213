//! Owns how everything is written: JSON whose keys are sorted because the fields of its structs are.
//! Must never write a null.

use serde::Serialize;

/// Two spaces, one line feed at the end.
pub(crate) fn bytes(value: &impl Serialize) -> Vec<u8> {
    // The models have no map with keys that are not text, and no number but scores, so nothing can fail to be written.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
