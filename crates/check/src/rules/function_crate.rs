//! Owns the rule `function-crate`: the path of a Rust function begins with its crate.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "function-crate",
    says: "the path of a Rust function begins with its crate",
    why: "Rust's tools know functions by their full path. One that begins with a module, or with `crate`, is \
        found in no program.",
    example: r#"[[affected]]
ecosystem = "crates.io"
name = "torch-sys"
versions = ["< 1.2.0"]
functions = ["tensor::load"]
"#,
    instead: r#"[[affected]]
ecosystem = "crates.io"
name = "torch-sys"
versions = ["< 1.2.0"]
functions = ["torch_sys::tensor::load"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let rows = candidate.rows.iter().zip(&candidate.advisory().affected);
    for (at, (row, affected)) in rows.enumerate() {
        let Ok(package) = &row.package else { continue };
        if package.ecosystem.name() != "crates.io" {
            continue;
        }
        for (nth, function) in affected.functions.iter().enumerate() {
            let first = function.split("::").next().unwrap_or(function);
            if is_library(first, &package.name) {
                continue;
            }
            let library = package.name.replace('-', "_");
            let field = format!("affected[{at}].functions[{nth}]");
            let span = candidate.document.within(&field, function, 0..first.len());
            let message = format!("this path does not begin with the crate, `{library}`");
            let found = finder.on(&candidate.document, span, message);
            finder.push(found.help(format!("write `{library}::MODULE::FUNCTION`")));
        }
    }
}

/// A library is called as its package, with `_` for `-`; some leave out a part of that name (`rustls-webpki` is
/// `webpki`, `md-5` is `md5`).
fn is_library(segment: &str, package: &str) -> bool {
    let plain = |text: &str| text.replace(['-', '_'], "").to_ascii_lowercase();
    let (segment, package) = (plain(segment), plain(package));
    !segment.is_empty() && package.contains(&segment)
}

#[cfg(test)]
mod tests {
    use super::is_library;

    #[test]
    fn libraries_with_a_shorter_name_than_their_package_are_known() {
        for (segment, package) in [
            ("lz4_flex", "lz4_flex"),
            ("webpki", "rustls-webpki"),
            ("md5", "md-5"),
            ("Inflector", "inflector"),
        ] {
            assert!(is_library(segment, package), "{segment} {package}");
        }
        for segment in ["crate", "self", "block", ""] {
            assert!(!is_library(segment, "lz4_flex"), "{segment}");
        }
    }
}
