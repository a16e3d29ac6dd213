//! Owns the rule `text-secret`: no text holds a key, token or password.

use caveat_diag::Level;

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};
use crate::secret::{Secret, secrets};
use crate::text::{extras, links};

pub(super) static RULE: Rule = Rule {
    code: "text-secret",
    says: "no text holds a key, token or password",
    why: "Secrets come along with logs and commands that are pasted. Published, they are used within minutes; \
        committed, they stay in the history for ever.",
    example: r#"workaround = "Start it with `password = 'vT9mK2xQ7bWz4LpR'`."
"#,
    instead: r#"workaround = "Start it with `password = '<your-password>'`."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Prose(judge),
};

const HELP: &str = "take it out, write `<token>` instead, and revoke it: git remembers it";

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in &prose.pieces {
        for Secret { place, kind } in secrets(piece.text) {
            let found = prose.at(finder, piece, place, message(kind));
            finder.push(found.help(HELP));
        }
    }
    let document = &prose.candidate.document;
    let extras = extras(prose.candidate).into_iter();
    for (field, url) in links(prose.candidate).into_iter().chain(extras) {
        for Secret { place, kind } in secrets(url) {
            let span = document.within(&field, url, place);
            let found = finder.on(document, span, message(kind));
            finder.push(found.help(HELP));
        }
    }
}

/// The finding is printed in logs of its own: it must not repeat the secret.
fn message(kind: &str) -> String {
    format!("this looks like {kind}")
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn secrets_are_found_in_data_without_a_key() {
        assert!(breaks(
            "text-secret",
            "[extra]\nk = ['glpat-q7Zk2Wm9Xv4Tb8Lp3Rn6']\n"
        ));
    }

    #[test]
    fn secrets_are_found_in_links_and_placeholders_are_none() {
        let link = "[[reference]]\ntype = 'web'\nurl = 'https://example.org/?t=glpat-";
        assert!(breaks(
            "text-secret",
            &format!("{link}q7Zk2Wm9Xv4Tb8Lp3Rn6'")
        ));
        assert!(!breaks(
            "text-secret",
            &format!("{link}xxxxxxxxxxxxxxxxxxxx'")
        ));
    }
}
