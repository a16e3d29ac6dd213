//! Owns the rule `feed`: the feed has a name, an https address, a good prefix, a licence, and working contacts.

use caveat_diag::Level;

use super::hidden_characters::is_hidden;
use crate::rule::{Finder, Rule, Run};
use crate::text::{link_fault, project_texts};

pub(super) static RULE: Rule = Rule {
    code: "feed",
    says: "the feed has a name, an https address, a good prefix, a licence, and working contacts",
    why: "The address and the prefix are in every record, page and signature, for ever. Prefixes belong to \
        databases that registered them with OSV; `x_` is for everybody else.",
    example: r#"# caveat.toml
[feed]
url = "http://advisories.example.org/"
id-prefix = "ACME"
"#,
    instead: r#"# caveat.toml
[feed]
url = "https://advisories.example.org"
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
    let feed = &document.data().feed;
    for (field, text) in project_texts(document.data()) {
        if text.trim().is_empty() || text.contains(['\n', '\t']) || text.contains(is_hidden) {
            let found = finder.at(
                document,
                &field,
                format!("`{field}` is not one line of plain text"),
            );
            finder.push(
                found.help(
                    "it becomes part of pages and mails: write visible characters on one line",
                ),
            );
        }
    }
    let address = link_fault(&feed.url, false);
    if address.is_some() || feed.url.ends_with('/') || feed.url.contains(['?', '#']) {
        let found = finder.at(document, "feed.url", "this is no address of a site");
        finder.push(
            found.help("write `https://host` or `https://host/path`, without a slash at the end"),
        );
    }
    if !is_prefix(&feed.id_prefix) {
        let found = finder.at(
            document,
            "feed.id-prefix",
            format!("`{}` is no prefix for ids", feed.id_prefix),
        );
        finder.push(
            found.help(
                "use `x_NAME` with letters and digits, or a prefix that is registered with OSV",
            ),
        );
    }
    links(finder);
}

fn links(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let project = document.data();
    let mut links: Vec<(String, &String)> = Vec::new();
    links.extend(
        project
            .feed
            .corrections
            .iter()
            .map(|url| ("feed.corrections".to_owned(), url)),
    );
    let contacts = project.policy.contacts.iter().enumerate();
    links.extend(contacts.map(|(at, contact)| (format!("policy.contact[{at}].url"), &contact.url)));
    for (field, url) in links {
        if let Some(fault) = link_fault(url, true) {
            finder.push(
                finder
                    .at(document, &field, format!("`{url}` {fault}"))
                    .help("write `mailto:name@host` or an https link"),
            );
        }
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
