//! Owns the rule `text-mention`: no text calls somebody by `@name`.

use std::ops::Range;

use caveat_diag::Level;

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-mention",
    says: "no text calls somebody by `@name`",
    why: "Forges turn `@name` into a message to whoever has that name there, wherever the text is copied: \
        release notes, issues, pull requests of bots. Often that is somebody else.",
    example: r#"description = "The loader trusts the length that a file states, which @finder saw while reading the code."
"#,
    instead: r#"description = "The loader trusts the length that a file states, and writes past the end of its buffer."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in prose.sentences() {
        for place in mentions(&piece.words) {
            let name = &piece.text[place.clone()];
            let message = format!("`{name}` calls somebody on every forge this is copied to");
            let found = prose.at(finder, piece, place.clone(), message);
            finder.push(found.help("thank people in `[[credit]]`; put backticks around code"));
        }
    }
}

fn mentions(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let rest = &text[at + 1..];
        let name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        let length = rest.bytes().take_while(name).count();
        let opens = at == 0
            || text[..at].ends_with(|c: char| c.is_whitespace() || "([{,;\"'*>".contains(c));
        let begins = rest.starts_with(|c: char| c.is_ascii_alphabetic());
        if opens && begins && length <= 39 && !goes_on(&rest[length..]) {
            found.push(at..at + 1 + length);
        }
    }
    found
}

/// A scope of packages, a host or an identifier: what forges do not take for a name of theirs.
fn goes_on(rest: &str) -> bool {
    let mut after = rest.chars();
    match after.next() {
        Some('.') => after.next().is_some_and(char::is_alphanumeric),
        Some(c) => "/_@:(".contains(c) || c.is_alphanumeric(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn scopes_mail_versions_and_code_call_nobody() {
        for good in [
            "a@b.org",
            "@jupyterlab/markdownviewer",
            "npm@latest and x @1.2",
            "@media(x) and @example.org",
            "@my_var @ home",
            "user:@host",
        ] {
            assert!(mentions(good).is_empty(), "{good}");
        }
        assert_eq!(mentions("@a, (@b-c). @d"), [0..2, 5..9, 12..14]);
    }
}
