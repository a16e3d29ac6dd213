//! Owns the page of the rule `unknown-key`: every key is one that Caveat knows.
//! Must never judge: whoever reads the file says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "unknown-key",
    says: "every key is one that Caveat knows",
    why: "A misspelt key would be silently ignored: an `alias` that is lost, a `workarounds` that nobody \
        reads.",
    example: r#"workarounds = "Do not load files of strangers."
"#,
    instead: r#"workaround = "Do not load files of strangers."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Reading,
};
