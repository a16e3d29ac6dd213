//! Owns the rule `text-link-http`: links in Markdown are https.

use caveat_diag::{Level, quoted};

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-link-http",
    says: "links in Markdown are https",
    why: "What lies behind a link that is not https can be changed on its way to the reader.",
    example: r#"description = "The loader trusts the length that a file states, as its [documentation](http://example.org/loader) says."
"#,
    instead: r#"description = "The loader trusts the length that a file states, as its [documentation](https://example.org/loader) says."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in prose.markdown() {
        for link in &piece.links {
            let address = &piece.open[link.address.clone()];
            let head = address.trim_start_matches('<').get(..7);
            if head.is_some_and(|head| head.eq_ignore_ascii_case("http://")) {
                let message = format!("the link {} is not https", quoted(address));
                let found = prose.at(finder, piece, link.address.clone(), message);
                finder.push(found.help("write `https://`, or leave the link out"));
            }
        }
    }
}
