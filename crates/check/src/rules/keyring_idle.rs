//! Owns the rule `keyring-idle`: every key in `keys/` is named by the keyring.
//! Must never ask for a file to be removed: what it signed may still be out.

use caveat_diag::Level;
use caveat_keyring::Matter;

use crate::keyring::concerns;
use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "keyring-idle",
    says: "every key in `keys/` is named by the keyring",
    why: "A key that nobody names is trusted for nothing new, and nobody knows why it is there: a role that was forgotten, or a key \
        that was rotated out without an end.",
    example: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    instead: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
[key.b]
until = 2025-01-01T00:00:00Z
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(|finder| concerns(finder, Matter::Idle)),
};
