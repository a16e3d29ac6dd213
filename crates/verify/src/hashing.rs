//! Owns reading one file from its beginning to its end, once.
//! Must never hold more of it than somebody asked for.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use caveat_artifact::Digest;
use sha2::{Digest as _, Sha256};

/// How much is read at once.
pub(crate) const PIECE: usize = 64 << 10;

/// Hash and length of a file, and how much of it is in the buffer: all of it, or nothing where it is longer than `keep`.
pub(crate) fn hash(
    path: &Path,
    keep: u64,
    buffer: &mut Vec<u8>,
) -> io::Result<(Digest, u64, usize)> {
    let mut file = File::open(path)?;
    let (mut hasher, mut length, mut filled) = (Sha256::new(), 0_u64, 0);
    loop {
        if buffer.len() < filled + PIECE {
            buffer.resize(2 * filled + PIECE, 0);
        }
        match file.read(&mut buffer[filled..])? {
            0 => return Ok((hasher.finalize().into(), length, filled)),
            read => {
                hasher.update(&buffer[filled..filled + read]);
                length += read as u64;
                filled = if length <= keep { filled + read } else { 0 };
            }
        }
    }
}
