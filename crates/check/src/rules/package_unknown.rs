//! Owns the rule `package-unknown`: a package has a key of caveat.toml, or a known ecosystem and its canonical name.

use crate::candidate::Candidate;
use crate::candidate::PackageFault;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "package-unknown",
    says: "a package has a key of caveat.toml, or a known ecosystem and its canonical name",
    why: "One scanner stops the whole scan at an ecosystem that it does not know, and a name that is not \
        spelt as the registry spells it is never found. Private ecosystems have no form in OSV.",
    example: r#"[[affected]]
ecosystem = "pypi"
name = "torch"
versions = ["< 1.2.0"]
"#,
    instead: r#"[[affected]]
ecosystem = "PyPI"
name = "torch"
versions = ["< 1.2.0"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, row) in candidate.rows.iter().enumerate() {
        let Err(fault) = &row.package else { continue };
        let (field, message, help) = said(fault);
        let name = format!("affected[{at}].{field}");
        let name = if candidate.document.has(&name) {
            name
        } else {
            format!("affected[{at}].package")
        };
        let document = &candidate.document;
        let found = respelt(finder.at(document, &name, message), document, &name, fault);
        finder.push(match help {
            Some(help) => found.help(help),
            None => found,
        });
    }
}

/// Field, message and help for each fault.
pub(super) fn said(fault: &PackageFault) -> (&'static str, String, Option<String>) {
    match fault {
        PackageFault::UnknownKey(key) => {
            let help = "write the key of a `[[package]]` of caveat.toml, or add one there";
            (
                "package",
                format!("caveat.toml has no package {}", quoted(key)),
                Some(help.to_owned()),
            )
        }
        PackageFault::Ecosystem(error) => ("ecosystem", error.to_string(), error.help()),
        PackageFault::Name(error) => ("name", error.to_string(), error.help()),
        PackageFault::NoOrder(ecosystem) => {
            let help = "ranges need an order of versions; choose another ecosystem, or help to add this one";
            (
                "ecosystem",
                format!("the order of versions in `{ecosystem}` is not known here yet"),
                Some(help.to_owned()),
            )
        }
    }
}

/// Offers the ecosystem that was meant, where only the case of its name is wrong.
pub(super) fn respelt<T>(
    found: caveat_diag::Diagnostic,
    document: &caveat_advisory::Document<T>,
    field: &str,
    fault: &PackageFault,
) -> caveat_diag::Diagnostic {
    use caveat_versions::EcosystemError::Unknown;
    match fault {
        PackageFault::Ecosystem(Unknown {
            written,
            meant: Some(meant),
        }) if written.eq_ignore_ascii_case(meant) => {
            crate::mend::value(found, document, field, (written, meant))
        }
        _ => found,
    }
}
