//! Owns the question: can any bytes, as a key, a signature, a certificate, an archive, an index, a record or a memory, stop the reader?
//! Must never have a signature that holds: the keys that are trusted here signed nothing that the fuzzer knows.
#![no_main]

use caveat_verify::{
    Certificate, Comment, Memory, PublicKey, RecordFlaw, Trusted, fuzzed, minisign, sshsig, verify_record,
};
use libfuzzer_sys::fuzz_target;

/// A key that never signed anything.
const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea x";

fuzz_target!(|bytes: &[u8]| {
    let key = PublicKey::from_openssh(KEY).expect("good");
    let trusted = Trusted {
        keys: vec![key],
        authorities: vec![key],
        revoked: Vec::new(),
        at: 1_800_000_000,
    };
    let text = String::from_utf8_lossy(bytes);
    assert!(sshsig::verify(&text, b"x", "example.org", &trusted).is_err());
    assert!(minisign::verify(&text, b"x", &key).is_err());
    assert!(matches!(
        verify_record("X-1", bytes, &text, "example.org", &trusted),
        Err(RecordFlaw::Signature(_))
    ));
    let _ = PublicKey::from_openssh(&text);
    if let Ok(certificate) = Certificate::from_blob(bytes) {
        assert_eq!(certificate.as_blob(), bytes);
    }
    let _ = Certificate::from_openssh(&text);
    if let Ok(comment) = Comment::parse(&text) {
        assert_eq!(Comment::parse(&comment.to_string()), Ok(comment));
    }
    if let Ok(memory) = Memory::read(bytes) {
        assert_eq!(memory.to_bytes(), bytes);
    }
    fuzzed(bytes);
});
