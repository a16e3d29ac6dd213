//! Owns the rule `keyring-roots`: signed roots follow from one another and are never edited.
//! Must never judge a signature: whoever reads the keyring does, and reports it by this code.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "keyring-roots",
    says: "signed roots follow from one another and are never edited",
    why: "Clients walk from the root that they trust to the newest, one by one. Where one is missing, edited, or not signed by \
        enough keys of the root before, all of them stop, for ever. What git remembers of published roots is compared, too: a \
        second root of one version splits readers in two.",
    example: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
# keys/root/2.root.json
{}
"#,
    instead: r#"# keys/keyring.toml
[role.publish]
keys = ["a"]
# keys/a.pub
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh a
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

/// Roots that were published are there, as they were. Where all are gone, another line begins.
fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    let Some(past) = facts.past else { return };
    let now = |path: &str| facts.keys.iter().find(|draft| draft.path == path);
    if !past.roots().iter().any(|root| now(&root.path).is_some()) {
        return;
    }
    for root in past.roots() {
        let commit = root.commit.get(..12).unwrap_or(&root.commit);
        let message = match now(&root.path) {
            None => "this root was published, and is gone".to_owned(),
            Some(draft) if past.content(&draft.bytes) != root.content => {
                format!("this root was published as commit {commit} has it, and is another now")
            }
            Some(_) => continue,
        };
        let found = finder.file(&root.path, message);
        let found = found.help(format!(
            "bring it back: `git checkout {commit} -- {}`",
            root.path
        ));
        finder.push(if root.path == "keys/root/1.root.json" {
            found.help("or, where another line is to begin: `git rm -r keys/root` in a commit of its own, then the new root 1")
        } else {
            found
        });
    }
}
