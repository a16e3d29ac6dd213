//! Owns the rule `keyring-behind`: the newest root names the keys that the keyring names.
//! Must never call the keyring wrong: people sign roots later than they write it.

use caveat_diag::Level;
use caveat_keyring::Matter;

use crate::keyring::concerns;
use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "keyring-behind",
    says: "the newest root names the keys that the keyring names",
    why: "Clients believe the root, not the keyring: what a new key signs is refused until a root names it, and a key that was \
        taken out is believed until then.",
    example: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
[role.freshness]
keys = ["a"]
[role.root]
keys = ["b"]
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
    level: Level::Warning,
    firm: false,
    run: Run::Feed(|finder| concerns(finder, Matter::Behind)),
};
