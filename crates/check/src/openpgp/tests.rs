//! Owns keys that other programs made, and what those programs call them.
//! Must never hold a private key.

use proptest::prelude::*;

use super::*;

/// Made by `gpg` 2.2 for this test; nobody keeps its other half.
const GNUPG: &str = "\
-----BEGIN PGP PUBLIC KEY BLOCK-----\n\
\n\
mDMEawGUihYJKwYBBAHaRw8BAQdA/cofB+BOmeEMi0C0ldEFdmlT5YrCKdegsHb9\n\
0oT9AcK0KVN0b3J5IFRlYW0gPHNlY3VyaXR5QHRlc3QtYWR2aXNvcmllcy5kZXY+\n\
iJAEExYIADgWIQSWmEIf4bSZS5jPzHdtZ29p71TAagUCawGUigIbAwULCQgHAgYV\n\
CgkICwIEFgIDAQIeAQIXgAAKCRBtZ29p71TAavlhAP9dS6SJcd8pec90HLTxK/t4\n\
lZITPSCy6YLXQiPE2FVyqAEA4/bw6K91BGKEH7+Ux34LH/cT5SoVhj8oa9UiTA/o\n\
6Qm4OARrAZSKEgorBgEEAZdVAQUBAQdAE6r5CIEFsuCpDKBoSoZoxxhhfM3unirR\n\
/0/7cy83PQMDAQgHiHgEGBYIACAWIQSWmEIf4bSZS5jPzHdtZ29p71TAagUCawGU\n\
igIbDAAKCRBtZ29p71TAao7kAQDlZuKAd1mJGU5WXCYfSQ4/Qn6IuDSL9YIOhUm7\n\
0N2oLAD+K2Uy22f0RSYEUoKMzFnYhOaVEaJik15k2kzss6am6wM=\n\
=ujaX\n\
-----END PGP PUBLIC KEY BLOCK-----\n\n";

/// The packet of a key of version 6, put together by hand.
const VERSION_6: &str = "xioGZgAAABsAAAAgAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn armored(base64: &str) -> String {
    format!("{BEGIN}\nComment: a: b\n\n{base64}\n{END}\n")
}

fn names(bytes: &[u8]) -> Vec<(String, bool)> {
    let keys = keys(bytes).expect("a key").into_iter();
    keys.map(|key| (key.fingerprint, key.subkey)).collect()
}

#[test]
fn a_key_and_its_subkey_are_called_what_gnupg_calls_them() {
    let expected = [
        ("9698421FE1B4994B98CFCC776D676F69EF54C06A", false),
        ("EE1AC0A1EDC2BAC03DC027E3E329058D9F2FC141", true),
    ];
    let expected = expected.map(|(name, subkey)| (name.to_owned(), subkey));
    assert_eq!(names(GNUPG.as_bytes()), expected);
    let windows = GNUPG.replace('\n', "\r\n");
    assert_eq!(names(windows.as_bytes()), expected);
    let bare = dearmored(GNUPG.split(BEGIN).nth(1).expect("a block")).expect("base64");
    assert_eq!(names(&bare), expected);
}

#[test]
fn a_file_may_hold_several_keys_of_both_versions() {
    let file = format!("Ours:\n{GNUPG}\n{}", armored(VERSION_6));
    let names = names(file.as_bytes());
    assert_eq!(names.len(), 3);
    let six = "1C9DA45E36ECE06E638E272A6078D3CCED9CD1366631A92D799A6216FC3476CD";
    assert_eq!(names[2], (six.to_owned(), false));
}

#[test]
fn what_is_no_whole_public_key_says_why() {
    let cut = GNUPG.split_at(GNUPG.len() / 2).0;
    let private = armored("lAEE");
    let version_3 = armored("xgED");
    for (bytes, reason) in [
        (b"".as_slice(), "no OpenPGP"),
        (b"ssh-ed25519 AAAA", "no OpenPGP"),
        (&[0xff, 0xfe], "damaged"),
        (&[0x98, 0xff, 4], "damaged"),
        (cut.as_bytes(), "no end"),
        (armored("").as_bytes(), "no OpenPGP"),
        (armored("%%%%").as_bytes(), "damaged"),
        (private.as_bytes(), "private key"),
        (version_3.as_bytes(), "version"),
    ] {
        let fault = keys(bytes).expect_err(reason);
        assert!(fault.contains(reason), "{fault} is not {reason}");
    }
}

proptest! {
    #[test]
    fn no_bytes_at_all_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), head in prop::sample::select(&[0x98_u8, 0x99, 0x9a, 0xc6, 0xce])) {
        let mut all = vec![head];
        all.extend(&bytes);
        drop(keys(&all));
        drop(keys(armored(&Base64::encode_string(&all)).as_bytes()));
    }
}
