//! Owns who signed: thresholds, strangers, weak keys, and signatures that were made for something else.

use super::*;

fn flaw(reason: Reason) -> SignatureFlaw {
    match reason {
        Reason::Signature(_, flaw) => flaw,
        other => panic!("{other}"),
    }
}

fn too_few(role: Role, root: u64, needed: u64, valid: u64) -> SignatureFlaw {
    SignatureFlaw::TooFew {
        role,
        root,
        needed,
        valid,
    }
}

/// A feed that serves this as its second root.
fn with_root(bytes: Vec<u8>) -> Feed {
    let mut feed = Feed::new();
    feed.tree.insert("2.root.json".to_owned(), bytes);
    feed
}

fn second(keyring: Keyring, signers: &[u8]) -> Vec<u8> {
    let feed = Feed::new();
    let draft = Draft::next(feed.chain.newest(), keyring, time("12-31T00:00:00Z")).expect("good");
    let signed = json::read(draft.message()).expect("good");
    enveloped(signed, signers)
}

#[test]
fn a_root_with_one_signature_of_two_is_refused() {
    let root = second(keyring(&ROOTS, 11, 21), &[1]);
    assert_eq!(flaw(with_root(root).reason()), too_few(Role::Root, 1, 2, 1));
}

#[test]
fn a_root_that_only_its_own_keys_signed_is_refused_by_the_one_before() {
    let root = second(keyring(&[4, 5, 6], 11, 21), &[4, 5]);
    assert_eq!(flaw(with_root(root).reason()), too_few(Role::Root, 1, 2, 0));
}

#[test]
fn a_root_that_its_own_keys_did_not_sign_is_refused_by_itself() {
    let root = second(keyring(&[4, 5, 6], 11, 21), &[1, 2]);
    assert_eq!(flaw(with_root(root).reason()), too_few(Role::Root, 2, 2, 0));
}

#[test]
fn a_root_that_a_stranger_signed_as_well_is_refused() {
    let root = second(keyring(&ROOTS, 11, 21), &[1, 2, 9]);
    let stranger = SignatureFlaw::Stranger(key(9).id(), Role::Root);
    assert_eq!(flaw(with_root(root).reason()), stranger);
}

#[test]
fn a_root_version_that_is_skipped_or_replayed_is_named() {
    let mut feed = Feed::new();
    feed.rotate(keyring(&ROOTS, 11, 21), &[1, 2]);
    feed.rotate(keyring(&ROOTS, 12, 22), &[1, 2]);
    let third = feed.chain.get(3).expect("there").1.to_vec();
    let version = |found| Reason::Version {
        file: "2.root.json".to_owned(),
        expected: 2,
        found,
    };
    assert_eq!(with_root(third).reason(), version(3));
    assert_eq!(with_root(feed.pinned().to_vec()).reason(), version(1));
}

#[test]
fn one_key_under_two_ids_is_refused() {
    let other = "f".repeat(64);
    let root = forged(Feed::new().pinned(), &[1, 2], |signed| {
        let keys = inner(signed, &["keys"]);
        let one = keys[&key(1).id().to_string()].clone();
        keys.insert(other.clone(), one);
    });
    let wrong = Flaw::WrongKeyId(other, key(1).id());
    assert_eq!(
        with_root(root).reason(),
        Reason::Flaw("2.root.json".to_owned(), wrong)
    );
}

#[test]
fn a_repeated_signature_is_refused() {
    let mut feed = Feed::new();
    let bytes = String::from_utf8(second(keyring(&ROOTS, 11, 21), &[1])).expect("text");
    let (start, end) = (
        bytes.find('{').expect("there"),
        bytes.find(']').expect("there"),
    );
    let one = bytes[start..end]
        .split_once('[')
        .expect("there")
        .1
        .to_owned();
    feed.tree.insert(
        "2.root.json".to_owned(),
        bytes
            .replacen(&one, &format!("{one},{one}"), 1)
            .into_bytes(),
    );
    let twice = Flaw::RepeatedSignature(key(1).id());
    assert_eq!(feed.reason(), Reason::Flaw("2.root.json".to_owned(), twice));
}

#[test]
fn one_signature_that_does_not_fit_spoils_enough_good_ones() {
    let mut feed = Feed::new();
    let bytes = second(keyring(&ROOTS, 11, 21), &[1, 2, 3]);
    let Ok(Value::Map(mut fields)) = json::read(&bytes) else {
        panic!()
    };
    if let Some(Value::List(items)) = fields.get_mut("signatures")
        && let Some(Value::Map(item)) = items.first_mut()
    {
        item.insert("sig".to_owned(), Value::Text("0".repeat(128)));
    }
    feed.tree
        .insert("2.root.json".to_owned(), Value::Map(fields).to_bytes());
    assert!(matches!(flaw(feed.reason()), SignatureFlaw::Mismatch(_)));
}

#[test]
fn a_key_that_was_taken_out_may_not_sign() {
    let mut feed = Feed::new();
    feed.rotate(keyring(&ROOTS, 11, 21), &[1, 2]);
    // The thief of the old keys publishes on.
    feed.tree.insert(
        "2.root.json".to_owned(),
        feed.chain.get(2).expect("there").1.to_vec(),
    );
    let stranger = SignatureFlaw::Stranger(key(FRESHNESS).id(), Role::Timestamp);
    assert_eq!(flaw(feed.reason()), stranger);
}

#[test]
fn the_key_of_one_role_may_not_sign_for_another() {
    let mut feed = Feed::new();
    let forged = forged(&feed.tree["timestamp.json"], &[PUBLISH], |_| {});
    feed.tree.insert("timestamp.json".to_owned(), forged);
    let stranger = SignatureFlaw::Stranger(key(PUBLISH).id(), Role::Timestamp);
    assert_eq!(flaw(feed.reason()), stranger);
}

/// A feed whose timestamp has this in the place of its signature.
fn with_signature(make: impl FnOnce(&[u8], [u8; 64]) -> [u8; 64]) -> Feed {
    let mut feed = Feed::new();
    let Ok(Value::Map(mut fields)) = json::read(&feed.tree["timestamp.json"]) else {
        panic!()
    };
    let message = fields["signed"].to_bytes();
    let signature = make(&message, secret(FRESHNESS).sign(&message).to_bytes());
    let item = Value::map([
        ("keyid", Value::text(&key(FRESHNESS).id())),
        ("sig", Value::Text(hex::write(&signature))),
    ]);
    fields.insert("signatures".to_owned(), Value::List(vec![item]));
    feed.tree
        .insert("timestamp.json".to_owned(), Value::Map(fields).to_bytes());
    feed
}

/// The order of the group. Added to S, verifiers that do not reduce S accept the sum.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

#[test]
fn a_malleated_or_empty_signature_does_not_fit() {
    let mismatch = SignatureFlaw::Mismatch(key(FRESHNESS).id());
    assert!(matches!(
        with_signature(|_, good| good).check(None, START).verdict,
        Verdict::Fresh { .. }
    ));
    assert_eq!(flaw(with_signature(|_, _| [0; 64]).reason()), mismatch);
    let added = with_signature(|_, mut good| {
        let mut carry = 0_u16;
        for (byte, add) in good[32..].iter_mut().zip(ORDER) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = u8::try_from(sum & 0xff).expect("a byte");
            carry = sum >> 8;
        }
        good
    });
    assert_eq!(flaw(added.reason()), mismatch);
}

#[test]
fn a_signature_made_for_ssh_is_none_for_tuf() {
    let other = with_signature(|message, _| {
        let mut wrapped =
            b"SSHSIG\0\0\0\x13advisories@example\0\0\0\0\0\0\0\x06sha512\0\0\0\x40".to_vec();
        wrapped.extend_from_slice(&<sha2::Sha512 as sha2::Digest>::digest(message));
        secret(FRESHNESS).sign(&wrapped).to_bytes()
    });
    assert_eq!(
        flaw(other.reason()),
        SignatureFlaw::Mismatch(key(FRESHNESS).id())
    );
}

#[test]
fn keys_that_anybody_or_one_for_several_can_sign_with_are_refused() {
    let mut one = [0; 32];
    one[0] = 1;
    // A good key's point plus one of small order, (0, -1): its owner can often sign for both.
    let mut mixed = negated(*key(1).as_bytes());
    mixed[31] ^= 0x80;
    // No point at all, and 1 written as 1 + p.
    let mut beyond = [0xff; 32];
    (beyond[0], beyond[31]) = (0xee, 0x7f);
    for bytes in [[0; 32], one, mixed, [2; 32], beyond] {
        assert_eq!(Key::from_bytes(&bytes), Err(Flaw::WeakKey), "{bytes:?}");
    }
    let root = forged(Feed::new().pinned(), &[1, 2], |signed| {
        let value = inner(signed, &["keys", &key(1).id().to_string(), "keyval"]);
        value.insert("public".to_owned(), Value::Text("0".repeat(64)));
    });
    assert_eq!(
        with_root(root).reason(),
        Reason::Flaw("2.root.json".to_owned(), Flaw::WeakKey)
    );
}

/// p - y, for a y below p = 2^255 - 19, with the sign of x kept.
fn negated(mut bytes: [u8; 32]) -> [u8; 32] {
    let sign = bytes[31] & 0x80;
    bytes[31] &= 0x7f;
    let mut borrow = 0_i16;
    for (at, byte) in bytes.iter_mut().enumerate() {
        let digit = match at {
            0 => 0xed,
            31 => 0x7f,
            _ => 0xff,
        };
        let difference = digit - i16::from(*byte) - borrow;
        borrow = i16::from(difference < 0);
        *byte = u8::try_from(difference.rem_euclid(256)).expect("a byte");
    }
    bytes[31] |= sign;
    bytes
}

#[test]
fn keys_have_the_ids_that_others_compute() {
    // Printed by securesystemslib 1.6.0 for the public key of RFC 8032's first example.
    let bytes =
        hex::read("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a").expect("hex");
    let key = Key::from_bytes(&bytes).expect("good");
    assert_eq!(
        key.id().to_string(),
        "74c181c7ad8a0855d4b55e44d2ba87aabdddb196832571f15f92fece332e4916"
    );
}
