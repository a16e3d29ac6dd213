//! Owns the rule `keyring-ends`: keys, certificates and roots are renewed before they end.
//! Must never stop a publication: that is for whoever signs.

use caveat_diag::Level;
use caveat_keyring::Matter;

use crate::keyring::concerns;
use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "keyring-ends",
    says: "keys, certificates and roots are renewed before they end",
    why: "What has ended cannot sign, and clients call a feed stale whose root has ended. Root keys are people's: they need weeks, \
        not hours. A certificate without an end, or with one later than `days` of the role ssh-ca, outlives the theft of its key. \
        `caveat keys doctor` says all that is to be done.",
    example: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
[key.a]
until = 2020-01-01T00:00:00Z
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    instead: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
[key.b]
until = 2020-01-01T00:00:00Z
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/b.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea b
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(|finder| concerns(finder, Matter::Ends)),
};
