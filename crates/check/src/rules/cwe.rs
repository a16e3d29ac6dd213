//! Owns the rule `cwe`: a weakness is in the CWE list, and is named once.

use crate::candidate::Candidate;
use crate::cwe::{VERSION, weakness};
use crate::rule::{Finder, Rule, Run};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "cwe",
    says: "a weakness is in the CWE list, and is named once",
    why: "Weaknesses are looked up by number. One that is not in the list, or was given up by it, tells a \
        reader nothing.",
    example: r#"cwe = ["CWE-999999"]
"#,
    instead: r#"cwe = ["CWE-502"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let names = &candidate.advisory().cwe;
    for (at, name) in names.iter().enumerate() {
        let fault = match weakness(name) {
            None => format!("{} is not in CWE {VERSION}", quoted(name)),
            Some(known) if known.name.starts_with("DEPRECATED") => {
                format!("`{name}` was given up by CWE")
            }
            Some(_) if names[..at].contains(name) => format!("`{name}` is named twice"),
            Some(_) => continue,
        };
        let (document, field) = (&candidate.document, format!("cwe[{at}]"));
        let found = finder.at(document, &field, fault);
        let right = respelt(name);
        let found = if names[..at].contains(name) {
            crate::mend::item(found, document, &field)
        } else {
            crate::mend::value(found, document, &field, (name, &right))
        };
        finder.push(
            found.help("write `CWE-` and the number, as in `CWE-502`; see https://cwe.mitre.org"),
        );
    }
}

/// The name, if only its case, space or leading zeros are wrong; else as it was.
fn respelt(name: &str) -> String {
    let upper = name.trim().to_ascii_uppercase();
    let digits = upper.strip_prefix("CWE-").unwrap_or(&upper);
    let right = format!("CWE-{}", digits.trim_start_matches('0'));
    match weakness(&right) {
        Some(_) => right,
        None => name.to_owned(),
    }
}
