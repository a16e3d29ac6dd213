//! Owns the rule `title-shouting`: a title is not written in capitals.

use caveat_diag::Level;

use crate::prose::{Prose, words};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "title-shouting",
    says: "a title is not written in capitals",
    why: "Capitals are harder to read, are taken for spam by mail filters, and hide which words are names.",
    example: r#"title = "CRAFTED FILE OVERWRITES MEMORY"
"#,
    instead: r#"title = "Crafted file overwrites memory"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let Some(title) = prose.piece("title") else {
        return;
    };
    if shouts(&title.words) {
        let all = 0..title.text.len();
        let found = prose.at(finder, title, all, "the title is written in capitals");
        finder.push(found.help("write it as a sentence, with capitals only for names"));
    }
}

/// Short words are abbreviations: `XSS in PDF` does not shout.
fn shouts(title: &str) -> bool {
    const SHORT: usize = 4;
    let long = words(title).filter(|(_, word)| {
        word.len() > SHORT && word.chars().all(|c| c.is_uppercase() || c == '-')
    });
    long.count() >= 2 && !title.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::shouts;

    #[test]
    fn abbreviations_do_not_shout() {
        assert!(shouts("BUFFER OVERFLOW IN PDF READER") && shouts("BUFFER OVERFLOW!"));
        for quiet in [
            "XSS in PDF",
            "XSS, CSRF, SSRF",
            "RUSTSEC",
            "AAAAAA Bbbbbb CCCCCC",
            "",
        ] {
            assert!(!shouts(quiet), "{quiet}");
        }
    }
}
