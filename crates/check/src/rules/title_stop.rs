//! Owns the rule `title-stop`: a title does not end in a full stop.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "title-stop",
    says: "a title does not end in a full stop",
    why: "A title is a phrase. It is put into sentences, lists and subject lines, where a full stop of its \
        own is in the way.",
    example: r#"title = "Crafted file overwrites memory."
"#,
    instead: r#"title = "Crafted file overwrites memory"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let title = candidate.advisory().title.as_str();
    let end = title.trim_end();
    // Three dots say that the title was cut.
    if end.ends_with('.') && !end.ends_with("...") {
        let found = finder.at(
            &candidate.document,
            "title",
            "the title ends in a full stop",
        );
        let kept = title.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
        let cut = (title, kept.len()..title.trim_end().len());
        let found = crate::mend::cut(found, &candidate.document, "title", cut);
        finder.push(found.help("a title is a phrase: leave the stop out"));
    }
}
