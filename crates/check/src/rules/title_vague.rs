//! Owns the rule `title-vague`: a title says what goes wrong.

use caveat_diag::Level;

use crate::prose::{Prose, words};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "title-vague",
    says: "a title says what goes wrong",
    why: "Every advisory is about a security issue in some package. Readers decide by the title whether to \
        read on, often from a list of hundreds.",
    example: r#"title = "Security vulnerability in torch"
"#,
    instead: r#"title = "Crafted checkpoint overwrites memory"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

/// What every advisory could say of itself.
const EMPTY: &str = " a an and are bug bugs critical cve exist exists fix fixed fixes flaw flaws found \
    fully has have high important is issue issues low medium multiple new notice of patch patched \
    possible potential potentially problem problems release security serious several severe severity \
    some the there unspecified update upgrade urgent various version versions vulnerabilities \
    vulnerability vulnerable warning with advisory affecting affects in for on to please was been ";

/// Words without which a vague title is only a name.
const NOUNS: [&str; 15] = [
    "advisory",
    "bug",
    "bugs",
    "fix",
    "fixes",
    "flaw",
    "flaws",
    "issue",
    "issues",
    "patch",
    "problem",
    "problems",
    "update",
    "vulnerabilities",
    "vulnerability",
];

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let Some(title) = prose.piece("title") else {
        return;
    };
    // What is in backticks counts as content: `words` is blind to it.
    let code = title.open != title.text;
    if code || !is_vague(prose, &title.lower) {
        return;
    }
    let found = prose.at(
        finder,
        title,
        0..title.text.len(),
        "the title says nothing about the flaw",
    );
    finder.push(found.help(
        "say what goes wrong, for example `Crafted file overwrites memory`; the package is named beside it",
    ));
}

fn is_vague(prose: &Prose<'_>, title: &str) -> bool {
    let names: Vec<String> = prose.names().map(str::to_ascii_lowercase).collect();
    let is_package = |word: &str| {
        names.iter().any(|name| {
            name == word
                || name
                    .split([' ', '-', '_', '/', '@'])
                    .any(|part| part == word)
        })
    };
    let (mut count, mut noun) = (0, false);
    for (_, word) in words(title) {
        let version = word.starts_with(|c: char| c.is_ascii_digit());
        if !version && !is_package(word) && !EMPTY.contains(&format!(" {word} ")) {
            return false;
        }
        count += 1;
        noun |= NOUNS.contains(&word);
    }
    noun || count == 0
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn a_title_with_one_word_of_content_is_not_vague() {
        for title in [
            "Buffer overflow in torch",
            "Denial of service",
            "Torch",
            "Issue of forged certificates",
            "Vulnerability in `load`",
            "Update signatures are not checked",
        ] {
            assert!(
                !breaks("title-vague", &format!("title = '{title}'")),
                "{title}"
            );
        }
        for title in [
            "Security issue",
            "Vulnerability in torch",
            "Multiple vulnerabilities in torch 1.2",
            "Critical security update for Torch",
            "Bug",
        ] {
            assert!(
                breaks("title-vague", &format!("title = '{title}'")),
                "{title}"
            );
        }
    }
}
