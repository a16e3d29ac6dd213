//! Owns which packages and symbols of a Go module the functions of an advisory are, as govulncheck reads them.
//! Must never name a package that the module cannot have: what is found in no program makes everybody seem safe.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// `imports` of OSV's `ecosystem_specific`. `None` where a function has no place in the module: then all of it counts.
pub(crate) fn imports(module: &str, functions: &[String]) -> Option<Value> {
    let mut packages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for function in functions {
        let (package, symbol) = split(module, function)?;
        let symbols = packages.entry(package).or_default();
        symbols.push(symbol);
    }
    let import = |(path, mut symbols): (&str, Vec<&str>)| {
        symbols.sort_unstable();
        symbols.dedup();
        // A package without a symbol is all of it.
        if symbols.contains(&"") {
            json!({ "path": path })
        } else {
            json!({ "path": path, "symbols": symbols })
        }
    };
    (!packages.is_empty()).then(|| packages.into_iter().map(import).collect())
}

/// Package and symbol: `example.org/module/package.Type.Method`. The module's own name may have dots: `gopkg.in/yaml.v3`.
fn split<'f>(module: &str, function: &'f str) -> Option<(&'f str, &'f str)> {
    let known = match module {
        "stdlib" | "toolchain" => 0,
        _ => module.len(),
    };
    let rest = function.get(known..)?;
    let last = rest.rfind('/').map_or(0, |slash| slash + 1);
    let dot = rest[last..].find('.').map_or(rest.len(), |dot| last + dot);
    let (package, symbol) = (&function[..known + dot], rest[dot..].trim_matches('.'));
    let inside = match known {
        // Its packages begin with a small letter, its types do not.
        0 => package.starts_with(|c: char| c.is_ascii_lowercase()),
        _ => function.starts_with(module) && (rest.is_empty() || rest.starts_with(['.', '/'])),
    };
    inside.then_some((package, symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(module: &str, functions: &[&str]) -> Option<String> {
        let functions: Vec<String> = functions.iter().map(|&one| one.to_owned()).collect();
        imports(module, &functions).map(|value| value.to_string())
    }

    #[test]
    fn a_function_is_a_package_and_a_symbol() {
        for (module, functions, wanted) in [
            (
                "example.org/m",
                &[
                    "example.org/m/a.T.M",
                    "example.org/m/a.F",
                    "example.org/m.F",
                ][..],
                r#"[{"path":"example.org/m","symbols":["F"]},{"path":"example.org/m/a","symbols":["F","T.M"]}]"#,
            ),
            (
                "gopkg.in/yaml.v3",
                &["gopkg.in/yaml.v3.Unmarshal", "gopkg.in/yaml.v3/in.F"],
                r#"[{"path":"gopkg.in/yaml.v3","symbols":["Unmarshal"]},{"path":"gopkg.in/yaml.v3/in","symbols":["F"]}]"#,
            ),
            (
                "stdlib",
                &["net/http.Server.Serve", "sort.Find"],
                r#"[{"path":"net/http","symbols":["Server.Serve"]},{"path":"sort","symbols":["Find"]}]"#,
            ),
            (
                "example.org/m/v2",
                &["example.org/m/v2/a", "example.org/m/v2/a.F"],
                r#"[{"path":"example.org/m/v2/a"}]"#,
            ),
        ] {
            assert_eq!(said(module, functions).as_deref(), Some(wanted));
        }
    }

    #[test]
    fn a_function_without_a_place_in_the_module_limits_nothing() {
        for (module, function) in [
            ("example.org/m", "Reader.Read"),
            ("example.org/m", "example.org/more.F"),
            ("example.org/m", "example.org/other/m.F"),
            ("example.org/m", "m.é"),
            ("stdlib", "Reader"),
        ] {
            let fine = format!("{module}.F");
            assert_eq!(said(module, &[&fine, function]), None, "{function}");
        }
        assert_eq!(said("example.org/m", &[]), None);
    }
}
