//! Owns the rule `csaf-publisher`: the namespace of a publisher is an address of its own, and so is each document.

use caveat_diag::Level;

use super::feed_url::is_site;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "csaf-publisher",
    says: "the namespace of a CSAF publisher is an address with one spelling, and no two packages share a document",
    why: "Those who collect CSAF documents know a document by its id and this address together. One that is no address, or \
        that is written in two ways, makes two publishers of one. The name of a file follows from the id, in small letters, and \
        whatever is no letter, digit, `+` or `-` becomes `_`: two keys of packages may become one.",
    example: r#"# caveat.toml
[csaf]
category = "vendor"
namespace = "https://Example.org/"
"#,
    instead: r#"# caveat.toml
[csaf]
category = "vendor"
namespace = "https://example.org"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let Some(csaf) = document.data().csaf.as_ref() else {
        return;
    };
    alike(finder);
    let Some(namespace) = csaf.namespace.as_deref() else {
        return;
    };
    if !is_site(namespace) {
        let found = finder.project("csaf.namespace", "this is no address of a publisher");
        finder.push(found.help(
            "write `https://host` or `https://host/path`, small letters in the host, no slash at the end; or leave it out: it \
             is then the feed's address",
        ));
    }
}

/// Packages whose documents would be one file.
fn alike(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let packages = &document.data().packages;
    for (at, package) in packages.iter().enumerate() {
        let name = file_name(&package.key);
        let Some(first) = packages[..at].iter().position(|one| {
            let same = one.key.eq_ignore_ascii_case(&package.key);
            !same && file_name(&one.key) == name
        }) else {
            continue;
        };
        let message = format!(
            "the documents of `{}` and `{}` would be one file",
            packages[first].key, package.key
        );
        let found = finder.at(document, &format!("package[{at}]"), message);
        let first = document.at(&format!("package[{first}]"));
        let found = found.also(document.source(), first, "the other one");
        finder.push(found.help("give one of them a `key` that differs in letters, digits or `-`"));
    }
}

/// As CSAF spells a key in the name of a file.
fn file_name(key: &str) -> String {
    let mut name = String::with_capacity(key.len());
    for letter in key.to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' | '+' | '-' => name.push(letter),
            _ if name.ends_with('_') => {}
            _ => name.push('_'),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    fn said(namespace: &str) -> String {
        let csaf =
            format!("[csaf]\ncategory = \"vendor\"\nnamespace = \"{namespace}\"\n\n[policy]");
        said_of_project_after(&[("[policy]", &csaf)])
    }

    #[test]
    fn two_packages_never_share_a_document() {
        let package = |key: &str| {
            format!("[[package]]\nkey = \"{key}\"\necosystem = \"npm\"\nname = \"{key}\"\n")
        };
        let said = |csaf: &str| {
            let with = format!("{}{}{csaf}[policy]", package("a.b"), package("a_b"));
            said_of_project_after(&[("[policy]", &with)])
        };
        assert!(!said("").contains("one file"));
        let with = said("[csaf]\ncategory = \"vendor\"\n");
        assert!(
            with.contains("error[csaf-publisher]") && with.contains("one file"),
            "{with}"
        );
    }

    #[test]
    fn only_an_address_that_has_one_spelling_is_a_namespace() {
        for good in ["https://example.org", "https://example.org/security"] {
            assert!(!said(good).contains("csaf"), "{good}");
        }
        for bad in ["http://example.org", "https://example.org/", "Example", ""] {
            assert!(said(bad).contains("error[csaf-publisher]"), "{bad}");
        }
    }
}
