//! Owns the rule `package-list`: the packages of caveat.toml have keys of their own, canonical names, and the right purl.

use caveat_diag::Level;

use super::package_unknown::{respelt, said};
use crate::candidate::PackageFault;
use crate::rule::{Finder, Rule, Run};
use crate::text::link_fault;
use caveat_advisory::Package;
use caveat_versions::{Ecosystem, canonical_name, purl};

pub(super) static RULE: Rule = Rule {
    code: "package-list",
    says: "the packages of caveat.toml have keys of their own, canonical names, and the right purl",
    why: "Advisories name packages by the keys of this list, so one slip here is a slip in every record. \
        Scanners compare names byte by byte.",
    example: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "Torch"
repository = "https://github.com/pytorch/pytorch"
"#,
    instead: r#"# caveat.toml
[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let packages = &document.data().packages;
    for (at, package) in packages.iter().enumerate() {
        if !is_key(&package.key) {
            let field = if document.has(&format!("package[{at}].key")) {
                "key"
            } else {
                "name"
            };
            let found = finder.at(
                document,
                &format!("package[{at}].{field}"),
                format!("`{}` cannot be a key", package.key),
            );
            finder.push(found.help(
                "set `key` with letters, digits, `.`, `_` and `-`: it becomes part of file names",
            ));
        }
        if let Some(first) = packages[..at]
            .iter()
            .position(|other| other.key.eq_ignore_ascii_case(&package.key))
        {
            let first = document.at(&format!("package[{first}]"));
            let found = finder.at(
                document,
                &format!("package[{at}]"),
                format!("the key `{}` is used twice", package.key),
            );
            finder.push(
                found
                    .also(document.source(), first, "first used here")
                    .help("give one of them a `key` of its own"),
            );
        }
        if let Some(first) = packages[..at].iter().position(|other| {
            (&other.ecosystem, &other.name) == (&package.ecosystem, &package.name)
        }) {
            let first = document.at(&format!("package[{first}]"));
            let found = finder.at(
                document,
                &format!("package[{at}]"),
                "this package is listed twice",
            );
            finder.push(
                found
                    .also(document.source(), first, "first listed here")
                    .help("keep one of them"),
            );
        }
        if let Some(url) = package
            .repository
            .as_ref()
            .filter(|url| link_fault(url, false).is_some())
        {
            finder.push(finder.at(
                document,
                &format!("package[{at}].repository"),
                format!("`{url}` is no https link"),
            ));
        }
        name(finder, at, package);
    }
}

fn name(finder: &mut Finder<'_>, at: usize, package: &Package) {
    let document = finder.facts.project;
    let ecosystem = match Ecosystem::parse(&package.ecosystem) {
        Ok(ecosystem) => ecosystem,
        Err(error) => return push(finder, at, &PackageFault::Ecosystem(error)),
    };
    match canonical_name(&ecosystem, &package.name) {
        Err(error) => push(finder, at, &PackageFault::Name(error)),
        Ok(name) if name != package.name => {
            let field = format!("package[{at}].name");
            let found = finder.at(
                document,
                &field,
                format!("`{}` is not the canonical name", package.name),
            );
            let found = crate::mend::value(found, document, &field, (&package.name, &name));
            finder.push(found.help(format!(
                "write `name = \"{name}\"`; scanners compare names byte by byte"
            )));
        }
        Ok(name) => {
            let canonical = purl(&ecosystem, &name);
            if let Some(written) = package
                .purl
                .as_ref()
                .filter(|written| canonical.as_ref() != Some(*written))
            {
                let field = format!("package[{at}].purl");
                let message = format!("`{written}` is not the canonical purl");
                let right = canonical.as_deref().unwrap_or(written);
                let found = finder.at(document, &field, message);
                let found = crate::mend::value(found, document, &field, (written, right));
                let help = canonical.map_or("leave it out".to_owned(), |purl| {
                    format!("write `{purl}`, or leave it out")
                });
                finder.push(found.help(help));
            }
        }
    }
}

fn push(finder: &mut Finder<'_>, at: usize, fault: &PackageFault) {
    let (field, message, help) = said(fault);
    let (document, field) = (finder.facts.project, format!("package[{at}].{field}"));
    let found = respelt(
        finder.at(document, &field, message),
        document,
        &field,
        fault,
    );
    finder.push(match help {
        Some(help) => found.help(help),
        None => found,
    });
}

fn is_key(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    key.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !key.ends_with('.')
        && key.len() <= 100
        && key.bytes().all(plain)
}
