//! Owns the rule `feed-license`: the licence of the texts is an SPDX expression.

use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "feed-license",
    says: "the licence of the texts is an SPDX expression",
    why: "Whoever copies the texts needs to know whether they may, and tools read the answer.",
    example: r#"# caveat.toml
[feed]
license = "free to use"
"#,
    instead: r#"# caveat.toml
[feed]
license = "CC-BY-4.0"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let license = &document.data().feed.license;
    if !is_license(license) {
        let message = format!("{} is no licence", quoted(license));
        let found = finder.at(document, "feed.license", message);
        finder.push(found.help("write an SPDX expression, for example `CC-BY-4.0`"));
    }
}

/// The shape of an SPDX expression (SPDX 3.0, annex B): ids joined by operators. Which ids exist is not checked.
fn is_license(text: &str) -> bool {
    let text = text.replace(['(', ')'], " ");
    let mut id_expected = true;
    for word in text.split_ascii_whitespace() {
        let operator = matches!(word, "AND" | "OR" | "WITH");
        let id = |byte: u8| byte.is_ascii_alphanumeric() || b".-+:".contains(&byte);
        if operator == id_expected || !word.bytes().all(id) {
            return false;
        }
        id_expected = !id_expected;
    }
    !id_expected
}

#[cfg(test)]
mod tests {
    use super::is_license;

    #[test]
    fn a_licence_has_the_shape_of_an_expression() {
        for good in [
            "CC-BY-4.0",
            "MIT OR Apache-2.0",
            "(MIT OR Apache-2.0) AND CC0-1.0",
            "LicenseRef-own",
        ] {
            assert!(is_license(good), "{good}");
        }
        for bad in [
            "",
            "not a licence!",
            "free to use",
            "CC-BY-4.0<script>",
            "MIT OR",
            "OR MIT",
        ] {
            assert!(!is_license(bad), "{bad}");
        }
    }
}
