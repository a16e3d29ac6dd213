//! Owns the page of the rule `keyring-role`: every role has enough keys, and no key has two powers that must be apart.
//! Must never judge: whoever reads the keyring says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "keyring-role",
    says: "every role has enough keys, and no key has two powers that must be apart",
    why: "A role that asks for more signatures than it has keys can never sign. A key that is of people and of a machine, \
        or one key under two names, lets one thief count for two.",
    example: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
[role.root]
keys = ["b"]
threshold = 2
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    instead: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
[role.root]
keys = ["b"]
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    level: Level::Error,
    firm: true,
    run: Run::Reading,
};
