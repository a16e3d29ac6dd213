//! Owns the rule `function-module`: the path of a function of Go begins with its module.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "function-module",
    says: "the path of a function of Go begins with its module",
    why: "Scanners such as govulncheck look for a symbol in a package. From a path without its package they would conclude that no program \
        calls the function; so nothing is said of functions then, and every user of the module is warned.",
    example: r#"[[affected]]
ecosystem = "Go"
name = "example.org/torch"
versions = ["< 1.2.0"]
functions = ["Reader.Read"]
"#,
    instead: r#"[[affected]]
ecosystem = "Go"
name = "example.org/torch"
versions = ["< 1.2.0"]
functions = ["example.org/torch/checkpoint.Reader.Read"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let rows = candidate.rows.iter().zip(&candidate.advisory().affected);
    for (at, (row, affected)) in rows.enumerate() {
        let Ok(package) = &row.package else { continue };
        if package.ecosystem.name() != "Go" {
            continue;
        }
        for (nth, function) in affected.functions.iter().enumerate() {
            if is_inside(function, &package.name) {
                continue;
            }
            let field = format!("affected[{at}].functions[{nth}]");
            let module = match package.name.as_str() {
                "stdlib" | "toolchain" => "net/http",
                module => module,
            };
            let message = "this path does not begin with a package of the module";
            let found = finder.at(&candidate.document, &field, message);
            finder.push(found.help(format!(
                "write `{module}.FUNCTION` or `{module}.TYPE.METHOD`, with the path of its package"
            )));
        }
    }
}

/// Packages of the standard library begin with a small letter, types do not.
fn is_inside(function: &str, module: &str) -> bool {
    match module {
        "stdlib" | "toolchain" => function.starts_with(|c: char| c.is_ascii_lowercase()),
        _ => function
            .strip_prefix(module)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/'])),
    }
}

#[cfg(test)]
mod tests {
    use super::is_inside;

    #[test]
    fn a_path_begins_with_the_module_or_with_a_package_of_the_standard_library() {
        for (function, module) in [
            ("gopkg.in/yaml.v3.Unmarshal", "gopkg.in/yaml.v3"),
            ("example.org/m/v2/a.T.M", "example.org/m/v2"),
            ("net/http.Get", "stdlib"),
        ] {
            assert!(is_inside(function, module), "{function}");
        }
        for (function, module) in [
            ("Unmarshal", "gopkg.in/yaml.v3"),
            ("example.org/more.F", "example.org/m"),
            ("Server.Serve", "stdlib"),
        ] {
            assert!(!is_inside(function, module), "{function}");
        }
    }
}
