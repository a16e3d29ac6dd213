//! Owns the rule `link-http`: links are https.

use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::text::{link_fault, links};

pub(super) static RULE: Rule = Rule {
    code: "link-http",
    says: "links are https",
    why: "What lies behind a link that is not https can be changed on its way to the reader: a fix, a download, a \
        report. Feeds with old records whose pages are only to be had so can set this rule.",
    example: r#"[[reference]]
type = "web"
url = "http://example.org/report"
"#,
    instead: r#"[[reference]]
type = "web"
url = "https://example.org/report"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (field, url) in links(candidate) {
        let Some(rest) = url.strip_prefix("http://") else {
            continue;
        };
        let right = format!("https://{rest}");
        if link_fault(&right, false).is_some() {
            continue;
        }
        let found = finder.at(
            &candidate.document,
            &field,
            format!("{} is not https", quoted(url)),
        );
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        finder.push(if HTTPS_HOSTS.contains(&host) {
            crate::mend::value(found, &candidate.document, &field, (url, &right))
        } else {
            found.help("write `https://` if the page is there, or link to a copy in an archive")
        });
    }
}

/// Hosts that have served all they have by https for years, under the same paths.
const HTTPS_HOSTS: [&str; 12] = [
    "bugzilla.mozilla.org",
    "crates.io",
    "cve.org",
    "docs.rs",
    "github.com",
    "gitlab.com",
    "npmjs.com",
    "nvd.nist.gov",
    "pypi.org",
    "rustsec.org",
    "www.cve.org",
    "www.npmjs.com",
];
