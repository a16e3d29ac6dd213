//! Owns the page of the rule `syntax`: a file is TOML.
//! Must never judge: whoever reads the file says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "syntax",
    says: "a file is TOML",
    why: "What is no TOML cannot be read at all. Every syntax error of every file is said in one run.",
    example: r#"title = Crafted file overwrites memory
"#,
    instead: r#"title = "Crafted file overwrites memory"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Reading,
};
