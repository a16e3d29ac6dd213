//! Owns the page of the rule `file-too-large`: an advisory has at most one mebibyte.
//! Must never judge: whoever reads the file says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "file-too-large",
    says: "an advisory has at most one mebibyte",
    why: "The longest real advisory seen has 60 kB. A larger file is a slip or an attack, and is not read.",
    example: "",
    instead: r#"description = "Text."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Reading,
};
