//! Owns the page of the rule `keyring-key`: every key that `keys/keyring.toml` names is a file beside it.
//! Must never judge: whoever reads the keyring says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "keyring-key",
    says: "every key that `keys/keyring.toml` names is a file beside it",
    why: "A role is only as good as the keys that are there. One that is missing, damaged or weak is found on the day of the \
        publication, or lets a stranger sign.",
    example: r#"# keys/keyring.toml
[role.publish]
keys = ["c"]
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
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
