//! Owns the page of the rule `keyring-revoked`: no revoked key has a role.
//! Must never judge: whoever reads the keyring says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "keyring-revoked",
    says: "no revoked key has a role",
    why: "Readers are told not to trust it; what it signs next would be refused, or believed by those who were not told. \
        The same key under another name is the same key.",
    example: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
[revoked.a]
at = 2026-11-22T00:00:00Z
reason = "stolen"
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    instead: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
[revoked.b]
at = 2026-11-22T00:00:00Z
reason = "stolen"
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    level: Level::Error,
    firm: true,
    run: Run::Reading,
};
