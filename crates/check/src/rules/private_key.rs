//! Owns the rule `private-key`: no private key lies in the repository.

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule::error(
    "private-key",
    "no private key lies in the repository",
    Run::Feed(judge),
);

fn judge(finder: &mut Finder<'_>) {
    for draft in finder.facts.others {
        if let Some(kind) = private_key(&draft.bytes) {
            let found = finder.file(draft, format!("this file holds a private key: {kind}"));
            finder.push(found.note("whoever can read the repository can sign in your name").help("move it out of the repository, make a new key, and remove the old one from keys/: git remembers it"));
        }
    }
}

/// What kind of private key these bytes hold, if any.
fn private_key(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&str, &str); 5] = [
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "OpenSSH"),
        ("PRIVATE KEY-----", "PEM"),
        ("-----BEGIN PGP PRIVATE KEY BLOCK-----", "OpenPGP"),
        ("AGE-SECRET-KEY-", "age"),
        ("minisign encrypted secret key", "minisign"),
    ];
    let text = String::from_utf8_lossy(bytes);
    let found = MARKS
        .iter()
        .find(|(mark, _)| text.contains(mark))
        .map(|(_, kind)| *kind);
    found.or_else(|| is_minisign_secret(&text).then_some("minisign"))
}

/// A minisign secret key is one line of 158 bytes in base64 that begin with `Ed` and a scrypt or empty key function.
fn is_minisign_secret(text: &str) -> bool {
    let Some((comment, key)) = text.split_once('\n') else {
        return false;
    };
    let key = key.trim_end();
    comment.starts_with("untrusted comment:") && key.starts_with("RW") && key.len() == 212
}

#[cfg(test)]
mod tests {
    use super::private_key;

    #[test]
    fn private_keys_are_known_and_public_ones_are_not_taken_for_them() {
        let pem = |kind: &str| format!("-----BEGIN {kind}-----\nAAAA\n-----END {kind}-----\n");
        for kind in [
            "OPENSSH PRIVATE KEY",
            "PRIVATE KEY",
            "RSA PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "EC PRIVATE KEY",
        ] {
            assert!(private_key(pem(kind).as_bytes()).is_some(), "{kind}");
        }
        let minisign = format!("untrusted comment: my key\nRW{}\n", "A".repeat(210));
        assert_eq!(private_key(minisign.as_bytes()), Some("minisign"));
        assert_eq!(private_key(pem("PUBLIC KEY").as_bytes()), None);
        assert_eq!(private_key(b"untrusted comment: minisign public key\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n"), None);
        assert_eq!(private_key(&[0xff; 64]), None);
    }
}
