//! Owns the rule `text-link`: links in Markdown are whole web addresses.

use caveat_diag::{Level, quoted};

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-link",
    says: "links in Markdown are whole web addresses",
    why: "The text is shown on a page, in mails, in feeds and by whoever reads the OSV record. A relative \
        link leads somewhere else in each of them, and an address of another kind can run code.",
    example: r#"description = "The loader trusts the length that a file states, as its [documentation](../docs/loader.md) says."
"#,
    instead: r#"description = "The loader trusts the length that a file states, as its [documentation](https://example.org/loader) says."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in prose.markdown() {
        for link in &piece.links {
            let address = &piece.open[link.address.clone()];
            let Some(fault) = fault(address) else {
                continue;
            };
            let message = format!("the link {} {fault}", quoted(address));
            let found = prose.at(finder, piece, link.address.clone(), message);
            finder.push(found.help("write the whole address, beginning with `https://`"));
        }
    }
}

fn fault(address: &str) -> Option<&'static str> {
    // `](  )` is blank where a span of code was: prose about code, and no link.
    let address = address.trim_start_matches('<').trim();
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    let known = ["https://", "http://", "mailto:"];
    if address.is_empty() || known.iter().any(|scheme| lower.starts_with(scheme)) {
        return None;
    }
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    if scheme.contains(':') {
        return Some("is no web address");
    }
    // `a[i](x)` is a call more often than a link.
    let path = address.contains(['/', '.', '#']);
    path.then_some("is relative")
}

#[cfg(test)]
mod tests {
    use super::fault;
    use crate::tests::breaks;

    #[test]
    fn calls_and_mail_are_no_broken_links() {
        for good in [
            "https://a.b",
            "HTTPS://a.b",
            "mailto:a@b.org",
            "http://a.b",
            "x",
            "",
            "<https://a.b>",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in ["javascript:alert(1)", "../a", "#b", "/c", "d.md", "//a.b"] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn links_in_code_are_not_judged() {
        let text = |text: &str| format!("description = '''{text}'''");
        assert!(!breaks(
            "text-link",
            &text("`[a](b.md)`\n\n```\n[a](b.md)\n```")
        ));
        assert!(breaks("text-link", &text("see <ftp://a.b/c>")));
        assert!(breaks("text-link", &text("see [c]\n\n[c]: c.html")));
    }
}
