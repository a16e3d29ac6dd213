//! Owns inflating: whether packed bytes are those that are expected.
//! Must never unpack more than that.

use flate2::{Decompress, FlushDecompress, Status};

/// Inflates, again and again with the same memory.
pub(crate) struct Unpacker {
    inflate: Decompress,
    buffer: Vec<u8>,
}

impl Unpacker {
    pub(crate) fn new() -> Self {
        Self {
            inflate: Decompress::new(false),
            buffer: vec![0; 32 << 10],
        }
    }

    /// Do these unpack to what is expected? None where there is more.
    pub(crate) fn same(&mut self, packed: &[u8], expected: &[u8]) -> Option<bool> {
        self.inflate.reset(false);
        let mut done = 0;
        loop {
            let (read, written) = (self.inflate.total_in(), self.inflate.total_out());
            let from = packed.get(usize::try_from(read).ok()?..)?;
            let Ok(status) =
                self.inflate
                    .decompress(from, &mut self.buffer, FlushDecompress::Finish)
            else {
                return Some(false);
            };
            let count = usize::try_from(self.inflate.total_out() - written).ok()?;
            let here = expected.get(done..done + count)?;
            if here != &self.buffer[..count] {
                return Some(false);
            }
            done += count;
            let all_read = self.inflate.total_in() == packed.len() as u64;
            match status {
                Status::StreamEnd => return Some(all_read && done == expected.len()),
                _ if count == 0 => return Some(false),
                _ => {}
            }
        }
    }
}
