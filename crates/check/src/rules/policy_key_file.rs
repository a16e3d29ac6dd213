//! Owns the rule `policy-key-file`: the file of a key in `keys/` is the key that the policy names.
//! Must never offer to write the other fingerprint: which of the two is wrong, only its owner knows.

use std::sync::Arc;

use caveat_advisory::{Draft, ReportKey};
use caveat_diag::{Diagnostic, Level, Source, quoted};

use crate::key_file::Home;
use crate::openpgp::{Key, keys};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-key-file",
    says: "the file of a key in `keys/` is the key that the policy names",
    why: "Reporters encrypt to the file and compare it with the fingerprint. Where the two differ, the careful \
        ones stop, and the others write what nobody can read.",
    example: r#"# caveat.toml
[[policy.key]]
fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567"
url = "https://test-advisories.dev/keys/team.asc"
# keys/team.asc
-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEawGUihYJKwYBBAHaRw8BAQdA/cofB+BOmeEMi0C0ldEFdmlT5YrCKdegsHb90oT9AcI=
-----END PGP PUBLIC KEY BLOCK-----
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
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project.data();
    for (at, key) in project.policy.keys.iter().enumerate() {
        let home = Home::of(project, key);
        let Some(path) = home.path() else { continue };
        let mut files = finder.facts.others.iter();
        if let Some(file) = files.find(|file| file.path == path) {
            compare(finder, at, key, file);
        }
    }
}

fn compare(finder: &mut Finder<'_>, at: usize, key: &ReportKey, file: &Draft) {
    let field = format!("policy.key[{at}].fingerprint");
    let path = quoted(&file.path);
    let held = match keys(&file.bytes) {
        Ok(held) => held,
        Err(fault) => {
            let found = finder.project(&field, format!("{path} is not this key"));
            let help = "put the public key there: `gpg --armor --export FINGERPRINT`";
            return finder.push(in_file(found, file, fault).help(help));
        }
    };
    let same = |held: &&Key| held.fingerprint == key.fingerprint;
    let found = match held.iter().find(same) {
        Some(Key { subkey: false, .. }) => return,
        Some(_) => {
            let message = format!("this is the fingerprint of a part of the key in {path}");
            finder.project(&field, message)
        }
        None => finder.project(&field, format!("{path} is another key")),
    };
    let whole = held.iter().filter(|key| !key.subkey);
    let whole: Vec<&str> = whole.map(|key| key.fingerprint.as_str()).collect();
    let found = in_file(found, file, &format!("the key {}", whole.join(" and ")));
    finder.push(found.help(
        "compare both with the key of whoever reads the reports, and mend the one that is wrong",
    ));
}

/// Labels the beginning of the file.
fn in_file(found: Diagnostic, file: &Draft, label: &str) -> Diagnostic {
    let text = std::str::from_utf8(&file.bytes).unwrap_or_default();
    let source = Arc::new(Source::new(&file.path, text));
    let span = source.first_line();
    found.also(&source, span, label)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::tests::breaks;

    fn page(from: &str, to: &str) -> String {
        assert!(RULE.instead.contains(from), "{from}");
        RULE.instead.replace(from, to)
    }

    #[test]
    fn a_copy_of_a_key_that_is_elsewhere_is_compared_too() {
        let elsewhere = "https://pytorch.org/";
        let copy = page("https://test-advisories.dev/keys/", elsewhere);
        assert!(!breaks(RULE.code, &copy));
        let wrong = RULE
            .example
            .replace("https://test-advisories.dev/keys/", elsewhere);
        assert!(breaks(RULE.code, &wrong));
        let other = wrong.replace("# keys/team", "# keys/other");
        assert!(!breaks(RULE.code, &other));
    }

    #[test]
    fn a_file_that_is_no_key_is_not_the_key() {
        assert!(breaks(RULE.code, &page("mDMEawGU", "mDNEawGU")));
        assert!(breaks(RULE.code, &page("-----END PGP", "-----FIN PGP")));
    }
}
