//! Owns the rule `policy-key-absent`: a key whose address is below the site is a file that a build puts there.

use caveat_diag::{Level, quoted};

use crate::key_file::Home;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-key-absent",
    says: "a key whose address is below the site is a file that a build puts there",
    why: "A build publishes `keys/NAME.asc` at the address of the same path, and no other OpenPGP key. A reporter who \
        finds no key writes without one, or not at all.",
    example: r#"# caveat.toml
[[policy.key]]
fingerprint = "9698421FE1B4994B98CFCC776D676F69EF54C06A"
url = "https://test-advisories.dev/pgp.txt"
"#,
    instead: r#"# caveat.toml
[[policy.key]]
fingerprint = "9698421FE1B4994B98CFCC776D676F69EF54C06A"
url = "https://test-advisories.dev/keys/team.asc"
# keys/team.asc
-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEawGUihYJKwYBBAHaRw8BAQdA/cofB+BOmeEMi0C0ldEFdmlT5YrCKdegsHb90oT9AcI=
-----END PGP PUBLIC KEY BLOCK-----
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project.data();
    for (at, key) in project.policy.keys.iter().enumerate() {
        let field = format!("policy.key[{at}].url");
        let (message, help) = match Home::of(project, key) {
            Home::Site(path) if !finder.facts.others.iter().any(|file| file.path == path) => (
                format!("there is no file {}", quoted(&path)),
                "put the public key there, in at most 64 KiB: `gpg --armor --export-options export-minimal --export FINGERPRINT`"
                    .to_owned(),
            ),
            Home::Nowhere => (
                "no build puts a key there".to_owned(),
                format!("put the key into `keys/NAME.asc`, and write `{}/keys/NAME.asc`", project.feed.url),
            ),
            _ => continue,
        };
        finder.push(finder.project(&field, message).help(help));
    }
}
