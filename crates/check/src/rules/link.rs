//! Owns the rule `link`: links are https, and lead somewhere.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::text::{link_fault, links};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "link",
    says: "links are https, and lead somewhere",
    why: "Links become clickable in pages, feeds and mails. A link that is not https can be changed on its \
        way or runs code (`javascript:`); one without a host leads nowhere.",
    example: r#"[[reference]]
type = "web"
url = "javascript:alert(1)"
"#,
    instead: r#"[[reference]]
type = "web"
url = "https://example.org/report"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (field, url) in links(candidate) {
        let mail = field.starts_with("credit");
        if let Some(fault) = link_fault(url, mail) {
            let found = finder.at(
                &candidate.document,
                &field,
                format!("{} {fault}", quoted(url)),
            );
            finder.push(match secure(url, mail) {
                Some(right) => {
                    crate::mend::value(found, &candidate.document, &field, (url, &right))
                }
                None => found,
            });
        }
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

/// The same link by https, where that certainly leads to the same page.
fn secure(url: &str, mail: bool) -> Option<String> {
    let url = url.trim();
    let right = match url.strip_prefix("http://") {
        Some(rest) => {
            let host = rest.split(['/', '?', '#']).next()?;
            HTTPS_HOSTS.contains(&host).then_some(())?;
            format!("https://{rest}")
        }
        None => url.to_owned(),
    };
    link_fault(&right, mail).is_none().then_some(right)
}
