//! Owns the rule `title-id`: a title holds no id.

use caveat_diag::Level;

use crate::id::ids;
use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "title-id",
    says: "a title holds no id",
    why: "Ids stand beside titles everywhere. In the title they take the place of words that say something.",
    example: r#"title = "CVE-2026-12345: crafted file overwrites memory"
"#,
    instead: r#"title = "Crafted file overwrites memory"
aliases = ["CVE-2026-12345"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let Some(title) = prose.piece("title") else {
        return;
    };
    for place in ids(title.text) {
        if is_named(&title.text[..place.start]) {
            continue;
        }
        let id = &title.text[place.clone()];
        let message = format!("the title holds the id `{id}`");
        let found = prose.at(finder, title, place.clone(), message);
        finder.push(
            found.help("leave it out of the title, and list it under `aliases` or `related`"),
        );
    }
}

/// `Incomplete fix of CVE-..` speaks of another flaw, and cannot do so without its name.
fn is_named(before: &str) -> bool {
    let word = before.trim_end().rsplit(' ').next();
    before.ends_with(' ') && word.is_some_and(|word| ["of", "for", "to", "as"].contains(&word))
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn a_title_may_speak_of_ids_without_naming_one() {
        assert!(!breaks(
            "title-id",
            "title = 'Forged CVE-2026-XXXX records are trusted'"
        ));
        assert!(breaks(
            "title-id",
            "title = 'Overflow (GHSA-2f84-9xq5-cvjm)'"
        ));
    }
}
