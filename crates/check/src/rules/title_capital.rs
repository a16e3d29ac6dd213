//! Owns the rule `title-capital`: a title begins with a capital letter, unless it begins with a name.

use caveat_diag::Level;

use crate::prose::{Prose, words};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "title-capital",
    says: "a title begins with a capital letter, unless it begins with a name",
    why: "Titles stand below each other in lists and feeds. One that begins small looks like the second half \
        of something.",
    example: r#"title = "crafted file overwrites memory"
"#,
    instead: r#"title = "Crafted file overwrites memory"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

/// Words with which titles begin and that no project bears alone. Any other word may be a name that is written small.
const BEGINNINGS: &str = " a an any arbitrary attacker attackers authentication authorization buffer bypass \
    certain code command crafted crash cross data deadlock denial directory double error errors excessive \
    exposed exposure failure files fix fixed flaw forged format hardcoded heap if improper inadequate \
    incomplete inconsistent incorrect infinite information inputs insecure insufficient integer invalid \
    leak malformed malicious memory messages missing multiple names no null on out panic path paths \
    possible potential privilege quadratic race read reading reads remote requests security segfault \
    signatures some soundness specially stack text the timing type unbounded unchecked uncontrolled \
    undefined unexpected uninitialised uninitialized unlimited unrestricted unsafe unsound untrusted \
    unvalidated use users using via vulnerability weak when whoever wrong write writing ";

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let Some(title) = prose.piece("title") else {
        return;
    };
    let Some((0, word)) = words(&title.words).next() else {
        return;
    };
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    if !word.bytes().all(plain) || is_name(prose, word) {
        return;
    }
    let found = prose.at(finder, title, 0..1, "the title begins with a small letter");
    let mut capital = word.to_owned();
    capital[..1].make_ascii_uppercase();
    finder.push(found.help(format!(
        "write `{capital}`, or put backticks around it if it is a name in code"
    )));
}

/// `use-after-free` begins as `use` does, unless that is the package.
fn is_name(prose: &Prose<'_>, word: &str) -> bool {
    let first = word.split('-').next().unwrap_or(word);
    let known = BEGINNINGS.contains(&format!(" {first} "));
    !known || prose.names().any(|name| name.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn names_and_code_may_begin_small() {
        for title in [
            "torch runs code",
            "torch-tools runs code",
            "`load` runs code",
            "lz4_flex copies memory",
            "macOS builds trust paths",
            "x509 parsing ends early",
            "tar-rs follows links",
            "curl sends a password twice",
            "Überlauf beim Lesen",
            "überlauf beim Lesen",
        ] {
            assert!(
                !breaks("title-capital", &format!("title = '{title}'")),
                "{title}"
            );
        }
        for title in ["use-after-free when dropped", "fix of a leak"] {
            assert!(
                breaks("title-capital", &format!("title = '{title}'")),
                "{title}"
            );
        }
    }
}
