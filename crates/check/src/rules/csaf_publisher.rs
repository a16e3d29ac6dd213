//! Owns the rule `csaf-publisher`: the namespace of a publisher is an address of its own.

use caveat_diag::Level;

use super::feed_url::is_site;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "csaf-publisher",
    says: "the namespace of a CSAF publisher is an address of its own, without a slash at its end",
    why: "Those who collect CSAF documents know a document by its id and this address together. One that is no address, or \
        that is written in two ways, makes two publishers of one.",
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
    let csaf = document.data().csaf.as_ref();
    let Some(namespace) = csaf.and_then(|csaf| csaf.namespace.as_deref()) else {
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

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    fn said(namespace: &str) -> String {
        let csaf =
            format!("[csaf]\ncategory = \"vendor\"\nnamespace = \"{namespace}\"\n\n[policy]");
        said_of_project_after(&[("[policy]", &csaf)])
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
