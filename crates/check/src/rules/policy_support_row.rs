//! Owns the rule `policy-support-row`: a row of the support table names a listed package and a range of its versions.

use caveat_diag::{Diagnostic, Level, quoted};

use crate::rule::{Finder, Rule, Run};
use crate::support::Fault;

pub(super) static RULE: Rule = Rule {
    code: "policy-support-row",
    says: "a row of the support table names a listed package and a range of its versions",
    why: "Readers look up their version in this table, and rules hold every advisory against it. A \
        row that cannot be read promises nothing to anybody.",
    example: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = "1.0.x"
status = "security"
"#,
    instead: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0, < 1.1.0"
status = "security"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for (at, fault) in &finder.facts.support.faults {
        let found = report(finder, *at, fault);
        finder.push(found);
    }
}

fn report(finder: &Finder<'_>, at: usize, fault: &Fault) -> Diagnostic {
    let row = format!("policy.support[{at}]");
    let (package, versions) = (format!("{row}.package"), format!("{row}.versions"));
    match fault {
        Fault::NoPackage => finder
            .project(&row, "this row does not say of which package it speaks")
            .help("add `package` with the key of a `[[package]]`"),
        Fault::UnknownPackage(key) => finder
            .project(&package, format!("there is no package {}", quoted(key)))
            .help("write the key of a `[[package]]`"),
        Fault::NoOrder => finder
            .project(
                &package,
                "the order of this ecosystem's versions is not known here",
            )
            .help("leave the row out, and describe it in `[[policy.guidance]]`"),
        Fault::Range(error) => {
            let project = finder.facts.project;
            let written = &finder.facts.policy().support[at].versions;
            let span = project.within(&versions, written, error.span.clone());
            let found = finder.on(project, span, &error.message);
            let help = error.help.as_deref();
            found.help(help.unwrap_or("write a range as in advisories, and `label` for people"))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    const ROW: &str = "[[policy.support]]\nversions = \">= 1\"\nstatus = \"full\"\n";

    #[test]
    fn a_package_is_needed_where_there_are_two_and_must_be_listed() {
        let two = "[[package]]\nkey = \"b\"\necosystem = \"npm\"\nname = \"b\"\n[mail]";
        let after = |row: &str, packages: &str| {
            let rows = format!("{row}[[policy.severity]]");
            said_of_project_after(&[("[mail]", packages), ("[[policy.severity]]", &rows)])
        };
        let unclear = after(ROW, two);
        assert!(unclear.contains("error[policy-support-row]"), "{unclear}");
        assert!(!after(ROW, "[mail]").contains("policy-support-row"));
        let unknown = format!("{ROW}package = \"c\"\n");
        assert!(after(&unknown, two).contains("there is no package `c`"));
        let known = format!("{ROW}package = \"torch\"\n");
        assert!(!after(&known, two).contains("policy-support-row"));
    }
}
