//! Owns the page of the rule `not-utf8`: a file is UTF-8 text.
//! Must never judge: whoever reads the file says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "not-utf8",
    says: "a file is UTF-8 text",
    why: "Other encodings turn names and prose into noise, and nobody can tell which encoding was meant.",
    example: "",
    instead: r#"title = "Überlauf im Zähler"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Reading,
};
