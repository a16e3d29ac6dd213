//! Owns the page of the rule `keyring-certificate`: a certificate is of the key beside it, and of an authority of the keyring.
//! Must never judge: whoever reads the keyring says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "keyring-certificate",
    says: "a certificate is of the key beside it, and of an authority of the keyring",
    why: "Signatures carry the certificate of the key that publishes. One of another key, or of an authority that readers do \
        not pin, makes every signature fail for them.",
    example: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
# keys/a-cert.pub
ssh-ed25519-cert-v01@openssh.com AAAA a
"#,
    instead: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    level: Level::Error,
    firm: true,
    run: Run::Reading,
};
