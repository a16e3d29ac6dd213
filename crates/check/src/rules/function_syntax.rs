//! Owns the rule `function-syntax`: a function is a path and nothing more.

use std::ops::Range;

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "function-syntax",
    says: "a function is a path and nothing more",
    why: "Tools that look whether a program calls the function compare paths as they stand. With parameters, \
        parentheses or a slip between two segments nothing is ever equal, and everybody seems safe.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
functions = ["torch.load(f, map_location)"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
functions = ["torch.load"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let rows = candidate.rows.iter().zip(&candidate.advisory().affected);
    for (at, (row, affected)) in rows.enumerate() {
        let haskell = row
            .package
            .as_ref()
            .is_ok_and(|package| ["Hackage", "GHC"].contains(&package.ecosystem.name()));
        for (nth, function) in affected.functions.iter().enumerate() {
            let Some((bytes, message)) = fault(function, haskell) else {
                continue;
            };
            let field = format!("affected[{at}].functions[{nth}]");
            let span = candidate.document.within(&field, function, bytes);
            let found = finder.on(&candidate.document, span, message);
            finder.push(found.help("write the path alone, such as `package.module.function`"));
        }
    }
}

/// The bytes that are no part of a path. Haskell's operators stand in parentheses, C++ calls one of its own `operator()`.
fn fault(function: &str, haskell: bool) -> Option<(Range<usize>, &'static str)> {
    let path = function.strip_suffix("operator()").unwrap_or(function);
    if let Some(at) = path.find(['(', ')']).filter(|_| !haskell) {
        return Some((
            at..path.len(),
            "a path has no parentheses and no parameters",
        ));
    }
    if let Some((at, space)) = path.char_indices().find(|(_, c)| c.is_whitespace()) {
        return Some((at..at + space.len_utf8(), "a path has no spaces"));
    }
    if haskell || path.is_empty() {
        return None;
    }
    let doubled = ["::::", "..", "::.", ".::"]
        .iter()
        .find_map(|pair| path.find(pair).map(|at| at..at + pair.len()));
    let first = ["::", "."]
        .iter()
        .find(|sign| path.starts_with(*sign))
        .map(|sign| 0..sign.len());
    let last = ["::", "."].iter().find(|sign| path.ends_with(*sign));
    let last = last
        .filter(|_| path.len() == function.len())
        .map(|sign| path.len() - sign.len()..path.len());
    doubled
        .or(first)
        .or(last)
        .map(|bytes| (bytes, "a segment of this path is empty"))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn paths_of_many_languages_are_let_be() {
        for path in [
            "torch.load",
            "lz4_flex::block::decompress",
            "Reader.Read",
            "Foo::Bar#baz",
            "Foo#[]=",
            "util.setProperty",
            "ns::Type::operator()",
            "@scope/name.parse",
            "Vec<T>::push",
            "parse",
            "Map.update!",
        ] {
            assert_eq!(fault(path, false), None, "{path}");
        }
        assert_eq!(fault("Data.Text.(<>)", true), None);
    }

    #[test]
    fn the_bytes_at_fault_are_named() {
        for (path, bytes) in [
            ("a.b()", "()"),
            ("a.b(x, y)", "(x, y)"),
            ("a b", " "),
            ("a..b", ".."),
            ("a::::b", "::::"),
            ("::a", "::"),
            ("a.", "."),
            ("(*Reader).Read", "(*Reader).Read"),
        ] {
            let (span, _) = fault(path, false).expect(path);
            assert_eq!(&path[span], bytes, "{path}");
        }
    }
}
