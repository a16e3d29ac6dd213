//! Owns the page of the rule `keyring-period`: the time in which a key may sign ends after it begins.
//! Must never judge: whoever reads the keyring says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "keyring-period",
    says: "the time in which a key may sign ends after it begins",
    why: "A key whose time is empty may never sign, and the publication stops for a slip of the pen.",
    example: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
[key.a]
from = 2026-11-22T00:00:00Z
until = 2025-11-22T00:00:00Z
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    instead: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
[key.a]
from = 2026-11-22T00:00:00Z
until = 2027-11-22T00:00:00Z
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    level: Level::Error,
    firm: true,
    run: Run::Reading,
};
