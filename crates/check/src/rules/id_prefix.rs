//! Owns the rule `id-prefix`: the prefix of ids is the feed's own: `x_NAME`, or one that is registered with OSV.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "id-prefix",
    says: "the prefix of ids is the feed's own: `x_NAME`, or one that is registered with OSV",
    why: "A prefix says whose record it is. OSV has a list of them, and schema and scanners refuse others; `x_` is for \
        everybody who is not on it.",
    example: r#"# caveat.toml
[feed]
id-prefix = "ACME"
"#,
    instead: r#"# caveat.toml
[feed]
id-prefix = "x_T"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

/// Prefixes registered with OSV (schema 1.9.0); anybody may use `x_NAME`.
const REGISTERED: &[&str] = &[
    "ASB-A",
    "PUB-A",
    "ALPINE",
    "ALSA",
    "ALBA",
    "ALEA",
    "AZL",
    "BELL",
    "BIT",
    "BREW",
    "CGA",
    "CLEANSTART",
    "CLSA",
    "CURL",
    "CVE",
    "DEBIAN",
    "DHI",
    "DRUPAL",
    "DSA",
    "DLA",
    "ELA",
    "DTSA",
    "ECHO",
    "EEF",
    "FreeBSD",
    "GHSA",
    "GO",
    "GSD",
    "HSEC",
    "JLSEC",
    "KUBE",
    "LBSEC",
    "LSN",
    "MAL",
    "MINI",
    "MGASA",
    "OESA",
    "OSEC",
    "OSV",
    "openSUSE-SU",
    "PHSA",
    "PSF",
    "PYSEC",
    "RHBA",
    "RHEA",
    "RHSA",
    "RLSA",
    "RXSA",
    "RSEC",
    "ROOT",
    "RUSTSEC",
    "SUSE-SU",
    "SUSE-RU",
    "SUSE-FU",
    "SUSE-OU",
    "UBUNTU",
    "USN",
    "V8",
    "VCPKG",
];

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let prefix = &document.data().feed.id_prefix;
    if !is_prefix(prefix) {
        let message = format!("`{prefix}` is no prefix for ids");
        let found = finder.at(document, "feed.id-prefix", message);
        finder.push(
            found.help(
                "use `x_NAME` with letters and digits, or a prefix that is registered with OSV",
            ),
        );
    }
}

fn is_prefix(prefix: &str) -> bool {
    let own = prefix.strip_prefix("x_").is_some_and(|name| {
        !name.is_empty()
            && name.len() <= 32
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    });
    own || REGISTERED.contains(&prefix)
}
