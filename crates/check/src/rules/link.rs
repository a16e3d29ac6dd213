//! Owns the rule `link`: links are web addresses, and lead somewhere.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::text::{link_fault, links};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "link",
    says: "links are web addresses, and lead somewhere",
    why: "Links become clickable in pages, feeds and mails. One of another kind can run code \
        (`javascript:`), and one without a host leads nowhere.",
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
        // Being not https is another rule's fault, if it is the only one.
        let secure = url.trim().replacen("http://", "https://", 1);
        if let Some(fault) =
            link_fault(&secure, mail).or(link_fault(url, mail).filter(|_| url != url.trim()))
        {
            let found = finder.at(
                &candidate.document,
                &field,
                format!("{} {fault}", quoted(url)),
            );
            let right = url.trim();
            finder.push(if link_fault(right, mail).is_none() {
                crate::mend::value(found, &candidate.document, &field, (url, right))
            } else {
                found
            });
        }
    }
}
