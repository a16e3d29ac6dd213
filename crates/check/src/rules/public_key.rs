//! Owns the rule `public-key`: a public key of the feed is one Ed25519 line as OpenSSH writes it.
//! Must never say that a key is good: that is for whoever verifies with it.

use caveat_diag::Level;
use caveat_keyring::is_public_key;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "public-key",
    says: "a public key of the feed is one Ed25519 line as OpenSSH writes it",
    why: "The keys in `keys/` decide whether a build is a release. One that cannot be read stops the build on the \
        day of the publication, or leaves readers without a key to verify with.",
    example: r#"# keys/feed.pub
ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 feed
"#,
    instead: r#"# keys/feed.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh feed
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

/// How every blob begins: the name of the algorithm, and a length of 32.
const HEAD: &str = "AAAAC3NzaC1lZDI1NTE5AAAAI";
/// 51 bytes in base64, without padding.
const LENGTH: usize = 68;

fn judge(finder: &mut Finder<'_>) {
    let keys = finder.facts.keys.iter();
    for draft in keys.filter(|draft| is_public_key(&draft.path)) {
        let Some(fault) = fault(&draft.bytes) else {
            continue;
        };
        let found = finder.file(&draft.path, fault);
        finder
            .push(found.help(
                "make one with `ssh-keygen -t ed25519`, and commit its `.pub` file as it is",
            ));
    }
}

/// Comments and empty lines are allowed around the one line.
fn fault(bytes: &[u8]) -> Option<&'static str> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some("this is no public key, it is not even text");
    };
    let lines = text.lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(line) = lines.next() else {
        return Some("this file holds no key");
    };
    if lines.next().is_some() {
        return Some("this file holds more than one line: one key, one file");
    }
    let mut words = line.split_ascii_whitespace();
    match (words.next(), words.next()) {
        (Some("ssh-ed25519"), Some(blob)) if is_blob(blob) => None,
        (Some("ssh-ed25519"), _) => Some("this key is damaged"),
        _ => Some("this is no `ssh-ed25519` key"),
    }
}

fn is_blob(blob: &str) -> bool {
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
    blob.len() == LENGTH && blob.starts_with(HEAD) && blob.bytes().all(base64)
}

#[cfg(test)]
mod tests {
    use super::fault;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh";

    #[test]
    fn a_key_with_comments_or_without_one_is_let_be() {
        for good in [
            KEY.to_owned(),
            format!("{KEY} a b c\n"),
            format!("# feed\r\n\r\n  {KEY} x\r\n"),
        ] {
            assert_eq!(fault(good.as_bytes()), None, "{good}");
        }
    }

    #[test]
    fn everything_else_is_no_key() {
        for bad in [
            String::new(),
            format!("{KEY}\n{KEY}\n"),
            KEY[..40].to_owned(),
            format!("{KEY}="),
            KEY.replace("I1NTE5", "I1NTE6"),
            format!("cert-authority {KEY}"),
            "-----BEGIN PUBLIC KEY-----".to_owned(),
        ] {
            assert!(fault(bad.as_bytes()).is_some(), "{bad}");
        }
        assert!(fault(&[0xff; 80]).is_some());
    }
}
