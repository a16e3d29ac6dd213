//! Owns tampering with signatures, keys and archives: everything that some reader lets through.
//! Must never test what signs, only what reads.

use caveat_verify::{Anchors, PublicKey, Verdict, When};

use crate::feed::*;
use crate::reader::*;

/// A feed that signs under its authority, and a reader who trusts that authority alone.
fn certified(principal: &str) -> (Feed, Anchors) {
    let mut feed = Feed::published();
    feed.certificate = Some(certificate(PUBLISH, principal, later(0), later(24 * 90)));
    feed.edition(later(2));
    let trusted = anchors(&feed, Trust::Authority);
    (feed, trusted)
}

#[test]
fn a_signature_for_another_namespace_is_noticed() {
    let mut feed = Feed::published();
    let sums = feed.tree["SHA256SUMS"].clone();
    feed.put(
        "SHA256SUMS.sig",
        ssh(PUBLISH, &feed.signer(), "file", &sums),
    );
    refused_only(
        &by_root(&feed),
        &["SHA256SUMS.sig: it was made for the namespace `file`"],
    );
}

#[test]
fn a_list_signed_by_a_stranger_is_noticed_by_whoever_trusts_anybody() {
    let mut feed = Feed::published();
    let root = feed.root();
    feed.publish = STRANGER;
    feed.list(later(2));
    let named = format!("made with another key, {}", public(STRANGER).fingerprint());
    for trust in [Trust::Root, Trust::Key, Trust::Authority, Trust::Nothing] {
        let mut anchors = anchors(&feed, trust);
        anchors.root = anchors.root.map(|_| root.clone());
        refused(&answer(&feed, &anchors, None, later(2)), &named);
    }
}

#[test]
fn a_certificate_that_has_ended_or_not_begun_is_noticed() {
    let (feed, trusted) = certified(FEED);
    fresh(&answer(&feed, &trusted, None, later(3)));
    // The certificate may end before the list does.
    let mut short = feed.clone();
    short.certificate = Some(certificate(PUBLISH, FEED, later(0), later(24)));
    short.edition(later(3));
    let until = Some(later(24));
    let said = answer(&short, &trusted, None, later(4));
    assert_eq!(said.verdict, Verdict::Fresh { until });
    let ended = answer(&feed, &trusted, None, later(24 * 90));
    refused(&ended, "SHA256SUMS.sig: the certificate has ended");
    let early = answer(&feed, &trusted, None, later(-1));
    refused(&early, "SHA256SUMS.sig: the certificate is not good yet");
    // A copy that is kept away from networks is judged as of its day.
    let directory = tempfile::tempdir().expect("a directory");
    feed.write(directory.path());
    fresh(&asked(
        directory.path(),
        &trusted,
        None,
        When::OfflineAt(later(3)),
    ));
}

#[test]
fn a_revoked_key_is_noticed_whatever_its_certificate_says() {
    let (mut feed, mut trusted) = certified(FEED);
    trusted.revoked = vec![public(PUBLISH)];
    refused(
        &answer(&feed, &trusted, None, later(3)),
        "SHA256SUMS.sig: it was made with a key that was revoked",
    );
    trusted.revoked = vec![public(AUTHORITY)];
    refused(&answer(&feed, &trusted, None, later(3)), "was revoked");
    // A feed that says so of the key that it is signed with contradicts itself.
    trusted.revoked.clear();
    feed.put("keys/revoked", public(PUBLISH).to_openssh("stolen") + "\n");
    feed.edition(later(3));
    refused_only(
        &answer(&feed, &trusted, None, later(3)),
        &["keys/revoked says that its key is good for nothing any more"],
    );
    feed.put("keys/revoked", public(AUTHORITY).to_openssh("lost") + "\n");
    feed.edition(later(3));
    refused_only(
        &answer(&feed, &trusted, None, later(3)),
        &["keys/revoked says that its authority is good for nothing any more"],
    );
    feed.put("keys/revoked", "ssh-rsa AAAA\n");
    feed.edition(later(4));
    refused_only(
        &answer(&feed, &trusted, None, later(4)),
        &["keys/revoked: this is a `ssh-rsa` key"],
    );
}

#[test]
fn a_certificate_for_another_feed_is_noticed() {
    let (feed, trusted) = certified("staging.example.org");
    refused(
        &answer(&feed, &trusted, None, later(3)),
        "SHA256SUMS.sig: the certificate is not for `example.org/advisories`",
    );
}

#[test]
fn a_signed_comment_that_was_edited_is_noticed() {
    for (from, to) in [
        ("seq=2", "seq=3"),
        ("expires=2026", "expires=2027"),
        ("feed=", "feed=x"),
    ] {
        let mut feed = Feed::published();
        let text = feed.text("SHA256SUMS.minisig").replace(from, to);
        feed.put("SHA256SUMS.minisig", text);
        refused_only(
            &by_root(&feed),
            &["SHA256SUMS.minisig: it does not fit the file"],
        );
    }
    // minisign lets anybody change the first line.
    let mut feed = Feed::published();
    let text = feed
        .text("SHA256SUMS.minisig")
        .replace("comment: signature", "comment: Signature");
    feed.put("SHA256SUMS.minisig", text);
    refused_only(
        &by_root(&feed),
        &["it is not a minisign signature as it is published"],
    );
}

#[test]
fn a_legacy_signature_of_minisign_is_refused() {
    use ed25519_dalek::Signer as _;
    let mut feed = Feed::published();
    let text = feed.text("SHA256SUMS.minisig");
    let lines: Vec<_> = text.lines().collect();
    let mut blob = b"Ed".to_vec();
    blob.extend(public(PUBLISH).minisign_id());
    blob.extend(secret(PUBLISH).sign(&feed.tree["SHA256SUMS"]).to_bytes());
    let legacy = format!(
        "{}\n{}\n{}\n{}\n",
        lines[0],
        base64(&blob),
        lines[2],
        lines[3]
    );
    feed.put("SHA256SUMS.minisig", legacy);
    refused_only(&by_root(&feed), &["it is a legacy minisign signature"]);
}

#[test]
fn signatures_of_a_staging_feed_are_noticed_on_production() {
    let mut feed = Feed::published();
    let sums = feed.tree["SHA256SUMS"].clone();
    let comment = "feed=staging.example.org file=SHA256SUMS seq=9 issued=2026-11-22T14:00:00Z";
    feed.put("SHA256SUMS.minisig", mini(PUBLISH, comment, &sums));
    refused_only(
        &by_root(&feed),
        &[
            "it was signed for the feed `staging.example.org`, and should be `example.org/advisories`",
        ],
    );
    feed.name = "staging.example.org".to_owned();
    feed.edition(later(2));
    // All of it, with the same keys: only whoever knows the name can notice.
    let memory = seen(&Feed::published(), Trust::Key, later(2));
    let replayed = answer(&feed, &anchors(&feed, Trust::Key), Some(&memory), later(2));
    refused(
        &replayed,
        "it was made for the namespace `staging.example.org`",
    );
    refused(
        &replayed,
        "it was signed for the feed `staging.example.org`",
    );
}

#[test]
fn a_comment_about_another_file_or_of_another_form_is_noticed() {
    for (comment, reason) in [
        (
            "feed=example.org/advisories file=all.zip",
            "it was made for another file",
        ),
        (
            "feed=example.org/advisories file=SHA256SUMS seq=1 seq=2",
            "the trusted comment is not",
        ),
        ("timestamp:1", "the trusted comment is not"),
    ] {
        let mut feed = Feed::published();
        let sums = feed.tree["SHA256SUMS"].clone();
        feed.put("SHA256SUMS.minisig", mini(PUBLISH, comment, &sums));
        refused_only(&by_root(&feed), &[reason]);
    }
}

#[test]
fn malleated_empty_and_weak_signatures_are_noticed() {
    let order: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let add = |signature: &mut [u8; 64]| {
        let mut carry = 0_u16;
        for (byte, add) in signature[32..].iter_mut().zip(order) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = sum.to_le_bytes()[0];
            carry = sum >> 8;
        }
    };
    let zero = |signature: &mut [u8; 64]| *signature = [0; 64];
    for changed in [true, false] {
        use ed25519_dalek::Signer as _;
        let mut feed = Feed::published();
        let data = caveat_verify::sshsig::signed_data(&feed.tree["SHA256SUMS"], FEED);
        let mut signature = secret(PUBLISH).sign(&data).to_bytes();
        if changed {
            add(&mut signature);
        } else {
            zero(&mut signature);
        }
        let armour = caveat_verify::sshsig::encode(&feed.signer(), FEED, &signature);
        feed.put("SHA256SUMS.sig", armour);
        refused_only(
            &by_root(&feed),
            &["SHA256SUMS.sig: it does not fit the file"],
        );
    }
    let mut one = [0; 32];
    one[0] = 1;
    assert!(
        PublicKey::from_bytes(&one).is_err(),
        "anybody could sign for it"
    );
}
