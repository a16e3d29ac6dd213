//! Owns what the tests sign with: keys that are numbers, and every form of signature, record and archive.
//! Must never hold a key that anybody uses.

use std::io::{Cursor, Write as _};

use base64ct::{Base64, Encoding as _};
pub(crate) use caveat_artifact::sha256;
use caveat_tuf::{Draft, Holders, Key, Keyring, Refusal, Role, Signer};
use caveat_verify::{PublicKey, minisign, put, sshsig};
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::{SignedDuration, Timestamp as Time};

pub(crate) const FEED: &str = "example.org/advisories";
pub(crate) const ROOTS: [u8; 3] = [1, 2, 3];
pub(crate) const PUBLISH: u8 = 10;
pub(crate) const FRESHNESS: u8 = 20;
pub(crate) const AUTHORITY: u8 = 40;
pub(crate) const STRANGER: u8 = 50;
/// When the feed of the tests begins.
pub(crate) const START: &str = "2026-11-22T12:00:00Z";

pub(crate) fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

/// So many hours after the start.
pub(crate) fn later(hours: i64) -> Time {
    time(START)
        .checked_add(SignedDuration::from_hours(hours))
        .expect("in time")
}

pub(crate) fn secret(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

pub(crate) fn public(number: u8) -> PublicKey {
    PublicKey::from_bytes(secret(number).verifying_key().as_bytes()).expect("good")
}

pub(crate) fn tuf_key(number: u8) -> Key {
    Key::from_bytes(secret(number).verifying_key().as_bytes()).expect("good")
}

pub(crate) fn keyring(root: &[u8], publish: u8, freshness: u8) -> Keyring {
    let holders = |role, numbers: &[u8], threshold| {
        let keys: Vec<_> = numbers.iter().map(|number| tuf_key(*number)).collect();
        Holders::new(role, &keys, threshold).expect("good")
    };
    Keyring {
        root: holders(Role::Root, root, 2),
        targets: holders(Role::Targets, &[publish], 1),
        snapshot: holders(Role::Snapshot, &[publish], 1),
        timestamp: holders(Role::Timestamp, &[freshness], 1),
    }
}

/// The keys of these numbers.
pub(crate) struct Hands(pub(crate) Vec<u8>);

impl Signer for Hands {
    fn sign(&mut self, _: Role, asked: &Key, message: &[u8]) -> Result<Option<[u8; 64]>, Refusal> {
        let held = self.0.iter().find(|number| tuf_key(**number) == *asked);
        Ok(held.map(|number| secret(*number).sign(message).to_bytes()))
    }
}

/// An SSH signature over some bytes.
pub(crate) fn ssh(number: u8, signer: &[u8], namespace: &str, bytes: &[u8]) -> String {
    let signature = secret(number).sign(&sshsig::signed_data(bytes, namespace));
    sshsig::encode(signer, namespace, &signature.to_bytes())
}

/// A minisign signature over some bytes.
pub(crate) fn mini(number: u8, comment: &str, bytes: &[u8]) -> String {
    let signature = secret(number)
        .sign(&minisign::signed_data(bytes))
        .to_bytes();
    let global = secret(number).sign(&minisign::signed_comment(&signature, comment));
    minisign::encode(&public(number), &signature, comment, &global.to_bytes())
}

/// A user certificate of the authority for a key, for a principal and between two times.
pub(crate) fn certificate(number: u8, principal: &str, from: Time, until: Time) -> Vec<u8> {
    let mut blob = Vec::new();
    put(&mut blob, b"ssh-ed25519-cert-v01@openssh.com");
    put(&mut blob, &[7; 32]);
    put(&mut blob, public(number).as_bytes());
    blob.extend_from_slice(&1_u64.to_be_bytes());
    blob.extend_from_slice(&1_u32.to_be_bytes());
    put(&mut blob, b"publish");
    let mut principals = Vec::new();
    put(&mut principals, principal.as_bytes());
    put(&mut blob, &principals);
    for at in [from, until] {
        let seconds = u64::try_from(at.as_second()).expect("after 1970");
        blob.extend_from_slice(&seconds.to_be_bytes());
    }
    for empty in 0..3 {
        let _: i32 = empty;
        put(&mut blob, b"");
    }
    put(&mut blob, &public(AUTHORITY).to_blob());
    let signature = secret(AUTHORITY).sign(&blob).to_bytes();
    let mut inner = Vec::new();
    put(&mut inner, b"ssh-ed25519");
    put(&mut inner, &signature);
    put(&mut blob, &inner);
    blob
}

/// A record as it is published.
pub(crate) fn record(id: &str, summary: &str) -> String {
    format!(
        "{{\n  \"affected\": [],\n  \"id\": \"{id}\",\n  \"modified\": \"{START}\",\n  \"summary\": \"{summary}\"\n}}\n"
    )
}

/// An archive of files, compressed.
pub(crate) fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options).expect("started");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

pub(crate) fn endorse(draft: &mut Draft, numbers: &[u8]) {
    for number in numbers {
        let signature = secret(*number).sign(draft.message()).to_bytes();
        draft.sign(&tuf_key(*number), signature).expect("good");
    }
}

/// A line of base64, for files that are written by hand.
pub(crate) fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}
