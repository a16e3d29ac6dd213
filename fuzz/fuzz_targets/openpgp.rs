//! Owns the question: can any bytes, as an OpenPGP certificate or signature, stop the reader, or be read as what they are not?
//! Must never have a private key: whatever the fuzzer finds that is taken, and is not the seed, is a fault.
#![no_main]

use caveat_openpgp::Certificate;
use libfuzzer_sys::fuzz_target;

/// A certificate whose key the fuzzer does not have, and a signature by it of `{}` and a line feed.
const KEY: &str = include_str!("../seeds/openpgp/key.asc");
const SIGNATURE: &str = include_str!("../seeds/openpgp/signature.asc");

fuzz_target!(|bytes: &[u8]| {
    let now = "2026-11-22T00:00:00Z".parse().expect("a time");
    let certificate = Certificate::read(KEY).expect("the seed");
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Ok(read) = Certificate::read(text) {
            assert_eq!(read.as_str(), text);
        }
        let taken = certificate.verify(text, b"{}\n", now).is_ok();
        assert_eq!(taken, text == SIGNATURE);
    }
    assert_eq!(certificate.verify(SIGNATURE, bytes, now).is_ok(), bytes == b"{}\n");
});
