//! Owns the rule `text-image`: Markdown holds no image.

use caveat_diag::Level;

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-image",
    says: "Markdown holds no image",
    why: "A picture elsewhere tells its host who reads the advisory, so images become links. Text of an \
        advisory has to be whole without them.",
    example: r#"description = "The loader trusts the length that a file states: ![diagram](https://example.org/x.png)"
"#,
    instead: r#"description = "The loader trusts the length that a file states ([diagram](https://example.org/x.png))."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in prose.markdown() {
        for link in piece.links.iter().filter(|link| link.image) {
            let message = "this image is shown as a link";
            let found = prose.at(finder, piece, link.address.clone(), message);
            finder.push(
                found.help("say in words what it shows, and write a link: the same without `!`"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn an_image_in_code_is_none() {
        let text = |text: &str| format!("description = '''{text}'''");
        assert!(!breaks(
            "text-image",
            &text("write `![a](https://b.c/d.png)` and wow![1]")
        ));
        assert!(breaks("text-image", &text("![](https://b.c/d.png)")));
    }
}
