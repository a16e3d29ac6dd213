//! Owns what is said of files that are no text at all, or hold what no text holds.
//! Must never unpack an archive: what is in one may be a thousand times its size.

use crate::node::{Node, Value};
use crate::sheet::Sheet;

/// Code and sentence for bytes that are something else.
pub(crate) fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const ARCHIVES: [&[u8]; 5] = [
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\x28\xb5\x2f\xfd",
        b"BZh",
        b"\xfd7zXZ",
    ];
    const UTF_16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];
    if ARCHIVES.iter().any(|magic| bytes.starts_with(magic)) {
        let message = "this is an archive: unpack it, and name the directory";
        return Some(("archive", message));
    }
    if UTF_16.iter().any(|mark| bytes.starts_with(mark)) {
        let message = "this file is UTF-16 text: save it as UTF-8";
        return Some(("not-utf8", message));
    }
    None
}

/// Does no text hold the character that ends texts in many programs? If one does, that is reported.
pub(crate) fn is_text(sheet: &mut Sheet, node: &Node) -> bool {
    match first_nul(node) {
        Some(node) => {
            let message = "this text holds the character U+0000";
            sheet.fault("nul", node.span.clone(), message);
            false
        }
        None => true,
    }
}

fn first_nul(node: &Node) -> Option<&Node> {
    match &node.value {
        Value::Text(text) => text.contains('\0').then_some(node),
        Value::List(items) => items.iter().find_map(first_nul),
        Value::Table(rows) => rows.iter().find_map(|(key, row)| {
            let here = key.contains('\0').then_some(row);
            here.or_else(|| first_nul(row))
        }),
        Value::Flag(_) | Value::Other(_) | Value::Null => None,
    }
}
