//! Owns the rule `text-relative-time`: no text speaks of now.

use caveat_diag::Level;

use crate::phrases::Phrases;
use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-relative-time",
    says: "no text speaks of now",
    why: "An advisory is read for years. `Recently` and `the latest version` were true on the day of writing, \
        and send later readers to the wrong version.",
    example: r#"workaround = "Upgrade to the latest version."
"#,
    instead: r#"workaround = "Upgrade to 2.1.0 or a later version."
"#,
    level: Level::Note,
    firm: false,
    run: Run::Prose(judge),
};

const PHRASES: [&str; 24] = [
    "recently discovered",
    "recently disclosed",
    "recently fixed",
    "recently found",
    "recently introduced",
    "recently released",
    "recently reported",
    "was recently",
    "were recently",
    "has recently",
    "currently no",
    "currently unmaintained",
    "currently unpatched",
    "currently working on",
    "is currently being",
    "the latest version",
    "the latest release",
    "latest stable version",
    "yesterday",
    "last week",
    "last month",
    "next week",
    "next month",
    "as of today",
];

/// One of these is in every phrase: most texts hold none, and are done with.
static STEMS: Phrases = Phrases::exact(&[
    "recently",
    "currently",
    "latest",
    "yesterday",
    "last ",
    "next ",
    "today",
]);

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in prose.sentences() {
        // A revision has its date beside it.
        let none = !STEMS.any(&piece.lower);
        if none || piece.field.starts_with("revision") {
            continue;
        }
        let mut hits: Vec<_> = piece.phrases(&PHRASES).collect();
        hits.sort_unstable();
        let mut done = 0;
        for (at, phrase) in hits {
            if at < done {
                continue;
            }
            done = at + phrase.len();
            let message = format!("`{phrase}` is true on the day of writing only");
            let found = prose.at(finder, piece, at..done, message);
            finder.push(found.help("name the version or the date"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn what_a_program_does_currently_is_not_about_time() {
        let text = |text: &str| format!("description = '''{text}'''");
        for good in [
            "The most recently used entry and the currently running thread are freed.",
            "The cache keeps what was used yesteryear; last weekend `yesterday` ran.",
        ] {
            assert!(!breaks("text-relative-time", &text(good)), "{good}");
        }
        assert!(breaks(
            "text-relative-time",
            &text("There is currently no fix.")
        ));
    }
}
