//! Owns the rule `private-key`: no private key lies in the repository.

use caveat_diag::Level;

use crate::phrases::Phrases;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "private-key",
    says: "no private key lies in the repository",
    why: "Whoever can read the repository could sign in the feed's name. A key that was committed is \
        public for ever, also after it was deleted: one that was ever in keys/ is an error until it is revoked, or has no role.",
    example: r#"# keys/feed.key
-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmU=
-----END OPENSSH PRIVATE KEY-----
"#,
    instead: r#"# keys/README.txt
Only public keys, keys/NAME.pub, lie here.
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    for draft in facts.others.iter().chain(facts.keys) {
        report(finder, &draft.path, private_key(&draft.bytes));
    }
    for (name, bytes) in facts.templates {
        report(
            finder,
            &format!("site-templates/{name}"),
            private_key(bytes),
        );
    }
    for candidate in facts.candidates {
        let source = candidate.document.source();
        report(finder, source.path(), private_key(source.text().as_bytes()));
    }
}

fn report(finder: &mut Finder<'_>, path: &str, kind: Option<&'static str>) {
    let Some(kind) = kind else { return };
    let found = finder.file(path, format!("this file holds a private key: {kind}"));
    let found = found.note("whoever can read the repository can sign in your name");
    finder.push(found.help("move it out of the repository, make a new key, and remove the old one from keys/: git remembers it"));
}

static SIGNS: Phrases = Phrases::exact(&["PRIVATE KEY", "AGE-SECRET-KEY-1", "untrusted comment:"]);

/// What kind of private key these bytes hold, if any.
fn private_key(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes);
    // Nearly every file has none of these words.
    if !SIGNS.any(&text) {
        return None;
    }
    if text.contains("AGE-SECRET-KEY-1") {
        return Some("age");
    }
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines
        .windows(2)
        .find_map(|pair| block(pair[0], pair[1]))
        .or_else(|| is_minisign_secret(&text).then_some("minisign"))
}

/// The head of a block with a key below it; prose that only names such a head is no key.
fn block(head: &str, below: &str) -> Option<&'static str> {
    let inner = head.strip_prefix("-----BEGIN ")?.strip_suffix("-----")?;
    let header = below.contains(": ") || below.is_empty();
    let base64 = below
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    match inner {
        "OPENSSH PRIVATE KEY" if base64 => Some("OpenSSH"),
        "PGP PRIVATE KEY BLOCK" if base64 || header => Some("OpenPGP"),
        _ if inner.ends_with("PRIVATE KEY") && (base64 || header) => Some("PEM"),
        _ => None,
    }
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
        assert_eq!(
            private_key(b"It begins with\n-----BEGIN PRIVATE KEY-----\nand then what?"),
            None
        );
        assert_eq!(
            private_key(b"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"),
            Some("PEM")
        );
    }
}
