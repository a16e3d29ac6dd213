//! Owns the checksum by which a scanner sees whether an archive that it has is still the one that is out.
//! Must never stand for trust: whoever changes an archive can change this, too.

use base64ct::{Base64, Encoding as _};
use crc::{CRC_32_ISCSI, Crc, Table};

use super::archive::Archive;

static CRC32C: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISCSI);

/// An archive's path, and the value of `X-Goog-Hash` that belongs to it.
pub(crate) struct Checksum {
    pub(crate) path: String,
    pub(crate) value: String,
}

impl Checksum {
    /// CRC-32C in base64, its first byte first: as OSV.dev's host says it.
    pub(crate) fn of(archive: &Archive) -> Self {
        let sum = CRC32C.checksum(&archive.bytes).to_be_bytes();
        Self {
            path: archive.path.clone(),
            value: format!("crc32c={}", Base64::encode_string(&sum)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_the_one_of_the_standard() {
        let archive = Archive {
            path: "osv/all.zip".to_owned(),
            bytes: b"123456789".to_vec(),
            newest: None,
        };
        // RFC 3720 gives E3069283 for these nine bytes.
        assert_eq!(Checksum::of(&archive).value, "crc32c=4waSgw==");
    }
}
