//! Owns the page of the rule `wrong-value`: every value has the type and the vocabulary of its key.
//! Must never judge: whoever reads the file says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "wrong-value",
    says: "every value has the type and the vocabulary of its key",
    why: "A number where a text belongs, a date without an offset or a role that does not exist cannot be \
        published as it stands.",
    example: r#"cwe = "CWE-502"
"#,
    instead: r#"cwe = ["CWE-502"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Reading,
};
