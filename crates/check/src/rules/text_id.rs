//! Owns the rule `text-id`: an id that the text names is also in a list.

use std::collections::BTreeSet;

use caveat_diag::Level;

use crate::id::ids;
use crate::prose::{Kind, Prose};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-id",
    says: "an id that the text names is also in a list",
    why: "Programs join records by `aliases` and `related`; they do not read text. An id that only the text \
        names is a link that only people can follow, or a mistyped alias.",
    example: r#"description = "The loader trusts the length that a file states, as it did before CVE-2024-1234 was fixed."
"#,
    instead: r#"description = "The loader trusts the length that a file states, as it did before CVE-2024-1234 was fixed."
related = ["CVE-2024-1234"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let advisory = prose.candidate.advisory();
    let listed = advisory.aliases.iter().chain(&advisory.related);
    let listed = listed.chain(&advisory.upstream);
    let known: BTreeSet<&str> = listed.chain(&advisory.id).map(String::as_str).collect();
    let mut said = BTreeSet::new();
    for piece in &prose.pieces {
        // Other titles have a rule of their own; a revision may tell of an id that was wrong.
        let read = matches!(piece.kind, Kind::Markdown | Kind::Line) && piece.field != "title";
        // A withdrawal names the advisory that was right.
        if !read || piece.field.starts_with("revision") || piece.field == "withdrawn.note" {
            continue;
        }
        for place in ids(&piece.words) {
            let id = &piece.text[place.clone()];
            if known.contains(id) || !said.insert(id) {
                continue;
            }
            let message = format!("`{id}` is neither an alias nor related");
            let found = prose.at(finder, piece, place, message);
            finder.push(found.help("add it to `related`, or to `aliases` if it is the same flaw"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn listed_ids_code_links_and_revisions_may_name_ids() {
        let text = |text: &str| format!("aliases = ['CVE-2026-12345']\ndescription = '''{text}'''");
        for good in [
            "As CVE-2026-12345 and x_T-2026-0001.",
            "Tests such as `CVE-2020-1234` pass.",
            "See https://nvd.example.org/vuln/CVE-2020-1234 there.",
            "See [this](https://nvd.example.org/CVE-2020-1234).",
        ] {
            assert!(!breaks("text-id", &text(good)), "{good}");
        }
        let note = "[[revision]]\nat = 2026-11-19T00:00:00Z\nnote = \"Removed CVE-2020-1234.\"";
        assert!(!breaks("text-id", note));
        assert!(breaks(
            "text-id",
            &text("Unlike [CVE-2020-1234](https://a.b).")
        ));
    }
}
